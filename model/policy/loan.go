package policy

import "agglo/model/world"

// loans lower the price of debt and the risk of it.
var loans = []Entry{
	{
		ID: "loan", Title: "Guaranteed loan", Stands: "I1 I4",
		Doc: "Adds to the credit line of firms, for a share of their yearly sales. When a firm closes in debt the public pays " +
			"the bank up to that. The budget bounds what is guaranteed; guarantees run off when the programme is over.",
		Settings: []string{"policy.loan", "policy.loan_years", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{{part: guarantee{line: s.Intensity * p.Loan}, pays: Guarantee}}
		},
	},
	{
		ID: "soft_loan", Title: "Soft loan", Stands: "I4",
		Doc: "As a guaranteed loan, and the public pays points of the interest on all debt and takes over a share of the debt " +
			"each year, which need not be repaid.",
		Settings: []string{"policy.loan", "policy.loan_years", "policy.soft_points", "policy.soft_forgiven", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{
				{part: guarantee{line: s.Intensity * p.Loan}, pays: Guarantee},
				{part: interest{points: s.Intensity * p.SoftPoints}, pays: ToBanks},
				{part: forgiven{rate: s.Intensity * p.SoftForgiven}, pays: ToPurses},
			}
		},
	},
	{
		ID: "risk_sharing", Title: "Risk sharing", Stands: "I6",
		Doc: "A fund that shares commercial risk: it adds to the credit line as a guaranteed loan does, and makes good a share " +
			"of what owners lose at closing.",
		Settings: []string{"policy.loan", "policy.loan_years", "policy.risk_shared", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{
				{part: guarantee{line: s.Intensity * p.Loan}, pays: Guarantee},
				{part: recovery{share: min(s.Intensity*p.RiskShared, 1)}, pays: Guarantee},
			}
		},
	},
	{
		ID: "loss_compensation", Title: "Loss compensation", Stands: "I8",
		Doc: "Makes good a share of what owners lose at closing. Founders dare more, and so do owners with a firm: they choose " +
			"more risk.",
		Settings: []string{"policy.loss_compensated", "policy.loan_years", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{{part: recovery{share: min(s.Intensity*p.LossCompensated, 1)}, pays: Guarantee}}
		},
	},
}

// guarantee stands for an addition to the credit line.
type guarantee struct {
	plain
	line float64 // years of sales
}

// cost is the whole line: the most that can be lost.
func (g guarantee) cost(v world.View, i int) float64 { return g.line * v.Sales(i) }

func (g guarantee) apply(r *reach, share float64, l *world.Levers) {
	for k, i := range r.rows {
		l.Push(world.LeverCredit, int(i), share*r.cost[k])
	}
}

func (guarantee) spent(world.View, *world.Levers, int, float64, float64) float64 { return 0 }

// recovery makes good a share of what owners lose at closing.
type recovery struct {
	plain
	share float64
}

// cost is the share of all capital: the most that can be lost.
func (g recovery) cost(v world.View, i int) float64 { return g.share * v.Capital(i) }

func (g recovery) apply(r *reach, share float64, l *world.Levers) {
	for _, i := range r.rows {
		l.Push(world.LeverRecovery, int(i), share*g.share)
	}
}

func (recovery) spent(world.View, *world.Levers, int, float64, float64) float64 { return 0 }

// interest pays points of the interest on overdrafts to banks.
type interest struct {
	plain
	points float64 // per year
}

// cost is a quarter's points on what the firm owes; it owes the same when its accounts are closed.
func (g interest) cost(v world.View, i int) float64 {
	return min(g.points, v.Interest()) * max(-v.Cash(i), 0) / world.TicksPerYear
}

func (g interest) apply(r *reach, share float64, l *world.Levers) {
	for _, i := range r.rows {
		l.Push(world.LeverInterest, int(i), share*min(g.points, r.view.Interest()))
	}
}

// spent is this policy's part of the interest that was not asked: no more than all of it.
func (g interest) spent(v world.View, l *world.Levers, i int, _, planned float64) float64 {
	if all := l.Of(world.LeverInterest, i); all > v.Interest() {
		return float64(planned * (v.Interest() / all))
	}
	return planned
}

// forgiven takes over debts, a share a year.
type forgiven struct {
	plain
	rate float64 // per year
}

// cost is a quarter's share of what the firm owes.
func (g forgiven) cost(v world.View, i int) float64 {
	return min(g.rate, 1) * max(-v.Cash(i), 0) / world.TicksPerYear
}
