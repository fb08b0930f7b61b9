package policy

import (
	"errors"
	"math"
	"slices"
	"strings"

	"agglo/model/world"
	"agglo/sim/rng"
)

// Rules are the policies of a scenario. What they have spent and built stands in the world's ledger.
type Rules struct {
	P         Params
	acts      []act
	emerging  []int32   // numbers of young clusters in this tick
	jobs      []float64 // workers by cell in this tick
	quotients []float64 // location quotients by labour market x sector in this tick, where a policy asks for them
	members   []bool    // by row: members of facilities in this tick
	added     float64   // value added of all firms as the tick began
}

// An act is a policy in a tick.
type act struct {
	spec   Spec
	parts  []component
	share  float64 // of its strength that it can pay for in this tick; 0 = does not act
	tail   float64 // strength of guarantees given before the programme's end
	reach  []reach // by part
	target []int32 // rows of the target that take part
	added  float64 // their value added as the tick began
}

// New makes the rules of policies and opens a book in the world for each that has none yet. All that is wrong with the
// specs comes back at once. Policies act in the order of their ids, so the order in which a scenario lists them changes no
// bit. A book without a policy, of one that a branch of a run has dropped, stays: its works stand and wear.
func New(specs []Spec, p Params, w *world.World) (*Rules, error) {
	if faults := check(specs, w); len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	r := &Rules{P: p}
	ordered := slices.Clone(specs)
	slices.SortFunc(ordered, func(a, b Spec) int { return strings.Compare(a.ID, b.ID) })
	for _, s := range ordered {
		if at, known := book(w, s.ID); !known {
			w.Ledger = slices.Insert(w.Ledger, at, world.LedgerEntry{Policy: s.ID, Instrument: s.Instrument, Budget: s.Budget})
		}
	}
	for k := range w.Ledger {
		e := &w.Ledger[k]
		s := Spec{ID: e.Policy, Instrument: e.Instrument} // of one that was dropped
		if n := slices.IndexFunc(ordered, func(s Spec) bool { return s.ID == e.Policy }); n >= 0 {
			s = ordered[n]
			if !s.Learning {
				e.Budget = s.Budget
			}
		}
		var parts []component
		if entry, known := Find(s.Instrument); known {
			parts = entry.parts(s, &r.P)
		}
		e.Club = slices.ContainsFunc(parts, func(c component) bool { return c.single })
		r.acts = append(r.acts, act{spec: s, parts: parts, reach: make([]reach, len(parts))})
	}
	return r, nil
}

// book is the place of a policy's book in the ledger, or where it would be. An act has the same place among the acts.
func book(w *world.World, id string) (int, bool) {
	return slices.BinarySearchFunc(w.Ledger, id, func(e world.LedgerEntry, id string) int { return strings.Compare(e.Policy, id) })
}

// Act finds whom each policy reaches in a tick and how much of its strength it can pay for, and sets the levers. It must
// run alone, after firms are listed and before any rule reads a lever. In the tick in which the budget runs out the
// instrument acts at the strength that the rest of it pays for.
func (r *Rules) Act(w *world.World, tick int) error {
	w.ClearLevers()
	m := &w.Money
	m.PolicyIn, m.PolicyBurnt, m.PublicCost, m.Repaid = 0, 0, 0, 0
	if len(r.acts) == 0 {
		return nil
	}
	r.look(world.NewView(w))
	r.learn(w, tick)
	for _, late := range []bool{false, true} { // those who ask for members come when it is known who they are
		for k := range r.acts {
			if (r.acts[k].spec.Conditions.Membership == "facility") == late {
				r.act(w, &r.acts[k], &w.Ledger[k], tick)
			}
		}
	}
	r.lay(w)
	return nil
}

