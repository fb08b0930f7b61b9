package study

import (
	"math"

	"agglo/model/measure"
	"agglo/model/world"
)

const (
	nearKM    = 30 // radius of T12
	rewirings = 3  // random graphs of T10b
)

// network takes the statistics of ties.
func (g *gathering) network(v world.View, f *firms) {
	var supply, collab struct{ from, to []int32 }
	partners := histogram{width: .05}
	for k, i := range f.row {
		v.EachTie(i, func(kind world.TieKind, partner int, _ float64) {
			j := f.node[partner]
			switch {
			case kind == world.SupplyTie:
				supply.from, supply.to = append(supply.from, int32(k)), append(supply.to, j)
			case int32(k) < j: // both ends hold a half
				collab.from, collab.to = append(collab.from, int32(k)), append(collab.to, j)
				partners.add(math.Hypot(f.x[k]-f.x[j], f.y[k]-f.y[j]))
			}
		})
	}
	g.put("T8", partners.median(), nil)
	living := make(map[uint64]bool, len(f.row))
	for _, i := range f.row {
		living[v.ID(i)] = true
	}
	g.put("T9", standing(g.ties, supplyTies(v), func(id uint64) bool { return living[id] }), nil)
	near, err := measure.NearnessOf(f.x, f.y, supply.from, supply.to, nearKM)
	g.put("T12", near.Ratio, err)
	graph := func(from, to []int32) *measure.Graph {
		made, _, err := measure.NewGraph(len(f.row), from, to, nil)
		if err != nil {
			panic("study: ties of a sound world: " + err.Error())
		}
		return made
	}
	g.maybe("T10a", measure.Assortativity(graph(supply.from, supply.to)))
	partnersOnly := graph(collab.from, collab.to)
	if c, d := measure.ClosureOf(partnersOnly).Clustering, partnersOnly.Density(); c.Defined && d.Defined {
		g.put("T11", over(c.Value, d.Value), nil)
	}
	if g.wanted("T10b") {
		excess, err := measure.ModularityExcess(graph(append(supply.from, collab.from...), append(supply.to, collab.to...)), rewirings, g.seed)
		if err == nil {
			g.maybe("T10b", excess)
		}
	}
}
