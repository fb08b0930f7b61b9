package cluster

import (
	"agglo/model/world"
	"agglo/sim/page"
)

// Count lists the firms of each group and adds up workers by cell. It must run alone.
func (r *Rules) Count(w *world.World, _ int) error {
	f, past := &w.Firms, &w.Past
	clear(r.jobs)
	r.total = 0
	if n := len(f.ID); len(r.inside) < n {
		r.inside = page.Room[int32](n + n/32)[:n+n/32]
	}
	if len(past.Groups) == 0 {
		past.Next, past.Groups = 1, make([]world.PastGroup, len(r.groups))
	}
	for k := range r.groups {
		g := &r.groups[k]
		g.rows, g.total = g.rows[:0], 0
		g.jobs = make([]float64, len(r.jobs))
	}
	for i, id := range f.ID {
		if next := i + world.Batch; i%world.Batch == 0 && next < len(f.ID) {
			world.CallCells(w, next, r.jobs)
			world.CallCells(w, next, r.groups[r.of[f.Sector[next]]].jobs)
		}
		if id == 0 {
			continue
		}
		g := &r.groups[r.of[f.Sector[i]]]
		g.rows = append(g.rows, int32(i))
		g.jobs[f.Cell[i]] += f.Labour[i]
		g.total += f.Labour[i]
		r.jobs[f.Cell[i]] += f.Labour[i]
		r.total += f.Labour[i]
	}
	return nil
}
