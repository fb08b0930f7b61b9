package demography

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// The response to profit stays within these multiples of the usual rate of foundings: a bad year does not end them, and a boom does not
// fill the map in a few quarters.
const (
	responseLeast = .2
	responseMost  = 5
)

// Respond sets how foundings answer to profit and where founders come from. The response is
// (profit per firm in world wages / normal)^2, within responseLeast and responseMost: profit per firm falls as firms come, so the number of firms
// has a fixed point, which a profit share, fixed by the markup, would not give it. Profit is before tax; what policies spare firms of the
// tax counts as the profit that would leave them as much.
func (r *Rules) Respond(w *world.World, tick int) error {
	n := len(w.Setting.Sectors)
	r.spare(w)
	for s := range n {
		r.clamp[s] = 1
		if k := &w.Sectors[s]; k.Firms > 0 {
			profit := (k.Profit + r.spared[s]) / k.Firms / w.Now.Wage / (r.P.NormalProfit * w.Base.Sales[s])
			r.clamp[s] = num.Clamp(num.Pow(max(profit, 0), r.P.ProfitResponse), responseLeast, responseMost)
		}
		row := r.related[s*n : (s+1)*n]
		sum := 0.0
		for k := range row {
			row[k] = w.Now.Inputs[s*n+k] + w.Now.Inputs[k*n+s]
			sum += row[k]
		}
		for k := range row {
			row[k] *= (1 - r.P.OwnTrade) / sum
		}
		row[s] += r.P.OwnTrade
		workers := 0.0
		for k, x := range row {
			workers += float64(x * w.Sectors[k].Jobs)
		}
		r.rate[s] = 0
		if e := w.Setting.Sectors[s].Emerging; workers > 0 && (e == nil || tick > e.From.Ticks(w.Setting.Start)) {
			carried := w.Base.Firms[s] * w.Now.Population * w.Now.Demand[s]
			r.rate[s] = r.P.DeNovo / world.TicksPerYear * carried * r.clamp[s] / workers / w.Base.Accepted
		}
		r.jobs[s], r.tech[s] = 0, 0
		if k := &w.Sectors[s]; k.Firms > 0 {
			r.jobs[s], r.tech[s] = k.Jobs/k.Firms, k.LogTech/k.Firms
		}
	}
	for k := range r.pull {
		r.pull[k] = 0
		for s, rate := range r.rate {
			r.pull[k] += float64(rate * r.related[s*n+k])
		}
	}
	r.spread(w)
	return nil
}

// spare adds up, by sector, the profit that firms would need beside theirs to keep as much without tax breaks; see world.Spared.
func (r *Rules) spare(w *world.World) {
	clear(r.spared)
	if !w.Levers.Pulled(world.LeverTax) {
		return
	}
	f := &w.Firms
	for i := range f.ID {
		if f.Living(i) {
			r.spared[f.Sector[i]] += w.Spared(i)
		}
	}
}

// Conceive draws, cell by cell, how many founders leave their work to start a firm; the rows are cells. A cell's draw
// is addressed by the cell, so a change elsewhere does not move it.
func (r *Rules) Conceive(w *world.World, tick, lo, hi int) {
	var rates [world.Batch]float64
	deck := w.Seed.Deck(drawDeNovo, tick, 0)
	for ; lo < hi; lo += len(rates) {
		rate := rates[:min(len(rates), hi-lo)]
		r.conceive(w, lo, rate)
		for k, rate := range rate {
			r.births[lo+k] = 0
			if rate > 0 && w.Fields.Jobs[lo+k] > 0 {
				rate *= w.RegionOf(lo + k).EnterpriseFactor()
				r.births[lo+k] = int32(deck.Poisson(rate, uint64(lo+k)))
			}
		}
	}
}

// conceive sets how many founders leave the work of each cell from lo on in a quarter, on average.
func (r *Rules) conceive(w *world.World, lo int, rate []float64) {
	if r.P.Contagion > 0 {
		r.conceiveNear(w, lo, rate)
		return
	}
	x, cells := &w.Index, len(w.Cells.Region)
	clear(rate)
	for s, pull := range r.pull {
		first := s*cells + lo
		before, ends := x.Jobs[x.Start[first].First], x.Start[first+1:][:len(rate)]
		for k := range rate {
			upTo := x.Jobs[ends[k].First]
			rate[k] += float64(pull * (upTo - before))
			before = upTo
		}
	}
}
