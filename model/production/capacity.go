package production

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// Capacity is the value of what a firm can deliver in a year with its capital and its workers beyond overhead, when it
// buys inputs as it likes: from Y = A K^alpha (m L)^beta X^(1-alpha-beta) with X at its best, in value
// (1/cs) (uK/alpha)^(alpha/(alpha+beta)) (wL/beta)^(beta/(alpha+beta)), cs the share of cost in price. Technology drops
// out: a better firm delivers more units, each at a lower price.
func Capacity(p *world.Params, userCost, capital, wage, labour float64) float64 {
	x := factorsOf(p)
	work, ratio := x.active(p, userCost, capital, wage, labour)
	return work * num.ExpQuick(x.share*num.LogQuick(ratio)) / p.CostShare()
}

// factors are what all firms share in Capacity: the share of capital in the cost of capital and labour, and one over the share of either
// in the cost of all.
type factors struct{ share, perAlpha, perBeta float64 }

func factorsOf(p *world.Params) factors {
	return factors{share: p.Alpha / (p.Alpha + p.Beta), perAlpha: 1 / p.Alpha, perBeta: 1 / p.Beta}
}

// active is what active workers earn over the share of labour, and how many times the cost of capital over its share is as much: one
// logarithm does for both factors. Where there are none of one of them, the first is 0 and the second 1.
func (x factors) active(p *world.Params, userCost, capital, wage, labour float64) (work, ratio float64) {
	beyond := labour - p.Overhead
	if beyond <= 0 || capital <= 0 {
		return 0, 1
	}
	work = wage * beyond * x.perBeta
	return work, userCost * capital * x.perAlpha / work
}

// Deliver sets what each firm can deliver, with the slack that it has.
func (r *Rules) Deliver(w *world.World, lo, hi int) {
	for ; lo < hi; lo += world.Batch {
		r.deliver(w, lo, min(lo+world.Batch, hi))
	}
}

// deliver is Deliver of at most a batch of rows; see Capacity.
func (r *Rules) deliver(w *world.World, lo, hi int) {
	f, p := &w.Firms, &w.Params
	x, scale := factorsOf(p), r.P.Slack/p.CostShare()
	var works, ratios [world.Batch]float64
	work, ratio := works[:hi-lo], ratios[:hi-lo]
	capital, wage, labour := f.Capital[lo:hi], f.Wage[lo:hi], f.Labour[lo:hi]
	cost, helped := p.UserCost(), w.Levers.Pulled(world.LeverUserCost)
	for k := range work {
		if helped {
			cost = w.UserCost(lo + k)
		}
		work[k], ratio[k] = x.active(p, cost, capital[k], wage[k], labour[k])
	}
	num.Logs(ratio)
	for k := range ratio {
		ratio[k] *= x.share
	}
	num.Exps(ratio)
	for k, power := range ratio {
		ratio[k] = scale * work[k] * power
	}
	if w.Levers.Unlike() {
		for k := range ratio {
			ratio[k] /= w.Worth(lo + k)
		}
	}
	capacity := f.Capacity[lo:hi]
	for k, x := range ratio { // free rows have no workers, so no capacity
		capacity[k] = float32(x)
	}
}

// LabourFor is the number of workers, overhead included, that delivers sales of a value at least cost.
func LabourFor(p *world.Params, sales, wage float64) float64 {
	return p.Overhead + p.Beta*p.CostShare()*sales/wage
}

// CapitalFor is the capital that delivers sales of a value at least cost.
func CapitalFor(p *world.Params, sales, userCost float64) float64 {
	return p.Alpha * p.CostShare() * sales / userCost
}

// SalesOf is the value of yearly sales that a number of workers delivers at least cost; the inverse of LabourFor.
func SalesOf(p *world.Params, labour, wage float64) float64 {
	return max(labour-p.Overhead, 0) * wage / (p.Beta * p.CostShare())
}
