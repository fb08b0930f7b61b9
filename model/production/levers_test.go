package production

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
)

// Pulled by hand: sales that bring 1.25 are asked at 1/1.25; who asks 1.25 times as much as alone makes goods for .8 of its sales; a running cost lower by .1 takes .1 off the log price in its
// cell only; a match better by .2 takes .35 x .2; cheaper inputs by .06 take half of it.
func TestLeversOnPrice(t *testing.T) {
	w, r := plain(t, 2)
	w.Now.Population = 1
	i := add(w, 0, world.Point{X: 5, Y: 6}, 4, 0)
	j := add(w, 0, world.Point{X: 9, Y: 9}, 4, 0)
	for k := range w.Fields.SupplyAt {
		w.Fields.SupplyAt[k] = float32(w.Base.Supply[k%2])
	}
	for k := range w.Fields.Pool {
		w.Fields.Pool[k] = w.Base.Pool[0]
	}
	f := &w.Firms
	f.SelfPool[i], f.SelfPool[j] = 0, 0
	r.Ready(w)
	r.Cost(w, 1, 0, 2)
	near(t, "log price at the base", f.LogPrice[i], 0)
	for _, c := range []struct {
		name                 string
		push                 func(l *world.Levers)
		price, input, orders float64
	}{
		{"price", func(l *world.Levers) { l.Push(world.LeverPrice, i, .25) }, -math.Log(1.25), 0, 5},
		{"agreement", func(l *world.Levers) { l.Push(world.LeverAgreement, i, math.Log(1.25)) }, math.Log(1.25), 0, 3.2},
		{"running", func(l *world.Levers) { l.PushCell(world.LeverRunning, int(f.Cell[i]), .1) }, -.1, 0, 4},
		{"training", func(l *world.Levers) { l.Push(world.LeverTraining, i, .2) }, -.07, 0, 4},
		{"purchase", func(l *world.Levers) { l.Push(world.LeverPurchase, i, .06) }, -.03, -.06, 4},
	} {
		w.ClearLevers()
		c.push(&w.Levers)
		r.Ready(w)
		r.Cost(w, 1, 0, 2)
		near(t, c.name+": log price", f.LogPrice[i], c.price)
		near(t, c.name+": log price of inputs", float64(f.LogInput[i]), float64(float32(c.input)))
		near(t, c.name+": spending on inputs", f.Orders[i], c.orders)
		near(t, c.name+": log price of another", f.LogPrice[j], 0)
		near(t, c.name+": weight", float64(f.Weight[i]), float64(float32(math.Exp(-4*c.price))))
	}
}

// A site with levers: land for 400 more halves the crowding that 400 workers bring, half of the rent paid halves it, final
// reach of .1 makes all buyers but firms e^.4 times as many, a running cost lower by .1 is worth .8 x .1. What the firm has agreed to ask it
// asks wherever it stands: it decides between no two sites.
func TestLeversOnSite(t *testing.T) {
	w, r := plain(t, 1)
	i := add(w, 0, world.Point{X: 1, Y: 1}, 4, 0)
	f := &w.Firms
	f.Reach[i], f.Sales[i] = .5, 10
	for k := range w.Fields.Access {
		w.Fields.Access[k], w.Fields.Receipts[k] = 1, .5
		w.Fields.SupplyAt[k], w.Fields.Pool[k] = 20, 100
	}
	there := world.Point{X: 9, Y: 9}
	cell := w.Ground[0].CellAt(there)
	w.Fields.Jobs[cell] = 396
	base := siteOf(r, w, i, there)
	near(t, "a crowded site", base, math.Log(2)/5-.08*.4)
	for _, c := range []struct {
		name  string
		lever world.CellLever
		x     float64
		want  float64
	}{
		{"land", world.LeverLand, 400, .04 * .5 * .4},
		{"rent", world.LeverRent, .5, .08 * .5 * .4},
		{"rent, more than all", world.LeverRent, 1.5, .08 * .4},
		{"reach", world.LeverReach, .1, (math.Log(1.5*math.Exp(.4)+.5) - math.Log(2)) / 5},
		{"running", world.LeverRunning, .1, .8 * .1},
	} {
		w.ClearLevers()
		w.Levers.PushCell(c.lever, cell, c.x)
		near(t, c.name, siteOf(r, w, i, there)-base, c.want)
		w.ClearLevers()
		w.Levers.PushCell(c.lever, 0, c.x)
		near(t, c.name+" elsewhere", siteOf(r, w, i, there), base)
	}
	w.ClearLevers()
	here := world.Point{X: 1, Y: 1}
	better := base - siteOf(r, w, i, here)
	w.Levers.Push(world.LeverAgreement, i, .1)
	near(t, "agreed", siteOf(r, w, i, there)-base, -.8*.1)
	near(t, "agreed, against another site", siteOf(r, w, i, there)-siteOf(r, w, i, here), better)
}

