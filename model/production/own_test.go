package production

import (
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim/num"
	"agglo/sim/rng"
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

// Sites are judged many at a time: each is worth what it is worth alone, to the bit, however many there are.
func TestSitesTogether(t *testing.T) {
	w, r := plain(t, 1)
	i := add(w, 0, world.Point{X: 5, Y: 5}, 40, 0)
	for k := range w.Fields.Access {
		w.Fields.Access[k], w.Fields.SupplyAt[k], w.Fields.Pool[k] = 1+float64(k%5), 20+float32(k%7), 100+float64(k%3)
	}
	for _, n := range []int{0, 1, together - 1, together, together + 1, 5*together + 3} {
		visits := make([]world.Visit, n)
		for k := range visits {
			visits[k] = world.Visit{Row: int32(i), At: world.Point{X: .3 + float64(k*7%10), Y: .6 + float64(k*3%10)}}
		}
		r.Sites(w, visits)
		for k := range visits {
			if alone := siteOf(r, w, i, visits[k].At); visits[k].Value != alone {
				t.Fatalf("site %d of %d is worth %g, alone %g", k, n, visits[k].Value, alone)
			}
		}
	}
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

// A firm that is alone in its sector meets nobody there, to the bit, wherever it stands and however large it is: what the field holds of
// itself, in single precision, leaves no rest that looks like a supplier. Its inputs cost what they cost far from all.
func TestAloneThereIsNoSupplier(t *testing.T) {
	for k := range 400 {
		w, r := plain(t, 1)
		x := drawn(rng.Seed(k), 3, 0, 1)
		mass := math.Pow(10, 60*x[2]-30)
		i := add(w, 0, world.Point{X: 12 * x[0], Y: 12 * x[1]}, 4, mass)
		w.Reindex()
		r.Gather(w, 1, 0, 1)
		r.Lay(w, 1, 0, w.Ground[0].Cells)
		r.Ready(w)
		r.Cost(w, 1, 0, 1)
		sums, others := []float64{0}, []float64{0}
		Suppliers(w, i, 1, sums)
		place := r.site(w, i)
		place.others(w, 0, others)
		if sums[0] != 0 || others[0] != 0 {
			t.Fatalf("a firm of mass %g alone meets suppliers of %g and %g", mass, sums[0], others[0])
		}
		if got, want := w.Firms.LogInput[i], float32(num.LogQuick(1-r.P.LocalShare)/-4); got != want {
			t.Fatalf("a firm of mass %g alone: log price of inputs %v, want %v", mass, got, want)
		}
		w.Cuts = world.Cuts{Off: world.ChannelInput, Supply: []float64{1}}
		if r.Cost(w, 1, 0, 1); w.OrdersOf(i)[0] != 0 {
			t.Fatalf("a firm of mass %g alone orders %g of its sector when all meet the mean site", mass, w.OrdersOf(i)[0])
		}
	}
}

// Where all meet the mean site, those who supply a firm's sector receive from it what the mean site says, however little of the sector
// is not the firm itself; where single precision could not tell, they receive nothing, and never more.
func TestOrdersToFewAtTheMeanSite(t *testing.T) {
	const met, share = .3, 4. // local mass at the mean site, and spending on the sector
	far := world.Point{X: 9, Y: 9}
	for k := range 40 {
		mass := math.Pow(2, -float64(k))
		w, r := plain(t, 1)
		add(w, 0, far, 4, mass)
		w.Reindex()
		r.Gather(w, 1, 0, 1)
		r.Lay(w, 1, 0, w.Ground[0].Cells)
		i := add(w, 0, world.Point{X: 3.3, Y: 4.1}, 4, 1)
		others := w.Supply(i, 0)
		w.Cuts = world.Cuts{Off: world.ChannelInput, Supply: []float64{1}}
		w.Reindex()
		r.Gather(w, 1, 0, 1)
		r.Lay(w, 1, 0, w.Ground[0].Cells)
		r.Ready(w)
		r.Cost(w, 1, 0, w.Rows())
		got, want := float64(w.OrdersOf(i)[0])*others, share*met/(1-r.P.LocalShare+met)
		if none := got == 0 && others < float64(w.Firms.SelfSupply[i])/told*1.1; !none && math.Abs(got/want-1) > .03 {
			t.Errorf("others of %g: they receive %g, want %g", others, got, want)
		}
	}
}
