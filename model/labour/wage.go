package labour

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// Turn moves wages, the labour force and housing at the end of a tick: wages rise with the world's and react to
// unemployment, some workers move to where life is better.
func (r *Rules) Turn(w *world.World, _ int) error {
	r.Count(w)
	follow(w)
	m := &w.Markets
	grow := w.Params.WorldGrowth / world.TicksPerYear
	for k := range m.Force {
		if m.Force[k] > 0 {
			m.LogWage[k] += num.Clamp(float64(r.P.WageSlope*(r.P.Natural-m.Unemployment(k))), -r.P.WageStep, r.P.WageStep) + float64(grow)
		}
	}
	people := num.Exp(w.Params.PopulationGrowth / world.TicksPerYear)
	for k := range m.Force {
		m.Force[k] *= people
		m.Housing[k] *= people
	}
	if people < 1 { // places where all have work, since firms have moved there, shrink too
		follow(w)
	}
	r.migrate(w)
	r.Publish(w)
	return nil
}

// Publish lays the wage that a firm in a cell must pay out over the cells: the geometric mean of the wages of the markets
// that its workers come from.
func (r *Rules) Publish(w *world.World) {
	for a := range w.Ground {
		g := &w.Ground[a]
		r.at(w, g, w.Markets.LogWage, func(wages []float64) {
			g.Commute.Spread(w.Fields.LogWage[g.First:g.First+g.Cells], wages, r.commute[a])
		})
	}
	copy(w.Fields.Wage, w.Fields.LogWage)
	num.Exps(w.Fields.Wage)
}
