package text_test

import (
	"strings"
	"testing"
	"unicode"

	"agglo/internal/text"
	"agglo/scenarios"
)

// named lists what the scenarios that come with the program name, each with where it stands.
func named(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, id := range scenarios.Names() {
		s, err := scenarios.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range s.Sectors {
			all[x.Name] = id + ", sector " + x.ID
		}
		for _, x := range s.Places {
			all[x.Name] = id + ", place " + x.ID
		}
		for _, x := range s.Regions {
			all[x.Name] = id + ", region " + x.ID
		}
		for _, x := range s.Institutions {
			all[x.Name] = id + ", institution " + x.ID
		}
	}
	return all
}

// Whoever adds a scenario adds the Russian names of what it names.
func TestEveryNameOfAScenarioHasARussianOne(t *testing.T) {
	all := named(t)
	for name, where := range all {
		ru := text.Name(text.Russian, name)
		if ru == name {
			t.Errorf("%s: no Russian name for %q: add it to internal/text/sectors.go, places.go or institutions.go", where, name)
		}
		if text.Name(text.English, name) != name {
			t.Errorf("%s: %q is changed in English", where, name)
		}
	}
	if len(all) < 300 {
		t.Errorf("only %d names were looked at", len(all))
	}
}

func TestNoRussianNameIsUnused(t *testing.T) {
	all := named(t)
	seen := map[string]bool{}
	for name, ru := range text.ProperNames {
		if all[name] == "" {
			t.Errorf("%q, %q: no scenario names it", name, ru)
		}
		if seen[name] {
			t.Errorf("%q stands there twice", name)
		}
		seen[name] = true
		if strings.TrimSpace(ru) != ru || ru == "" || !strings.ContainsFunc(ru, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
			t.Errorf("%q: %q is no Russian name", name, ru)
		}
	}
}

func TestName(t *testing.T) {
	for _, c := range []struct{ lang, english, want string }{
		{text.Russian, "Palo Alto", "Пало-Альто"},
		{text.Russian, "Software publishers", "Издание программ"},
		{text.Russian, "Stanford University", "Стэнфордский университет"},
		{text.Russian, "My own town", "My own town"},
		{text.Russian, "", ""},
		{text.English, "Palo Alto", "Palo Alto"},
		{"de", "Palo Alto", "Palo Alto"},
	} {
		if got := text.Name(c.lang, c.english); got != c.want {
			t.Errorf("Name(%q, %q) = %q, want %q", c.lang, c.english, got, c.want)
		}
	}
}
