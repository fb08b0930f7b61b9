package study

import (
	"strings"
	"testing"

	"agglo/sim/design"
)

// Shares that no true ones can be are told as not known, not as 202% of a spread.
func TestImpossibleSharesAreNotTold(t *testing.T) {
	for _, c := range []struct {
		alone, within, other float64
		known                bool
	}{{.6, .9, .3, true}, {.6, 1.04, .3, true}, {2.26, 2.02, .01, false}, {.6, .9, 1.2, false}, {.8, .7, .3, false}} {
		r := &Sensed{}
		for _, x := range []design.Index{{Factor: "a", Name: "S1", Value: c.alone}, {Factor: "a", Name: "ST", Value: c.within},
			{Factor: "b", Name: "S1", Value: .01}, {Factor: "b", Name: "ST", Value: c.other}} {
			r.Indices = append(r.Indices, SensedIndex{Stage: "shares", Metric: "jobs", Statistic: statMean, Tick: 8, Index: x})
		}
		says := r.leaders("en")
		if len(says) != 1 || strings.Contains(says[0], "a explains") != c.known || strings.Contains(says[0], "more base points") == c.known {
			t.Errorf("%+v: %q", c, says)
		}
	}
}
