package knowledge

import (
	"agglo/model/world"
	"agglo/sim"
)

// Sums is how many sums Learn and what goes through the rows with it leave in a world: innovations, two that Learn leaves to
// others, and by region what firms pay for licences and pipelines.
func Sums(w *world.World) int { return firstRegion + len(w.Setting.Regions) }

// firstRegion is where the sums by region begin.
const firstRegion = 3

// account is the sum in which payments of firm i end.
func (r *Rules) account(w *world.World, i int) int {
	return firstRegion + int(max(w.Cells.Region[w.Firms.Cell[i]], 0))
}

// licence lets firm i pay for what it is about to imitate of others in the region, the best of whom is so far ahead, and gives
// the sum: the licence for a log
// point under full protection x the protection x the gap closed in the tick x sales. What the world gives is free.
func (r *Rules) licence(w *world.World, i int, best float64) float64 {
	const quarter = 1.0 / world.TicksPerYear
	f := &w.Firms
	if best <= max(w.Now.LogTech-f.LogTech[i], 0) {
		return 0
	}
	due := r.P.Licence * w.Protection(i) * float64(quarter*r.P.Imitation*best) * f.Sales[i]
	f.Cash[i] -= float64(due)
	return due
}

// pipelines goes through the ties of firms to the world's frontier.
func (r *Rules) pipelines(w *world.World, tick, lo, hi int) {
	sums := w.Sums.Block(lo, sim.BlockRows)
	for i := lo; i < hi; i++ {
		if w.Firms.ID[i] != 0 {
			sums[r.account(w, i)] += r.pipeline(w, i, tick)
		}
	}
}

// pipeline draws whether firm i wins or loses a tie to the world's frontier, and lets it pay for the one that it holds. The
// time for which a tie lasts does not depend on exporting any more.
func (r *Rules) pipeline(w *world.World, i, tick int) float64 {
	const quarter = 1.0 / world.TicksPerYear
	f := &w.Firms
	u := w.Seed.Uniform(drawPipeline, f.ID[i], tick, 0)
	if f.Pipeline[i] {
		f.Pipeline[i] = u >= quarter*r.P.PipelineEnd
	} else {
		f.Pipeline[i] = f.Exporter[i] && u < quarter*r.P.Pipeline
	}
	if !f.Pipeline[i] {
		return 0
	}
	due := quarter * r.P.PipelineCost * f.Sales[i]
	f.Cash[i] -= float64(due)
	return due
}

// Collect brings what firms paid for licences and pipelines to the households of their regions, who own what is licensed
// and keep up the ties. It must run alone, after Learn.
func (r *Rules) Collect(w *world.World) {
	for k := range w.Setting.Regions {
		if due := w.Sums.Total(firstRegion + k); due != 0 {
			w.Pay(k, due)
		}
	}
}
