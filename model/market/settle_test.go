package market

import (
	"fmt"
	"testing"

	"agglo/model/world"
	"agglo/sim"
)

// settle closes the quarter of every firm.
func settle(w *world.World, r *Rules) {
	w.Sums.Reset(w.Rows(), sim.BlockRows, SettleSums(w))
	r.Settle(w, 1, 0, w.Rows())
}

// The firm of TestClose, in all its columns: yearly sales of 100, 8 workers at a wage of 5 and a rent of .25, inputs of 32 and R&D of
// .04 x 100 leave 25 - 10 - 8 - 1 - .5 = 5.5; 60 of capital wear by 1.5. It wishes 1.5 + (63 - 60)/2 = 3, since demand of 78.75 takes
// .12 x 78.75 / .15 of capital. Others do the same elsewhere: one in a region that takes half of profits and one in a sector that spends
// .08 of sales on R&D; one in debt pays .05/4 of it and has no more than its line left. Between them lies a row without a firm.
func TestSettle(t *testing.T) {
	w := region(t, 4)
	w.Setting.Sectors = []world.Sector{{RDIntensity: .04}, {RDIntensity: .08}}
	w.Setting.Regions = []world.Region{{TaxRate: .2}, {TaxRate: .5}}
	for c := range w.Cells.Region[8:] {
		w.Cells.Region[8+c] = 1
	}
	w.Cells.Region[0] = -1 // outside all regions, which counts to the first
	w.Params = world.Params{Sigma: 5, Alpha: .15, Interest: .05, Depreciation: .1, OwnersAtHome: .4}
	r := New(Params{DividendShare: .25, Cushion: .05, CreditSales: .02}, w, nil)
	f := &w.Firms
	south, north := world.Point{X: 1, Y: 1}, world.Point{X: 1, Y: 7}
	firms := []struct {
		name           string
		sector, region int
		at             world.Point
		cash           float64

		profit, tax, invest, dividend, interest, research float64
		short                                             bool
	}{
		{"at home", 0, 0, south, 10, 4, .8, 3, 1.675, 0, 1, false}, // .25 (10 + 4.7 - 3 - 5)
		{"closed", 0, 0, south, 10, 0, 0, 0, 0, 0, 0, false},
		{"the same", 0, 0, south, 10, 4, .8, 3, 1.675, 0, 1, false},
		{"in debt", 0, 0, south, -4, 3.95, .79, 2.66, 0, .05, 1, true}, // -4 + 5.45 - .79 and a line of 2
		{"deep in debt", 0, 0, south, -8, 3.9, .78, 0, 0, .1, 1, true},
		{"taxed", 0, 1, north, 10, 4, 2, 3, 1.375, 0, 1, false},      // .25 (10 + 3.5 - 3 - 5)
		{"searching", 1, 1, north, 10, 3, 1.5, 3, 1.25, 0, 2, false}, // .25 (10 + 3 - 3 - 5)
		{"of both", 1, 0, south, 10, 3, .6, 3, 1.475, 0, 2, false},   // .25 (10 + 3.9 - 3 - 5)
	}
	for k, c := range firms {
		i := place(w, c.sector, c.at, 1)
		f.Sales[i], f.Labour[i], f.Wage[i], f.Rent[i], f.Orders[i] = 100, 8, 5, .25, 32
		f.Capital[i], f.Demand[i], f.Cash[i] = 60, 78.75, c.cash
		f.LogTech[i], f.LogPrice[i] = float64(k), -1
	}
	f.Flag[0] = world.FlagCut | world.FlagMoved
	f.Flag[2] = world.FlagShort
	f.ID[1] = 0
	settle(w, r)
	var owners, interest float64
	treasury, sums := [2]float64{}, [2][sectorSums]float64{}
	for i, c := range firms {
		if f.ID[i] == 0 {
			near(t, c.name+": cash", f.Cash[i], 10)
			continue
		}
		near(t, c.name+": cash", f.Cash[i], c.cash+25-10-8-c.research-.5-c.interest-c.tax-c.invest-c.dividend)
		near(t, c.name+": capital", f.Capital[i], 58.5+c.invest)
		near(t, c.name+": profit of a year", f.Profit[i], 4*c.profit)
		single(t, c.name+": investment", f.Invest[i], c.invest)
		near(t, c.name+": to households", f.Paid[i], 10+c.research+c.invest+.4*(.5+c.dividend))
		if short := f.Flag[i]&world.FlagCut != 0; short != c.short {
			t.Errorf("%s: short of credit is %v, want %v", c.name, short, c.short)
		}
		owners += .6 * (.5 + c.dividend)
		interest += c.interest
		treasury[c.region] += c.tax
		for k, x := range [sectorSums]float64{1, 8, 100, 4 * c.profit, float64(i), -1, 8 * float64(i)} {
			sums[c.sector][k] += x
		}
	}
	near(t, "to owners elsewhere", w.Sums.Total(sumOwners), owners)
	near(t, "interest", w.Sums.Total(sumInterest), interest)
	near(t, "taxes", w.Sums.Total(sumTaxed), treasury[0]+treasury[1])
	for s := range sums {
		for k, want := range sums[s] {
			near(t, fmt.Sprintf("sector %d: sum %d", s, k), w.Sums.Total(settleSums+s*sectorSums+k), want)
		}
		near(t, fmt.Sprintf("treasury %d", s), w.Sums.Total(settleSums+2*sectorSums+s), treasury[s])
	}
	if f.Flag[0] != world.FlagShort|world.FlagMoved || f.Flag[2] != 0 {
		t.Errorf("marks %b and %b: what was cut in the last accounts is short in these, and no longer", f.Flag[0], f.Flag[2])
	}
}
