package knowledge

import (
	"math"
	"slices"
	"testing"
)

// However the ground is cut into strips, each cell holds the same bits, and each firm is counted once.
func TestStripsDoNotMatter(t *testing.T) {
	w, r := plain(t, 400, Params{ScienceKM: 50})
	f, g := &w.Firms, &w.Ground[0]
	for i := range f.ID {
		f.Sales[i], f.LogTech[i] = 1/float64(i+1), math.Sqrt(float64(i))
	}
	lay := func(rows int) []record {
		for c := range r.air[0] {
			r.air[0][c] = record{-1, -1, -1, -1}
		}
		r.strips = stripsOf(0, g, rows)
		for k := r.Strips(w) - 1; k >= 0; k-- { // in any order
			r.Lay(w, 1, k, k+1)
		}
		return slices.Clone(r.air[0])
	}
	whole, firms := lay(g.Shape.NY), 0.0
	for c := range whole {
		firms += whole[c][1]
	}
	near(t, "firms on all cells", firms, 400, 1e-9)
	for _, rows := range []int{1, 2, 3, 7} {
		if want := (g.Shape.NY + rows - 1) / rows; len(stripsOf(0, g, rows)) != want {
			t.Errorf("%d strips of %d rows: want %d", len(stripsOf(0, g, rows)), rows, want)
		}
		for c, of := range lay(rows) {
			if of != whole[c] {
				t.Fatalf("strips of %d rows: cell %d holds %v, and %v in one strip", rows, c, of, whole[c])
			}
		}
	}
}
