package model

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"agglo/model/production"
	"agglo/model/world"
)

// byID lists columns of a world's firms by id, but for those that say where in a list something stands, for the firms that
// are asked for.
func byID(w *world.World, of func(i int) bool) map[uint64][]float64 {
	f, all := &w.Firms, map[uint64][]float64{}
	for i, id := range f.ID {
		if id == 0 || !of(i) {
			continue
		}
		all[id] = []float64{float64(f.Parent[i]), f.X[i], f.Y[i], f.LogTech[i], f.OwnLogTech[i], f.Labour[i], f.Capital[i], f.Cash[i], f.Appeal[i],
			float64(f.Reach[i]), float64(f.Stock[i]), f.LogPrice[i], f.Demand[i], f.Sales[i], f.Inputs[i], f.Profit[i], float64(f.Spill[i]),
			float64(f.Trustee[i]), float64(f.Suppliers(i)), float64(f.Collaborators(i)), float64(f.Z[i][0])}
	}
	return all
}

// agree fails unless the same firms are there and agree to a relative tolerance.
func agree(t *testing.T, what string, want, got map[uint64][]float64, tolerance float64) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%s: %d firms, want %d", what, len(got), len(want))
	}
	for id, columns := range want {
		other, ok := got[id]
		if !ok {
			t.Fatalf("%s: firm %x is missing", what, id)
		}
		for k, x := range columns {
			if math.Abs(other[k]-x) > tolerance*max(1, math.Abs(x)) {
				t.Fatalf("%s: firm %x, column %d: %.17g, want %.17g", what, id, k, other[k], x)
			}
		}
	}
}

// hermitage is a small square of firms, and far away a second area with a region, a sector, a labour market and one firm of
// its own. Nobody moves or looks beyond the own area: what crosses areas is no isolation, and whoever follows a firm that has moved
// comes from anywhere.
func hermitage(t *testing.T) Setup {
	s := small(t, 5, 300)
	s.Setting.Shocks = nil
	p := &s.Params
	p.Labour.Migration, p.Trust.PartnerSearch, p.Demography.Stay, p.Demography.DeNovo, p.Demography.Move = 0, 0, 1, 0, 0
	s.Setting.Regions = append(s.Setting.Regions, world.Region{ID: "far", TaxRate: .2, TrustPrior: .4, LawQuality: .5})
	far := world.Area{ID: "far", CellKM: 2, X0: 500, Y0: 500, NX: 6, NY: 6, Wage: 1, LabourForce: 60}
	for range 36 {
		far.Land, far.Region = append(far.Land, 10), append(far.Region, 2)
	}
	s.Setting.Areas = append(s.Setting.Areas, far)
	s.Setting.Areas[0].LabourForce *= 2 // jobless everywhere, so that nobody has to be fetched from far away
	p.Labour.WageSlope = 0
	s.Setting.Sectors[3] = world.Sector{ID: "hermits", Name: "hermits", Group: "hermits", Firms: 1, Employment: 40}
	for k := range 300 {
		at := world.Point{X: -3.9 + math.Mod(float64(k)*7.313, 39.8), Y: 6.1 + math.Mod(float64(k)*5.717, 37.5)}
		s.Setting.Plants = append(s.Setting.Plants, world.Plant{Sector: k % 3, At: at, Employment: 2 + float64(k%11)/2})
	}
	s.Setting.Plants = append(s.Setting.Plants, world.Plant{Sector: 3, At: world.Point{X: 506, Y: 506}, Employment: 40})
	for k := range 3 { // nobody buys of hermits, and hermits buy of nobody near
		row := s.Setting.Inputs[k]
		s.Setting.Inputs[k] = []float64{row[0] + row[3], row[1], row[2], 0}
	}
	s.Setting.Inputs[3] = []float64{0, 0, 0, 1}
	return s
}

// A firm alone in its area, sector and market, which the world does not buy from, can go without anybody noticing.
// A firm of the square cannot.
func TestAnIsolatedFirmIsNobodysBusiness(t *testing.T) {
	const ticks = 20
	s := hermitage(t)
	square := func(w *world.World) map[uint64][]float64 {
		return byID(w, func(i int) bool { return w.Firms.Area[i] == 0 })
	}
	trunk := begun(t, s)
	with, without, other := branched(t, trunk, s), branched(t, trunk, s), branched(t, trunk, s)
	close := func(e *Engine, in uint16) uint64 {
		f := &e.World.Firms
		i := slices.Index(f.Area, in)
		id := f.ID[i]
		for row := range f.ID {
			for k, tie := range f.AllSupplies(row) {
				if tie.Partner == int32(i) {
					f.DropSupplier(row, k)
				}
			}
		}
		f.Retire(i)
		e.World.Money.Stock = e.World.Total()
		return id
	}
	close(without, 1)
	gone := close(other, 0)
	want := square(to(t, with, ticks))
	agree(t, "without the hermit", want, square(to(t, without, ticks)), 1e-9) // a newborn may have its row, and sums another order
	changed := 0
	for id, columns := range square(to(t, other, ticks)) {
		if id != gone && !slices.Equal(columns, want[id]) {
			changed++
		}
	}
	if changed < len(want)*9/10 {
		t.Errorf("without a firm of the square %d of %d firms see a difference: the test would see none", changed, len(want))
	}
}

