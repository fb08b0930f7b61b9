package production

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim/grid"

	"pgregory.net/rapid"
)

// near fails unless got is want to a relative 1e-9; the constants of the tables have ten digits.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.12g, want %.12g", what, got, want)
	}
}

// single is near for a column of 32 bits.
func single(t *testing.T, what string, got float32, want float64) {
	t.Helper()
	if !(math.Abs(float64(got)-want) <= 2e-7*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.9g, want %.9g", what, got, want)
	}
}

// standard is sigma 5 (cost is .8 of price), alpha .15, beta .35 (inputs .5), overhead .3 workers, user cost .15.
func standard() world.Params {
	return world.Params{Sigma: 5, Alpha: .15, Beta: .35, Overhead: .3, Interest: .05, Depreciation: .1}
}

// Sales of 10 at the base wage cost 8: .35 x 8 = 2.8 for workers beyond .3 overhead, .15 x 8 = 1.2 for capital, of which
// one costs .15 a year: 8.
func TestFactorsForSales(t *testing.T) {
	p := standard()
	for _, c := range []struct{ sales, wage, labour, capital float64 }{
		{10, 1, 3.1, 8}, {10, 2, 1.7, 8}, {0, 1, .3, 0}, {25, 1.4, 5.3, 20},
	} {
		near(t, "labour", LabourFor(&p, c.sales, c.wage), c.labour)
		near(t, "capital", CapitalFor(&p, c.sales, p.UserCost()), c.capital)
		near(t, "sales", SalesOf(&p, c.labour, c.wage), c.sales)
	}
	near(t, "capital at a subsidised cost", CapitalFor(&p, 10, .12), 10)
	near(t, "sales of less than the overhead", SalesOf(&p, .2, 1), 0)
}

// With the workers and the capital that sales of 10 need, a firm delivers 10. Twice the capital delivers 2^.3 times that,
// twice the workers beyond overhead 2^.7 times: the shares of capital and labour in their sum.
func TestCapacity(t *testing.T) {
	p := standard()
	for _, c := range []struct {
		name                              string
		user, capital, wage, labour, want float64
	}{
		{"as planned", .15, 8, 1, 3.1, 10},
		{"twice the capital", .15, 16, 1, 3.1, 12.31144413},
		{"twice the workers", .15, 8, 1, 5.9, 16.24504793},
		{"twice both", .15, 16, 1, 5.9, 20},
		{"a wage of two buys half the workers", .15, 8, 2, 1.7, 10},
		{"cheaper capital, as much money in it", .12, 10, 1, 3.1, 10},
		{"nothing but overhead", .15, 8, 1, .3, 0},
		{"less than overhead", .15, 8, 1, .1, 0},
		{"no capital", .15, 0, 1, 3.1, 0},
	} {
		near(t, c.name, Capacity(&p, c.user, c.capital, c.wage, c.labour), c.want)
	}
}

// Capacity and the factors of least cost are each other's inverse, whatever the technology.
func TestCapacityInvertsPlans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := world.Params{Sigma: rapid.Float64Range(1.1, 20).Draw(t, "sigma"), Alpha: rapid.Float64Range(.01, .4).Draw(t, "alpha"),
			Beta: rapid.Float64Range(.01, .5).Draw(t, "beta"), Overhead: rapid.Float64Range(0, 5).Draw(t, "overhead")}
		sales, wage, user := rapid.Float64Range(.1, 1e6).Draw(t, "sales"), rapid.Float64Range(.1, 10).Draw(t, "wage"), rapid.Float64Range(.01, 1).Draw(t, "user")
		labour, capital := LabourFor(&p, sales, wage), CapitalFor(&p, sales, user)
		if got := Capacity(&p, user, capital, wage, labour); math.Abs(got/sales-1) > 1e-8 {
			t.Errorf("the factors for sales of %v deliver %v", sales, got)
		}
		if got := SalesOf(&p, labour, wage); math.Abs(got/sales-1) > 1e-8 {
			t.Errorf("the workers for sales of %v deliver %v", sales, got)
		}
	})
}

