package demography

import (
	"agglo/model/world"
	"agglo/sim/num"
	"agglo/sim/rng"
)

// settle puts a founder on a site: near the firm left, or the best of a few sites elsewhere.
func (r *Rules) settle(w *world.World, i, parent, tick int) {
	f := &w.Firms
	area := int(f.Area[parent])
	home := world.Point{X: f.X[parent], Y: f.Y[parent]}
	w.Place(i, area, home)
	if w.Seed.Chance(r.P.Stay, drawStay, f.ID[i], tick, 0) {
		if at, ok := r.beside(w, area, home, f.ID[i], tick); ok {
			w.Place(i, area, at)
		}
		return
	}
	if area, at, ok := r.choose(w, i, tick, 0); ok {
		w.Place(i, area, at)
	}
}

// beside draws a point near another, Laplace in each direction, on land.
func (r *Rules) beside(w *world.World, area int, at world.Point, id uint64, tick int) (world.Point, bool) {
	g := &w.Ground[area]
	for k := range 5 {
		p := world.Point{X: at.X + r.laplace(w, id, tick, 2*k), Y: at.Y + r.laplace(w, id, tick, 2*k+1)}
		if g.Inside(p) && w.Cells.Land[g.First+g.CellAt(p)] > 0 {
			return p, true
		}
	}
	return at, false
}

func (r *Rules) laplace(w *world.World, id uint64, tick, k int) float64 {
	u := w.Seed.Uniform(drawOffset, id, tick, k) - .5
	if u < 0 {
		return r.P.StayKM * num.Log(1+float64(2*u))
	}
	return -r.P.StayKM * num.Log(1-float64(2*u))
}

// Relocate moves the marked firms that find a better site, and lets them pay for it. Firms that are put somewhere go there
// first, pay as well, and stay for the tick.
func (r *Rules) Relocate(w *world.World, tick int) error {
	f := &w.Firms
	w.Count.Moves = 0
	for _, p := range w.Levers.Moves {
		i, g := int(p.Row), &w.Ground[p.Area]
		if f.ID[i] == 0 || f.Born[i] == int32(tick) || !g.Inside(p.At) || w.Cells.Land[g.First+g.CellAt(p.At)] <= 0 {
			continue // the firm has closed, its row is another's, or there is no land
		}
		f.Flag[i] &^= world.FlagMove
		r.move(w, i, p.Area, p.At)
	}
	for i, id := range f.ID {
		if id == 0 || f.Flag[i]&world.FlagMove == 0 || f.Born[i] == int32(tick) {
			continue
		}
		area, at, ok := r.choose(w, i, tick, r.P.MoveCost/r.P.Horizon)
		if !ok {
			continue
		}
		r.move(w, i, area, at)
	}
	return nil
}

// move puts a firm on another site. It pays the households of the place that it leaves.
func (r *Rules) move(w *world.World, i, area int, at world.Point) {
	w.Count.Moves++
	cost := r.P.MoveCost * w.Firms.Sales[i]
	w.Firms.Cash[i] -= float64(cost)
	w.Receive(int(w.Firms.Cell[i]), cost)
	w.Place(i, area, at)
}

// choose compares the present site with a few others, a logit whose draws are addressed by firm and cell (McFadden 1974):
// a partner's neighbourhood, a visible success of its sector, random land, more of it with better information. hurdle is what moving costs in value. ok is
// false when the firm stays.
func (r *Rules) choose(w *world.World, i, tick int, hurdle float64) (area int, at world.Point, ok bool) {
	f := &w.Firms
	area, at = int(f.Area[i]), world.Point{X: f.X[i], Y: f.Y[i]}
	best := r.worth(w, i, area, at, tick)
	consider := func(a int, p world.Point) {
		g := &w.Ground[a]
		c := g.CellAt(p)
		if !g.Inside(p) || w.Cells.Land[g.First+c] <= 0 || g.First+c == int(f.Cell[i]) {
			return
		}
		if v := r.worth(w, i, a, p, tick) - float64(r.P.Sharpness*hurdle); v > best {
			best, area, at, ok = v, a, p, true
		}
	}
	visit := func(j, k int) {
		if p, fine := r.beside(w, int(f.Area[j]), world.Point{X: f.X[j], Y: f.Y[j]}, rng.Key(f.ID[i], uint64(k)), tick); fine {
			consider(int(f.Area[j]), p)
		}
	}
	if t := f.OneCollaborator(i, w.Seed.Uniform(drawSite, f.ID[i], tick, 0)); t != nil {
		visit(int(t.Partner), 1)
	}
	if t := f.OneSupplier(i, w.Seed.Uniform(drawSite, f.ID[i], tick, 2)); t != nil {
		visit(int(t.Partner), 3)
	}
	if s := int(f.Sector[i]); r.P.Successes {
		lo, _ := w.Bucket(s, 0)
		_, hi := w.Bucket(s, len(w.Cells.Region)-1)
		if hi > lo {
			j := int(w.Index.Rows[w.DrawJobs(lo, hi, w.Seed.Uniform(drawSite, f.ID[i], tick, 1))])
			if f.ID[j] != 0 {
				visit(j, 2)
			}
		}
	}
	for k := range r.P.Strangers {
		if a, p, fine := r.anywhere(w, drawSite, f.ID[i], tick, 10+2*k, 50+2*k); fine {
			consider(a, p)
		}
	}
	r.lookFurther(w, i, tick, consider)
	return area, at, ok
}

// worth is the value of a site in the logit: sharpness times value, plus a taste addressed by firm and cell.
func (r *Rules) worth(w *world.World, i, area int, at world.Point, tick int) float64 {
	g := &w.Ground[area]
	cell := uint64(g.First + g.CellAt(at))
	return float64(r.P.Sharpness*r.Outside.Site(w, i, area, at)) + w.Seed.Gumbel(drawTaste, rng.Key(w.Firms.ID[i], cell), tick, 0)
}
