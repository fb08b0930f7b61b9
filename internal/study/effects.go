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
	P                 float64 // adjusted for all policies and outcomes of the tick; NaN for public_cost, which is no outcome, and before a policy begins
	Replicates        int
	VarianceReduction float64 // variance of policy less baseline in worlds of their own, over that in pairs
	Detectable        float64 // smallest true effect that so many pairs find with a chance of 80%, in a test of its own
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
	Displacement  float64 // mean loss of jobs of neighbours and rivals outside the target; NaN for a policy without one
	DisplacedLo   float64
	DisplacedHi   float64
	Deadweight    float64 // money to firms whose twin grew as much without it; NaN where less than a hundredth of the cost can be traced to firms
	DeadweightLo  float64
	DeadweightHi  float64
	Traced        float64 // money that can be traced to firms, until the policy ends
	NetJobsP      float64 // that there are no net jobs, paired t-test, adjusted for the number of policies
	PerJob        float64 // net cost per net job; NaN unless net jobs are above 0 beyond chance, by interval and p
	PerJobLo      float64
	PerJobHi      float64
	PerAdded      float64 // net cost per unit of value added more than the baseline's, alike
	PerAddedLo    float64
	PerAddedHi    float64
	Budget        float64 // what the policy may spend in all; NaN without a limit
	Unspent       float64 // what is left of it at the end, mean over pairs; NaN alike
	addedP        float64
}

// A Pair is what one pair of worlds says of the costs; see Costs.
type Pair struct {
	Policy                       string
	Replicate                    int
	NetCost, NetJobs, ValueAdded float64
	Displacement, Deadweight     float64 // NaN as in Costs
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
	r.adjustCosts(n)
}

