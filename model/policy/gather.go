package policy

import (
	"cmp"
	"math"
	"slices"

	"agglo/model/world"
)

// gather lists whom each part of a policy works among, and what they would cost at full strength.
func (r *Rules) gather(w *world.World, a *act, e *world.LedgerEntry, tick int) {
	v := world.NewView(w)
	for k := range a.parts {
		if c := &a.parts[k]; len(e.Sites) == 0 && (c.at == onSites || c.single) {
			e.Sites = r.sites(v, &a.spec, slices.ContainsFunc(a.parts, func(c component) bool { return c.single }))
		}
	}
	a.added = 0
	for i := range v.Rows() {
		if v.Living(i) && r.takesPart(v, a, e, i, tick) {
			a.target = append(a.target, int32(i))
			a.added += v.ValueAdded(i)
		}
	}
	for k := range a.parts {
		c, on := &a.parts[k], &a.reach[k]
		*on = reach{
			view: v, seed: w.Seed, tick: tick, key: keyOf(&a.spec), jobs: r.jobs, sites: e.Sites, works: e.Works,
			rows: on.rows[:0], cost: on.cost[:0], own: on.own[:0], joined: on.joined[:0], granted: on.granted[:0],
		}
		if c.at != onSites {
			on.rows = append(on.rows, a.target...)
		} else {
			for i := range v.Rows() {
				if v.Living(i) && built(e, v.Cell(i)) {
					on.rows = append(on.rows, int32(i))
				}
			}
		}
		on.price(c)
	}
}

// price works out what each would cost, with room for what it adds itself.
func (r *reach) price(c *component) {
	r.cost, r.own, r.joined = r.cost[:0], r.own[:0], r.joined[:0]
	for _, i := range r.rows {
		r.cost, r.own, r.joined = append(r.cost, c.cost(r.view, int(i))), append(r.own, 0), append(r.joined, false)
	}
}

// sites lists, in ascending order, the cells with land that a target chooses; of a facility, the best of them.
func (r *Rules) sites(v world.View, s *Spec, single bool) []int32 {
	var cells []int32
	circle := s.Target.Within
	for c := range v.Cells() {
		if v.CellLand(c) > 0 && s.Target.place(v.CellRegion(c), v.CellMid(c)) && s.Target.groupedAt(v, c, r.emerging) &&
			r.promises(v, s, v.CellMarket(c), -1) {
			cells = append(cells, int32(c))
		}
	}
	if !single {
		return cells
	}
	if len(cells) == 0 && circle != nil { // a circle smaller than a cell
		for c := range v.Cells() {
			mid, half := v.CellMid(c), v.CellKM(c)/2
			if v.CellLand(c) > 0 && math.Abs(mid.X-circle.At.X) <= half && math.Abs(mid.Y-circle.At.Y) <= half {
				cells = append(cells, int32(c))
			}
		}
	}
	if at := siteOf(v, &s.Target, cells, r.jobs); at >= 0 {
		return []int32{int32(at)}
	}
	return nil
}

// pick lets an authority choose whom its money of the tick reaches, where the style asks for it: those who come first are
// served at full strength until a part of what is left, over the quarters to come, is gone.
func (r *Rules) pick(a *act, left float64, tick int) {
	if a.spec.Style == Everyone {
		return
	}
	v := a.reach[0].view
	money := left / float64(a.spec.To-tick)
	price := make([]float64, len(a.target))
	for k := range a.reach {
		if a.parts[k].at == onSites {
			continue // it serves whoever is there
		}
		for n, c := range a.reach[k].cost {
			price[n] += float64((1 - a.spec.Conditions.Match) * c)
		}
	}
	order := make([]int, 0, len(a.target))
	rank := make([]float64, len(a.target))
	for n, i := range a.target {
		x, applies := a.rank(v, int(i))
		if rank[n] = x; applies {
			order = append(order, n)
		}
	}
	slices.SortFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(rank[y], rank[x]), cmp.Compare(v.ID(int(a.target[x])), v.ID(int(a.target[y]))))
	})
	var picked []int32
	for _, n := range order {
		if price[n] > money {
			break
		}
		if price[n] > 0 {
			money -= price[n]
			picked = append(picked, a.target[n])
		}
	}
	slices.Sort(picked)
	a.target = append(a.target[:0], picked...)
	for k := range a.reach {
		if on := &a.reach[k]; a.parts[k].at != onSites {
			on.rows = append(on.rows[:0], picked...)
			on.price(&a.parts[k])
		}
	}
}

// rank is where firm i stands in the queue, and whether it stands there at all.
func (a *act) rank(v world.View, i int) (rank float64, applies bool) {
	if a.spec.Style == Central {
		return v.Jobs(i), true
	}
	trusted := 0.0
	for k := range world.CollaborationSlots {
		if back, ok := v.TrustBack(i, k); ok {
			trusted += back
		}
	}
	return trusted, trusted > 0 && v.Profit(i) > 0
}
