// Package labour holds the labour markets: vacancies and hires, wages, migration.
package labour

import (
	"math"

	"agglo/model/world"
	"agglo/sim/grid"
	"agglo/sim/num"
)

// Params are the parameters of labour markets.
type Params struct {
	// MarketKM is the width of a labour market. It should not exceed CommuteKM, or firms gather at corners of markets.
	MarketKM float64 `default:"12.5" unit:"km" in:"(0,500]" src:"assumed"`
	// CommuteKM is the standard deviation of commuting distance in each direction.
	CommuteKM float64 `default:"15" unit:"km" in:"[0,200]" src:"assumed"`
	// Quits is the share of workers who leave their firm in a quarter to look for another job.
	Quits float64 `default:"0.02" unit:"1/quarter" in:"[0,0.5]" src:"assumed"`
	// Adjust is the part of the gap between wanted and present workers that a firm tries to close in a quarter.
	Adjust float64 `default:"0.5" unit:"1/quarter" in:"(0,1]" src:"assumed"`
	// Matching is the number of hires per geometric mean of seekers and vacancies.
	Matching float64 `default:"1" unit:"1" in:"(0,10]" src:"assumed"`
	// Natural is the unemployment at which real wages grow with the world's.
	Natural float64 `default:"0.06" unit:"1" in:"(0,0.5)" src:"assumed"`
	// WageSlope is how fast log wages react to unemployment off its natural rate.
	WageSlope float64 `default:"0.25" unit:"1/quarter" in:"[0,5]" src:"assumed"`
	// WageStep is the largest such reaction in a quarter.
	WageStep float64 `default:"0.025" unit:"1/quarter" in:"(0,0.5]" src:"assumed"`
	// Migration is the share of workers who consider to move in a year.
	Migration float64 `default:"0.04" unit:"1/year" in:"[0,1]" src:"assumed"`
	// MigrationPull is the weight of a place's advantages in the choice of where to live.
	MigrationPull float64 `default:"3" unit:"1" in:"[0,50]" src:"assumed"`
	// RentWeight is the share of income spent on housing, which a high rent makes worth less.
	RentWeight float64 `default:"0.25" unit:"1" in:"[0,1]" src:"assumed"`
	// HousingElasticity is the elasticity of residents' rent to the number of residents per home.
	HousingElasticity float64 `default:"1" unit:"1" in:"[0,5]" src:"assumed"`
}

// Rules are the rules of labour markets with their scratch memory.
type Rules struct {
	P       Params
	commute []*grid.CouplingWork // by area
	rate    []float64            // by market: share of vacancies filled
}

// New makes the rules for a world whose ground has its couplings.
func New(p Params, w *world.World) *Rules {
	r := &Rules{P: p, rate: make([]float64, len(w.Markets.Force))}
	for a := range w.Ground {
		r.commute = append(r.commute, w.Ground[a].Commute.NewWork())
	}
	return r
}

// Plan sets each firm's vacancies and lays off. A firm loses its quits and tries to close a part of the gap to the
// number of workers that delivers its demand at least cost.
func (r *Rules) Plan(w *world.World, _, lo, hi int) {
	f, p := &w.Firms, &w.Params
	perWage := p.Beta * p.CostShare()
	id := f.ID[lo:hi]
	n := len(id)
	labour, vacancy, demand, wage := f.Labour[lo:][:n], f.Vacancy[lo:][:n], f.Demand[lo:][:n], f.Wage[lo:][:n]
	for k, key := range id {
		if key != 0 {
			target := p.Overhead + float64(perWage*(demand[k]*w.Worth(lo+k)))/wage[k]
			left, wanted := r.Change(labour[k], target)
			labour[k], vacancy[k] = left, float32(wanted)
		}
	}
}

// Change is what quits and layoffs leave of a firm's workers, and how many it then wants to hire.
func (r *Rules) Change(labour, target float64) (left, vacancies float64) {
	quits := float64(r.P.Quits * labour)
	wanted := float64(r.P.Adjust*(target-labour)) + quits
	if wanted < 0 {
		return labour - quits + wanted, 0
	}
	return labour - quits, wanted
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
	for a := range w.Ground {
		g := &w.Ground[a]
		cells, markets := vacant[g.First:g.First+g.Cells], g.Commute.Markets()
		r.at(w, g, w.Markets.Wanted, func(wanted []float64) { g.Commute.Gather(wanted, cells, r.commute[a]) })
		for k := g.FirstMarket; k < g.FirstMarket+markets; k++ {
			r.rate[k] = r.Filled(w.Markets.Force[k]-w.Markets.Employed[k], w.Markets.Wanted[k])
			w.Markets.Employed[k] += float64(r.rate[k] * w.Markets.Wanted[k])
		}
		r.at(w, g, r.rate, func(rate []float64) {
			g.Commute.Spread(cells, rate, r.commute[a])
		})
	}
	return nil
}

// arrive lets people from outside join the labour force of the market where they settle. They bring no money and no homes.
// They are kept apart, so that residents' jobs can be told from theirs.
func arrive(w *world.World) {
	m := &w.Markets
	w.Count.Arrived = 0
	for _, a := range w.Levers.Arrivals {
		k := w.Cells.Market[a.Cell]
		if k < 0 {
			continue // nobody lives on water
		}
		if len(m.Arrived) == 0 {
			m.Arrived = make([]float64, len(m.Force))
		}
		m.Force[k] += a.Workers
		m.Arrived[k] += a.Workers
		w.Count.Arrived += a.Workers
	}
}

