package policy

import "agglo/model/world"

// taxBreak takes points off the rate of the profit tax. What it costs is known only when profits are: the budget is held
// against what it would have cost on last tick's profits, and may be missed by the change of a tick's profit.
type taxBreak struct{ points float64 }

func newTaxBreak(s Spec, p *Params) Policy { return taxBreak{s.Intensity * p.TaxBreak} }

// Cost is the tax that last tick's profit would not have paid in a quarter. Nobody can pay less than no tax.
func (t taxBreak) Cost(v world.View, i int) float64 {
	return min(t.points, v.TaxRate(v.Region(i))) * max(v.Profit(i), 0) / world.TicksPerYear
}

// Apply lowers the tax rate.
func (t taxBreak) Apply(i int, share float64, l *world.Levers) {
	l.Push(world.LeverTax, i, share*t.points)
}

// Spent is this policy's part of the tax that the firm's profit did not pay.
func (t taxBreak) Spent(v world.View, l *world.Levers, i int, share, _ float64) float64 {
	all := l.Of(world.LeverTax, i)
	if all <= 0 {
		return 0
	}
	forgone := min(all, v.TaxRate(v.Region(i))) * max(v.Profit(i), 0) / world.TicksPerYear
	return float64(forgone * (share * t.points / all))
}
