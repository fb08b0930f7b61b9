package study

import (
	"math"
	"slices"

	"agglo/model/world"
)

// sectorGauges are what a run is asked of the sectors that a test names.
type sectorGauges struct {
	jobs, sales, exports float64
	targetJobs           float64 // of those in the target
	quotient             float64 // largest location quotient of the sectors together over regions; at years' ends, carried on
}

// Bars of a competitive cluster: a trade is specialised somewhere, and sells abroad.
const (
	quotientBar = 2  // location quotient of the trades in some region
	exportBar   = .2 // of their sales that goes to the world
)

// nameSectors marks the sectors that a record follows.
func (r *claimRecord) nameSectors(v world.View) {
	r.named = make([]bool, v.Sectors())
	for s := range r.named {
		r.named[s] = slices.Contains(r.sectors, v.SectorID(s))
	}
}

// trades sums up the named sectors.
func (r *claimRecord) trades(v world.View, yearEnd bool, last *sectorGauges) sectorGauges {
	var g sectorGauges
	own, all := make([]float64, v.Regions()), make([]float64, v.Regions())
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		jobs := v.Jobs(i)
		all[v.Region(i)] += jobs
		if !r.named[v.Sector(i)] {
			continue
		}
		own[v.Region(i)] += jobs
		g.jobs += jobs
		g.sales += v.Sales(i)
		g.exports += v.Exports(i)
		if r.inside(world.Point{X: v.X(i), Y: v.Y(i)}) {
			g.targetJobs += jobs
		}
	}
	if !yearEnd {
		g.quotient = last.quotient
		return g
	}
	whole := 0.0
	for _, jobs := range all {
		whole += jobs
	}
	for k := range own {
		if all[k] > 0 && g.jobs > 0 {
			g.quotient = math.Max(g.quotient, own[k]/all[k]/(g.jobs/whole))
		}
	}
	return g
}

// outcomesOfCases are the outcomes that real cases ask for.
func outcomesOfCases() []outcomeOf {
	return []outcomeOf{
		{name: "innovation_rate", unit: "innovations/worker/year", meaning: "innovations per job, in the last year",
			of: func(r *claimRecord, until int) float64 {
				made, jobs := 0.0, 0.0
				for k := until - world.TicksPerYear + 1; k <= until; k++ {
					made += r.rows[k].innovations
					jobs += float64(r.rows[k].jobs / world.TicksPerYear)
				}
				return made / jobs
			}},
		{name: "sector_jobs_target", unit: "workers", local: true, sectors: true, meaning: "workers of the named sectors in the target",
			of: lastYear(func(g *claimGauges) float64 { return g.trade.targetJobs }, nil)},
		{name: "years_competitive", unit: "years", sectors: true,
			meaning: "years until the named sectors together have a location quotient of 2 in some region and sell a fifth abroad; cut off at the horizon",
			of:      yearsCompetitive},
	}
}

// yearsCompetitive is when the named sectors first pass both bars, at a year's end.
func yearsCompetitive(r *claimRecord, until int) float64 {
	for k := 0; k <= until; k++ {
		g := &r.rows[k].trade
		if (r.first+k)%world.TicksPerYear == 0 && g.quotient >= quotientBar && g.exports >= exportBar*g.sales && g.sales > 0 {
			return float64(k) / world.TicksPerYear
		}
	}
	return float64(until) / world.TicksPerYear
}
