package market

import (
	"math"
	"testing"
)

// Firms' customers come and go independently: the mean of n firms' shocks has the variance s^2/n, so that a market with many
// employers insures its workers against those of one (Krugman 1991, Geography and Trade, on the pooling of labour).
func TestPoolingOfShocks(t *testing.T) {
	const firms, years, sd = 16384, 4, .35
	w, r := crowd(firms, Params{Volatility: sd, Clumping: 0, Opportunities: 1000, YoungYears: 1})
	f := &w.Firms
	variance := map[int]float64{}
	for year := range years {
		for i := range f.Appeal {
			f.Appeal[i] = 1
		}
		for tick := 4*year + 1; tick <= 4*year+4; tick++ {
			w.Sums.Reset(firms, 1024, 1)
			for lo := 0; lo < firms; lo += 1024 {
				r.Win(w, tick, lo, min(lo+1024, firms))
			}
		}
		for _, n := range []int{1, 4, 16, 64} {
			for lo := 0; lo < firms; lo += n {
				mean := 0.0
				for _, a := range f.Appeal[lo : lo+n] {
					mean += math.Log(a) / float64(n)
				}
				variance[n] += mean * mean / float64(years*firms/n)
			}
		}
	}
	for n, v := range variance {
		want := sd * sd / float64(n)
		if tolerance := 4 * want * math.Sqrt(2/float64(years*firms/n)); math.Abs(v-want) > tolerance {
			t.Errorf("%d employers: variance %.6f, want %.6f within %.6f", n, v, want, tolerance)
		}
	}
}
