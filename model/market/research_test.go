package market

import (
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim"
)

// Two firms of sales 40 spend 4 on R&D and are given 8, a quarter of each in the tick. One lives without credit: its R&D is
// crowded out in the first quarter, in which nobody knew, and not in the second. What researchers receive is what is spent.
func TestSettleResearch(t *testing.T) {
	w := region(t, 1)
	w.Setting.Sectors = []world.Sector{{RDIntensity: .1}, {RDIntensity: .1}}
	w.Params.Sigma, w.Params.Alpha, w.Params.Depreciation = 5, .15, .1
	w.Params.ResearchElasticity, w.Params.ResearchLeastPrice, w.Params.ResearchCrowding = 1, .1, .5
	r := New(Params{}, w, nil)
	f := &w.Firms
	for k := range 2 {
		i := place(w, 0, world.Point{X: 1, Y: 1}, 1)
		f.Sales[i], f.Demand[i], f.Cash[i] = 40, 40, 1e3*float64(k)
	}
	f.Cash[0] = -1e3
	w.ClearLevers()
	for i := range 2 {
		w.Levers.Push(world.LeverResearch, i, 8)
		w.Levers.Push(world.LeverResearchPrice, i, .5)
	}
	for tick, want := range [][2]float64{{(4 + 8) / 4., (4 + 8) / 4.}, {(8 + 8) / 4., (4 + 8) / 4.}} {
		w.Sums.Reset(2, sim.BlockRows, SettleSums(w))
		before := f.Cash[0] + f.Cash[1]
		r.Settle(w, tick, 0, 2)
		left := -w.Sums.Total(sumTaxed) - w.Sums.Total(sumOwners)
		for i := range 2 {
			research := want[i]
			invest := f.Paid[i] - research // nothing else is paid to households here
			if math.Abs(invest-float64(f.Invest[i])) > 1e-6*max(1, invest) {
				t.Errorf("households receive %g beside %g for R&D, want %g for capital", invest, research, f.Invest[i])
			}
			subsidy := 2 + (research-2)/2
			left += 10 - research + subsidy - invest
			own, given := w.Research(i)
			near(t, "what learning sees", own+given, 4*research)
		}
		near(t, "cash", f.Cash[0]+f.Cash[1]-before, left)
		if f.Flag[0]&world.FlagCut == 0 || f.Flag[1]&world.FlagCut != 0 || f.Flag[0]&world.FlagShort == 0 != (tick == 0) {
			t.Errorf("tick %d: marks %b, %b", tick, f.Flag[0], f.Flag[1])
		}
		near(t, "subsidies", w.Sums.Total(sumSubsidy), want[0]/2+want[1]/2+2)
	}
}
