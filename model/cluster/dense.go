package cluster

import (
	"agglo/model/measure"
	"agglo/model/world"
)

// dense labels the places where a group is dense, from 0, through all areas: connected cells in which its workers and its firms,
// smoothed, are both more than cluster.density times as dense as on the mean of all land. Firms are asked for too because one
// large plant makes its surroundings dense in workers, and is no cluster.
//
// It is DBSCAN (Ester, Kriegel, Sander and Xu 1996) on a grid: the smoothed density takes the place of the count of points within
// reach, and cells reach each other when they touch by a side or a corner. Cells at the border, which DBSCAN would add though they
// are not dense, are left out: smoothing has carried density outwards already, by about the width of the kernel.
func (r *Rules) dense(w *world.World, g *group, on *sheet) (label []int32, n int) {
	if r.land <= 0 || len(g.rows) == 0 {
		label = make([]int32, len(on.member))
		for c := range label {
			label[c] = measure.Outside
		}
		return label, 0
	}
	on.spread(w, g)
	for a := range w.Ground {
		at := &w.Ground[a]
		lo, hi := at.First, at.First+at.Cells
		r.smooth(a, on, on.workersNear[lo:hi], on.workers[lo:hi])
		r.smooth(a, on, on.firmsNear[lo:hi], on.firms[lo:hi])
		r.exceed(w, g, on, a)
		of, places := measure.Connected(at.Shape.NX, at.Shape.NY, on.member[lo:hi])
		if a == 0 {
			label, n = of, places
			continue
		}
		for c, l := range of {
			if l >= 0 {
				of[c] = int32(n) + l
			}
		}
		label = append(label, of...)
		n += places
	}
	return label, n
}

// land is the area of all cells with land, km2.
func land(w *world.World) float64 {
	sum := 0.0
	for a := range w.Ground {
		at := &w.Ground[a]
		for _, land := range w.Cells.Land[at.First:][:at.Cells] {
			if land > 0 {
				sum += float64(at.Shape.CellKM * at.Shape.CellKM)
			}
		}
	}
	return sum
}

// exceed marks an area's cells with land in which workers and firms, smoothed, are denser than cluster.density times their mean on
// all land. Cells of a cluster of the year before are held to less.
func (r *Rules) exceed(w *world.World, g *group, on *sheet, area int) {
	at := &w.Ground[area]
	least := r.p.Density * (at.Shape.CellKM * at.Shape.CellKM) / r.land
	if k := r.kernel[area]; k != nil {
		least *= k.Total()
	}
	jobs, firms := least*g.total, least*float64(len(g.rows)) // that a cell is asked for
	lo, n := at.First, at.Cells
	member, had, workersNear, firmsNear, land := on.member[lo:][:n], on.had[lo:][:n], on.workersNear[lo:][:n], on.firmsNear[lo:][:n], w.Cells.Land[lo:][:n]
	for c := range member {
		asked := 1.0
		if had[c] {
			asked *= r.p.Hold
		}
		member[c] = land[c] > 0 && workersNear[c] > float64(asked*jobs) && firmsNear[c] > float64(asked*firms)
	}
}

// spread puts a group's workers and firms on the cells around them.
func (on *sheet) spread(w *world.World, g *group) {
	f := &w.Firms
	clear(on.workers)
	clear(on.firms)
	for k, i := range g.rows {
		if next := k + world.Batch; k%world.Batch == 0 && next < len(g.rows) {
			world.CallAround(w, int(g.rows[next]), on.workers, 1)
			world.CallAround(w, int(g.rows[next]), on.firms, 1)
		}
		at := &w.Ground[f.Area[i]]
		east, north := at.Shape.Beside()
		c, jobs := at.First+int(f.Base[i]), f.Labour[i]
		sw, se, nw, ne := f.Weights(int(i))
		workers, firms := on.workers[c:], on.firms[c:]
		workers[0] += float64(sw * jobs)
		workers[east] += float64(se * jobs)
		workers[north] += float64(nw * jobs)
		workers[north+east] += float64(ne * jobs)
		firms[0] += sw
		firms[east] += se
		firms[north] += nw
		firms[north+east] += ne
	}
}

// smooth makes of what lies on an area's cells what is near them, times the kernel's total.
func (r *Rules) smooth(area int, on *sheet, near, mass []float64) {
	if k := r.kernel[area]; k != nil {
		k.Smooth(near, mass, on.work[area])
		return
	}
	copy(near, mass)
}
