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
func (r *Rules) dense(w *world.World, g *group) (label []int32, n int) {
	land := 0.0 // km2
	for a := range w.Ground {
		at := &w.Ground[a]
		for c := at.First; c < at.First+at.Cells; c++ {
			if w.Cells.Land[c] > 0 {
				land += float64(at.Shape.CellKM * at.Shape.CellKM)
			}
		}
	}
	label = make([]int32, len(r.smooth))
	if land <= 0 || len(g.rows) == 0 {
		for c := range label {
			label[c] = measure.Outside
		}
		return label, 0
	}
	r.spread(w, g, func(i int32) float64 { return w.Firms.Labour[i] })
	r.exceed(w, g, g.total/land, true)
	r.spread(w, g, func(int32) float64 { return 1 })
	r.exceed(w, g, float64(len(g.rows))/land, false)
	for a := range w.Ground {
		at := &w.Ground[a]
		of, places := measure.Connected(at.Shape.NX, at.Shape.NY, r.member[at.First:at.First+at.Cells])
		for c, l := range of {
			label[at.First+c] = measure.Outside
			if l >= 0 {
				label[at.First+c] = int32(n) + l
			}
		}
		n += places
	}
	return label, n
}

// exceed marks the cells with land in which what was spread last is denser than cluster.density times a mean density per km2; the
// first call marks anew, further ones leave marks only where they agree. Cells of a cluster of the year before are held to less.
func (r *Rules) exceed(w *world.World, g *group, mean float64, first bool) {
	for a := range w.Ground {
		at := &w.Ground[a]
		least := r.p.Density * mean * (at.Shape.CellKM * at.Shape.CellKM)
		for c := at.First; c < at.First+at.Cells; c++ {
			asked := least
			if g.had(c) {
				asked *= r.p.Hold
			}
			r.member[c] = (first || r.member[c]) && w.Cells.Land[c] > 0 && r.smooth[c] > asked
		}
	}
}

// had says whether a cell was in a cluster of the group a year ago.
func (g *group) had(c int) bool { return len(g.before.Label) > 0 && g.before.Label[c] >= 0 }

// spread smooths a weight of each of a group's firms over the cells around them.
func (r *Rules) spread(w *world.World, g *group, weight func(i int32) float64) {
	f := &w.Firms
	clear(r.mass)
	for _, i := range g.rows {
		at := &w.Ground[f.Area[i]]
		at.Shape.Deposit(r.mass[at.First:at.First+at.Cells], f.Base[i], float64(f.WX[i]), float64(f.WY[i]), weight(i))
	}
	for a := range w.Ground {
		at := &w.Ground[a]
		lo, hi := at.First, at.First+at.Cells
		if r.kernel[a] == nil {
			copy(r.smooth[lo:hi], r.mass[lo:hi])
			continue
		}
		r.kernel[a].Smooth(r.smooth[lo:hi], r.mass[lo:hi], r.work[a])
		total := r.kernel[a].Total()
		for c := lo; c < hi; c++ {
			r.smooth[c] /= total
		}
	}
}
