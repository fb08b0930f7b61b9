package demography

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// Respond sets how foundings answer to profit and where founders come from. The response is
// clamp((profit per firm in world wages / normal)^2, 1/5, 5): profit per firm falls as firms come, so the number of firms
// has a fixed point, which a profit share, fixed by the markup, would not give it.
func (r *Rules) Respond(w *world.World, tick int) error {
	n := len(w.Setting.Sectors)
	for s := range n {
		r.clamp[s] = 1
		if k := &w.Sectors[s]; k.Firms > 0 {
			profit := k.Profit / k.Firms / w.Now.Wage / (r.P.NormalProfit * w.Base.Sales[s])
			r.clamp[s] = num.Clamp(num.Pow(max(profit, 0), r.P.ProfitResponse), .2, 5)
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
	return nil
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

// found starts a firm, which has no site yet, no knowledge and no ties: see Settle and Bequeath. It is refused when no workers are free, when
// the founders' money is more than half of what households of the place have, or when the founder neither has that money
// nor finds it.
func (r *Rules) found(w *world.World, by founder, tick int) bool {
	f, m := &w.Firms, &w.Markets
	id, sector, parent, how := by.id, int(by.sector), int(by.parent), by.how
	labour := r.size(w.Seed.Exponential(drawSize, id, tick, 0))
	wage := w.Fields.Wage[f.Cell[parent]]
	sales := r.Outside.SalesOf(w, labour, wage)
	capital := r.Outside.Capital(w, sales)
	brought := r.brings(labour, wage, capital)
	market := w.Cells.Market[f.Cell[parent]]
	if m.Force[market]-m.Employed[market] < labour || brought > m.Balance[market]/2 {
		w.Count.Refused++
		return false
	}
	var book world.Founding
	if how != seedFirm {
		var ok bool
		if book, ok = r.backed(w, id, sector, parent, tick, brought); !ok {
			w.Count.Unfinanced++
			return false
		}
	}
	i := f.FoundNear(id, sector, rowNear(w, parent, sector))
	w.Levers.Forget(i) // those of the firm that had the row
	f.Born[i] = int32(tick)
	if book.Entry+book.Seed > 0 {
		book.Row = int32(i)
		w.Foundings = append(w.Foundings, book)
	}
	if how == spinOff {
		f.Parent[i] = f.ID[parent]
	}
	f.Labour[i], f.Capital[i] = labour, capital
	f.Sales[i], f.Demand[i], f.Wage[i] = sales, sales, wage
	s := &w.Sectors[sector]
	perJob := w.Base.Appeal[sector] / (w.Base.Size[sector] * w.Base.Firms[sector])
	if s.Jobs > 0 {
		perJob = s.Appeal / s.Jobs
	}
	f.Appeal[i] = labour * perJob
	r.born = append(r.born, newborn{int32(parent), int32(i)})
	m.Balance[market] += capital - brought // the founders pay; what they buy is paid to those who make it
	f.Cash[i] = brought - capital
	m.Employed[market] += float64(labour)
	return true
}

// learn gives newborn i what its founder has learned in the firm that he or she left: technology and a place in knowledge space near its own, and
// its reach.
func (r *Rules) learn(w *world.World, i, parent, tick int) {
	f, id := &w.Firms, w.Firms.ID[i]
	skill := r.P.EntrantNoise * w.Seed.Normal(drawSkill, id, tick, 0)
	f.LogTech[i], f.OwnLogTech[i] = f.LogTech[parent]+float64(skill), f.OwnLogTech[parent]+float64(skill)
	for d := range f.Z[i] {
		z := float64(f.Z[parent][d]) + float64(.03*w.Seed.Normal(drawMind, id, tick, d))
		f.Z[i][d] = float32(num.Clamp(z, 0, 1))
	}
	f.Reach[i], f.Trustee[i] = f.Reach[parent], 1
}

// rowNear is a row near which firms of a sector are that stand where a firm does.
func rowNear(w *world.World, parent, sector int) int {
	if int(w.Firms.Sector[parent]) == sector {
		return parent
	}
	x := &w.Index
	first, _ := w.Bucket(sector, int(w.Firms.Cell[parent]))
	return int(x.Rows[min(first, len(x.Rows)-1)])
}
