package demography

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"

	"pgregory.net/rapid"
)

// Half of the founders come where the successes are: a cell whose people hear of none has half as many as without contagion, one where they hear
// of three times as many as the mean has twice as many. Where nobody hears of any, nothing changes.
func TestCaught(t *testing.T) {
	for _, c := range []struct{ contagion, successes, mean, want float64 }{
		{0, 7, 2, 1}, {.5, 0, 2, .5}, {.5, 2, 2, 1}, {.5, 6, 2, 2}, {1, 0, 2, 0}, {1, 6, 2, 3}, {1, 0, 0, 1},
	} {
		p := Params{Contagion: c.contagion}
		near(t, fmt.Sprintf("%+v", c), p.caught(c.successes, c.mean), c.want)
	}
	rapid.Check(t, func(t *rapid.T) { // the mean over workers stays 1
		p := Params{Contagion: rapid.Float64Range(0, 1).Draw(t, "contagion")}
		workers := rapid.SliceOfN(rapid.Float64Range(1, 100), 5, 5).Draw(t, "workers")
		heard := rapid.SliceOfN(rapid.Float64Range(0, 9), 5, 5).Draw(t, "successes")
		sum, all, after := 0.0, 0.0, 0.0
		for k, x := range workers {
			sum, all = sum+x*heard[k], all+x
		}
		for k, x := range workers {
			after += x * p.caught(heard[k], sum/all)
		}
		if math.Abs(after/all-1) > 1e-12 {
			t.Errorf("%v founders where 1 came without contagion", after/all)
		}
	})
}

