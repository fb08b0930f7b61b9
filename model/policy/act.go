package policy

import (
	"slices"

	"agglo/model/world"
)

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

// Act finds whom each policy reaches in a tick and how much of its strength it can pay for, and sets the levers. It must
// run alone, before any rule reads a lever. In the tick in which the budget runs out the
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
	hope := 0.0 // strength that those who come may hope for, where nobody is there yet whom it would cost anything
	if active {
		left := left(e) / (1 + r.P.Admin)
		r.pick(a, left, tick)
		want, money := a.want(), a.money(left, tick)
		a.share = a.affordable(want, money)
		a.begin(money)
		if want == 0 && left > 0 {
			hope = 1 - s.Conditions.Match
		}
	}
	for k := range a.parts {
		c, on := &a.parts[k], &a.reach[k]
		if x := a.strength(c); x > 0 {
			c.apply(on, x, &w.Levers)
			r.offers(w, a, e, k, x)
		} else if hope > 0 {
			r.offers(w, a, e, k, hope)
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
