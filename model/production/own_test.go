package production

import (
	"math"
	"testing"

	"agglo/model/world"
)

// siteOf is the value of a site of the first area to firm i.
func siteOf(r *Rules, w *world.World, i int, at world.Point) float64 {
	visits := []world.Visit{{Row: int32(i), At: at}}
	r.Sites(w, visits)
	return visits[0].Value
}

// A firm that stands in a cell crowds it already; one that thinks of coming would. So its own cell, otherwise empty, and an
// empty one elsewhere are worth the same to it.
func TestOwnWorkersCrowdOnce(t *testing.T) {
	w, r := plain(t, 1)
	r.P.PoolElasticity = 0
	at, there := world.Point{X: 1, Y: 1}, world.Point{X: 9, Y: 9}
	i := add(w, 0, at, 40, 0)
	for k := range w.Fields.Access {
		w.Fields.Access[k], w.Fields.SupplyAt[k] = 1, 20
	}
	w.Fields.Jobs[w.Ground[0].CellAt(at)] = 40
	near(t, "the own cell", siteOf(r, w, i, at), siteOf(r, w, i, there))
}

// A firm's weight with customers is a p^(1-sigma): twice the customers are twice the weight, a tenth off the price is 1/.9^4.
func TestWeightWithCustomers(t *testing.T) {
	w, r := plain(t, 1)
	r.P.LocalShare, r.P.PoolElasticity = 0, 0
	for k, appeal := range []float64{1, 2, 3} {
		i := add(w, 0, world.Point{X: 5, Y: 5}, 4, 0)
		w.Firms.Appeal[i], w.Firms.LogTech[i] = appeal, -float64(k)*math.Log(.9)
	}
	r.Ready(w)
	r.Cost(w, 1, 0, w.Rows())
	for i, want := range []float64{1, 2 / math.Pow(.9, 4), 3 / math.Pow(.9, 8)} {
		single(t, "weight", w.Firms.Weight[i], want)
	}
}
