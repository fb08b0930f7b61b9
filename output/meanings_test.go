package output

import (
	"testing"

	"agglo/internal/text"
)

// Whoever adds a column adds its Russian meaning to internal/text/meanings_*.go, and its unit, if it is a new one, to figures.go there.
func TestMeaningsInRussian(t *testing.T) {
	dir, _ := record(t, hamlet(), 4, 1, func(int) {})
	check := func(where, unit, meaning string) {
		if _, ok := text.Meaning(text.Russian, meaning); !ok {
			t.Errorf("%s: no Russian text for the meaning %q", where, meaning)
		}
		if _, ok := text.Unit(text.Russian, unit, 0); !ok {
			t.Errorf("%s: no Russian text for the unit %q", where, unit)
		}
	}
	seen := 0
	for _, each := range tables {
		words := dictionaryOf(each.name)
		if len(words) == 0 {
			t.Errorf("%s: no columns", each.name)
		}
		for _, w := range words {
			check(each.name+"."+w.column, w.unit, w.meaning)
			seen++
		}
	}
	for name, words := range fixed {
		for _, w := range words {
			check(name+"."+w.column, w.unit, w.meaning)
		}
	}
	for _, c := range SeriesColumns() {
		check("series."+c.Name, c.Unit, c.Meaning)
	}
	for _, r := range records(t, dir, "summary") {
		check("summary, "+r["statistic"], r["unit"], r["meaning"])
		seen++
	}
	if seen < 200 {
		t.Errorf("only %d columns and statistics were looked at", seen)
	}
}
