package model

import (
	"agglo/model/production"
	"agglo/model/world"
)

// Cut cuts channels of nearness for all firms of an engine's world from the next tick on: a firm meets the region's mean
// site as it is now, or the stranger's prior, or learns from nobody but the world. It is for replays: run it on a Branch.
func Cut(e *Engine, s Setup, off world.Channels) {
	w := e.World
	w.Cuts = world.Cuts{Off: off}
	r := newRules(w, &s.Params).production
	n := len(w.Setting.Sectors)
	sums, pool, workers := make([]float64, n), make([]float64, n), make([]float64, n)
	jobs := 0.0
	for i, id := range w.Firms.ID {
		if id == 0 || w.Firms.Sales[i] <= 0 {
			continue
		}
		l, own := w.Firms.Labour[i], int(w.Firms.Sector[i])
		production.Suppliers(w, i, l, sums)
		pool[own] += float64(l * r.Workers(w, i))
		workers[own] += l
		jobs += l
	}
	w.Cuts.Supply, w.Cuts.Pool = make([]float64, n), make([]float64, n)
	for k := range n {
		if jobs > 0 {
			w.Cuts.Supply[k] = sums[k] / jobs / w.SupplyUnit(k)
		}
		if workers[k] > 0 {
			w.Cuts.Pool[k] = pool[k] / workers[k] / w.PoolUnit(k)
		}
	}
}
