package study

import (
	"math"
	"slices"

	"agglo/model/world"
)

// An Effect is what a policy changes in an outcome at a tick. Absent numbers are NaN.
type Effect struct {
	Metric, Policy    string
	Tick              int
	Baseline          float64 // mean of the outcome without the policy
	Effect            float64 // mean of policy less baseline, in the metric's unit
	Percent           float64 // the effect in % of the baseline
	Lo, Hi            float64 // 95% interval of the effect
	P                 float64 // adjusted for all policies and outcomes of the tick; NaN for public_cost, which is no outcome
	Replicates        int
	VarianceReduction float64 // variance of policy less baseline in worlds of their own, over that in pairs
}

// Costs is what a policy cost and brought from its begin to the end of the comparison, means over replicates. Absent
// numbers are NaN. Money is in worker-years.
type Costs struct {
	Policy        string
	Gross, Admin  float64
	GuaranteeLoss float64 // paid for debts and owners' losses that policies stand for
	Levered       float64 // private money that firms and investors put in beside it as the policy asks
	TaxBack       float64 // taxes that came back: revenue more than the baseline's, taxes not asked for put aside
	NetCost       float64 // gross, administration and losses on guarantees less taxes back
	NetCostLo     float64
	NetCostHi     float64
	NetJobs       float64 // mean of jobs more than the baseline's, over the time since the policy began
	NetJobsLo     float64
	NetJobsHi     float64
	Displacement  float64 // mean loss of jobs outside the policy's target; NaN for a policy without one
	PerJob        float64 // net cost per net job; NaN unless the interval of net jobs is above 0
	PerJobLo      float64 // NaN unless the interval of net jobs is above 0
	PerJobHi      float64
	PerAdded      float64 // net cost per unit of value added more than the baseline's, alike
}

// A LedgerRow is the book of an arm in a tick, means over replicates, in worker-years per tick.
type LedgerRow struct {
	Tick                 int
	Policy               string
	Gross, Admin         float64
	GuaranteeLoss, Taxes float64 // Taxes: those that came back
	Levered              float64
}

// pairs holds an arm's runs beside the baseline's, by replicate.
type pairs struct {
	arm        int
	base, with []*record
}

// evaluate fills in effects, costs and ledger from whole replicates: baseline, then the arms, replicate by replicate.
func (r *Result) evaluate(runs []*record) {
	width := 1 + len(r.Arms)
	n := len(runs) / width
	b := newResampling(r.Seed, n)
	for a := range r.Arms {
		p := pairs{arm: a}
		for k := range n {
			p.base, p.with = append(p.base, runs[k*width]), append(p.with, runs[k*width+1+a])
		}
		r.effects(&p, b)
		r.Costs = append(r.Costs, r.costs(&p, b))
		r.ledger(&p)
	}
	r.adjust()
}

// effects adds an arm's effects on every metric at every reported tick.
func (r *Result) effects(p *pairs, b *resampling) {
	n := len(p.base)
	base, with, difference := make([]float64, n), make([]float64, n), make([]float64, n)
	for _, m := range r.Metrics {
		if m == jobsTarget && !local(r.Arms[p.arm]) {
			continue
		}
		for t, tick := range r.Ticks {
			for k := range n {
				base[k], with[k] = p.base[k].series(m, p.arm)[t], p.with[k].series(m, p.arm)[t]
				difference[k] = with[k] - base[k]
			}
			e := Effect{Metric: m, Policy: r.Arms[p.arm].ID, Tick: tick, Replicates: n, P: math.NaN()}
			var apart, paired, both float64
			e.Baseline, both = moments(base)
			_, apart = moments(with)
			e.Effect, paired = moments(difference)
			e.VarianceReduction = (both + apart) / paired
			e.Percent = 100 * e.Effect / math.Abs(e.Baseline)
			if !math.IsNaN(e.Effect) {
				e.Lo, e.Hi = b.mean(difference)
				if m != publicCost {
					e.P = pairedP(difference)
				}
			} else {
				e.Lo, e.Hi = math.NaN(), math.NaN()
			}
			r.Effects = append(r.Effects, e)
		}
	}
}

// adjust corrects the p-values of each tick for the number of policies and outcomes looked at.
func (r *Result) adjust() {
	for _, tick := range r.Ticks {
		var at []int
		var p []float64
		for k := range r.Effects {
			if r.Effects[k].Tick == tick {
				at, p = append(at, k), append(p, r.Effects[k].P)
			}
		}
		for k, x := range holm(p) {
			r.Effects[at[k]].P = x
		}
	}
}