// A success is younger than five years and has a profit.
func TestSuccesses(t *testing.T) {
	w, r := plain(t, Params{ContagionYears: 5})
	w.Now.Tick = 30
	for _, c := range []struct {
		born   int32
		profit float64
		want   bool
	}{{30, 1, true}, {11, 1, true}, {10, 1, false}, {-40, 9, false}, {29, 0, false}, {29, -1, false}} {
		i := add(w, 0, world.Point{X: 9, Y: 9}, 4)
		w.Firms.Born[i], w.Firms.Profit[i] = c.born, c.profit
		if got := r.succeeds(w, i); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	w.Firms.Retire(0)
	if r.succeeds(w, 0) {
		t.Error("a firm that has closed succeeds")
	}
}

// pool lists the firms of 10 workers each and lays out the field of workers.
func pool(w *world.World) {
	w.Reindex()
	w.Fields.Pool = make([]float64, 800)
	for s, scratch := range w.Scratch() {
		clear(scratch.Mass)
		for _, row := range w.RowsOf(s, &w.Ground[0]) {
			w.Ground[0].Shape.Deposit(scratch.Mass, w.Firms.Base[row], float64(w.Firms.WX[row]), float64(w.Firms.WY[row]), 10)
		}
		lo, hi := w.Plane(s)
		scratch.Smooth(w.Ground[0].Pool, w.Fields.Pool[lo:hi], scratch.Mass)
	}
}

// towns is 20 old firms of sector 0 with 10 workers each in two places 20 km apart, one of them with two young ones with profits beside, and a
// firm of sector 1 in each. A quarter of a year's founders of 100 firms is drawn for each sector.
func towns(t *testing.T, contagion float64) (*world.World, *Rules) {
	t.Helper()
	w, r := plain(t, Params{Contagion: contagion, ContagionYears: 5, DeNovo: .08, OwnTrade: .5, NormalProfit: .2, ProfitResponse: 2})
	w.Now.Tick = 9
	for k := range 22 {
		add(w, k/20, world.Point{X: 11 + 20*float64(k%2), Y: 21}, 10)
	}
	for range 2 {
		i := add(w, 0, world.Point{X: 11, Y: 21}, 10)
		w.Firms.Born[i], w.Firms.Profit[i] = 3, 1
	}
	for s, n := range []float64{22, 2} {
		w.Sectors[s] = world.SectorState{Firms: n, Jobs: 10 * n, Profit: 2 * n}
	}
	for i := range w.Firms.ID {
		w.Fields.Jobs[w.Firms.Cell[i]] += 10
	}
	pool(w)
	if err := r.Respond(w, 9); err != nil {
		t.Fatal(err)
	}
	return w, r
}

// rates are the founders of a quarter in the two towns, on average, by the sectors that they would found in.
func rates(w *world.World, r *Rules) (west, east, all float64, sectors [2][2]float64) {
	rate := make([]float64, 400)
	r.conceive(w, 0, rate)
	at := [2]int{w.Ground[0].CellAt(world.Point{X: 11, Y: 21}), w.Ground[0].CellAt(world.Point{X: 31, Y: 21})}
	for _, x := range rate {
		all += x
	}
	for k, cell := range at {
		r.trade(w, cell, 1, 9)
		copy(sectors[k][:], r.chance)
	}
	return rate[at[0]], rate[at[1]], all, sectors
}

// Founders are as many as without contagion, of each sector too; those of the sector with young firms shift to where these are, all of them
// if nobody elsewhere hears of a success. Founders of another sector stay where its workers are.
func TestContagionShiftsFounders(t *testing.T) {
	off, ruled := towns(t, 0)
	west, east, all, chances := rates(off, ruled)
	near(t, "founders of a quarter", all, 2+1)
	near(t, "in proportion to related workers", chances[0][0]/chances[1][0], (120*ruled.related[0]+10*ruled.related[1])/(100*ruled.related[0]+10*ruled.related[1]))
	if ruled.caught != nil || ruled.scratch != nil {
		t.Error("without contagion memory is made for it")
	}
	for _, contagion := range []float64{.5, 1} {
		w, r := towns(t, contagion)
		w2, e2, all2, shifted := rates(w, r)
		near(t, "founders of a quarter, in all", all2, all)
		near(t, "founders by sector", w2+e2, west+east)
		for s := range 2 {
			near(t, "founders of a sector", shifted[0][s]+shifted[1][s], chances[0][s]+chances[1][s])
		}
		near(t, "west by sector", shifted[0][0]+shifted[0][1], w2)
		near(t, "founders of the other sector", shifted[0][1], chances[0][1])
		// East hears next to nothing: 20 km at 8 km of the kernel are e^-2.5 of what the west hears.
		heard := *r.catch(w, 0, w.Ground[0].CellAt(world.Point{X: 31, Y: 21}))
		near(t, "the rest in the east", shifted[1][0], chances[1][0]*heard)
		if heard < 1-contagion || heard > 1-contagion+.2*contagion {
			t.Errorf("contagion %g: weight %g in the east", contagion, heard)
		}
	}
}

// A place that is twice as large as another one and has twice as many successes draws no more founders for each worker; where half of the firms
// are too old to be a recent success it draws half as many. The other place, 28 km away at 8 km of the kernel, is heard a little.
func TestContagionIsByTheHead(t *testing.T) {
	for _, c := range []struct {
		old        int // firms of ten in the small place that are
		large, lag float64
		within     float64
	}{{0, 1, 1, 1e-12}, {5, 1.2, .6, .05}} {
		w, r := plain(t, Params{Contagion: 1, ContagionYears: 5, DeNovo: .08, OwnTrade: 1, NormalProfit: .2, ProfitResponse: 2})
		for k := range 30 {
			i := add(w, 0, world.Point{X: 5 + 28*float64(min(k%3, 1)), Y: 21}, 10)
			w.Firms.Born[i], w.Firms.Profit[i] = 0, 1
			if k%3 == 0 && k/3 < c.old {
				w.Firms.Born[i] = -40
			}
		}
		w.Sectors[0] = world.SectorState{Firms: 30, Jobs: 300, Profit: 60}
		pool(w)
		if err := r.Respond(w, 1); err != nil {
			t.Fatal(err)
		}
		for x, want := range map[float64]float64{5: c.lag, 33: c.large} {
			got := *r.catch(w, 0, w.Ground[0].CellAt(world.Point{X: x, Y: 21}))
			if !(math.Abs(got-want) <= c.within) {
				t.Errorf("%d of ten old: weight %g at %g km, want %g", c.old, got, x, want)
			}
		}
	}
}
