package study

import (
	"strings"
	"testing"

	"agglo/internal/fit"
)

// Whoever adds a column of a table with a fixed header says in ranges.go what values it may take; nothing stands there that no table has.
func TestEveryColumnHasItsRange(t *testing.T) {
	used := map[string]bool{}
	look := func(table, column string) {
		if _, known := findRange(table, column); !known {
			t.Errorf("%s.%s: no range; give it one in ranges.go", table, column)
		}
		if _, own := ranges[table+"."+column]; own {
			column = table + "." + column
		}
		used[column] = true
	}
	for name, words := range dictionary {
		for _, d := range words {
			look(name, d.column)
		}
	}
	for _, of := range [][]written{new(Sensed).tables(), (&Calibrator{}).tables(&Fit{Particles: []fit.Particle{}})} {
		for _, w := range of {
			for _, d := range w.words {
				look(w.name, d.column)
			}
		}
	}
	for _, m := range metrics {
		look("metrics", m.name)
	}
	for _, c := range gridHead {
		look(strings.TrimSuffix(GridFile, ".csv"), c.name)
	}
	for _, c := range levelsWords {
		look(strings.TrimSuffix(LevelsFile, ".csv"), c.column)
	}
	for _, c := range []string{"mix", "name", "round", "search_score", "search_cost", "fresh_cost", "p_adjusted", "front", "chance_best", "choice"} {
		look("mixes", c)
	}
	for key := range ranges {
		if !used[key] {
			t.Errorf("%s has a range and is in no table", key)
		}
	}
}
