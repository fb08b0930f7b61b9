package model_test

import (
	"math"
	"testing"

	"agglo/model/knowledge"
	"agglo/model/world"
	"agglo/sim/param"
)

// What five years of learning are worth at another firm's site, in the worth of sites and against what moving costs there, .01: all of it, and
// what ties alone teach. docs/odd.md, section 7.11, has the figures.
func TestWhatLearningElsewhereIsWorth(t *testing.T) {
	const years, sigma, nearKM, hurdle = 5, 5, 50, .05 / 5
	w := runTo(t, plainEngine(t, 3), 80)
	var of struct{ Knowledge knowledge.Params }
	if err := param.Fill(&of); err != nil {
		t.Fatal(err)
	}
	ties := of.Knowledge
	ties.Air, ties.Science, ties.Imitation = 0, 0, 0
	spread := func(p knowledge.Params) (mean, sd float64) {
		r, f := knowledge.New(p, w), &w.Firms
		n, sum, squares := 0.0, 0.0, 0.0
		for i, id := range f.ID {
			j := (i*7919 + 13) % len(f.ID)
			if id == 0 || f.ID[j] == 0 || f.Cell[i] == f.Cell[j] || int(f.Born[i]) == w.Now.Tick {
				continue
			}
			at := func(k int) float64 {
				return r.Foresee(w, &world.Visit{Row: int32(i), At: world.Point{X: f.X[k], Y: f.Y[k]}}, nearKM)
			}
			x := (sigma - 1.) / sigma * years * (at(j) - at(i))
			n, sum, squares = n+1, sum+x, squares+x*x
		}
		return sum / n, math.Sqrt(squares/n - sum/n*sum/n)
	}
	mean, sd := spread(of.Knowledge)
	lost, around := spread(ties)
	t.Logf("all: mean %+.5f, standard deviation %.5f; ties alone: %+.5f, %.5f; moving costs %.3f", mean, sd, lost, around, hurdle)
	if lost >= 0 {
		t.Errorf("ties are worth %+.5f more at another site: want less, they stretch", lost)
	}
	if sd > hurdle/5 || sd == 0 {
		t.Errorf("what firms would learn differs by %.5f: odd.md says far less than moving costs", sd)
	}
}
