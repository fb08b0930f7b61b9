package measure

import "agglo/sim/rng"

// purposeSwap is the purpose of the draws of Rewire.
const purposeSwap rng.Purpose = 0x6d656173_05

// Rewire is a graph in which every node has the number of neighbours that it has in g, and who they are is left to chance:
// ends of two edges change places, a-b and c-d becoming a-d and c-b, swaps times over per edge; an exchange that would make a
// loop or an edge twice is not made (Maslov and Sneppen 2002, doi 10.1126/science.1065103). Ten swaps an edge are enough.
// Weights are those of the edges of g in their order, so that they are dealt out anew too. Draws are addressed by the seed.
func Rewire(g *Graph, swaps int, seed uint64) *Graph {
	var from, to []int32
	var weight []float64
	linked := make(map[uint64]bool, g.Edges())
	key := func(a, b int32) uint64 { return uint64(min(a, b))<<32 | uint64(max(a, b)) }
	for v := range g.Nodes() {
		for k := g.Start[v]; k < g.Start[v+1]; k++ {
			if u := g.To[k]; u > int32(v) {
				from, to, weight = append(from, int32(v)), append(to, u), append(weight, g.Weight[k])
				linked[key(int32(v), u)] = true
			}
		}
	}
	edges := float64(len(from))
	for s := range swaps * len(from) {
		draw := func(k int) float64 { return rng.Seed(seed).Uniform(purposeSwap, uint64(s), 0, k) }
		e, f := int(draw(0)*edges), int(draw(1)*edges)
		if draw(2) < .5 {
			from[f], to[f] = to[f], from[f] // either end of the second edge may be the one that goes
		}
		a, b, c, d := from[e], to[e], from[f], to[f]
		if a == d || c == b || linked[key(a, d)] || linked[key(c, b)] {
			continue
		}
		delete(linked, key(a, b))
		delete(linked, key(c, d))
		linked[key(a, d)], linked[key(c, b)] = true, true
		to[e], to[f] = d, b
	}
	out, _, err := NewGraph(g.Nodes(), from, to, weight)
	if err != nil {
		panic("measure: Rewire: " + err.Error()) // the ends and weights are those of a sound graph
	}
	return out
}

// ModularityExcess is the modularity of Louvain's communities less that of graphs of the same degrees wired at random, the
// mean of so many: such graphs have communities too, by chance (Guimera, Sales-Pardo and Amaral 2004, doi
// 10.1103/PhysRevE.70.025101). It does not exist without edges.
func ModularityExcess(g *Graph, draws int, seed uint64) (Optional, error) {
	found, err := Louvain(g, 1)
	if err != nil || !found.Modularity.Defined {
		return Optional{}, err
	}
	chance := 0.0
	for d := range draws {
		random, err := Louvain(Rewire(g, 10, rng.Key(seed, uint64(d))), 1)
		if err != nil {
			return Optional{}, err
		}
		chance += random.Modularity.Value / float64(draws)
	}
	return defined(found.Modularity.Value - chance), nil
}
