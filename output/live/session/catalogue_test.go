package session

import (
	"strings"
	"testing"
	"unicode"

	"agglo/internal/text"
)

// Every instrument and every slider is named and explained in the language of the page.
func TestCatalogueSpeaksLanguages(t *testing.T) {
	cyrillic := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	}
	for _, lang := range []string{text.English, text.Russian} {
		c := CatalogueOf(lang)
		if len(c.Instruments) < 30 || len(c.Knobs) < 15 {
			t.Fatalf("%s: %d instruments, %d sliders", lang, len(c.Instruments), len(c.Knobs))
		}
		words := map[string]string{}
		for _, i := range c.Instruments {
			words[i.ID], words[i.ID+", its help"] = i.Title, i.Doc
		}
		for _, k := range c.Knobs {
			words[k.Path], words[k.Path+", its help"] = k.Label, k.Meaning
		}
		for what, s := range words {
			if cyrillic(s) != (lang == text.Russian) || strings.HasPrefix(s, "policy.") || strings.HasPrefix(s, "knob.") {
				t.Errorf("%s: %s reads %q", lang, what, s)
			}
		}
	}
}