// Guarding adds .2 (1-trust) to the price of half of the inputs. Full trust against a stranger's .26:
// (1 + .2 x .74)^4 = 1.148^4 = 1.736870953, halved with 1: 1.368435477.
// discount is what trust is worth against a prior where sigma is 5.
func discount(r *Rules, prior, trust float64) float64 {
	g := []float64{trust}
	r.Discounts([]float64{prior}, g, 5)
	return g[0]
}

func TestDiscount(t *testing.T) {
	for _, c := range []struct{ relational, governance, prior, trust, want float64 }{
		{.5, .2, .26, .26, 1}, {1, 2, .7, .7, 1},
		{.5, .2, .26, 1, 1.3684354766},
		{1, .2, 0, 1, 2.0736}, // 1.2^4
		{1, .2, 1, 0, .4822530864},
		{0, .2, .26, 1, 1}, {.5, 0, .26, 1, 1},
	} {
		r := &Rules{P: Params{Relational: c.relational, Governance: c.governance}}
		near(t, fmt.Sprintf("%+v", c), discount(r, c.prior, c.trust), c.want)
	}
	r := &Rules{P: Params{Relational: .5, Governance: .2}}
	rapid.Check(t, func(t *rapid.T) {
		prior, trust := rapid.Float64Range(0, 1).Draw(t, "prior"), rapid.Float64Range(0, 1).Draw(t, "trust")
		if g := discount(r, prior, trust); (g > 1) != (trust > prior) && math.Abs(g-1) > 1e-12 {
			t.Errorf("trust %v against %v is worth %v", trust, prior, g)
		}
	})
}

// plain is a world of one area of 6 x 6 cells of 2 km with sectors, each buying from all alike, and nobody in it.
func plain(t *testing.T, sectors int) (*world.World, *Rules) {
	t.Helper()
	w := &world.World{Setting: &world.Setting{Sectors: make([]world.Sector, sectors)}, Params: standard()}
	shape := grid.Shape{NX: 6, NY: 6, CellKM: 2}
	k, err := grid.Exponential(shape, 7)
	if err != nil {
		t.Fatal(err)
	}
	cells := shape.Cells()
	w.Ground = []world.Ground{{Shape: shape, Cells: cells, Supply: k, Pool: k, Air: k, Home: k}}
	w.Setting.Regions = make([]world.Region, 1)
	w.Cells.Region, w.Cells.Land = make([]int32, cells), make([]float64, cells)
	w.Index.Start = make([]world.Bucket, sectors*cells+1)
	planes := func() []float64 { return make([]float64, sectors*cells) }
	w.Fields.Rivals, w.Fields.Pool, w.Fields.Access, w.Fields.Receipts = planes(), planes(), planes(), planes()
	w.Fields.SupplyAt = make([]float32, sectors*cells)
	for _, x := range []*[]float64{&w.Fields.Jobs, &w.Fields.LogWage, &w.Fields.Wage, &w.Fields.EndPoint} {
		*x = make([]float64, cells)
	}
	for c := range cells {
		w.Cells.Land[c], w.Fields.EndPoint[c], w.Fields.Wage[c] = 400, 1, 1
	}
	w.Now = world.Now{Wage: 1, Population: 1}
	for range sectors {
		w.Now.Demand, w.Now.World = append(w.Now.Demand, 1), append(w.Now.World, 1)
		w.Base.Supply, w.Base.Pool, w.Base.World = append(w.Base.Supply, 20), append(w.Base.Pool, 100), append(w.Base.World, 1)
		for range sectors {
			w.Now.Inputs = append(w.Now.Inputs, 1/float64(sectors))
		}
	}
	return w, New(Params{LocalShare: .3, PoolElasticity: .05, PoolFloor: .1, Rent: .04, RentElasticity: 1, Slack: 1.1}, w)
}

// add puts a firm in the world.
func add(w *world.World, sector int, at world.Point, labour, mass float64) int {
	i := w.Firms.Found(uint64(len(w.Firms.ID)+1)<<20, sector)
	w.Place(i, 0, at)
	f := &w.Firms
	f.Labour[i], f.Mass[i], f.Trustee[i], f.Sales[i], f.Appeal[i] = labour, float32(mass), 1, 10, 1
	w.Fields.Orders = make([]float32, len(f.ID)*len(w.Setting.Sectors))
	return i
}

