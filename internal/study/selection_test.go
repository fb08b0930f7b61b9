package study

import (
	"context"
	"math"
	"testing"

	"agglo/model"
	"agglo/model/measure"
	"agglo/model/world"
	"agglo/sim/rng"
)

// A newborn is a firm from its birth on.
type newborn struct {
	row     int
	id      uint64
	tick    int // of birth
	sector  int32
	density float64 // log of the jobs of its square at birth
	own     float64 // log of the technology that it brought, in units of value added
	lived   bool    // for a year
}

// nursery follows firms that are born in a world on the plain, where they draw on what is in their square or next to it and elasticities
// that add up to g are put in, from tick 120 to 200.
func nursery(ctx context.Context, t *testing.T, seed uint64, g float64) ([]newborn, error) {
	s := plainSetup(t)
	s.Seed = seed
	p := &s.Params.Production
	p.PoolKM, p.InputKM, p.PoolFloor, p.ReducedForm, p.ReducedPool, p.ReducedSupply = 2, 2, .01, true, g/2, g/2
	e, err := model.New(s)
	if err != nil {
		return nil, err
	}
	e.Threads = 1
	if err := e.Run(ctx, 120); err != nil {
		return nil, err
	}
	var all []newborn
	for tick := 121; tick <= 200; tick++ {
		if err := e.Run(ctx, tick); err != nil {
			return nil, err
		}
		v := world.NewView(e.World)
		f := firmsOf(v)
		for k, i := range f.row {
			if int(e.World.Firms.Born[i]) == tick && tick <= 196 {
				own, _, _, _, _ := v.EfficiencyTerms(i)
				all = append(all, newborn{i, e.World.Firms.ID[i], tick, f.sector[k], math.Log(f.workers[f.square[k]]), own, false})
			}
		}
		for k := range all {
			if b := &all[k]; tick == b.tick+world.TicksPerYear {
				b.lived = e.World.Firms.ID[b.row] == b.id
			}
		}
	}
	return all, nil
}

// selection is what a nursery tells: slopes, on the log of the density of squares and within sectors and years (the technology of all grows), of
// the technology that newborn firms brought, all and those who lived for a year, and of the share that lived.
type selection struct{ born, lived, share float64 }

func selectionOf(t *testing.T, all []newborn) selection {
	slope := func(of func(b *newborn) float64, who func(b *newborn) bool) float64 {
		var density, weight, y []float64
		var cohort []int32
		for k := range all {
			if b := &all[k]; who(b) {
				density, weight, y = append(density, b.density), append(weight, 1), append(y, of(b))
				cohort = append(cohort, b.sector*20+int32((b.tick-121)/world.TicksPerYear))
			}
		}
		s, err := measure.WeightedSlope(density, y, weight, cohort, 8*20)
		if err != nil {
			t.Error(err)
		}
		return s.B
	}
	own := func(b *newborn) float64 { return b.own }
	one := func(b *newborn) float64 {
		if b.lived {
			return 1
		}
		return 0
	}
	anyone, lived := func(*newborn) bool { return true }, func(b *newborn) bool { return b.lived }
	return selection{slope(own, anyone), slope(own, lived), slope(one, anyone)}
}

// Where places make firms efficient, the less able live through their first year there, and firms in dense squares come to be the less able
// ones; at birth they are not. go test -v prints the slopes.
func TestTheLessAbleLiveWherePlaceHelps(t *testing.T) {
	const seeds = 8
	for _, g := range []float64{0, .08} {
		all := make([]selection, seeds)
		err := each(context.Background(), seeds, 2, func(ctx context.Context, k int) error {
			born, err := nursery(ctx, t, rng.Replicate(1, k), g)
			if err == nil {
				all[k] = selectionOf(t, born)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		say := func(what string, of func(c selection) float64) (lo, hi float64) {
			var x []float64
			for _, c := range all {
				x = append(x, of(c))
			}
			lo, hi = student(x)
			mean, _ := moments(x)
			t.Logf("%.2f put in: %s %.4f (%.4f to %.4f)", g, what, mean, lo, hi)
			return lo, hi
		}
		say("technology at birth", func(c selection) float64 { return c.born })
		say("technology at birth of those who lived for a year", func(c selection) float64 { return c.lived })
		say("share that lived for a year", func(c selection) float64 { return c.share })
		lo, hi := say("the difference that living makes", func(c selection) float64 { return c.lived - c.born })
		if g > 0 && hi > -.01 {
			t.Errorf("with %g put in, those who lived are less able in dense squares by %.4f to %.4f, want below -.01", g, lo, hi)
		}
		if g == 0 && (lo < -.01 || hi > .01) {
			t.Errorf("with nothing put in, those who lived differ by %.4f to %.4f in dense squares, want next to nothing", lo, hi)
		}
	}
}
