package demography

import "agglo/model/world"

// spread sets how much more likely than elsewhere a founder of each sector comes from work in each cell, because firms of the sector have
// just succeeded near it. It must run alone, after Respond has set who is related. Off, it sets nothing.
//
// A success is a firm younger than ContagionYears with a profit in the quarter. People hear of those within reach of their labour pool, and
// what counts is how many there are for each related worker within that reach: a large place has more of both.
func (r *Rules) spread(w *world.World) {
	if r.P.Contagion == 0 {
		return
	}
	sectors := len(w.Setting.Sectors)
	if n := sectors * len(w.Cells.Region); len(r.caught) != n {
		r.caught = make([]float64, n)
	}
	for p := range w.Planes() {
		g, s := &w.Ground[p/sectors], p%sectors
		mass := r.scratch[p].Mass
		clear(mass)
		for _, row := range w.RowsOf(s, g) {
			if i := int(row); r.succeeds(w, i) {
				g.Shape.Deposit(mass, w.Firms.Base[i], float64(w.Firms.WX[i]), float64(w.Firms.WY[i]), 1)
			}
		}
		lo, hi := w.Plane(p)
		r.scratch[p].Smooth(g.Pool, r.caught[lo:hi], mass)
	}
	for s := range sectors {
		r.weigh(w, s)
	}
}

// succeeds says whether firm i is a recent success.
func (r *Rules) succeeds(w *world.World, i int) bool {
	f := &w.Firms
	return f.ID[i] != 0 && f.Profit[i] > 0 && float64(w.Now.Tick-int(f.Born[i])) < r.P.ContagionYears*world.TicksPerYear
}

// weigh turns the successes of a sector around each cell into weights. Over its related workers their mean is 1, so that as many
// founders come as without contagion.
func (r *Rules) weigh(w *world.World, s int) {
	n := len(w.Setting.Sectors)
	row := r.related[s*n : (s+1)*n]
	heard, workers := 0.0, 0.0
	for c := range w.Cells.Region {
		at, reach := r.catch(w, s, c), 0.0
		for k, x := range row {
			reach += float64(x * w.Fields.Pool[w.PlaneCell(k, c)])
		}
		if reach > 0 {
			*at /= reach
		} else {
			*at = 0
		}
		here := r.relatedWorkers(w, s, c)
		workers += here
		heard += float64(here * *at)
	}
	mean := 0.0
	if workers > 0 {
		mean = heard / workers
	}
	for c := range w.Cells.Region {
		at := r.catch(w, s, c)
		*at = r.P.caught(*at, mean)
	}
}

// caught is the weight of a cell whose people hear of so many successes each, where the mean worker hears of so many: 1 - contagion +
// contagion x successes/mean. It is 1 where nobody hears of any.
func (p *Params) caught(successes, mean float64) float64 {
	if mean <= 0 {
		return 1
	}
	return 1 - p.Contagion + float64(p.Contagion*(successes/mean))
}

// catch is the weight of a sector and a cell.
func (r *Rules) catch(w *world.World, s, cell int) *float64 { return &r.caught[w.PlaneCell(s, cell)] }

// relatedWorkers is the workers in a cell, as firms were last listed, each as far as founders of a sector come from the worker's.
func (r *Rules) relatedWorkers(w *world.World, s, cell int) float64 {
	n, sum := len(w.Setting.Sectors), 0.0
	for k, x := range r.related[s*n : (s+1)*n] {
		a, b := w.Bucket(k, cell)
		sum += float64(x * (w.Index.Jobs[b] - w.Index.Jobs[a]))
	}
	return sum
}

// conceiveNear is conceive with contagion.
func (r *Rules) conceiveNear(w *world.World, lo int, rate []float64) {
	for k := range rate {
		rate[k] = 0
		for s, each := range r.rate {
			if each > 0 {
				rate[k] += float64(each * r.relatedWorkers(w, s, lo+k) * *r.catch(w, s, lo+k))
			}
		}
	}
}
