package labour

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// Start gives each market the labour force that leaves its workers of the start with natural unemployment, or spreads the
// area's stated labour force in proportion to them: over the land where nobody works yet. Where chance has drawn more workers into an
// area than it has people, it has as many people as workers.
func (r *Rules) Start(w *world.World) {
	r.Count(w)
	m := &w.Markets
	for a := range w.Ground {
		g := &w.Ground[a]
		employed, markets := 0.0, g.Commute.Markets()
		for k := g.FirstMarket; k < g.FirstMarket+markets; k++ {
			employed += m.Employed[k]
		}
		scale := 1 / (1 - r.P.Natural)
		if force := w.Setting.Areas[a].LabourForce; force > 0 && employed > 0 {
			scale = max(force, employed) / employed
		}
		for k := g.FirstMarket; k < g.FirstMarket+markets; k++ {
			m.Force[k] = m.Employed[k] * scale
		}
		if employed == 0 {
			spread(w, g, w.Setting.Areas[a].LabourForce)
		}
		for k := g.FirstMarket; k < g.FirstMarket+markets; k++ {
			m.Housing[k] = m.Force[k]
		}
	}
	r.Publish(w)
}

// spread puts people on an area's land.
func spread(w *world.World, g *world.Ground, people float64) {
	land := num.Sum(w.Cells.Land[g.First : g.First+g.Cells])
	for c := g.First; c < g.First+g.Cells; c++ {
		if k := w.Cells.Market[c]; k >= 0 {
			w.Markets.Force[k] += people * w.Cells.Land[c] / land
		}
	}
}
