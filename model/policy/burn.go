package policy

import "agglo/model/world"

// burn is the placebo: it spends as infrastructure does and does nothing.
type burn struct{ outlay float64 } // per year and unit of value added

func newBurn(s Spec, p *Params) Policy { return burn{s.Intensity * p.Outlay} }

// Cost is a share of the firm's value added in a quarter.
func (b burn) Cost(v world.View, i int) float64 { return outlay(v, i, b.outlay) }

// Apply does nothing.
func (b burn) Apply(int, float64, *world.Levers) {}

// Spent is what was planned.
func (b burn) Spent(_ world.View, _ *world.Levers, _ int, _, planned float64) float64 { return planned }

// outlay is a yearly share of firm i's value added, for a quarter.
func outlay(v world.View, i int, share float64) float64 {
	return share * max(v.ValueAdded(i), 0) / world.TicksPerYear
}
