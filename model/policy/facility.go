package policy

import (
	"math"

	"agglo/model/world"
	"agglo/sim/num"
)

// A facility stands on one site and serves members. Its service to firm i is
//
//	s = e^(-d/reach) / (1 + .15 (U/Q)^4)
//
// with d the distance, Q the workers that it has places for and U the workers of its members: crowding as on roads (Bureau
// of Public Roads 1964). A firm is a member where the yearly worth of the service to it exceeds the fee. Where channels of
// nearness are cut for a replay, clubs among them, nobody is.
type facility struct {
	spending
	p      *world.FacilityParams
	stands bool    // places are capital that lasts; else they are run with the money of the tick
	land   bool    // places are room for workers too
	young  float64 // age below which firms may be members, years; 0 = any age
	gains  []gain  // at full service
}

// apply serves with the money of the tick.
func (g facility) apply(r *reach, share float64, l *world.Levers) {
	if !g.stands {
		g.serve(r, share*r.planned()*world.TicksPerYear/(g.p.Place*r.view.WorldWage()), l)
	}
}

// stand serves with the capital that stands.
func (g facility) stand(r *reach, l *world.Levers) {
	if !g.stands {
		return
	}
	places := r.works / g.p.PlaceCapital
	if g.land && !r.view.Cut(world.ChannelClub) {
		for _, c := range r.sites {
			l.PushCell(world.LeverLand, int(c), places)
		}
	}
	g.serve(r, places, l)
}

// serve finds the members and lets the levers act on them.
func (g facility) serve(r *reach, places float64, l *world.Levers) {
	if len(r.sites) == 0 || places <= 0 || r.view.Cut(world.ChannelClub) {
		return
	}
	near := g.nearness(r)
	list, users := g.admitted(r, near, places), 0.0
	for _, k := range list {
		users += r.view.Jobs(int(r.rows[k]))
	}
	for _, k := range list {
		i, s := int(r.rows[k]), near[k]/world.Crowding(users/places)
		r.own[k] += float64(g.fee(r.view, i) / world.TicksPerYear)
		r.joined[k] = true
		for _, x := range g.gains {
			l.Push(x.lever, i, x.x*s)
		}
	}
}

// admitted lists who is let in, see world.Admit. Whoever cannot pay the fee stays outside.
func (g facility) admitted(r *reach, near []float64, places float64) []int {
	v := r.view
	all := make([]world.Candidate, len(near))
	for k, row := range r.rows {
		i := int(row)
		all[k] = world.Candidate{ID: v.ID(i), Jobs: v.Jobs(i)}
		if v.Cash(i) >= g.fee(v, i)/world.TicksPerYear {
			all[k].Worth = g.p.Worth * near[k] * max(v.ValueAdded(i), 0)
		}
	}
	fee := g.p.Fee * v.WorldWage()
	return world.Admit(all, world.Queue(all, fee), places, fee)
}

// nearness is e^(-d/reach) of each firm, 0 for those who may not be members.
func (g facility) nearness(r *reach) []float64 {
	v, at := r.view, r.view.CellMid(int(r.sites[0]))
	near := make([]float64, len(r.rows))
	for k, row := range r.rows {
		i := int(row)
		if g.young > 0 && v.Age(i) >= g.young {
			continue
		}
		near[k] = num.Exp(-num.Hypot(v.X(i)-at.X, v.Y(i)-at.Y) / g.p.ReachKM)
	}
	return near
}

// fee is what firm i would pay in a year.
func (g facility) fee(v world.View, i int) float64 { return g.p.Fee * v.WorldWage() * v.Jobs(i) }

// rentRelief pays a share of the rents in the cells of a site.
type rentRelief struct {
	plain
	share float64
}

func (g rentRelief) cost(v world.View, i int) float64 {
	return g.share * v.Rent(i) * v.Jobs(i) / world.TicksPerYear
}

func (g rentRelief) apply(r *reach, share float64, l *world.Levers) {
	for _, c := range r.sites {
		l.PushCell(world.LeverRent, int(c), share*g.share)
	}
}

// spent is this policy's part of the rent that was paid for the firm.
func (g rentRelief) spent(v world.View, l *world.Levers, i int, share, _ float64) float64 {
	all := l.OfCell(world.LeverRent, v.Cell(i))
	if all <= 0 {
		return 0
	}
	return float64(min(all, 1) * v.Rent(i) * v.Jobs(i) / world.TicksPerYear * (share * g.share / all))
}

// siteOf is the cell on which a facility is built: the one with land nearest to the middle of the target's circle, else the
// one of the target's cells where most work; -1 if there is none. The first of equals is taken.
func siteOf(v world.View, t *Target, cells []int32, jobs []float64) int {
	best, least := -1, math.Inf(1)
	for _, c := range cells {
		miss := -jobs[c]
		if t.Within != nil {
			mid := v.CellMid(int(c))
			miss = num.Hypot(mid.X-t.Within.At.X, mid.Y-t.Within.At.Y)
		}
		if miss < least {
			best, least = int(c), miss
		}
	}
	return best
}
