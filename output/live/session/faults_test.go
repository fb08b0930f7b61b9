package session

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"agglo/scenarios"
)

// What a student may do wrong is told in her language, with the names that the page has for it.
func TestFaultsInRussian(t *testing.T) {
	s := New(DefaultLimits())
	ask := func(lang, message string) string {
		t.Helper()
		var reply struct{ Error string }
		if err := json.Unmarshal(s.Answer([]byte(`{"lang":"`+lang+`",`+message+`}`)), &reply); err != nil {
			t.Fatal(err)
		}
		return reply.Error
	}
	if wrong := ask("ru", `"do":"step"`); wrong != "Мира ещё нет" {
		t.Errorf("without a world: %q", wrong)
	}
	if wrong := ask("ru", `"do":"start","spec":{"scenario":"plain","seed":1}`); wrong != "" {
		t.Fatal(wrong)
	}
	s.Advance(t.Context())
	policy := func(of string) string {
		return `"do":"policies","policies":[{"id":"","instrument":"technopark",` + of + `}]`
	}
	for _, x := range []struct{ message, ru string }{
		{`"do":"set","path":"trust.loss","value":"7"`, "Потеря доверия за обман = 7 за сделку: нужно значение из [0,1]"},
		{`"do":"set","path":"trust.loss","value":"x"`, "Потеря доверия за обман = x за сделку: нужно число из [0,1]"},
		{`"do":"set","path":"trust.organisation","value":"x"`, "одно из: "},
		{`"do":"set","path":"trust.los","value":"1"`, "Настройки trust.los нет"},
		{`"do":"goto","tick":4000`, "не дольше 2000 кварталов"},
		{`"do":"seed","seed":9007199254740992`, "Зерно — целое число"},
		{`"do":"start","spec":{"scenario":"plan","seed":1}`, "Сценария plan нет"},
		{`"do":"start","spec":{"scenario":"x","file":"agglo: 1\nfoo: 3\n","seed":1}`, "Сценарий не принят. Что не так, сказано по-английски:\n"},
		{policy(`"from":2,"intensity":30`), "Технопарк: сила должна быть от 0 до 10"},
		{policy(`"from":2,"to":1,"intensity":1`), "Технопарк: начало должно быть в пределах 2000 кварталов"},
		{policy(`"from":2,"intensity":1,"budget":-4`), "Технопарк: бюджет и радиус не могут быть меньше 0"},
		{policy(`"from":2,"intensity":1,"x":5000,"y":3,"km":3`), "Технопарк: в круге нет суши"},
	} {
		ru, en := ask("ru", x.message), ask("en", x.message)
		if !strings.Contains(ru, x.ru) {
			t.Errorf("%s is answered by %q", x.message, ru)
		}
		if en == "" || strings.ContainsFunc(en, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) || strings.Contains(en, "page.") {
			t.Errorf("%s is answered in English by %q", x.message, en)
		}
	}
	if wrong := ask("ru", `"do":"goto","tick":9`); wrong != "" {
		t.Fatal(wrong)
	}
	s.Advance(t.Context())
	if wrong := ask("ru", `"do":"set","path":"trust.loss","value":"0.3","now":true`); wrong != "Миры ещё догоняют: подождите или вернитесь к началу" {
		t.Errorf("while it catches up: %q", wrong)
	}
	if wrong := policyFault(&Policy{Instrument: "brand"}, scenarios.Faults{{Path: "target", Problem: "another"}}).(*worded).in("ru"); !strings.Contains(wrong, "По-английски: target: another") {
		t.Errorf("what has no Russian words reads %q", wrong)
	}
}
