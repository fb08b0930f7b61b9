package demography

import (
	"agglo/model/world"
	"agglo/sim/page"
)

// leave finds the sectors of those who leave related work, and which firms they leave.
func (r *Rules) leave(w *world.World, some []founder, tick int) {
	for len(some) > 0 && some[0].how != deNovo {
		some = some[1:]
	}
	x, cells := &w.Index, len(w.Cells.Region)
	for k := range r.rate {
		page.CallOf(x.Start[k*cells:], some)
	}
	for k := range r.rate {
		var entries [Abreast]int32
		for n := range some {
			entries[n] = x.Start[k*cells+int(some[n].parent)].First
		}
		page.Call(x.Jobs, entries[:len(some)], 1, 0, 1)
	}
	for k := range some {
		by := &some[k]
		cell := int(by.parent)
		by.sector = int32(r.trade(w, cell, by.id, tick))
		by.parent = int32(r.source(w, int(by.sector), cell, by.id, tick))
	}
}

// trade is the sector in which a founder from a cell starts a firm, by the workers there who are related to it. It must run alone.
func (r *Rules) trade(w *world.World, cell int, id uint64, tick int) int {
	n := len(r.rate)
	for k := range n {
		a, b := w.Bucket(k, cell)
		r.there[k] = w.Index.Jobs[b] - w.Index.Jobs[a]
	}
	total := 0.0
	for s, rate := range r.rate {
		sum := 0.0
		for k, x := range r.related[s*n : (s+1)*n] {
			sum += float64(x * r.there[k])
		}
		r.chance[s] = sum * rate
		if r.P.Contagion > 0 {
			r.chance[s] *= *r.catch(w, s, cell)
		}
		total += float64(r.chance[s])
	}
	u, last := w.Seed.Uniform(drawDeNovo, id, tick, 1)*total, 0
	for s, x := range r.chance {
		if u -= float64(x); u < 0 {
			return s
		}
		if x > 0 {
			last = s
		}
	}
	return last
}

// source is the firm in a cell whose worker leaves to found a firm of a sector, drawn by related workers as firms were last listed; -1 = none.
func (r *Rules) source(w *world.World, sector, cell int, id uint64, tick int) int {
	n := len(w.Setting.Sectors)
	row := r.related[sector*n : (sector+1)*n]
	total := 0.0
	for k, x := range row {
		a, b := w.Bucket(k, cell)
		total += float64(x * (w.Index.Jobs[b] - w.Index.Jobs[a]))
	}
	u := w.Seed.Uniform(drawSource, id, tick, 0) * total
	for k, x := range row {
		a, b := w.Bucket(k, cell)
		if u -= float64(x * (w.Index.Jobs[b] - w.Index.Jobs[a])); u < 0 && b > a {
			return int(w.Index.Rows[w.DrawJobs(a, b, w.Seed.Uniform(drawSource, id, tick, 1))])
		}
	}
	return -1
}
