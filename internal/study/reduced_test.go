package study

import (
	"context"
	"math"
	"testing"

	"agglo/model"
	"agglo/model/measure"
	"agglo/model/world"
	"agglo/scenarios"
	"agglo/sim/rng"
)

// drawTown is the purpose of the draws of a town's plants.
const drawTown rng.Purpose = 0x7e20

// town is the plain with so many firms gathered round its middle, as dense as e^(-d/15 km) (Clark 1951, J. R. Statist. Soc. A 114, 490):
// density there changes slowly from square to square, and nobody has chosen it.
func town(t *testing.T, seed uint64, firms int) model.Setup {
	t.Helper()
	const wide, half = 15, 50
	s := plainSetup(t)
	s.Seed = seed
	for k := uint64(0); len(s.Setting.Plants) < firms; k++ {
		u := func(j int) float64 { return rng.Seed(seed).Uniform(drawTown, k, 0, j) }
		far, sin, cos := -wide*math.Log(u(0)*u(1)), math.Sin(2*math.Pi*u(2)), math.Cos(2*math.Pi*u(2))
		if at := (world.Point{X: far * cos, Y: far * sin}); math.Abs(at.X) < half && math.Abs(at.Y) < half {
			s.Setting.Plants = append(s.Setting.Plants, world.Plant{Sector: len(s.Setting.Plants) % 7, At: at, Employment: 2.3 + 4.6*u(3)})
		}
	}
	s.Setting.Areas[0].LabourForce = 0 // as many as its jobs ask for
	return s
}

func plainSetup(t *testing.T) model.Setup {
	t.Helper()
	s, err := scenarios.Load("plain")
	if err != nil {
		t.Fatal(err)
	}
	setup, err := s.Setup(scenarios.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	return setup
}

// came is what came of elasticities that were put in. T1a is what agglo validate finds; it is g times the slope of what firms draw on,
// the mean of ln(1+P_L) and ln(1+P_I), on the log of the density of squares, plus the slope of technology that firms brought or found
// out, and of what they learned.
type came struct{ t1a, follows, own, learned float64 }

// cameOf reads a world that had g/2 of either elasticity put in.
func cameOf(t *testing.T, v world.View, g float64) came {
	f := firmsOf(v)
	m := newGathering(0, 1, func(id string) bool { return id == "T1a" })
	m.density(v, f)
	var density, jobs, place, own, learned []float64
	var sector []int32
	for k, i := range f.row {
		if v.Age(i) > 0 && v.Wage(i) > 0 { // those of T1a
			a, input, labour, trust, b := v.EfficiencyTerms(i)
			density, jobs, sector = append(density, math.Log(f.workers[f.square[k]])), append(jobs, f.jobs[k]), append(sector, f.sector[k])
			place, own, learned = append(place, (input+labour+trust)/g), append(own, a), append(learned, b)
		}
	}
	slope := func(y []float64) float64 {
		s, err := measure.WeightedSlope(density, y, jobs, sector, f.sectors)
		if err != nil {
			t.Error(err)
		}
		return s.B
	}
	return came{m.value["T1a"], slope(place), slope(own), slope(learned)}
}

// put runs worlds under some seeds to a tick, with elasticities that add up to g put in, half of it for the pool and half for suppliers.
func put(t *testing.T, build func(t *testing.T, seed uint64) model.Setup, ticks, seeds int, g float64) []came {
	t.Helper()
	all := make([]came, seeds)
	err := each(context.Background(), seeds, 2, func(ctx context.Context, k int) error {
		s, g := build(t, rng.Replicate(1, k)), max(g, 1e-9) // so little is nothing, and still tells what firms draw on
		s.Params.Production.ReducedForm, s.Params.Production.ReducedPool, s.Params.Production.ReducedSupply = true, g/2, g/2
		e, err := model.New(s)
		if err != nil {
			return err
		}
		e.Threads = 1
		if err := e.Run(ctx, ticks); err != nil {
			return err
		}
		all[k] = cameOf(t, world.NewView(e.World), g)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The reduced form with elasticities that add up to g tests the estimator of agglo validate, T1a, in worlds that live. Where firms draw on
// what is in their square or next to it, few generalists are to be had anywhere, and nobody learns, founds, moves or closes of his own
// will, it gives g back. What firms learn near others comes on top where they do. Where they draw on a wider circle, as by default, what
// they draw on is smoother than the density of squares, and T1a is less than g by that. go test -v prints the parts.
func TestReducedFormComesBack(t *testing.T) {
	inTown := func(t *testing.T, seed uint64) model.Setup { return town(t, seed, 3000) }
	square := func(t *testing.T, seed uint64) model.Setup {
		s := plainSetup(t)
		s.Seed = seed
		return s
	}
	near := func(s model.Setup) model.Setup {
		s.Params.Production.PoolKM, s.Params.Production.InputKM, s.Params.Production.PoolFloor = 2, 2, .01
		return s
	}
	quiet := func(t *testing.T, seed uint64) model.Setup {
		s := near(inTown(t, seed))
		k, d := &s.Params.Knowledge, &s.Params.Demography
		k.AccessElasticity, k.Imitation, d.SpinOff, d.DeNovo, d.Hazard, d.Move = 0, 0, 0, 0, 0, 0
		return s
	}
	for _, c := range []struct {
		name         string
		build        func(t *testing.T, seed uint64) model.Setup
		ticks, seeds int
		put          []float64
		least, most  float64 // of how far what firms draw on follows density
		back         bool    // T1a gives back what was put in
	}{
		{"town, near and quiet", quiet, 40, 8, []float64{0, .03, .08}, .97, 1.06, true},
		{"town, near", func(t *testing.T, seed uint64) model.Setup { return near(inTown(t, seed)) }, 40, 3, []float64{0, .08}, .93, 1.06, false},
		{"town", inTown, 40, 3, []float64{.08}, .4, .6, false},
		{"plain, near", func(t *testing.T, seed uint64) model.Setup { return near(square(t, seed)) }, 240, 6, []float64{.08}, .5, .9, false},
		{"plain", square, 240, 6, []float64{.08}, .2, .45, false},
	} {
		for _, g := range c.put {
			var t1a, follows, own, learned []float64
			for k, x := range put(t, c.build, c.ticks, c.seeds, g) {
				t1a, follows, own, learned = append(t1a, x.t1a), append(follows, x.follows), append(own, x.own), append(learned, x.learned)
				if sum := g*x.follows + x.own + x.learned; math.Abs(x.t1a-sum) > 1e-6 {
					t.Errorf("%s, seed %d: T1a %.7f is not the sum of its parts, %.7f", c.name, k, x.t1a, sum)
				}
			}
			lo, hi := student(t1a)
			of := func(x []float64) float64 { m, _ := moments(x); return m }
			t.Logf("%s: %.2f put in, T1a %.4f (%.4f to %.4f), what firms draw on follows density by %.3f, own technology %.4f, learned %.4f",
				c.name, g, of(t1a), lo, hi, of(follows), of(own), of(learned))
			if x := of(follows); x < c.least || x > c.most {
				t.Errorf("%s: what firms draw on follows density by %.3f, want %g to %g", c.name, x, c.least, c.most)
			}
			if c.back && !(lo <= g && g <= hi && hi-lo < .02) {
				t.Errorf("%s: %g put in, T1a %.4f to %.4f", c.name, g, lo, hi)
			}
		}
	}
}
