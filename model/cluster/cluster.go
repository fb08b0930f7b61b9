// Package cluster finds the clusters of a region once a year and follows them. A cluster is what the definition says: firms of
// one group of related sectors, near each other, linked, and more of them than elsewhere. No rule reads it but the targets of
// policy.
package cluster

import (
	"agglo/model/measure"
	"agglo/model/world"
	"agglo/sim/grid"
)

// Rules find clusters. What they remember of the year before is in the world's column Past.
type Rules struct {
	p      Params
	groups []group
	of     []int32 // by sector: its group
	kernel []*grid.Kernel
	work   []*grid.Work // by area
	jobs   []float64    // by cell: all workers
	total  float64      // of jobs
	land   float64      // km2
	// Of the group at hand, by cell:
	workers, firms         []float64 // spread over the four nearest cells each
	workersNear, firmsNear []float64 // the same smoothed, times the kernel's total
	member                 []bool    // dense
	inside                 []int32   // by row: label of the firm's place, measure.Outside for none; of other groups' firms it has no meaning
	within                 []uint64  // rows of firms in a place, by bits: so few bytes that they stay at hand
}

// group is a group of related sectors.
type group struct {
	id     string
	rows   []int32   // its firms
	jobs   []float64 // by cell
	total  float64   // of jobs
	nation float64   // its share of the nation's jobs; 0 = not known of all its sectors
	before measure.Snapshot
}

// New makes the rules for a world whose grids are laid out.
func New(p Params, w *world.World) *Rules {
	cells := len(w.Cells.Region)
	r := &Rules{p: p, land: land(w), jobs: make([]float64, cells), member: make([]bool, cells)}
	for _, x := range []*[]float64{&r.workers, &r.firms, &r.workersNear, &r.firmsNear} {
		*x = make([]float64, cells)
	}
	place := map[string]int32{}
	for _, s := range w.Setting.Sectors {
		k, ok := place[s.Group]
		if !ok {
			k = int32(len(r.groups))
			place[s.Group] = k
			r.groups = append(r.groups, group{id: s.Group})
		}
		r.of = append(r.of, k)
	}
	for k := range r.groups {
		r.groups[k].nation = nation(w, r.groups[k].id)
	}
	for a := range w.Ground {
		k, err := grid.Gaussian(w.Ground[a].Shape, p.KM)
		if err != nil { // cells wider than the smoothing: each stands for itself
			r.kernel, r.work = append(r.kernel, nil), append(r.work, nil)
			continue
		}
		r.kernel, r.work = append(r.kernel, k), append(r.work, k.NewWork())
	}
	return r
}

// nation is a group's share of the nation's jobs, 0 if it is not known of one of its sectors.
func nation(w *world.World, id string) float64 {
	sum := 0.0
	for _, s := range w.Setting.Sectors {
		if s.Group != id {
			continue
		}
		if s.Nation == 0 {
			return 0
		}
		sum += s.Nation
	}
	return sum
}

// Find finds the clusters at a tick, a year's end or the start, group after group. A firm belongs to at most one cluster, of its
// own group; a cell may belong to clusters of several groups.
func (r *Rules) Find(w *world.World, tick int) error {
	r.count(w)
	last, past := w.Groups, &w.Past
	w.Groups, w.Ended = nil, nil
	if len(past.Groups) == 0 {
		past.Next, past.Groups = 1, make([]world.PastGroup, len(r.groups))
	}
	clear(w.Firms.Cluster)
	for k := range r.groups {
		g, was := &r.groups[k], &past.Groups[k]
		g.before = measure.Snapshot{Label: was.Number, Weight: was.Jobs}
		label, n := r.dense(w, g)
		n = r.keep(w, g, label, n)
		fates := measure.Follow(g.before, measure.Snapshot{Label: label, Weight: g.jobs}, n, past.Next, 0)
		was.Number, was.Jobs, past.Next = fates.ID, g.jobs, fates.Next
		for _, i := range g.rows {
			w.Firms.Cluster[i] = max(fates.ID[w.Firms.Cell[i]], 0)
		}
		describe(w, g, tick, fates)
		bury(w, last, fates.Ended)
		g.before, g.jobs = measure.Snapshot{}, nil // what is known of now is the world's, of the year before nobody's
	}
	return nil
}

// count lists the firms of each group and adds up workers by cell.
func (r *Rules) count(w *world.World) {
	f := &w.Firms
	clear(r.jobs)
	r.total = 0
	for k := range r.groups {
		g := &r.groups[k]
		g.rows, g.total = g.rows[:0], 0
		g.jobs = make([]float64, len(r.jobs)) // that of last year is the world's
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
}
