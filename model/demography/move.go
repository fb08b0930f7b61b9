package demography

import (
	"agglo/model/world"
	"agglo/sim/num"
	"agglo/sim/page"
)

// newborn is a firm founded in this tick, behind the one that its founder left, by rows.
type newborn struct{ parent, row int32 }

// Newborns is the number of firms founded in this tick; Settle walks them.
func (r *Rules) Newborns(*world.World) int { return len(r.born) }

// ReadyToSettle makes room for what newborns compare, a block of Abreast of them at a time. Where firms hear late of how places look, all
// of them settle here, because judging by memory is for one at a time, see AsSeen. It must run alone.
func (r *Rules) ReadyToSettle(w *world.World) {
	blocks := (len(r.born) + Abreast - 1) / Abreast
	for c := &r.compare; len(c.blocks) < blocks; {
		c.blocks = append(c.blocks, compared{})
	}
	if late(w) {
		for k := range blocks {
			r.settle(w, w.Now.Tick, k)
		}
	}
}

// Settle gives newborns what their founders know, and puts them on sites, each near the firm left, or the best of a few sites elsewhere.
func (r *Rules) Settle(w *world.World, tick, lo, _ int) {
	if !late(w) {
		r.settle(w, tick, lo/Abreast)
	}
}

// late says whether firms hear late of how places look.
func late(w *world.World) bool { return len(w.Memory.Past) > 0 }

// settle is Settle of a block of newborns.
func (r *Rules) settle(w *world.World, tick, block int) {
	f, b := &w.Firms, &r.compare.blocks[block]
	b.plans = b.plans[:0]
	born := r.born[block*Abreast : min((block+1)*Abreast, len(r.born))]
	for _, column := range [...][]float64{f.X, f.Y, f.LogTech, f.OwnLogTech} {
		page.CallOf(column, born)
	}
	page.CallOf(f.Area, born)
	page.CallOf(f.Z, born)
	page.CallOf(f.Reach, born)
	for _, of := range born {
		i, area := int(of.row), int(f.Area[of.parent])
		r.learn(w, i, int(of.parent), tick)
		at := world.Point{X: f.X[of.parent], Y: f.Y[of.parent]}
		if w.Seed.Chance(r.P.Stay, drawStay, f.ID[i], tick, 0) {
			at, _ = r.beside(w, area, at, f.ID[i], tick) // or where the firm left is
		} else {
			b.plans = append(b.plans, plan{row: of.row})
		}
		w.Place(i, area, at)
	}
	b.visits = r.decide(w, tick, 0, b.plans, b.visits)
	for k := range b.plans {
		if p := &b.plans[k]; p.goes {
			w.Place(int(p.row), int(p.area), p.at)
		}
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
		if !stands(f, i, tick) || !g.Inside(p.At) || w.Cells.Land[g.First+g.CellAt(p.At)] <= 0 {
			continue // the firm has closed, or there is no land
		}
		f.Flag[i] &^= world.FlagMove
		r.move(w, i, p.Area, p.At)
	}
	if r.compare.tick == tick {
		r.carryOut(w, tick)
		return nil
	}
	for i := range f.ID {
		if moves(f, i, tick) {
			r.relocate(w, i, tick)
		}
	}
	return nil
}

// moves says whether a firm is to compare sites.
func moves(f *world.Firms, i, tick int) bool {
	return f.Flag[i]&world.FlagMove != 0 && stands(f, i, tick)
}

// relocate lets a firm compare sites and move to a better one.
func (r *Rules) relocate(w *world.World, i, tick int) {
	p := [1]plan{{row: int32(i)}}
	r.visits = r.decide(w, tick, r.hurdle(), p[:], r.visits)
	if p[0].goes {
		r.move(w, i, int(p[0].area), p[0].at)
	}
}

// hurdle is what moving costs in the value of a site.
func (r *Rules) hurdle() float64 { return r.P.MoveCost / r.P.Horizon }

// move puts a firm on another site. It pays the households of the place that it leaves.
func (r *Rules) move(w *world.World, i, area int, at world.Point) {
	w.Count.Moves++
	cost := r.P.MoveCost * w.Firms.Sales[i]
	w.Firms.Cash[i] -= float64(cost)
	w.Receive(int(w.Firms.Cell[i]), cost)
	w.Place(i, area, at)
	r.compare.left.add(i)
}
