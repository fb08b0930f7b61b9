// Package text is the one catalogue of what a reader of figures, reports and pages is told, in English and in
// Russian. Code holds keys; sentences live here, so that a translator needs no other file.
package text

import "fmt"

// Languages of the catalogue. English is the default.
const (
	English = "en"
	Russian = "ru"
)

// entry is one text in every language. Verbs are those of package fmt; both languages hold the same ones, and
// numbers come ready-made as strings (see Number), because a decimal mark is a matter of language too. {1:firm|firms} is the
// form that goes with the first of them.
type entry struct{ en, ru string }

// catalogue lists the tables of texts, one for each part of the program that speaks.
var catalogue = []map[string]entry{figures, film, names, groups, facts, claims, published, report, columns, alt, page, knobs, instruments, lessons, inquiries, class, faults}

// In returns the text of a key in a language, its verbs filled with args. A language that the catalogue does not
// know is taken as English. A key that it does not know is returned as it stands, so that the fault is seen and no
// reader is left with nothing.
func In(lang, key string, args ...any) string {
	for _, table := range catalogue {
		e, ok := table[key]
		if !ok {
			continue
		}
		words := e.en
		if lang == Russian {
			words = e.ru
		}
		if len(args) == 0 {
			return words
		}
		return fmt.Sprintf(plural(lang, words, args), args...)
	}
	return key
}

// Has tells whether the catalogue holds a text for the key.
func Has(key string) bool {
	for _, table := range catalogue {
		if _, ok := table[key]; ok {
			return true
		}
	}
	return false
}
