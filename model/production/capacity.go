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
	return capacity(p, p.Alpha/(p.Alpha+p.Beta), p.CostShare(), userCost, capital, wage, labour)
}

// capacity is Capacity with what all firms share worked out: the share of capital in the cost of capital and labour, and that of
// cost in price.
func capacity(p *world.Params, share, cost, userCost, capital, wage, labour float64) float64 {
	work, ratio := active(p, 1/p.Alpha, 1/p.Beta, userCost, capital, wage, labour)
	return work * num.Exp(share*num.LogQuick(ratio)) / cost
}

// active is what active workers earn over the share of labour, and how many times the cost of capital over its share is as much: one
// logarithm does for both factors. Where there are none of one of them, the first is 0 and the second 1.
func active(p *world.Params, perAlpha, perBeta, userCost, capital, wage, labour float64) (work, ratio float64) {
	beyond := labour - p.Overhead
	if beyond <= 0 || capital <= 0 {
		return 0, 1
	}
	work = wage * beyond * perBeta
	return work, userCost * capital * perAlpha / work
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
	share, scale, perAlpha, perBeta := p.Alpha/(p.Alpha+p.Beta), r.P.Slack/p.CostShare(), 1/p.Alpha, 1/p.Beta
	var works, ratios [world.Batch]float64
	work, ratio := works[:hi-lo], ratios[:hi-lo]
	capital, wage, labour := f.Capital[lo:hi], f.Wage[lo:hi], f.Labour[lo:hi]
	cost, helped := p.UserCost(), w.Levers.Pulled(world.LeverUserCost)
	for k := range work {
		if helped {
			cost = w.UserCost(lo + k)
		}
		work[k], ratio[k] = active(p, perAlpha, perBeta, cost, capital[k], wage[k], labour[k])
	}
	num.Logs(ratio)
	for k := range ratio {
		ratio[k] *= share
	}
	num.Exps(ratio)
	for k, x := range ratio {
		ratio[k] = scale * work[k] * x
	}
	if w.Levers.Pulled(world.LeverPrice) {
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
