package policy

import "agglo/model/world"

// subsidies bring money to firms with their accounts.
var subsidies = []Entry{
	{
		ID: "subsidy", Title: "Investment subsidy", Stands: "I1 I17",
		Doc: "Pays a part of the yearly user cost of capital. It lowers unit cost, makes more capital worth having, and brings " +
			"cash to firms that lack credit.",
		Settings: []string{"policy.subsidy", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{{part: userCost{rate: s.Intensity * p.Subsidy}, pays: ToFirms}}
		},
	},
	{
		ID: "product_subsidy", Title: "Product subsidy", Stands: "I1",
		Doc:      "Pays a share of sales on top of the price. Firms ask less for their goods; customers and input buyers gain too.",
		Settings: []string{"policy.product_subsidy", "policy.admin"},
		parts: func(s Spec, p *Params) []component {
			return []component{{part: price{rate: s.Intensity * p.ProductSubsidy}, pays: ToFirms}}
		},
	},
}

// userCost pays a part of the user cost of capital. The same lever enters the unit cost, the wish for capital and the
// firm's cash, so a firm short of credit gains most.
type userCost struct {
	plain
	rate float64 // per year and unit of capital
}

// cost is a quarter's rate on the firm's capital, which does not change before it is paid.
func (s userCost) cost(v world.View, i int) float64 {
	return s.rate * v.Capital(i) / world.TicksPerYear
}

func (s userCost) apply(r *reach, share float64, l *world.Levers) {
	for _, i := range r.rows {
		l.Push(world.LeverUserCost, int(i), share*s.rate)
	}
}

// spent is what was planned, on the capital that the accounts began with.
func (s userCost) spent(_ world.View, _ *world.Levers, _ int, _, planned float64) float64 {
	return planned
}

// price pays a share of sales. What it costs is known only when sales are: see later.
type price struct {
	plain
	rate float64
}

// cost is the share of last tick's sales.
func (s price) cost(v world.View, i int) float64 { return s.rate * v.Sales(i) / world.TicksPerYear }

func (s price) apply(r *reach, share float64, l *world.Levers) {
	for _, i := range r.rows {
		l.Push(world.LeverPrice, int(i), share*s.rate)
	}
}

// spent is the share of this tick's sales.
func (s price) spent(v world.View, _ *world.Levers, i int, share, _ float64) float64 {
	return share * s.rate * v.Sales(i) / world.TicksPerYear
}
