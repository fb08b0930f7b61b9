package club

import (
	"slices"

	"agglo/model/world"
)

// quarter is who uses a facility in a tick.
type quarter struct {
	in     []int   // places in the list of candidates
	places float64 // workers
	users  float64 // workers of those who use it
	fee    float64 // per worker and year
}

// open finds how many places a facility can run and who uses them. A place costs so much a year; what is there for it is the
// balance, the grant and the fees of the quarter, so that a facility without money has no places.
func (r *Rules) open(w *world.World, f *world.Facility) quarter {
	in, s := &w.Setting.Institutions[f.Institution], &f.Now
	place := r.Does.Place * w.Now.Wage / world.TicksPerYear
	q := quarter{places: in.Capacity * r.P.Places / w.Setting.Scale, fee: r.fee(w, f)}
	cost := place * q.places
	grant := max(in.Budget, 0) * w.Now.Wage / world.TicksPerYear
	if in.Sharing {
		q = r.share(q, max(float64(cost)-f.Balance-float64(grant), 0)*world.TicksPerYear)
	} else {
		q = r.sell(q, place, f.Balance+float64(grant), in.Budget < 0)
	}
	s.Places, s.Fees, s.Cost = q.places, q.fee*q.users/world.TicksPerYear, place*q.places
	if q.places > 0 {
		s.Grant = grant
	}
	if in.Budget < 0 && !in.Sharing {
		s.Grant = max(s.Cost-f.Balance-s.Fees, 0)
	}
	return q
}

// sell lets in who gains by the fee. Unless the treasury covers what is missing, places are cut down to those that the money
// at hand and the fees pay for.
func (r *Rules) sell(q quarter, place, money float64, covered bool) quarter {
	queue := world.Queue(r.work, q.fee)
	for range mostCuts {
		q.in = world.Admit(r.work, queue, q.places, q.fee)
		q.users = r.jobs(q.in)
		have := money + float64(q.fee*q.users/world.TicksPerYear)
		most := have / place
		if covered || q.places <= most { // places times place can be a hair above have where they were set to have over place
			return q
		}
		q.places = most
	}
	q.places, q.in, q.users = max(money, 0)/place, nil, 0
	q.in = world.Admit(r.work, queue, q.places, q.fee)
	q.users = r.jobs(q.in)
	return q
}

// mostCuts is how often places are cut down before fees are not counted on any more.
const mostCuts = 40

// share lets members share a yearly cost and decide how many they are. Without members there are no places.
func (r *Rules) share(q quarter, cost float64) quarter {
	queue := world.Queue(r.work, 0)
	q.in = world.AdmitSharing(r.work, queue, q.places, cost)
	for { // who cannot pay the share makes it dearer for the others
		if q.users = r.jobs(q.in); q.users <= 0 {
			return quarter{}
		}
		q.fee = cost / q.users
		able := slices.DeleteFunc(slices.Clone(q.in), func(k int) bool { return r.cash[k] < q.fee*r.work[k].Jobs/world.TicksPerYear })
		if len(able) == len(q.in) {
			return q
		}
		fewer := make([]world.Candidate, len(r.work))
		for _, k := range able {
			fewer[k] = r.work[k]
		}
		q.in = world.AdmitSharing(fewer, able, q.places, cost)
	}
}

// jobs is the number of workers of candidates.
func (r *Rules) jobs(in []int) float64 {
	sum := 0.0
	for _, k := range in {
		sum += r.work[k].Jobs
	}
	return sum
}

// enrol notes on the roll who uses the facility and what they pay; whoever else is on it is idle.
func (r *Rules) enrol(w *world.World, f *world.Facility, q quarter) {
	for n := range f.Members {
		m := &f.Members[n]
		m.Idle, m.Fee, m.Serve = m.Idle+1, 0, 0
	}
	row := func(m world.Member, row int32) int { return int(m.Row - row) }
	mean := 0.0
	for _, k := range q.in {
		at, found := slices.BinarySearchFunc(f.Members, r.rows[k], row)
		if !found {
			f.Members = slices.Insert(f.Members, at, world.Member{ID: r.work[k].ID, Row: r.rows[k]})
		}
		m := &f.Members[at]
		m.Idle, m.Fee = 0, q.fee*r.work[k].Jobs/world.TicksPerYear
		m.Serve = r.near[k] / world.Crowding(q.users/q.places)
		mean += float64(m.Serve * r.work[k].Jobs)
	}
	s := &f.Now
	s.Using, s.Jobs, s.Fees = len(q.in), q.users, 0
	for n := range f.Members {
		s.Fees += f.Members[n].Fee
	}
	if q.users > 0 {
		s.Mean = mean / q.users
	}
}

// push lets the levers act on those who use a facility, and on its site while it is open.
func (r *Rules) push(w *world.World, f *world.Facility, k int) {
	of, l := r.kinds[k], &w.Levers
	gains := of.gains(&r.Does)
	for n := range f.Members {
		m := &f.Members[n]
		if m.Serve <= 0 {
			continue
		}
		for _, g := range gains {
			l.Push(g.lever, int(m.Row), g.x*m.Serve)
		}
	}
	cell := int(f.Cell)
	if f.Now.Places <= 0 {
		return
	}
	if of.land {
		l.PushCell(world.LeverLand, cell, f.Now.Places)
	}
	open := 1 / world.Crowding(f.Now.Jobs/f.Now.Places)
	if of.rent {
		r.levers[k].rent = r.Does.Rent * open
		l.PushCell(world.LeverRent, cell, r.levers[k].rent)
	}
	if of.entry {
		r.levers[k].entry = r.Does.Entry * open
		l.PushCell(world.LeverEntry, cell, r.levers[k].entry)
	}
	if of.tax {
		l.TaxOffers = append(l.TaxOffers, world.CellTaxOffer{Cell: cell, Off: r.Does.Tax * open})
		for _, i := range w.Index.Rows {
			if int(w.Firms.Cell[i]) == cell {
				l.Push(world.LeverTax, int(i), r.Does.Tax*open)
			}
		}
	}
}