// At the base everything costs 1. Each factor raises the price by its share in cost, better technology lowers it, and a
// public fifth of the cost of capital lowers it by .15 ln .8.
func TestLogPrice(t *testing.T) {
	w, r := plain(t, 1)
	i := add(w, 0, world.Point{X: 5, Y: 5}, 4, 0)
	for _, c := range []struct{ tech, wage, input, match, want float64 }{
		{0, 0, 0, 0, 0}, {0, .1, 0, 0, .035}, {0, 0, .2, 0, .1}, {0, 0, 0, .1, -.035}, {.3, 0, 0, 0, -.3}, {-.1, .2, -.4, .2, -.1},
	} {
		w.Firms.LogTech[i] = c.tech
		near(t, fmt.Sprintf("%+v", c), r.LogPrice(w, i, c.wage, c.input, c.match), c.want)
	}
	w.Firms.LogTech[i] = 0
	w.ClearLevers()
	near(t, "no lever is moved", r.LogPrice(w, i, 0, 0, 0), 0)
	w.Levers.Push(world.LeverUserCost, i, .03)
	near(t, "subsidised capital", r.LogPrice(w, i, 0, 0, 0), -.0334715327)
}

// .04 (1 + workers/land)^xi of the world's wage.
func TestRent(t *testing.T) {
	w, r := plain(t, 1)
	w.Fields.Jobs[7], w.Cells.Land[8] = 200, 0
	for _, c := range []struct {
		cell                 int
		more, xi, wage, want float64
	}{
		{0, 0, 1, 1, .04}, {7, 0, 1, 1, .06}, {7, 200, 1, 1, .08}, {7, 0, 2, 1, .09}, {7, 0, 1, 1.5, .09}, {7, 0, 0, 1, .04}, {8, 50, 1, 1, 0},
	} {
		r.P.RentElasticity, w.Now.Wage = c.xi, c.wage
		near(t, fmt.Sprintf("%+v", c), r.rent(w, c.cell, c.more), c.want)
	}
}

// Where suppliers are as near as on the mean, inputs cost 1 and the local share of spending is .3. With twice the mass
// within reach q^-4 = .7 + .3 x 2 = 1.3, ln q = -.0655910661, and local suppliers get .6/1.3 of the spending; trust g
// multiplies their mass, and so do the end points.
func TestInputs(t *testing.T) {
	w, r := plain(t, 2)
	i := add(w, 0, world.Point{X: 5, Y: 6}, 4, 0)
	for _, c := range []struct{ mass, trust, end, people, index float64 }{
		{1, 1, 1, 1, 1}, {2, 1, 1, 1, 1.3}, {0, 1, 1, 1, .7}, {1, 2, 1, 1, 1.3}, {1, 1, 3, 1, 1.6}, {2, 1, 1, 2, 1},
	} {
		for k := range w.Fields.SupplyAt {
			w.Fields.SupplyAt[k] = float32(c.mass * w.Base.Supply[k%2])
		}
		w.Firms.Trustee[i], w.Now.Population = float32(c.trust), c.people
		for k := range w.Fields.EndPoint {
			w.Fields.EndPoint[k] = c.end
		}
		r.Ready(w)
		r.Cost(w, 1, 0, 1)
		f := &w.Firms
		single(t, fmt.Sprintf("%+v: log price of inputs", c), f.LogInput[i], math.Log(c.index)/-4)
		near(t, "spending on inputs", f.Orders[i], 4) // half of .8 x 10
		for s, x := range w.OrdersOf(i) {
			local := x * float32(c.mass*w.Base.Supply[s])
			single(t, fmt.Sprintf("%+v: local orders of sector %d", c, s), local, 2*(c.index-.7)/c.index)
		}
	}
}

