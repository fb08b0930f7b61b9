package model

import (
	"math"
	"testing"

	"agglo/model/labour"
	"agglo/model/market"
	"agglo/model/production"
	"agglo/model/world"
	"agglo/sim/grid"
	"agglo/sim/param"
)

// Two regions of Krugman (1991, doi:10.1086/261763) in the form of Fujita, Krugman and Venables (1999, The Spatial Economy,
// chapter 5): manufacturing with sigma 5 takes mu .4 of spending and of people, who move; farmers, half in either region, do
// not. The model's own rules are asked: prices (production), who buys of whom (market, with its kernel of homes), who moves
// (labour). Technology is labour alone with an overhead, so that with free entry the firms of a region are as many as its
// workers and a region's sales are its wage bill. Wages clear; what people move for is the wage in goods, w/G^mu.
type twoRegions struct {
	w    *world.World
	pr   *production.Rules
	m    *market.Rules
	l    *labour.Rules
	cell [2]int
	wage [2]float64 // that cleared last
	// what a unit of mass is worth at home and away by the kernel
	home, away float64
}

const (
	sigma = 5.
	mu    = .4
)

// A grid whose coarser grids are symmetric around the middle as well, and where the regions lie on it.
const gridCells, west, east = 68, 18, 49

// between gives the home and the away part of the kernel of homes that falls by e over km.
func between(t *testing.T, km float64) (home, away float64) {
	t.Helper()
	k, err := grid.Exponential(grid.Shape{NX: gridCells, NY: 1, CellKM: 2}, km)
	if err != nil {
		t.Fatal(err)
	}
	mass, field := make([]float64, gridCells), make([]float64, gridCells)
	mass[west] = 1
	k.Smooth(field, mass, k.NewWork())
	return field[west], field[east]
}

// cost is T, what goods cost away in units of what they cost at home.
func (c *twoRegions) cost() float64 { return math.Pow(c.away/c.home, 1/(1-sigma)) }

// newTwoRegions makes two regions between which goods cost T times as much as at home, nearly: cost says how much.
func newTwoRegions(t *testing.T, cost float64) *twoRegions {
	t.Helper()
	km := 2 * (east - west) / (sigma - 1) / math.Log(cost)
	for range 4 {
		home, away := between(t, km)
		km *= math.Log(away/home) / (1 - sigma) / math.Log(cost)
	}
	var p Params
	if err := param.Fill(&p); err != nil {
		t.Fatal(err)
	}
	p.Labour.MarketKM, p.Labour.CommuteKM, p.Labour.WageSlope, p.Labour.HousingElasticity = 2, 0, 0, 0
	p.Labour.Migration, p.Labour.MigrationPull = .8, 40 // a fifth may leave in a quarter, and looks at little else than wages
	p.Economy.Sigma, p.Economy.Alpha, p.Economy.Beta = sigma, 0, 1
	p.Economy.WorldGrowth, p.Economy.PopulationGrowth, p.Market.HomeKM = 0, 0, km
	area := world.Area{ID: "two", CellKM: 2, NX: gridCells, NY: 1, Land: make([]float64, gridCells), Region: make([]int32, gridCells), Wage: 1}
	area.Land[west], area.Land[east] = 1, 1
	w := &world.World{Params: p.Economy, Seed: 1, Setting: &world.Setting{
		Areas: []world.Area{area}, Regions: make([]world.Region, 1), Sectors: make([]world.Sector, 1), Inputs: [][]float64{{1}}}}
	if err := layOut(w, &p); err != nil {
		t.Fatal(err)
	}
	c := &twoRegions{w: w, cell: [2]int{west, east}, wage: [2]float64{1, 1}}
	c.home, c.away = between(t, km)
	for k := range c.cell {
		w.Place(w.Firms.Found(uint64(k+1), 0), 0, w.Ground[0].Mid(c.cell[k]))
	}
	w.Fields.Orders = make([]float32, 2)
	w.Now.Wage, w.Now.Population, w.Now.Demand[0], w.Now.Share[0], w.Now.World[0] = 1, 1, 1, 1, 1
	w.Base.Rivals[0] = 1e-30 // there is no world; nothing is divided by nothing where nobody sells
	w.Reindex()
	c.pr, c.l, c.m = production.New(p.Production, w), labour.New(p.Labour, w), market.New(p.Market, w, nil)
	return c
}

