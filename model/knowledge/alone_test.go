package knowledge

import (
	"math"
	"testing"
)

// A firm does not learn from its own R&D: alone in the air it has nothing to learn, however much it spends, and of two firms
// at one place each reads the other's.
func TestNobodyLearnsOfItself(t *testing.T) {
	w, r := plain(t, 2, Params{Air: .5, Distance: .1, ScienceKM: 50})
	f, g := &w.Firms, &w.Ground[0]
	for i := range f.ID {
		w.Place(i, 0, g.Mid(44))
	}
	f.Sales[0], f.Sales[1] = 1000, 0
	r.Lay(w, 1, 0, r.Strips(w))
	r.Gather(w, 1, 0, r.Lanes(w))
	self := float64(f.SelfAir[0])
	for i, heard := range []float64{0, .04 * 1000 * self} {
		r.Review(w, i)
		near(t, "S", float64(f.Spill[i]), .5*math.Log1p(heard/(w.Base.Research*w.Now.Wage*w.Now.Population)), 1e-5)
	}
}
