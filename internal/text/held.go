package text

import (
	"strings"
	"unicode"
)

// Held says what a published figure is of, from the names of its metric, sectors, regions and place: all or a part of the whole,
// as far as km from the place where km is set.
func Held(lang, metric string, sectors, regions []string, km, place string) string {
	var of []string
	many := []string{"targets.sectors", "targets.regions"}
	for k, names := range [][]string{sectors, regions} {
		switch {
		case len(names) > 2:
			of = append(of, In(lang, many[k], Number(lang, float64(len(names)), 0)))
		case k == 0 && lang == Russian: // names of sectors begin with a capital letter there
			for _, name := range names {
				of = append(of, Lower(name))
			}
		default:
			of = append(of, names...)
		}
	}
	if km != "" {
		of = append(of, In(lang, "targets.within", km, place))
	}
	if len(of) > 0 {
		metric += ": " + strings.Join(of, ", ")
	}
	return metric
}

// Lower writes a name with a small letter at its beginning, as it stands within a sentence; an abbreviation stays.
func Lower(name string) string {
	runes := []rune(name)
	if len(runes) > 1 && unicode.IsLower(runes[1]) {
		runes[0] = unicode.ToLower(runes[0])
	}
	return string(runes)
}
