// Package text is the one catalogue of what a reader of figures, reports and pages is told, in English and in
// Russian. Code holds keys; sentences live here, so that a translator needs no other file.
package text

import (
	"fmt"
	"regexp"
	"sync"
)

// Languages of the catalogue. English is the default.
const (
	English = "en"
	Russian = "ru"
)

// entry is one text in every language. Verbs are those of package fmt; both languages hold the same ones, and
// numbers come ready-made as strings (see Number), because a decimal mark is a matter of language too. {1:firm|firms} is the
// form that goes with the first of them.
type entry struct{ key, en, ru string }

// catalogue lists the tables of texts, one for each part of the program that speaks. They are lists and not maps: the compiler lays lists
// out, so that a program that starts does not make a map of what it may never say.
var catalogue = [][]entry{figures, film, names, groups, facts, claims, published, report, columns, alt, page, knobs, instruments, lessons, inquiries, inquiryColumns, told, compared, class, faults, inputFaults}

// byKey finds a text, made when the first one is asked for. No two texts have one key (TestEveryTextInBothLanguages).
var byKey = sync.OnceValue(func() map[string]*entry {
	found := map[string]*entry{}
	for _, table := range catalogue {
		for k := range table {
			found[table[k].key] = &table[k]
		}
	}
	return found
})

// In returns the text of a key in a language, its verbs filled with args. A language that the catalogue does not
// know is taken as English. A key that it does not know is returned as it stands, so that the fault is seen and no
// reader is left with nothing.
func In(lang, key string, args ...any) string {
	e, ok := byKey()[key]
	if !ok {
		return key
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

// Has tells whether the catalogue holds a text for the key.
func Has(key string) bool {
	_, ok := byKey()[key]
	return ok
}

// word is a word or a sentence in both languages.
type word struct{ en, ru string }

// pattern compiles a regular expression when it is first asked for: most runs of the program ask for none, and each would make its start later.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// russian finds the Russian of what stands in tables, by the English; made when the first one is asked for.
func russian(tables [][]word) func() map[string]string {
	return sync.OnceValue(func() map[string]string {
		found := map[string]string{}
		for _, table := range tables {
			for _, w := range table {
				found[w.en] = w.ru
			}
		}
		return found
	})
}
