package demography

import (
	"slices"
	"testing"

	"agglo/model/world"
)

// Movers that compare side by side end where they would have ended one after the other, to the bit: also those that look at the
// neighbourhood of one who has moved before them, those who have been put elsewhere, and in blocks of any number of rows.
func TestMoversCompareSideBySide(t *testing.T) {
	const firms, tick = 3000, 5
	moved := func(compare bool, block int) (at []float64, count int, again bool) {
		w, r := plain(t, Params{Move: 1, Strangers: 2, Successes: true, Sharpness: 5, MoveCost: .1, Horizon: 5, StayKM: 3})
		r.Outside.Judge = better(.3)
		f := &w.Firms
		w.Now.Tick = tick
		for k := range firms {
			i := add(w, k%2, world.Point{X: 20 + float64(k%7), Y: 3 + float64(k%5)}, 10)
			if k%3 > 0 {
				f.Flag[i] = world.FlagMove
			}
			if k > 40 {
				f.Join(i, i-7, .5, 1)
			}
		}
		w.Reindex()
		w.Levers.Moves = []world.Placement{{Row: 4, At: world.Point{X: 22, Y: 30}}}
		if compare {
			r.ReadyToCompare(w)
			for lo := 0; lo < firms; lo += block {
				r.Compare(w, tick, lo, min(lo+block, firms))
			}
		}
		if err := r.Relocate(w, tick); err != nil {
			t.Fatal(err)
		}
		for k := range r.compare.blocks {
			for _, p := range r.compare.blocks[k].plans {
				again = again || r.compare.left.any(p.near.partners)
			}
		}
		return slices.Concat(f.X, f.Y, f.Cash, w.Markets.Balance), w.Count.Moves, again
	}
	want, count, _ := moved(false, 0)
	if count < firms/10 || count > firms*2/3 {
		t.Fatalf("%d moves: want some, and some who stay", count)
	}
	for _, block := range []int{1024, 100} {
		got, n, again := moved(true, block)
		if n != count || !slices.Equal(got, want) {
			t.Errorf("blocks of %d: %d moves, want the %d of one after the other, to the same places", block, n, count)
		}
		if !again {
			t.Error("nobody looked at the neighbourhood of one who has moved: nothing was tried")
		}
	}
}
