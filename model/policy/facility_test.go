package policy

import (
	"math"
	"testing"

	"agglo/model/world"

	"pgregory.net/rapid"
)

// Whoever the firms are and however many places there are: members gain more than their fee, and nobody outside who can pay
// would gain by coming in as well.
func TestMembersGain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := two()
		for range rapid.IntRange(0, 20).Draw(t, "firms") {
			i := w.Firms.Found(uint64(100+w.Rows()), 0)
			w.Firms.X[i], w.Firms.Y[i] = rapid.Float64Range(0, 2).Draw(t, "x"), .5
		}
		for i := range w.Firms.ID {
			w.Firms.Labour[i] = rapid.Float64Range(.5, 50).Draw(t, "workers")
			w.Firms.Sales[i] = rapid.Float64Range(0, 500).Draw(t, "sales")
			w.Firms.Cash[i] = rapid.Float64Range(-1, 5).Draw(t, "cash")
		}
		w.ClearLevers()
		p := world.FacilityParams{Fee: .005, Worth: .01, ReachKM: 10}
		g := facility{p: &p, gains: []gain{{world.LeverScience, 1}}}
		places := rapid.Float64Range(.1, 1000).Draw(t, "places")
		v := world.NewView(w)
		r := reach{view: v, sites: []int32{0}}
		for i := range w.Firms.ID {
			r.rows = append(r.rows, int32(i))
		}
		r.price(&component{part: g})
		near, users := g.nearness(&r), 0.0
		g.serve(&r, places, &w.Levers)
		for i, in := range r.joined {
			if in {
				users += v.Jobs(i)
			}
		}
		for i, in := range r.joined {
			fee := p.Fee * v.WorldWage() * v.Jobs(i)
			pays, worth := v.Cash(i) >= fee/world.TicksPerYear, p.Worth*near[i]*max(v.ValueAdded(i), 0)
			if in && !(pays && worth/world.Crowding(users/places)*(1+1e-6) > fee) {
				t.Errorf("member %d does not gain", i)
			}
			if !in && pays && worth/world.Crowding((users+v.Jobs(i))/places)*(1-1e-6) > fee {
				t.Errorf("firm %d would gain, but stays outside: %v workers at %v places", i, users, places)
			}
			if s := near[i] / world.Crowding(users/places); in && math.Abs(w.Levers.Of(world.LeverScience, i)-s) > 1e-12 { // users are added in another order
				t.Errorf("service to %d is %v, want %v", i, w.Levers.Of(world.LeverScience, i), s)
			}
		}
	})
}
