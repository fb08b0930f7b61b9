package policy

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
)

// A facility for equal firms is a club (Buchanan 1965, doi:10.2307/2552442). Firms come in until one more would not gain its
// fee: with a service of 1/(1 + .15 x^4) at x users a place and a fee of a share f of what full service is worth, up to
// x = ((1/f-1)/.15)^(1/4). All members together gain most, before fees, at x = (1/.45)^(1/4) = 1.2209; the fee that leads
// there is the toll of crowding, three quarters of full service.
func TestClubFillsToItsOptimum(t *testing.T) {
	const firms, places = 4000, 1000.
	w := two()
	others := w.Rows()
	for k := range firms {
		i := w.Firms.Found(uint64(100+k), 0)
		f := &w.Firms
		f.X[i], f.Y[i], f.Labour[i], f.Sales[i], f.Cash[i] = .5, .5, 1, 5, 100
	}
	w.ClearLevers()
	v := world.NewView(w)
	row := w.Firms.Len() - 1
	members := func(share float64) float64 {
		p := world.FacilityParams{Worth: .01, ReachKM: 10}
		p.Fee = share * p.Worth * v.ValueAdded(row) / v.Jobs(row)
		r := reach{view: v, sites: []int32{0}}
		for i := others; i < w.Rows(); i++ {
			r.rows = append(r.rows, int32(i))
		}
		g := facility{p: &p}
		return float64(len(g.admitted(&r, g.nearness(&r), places)))
	}
	for _, share := range []float64{.9, .75, .5, .2} {
		want := places * math.Pow((1/share-1)/.15, .25)
		if n := members(share); math.Abs(n-want) > 1 {
			t.Errorf("%s: %g members, want %.1f", fmt.Sprintf("a fee of %g", share), n, want)
		}
	}
	gain := func(n float64) float64 { return n / world.Crowding(n/places) }
	best := members(.75)
	for n := 1.; n < firms; n++ {
		if gain(n) > gain(best)*(1+1e-6) {
			t.Fatalf("%g members gain more than the %g whom the toll lets in", n, best)
		}
	}
	if math.Abs(best/places-1.2209) > 1e-3 {
		t.Errorf("the optimum is at %g members of %g places", best, places)
	}
}