// at hands the part of a by-market slice that belongs to an area.
func (r *Rules) at(_ *world.World, g *world.Ground, markets []float64, do func([]float64)) {
	do(markets[g.FirstMarket : g.FirstMarket+g.Commute.Markets()])
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

// Count adds up workers by cell and, through commuting, by the market where they live.
func (r *Rules) Count(w *world.World) {
	jobs := w.Fields.Jobs
	clear(jobs)
	labour := w.Firms.Labour[:len(w.Firms.Cell)]
	for i, cell := range w.Firms.Cell { // nobody works in a free row
		jobs[cell] += labour[i]
	}
	r.employ(w)
}

// employ adds up the workers of all cells by the market where they live.
func (r *Rules) employ(w *world.World) {
	for a := range w.Ground {
		g := &w.Ground[a]
		r.at(w, g, w.Markets.Employed, func(employed []float64) {
			g.Commute.Gather(employed, w.Fields.Jobs[g.First:g.First+g.Cells], r.commute[a])
		})
	}
}

// Turn moves wages, the labour force and housing at the end of a tick: wages rise with the world's and react to
// unemployment, some workers move to where life is better.
func (r *Rules) Turn(w *world.World, _ int) error {
	r.Count(w)
	follow(w)
	m := &w.Markets
	grow := w.Params.WorldGrowth / world.TicksPerYear
	for k := range m.Force {
		if m.Force[k] > 0 {
			m.LogWage[k] += num.Clamp(float64(r.P.WageSlope*(r.P.Natural-m.Unemployment(k))), -r.P.WageStep, r.P.WageStep) + float64(grow)
		}
	}
	people := num.Exp(w.Params.PopulationGrowth / world.TicksPerYear)
	for k := range m.Force {
		m.Force[k] *= people
		m.Housing[k] *= people
	}
	r.migrate(w)
	r.Publish(w)
	return nil
}

// follow lets people live within reach of their work: where a firm that has moved, or been founded, employs more people than
// live there, they have come with it. Their homes are taken from those of the jobless elsewhere, so that nobody is lost.
func follow(w *world.World) {
	m := &w.Markets
	missing, free := 0.0, 0.0
	for k, force := range m.Force {
		missing += max(m.Employed[k]-force, 0)
		free += max(force-m.Employed[k], 0)
	}
	if missing <= 0 || free <= 0 {
		return
	}
	gone, come := min(missing/free, 1), min(free/missing, 1)
	for k, force := range m.Force {
		left := force - m.Employed[k]
		switch {
		case left > 0:
			m.Force[k] -= float64(gone * left)
		case come == 1:
			m.Force[k] = m.Employed[k]
		default:
			m.Force[k] -= float64(come * left)
		}
	}
}

// migrate lets a part of the labour force choose anew where to live: a logit in real wages, unemployment and rent, with
// places weighted by who lives there already (McFadden 1974 for the logit).
func (r *Rules) migrate(w *world.World) {
	m := &w.Markets
	weights, leaving := 0.0, 0.0
	for k, force := range m.Force {
		r.rate[k] = 0
		if force <= 0 {
			continue
		}
		rent := num.Log(force / m.Housing[k])
		better := m.LogWage[k] - float64(2*(m.Unemployment(k)-r.P.Natural)) - float64(r.P.RentWeight*r.P.HousingElasticity*rent)
		r.rate[k] = force * num.Exp(r.P.MigrationPull*(better-num.Log(w.Now.Wage)))
		weights += r.rate[k]
	}
	share := r.P.Migration / world.TicksPerYear
	for k := range m.Force {
		gone := max(min(share*m.Force[k], m.Force[k]-m.Employed[k]), 0) // who moves has given up a job or had none
		m.Force[k] -= gone
		leaving += gone
	}
	if weights > 0 {
		for k := range m.Force {
			m.Force[k] += leaving * r.rate[k] / weights
		}
	}
}

// Publish lays the wage that a firm in a cell must pay out over the cells: the geometric mean of the wages of the markets
// that its workers come from.
func (r *Rules) Publish(w *world.World) {
	for a := range w.Ground {
		g := &w.Ground[a]
		r.at(w, g, w.Markets.LogWage, func(wages []float64) {
			g.Commute.Spread(w.Fields.LogWage[g.First:g.First+g.Cells], wages, r.commute[a])
		})
	}
	copy(w.Fields.Wage, w.Fields.LogWage)
	num.Exps(w.Fields.Wage)
}

// Start gives each market the labour force that leaves its workers of the start with natural unemployment, or spreads the
// area's stated labour force in proportion to them: over the land where nobody works yet. Where chance has drawn more workers into an
// area than it has people, it has as many people as workers.
func (r *Rules) Start(w *world.World) {
	r.Count(w)
	m := &w.Markets
	for a := range w.Ground {
		g := &w.Ground[a]
		employed, markets := 0.0, g.Commute.Markets()
		for k := g.FirstMarket; k < g.FirstMarket+markets; k++ {
			employed += m.Employed[k]
		}
		scale := 1 / (1 - r.P.Natural)
		if force := w.Setting.Areas[a].LabourForce; force > 0 && employed > 0 {
			scale = max(force, employed) / employed
		}
		for k := g.FirstMarket; k < g.FirstMarket+markets; k++ {
			m.Force[k] = m.Employed[k] * scale
		}
		if employed == 0 {
			spread(w, g, w.Setting.Areas[a].LabourForce)
		}
		for k := g.FirstMarket; k < g.FirstMarket+markets; k++ {
			m.Housing[k] = m.Force[k]
		}
	}
	r.Publish(w)
}

// spread puts people on an area's land.
func spread(w *world.World, g *world.Ground, people float64) {
	land := num.Sum(w.Cells.Land[g.First : g.First+g.Cells])
	for c := g.First; c < g.First+g.Cells; c++ {
		if k := w.Cells.Market[c]; k >= 0 {
			w.Markets.Force[k] += people * w.Cells.Land[c] / land
		}
	}
}