// Sectors in another order, with all that belongs to them, give the same firms the same lives. Draws that go through a list of
// sectors are left out: whom a buyer looks for, what founders of no sector found, whom the first firms of a new sector leave. There are
// jobless people enough for all founders: where some are refused, the first in the list go first.
func TestOrderOfSectorsIsALabel(t *testing.T) {
	const ticks = 14
	for seed := range uint64(10) {
		orderIsALabel(t, seed, ticks)
	}
}

// orderIsALabel is TestOrderOfSectorsIsALabel under one seed.
func orderIsALabel(t *testing.T, seed uint64, ticks int) {
	order := []int{2, 0, 3, 1} // which sector stands where
	run := func(permute bool) *world.World {
		s := small(t, seed, 400)
		p := &s.Params
		p.Trust.SupplierSearch, p.Trust.PartnerSearch, p.Demography.DeNovo = 0, 0, 0
		s.Setting.Sectors[3].Emerging, s.Setting.Sectors[3].Firms, s.Setting.Sectors[3].Employment = nil, 40, 160
		s.Setting.Areas[0].LabourForce *= 10
		if permute {
			sectors, inputs := slices.Clone(s.Setting.Sectors), s.Setting.Inputs
			s.Setting.Inputs = make([][]float64, len(order))
			place := make([]int, len(order))
			for to, from := range order {
				place[from] = to
				s.Setting.Sectors[to] = sectors[from]
				for _, seller := range order {
					s.Setting.Inputs[to] = append(s.Setting.Inputs[to], inputs[from][seller])
				}
			}
			for k := range s.Setting.Shocks {
				for j, sector := range s.Setting.Shocks[k].Sectors {
					s.Setting.Shocks[k].Sectors[j] = place[sector]
				}
			}
		}
		return to(t, begun(t, s), ticks)
	}
	everyone := func(int) bool { return true }
	one, other := run(false), run(true)
	agree(t, fmt.Sprintf("seed %d, sectors in another order", seed), byID(one, everyone), byID(other, everyone), 1e-6)
	for to, from := range order {
		if one.Setting.Sectors[from].ID != other.Setting.Sectors[to].ID {
			t.Fatal("the order is another one")
		}
		if a, b := one.Sectors[from], other.Sectors[to]; a.Firms != b.Firms || math.Abs(a.Jobs/b.Jobs-1) > 1e-9 {
			t.Errorf("sector %s: %g firms with %g jobs, or %g with %g", one.Setting.Sectors[from].ID, a.Firms, a.Jobs, b.Firms, b.Jobs)
		}
	}
}

// Money is a veil: with wages, the cost of capital, prices of inputs and spending twice as high, prices and sales are twice as
// high, and workers, capital and quantities are what they were. That scenarios may count in any money is TestMoneyIsAVeil of
// package scenarios.
func TestRulesAreHomogeneousInMoney(t *testing.T) {
	const two = .6931471805599453
	s := small(t, 5, 400)
	e := begun(t, s)
	w, p := to(t, e, 5), &s.Params.Economy
	rule := production.New(s.Params.Production, w)
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
			t.Errorf("%s: %.15g, want %.15g", what, got, want)
		}
	}
	for _, c := range []struct{ sales, wage, user, capital, labour float64 }{{10, 1, .15, 7, 4}, {3, 1.3, .12, 1, 1.5}, {900, .8, .2, 600, 300}} {
		near("workers", production.LabourFor(p, 2*c.sales, 2*c.wage), production.LabourFor(p, c.sales, c.wage))
		near("capital", production.CapitalFor(p, 2*c.sales, 2*c.user), production.CapitalFor(p, c.sales, c.user))
		near("sales of workers", production.SalesOf(p, c.labour, 2*c.wage), 2*production.SalesOf(p, c.labour, c.wage))
		near("capacity", production.Capacity(p, 2*c.user, c.capital, 2*c.wage, c.labour), 2*production.Capacity(p, c.user, c.capital, c.wage, c.labour))
	}
	i := slices.IndexFunc(w.Firms.ID, func(id uint64) bool { return id != 0 })
	price := func(more float64) float64 { return rule.LogPrice(w, i, .1+more, .2+more, .03) }
	near("price, capital's part held by the base", price(two)-price(0), two*(1-p.Alpha))
}
