// Package cluster finds the clusters of a region once a year and follows them. A cluster is what the definition says: firms of
// one group of related sectors, near each other, linked, and more of them than elsewhere. No rule reads it but the targets of
// policy, and, where that is switched on, agreements on prices.
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
	of     []int32          // by sector: its group
	kernel []*grid.Kernel   // by area; nil = each cell stands for itself
	jobs   []float64        // by cell: all workers
	total  float64          // of jobs
	land   float64          // km2
	inside []int32          // by row: label of the firm's place in its group, measure.Outside for none
	before measure.Snapshot // clusters of the year before, of the group at hand
	sheets world.Lent[*sheet]
}

// A sheet is what a goroutine writes on while it seeks one group's clusters, by cell.
type sheet struct {
	workers, firms         []float64    // spread over the four nearest cells each
	workersNear, firmsNear []float64    // the same smoothed, times the kernel's total
	member                 []bool       // dense
	had                    []bool       // was in a cluster of the group a year ago
	work                   []*grid.Work // by area
	grouped, within        rowSet       // the group's firms; those in a place
}

// group is a group of related sectors.
type group struct {
	id     string
	rows   []int32   // its firms
	jobs   []float64 // by cell
	total  float64   // of jobs
	nation float64   // its share of the nation's jobs; 0 = not known of all its sectors
	label  []int32   // by cell: its place among the group's clusters of now, from 0
	n      int       // how many there are
}

// New makes the rules for a world whose grids are laid out.
func New(p Params, w *world.World) *Rules {
	cells := len(w.Cells.Region)
	r := &Rules{p: p, land: land(w), jobs: make([]float64, cells)}
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
			k = nil
		}
		r.kernel = append(r.kernel, k)
	}
	r.sheets = world.NewLent[*sheet](len(r.groups))
	return r
}

// sheet makes a sheet.
func (r *Rules) sheet() *sheet {
	s := &sheet{member: make([]bool, len(r.jobs)), had: make([]bool, len(r.jobs)), work: make([]*grid.Work, len(r.kernel))}
	for _, x := range []*[]float64{&s.workers, &s.firms, &s.workersNear, &s.firmsNear} {
		*x = make([]float64, len(r.jobs))
	}
	for a, k := range r.kernel {
		if k != nil {
			s.work[a] = k.NewWork()
		}
	}
	return s
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

// Find is Count, Seek and Follow: it finds the clusters at a tick, a year's end or the start, group after group. A firm belongs to at
// most one cluster, of its own group; a cell may belong to clusters of several groups.
func (r *Rules) Find(w *world.World, tick int) error {
	if err := r.Count(w, tick); err != nil {
		return err
	}
	r.Seek(w, tick, 0, r.Groups(w))
	return r.Follow(w, tick)
}

// Groups is the number of groups of sectors; Seek walks them.
func (r *Rules) Groups(*world.World) int { return len(r.groups) }

// Seek finds where the clusters of some groups are.
func (r *Rules) Seek(w *world.World, _, lo, hi int) {
	on := r.sheets.Borrow(r.sheet)
	for k := lo; k < hi; k++ {
		g, was := &r.groups[k], &w.Past.Groups[k]
		for _, c := range was.Cell {
			on.had[c] = true
		}
		label, n := r.dense(w, g, on)
		g.label, g.n = label, r.keep(w, g, on, label, n)
		for _, c := range was.Cell {
			on.had[c] = false
		}
	}
	r.sheets.Return(on)
}