// look reads what all policies need to know of a tick.
func (r *Rules) look(v world.View) {
	r.emerging = young(v, r.P.EmergingYears, r.emerging)
	r.jobs = append(r.jobs[:0], make([]float64, v.Cells())...)
	r.members = append(r.members[:0], make([]bool, v.Rows())...)
	r.added = 0
	for i := range v.Rows() {
		if v.Living(i) {
			r.jobs[v.Cell(i)] += v.Jobs(i)
			r.added += v.ValueAdded(i)
		}
	}
	for k := range v.Facilities() { // they open behind the policies: whom they served in the last quarter
		for n := range v.FacilityMembers(k) {
			if i, service := v.FacilityMember(k, n); service > 0 {
				r.members[i] = true
			}
		}
	}
	if slices.ContainsFunc(r.acts, func(a act) bool { return a.spec.Potential > 0 }) {
		r.quotients = quotients(v, r.quotients)
	}
}

// act lets one policy act.
func (r *Rules) act(w *world.World, a *act, e *world.LedgerEntry, tick int) {
	e.Now = world.Cost{}
	s := &a.spec
	a.share, a.tail, a.target = 0, 0, a.target[:0]
	active := !s.Off() && tick >= s.From && tick < s.To
	if !active && e.Lent > 0 && !s.Off() {
		a.tail = e.Lent * max(1-float64(tick-s.To)/(world.TicksPerYear*max(r.P.LoanYears, 1e-9)), 0)
	}
	if !active && e.Works <= 0 && a.tail <= 0 {
		e.Lent = 0
		return
	}
	r.gather(w, a, e, tick)
	if active {
		left := left(e) / (1 + r.P.Admin)
		r.pick(a, left, tick)
		a.share = a.affordable(a.want(), left)
		a.begin(r.P.Admin, left)
	}
	for k := range a.parts {
		c, on := &a.parts[k], &a.reach[k]
		if x := a.strength(c); x > 0 {
			c.apply(on, x, &w.Levers)
		}
		if e.Works > 0 {
			c.stand(on, &w.Levers)
		}
		for n, in := range on.joined {
			if in {
				r.members[on.rows[n]] = true
			}
		}
	}
	if active {
		e.Lent = 0
		if slices.ContainsFunc(a.parts, func(c component) bool { return c.pays == Guarantee }) {
			e.Lent = a.share
		}
	}
}

// strength is the part of a component's strength that acts. Where firms bring money of their own to those who build and
// serve, the whole acts; else only what the public pays.
func (a *act) strength(c *component) float64 {
	switch {
	case a.tail > 0 && c.pays == Guarantee:
		return a.tail
	case c.pays.pooled():
		return a.share
	}
	return a.share * (1 - a.spec.Conditions.Match)
}

// want is what all parts at full strength would cost the public in this tick, at most.
func (a *act) want() float64 {
	sum := 0.0
	for k := range a.reach {
		sum += a.reach[k].planned()
	}
	return sum * (1 - a.spec.Conditions.Match)
}

// begin notes what firms add themselves, and what is left.
func (a *act) begin(admin, left float64) {
	m := a.spec.Conditions.Match
	for k := range a.reach {
		on := &a.reach[k]
		on.left = left
		if m > 0 && a.parts[k].pays.pooled() {
			for n, c := range on.cost {
				on.own[n] += float64(m * a.share * c)
			}
		}
	}
}

// crumb is the part of a budget that is left alone: what rounding leaves, and what later cost leaves of its last tick.
const crumb = 1e-3

// left is what is left of a budget.
func left(e *world.LedgerEntry) float64 {
	if e.Budget < 0 {
		return math.Inf(1)
	}
	if x := e.Budget - e.Total.Sum(); x > crumb*e.Budget {
		return x
	}
	return 0
}

// affordable is the share of a sum wanted that what is left pays for.
func (a *act) affordable(want, left float64) float64 {
	if want <= 0 {
		return 0
	}
	return min(1, left/want)
}

// keyOf is the key of a policy's draws.
func keyOf(s *Spec) uint64 { return rng.Key(rng.KeyOf("policy"), rng.KeyOf(s.ID)) }
