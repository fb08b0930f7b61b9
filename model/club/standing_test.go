package club

import (
	"math"
	"testing"

	"agglo/model/world"
)

// Of a firm with twice the margin of its sector's middle firm lenders think twice as well, of one with none nothing at all; half known, half of
// that. The middle firm gains nothing by being known, nor does anybody where it loses money.
func TestStanding(t *testing.T) {
	for _, c := range []struct{ known, margin, middle, want float64 }{
		{1, .1, .1, 0}, {1, .2, .1, 1}, {1, 0, .1, -1}, {1, -.1, .1, -2}, {.5, .2, .1, .5}, {0, .2, .1, 0}, {1, .2, 0, 0}, {1, .2, -.1, 0},
	} {
		if got := Standing(c.known, c.margin, c.middle); !(math.Abs(got-c.want) <= 1e-12) {
			t.Errorf("known %g, margin %g of %g: %g, want %g", c.known, c.margin, c.middle, got, c.want)
		}
	}
}

// Five firms of a sector sell much or little; a record takes three years, so the last one, which is younger, has none, and the middle of the other four is
// .2. On the roll, known by half: the first, with a margin of .1, loses a quarter, the second, with .3, gains a quarter, once, though it
// is on two rolls; the third has left its row to another firm, the fourth is on no roll, the last is too young. Two more are on the
// roll: one is the only firm of its sector, so its middle one, and one sells nothing, so it has no record either.
func TestIntroduce(t *testing.T) {
	r, w, f := trio(.5)
	w.Setting.Sectors = make([]world.Sector, 2)
	w.Firms.Found(13, 0)
	w.Firms.Found(14, 0)
	w.Firms.Found(15, 1)
	w.Firms.Found(16, 0)
	of := &w.Firms
	sales := []float64{10, 5, 20, .5, 10, 10, 10}
	for i, margin := range []float32{.1, .3, .05, .2, 9, .01, -1} {
		of.Sales[i], of.Losses[i], of.Born[i] = sales[i], margin*float32(sales[i]), -1
	}
	w.Now.Tick, of.Born[4], of.Sales[6] = 11, 0, 0
	f.Members = []world.Member{{ID: 10, Row: 0}, {ID: 11, Row: 1}, {ID: 99, Row: 2}, {ID: 14, Row: 4}, {ID: 15, Row: 5}, {ID: 16, Row: 6}}
	r.P.Known = .5
	w.ClearLevers()
	r.middles(w)
	r.introduce(w, f)
	r.introduce(w, f)
	for i, want := range []float64{-.25, .25, 0, 0, 0, 0, 0} {
		if got := w.Levers.Of(world.LeverStanding, i); !(math.Abs(got-want) <= 1e-7) {
			t.Errorf("firm %d: standing %g, want %g", i, got, want)
		}
	}
}
