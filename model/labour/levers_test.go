package labour

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"

	"pgregory.net/rapid"
)

// A firm whose sales bring 1.25 needs the workers of 1.25 times its demand: .3 + .28 x 12.5 = 3.8 instead of 3.1. One that asks 1.25 times
// as much as alone needs those of .8 of it: 2.54.
func TestPlanCountsWhatSalesBring(t *testing.T) {
	for _, c := range []struct{ lever, agreed, want float64 }{{0, 0, 3.1}, {.25, 0, 3.8}, {0, math.Log(1.25), 2.54}, {.25, math.Log(1.25), 3.1}} {
		w, r := towns(t, 1, 0, Params{Adjust: 1})
		i := settle(w, 0, 2)
		w.Firms.Demand[i], w.Firms.Wage[i] = 10, 1
		w.ClearLevers()
		w.Levers.Push(world.LeverPrice, i, c.lever)
		w.Levers.Push(world.LeverAgreement, i, c.agreed)
		r.Plan(w, 1, 0, 1)
		single(t, fmt.Sprintf("levers of %g, %g: workers wanted", c.lever, c.agreed), float32(w.Firms.Labour[i])+w.Firms.Vacancy[i], c.want)
	}
}

// Ten work where eight live: two have come with their firm, out of the homes of the five and fifteen jobless elsewhere. Where
// fewer are jobless than are missing, all of them come.
func TestFollow(t *testing.T) {
	for _, c := range []struct{ force, employed, want []float64 }{
		{[]float64{8, 20, 30}, []float64{10, 15, 15}, []float64{10, 19.5, 28.5}},
		{[]float64{8, 20, 30}, []float64{8, 20, 15}, []float64{8, 20, 30}},
		{[]float64{8, 20, 0}, []float64{10, 19, 0}, []float64{9, 19, 0}},
		{[]float64{8, 2, 30}, []float64{10, 4, 26}, []float64{10, 4, 26}},
	} {
		w := &world.World{}
		w.Markets.Force, w.Markets.Employed = append([]float64(nil), c.force...), c.employed
		follow(w)
		for k, want := range c.want {
			near(t, fmt.Sprintf("%v at work, market %d", c.employed, k), w.Markets.Force[k], want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		w := &world.World{}
		before, after, free := 0.0, 0.0, 0.0
		for range rapid.IntRange(1, 8).Draw(t, "markets") {
			force, employed := rapid.Float64Range(0, 100).Draw(t, "force"), rapid.Float64Range(0, 100).Draw(t, "employed")
			w.Markets.Force, w.Markets.Employed = append(w.Markets.Force, force), append(w.Markets.Employed, employed)
			before, free = before+force, free+force-employed
		}
		follow(w)
		for k, force := range w.Markets.Force {
			after += force
			if free >= 0 && force < w.Markets.Employed[k]-1e-9 {
				t.Errorf("market %d: %v live where %v work", k, force, w.Markets.Employed[k])
			}
		}
		if math.Abs(after-before) > 1e-9 {
			t.Errorf("%v people became %v", before, after)
		}
	})
}

// People from outside join the market of their cell, and no market where nobody lives; they are kept apart.
func TestArrive(t *testing.T) {
	w := &world.World{}
	w.Cells.Market, w.Markets.Force = []int32{0, 1, -1}, []float64{5, 7}
	arrive(w)
	if w.Count.Arrived != 0 || w.Markets.Arrived != nil {
		t.Error("somebody came")
	}
	w.Levers.Arrivals = []world.Arrival{{Cell: 1, Workers: 2}, {Cell: 2, Workers: 9}, {Cell: 1, Workers: .5}}
	arrive(w)
	arrive(w)
	near(t, "this tick", w.Count.Arrived, 2.5)
	near(t, "the market", w.Markets.Force[1], 12)
	near(t, "another", w.Markets.Force[0], 5)
	near(t, "since the start", w.Markets.Arrived[1], 5)
}
