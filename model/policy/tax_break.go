package policy

import "agglo/model/world"

// taxes are those that are not asked for.
var taxes = []Entry{
	{
		ID: "tax_break", Title: "Profit tax break", Stands: "I2",
		Doc:      "Takes points off the tax rate on profits. It leaves firms more cash, and founders and movers see it; no price changes.",
		Settings: []string{"policy.tax_break", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{{part: taxBreak{points: s.Intensity * p.TaxBreak}, pays: NotAsked}}
		},
	},
	{
		ID: "rd_tax_deduction", Title: "R&D tax deduction", Stands: "I2 I17",
		Doc:      "Gives back a share of what a firm spends on R&D of its own. Own R&D answers to its price.",
		Settings: []string{"policy.research_deduction", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{{part: deduction{rate: s.Intensity * p.ResearchDeduction}, pays: ToFirms}}
		},
	},
}

// taxBreak takes points off the rate of the profit tax. What it costs is known only when profits are: the budget is held
// against what it would have cost on last tick's profits, and may be missed by the change of a tick's profit.
type taxBreak struct {
	plain
	points float64
}

// cost is the tax that last tick's profit would not have paid in a quarter. Nobody can pay less than no tax.
func (t taxBreak) cost(v world.View, i int) float64 {
	return t.off(v, i) * max(v.Profit(i), 0) / world.TicksPerYear
}

// off is the points that can be taken off firm i's rate.
func (t taxBreak) off(v world.View, i int) float64 { return min(t.points, v.TaxRate(v.Region(i))) }

func (t taxBreak) apply(r *reach, share float64, l *world.Levers) {
	for _, i := range r.rows {
		l.Push(world.LeverTax, int(i), share*t.off(r.view, int(i)))
	}
}

// spent is this policy's part of the tax that the firm's profit did not pay.
func (t taxBreak) spent(v world.View, l *world.Levers, i int, share, _ float64) float64 {
	all := l.Of(world.LeverTax, i)
	if all <= 0 {
		return 0
	}
	return float64(v.Untaxed(i) / world.TicksPerYear * (share * t.off(v, i) / all))
}

// deduction gives back a share of own R&D.
type deduction struct {
	plain
	rate float64
}

// cost is the share of last tick's own R&D as it would be at the lower price.
func (d deduction) cost(v world.View, i int) float64 {
	return min(d.rate, 1) * v.ResearchOwn(i) * v.ResearchAnswer(d.rate) / world.TicksPerYear
}

func (d deduction) apply(r *reach, share float64, l *world.Levers) {
	for _, i := range r.rows {
		l.Push(world.LeverResearchPrice, int(i), share*min(d.rate, 1))
	}
}

// spent is this policy's part of what the firm's own R&D was given back.
func (d deduction) spent(v world.View, l *world.Levers, i int, share, _ float64) float64 {
	all := l.Of(world.LeverResearchPrice, i)
	if all <= 0 {
		return 0
	}
	given := v.Research(i) - v.ResearchOwn(i)
	return float64((v.ResearchPaid(i) - given) / world.TicksPerYear * (share * min(d.rate, 1) / all))
}
