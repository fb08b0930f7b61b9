package policy

import "agglo/model/world"

// subsidy pays a part of the user cost of capital. The same lever enters the unit cost, the wish for capital and the
// firm's cash, so a firm short of credit gains most.
type subsidy struct{ rate float64 } // per year and unit of capital

func newSubsidy(s Spec, p *Params) Policy { return subsidy{s.Intensity * p.Subsidy} }

// Cost is a quarter's rate on the firm's capital.
func (s subsidy) Cost(v world.View, i int) float64 { return s.rate * v.Capital(i) / world.TicksPerYear }

// Apply lowers the user cost of capital.
func (s subsidy) Apply(i int, share float64, l *world.Levers) {
	l.Push(world.LeverUserCost, i, share*s.rate)
}

// Spent is what was planned: capital does not change between the two.
func (s subsidy) Spent(_ world.View, _ *world.Levers, _ int, _, planned float64) float64 {
	return planned
}
