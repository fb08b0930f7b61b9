package labour

import (
	"math"

	"agglo/model/world"
)

// Plan sets each firm's vacancies and lays off. A firm loses its quits and tries to close a part of the gap to the
// number of workers that delivers its demand at least cost.
func (r *Rules) Plan(w *world.World, _, lo, hi int) {
	f, p := &w.Firms, &w.Params
	perWage := p.Beta * p.CostShare()
	quits := max(r.P.Quits, 1-p.Staying()) // who leaves the labour force leaves work too
	id := f.ID[lo:hi]
	n := len(id)
	unlike := w.Levers.Unlike()
	labour, vacancy, demand, wage := f.Labour[lo:][:n], f.Vacancy[lo:][:n], f.Demand[lo:][:n], f.Wage[lo:][:n]
	for k, key := range id {
		if key != 0 {
			asked := demand[k]
			if unlike {
				asked *= w.Worth(lo + k)
			}
			target := p.Overhead + float64(perWage*asked)/wage[k]
			left, wanted := r.Change(quits, labour[k], target)
			labour[k], vacancy[k] = left, float32(wanted)
		}
	}
}

// Change is what quits, a share of its workers, and layoffs leave of a firm's workers, and how many it then wants to hire.
func (r *Rules) Change(share, labour, target float64) (left, vacancies float64) {
	quits := float64(share * labour)
	wanted := float64(r.P.Adjust*(target-labour)) + quits
	vacancies = max(wanted, 0) // without a branch: firms that grow and firms that shrink are mixed
	return labour - quits + (wanted - vacancies), vacancies
}

// Clear brings seekers and vacancies of each market together. There is one clearing: hires are the least of seekers,
// vacancies and a Cobb-Douglas matching function (Petrongolo and Pissarides 2001), shared out by vacancy.
func (r *Rules) Clear(w *world.World, _ int) error {
	jobs, vacant := w.Fields.Jobs, w.Fields.Filled // vacancies until it is known how many are filled
	vacant = vacant[:len(jobs)]
	clear(jobs)
	clear(vacant)
	labour, vacancy := w.Firms.Labour[:len(w.Firms.Cell)], w.Firms.Vacancy[:len(w.Firms.Cell)]
	for i, cell := range w.Firms.Cell { // nobody works in a free row or is wanted there
		jobs[cell] += labour[i]
		vacant[cell] += float64(vacancy[i])
	}
	r.employ(w)
	arrive(w)
	staying := w.Params.Staying() // who is about to leave the labour force seeks no work
	for a := range w.Ground {
		g := &w.Ground[a]
		cells, markets := vacant[g.First:g.First+g.Cells], g.Commute.Markets()
		r.at(w, g, w.Markets.Wanted, func(wanted []float64) { g.Commute.Gather(wanted, cells, r.commute[a]) })
		for k := g.FirstMarket; k < g.FirstMarket+markets; k++ {
			r.rate[k] = r.Filled(float64(staying*w.Markets.Force[k])-w.Markets.Employed[k], w.Markets.Wanted[k])
			w.Markets.Employed[k] += float64(r.rate[k] * w.Markets.Wanted[k])
		}
		r.at(w, g, r.rate, func(rate []float64) {
			g.Commute.Spread(cells, rate, r.commute[a])
		})
	}
	return nil
}

// Filled is the share of vacancies filled: hires are min(U, V, m0 sqrt(U V)).
func (r *Rules) Filled(seekers, vacancies float64) float64 {
	if seekers <= 0 || vacancies <= 0 {
		return 0
	}
	hires := min(seekers, vacancies, r.P.Matching*math.Sqrt(seekers*vacancies))
	return hires / vacancies
}

// Hire gives each firm its part of the hires; free rows want nobody.
func (r *Rules) Hire(w *world.World, _, lo, hi int) {
	f, filled := &w.Firms, w.Fields.Filled
	world.CallCells(w, hi, filled)
	cell := f.Cell[lo:hi]
	labour, vacancy := f.Labour[lo:][:len(cell)], f.Vacancy[lo:][:len(cell)]
	for k, c := range cell {
		labour[k] += float64(float64(vacancy[k]) * filled[c])
	}
}
