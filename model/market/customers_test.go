package market

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
)

// At mean size and old age .35; doubled at birth; 16 times the size to the power -.25 halves it.
func TestVolatility(t *testing.T) {
	r := &Rules{P: Params{Volatility: .35, SizeExponent: -.25, YoungVolatility: 1, YoungYears: 3}}
	for _, c := range []struct{ size, age, want float64 }{
		{1, 1e9, .35}, {1, 0, .7}, {1, 3, .35 * (1 + math.Exp(-1))}, {16, 1e9, .175}, {1. / 16, 1e9, .7}, {16, 0, .35}, {1, -1, .7},
		{0, 1e9, .35 * math.Pow(.01, -.25)},
	} {
		near(t, fmt.Sprintf("%+v", c), volatile(r, c.size, c.age), c.want)
	}
	r.P.SizeExponent, r.P.YoungVolatility = 0, 0
	near(t, "no frictions", volatile(r, 77, 2), .35)
}

// volatile is the volatility of a firm that is not sheltered.
func volatile(r *Rules, size, age float64) float64 {
	sizes, ages := []float64{size}, []float64{age}
	r.volatility(sizes, ages)
	return sizes[0] * (1 + ages[0])
}

// crowd is a world of one sector with firms of mean size whose customers come and go, and nothing else.
func crowd(firms int, p Params) (*world.World, *Rules) {
	w := &world.World{Setting: &world.Setting{Sectors: make([]world.Sector, 1)}, Sectors: make([]world.SectorState, 1), Seed: 5}
	w.Base.Size, w.Base.Appeal = []float64{1}, []float64{100}
	w.Now = world.Now{Population: 1, Demand: []float64{1}}
	for k := range firms {
		i := w.Firms.Found(uint64(k+1)*0x9e3779b97f4a7c15, 0)
		w.Firms.Appeal[i], w.Firms.Labour[i], w.Firms.Born[i] = 1, 1, -4000
	}
	return w, New(p, w, nil)
}

// Orders that come in bunches give a year's log growth the kurtosis 3 (1 + phi + 1/m): a Gauss variable whose variance is a
// count of mean m and variance m + phi m^2, relative to its mean. That is 6 + 3/m, Laplace and a little more, for geometric
// counts, and 3 + 3/m, Gauss, for Poisson counts. Drawn tick by tick, the bunches would leave 3 + 3/4 of it.
func TestGrowthIsLaplaceByBunches(t *testing.T) {
	const firms, years = 20000, 10
	for _, c := range []struct{ phi, mean, tolerance float64 }{{1, 100, .35}, {0, 100, .08}, {1, 4, .5}, {0, 4, .12}, {.5, 100, .25}} {
		w, r := crowd(firms, Params{Volatility: .35, Clumping: c.phi, Opportunities: c.mean, YoungYears: 1})
		f := &w.Firms
		var two, four float64
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
			for i := range f.Appeal {
				x := math.Log(f.Appeal[i])
				two += x * x / (firms * years)
				four += x * x * x * x / (firms * years)
			}
		}
		if want := 3 * (1 + c.phi + 1/c.mean); math.Abs(four/(two*two)-want) > c.tolerance {
			t.Errorf("phi %g, %g opportunities a year: kurtosis %.3f, want %.3f", c.phi, c.mean, four/(two*two), want)
		}
		if sd := math.Sqrt(two); math.Abs(sd/.35-1) > .02 {
			t.Errorf("phi %g, %g opportunities a year: standard deviation %.4f, want .35", c.phi, c.mean, sd)
		}
	}
}

// The customers of the dead return: whatever appeals do, their sum grows with people and with the sector only.
func TestShare(t *testing.T) {
	w, r := crowd(3000, Params{Volatility: .6, Clumping: 1, Opportunities: 20, YoungYears: 1, Intake: 9})
	f := &w.Firms
	for tick, c := range []struct{ people, demand float64 }{{1, 1}, {1.01, 1}, {1.02, .5}} {
		w.Now.Population, w.Now.Demand[0] = c.people, c.demand
		for i := range 100 {
			if f.Living(100*tick + i) {
				f.Retire(100*tick + i)
			}
		}
		w.Sums.Reset(w.Rows(), 1024, 1)
		for lo := 0; lo < w.Rows(); lo += 1024 {
			r.Win(w, tick+1, lo, min(lo+1024, w.Rows()))
		}
		ratio := f.Appeal[2000] / f.Appeal[2001]
		if err := r.Share(w, tick+1); err != nil {
			t.Fatal(err)
		}
		r.Rescale(w, tick+1, 0, w.Rows())
		sum := 0.0
		for i := range f.Appeal {
			sum += f.Appeal[i]
		}
		near(t, "sum of appeals", sum, 100*c.people*c.demand)
		near(t, "relative appeals", f.Appeal[2000]/f.Appeal[2001], ratio)
	}
	if f.Appeal[0] != 0 {
		t.Error("a dead firm has customers")
	}
}

// Where customers wait for more than the firms have, firms take in a quarter more in a quarter and no more; the sector's sum
// is what they have then.
func TestIntake(t *testing.T) {
	w, r := crowd(10, Params{Intake: .25})
	for tick, want := range []float64{12.5, 15.625, 19.53125} {
		w.Sums.Reset(10, 1024, 1)
		for i := range w.Firms.ID {
			w.Sums.Block(0, 1024)[0] += w.Firms.Appeal[i]
		}
		if err := r.Share(w, tick); err != nil {
			t.Fatal(err)
		}
		r.Rescale(w, tick, 0, 10)
		near(t, "appeals of the sector", w.Sectors[0].Appeal, want)
		near(t, "appeal of a firm", w.Firms.Appeal[3], want/10)
	}
}

// Reversion draws a firm towards its sector's mean, by a quarter of the yearly rate a tick.
func TestReversion(t *testing.T) {
	w, r := crowd(2, Params{Volatility: 0, Clumping: 1, Opportunities: 20, YoungYears: 1, Reversion: .2})
	w.Sectors[0] = world.SectorState{Firms: 2, Appeal: 8}
	w.Firms.Appeal[0], w.Firms.Appeal[1] = 4*math.E, 4/math.E
	w.Sums.Reset(2, 1024, 1)
	r.Win(w, 1, 0, 2)
	if a, b := math.Log(w.Firms.Appeal[0]/4), math.Log(w.Firms.Appeal[1]/4); math.Abs(a-.95) > 1e-9 || math.Abs(b+.95) > 1e-9 {
		t.Errorf("a lead of 1 became %v, a lag of 1 %v: want .95", a, b)
	}
}

// Swings are drawn at the year's start and at birth, from the size of then: growing in the year does not change them.
func TestSwingLastsAYear(t *testing.T) {
	w, r := crowd(1, Params{Volatility: .4, SizeExponent: -.25, Clumping: 1, Opportunities: 100, YoungYears: 1})
	var swings []float64
	for tick := 2; tick <= 9; tick++ {
		w.Firms.Labour[0] = float64(tick)
		w.Sums.Reset(1, 1024, 1)
		r.Win(w, tick, 0, 1)
		swings = append(swings, float64(w.Firms.Swing[0]))
	}
	if s := swings; s[0] != s[1] || s[0] != s[2] || s[3] == s[0] || s[3] != s[4] || s[3] != s[6] || s[7] == s[3] {
		t.Errorf("swings of ticks 2 to 9: %v", swings)
	}
}