// clear finds the wages at which both regions sell what their share of the workers makes, and gives real wages.
func (c *twoRegions) clear(share float64) (real [2]float64) {
	w, f := c.w, &c.w.Firms
	workers := [2]float64{share, 1 - share}
	wage := &c.wage
	for range 4000 {
		for k, cell := range c.cell {
			price := c.pr.LogPrice(w, k, math.Log(wage[k]), 0, 0)
			f.Weight[k] = float32(workers[k] * math.Exp((1-sigma)*price))
			w.Fields.Spending[cell] = mu * (mu*workers[k]*wage[k] + (1-mu)/2)
		}
		c.m.Order(w, 0, 0, market.Bands)
		c.m.Sort(w, 0, 0, len(w.Cells.Region))
		c.m.Meet(w, 0, 0, 1)
		change := 0.0
		for k := range wage {
			// what a firm sells against what it must sell: the same for a firm that is only thought of
			sold := math.Pow(wage[k], 1-sigma) * w.Fields.Access[c.cell[k]] / (mu * wage[k])
			if workers[k] > 0 {
				c.m.Ask(w, k)
				sold = f.Demand[k] / (mu * workers[k] * wage[k])
			}
			next := wage[k] * math.Pow(sold, 1/sigma)
			change = max(change, math.Abs(next/wage[k]-1))
			wage[k] = next
		}
		if change < 1e-8 {
			break
		}
	}
	for k := range real {
		index := math.Pow(w.Fields.Rivals[c.cell[k]]/c.home, 1/(1-sigma))
		real[k] = wage[k] / math.Pow(index, mu)
	}
	return real
}

// settle lets people move, from a share of them in the west, until they are where they are expected or a long time is over,
// and gives the share at the end.
func (c *twoRegions) settle(t *testing.T, share, expected float64) float64 {
	t.Helper()
	m := &c.w.Markets
	for step := 0; step < 400 && math.Abs(share-expected) > .015; step++ {
		for k, cell := range c.cell {
			m.Force[cell] = []float64{share, 1 - share}[k]
			m.Housing[cell] = m.Force[cell]
		}
		for k, real := range c.clear(share) {
			m.LogWage[c.cell[k]] = math.Log(real)
		}
		if err := c.l.Turn(c.w, 1); err != nil {
			t.Fatal(err)
		}
		share = m.Force[c.cell[0]]
		if gap := math.Abs(share + m.Force[c.cell[1]] - 1); gap > 1e-12 {
			t.Fatalf("%g of the people are lost", gap)
		}
	}
	return share
}

// Symmetry breaks below T = 1.626577, a core lasts up to T = 1.807313, between them both are stable.
func TestCorePeriphery(t *testing.T) {
	for _, c := range []struct{ cost, from, to float64 }{
		{1.5, .52, 1}, {1.5, .48, 0}, // agglomerates
		{1.72, .53, .5}, {1.72, .95, 1}, {1.72, .05, 0}, // whatever is there stays
		{2.1, .99, .5}, {2.1, .01, .5}, // disperses
	} {
		if got := newTwoRegions(t, c.cost).settle(t, c.from, c.to); math.Abs(got-c.to) > .015 {
			t.Errorf("T %g: from a share of %g people settle at %.4f, want %g", c.cost, c.from, got, c.to)
		}
	}
	for _, c := range []struct {
		name             string
		share, low, high float64 // T between which the west's gain in real wages changes its sign
		want             float64
	}{
		{"break point", .505, 1.6, 1.65, 1.626577},
		{"sustain point", 1, 1.78, 1.83, 1.807313},
	} {
		var at *twoRegions
		for range 9 {
			at = newTwoRegions(t, (c.low+c.high)/2)
			if real := at.clear(c.share); real[0] > real[1] {
				c.low = at.cost()
			} else {
				c.high = at.cost()
			}
		}
		t.Logf("%s: T = %.6f", c.name, at.cost())
		if math.Abs(at.cost()-c.want) > 1e-4 {
			t.Errorf("%s at T = %.6f, want %.6f", c.name, at.cost(), c.want)
		}
	}
}