// A firm is no supplier and no colleague of its own: alone in its sector it finds the world's goods at 1/.7 and the
// generalists.
func TestOwnMassIsLeftOut(t *testing.T) {
	w, r := plain(t, 2)
	i := add(w, 0, world.Point{X: 5.3, Y: 6.9}, 40, 17)
	add(w, 1, world.Point{X: 5.3, Y: 6.9}, 30, 20)
	w.Reindex()
	r.Gather(w, 1, 0, 2)
	r.Lay(w, 1, 0, 36)
	r.Ready(w)
	r.Cost(w, 1, 0, 2)
	other := float64(w.Firms.SelfSupply[i]) // the same place: what it hears of its neighbour is what it would hear of itself
	want := (math.Log(.7) + math.Log(.7+.3*other)) / 2 / -4
	if math.Abs(float64(w.Firms.LogInput[i])-want) > 1e-4 {
		t.Errorf("log price of inputs %v, want %v", w.Firms.LogInput[i], want)
	}
	alone := .05 * math.Log(.1/1.1)
	if math.Abs(float64(w.Firms.Match[i])-alone) > 1e-4 {
		t.Errorf("matches of a lonely firm %v, want %v", w.Firms.Match[i], alone)
	}
	if n := r.Workers(w, i); math.Abs(n) > 1e-2 {
		t.Errorf("%v colleagues of a lonely firm", n)
	}
	sums := make([]float64, 2)
	Suppliers(w, i, 2, sums)
	if math.Abs(sums[0]) > 1e-2 || math.Abs(sums[1]-40*other) > 1e-2 {
		t.Errorf("suppliers within reach: %v", sums)
	}
}

// (.1 + 2)/(1.1) at twice the mean pool; the mean grows with people and with the sector.
func TestPool(t *testing.T) {
	w, r := plain(t, 1)
	for _, c := range []struct{ workers, people, want float64 }{{100, 1, 1}, {200, 1, 2.1 / 1.1}, {0, 1, .1 / 1.1}, {200, 2, 1}} {
		w.Now.Population = c.people
		near(t, fmt.Sprintf("%+v", c), r.Pool(w, 0, c.workers), c.want)
	}
}

// What a firm lacks is the difference that its own rule makes to the price that it asks.
func TestTwins(t *testing.T) {
	w, r := plain(t, 2)
	i := add(w, 0, world.Point{X: 5.3, Y: 6.9}, 4, 5)
	for k := range 30 {
		add(w, k%2, world.Point{X: float64(k%6) * 1.9, Y: float64(k%5) * 2.1}, 5, 1.5)
	}
	w.Reindex()
	r.Gather(w, 1, 0, 2)
	r.Lay(w, 1, 0, 36)
	w.Firms.Trustee[i] = 1.4
	r.Ready(w)
	r.Cost(w, 1, 0, w.Rows())
	twins := r.Twins(w, []float64{30, 10}, []float64{50, 70})
	lacks := make([]Lack, w.Rows())
	twins.Of(w, 0, lacks) // of other rows before
	twins.Of(w, i, lacks[:1])
	l, asks := lacks[0], w.Firms.LogPrice[i]
	near(t, "the pool", l.Pool, .35*.05*(math.Log(r.Pool(w, 0, r.Workers(w, i)))-math.Log(r.Pool(w, 0, 50))))
	pool := .35 * .05 * math.Log(r.Pool(w, 0, r.Workers(w, i)))
	given := func(trust float64) float64 {
		return .5*(math.Log(.7+.3*trust*30/20)+math.Log(.7+.3*trust*10/20))/2/-4 - pool
	}
	near(t, "neither suppliers nor trust", asks+l.SupplyAndTrust, given(1))
	near(t, "no suppliers", asks+l.Supply, given(1.4))
	w.Firms.Trustee[i] = 1
	r.Cost(w, 1, 0, w.Rows())
	near(t, "no trust", asks+l.Trust, w.Firms.LogPrice[i])
	twins.Of(w, i, lacks[:1])
	near(t, "no trust to lack", lacks[0].Trust, 0)
}

