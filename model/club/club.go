// Package club holds the shared facilities that a scenario gives: laboratories, parks, incubators, offices. Firms join them,
// pay for them, crowd them, and shut out whoever cheats members.
package club

import (
	"iter"
	"math"
	"slices"

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
	}
	return nil
}

// strike takes off the roll who has gone or has not used the facility for long, and forgets who was barred long ago.
func (r *Rules) strike(w *world.World, f *world.Facility, tick int) {
	idle := int32(max(1, math.Round(r.P.Idle*world.TicksPerYear)))
	f.Members = slices.DeleteFunc(f.Members, func(m world.Member) bool {
		return w.Firms.ID[m.Row] != m.ID || m.Idle >= idle
	})
	f.Barred = slices.DeleteFunc(f.Barred, func(b world.Barred) bool { return tick >= b.Until })
}

// enlist lists who may use the facility in this tick and what it is worth to them.
func (r *Rules) enlist(w *world.World, f *world.Facility, of *kind) {
	r.roll = slices.Grow(r.roll[:0], w.Rows())[:w.Rows()]
	clear(r.roll)
	for n := range f.Members {
		r.roll[f.Members[n].Row] = true
	}
	r.work, r.rows, r.near, r.cash = r.work[:0], r.rows[:0], r.near[:0], r.cash[:0]
	v, at := world.NewView(w), w.Setting.Institutions[f.Institution].At
	farthest := farReaches * r.Does.ReachKM
	yearly := r.fee(w, f)
	fee := yearly / world.TicksPerYear
	for i := range v.Rows() {
		east, north := v.X(i)-at.X, v.Y(i)-at.Y
		if !v.Living(i) || float64(east*east)+float64(north*north) > farthest*farthest || of.young && v.Age(i) >= r.Does.Young {
			continue
		}
		c := world.Candidate{ID: v.ID(i), Jobs: v.Jobs(i), Worth: r.Does.Worth * max(v.ValueAdded(i), 0)}
		if v.Cash(i) < float64(fee*c.Jobs) || !c.Pays(yearly) { // nearer than at its door nobody is served
			continue
		}
		near := num.Exp(-num.Hypot(east, north) / r.Does.ReachKM)
		c.Worth = r.Does.Worth * near * max(v.ValueAdded(i), 0)
		if c.Pays(yearly) && (r.roll[i] || r.welcome(w, f, i)) {
			r.work, r.rows, r.near = append(r.work, c), append(r.rows, int32(i)), append(r.near, near)
			r.cash = append(r.cash, v.Cash(i))
		}
	}
}

// farReaches is the number of reaches behind which a facility serves nobody: there one part in 3,000 of its service is left.
const farReaches = 8

// welcome says whether members let firm i come in: nobody whom they have barred; the first; whoever trusts members enough, two
// strangers among them; and whom a member sponsors that trusts it.
func (r *Rules) welcome(w *world.World, f *world.Facility, i int) bool {
	if slices.ContainsFunc(f.Barred, func(b world.Barred) bool { return b.ID == w.Firms.ID[i] }) {
		return false
	}
	if len(f.Members) == 0 {
		return true
	}
	v := world.NewView(w)
	sum, n := 2*w.Prior(i), 2.0
	v.EachTie(i, func(_ world.TieKind, partner int, trust float64) {
		if r.roll[partner] {
			sum, n = sum+trust, n+1
		}
	})
	if sum >= r.P.Trust*n {
		return true
	}
	for k := range world.CollaborationSlots {
		if partner, _, tied := v.Collaboration(i, k); tied && r.roll[partner] {
			if back, _ := v.TrustBack(i, k); back >= r.P.Sponsor {
				return true
			}
		}
	}
	return false
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

// Bar takes members off the roll who broke a deal with another member in this tick, and shuts them out for a while. It must run
// alone, before ties without trust end.
func (r *Rules) Bar(w *world.World, tick int) error {
	for k := range w.Facilities {
		r.bar(w, &w.Facilities[k], tick)
	}
	return nil
}

func (r *Rules) bar(w *world.World, f *world.Facility, tick int) {
	place := func(row int32) int {
		n, found := slices.BinarySearchFunc(f.Members, row, func(m world.Member, row int32) int { return int(m.Row - row) })
		if !found {
			return -1
		}
		return n
	}
	cheat := make([]bool, len(f.Members))
	for _, m := range f.Members {
		if w.Firms.Flag[m.Row]&world.FlagBroken == 0 {
			continue
		}
		for _, ties := range [...]iter.Seq2[int, world.HalfTie]{w.Firms.AllSupplies(int(m.Row)), w.Firms.AllCollaborations(int(m.Row))} {
			for _, t := range ties {
				if t.State() == world.TieBroken {
					if n := place(t.Partner); n >= 0 {
						cheat[n] = true
					}
				}
			}
		}
	}
	until := tick + 1 + int(math.Round(r.P.Barred*world.TicksPerYear))
	kept := f.Members[:0]
	for n, m := range f.Members {
		if cheat[n] {
			f.Barred = append(f.Barred, world.Barred{ID: m.ID, Until: until})
		} else {
			kept = append(kept, m)
		}
	}
	f.Members = kept
}
