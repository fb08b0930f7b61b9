package club

import (
	"slices"

	"agglo/model/world"
	"agglo/sim/num"
)

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
