// Package club holds the shared facilities that a scenario gives: laboratories, parks, incubators, offices. Firms join them,
// pay for them, crowd them, and shut out whoever cheats members.
package club

import (
	"math"

	"agglo/model/world"
	"agglo/sim/num"
)

// Rules are the rules of shared facilities. What lasts is in world.Facilities.
type Rules struct {
	P      Params
	Does   world.FacilityParams
	kinds  []*kind // by facility
	levers []site  // by facility, of the present tick
	roll   []bool  // by row: members of the facility at hand
	work   []world.Candidate
	rows   []int32   // of the candidates
	near   []float64 // what distance leaves of service to them
	cash   []float64 // that they have
	middle []float64 // by sector: median margin of its firms, where lenders know members
}

// site is what a facility pushes at its cell in a tick.
type site struct{ rent, entry float64 }

// New makes the rules, and opens the scenario's facilities in a world that has none yet.
func New(p Params, does world.FacilityParams, w *world.World) *Rules {
	r := &Rules{P: p, Does: does}
	fresh := len(w.Facilities) == 0
	for k := range w.Setting.Institutions {
		in := &w.Setting.Institutions[k]
		of := kindOf(in)
		if of == nil {
			continue
		}
		r.kinds = append(r.kinds, of)
		if fresh {
			w.Facilities = append(w.Facilities, world.Facility{Institution: k, Cell: int32(siteOf(w, in.At))})
		}
	}
	r.levers = make([]site, len(r.kinds))
	return r
}

// siteOf is the cell with land whose middle is nearest to a point. The first of equals is taken.
func siteOf(w *world.World, at world.Point) int {
	best, least := 0, math.Inf(1)
	for a := range w.Ground {
		g := &w.Ground[a]
		for c := range g.Cells {
			mid := g.Mid(c)
			if miss := num.Hypot(mid.X-at.X, mid.Y-at.Y); miss < least && w.Cells.Land[g.First+c] > 0 {
				best, least = g.First+c, miss
			}
		}
	}
	return best
}

// Act opens the facilities for a quarter: who uses them, what that costs, and the levers. It must run alone, behind the
// policies. Where clubs are cut for a replay nobody uses any, and no money moves.
func (r *Rules) Act(w *world.World, tick int) error {
	if r.P.Known > 0 && len(w.Facilities) > 0 {
		r.middles(w)
	}
	for k := range w.Facilities {
		f := &w.Facilities[k]
		f.Now, r.levers[k] = world.Service{}, site{}
		if (tick-1)%world.TicksPerYear == 0 {
			f.Year = world.Paid{}
		}
		r.strike(w, f, tick)
		if w.Cut(world.ChannelClub) {
			for n := range f.Members {
				f.Members[n].Fee, f.Members[n].Serve = 0, 0
			}
			continue
		}
		r.enlist(w, f, r.kinds[k])
		q := r.open(w, f)
		r.enrol(w, f, q)
		r.push(w, f, k)
		r.introduce(w, f)
	}
	return nil
}

// fee is what a member pays per worker and year; 0 where members share the cost.
func (r *Rules) fee(w *world.World, f *world.Facility) float64 {
	switch in := &w.Setting.Institutions[f.Institution]; {
	case in.Sharing:
		return 0
	case in.Fee >= 0:
		return in.Fee * w.Now.Wage
	}
	return r.Does.Fee * w.Now.Wage
}
