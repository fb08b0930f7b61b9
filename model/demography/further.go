package demography

import (
	"agglo/model/world"
	"agglo/sim/rng"
)

// Remember notes how places look, where firms learn of it late. It must run alone, before any of them compares sites.
func (r *Rules) Remember(w *world.World, _ int) error {
	if r.P.PerceptionLag == 0 {
		w.Memory = world.Memory{} // of a run that went on with other parameters
		return nil
	}
	w.Remember(r.P.PerceptionLag)
	return nil
}

// furtherMost bounds the further sites that information brings, like the parameter of random ones.
const furtherMost = 20

// lookFurther lets a firm that is well informed look at further random sites; the part of one is a chance.
func (r *Rules) lookFurther(w *world.World, i, tick int, consider func(area int, at world.Point)) {
	known := w.Levers.Of(world.LeverInformation, i)
	if known <= 0 {
		return
	}
	id := w.Firms.ID[i]
	more := int(min(known, furtherMost) + w.Seed.Uniform(drawFurther, id, tick, 0))
	for k := range min(more, furtherMost) {
		if a, p, ok := r.anywhere(w, drawFurther, id, tick, 1+4*k, 3+4*k); ok {
			consider(a, p)
		}
	}
}

// anywhere is a random point of land: one cell with land of all of them by even chances, and a point in it, by the draws of a purpose from
// pick and from offset on. ok is false where there is no land.
func (r *Rules) anywhere(w *world.World, purpose rng.Purpose, id uint64, tick, pick, offset int) (area int, at world.Point, ok bool) {
	all := 0
	for _, land := range r.land {
		all += len(land)
	}
	if all == 0 {
		return 0, at, false
	}
	k := int(w.Seed.Uniform(purpose, id, tick, pick) * float64(all))
	for k >= len(r.land[area]) {
		k -= len(r.land[area])
		area++
	}
	return area, r.within(w, area, int(r.land[area][k]), purpose, id, tick, offset), true
}

// within is a random point of a cell of an area, by two draws of a purpose from one on.
func (r *Rules) within(w *world.World, area, cell int, purpose rng.Purpose, id uint64, tick, draw int) world.Point {
	g := &w.Ground[area]
	at := g.Mid(cell)
	at.X += float64(g.Shape.CellKM * (w.Seed.Uniform(purpose, id, tick, draw) - .5))
	at.Y += float64(g.Shape.CellKM * (w.Seed.Uniform(purpose, id, tick, draw+1) - .5))
	return at
}
