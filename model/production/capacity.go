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
	active := labour - p.Overhead
	if active <= 0 || capital <= 0 {
		return 0
	}
	work := wage * active / p.Beta
	ratio := userCost * capital / p.Alpha / work // one logarithm does for both factors
	return work * num.Exp(share*num.LogQuick(ratio)) / cost
}

// Deliver sets what each firm can deliver, with the slack that it has.
func (r *Rules) Deliver(w *world.World, lo, hi int) {
	f, p := &w.Firms, &w.Params
	share, cost := p.Alpha/(p.Alpha+p.Beta), p.CostShare()
	for i := lo; i < hi; i++ {
		if f.ID[i] != 0 {
			f.Capacity[i] = float32(r.P.Slack * capacity(p, share, cost, w.UserCost(i), f.Capital[i], f.Wage[i], f.Labour[i]) / w.Worth(i))
		}
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
