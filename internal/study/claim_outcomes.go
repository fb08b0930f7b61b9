package study

import (
	"math"

	"agglo/model/world"
	"agglo/sim/num"
)

// outcomeOf is an outcome of a test: how it is read from a run.
type outcomeOf struct {
	name, unit, meaning string
	share               bool // a share, which may be told in points
	local               bool // told of the test's target
	sectors             bool // told of the test's sectors
	of                  func(r *claimRecord, until int) float64
}

// read reads the outcome from a run whose last row is that of the horizon. Of people and of money, as of what is spent, there is as much as
// the world's agents stand for.
func (o *outcomeOf) read(r *claimRecord, until int) float64 {
	x := o.of(r, until)
	switch o.unit {
	case "workers", "worker-years", "worker-years/year":
		x *= r.scale
	}
	return x
}

// lastYear is the mean over the last year of a ratio of two gauges, or of one where the second is nil.
func lastYear(of, over func(g *claimGauges) float64) func(r *claimRecord, until int) float64 {
	return func(r *claimRecord, until int) float64 {
		sum, per := 0.0, 0.0
		for k := until - world.TicksPerYear + 1; k <= until; k++ {
			sum += of(&r.rows[k])
			if over == nil {
				per++
			} else {
				per += over(&r.rows[k])
			}
		}
		return sum / per
	}
}

// sinceBranch sums a gauge over all ticks behind the branch.
func sinceBranch(of func(g *claimGauges) float64) func(r *claimRecord, until int) float64 {
	return func(r *claimRecord, until int) float64 {
		sum := 0.0
		for k := 1; k <= until; k++ {
			sum += of(&r.rows[k])
		}
		return sum
	}
}

// exponent is the exp of an outcome.
func exponent(of func(r *claimRecord, until int) float64) func(r *claimRecord, until int) float64 {
	return func(r *claimRecord, until int) float64 { return num.Exp(of(r, until)) }
}

// Gauges that several outcomes read.
func gaugeAdded(g *claimGauges) float64 { return g.added }
func gaugeJobs(g *claimGauges) float64  { return g.jobs }
func gaugeSales(g *claimGauges) float64 { return g.sales }

// claimOutcomes lists the outcomes of tests. Where nothing else is said they are means of the horizon's last year.
func claimOutcomes() []outcomeOf { return append(outcomesOfFirms(), outcomesOfCases()...) }