// Roads for goods of 400 x .05 = 20: empty cells lose nothing; sales of 12 and orders of 8 fill a cell's roads, which adds
// .15 of a freight of .02 to a journey's end and takes e^(-4 x .003) off mass; at 1.1 times the wage they are not yet full.
// What 30 times as much would cost is bounded. Without a capacity, or with it taken away, roads never fill.
func TestRoads(t *testing.T) {
	w, r := plain(t, 1)
	i := add(w, 0, world.Point{X: 5, Y: 6}, 4, 0)
	cell := int(w.Firms.Cell[i])
	w.Reindex()
	for _, c := range []struct{ capacity, sales, wage, end, want float64 }{
		{.05, 12, 1, 1, math.Exp(-4 * .003)},
		{.05, 32, 1, 1, math.Exp(-4 * .003 * 16)},
		{.05, 12, 1.1, 1, math.Exp(-4 * .003 / (1.1 * 1.1 * 1.1 * 1.1))},
		{.05, 12, 1, 1.5, 1.5 * math.Exp(-4*.003)},
		{.05, 592, 1, 1, math.Exp(-4 * .2)},
		{0, 592, 1, 1, 1},
	} {
		r.P.RoadCapacity, r.P.Freight, r.P.RoadDelay, r.P.RoadPower = c.capacity, .02, .15, 4
		w.Firms.Sales[i], w.Firms.Orders[i], w.Now.Wage = c.sales, 8, c.wage
		w.Fields.EndPoint[cell] = c.end
		if err := r.Roads(w, 1); err != nil {
			t.Fatal(err)
		}
		near(t, fmt.Sprintf("%+v", c), w.EndPoint(cell), c.want)
		near(t, "an empty cell", w.EndPoint(cell+1), 1)
	}
}

// A site where .1 of profit goes in place of .2 is worth ln(.9/.8)/sigma more, by a tax break and by the region's rate; where .36 goes,
// ln(.64/.8)/sigma less. What a firm is spared at home it loses by going.
func TestTaxOnSite(t *testing.T) {
	w, r := plain(t, 1)
	w.Setting.Regions = []world.Region{{TaxRate: .2}, {TaxRate: .2}}
	i := add(w, 0, world.Point{X: 1, Y: 1}, 4, 0)
	w.Firms.Reach[i], w.Firms.Sales[i] = .5, 10
	home, there := world.Point{X: 1, Y: 1}, world.Point{X: 9, Y: 9}
	own, cell := w.Ground[0].CellAt(home), w.Ground[0].CellAt(there)
	w.Cells.Region[cell] = 1
	stays, goes := siteOf(r, w, i, home), siteOf(r, w, i, there)
	for _, c := range []struct {
		what       string
		rate       float64 // of the region there
		offers     []world.TaxOffer
		home, away float64
	}{
		{"a tax break there", .2, []world.TaxOffer{world.CellTaxOffer{Cell: cell, Off: .1}}, 0, math.Log(.9/.8) / 5},
		{"a tax break here", .2, []world.TaxOffer{world.CellTaxOffer{Cell: own, Off: .1}}, math.Log(.9/.8) / 5, 0},
		{"a mild region", .1, nil, 0, math.Log(.9/.8) / 5},
		{"a dear region", .36, nil, 0, math.Log(.64/.8) / 5},
		{"a dear region with a tax break", .36, []world.TaxOffer{world.CellTaxOffer{Cell: cell, Off: .16}}, 0, 0},
	} {
		w.Setting.Regions[1].TaxRate, w.Levers.TaxOffers = c.rate, c.offers
		near(t, c.what+": home", siteOf(r, w, i, home)-stays, c.home)
		near(t, c.what+": away", siteOf(r, w, i, there)-goes, c.away)
	}
}
