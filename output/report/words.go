package report

import (
	"regexp"
	"strings"

	"agglo/internal/text"
)

// What scenarios and sources say is typed by hand, with the signs of a keyboard; these find what print has other signs for.
var (
	thousands = regexp.MustCompile(`\b\d{1,3}(?: \d{3})+\b`)
	dates     = regexp.MustCompile(`[\d-]+`)
	span      = regexp.MustCompile(`^(\d{4})-(\d{2}|\d{4})$`)
)

// unbroken keeps numbers on one line whose thousands a plain space sets apart.
func unbroken(words string) string {
	return thousands.ReplaceAllStringFunc(words, func(number string) string { return strings.ReplaceAll(number, " ", "\u00a0") })
}

// sentence ends what a scenario says with a full stop, and sets a dash between two years; in a whole date hyphens stay.
func sentence(words string) string {
	words = dates.ReplaceAllStringFunc(strings.TrimSpace(words), func(part string) string { return span.ReplaceAllString(part, "$1–$2") })
	if words != "" && !strings.ContainsRune(".?!…", []rune(words)[len([]rune(words))-1]) {
		words += "."
	}
	return words
}

// date is a quarter as the page's language writes it, as in a table the date 2008Q1.
func (f *folder) date(value string) (string, bool) { return text.Quarter(f.lang, value) }
