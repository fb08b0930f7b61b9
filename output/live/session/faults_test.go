package session

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"
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
		{`"do":"start","spec":{"scenario":"x","file":"agglo: 1\nfoo: 3\n","seed":1}`, "Сценарий не принят:\nscenario.yaml:1:1: id: не указано. Нужно, по-английски: name of the scenario"},
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

// What teachers get wrong most in a file of their own is told in Russian, each fault in its place; of anything else it says that it is English.
func TestFileFaultsInRussian(t *testing.T) {
	const sound = "agglo: 1\nid: x\norigin: [50, 10]\nareas: [{id: a, cell_km: 2, shape: {box_km: [40, 40]}, labour_force: 6000}]\n" +
		"sectors: [{id: metals, firms: 100, employment: 900}, {id: food, firms: 50, employment: 500}]\n"
	if _, err := scenarios.Parse("x.yaml", []byte(sound), nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ was, is, ru string }{
		{"", "", "x.yaml: файл пуст; образец пишет команда agglo init"},
		{"id: x", "id: X y", `x.yaml:2:5: id: "X y": имя может состоять из строчных латинских букв, цифр, - и _`},
		{"id: x", "id: 7", `7 — число. Нужен текст; если это он, пишите "7"`},
		{"id: x", "id: x\nid: y", "x.yaml:3:1: id: этот ключ здесь второй раз, первый — в строке 2"},
		{"id: x", "id: x\nsectrs: []", "x.yaml:3:1: sectrs: такого ключа нет; может быть, sectors? (есть: agglo, "},
		{"id: x", "id: x\nseed: 1.5", "1.5. Нужно целое число из [0,"},
		{"id: x", "id: x\nparams: {trust: {loss: 7}}", "params.trust.loss: 7 1/deal. Нужно значение из [0,1]"},
		{"id: x", "id: x\nstart: {year: x}", `"x" — текст. Нужно целое число из [1800,2200]`},
		{"id: x", "id: x\npolicies: [{instrument: subsidie}]", `инструмента "subsidie" нет; может быть, subsidy?`},
		{"id: x", "id: x\npolicies: [{instrument: subsidy, from: then}]", `"then" — текст. Нужна дата, например 2003Q1`},
		{"id: x", "id: x\nticks: -5", "-5 quarters. Нужно целое число из ["},
		{"id: x\n", "", "id: не указано. Нужно, по-английски: name of the scenario"},
		{"[50, 10]", "[10]", "origin: здесь список. Нужно [широта, долгота], например [37.4, -122.1]"},
		{"[40, 40]", "[40]", "здесь список. Нужны два числа из "},
		{"id: x", "id: x\nstart_from: {firms: f.csv}", `y: "a". Нужно число от -5000 до 5000 (км)`},
		{"[50, 10]", "[91, 10]", "широта 91°. Нужно значение из [-90,90]"},
		{"cell_km: 2", "cell_km: 2,5", "такого ключа нет: в числе нужна точка, пишите 2.5"},
		{"cell_km: 2", "cell_km: 0x2", "0x2 — не обычная десятичная запись числа. Нужно число из "},
		{"cell_km: 2", "cell_km:", "здесь ничего нет. Нужно число из "},
		{"shape: {box_km: [40, 40]}", "shape: {file: no.geojson}", "no.geojson: такого файла нет ни рядом со сценарием, ни среди встроенных"},
		{"labour_force: 6000", "labour_force: 600", "во всех районах 600 работников, а в секторах в начале занято 1400"},
		{"areas: [", "areas: [] #", "areas: пусто, а нужно хотя бы одно"},
		{"areas: [", "areas: x #", `"x" — текст. Нужен список`},
		{"id: food, firms: 50", "id: metals, firms: 50", "metals уже есть, в строке 5"},
		{"firms: 50, employment: 500", "employment: 500", "не указано, сколько фирм в начале"},
		{"firms: 50, employment: 500", "firms: 50", "не указано, сколько работников в начале"},
		{"firms: 50, employment: 500", "firms: 500, employment: 50", "работников — 50, фирм — 500"},
		{"agglo: 1", "agglo: 9", "agglo: 9: файл для более новой программы, эта читает agglo: 1"},
		{"id: x", "id: x\n\tseed: 1", "отступы нужны из пробелов, не из знаков табуляции"},
		{"id: x", "id: x\n---\nid: y", "здесь начинается второй документ"},
		{"id: x", "id: \xff", "этот байт — не UTF-8: сохраните файл в UTF-8"},
		{"id: x", "id: x\nseed: *a", "x.yaml:3:1: это не читается как YAML: * указывает на a, а такой метки нет"},
		{"id: x", "id: x: y", "здесь не может быть «ключ: значение»"},
		{"[50, 10]", "[50, 10", "нужна запятая или ]"},
		{"id: x", "id: \"x", "файл кончился раньше времени"},
		{"id: x", "id: x\nseed", "после ключа нужно двоеточие"},
		{"id: x", "id: x\n- b", "нужен ключ"},
		{"id: x", "- x", "нужен ключ"},
		{"id: x", "id: ]", "нужно значение, а стоит знак"},
		{"id: x", "id: @x", "с этого знака значение не начинается"},
		{"id: x", `id: "a\q"`, `после \ в кавычках`},
		{"id: x", "id: \x01", "управляющих знаков"},
		{"id: x", "id: x\nseed: >y", "это не читается как YAML: did not find expected comment"},
	} {
		file := strings.Replace(sound, c.was, c.is, 1)
		if c.was == "" {
			file = ""
		}
		_, err := scenarios.Parse("x.yaml", []byte(file), fstest.MapFS{"f.csv": {Data: []byte("sector,employment,x,y\nmetals,5,1,a\n")}})
		if ru := InLanguage("ru", err); !strings.Contains(ru, c.ru) {
			t.Errorf("%q for %q reads\n%s\nwant %q\nof %v", c.is, c.was, ru, c.ru, err)
		}
	}
}