// The value of a site is ln(p^(1-sigma) (access + receipts + reach x world demand))/sigma less rent over sales: better
// access by a factor of e is worth 1/sigma, a log wage of .1 costs .8 x .035, and rent its share.
func TestSite(t *testing.T) {
	w, r := plain(t, 1)
	i := add(w, 0, world.Point{X: 1, Y: 1}, 4, 0)
	f := &w.Firms
	f.Reach[i] = .5
	for k := range w.Fields.Access {
		w.Fields.Access[k], w.Fields.Receipts[k] = 1, .5
		w.Fields.SupplyAt[k], w.Fields.Pool[k] = 20, 100
	}
	there := world.Point{X: 9, Y: 9}
	cell := w.Ground[0].CellAt(there)
	base := siteOf(r, w, i, there)
	near(t, "a site at the base", base, math.Log(2)/5-.04*(1+4./400)*.4)
	w.Fields.LogWage[cell] = .1
	near(t, "a dearer site", siteOf(r, w, i, there)-base, -.8*.035)
	w.Fields.LogWage[cell] = 0
	for k := range w.Fields.Access {
		w.Fields.Access[k] = 2*math.E - 1
	}
	near(t, "a site with more customers", siteOf(r, w, i, there)-base, .2)
	w.Fields.Jobs[cell] = 400
	near(t, "a crowded one", siteOf(r, w, i, there)-base, .2-.04*.4)
	f.Sales[i] = 1
	near(t, "sales below a wage bill do not count", siteOf(r, w, i, there), base+.2+.04*(1+4./400)*.4-.04*(2+4./400))
	w.Fields.EndPoint[cell] = 2
	more := siteOf(r, w, i, there)
	if more <= base {
		t.Error("a better road makes a site worse")
	}
}

// A firm that judges its own site leaves out what it buys itself; a newborn has bought nothing yet.
func TestOwnOrdersAreNoCustomers(t *testing.T) {
	w, r := plain(t, 1)
	at := world.Point{X: 1, Y: 1}
	i := add(w, 0, at, 4, 0)
	f := &w.Firms
	for k := range w.Fields.Access {
		w.Fields.Access[k], w.Fields.Receipts[k] = 1, .5
		w.Fields.SupplyAt[k], w.Fields.Pool[k] = 20, 100
	}
	w.Fields.Orders = make([]float32, w.Rows()*len(w.Setting.Sectors))
	w.Now.Tick, f.Born[i] = 5, 1
	before := siteOf(r, w, i, at)
	w.OrdersOf(i)[0] = .25 / f.SelfSupply[i]
	single(t, "own orders", float32(siteOf(r, w, i, at)-before), math.Log(1.25/1.5)/5)
	f.Born[i] = 5
	near(t, "those of a newborn", siteOf(r, w, i, at), before)
}

// What a batch of firms can deliver is Capacity with slack, whoever pays for their capital; a subsidy on sales lets less value do, and what
// firms agree to ask makes more of it.
func TestDeliver(t *testing.T) {
	w, r := plain(t, 2)
	f := &w.Firms
	for k := range 70 { // more than a batch
		add(w, k%2, world.Point{X: float64(k%6) * 1.9, Y: 3}, 1+float64(k%9), 2)
		f.Capital[k], f.Wage[k] = .5*float64(k%4), 1+.1*float64(k%3)
	}
	f.Retire(5)
	for _, c := range []struct {
		helped, agreed bool
		worth          float64 // of row 9's sales
	}{{false, false, 1}, {true, false, 1.25}, {false, true, .5}, {true, true, .625}} {
		w.ClearLevers()
		if c.helped {
			w.Levers.Push(world.LeverUserCost, 7, .02)
			w.Levers.Push(world.LeverPrice, 9, .25)
		}
		if c.agreed {
			w.Levers.Push(world.LeverAgreement, 9, math.Log(2))
		}
		r.Deliver(w, 0, w.Rows())
		some := 0
		for i := range f.ID {
			want := 0.0
			if f.ID[i] != 0 {
				want = r.P.Slack * Capacity(&w.Params, w.UserCost(i), f.Capital[i], f.Wage[i], f.Labour[i])
			}
			if i == 9 {
				want /= c.worth
			}
			if math.Abs(float64(f.Capacity[i])-want) > 1e-6*max(want, 1e-6) {
				t.Errorf("helped %t, agreed %t: row %d can deliver %v, want %v", c.helped, c.agreed, i, f.Capacity[i], want)
			}
			if want > 0 {
				some++
			}
		}
		if some < 30 {
			t.Errorf("%d firms can deliver: want many", some)
		}
	}
}