// outcomesOfFirms are those that any world has.
func outcomesOfFirms() []outcomeOf {
	return []outcomeOf{
		{name: "value_added", unit: "worker-years/year", meaning: "sales less inputs", of: lastYear(gaugeAdded, nil)},
		{name: "productivity", unit: "worker-years/year/worker", meaning: "value added per job", of: lastYear(gaugeAdded, gaugeJobs)},
		{name: "jobs", unit: "workers", meaning: "workers at firms", of: lastYear(gaugeJobs, nil)},
		{name: "efficiency", unit: "1", meaning: "how much firms make of labour and capital in units, weighted by jobs, as in agglo compare",
			of: exponent(lastYear(func(g *claimGauges) float64 { return g.efficiency }, gaugeJobs))},
		{name: "unit_cost", unit: "1", meaning: "mean price of firms' goods, geometric, weighted by sales; the markup is the same for all, so that it moves as unit cost does, but where market.collusion is above 0",
			of: exponent(lastYear(func(g *claimGauges) float64 { return g.logPrice }, gaugeSales))},
		{name: "profit_margin", unit: "1", share: true, meaning: "profit before tax over sales",
			of: lastYear(func(g *claimGauges) float64 { return g.profit }, gaugeSales)},
		{name: "export_share", unit: "1", share: true, meaning: "sales to the world over sales",
			of: lastYear(func(g *claimGauges) float64 { return g.exports }, gaugeSales)},
		{name: "cluster_jobs", unit: "1", share: true, meaning: "share of jobs in clusters",
			of: lastYear(func(g *claimGauges) float64 { return g.inClusters }, gaugeJobs)},
		{name: "technology_gap", unit: "1", meaning: "mean distance of firms' log technology from the ninetieth percentile of their sector",
			of: lastYear(func(g *claimGauges) float64 { return g.gap }, nil)},
		{name: "lagging_income", unit: "worker-years/worker", meaning: "wage income per worker who lives in the poorest quarter of labour markets",
			of: lastYear(func(g *claimGauges) float64 { return g.lagging }, nil)},
		{name: "inequality", unit: "1", meaning: "Theil's index of wage income per worker between labour markets",
			of: lastYear(func(g *claimGauges) float64 { return g.theil }, nil)},
		{name: "innovations", unit: "innovations", meaning: "innovations since the branch",
			of: sinceBranch(func(g *claimGauges) float64 { return g.innovations })},
		{name: "private_money", unit: "worker-years", meaning: "capital that firms bought and R&D that they paid themselves, since the branch",
			of: sinceBranch(func(g *claimGauges) float64 { return g.private })},
		{name: "member_debt", unit: "worker-years/firm", meaning: "what lenders have lent to a firm on the roll of a shared facility, its overdraft; mean over these firms",
			of: lastYear(func(g *claimGauges) float64 { return g.lent }, func(g *claimGauges) float64 { return g.members })},
		{name: "survival", unit: "1", share: true, meaning: "share of the firms of the branch that live at the horizon", of: survival},
		{name: "shortfall", unit: "years", meaning: "value added missing against the year before the shock, from its first quarter to the horizon, over that year's value added; what is above it counts as nothing",
			of: shortfall},
		{name: "firms_target", unit: "agents", local: true, meaning: "firms in the target",
			of: lastYear(func(g *claimGauges) float64 { return g.targetFirms }, nil)},
		{name: "value_added_target", unit: "worker-years/year", local: true, meaning: "value added in the target",
			of: lastYear(func(g *claimGauges) float64 { return g.targetAdded }, nil)},
		{name: "cluster_jobs_target", unit: "1", share: true, local: true, meaning: "share of the target's jobs that are in clusters",
			of: lastYear(func(g *claimGauges) float64 { return g.targetInClusters }, func(g *claimGauges) float64 { return g.targetJobs })},
		{name: "survival_target", unit: "1", share: true, local: true, meaning: "share of the firms in the target ten years before the horizon that live at the horizon, wherever they are",
			of: func(r *claimRecord, until int) float64 {
				return r.rows[until].targetSurvivors / r.rows[until].targetBefore
			}},
		{name: "residents_target", unit: "workers", local: true, meaning: "workers who live in the target",
			of: lastYear(func(g *claimGauges) float64 { return g.residents }, nil)},
	}
}

// claimOutcome finds an outcome.
func claimOutcome(name string) (outcomeOf, bool) {
	for _, o := range claimOutcomes() {
		if o.name == name {
			return o, true
		}
	}
	return outcomeOf{}, false
}

// survival is the share of the branch's firms that live.
func survival(r *claimRecord, until int) float64 { return r.rows[until].survivors / float64(r.lived) }

// shortfall is the value added that is missing since the shock against the year before it, in years of that value added: how
// deep the hole is and how long it stays open (the triangle of Bruneau et al. 2003, Earthquake Spectra 19, 733-752).
func shortfall(r *claimRecord, until int) float64 {
	const year = world.TicksPerYear
	from := r.shock - r.first // the row of the first tick that feels it
	if r.shock < 0 || from <= year || from > until {
		return math.NaN()
	}
	before := 0.0 // a year's value added
	for k := from - year; k < from; k++ {
		before += float64(r.rows[k].added / year)
	}
	missing := 0.0
	for k := from; k <= until; k++ {
		missing += float64(max(0, before-r.rows[k].added) / year)
	}
	return missing / before
}

// spent is the public money since the branch.
func (r *claimRecord) spent(until int) float64 {
	return sinceBranch(func(g *claimGauges) float64 { return g.spent })(r, until)
}
