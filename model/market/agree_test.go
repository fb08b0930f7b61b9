package market

import (
	"math"
	"testing"

	"agglo/model/world"
)

// At sigma 5: half of what buyers spend, wholly counted, makes the price 1 + .5/(5 x .5) = 1.2 times that of firms that compete; three
// quarters and all that is more 1.6 times. By elasticities: sigma .5 + .5 = 3 makes a price of 1.5 times cost, 5 one of 1.25.
func TestExcess(t *testing.T) {
	for _, c := range []struct{ sigma, x, times float64 }{
		{5, 0, 1}, {5, .5, 1.2}, {5, .2, 1.05}, {5, .75, 1.6}, {5, .99, 1.6}, {5, -1, 1}, {2, .5, 1.5}, {20, .5, 1.05},
	} {
		near(t, "price over the competing one", math.Exp(Excess(c.sigma, c.x)), c.times)
		if x := min(max(c.x, 0), mostAgreed); x == c.x {
			e := c.sigma*(1-x) + x
			near(t, "the same by elasticities", e/(e-1)/(c.sigma/(c.sigma-1)), c.times)
		}
	}
}

// Two firms of a cluster in sector 0 sell 40 and 20; half of the first's and all of the second's sales are at home, 40 in all. Households
// order 60 and firms 50 in each sector, of which .3 and .1 are from the sector: 80. So they deliver half of that, on two thirds of their sales: a third. Of a third
// one nobody has ordered: it asks what they ask. A firm alone of its sector in the cluster, and those in none, agree with nobody.
func TestAgree(t *testing.T) {
	w := region(t, 2)
	w.Params.Sigma = 5
	for c := range w.Fields.Spending {
		w.Fields.Spending[c] = 0
	}
	w.Fields.Spending[3] = 100
	w.Now.Share[0], w.Now.Share[1] = .6, .4
	w.Now.Inputs = []float64{.3, .7, .1, .9}
	f := &w.Firms
	sell := func(sector int, cluster int32, sales, exports, orders float64) int {
		i := place(w, sector, world.Point{X: 1, Y: 1}, 1)
		f.Cluster[i], f.Sales[i], f.Demand[i], f.Exports[i], f.Orders[i] = cluster, sales, 2*sales, float32(2*exports), orders
		return i
	}
	a, b := sell(0, 2, 40, 20, 50), sell(0, 2, 20, 0, 0)
	idle, alone, other, none := sell(0, 2, 0, 0, 0), sell(1, 2, 30, 0, 50), sell(0, 1, 10, 0, 0), sell(0, 0, 10, 0, 0)
	for _, collusion := range []float64{0, .5, 1} {
		w.ClearLevers()
		r := New(Params{Collusion: collusion}, w, nil)
		if err := r.Agree(w, 1); err != nil {
			t.Fatal(err)
		}
		want := Excess(5, collusion/3)
		for i, want := range map[int]float64{a: want, b: want, idle: want, alone: 0, other: 0, none: 0} {
			near(t, "agreement", w.Levers.Of(world.LeverAgreement, i), want)
		}
		if any := w.Levers.Any; any != (collusion > 0) {
			t.Errorf("collusion %g: levers are pulled: %v", collusion, any)
		}
	}
}

// Three firms of a cluster in sector 0 sell .4, .2 and .3, all at home, and order nothing, .3 and .1 of their sector. The third has moved to an
// area whose households spend .5, from one where they spend .9: the others deliver half of what is bought there. The third has nobody
// to agree with until the first follows it: then the second is alone, and both deliver more than is bought where they are. If all
// are together again, they deliver .9 of 1.3.
func TestAgreeApart(t *testing.T) {
	w := region(t, 2)
	w.Params.Sigma = 5
	here := w.Ground[0]
	there := here
	there.First = here.Cells
	w.Ground = append(w.Ground, there)
	w.Fields.Spending = make([]float64, 2*here.Cells)
	w.Fields.Spending[0], w.Fields.Spending[here.Cells+1] = .9, .5
	w.Now.Share[0], w.Now.Share[1] = 1, 0
	w.Now.Inputs = []float64{1, 0, 0, 1}
	f := &w.Firms
	for _, c := range []struct{ sales, orders float64 }{{.4, 0}, {.2, .3}, {.3, .1}} {
		i := place(w, 0, world.Point{X: 1, Y: 1}, 1)
		f.Cluster[i], f.Sales[i], f.Demand[i], f.Orders[i] = 1, c.sales, c.sales, c.orders
	}
	r := New(Params{Collusion: .5}, w, nil)
	for _, c := range []struct {
		area [3]uint16
		x    [3]float64
	}{
		{[3]uint16{0, 0, 1}, [3]float64{.5, .5, 0}},
		{[3]uint16{1, 0, 1}, [3]float64{1, 0, 1}},
		{[3]uint16{0, 0, 0}, [3]float64{.9 / 1.3, .9 / 1.3, .9 / 1.3}},
	} {
		copy(f.Area, c.area[:])
		w.ClearLevers()
		if err := r.Agree(w, 1); err != nil {
			t.Fatal(err)
		}
		for i, x := range c.x {
			near(t, "agreement", w.Levers.Of(world.LeverAgreement, i), Excess(5, x/2))
		}
	}
}

// Where there are no firms, or each is alone, no lever is pulled.
func TestAgreeNobody(t *testing.T) {
	w := region(t, 2)
	w.Params.Sigma = 5
	w.Now.Inputs = []float64{1, 0, 0, 1}
	w.Fields.Spending[0] = 1
	r := New(Params{Collusion: 1}, w, nil)
	for range 2 {
		w.ClearLevers()
		if err := r.Agree(w, 1); err != nil {
			t.Fatal(err)
		}
		if w.Levers.Any {
			t.Errorf("%d firms: somebody agrees", w.Rows())
		}
		i := place(w, 0, world.Point{X: 1, Y: 1}, 1)
		w.Firms.Cluster[i], w.Firms.Sales[i], w.Firms.Demand[i] = 1, 1, 1
	}
}