// costs sums up what an arm cost and brought, with intervals over replicates.
func (r *Result) costs(p *pairs, b *resampling) Costs {
	n := len(p.base)
	c := Costs{Policy: r.Arms[p.arm].ID}
	net, jobs, added := make([]float64, n), make([]float64, n), make([]float64, n)
	outside := 0.0
	for k := range n {
		var cost world.Cost
		back := 0.0
		for t, with := range p.with[k].flows {
			base := p.base[k].flows[t]
			cost.Add(with.cost)
			back += with.taxes - base.taxes + with.cost.Forgone
			jobs[k] += (with.jobs - base.jobs) / float64(len(p.with[k].flows))
			added[k] += with.added - base.added
		}
		net[k] = cost.Sum() - back
		c.Gross += cost.Gross / float64(n)
		c.Admin += cost.Admin / float64(n)
		c.GuaranteeLoss += cost.GuaranteeLoss / float64(n)
		c.Levered += cost.PrivateLevered / float64(n)
		c.TaxBack += back / float64(n)
		outside += r.outside(p, k) / float64(n)
	}
	c.NetCost, _ = moments(net)
	c.NetCostLo, c.NetCostHi = b.mean(net)
	c.NetJobs, _ = moments(jobs)
	c.NetJobsLo, c.NetJobsHi = b.mean(jobs)
	c.Displacement = math.NaN()
	if local(r.Arms[p.arm]) {
		c.Displacement = -outside
	}
	c.PerJob, c.PerJobLo, c.PerJobHi = perUnit(b, net, jobs, c.NetJobsLo)
	addedLo, _ := b.mean(added)
	c.PerAdded, _, _ = perUnit(b, net, added, addedLo)
	return c
}

// perUnit is the ratio of the mean cost to the mean gain, with its interval, where the gain is beyond chance. Else all are
// NaN: a ratio over a gain that may be nothing has no bounds, and a number in its place would be read as a price.
func perUnit(b *resampling, cost, gain []float64, gainLo float64) (ratio, lo, hi float64) {
	if !(gainLo > 0) {
		return math.NaN(), math.NaN(), math.NaN()
	}
	c, _ := moments(cost)
	g, _ := moments(gain)
	lo, hi = b.interval(func(picks []int32) float64 {
		of := meanOf(gain, picks)
		if of <= 0 {
			return math.NaN()
		}
		return meanOf(cost, picks) / of
	})
	return c / g, lo, hi
}

// outside is the mean of jobs outside an arm's target more than the baseline's, at the reported ticks behind the first.
func (r *Result) outside(p *pairs, replicate int) float64 {
	total, target := "jobs", jobsTarget
	sum := 0.0
	for t := 1; t < len(r.Ticks); t++ {
		with, base := p.with[replicate], p.base[replicate]
		sum += with.series(total, p.arm)[t] - with.series(target, p.arm)[t]
		sum -= base.series(total, p.arm)[t] - base.series(target, p.arm)[t]
	}
	return sum / float64(len(r.Ticks)-1)
}

// ledger adds an arm's book, tick by tick.
func (r *Result) ledger(p *pairs) {
	n := float64(len(p.base))
	for t := range p.with[0].flows {
		row := LedgerRow{Tick: r.First + 1 + t, Policy: r.Arms[p.arm].ID}
		for k, with := range p.with {
			f := with.flows[t]
			row.Gross += f.cost.Gross / n
			row.Admin += f.cost.Admin / n
			row.GuaranteeLoss += f.cost.GuaranteeLoss / n
			row.Levered += f.cost.PrivateLevered / n
			row.Taxes += (f.taxes - p.base[k].flows[t].taxes + f.cost.Forgone) / n
		}
		r.Ledger = append(r.Ledger, row)
	}
}

// At gives the effect of a policy on a metric at a tick.
func (r *Result) At(policy, metric string, tick int) (Effect, bool) {
	k := slices.IndexFunc(r.Effects, func(e Effect) bool { return e.Policy == policy && e.Metric == metric && e.Tick == tick })
	if k < 0 {
		return Effect{}, false
	}
	return r.Effects[k], true
}

// EndOf is the first reported tick at or behind the last one in which a policy cost anything; the end if it never did.
func (r *Result) EndOf(policy string) int {
	last := r.Ticks[len(r.Ticks)-1]
	spent := -1
	for _, row := range r.Ledger {
		if row.Policy == policy && row.Gross+row.GuaranteeLoss > 0 {
			spent = row.Tick
		}
	}
	for _, t := range r.Ticks {
		if spent >= 0 && t >= spent {
			return t
		}
	}
	return last
}
