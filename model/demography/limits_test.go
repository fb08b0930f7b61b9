package demography

import (
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/rng"
)

// Spin-offs that stay are an urn of Polya and Eggenberger (1923): of two places with a firm each, alike firms that found one
// after the other near themselves leave 1, 2, 3 or 4 of five firms in the west after three foundings, each with chance 1/4.
// Where an industry ends is chance, and what comes first counts most (Arthur 1990).
func TestSpinOffsAreAnUrn(t *testing.T) {
	const urns, foundings = 4000, 3
	w, r := plain(t, Params{Stay: 1, StayKM: .3, EntrantLeast: 1, SpinOff: .8})
	r.jobs[0], r.tech[0], r.clamp[0] = 1, 0, 1
	f, n := &w.Firms, [foundings + 3]float64{}
	for urn := range urns {
		*f, w.Seed = world.Firms{}, rng.Seed(urn)
		w.Markets.Employed[0], w.Markets.Balance[0] = 0, 1e6
		for _, x := range []float64{10, 30} {
			f.Cash[add(w, 0, world.Point{X: x, Y: 20}, 1)] = 1e6
		}
		for tick := 1; w.Rows() < 2+foundings; tick++ {
			w.Sums.Reset(w.Rows(), sim.BlockRows, JudgeSums)
			r.Judge(w, tick, 0, w.Rows())
			marked := 0
			for _, flag := range f.Flag {
				if flag&world.FlagExit != 0 {
					t.Fatal("a firm closes")
				}
				if flag&world.FlagSpinOff != 0 {
					marked++
				}
			}
			if marked != 1 { // one founding at a time
				continue
			}
			if err := enter(r, w, tick); err != nil {
				t.Fatal(err)
			}
			i := w.Rows() - 1 // as able, as large, as rich as the others
			f.LogTech[i], f.Labour[i], f.Cash[i] = 0, 1, 1e6
		}
		west := 0
		for _, x := range f.X {
			if x < 20 {
				west++
			}
		}
		n[west]++
	}
	for west := 1; west <= foundings+1; west++ {
		frequency(t, "urns with a number of firms in the west", n[west], urns, 1./(foundings+1))
	}
}

// Who owes as much as its credit line closes by no bit of rounding; who owes more does.
func TestAtTheEndOfTheLine(t *testing.T) {
	for _, c := range []struct{ cash, line, want float64 }{
		{-1, 1, 0}, {-1 - 1e-15, 1, 0}, {-1e6 - 1e-9, 1e6, 0}, {-1.001, 1, -.001}, {-1, 3, 2}, {-1e-12, 0, -1e-12}, {5, 0, 5},
	} {
		if got := beside(c.cash, c.line); math.Abs(got-c.want) > 1e-12*math.Abs(c.want) {
			t.Errorf("cash %g, line %g: %g left, want %g", c.cash, c.line, got, c.want)
		}
	}
}
