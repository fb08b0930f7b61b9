package model

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/measure"
	"agglo/model/world"
	"agglo/sim/rng"
)

// The option with the greatest utility plus Gumbel is a logit choice: utilities 1, 2, 3 are chosen with the chances
// e^1, e^2, e^3 over their sum, and an option that goes leaves the others' draws alone.
func TestLogitChoice(t *testing.T) {
	const purpose, choosers = rng.Purpose(0x7e57), 200000
	choose := func(key uint64, options ...int) int {
		best, most := 0, math.Inf(-1)
		for _, k := range options {
			if u := float64(k) + rng.Seed(4).Gumbel(purpose, rng.Key(key, uint64(k)), 1, 0); u > most {
				best, most = k, u
			}
		}
		return best
	}
	n, moved := [4]float64{}, 0
	for key := range uint64(choosers) {
		all, fewer := choose(key, 1, 2, 3), choose(key, 1, 2)
		n[all]++
		if all != 3 && all != fewer {
			moved++
		}
	}
	for k, want := range []float64{.0900306, .2447285, .6652410} {
		if sd := math.Sqrt(want * (1 - want) / choosers); math.Abs(n[k+1]/choosers-want) > 4*sd {
			t.Errorf("utility %d is chosen by %.5f, want %.5f within %.5f", k+1, n[k+1]/choosers, want, 4*sd)
		}
	}
	if moved > 0 {
		t.Errorf("%d choosers of 1 or 2 changed their mind when 3 went", moved)
	}
}

// gamma is the mean Ellison-Glaeser index over sectors of a world's firms, by squares of so many cells, against where the
// firms of all sectors are.
func gamma(t *testing.T, w *world.World, cells int) float64 {
	t.Helper()
	f, g := &w.Firms, &w.Ground[0]
	wide := g.Shape.NX / cells
	p := measure.Plants{Regions: wide * wide, Sectors: len(w.Setting.Sectors)}
	for i, id := range f.ID {
		if id != 0 {
			c := int(f.Cell[i])
			p.Region = append(p.Region, int32(c/g.Shape.NX/cells*wide+c%g.Shape.NX/cells))
			p.Sector, p.Employment = append(p.Sector, int32(f.Sector[i])), append(p.Employment, f.Labour[i])
		}
	}
	all, err := measure.EllisonGlaeser(p)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, a := range all {
		sum += a.Gamma / float64(len(all))
	}
	return sum
}

// even is a square of land without towns or sea, with sectors that are all alike.
func even(t *testing.T, seed uint64, sectors, firms int) Setup {
	s := small(t, seed, 400)
	a := &s.Setting.Areas[0]
	for c := range a.Land {
		a.Land[c], a.Region[c] = 4.6*float64(sectors*firms)/100, 0
	}
	a.LabourForce = 4.6 * float64(sectors*firms) / .94
	s.Setting.Regions, s.Setting.Shocks, s.Setting.Institutions = s.Setting.Regions[:1], nil, nil
	s.Setting.Sectors, s.Setting.Inputs = nil, nil
	for k := range sectors {
		id, row := fmt.Sprint("s", k), make([]float64, sectors)
		for j := range row {
			row[j] = .5 / float64(sectors-1)
		}
		row[k] = .5
		s.Setting.Sectors = append(s.Setting.Sectors, world.Sector{ID: id, Name: id, Group: id, Firms: firms, Employment: 4.6 * float64(firms), Tradable: .5})
		s.Setting.Inputs = append(s.Setting.Inputs, row)
	}
	return s
}

// Without externalities, and with sites drawn irrespective of who is there, sectors lie on the map as if thrown by darts: the
// Ellison-Glaeser index stays near its mean for darts, minus a Herfindahl index over the number of sectors. With them,
// sectors gather.
func TestNoClustersWithoutExternalities(t *testing.T) {
	const ticks, sectors, firms, seeds = 80, 10, 120, 3
	none, some := 0.0, 0.0
	for seed := range uint64(seeds) {
		off := even(t, seed, sectors, firms)
		p := &off.Params
		p.Production.LocalShare, p.Production.PoolElasticity, p.Knowledge.AccessElasticity, p.Knowledge.Imitation = 0, 0, 0, 0
		p.Demography.Stay, p.Demography.Successes = 0, false
		on := even(t, seed, sectors, firms)
		on.Params.Production.PoolElasticity = .3
		none += gamma(t, to(t, begun(t, off), ticks), 5) / seeds
		some += gamma(t, to(t, begun(t, on), ticks), 5) / seeds
	}
	t.Logf("gamma without externalities %.4f, with strong pooling %.4f", none, some)
	if math.Abs(none) > .012 {
		t.Errorf("gamma %.4f without externalities, want 0 within .012", none)
	}
	if some < .04 {
		t.Errorf("gamma %.4f with strong pooling, want at least .04: the test would see no cluster", some)
	}
}
