package market

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim/grid"
)

// region is a world of two sectors on n x n cells of 2 km with one labour market a cell, and spending everywhere.
func region(t *testing.T, n int) *world.World {
	t.Helper()
	shape := grid.Shape{NX: n, NY: n, CellKM: 2}
	home, err := grid.Exponential(shape, 9)
	if err != nil {
		t.Fatal(err)
	}
	supply, err := grid.Exponential(shape, 5)
	if err != nil {
		t.Fatal(err)
	}
	commute, err := grid.NewCoupling(shape, 2, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	cells := shape.Cells()
	w := &world.World{Setting: &world.Setting{Sectors: make([]world.Sector, 2), Regions: make([]world.Region, 1)}, Sectors: make([]world.SectorState, 2), Seed: 3}
	w.Ground = []world.Ground{{Shape: shape, Cells: cells, Supply: supply, Pool: supply, Air: supply, Home: home, Commute: commute}}
	w.Cells.Region = make([]int32, cells)
	w.Index.Start = make([]world.Bucket, 2*cells+1)
	for _, x := range []*[]float64{&w.Fields.Rivals, &w.Fields.Access, &w.Fields.Receipts} {
		*x = make([]float64, 2*cells)
	}
	w.Fields.Spending, w.Fields.EndPoint = make([]float64, cells), make([]float64, cells)
	for c := range cells {
		w.Fields.EndPoint[c] = 1
	}
	w.Now = world.Now{Wage: 1, Population: 1, Demand: []float64{1, 1}, Share: []float64{.25, .75}, World: []float64{1, 1}}
	w.Base.Rivals, w.Base.World = []float64{0, 0}, []float64{0, 0}
	return w
}

func place(w *world.World, sector int, at world.Point, weight float64) int {
	i := w.Firms.Found(uint64(len(w.Firms.ID)+1)<<20, sector)
	w.Place(i, 0, at)
	w.Firms.Weight[i], w.Firms.Mass[i] = float32(weight), float32(weight)
	w.Fields.Orders = make([]float32, 2*len(w.Firms.ID))
	return i
}

// meet puts customers and sellers together and asks each firm what it sells.
func meet(w *world.World, r *Rules) {
	w.Reindex()
	r.Order(w, 1, 0, Bands)
	r.Sort(w, 1, 0, len(w.Cells.Region))
	r.Meet(w, 1, 0, w.Planes())
	for i := range w.Firms.ID {
		r.Ask(w, i)
	}
}

// The textbook's Dixit and Stiglitz demand: sigma 5, prices 1, 1.25 and 2, spending 100. The price index is .9078532901 and
// quantities are 67.93016779, 22.25935738 and 2.12281774. Weights hold seven digits.
func TestConstantElasticityDemand(t *testing.T) {
	w := region(t, 1)
	price := []float64{1, 1.25, 2}
	for _, p := range price {
		place(w, 1, world.Point{X: 1, Y: 1}, math.Pow(p, -4))
	}
	w.Fields.Spending[0], w.Now.Share = 100, []float64{0, 1}
	meet(w, New(Params{}, w, nil))
	sum := 0.0
	for i, want := range []float64{67.93016779, 22.25935738, 2.12281774} {
		got := w.Firms.Home(i) / price[i]
		if math.Abs(got-want) > 2e-6 {
			t.Errorf("at price %g: quantity %.8f, want %.8f", price[i], got, want)
		}
		sum += w.Firms.Home(i)
	}
	near(t, "spending", sum, 100)
	if index := math.Pow(1+math.Pow(1.25, -4)+math.Pow(2, -4), -.25); math.Abs(index-.9078532901) > 5e-11 {
		t.Errorf("price index %.10f", index)
	}
}

// Where sellers are spread and rivals from the world compete, what households order from local firms and what they buy from
// the world add up to what they spend, sector by sector: the kernel is its own adjoint.
func TestHomeMarketIsSeparable(t *testing.T) {
	w := region(t, 12)
	for c := range w.Fields.Spending {
		w.Fields.Spending[c] = 1 + float64(c%7)
		w.Fields.EndPoint[c] = 1 + .1*float64(c%3)
	}
	for k := range 60 {
		place(w, k%2, world.Point{X: math.Mod(float64(k)*3.713, 24), Y: math.Mod(float64(k)*7.177, 24)}, 1+float64(k%5))
	}
	w.Base.Rivals, w.Now.Population, w.Now.Demand = []float64{40, 90}, 1.2, []float64{1, .5}
	r := New(Params{}, w, nil)
	meet(w, r)
	for s := range 2 {
		ordered, imported, spent := 0.0, 0.0, 0.0
		for i := range w.Firms.ID {
			if int(w.Firms.Sector[i]) == s {
				ordered += w.Firms.Home(i)
			}
		}
		lo, _ := w.Plane(s)
		rivals := w.Base.Rivals[s] * w.Now.Population * w.Now.Demand[s]
		for c, x := range w.Fields.Spending {
			imported += w.Now.Share[s] * x * rivals / (w.Fields.Rivals[lo+c] + rivals)
			spent += w.Now.Share[s] * x
		}
		near(t, fmt.Sprintf("sector %d: orders and imports", s), ordered+imported, spent)
		if ordered < .1*spent || imported < .1*spent {
			t.Errorf("sector %d: %v ordered, %v imported: too little of one to see it", s, ordered, imported)
		}
	}
}

// Whatever buyers spread over the map reaches suppliers, by the same kernel; nobody buys from itself.
func TestOrdersReachSuppliers(t *testing.T) {
	w := region(t, 12)
	for k := range 50 {
		place(w, k%2, world.Point{X: math.Mod(float64(k)*3.713, 24), Y: math.Mod(float64(k)*7.177, 24)}, 1+float64(k%5))
	}
	for k := range w.Fields.Orders {
		w.Fields.Orders[k] = .5 + float32(k%11)
	}
	r := New(Params{}, w, nil)
	meet(w, r)
	f, g := &w.Firms, &w.Ground[0]
	for s := range 2 {
		received, paid := 0.0, 0.0
		mass, field := make([]float64, g.Cells), make([]float64, g.Cells)
		for i := range f.ID {
			if int(f.Sector[i]) == s {
				received += f.Inputs[i]
				g.Shape.Deposit(mass, f.Base[i], float64(f.WX[i]), float64(f.WY[i]), float64(f.Mass[i]))
			}
		}
		g.Supply.Smooth(field, mass, g.Supply.NewWork())
		for i := range f.ID {
			v := w.Read(field, i)
			if int(f.Sector[i]) == s {
				v -= float64(f.Mass[i]) * float64(f.SelfSupply[i])
			}
			paid += v * float64(w.OrdersOf(i)[s])
		}
		near(t, fmt.Sprintf("sector %d: receipts", s), received, paid)
	}
}

// A firm delivers what it is asked for up to its capacity, and what it delivers is what is booked; the rest is imported.
func TestSell(t *testing.T) {
	w := region(t, 1)
	for _, weight := range []float64{1, 3} {
		place(w, 0, world.Point{X: 1, Y: 1}, weight)
	}
	w.Fields.Spending[0], w.Now.Share, w.Base.World = 80, []float64{1, 0}, []float64{10, 10}
	w.Firms.Reach[0], w.Firms.Reach[1] = .5, 1
	w.Firms.Orders[0], w.Firms.Orders[1] = 8, 12
	w.Markets.Balance = []float64{20}
	r := New(Params{Reach: .5}, w, func(w *world.World, lo, hi int) { copy(w.Firms.Capacity[lo:hi], []float32{100, 45}[lo:hi]) })
	meet(w, r)
	w.Sums.Reset(2, 1024, SellSums)
	r.Sell(w, 1, 0, 2)
	f := &w.Firms
	for i, want := range []struct{ home, exports, demand, sales float64 }{{20, 5, 25, 25}, {60, 30, 90, 45}} {
		near(t, "home", f.Home(i), want.home)
		single(t, "exports", f.Exports[i], want.exports)
		near(t, "demand", f.Demand[i], want.demand)
		near(t, "sales", f.Sales[i], want.sales)
	}
	f.Reach[0], f.Reach[1] = .5, 1 // what export did to it is another test's
	if err := r.Clear(w, 1); err != nil {
		t.Fatal(err)
	}
	m := &w.Money
	near(t, "turnover", m.Turnover, 70./4)
	near(t, "home sales", m.HomeSales, (20+30)/4.)
	near(t, "exports", m.Exports, (5+15)/4.)
	near(t, "imports", m.Imports, 20./4+20-50./4) // all inputs, and what households could not get
	near(t, "rationed", w.Count.Rationed, 45./115)
	near(t, "what households keep", w.Markets.Balance[0], 0)
}

// Reach closes a tenth of its gap a quarter; with sure chances a firm begins to export at once, or stops.
func TestExport(t *testing.T) {
	w := region(t, 1)
	i := place(w, 0, world.Point{X: 1, Y: 1}, 1)
	f := &w.Firms
	f.Reach[i] = .5
	r := New(Params{Reach: .5, ReachSpeed: .1, ExportStart: 4, ExportStop: 0}, w, nil)
	for k, want := range []float64{.55, .595, .6355} {
		r.export(w, k, i, i+1)
		single(t, "reach of a new exporter", f.Reach[i], want)
	}
	if !f.Exporter[i] {
		t.Error("a sure chance to export was missed")
	}
	r.P.ExportStart, r.P.ExportStop = 0, 4
	r.export(w, 3, i, i+1)
	single(t, "reach of one that stopped", f.Reach[i], .6355-.01355)
	if f.Exporter[i] {
		t.Error("a sure chance to stop was missed")
	}
}

// Cheaper firms than the sector's mean begin to export twice as often.
func TestCheapFirmsExportMore(t *testing.T) {
	w := region(t, 1)
	for k := range 40000 {
		w.Firms.Found(uint64(k+1)*0x9e3779b97f4a7c15, 0)
		if k%2 == 0 {
			w.Firms.LogPrice[k] = -.1
		}
	}
	w.Sectors[0] = world.SectorState{Firms: 40000, LogPrice: -2000}
	r := New(Params{ExportStart: .2}, w, nil)
	n := [2]float64{}
	for i := range w.Firms.ID {
		if r.export(w, 1, i, i+1); w.Firms.Exporter[i] {
			n[i%2]++
		}
	}
	for k, p := range []float64{.1, .05} { // a quarter of .2, doubled or not
		if sd := math.Sqrt(p * (1 - p) * 20000); math.Abs(n[k]-20000*p) > 4*sd {
			t.Errorf("%g of 20,000 began to export, want %g within %g", n[k], 20000*p, 4*sd)
		}
	}
}

// What households owe is not spent, and does not vanish.
func TestDebtsOfHouseholdsStay(t *testing.T) {
	w := region(t, 1)
	w.Markets.Balance = []float64{20, -5, 0}
	w.Sums.Reset(1, 1024, SellSums)
	if err := New(Params{}, w, nil).Clear(w, 1); err != nil {
		t.Fatal(err)
	}
	for k, want := range []float64{0, -5, 0} {
		near(t, fmt.Sprintf("balance of market %d", k), w.Markets.Balance[k], want)
	}
	near(t, "imports", w.Money.Imports, 20)
}

// A firm that is alone in its sector receives nothing of what it orders there, to the bit, wherever it stands.
func TestAloneThereIsNoBuyer(t *testing.T) {
	for k := range 400 {
		w := region(t, 6)
		x, y := math.Mod(float64(k)*3.713, 12), math.Mod(float64(k)*7.177, 12)
		i := place(w, 1, world.Point{X: x, Y: y}, 1+float64(k))
		w.OrdersOf(i)[1] = float32(1+k%7) / 9
		if meet(w, New(Params{}, w, nil)); w.Firms.Inputs[i] != 0 {
			t.Fatalf("a firm alone at (%g, %g) receives %g for its own orders", x, y, w.Firms.Inputs[i])
		}
	}
}