// effects adds an arm's effects on every metric at every reported tick.
func (r *Result) effects(p *pairs, b *resampling) {
	n, begin := len(p.base), r.BeginOf(r.Arms[p.arm].ID)
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
			e.Detectable = detectable(difference)
			e.Percent = 100 * e.Effect / math.Abs(e.Baseline)
			if !math.IsNaN(e.Effect) {
				e.Lo, e.Hi = b.mean(difference)
				if m != publicCost && tick > begin { // before it begins there is nothing to test
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

// adjustCosts corrects the p-values of net jobs and value added for the number of policies, and takes prices away where they are
// not established: by fewer pairs than Least none is.
func (r *Result) adjustCosts(n int) {
	jobs, added := make([]float64, len(r.Costs)), make([]float64, len(r.Costs))
	for k := range r.Costs {
		jobs[k], added[k] = r.Costs[k].NetJobsP, r.Costs[k].addedP
	}
	jobs, added = holm(jobs), holm(added)
	none := math.NaN()
	for k := range r.Costs {
		c := &r.Costs[k]
		if c.NetJobsP = jobs[k]; !(c.NetJobsP < beyondChance) || n < Least {
			c.PerJob, c.PerJobLo, c.PerJobHi = none, none, none
		}
		if c.addedP = added[k]; !(c.addedP < beyondChance) || n < Least {
			c.PerAdded, c.PerAddedLo, c.PerAddedHi = none, none, none
		}
	}
}

// leastTraced is the share of what a policy cost of which it must be known to which firms it went, for its deadweight to be told: fees
// that a facility happens to pay back are no trace.
const leastTraced = .01

// costs sums up what an arm cost and brought, with intervals over replicates.
func (r *Result) costs(p *pairs, b *resampling) Costs {
	n := len(p.base)
	c := Costs{Policy: r.Arms[p.arm].ID}
	since := r.BeginOf(c.Policy) - r.First // quarters that are watched before it begins: nothing differs in them
	net, jobs, added := make([]float64, n), make([]float64, n), make([]float64, n)
	displaced, wasted := make([]float64, n), make([]float64, n)
	for k := range n {
		var cost world.Cost
		back := 0.0
		for t, with := range p.with[k].flows {
			base := p.base[k].flows[t]
			cost.Add(with.cost)
			back += with.taxes - base.taxes + with.cost.Forgone
			jobs[k] += (with.jobs - base.jobs) / float64(max(len(p.with[k].flows)-since, 1))
			added[k] += with.added - base.added
		}
		net[k] = cost.Sum() - back
		c.Gross += cost.Gross / float64(n)
		c.Admin += cost.Admin / float64(n)
		c.GuaranteeLoss += cost.GuaranteeLoss / float64(n)
		c.Levered += cost.PrivateLevered / float64(n)
		c.TaxBack += back / float64(n)
		c.Traced += p.with[k].traced / float64(n)
		displaced[k], wasted[k] = math.NaN(), p.with[k].wasted
		if local(r.Arms[p.arm]) {
			displaced[k] = r.displaced(p, k)
		}
	}
	if c.Traced <= leastTraced*c.Gross {
		wasted = slices.Repeat([]float64{math.NaN()}, n)
	}
	for k := range n {
		r.Pairs = append(r.Pairs, Pair{c.Policy, k, net[k], jobs[k], added[k], displaced[k], wasted[k]})
	}
	c.Budget = r.budget(p.arm)
	c.Unspent = c.unspent()
	c.NetCost, c.NetCostLo, c.NetCostHi = b.estimate(net)
	c.NetJobs, c.NetJobsLo, c.NetJobsHi = b.estimate(jobs)
	c.Displacement, c.DisplacedLo, c.DisplacedHi = b.estimate(displaced)
	c.Deadweight, c.DeadweightLo, c.DeadweightHi = b.estimate(wasted)
	c.PerJob, c.PerJobLo, c.PerJobHi = perUnit(b, net, jobs, c.NetJobsLo)
	addedLo, _ := b.mean(added)
	c.NetJobsP, c.addedP = pairedP(jobs), pairedP(added)
	c.PerAdded, c.PerAddedLo, c.PerAddedHi = perUnit(b, net, added, addedLo)
	return c
}

// estimate is a mean over replicates with its interval; all NaN where a value is.
func (b *resampling) estimate(x []float64) (mean, lo, hi float64) {
	if mean, _ = moments(x); math.IsNaN(mean) {
		return mean, mean, mean
	}
	lo, hi = b.mean(x)
	return mean, lo, hi
}

// perUnit is the ratio of the mean cost to the mean gain, with its interval, where the gain is beyond chance. Else all are
// NaN: a ratio over a gain that may be nothing has no bounds, and a number in its place would be read as a price. The
// interval is Fieller's where pairs are few, else that of the bootstrap.
func perUnit(b *resampling, cost, gain []float64, gainLo float64) (ratio, lo, hi float64) {
	if !(gainLo > 0) {
		return math.NaN(), math.NaN(), math.NaN()
	}
	c, _ := moments(cost)
	g, _ := moments(gain)
	if b.n < few {
		lo, hi = fieller(cost, gain)
		return c / g, lo, hi
	}
	lo, hi = b.interval(func(picks []int32) float64 {
		of := meanOf(gain, picks)
		if of <= 0 {
			return math.NaN()
		}
		return meanOf(cost, picks) / of
	})
	return c / g, lo, hi
}

// displaced is the mean loss, against the baseline, of jobs at neighbours and rivals of an arm's target, at the reported ticks
// since its policies began: before, in looks that others ask for, there is nothing to lose. A firm that moves into the target is
// lost by them.
func (r *Result) displaced(p *pairs, replicate int) float64 {
	sum, looks, begin := 0.0, 0.0, r.BeginOf(r.Arms[p.arm].ID)
	for t, tick := range r.Ticks {
		if tick > begin {
			sum += p.base[replicate].beside[p.arm][t] - p.with[replicate].beside[p.arm][t]
			looks++
		}
	}
	return sum / max(looks, 1)
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

// EndOf is the last reported tick at which a policy was still at work: at or before the last tick in which it cost anything, its
// own dates holding, and in any case behind the last tick without a policy. It is the end for a policy that never cost.
func (r *Result) EndOf(policy string) int {
	last := r.Ticks[len(r.Ticks)-1]
	spent := -1
	for _, row := range r.Ledger {
		if row.Policy == policy && row.Gross+row.GuaranteeLoss > 0 {
			spent = row.Tick
		}
	}
	if spent < 0 {
		return last
	}
	if k := slices.IndexFunc(r.Arms, func(a Arm) bool { return a.ID == policy }); k >= 0 {
		spent = min(spent, scheduled(&r.Arms[k], last))
	}
	end := last
	for _, t := range slices.Backward(r.Ticks) {
		if t > r.First {
			end = t
		}
		if t <= spent {
			break
		}
	}
	return end
}
