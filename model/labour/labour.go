// Package labour holds the labour markets: vacancies and hires, wages, migration.
package labour

import (
	"agglo/model/world"
	"agglo/sim/grid"
)

// Rules are the rules of labour markets with their scratch memory.
type Rules struct {
	P       Params
	commute []*grid.CouplingWork // by area
	rate    []float64            // by market: share of vacancies filled
}

// New makes the rules for a world whose ground has its couplings.
func New(p Params, w *world.World) *Rules {
	r := &Rules{P: p, rate: make([]float64, len(w.Markets.Force))}
	for a := range w.Ground {
		r.commute = append(r.commute, w.Ground[a].Commute.NewWork())
	}
	return r
}

// at hands the part of a by-market slice that belongs to an area.
func (r *Rules) at(_ *world.World, g *world.Ground, markets []float64, do func([]float64)) {
	do(markets[g.FirstMarket : g.FirstMarket+g.Commute.Markets()])
}

// Count adds up workers by cell and, through commuting, by the market where they live.
func (r *Rules) Count(w *world.World) {
	jobs := w.Fields.Jobs
	clear(jobs)
	labour := w.Firms.Labour[:len(w.Firms.Cell)]
	for i, cell := range w.Firms.Cell { // nobody works in a free row
		jobs[cell] += labour[i]
	}
	r.employ(w)
}

// employ adds up the workers of all cells by the market where they live.
func (r *Rules) employ(w *world.World) {
	for a := range w.Ground {
		g := &w.Ground[a]
		r.at(w, g, w.Markets.Employed, func(employed []float64) {
			g.Commute.Gather(employed, w.Fields.Jobs[g.First:g.First+g.Cells], r.commute[a])
		})
	}
}
