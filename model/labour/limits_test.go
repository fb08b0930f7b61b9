package labour

import (
	"fmt"
	"math"
	"testing"

	"agglo/sim/rng"
)

// Labour pooling insures: where n firms share a market and their needs vary independently with spread s, what the market needs
// a firm varies with variance s^2/n (Krugman 1991, Geography and Trade, appendix A). With as many people as jobs, what firms
// cannot fill is what the market lacks, s/sqrt(2 pi n) a firm: it vanishes as the pool grows. The rules plan and clear; no rule
// says so.
func TestPoolingSharesRisk(t *testing.T) {
	const spread, usual, draws = 1., 10., 3000
	for _, n := range []int{1, 4, 16, 64} {
		w, r := towns(t, 1, 0, Params{Adjust: 1, Matching: 1})
		w.Params.Overhead = 0
		for range n {
			settle(w, 0, usual)
		}
		f, m := &w.Firms, &w.Markets
		m.Force[0] = usual * float64(n)
		perDemand := w.Params.Beta * w.Params.CostShare()
		squares, lacking := 0.0, 0.0
		for tick := range draws {
			for i := range f.ID {
				f.Labour[i], f.Wage[i] = usual, 1
				f.Demand[i] = (usual + spread*rng.Seed(9).Normal(0x7e58, f.ID[i], tick, n)) / perDemand
			}
			r.Plan(w, tick, 0, n)
			need, wanted, got := 0.0, 0.0, 0.0
			for i := range f.ID {
				need += (f.Labour[i] + float64(f.Vacancy[i]) - usual) / float64(n)
				wanted += float64(f.Vacancy[i])
				got -= f.Labour[i]
			}
			if err := r.Clear(w, tick); err != nil {
				t.Fatal(err)
			}
			r.Hire(w, tick, 0, n)
			for _, l := range f.Labour {
				got += l
			}
			squares += need * need / draws
			lacking += (wanted - got) / float64(n) / draws
		}
		want := spread * spread / float64(n)
		if math.Abs(squares/want-1) > 4*math.Sqrt(2./draws) {
			t.Errorf("%d firms: what the market needs has variance %.4f a firm, want %.4f", n, squares, want)
		}
		want = spread / math.Sqrt(2*math.Pi*float64(n))
		if math.Abs(lacking/want-1) > 4*math.Sqrt((math.Pi-1)/draws) { // of max(0, x), x normal: sd over mean is sqrt(pi-1)
			t.Errorf("%s: %.4f workers a firm are not found, want %.4f", fmt.Sprint(n, " firms"), lacking, want)
		}
	}
}
