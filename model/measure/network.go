package measure

import (
	"cmp"
	"slices"
)

// Closure tells how often the neighbours of a node are neighbours.
type Closure struct {
	Triangles    int
	Transitivity Optional // 3 triangles / pairs of edges that meet, in [0, 1]; none without such pairs
	Clustering   Optional // mean over all nodes of the share of pairs of neighbours that are linked; none without nodes
}

// ClosureOf counts the triangles of a graph. Transitivity is that of Newman, Strogatz and Watts (2001,
// doi 10.1103/PhysRevE.64.026118), clustering that of Watts and Strogatz (1998, doi 10.1038/30918); a node with fewer
// than two neighbours counts as 0 in the latter, as is usual. Weights play no part. The cost is that of edges^1.5.
func ClosureOf(g *Graph) Closure {
	n := g.Nodes()
	// Each triangle is found once, from its edge between the two nodes that come first in the order of degree, so that a
	// hub is never asked for all pairs of its neighbours.
	rank := make([]int32, n)
	for at, v := range byDegree(g) {
		rank[v] = int32(at)
	}
	count := make([]int, n)
	mark := make([]int32, n)
	for v := range mark {
		mark[v] = -1
	}
	out := Closure{}
	for v := range n {
		for _, u := range g.Near(v) {
			if rank[u] > rank[v] {
				mark[u] = int32(v)
			}
		}
		for _, u := range g.Near(v) {
			if rank[u] <= rank[v] {
				continue
			}
			for _, w := range g.Near(int(u)) {
				if rank[w] > rank[u] && mark[w] == int32(v) {
					out.Triangles++
					count[v]++
					count[u]++
					count[w]++
				}
			}
		}
	}
	pairs, sum := 0.0, 0.0
	for v := range n {
		if d := float64(g.Degree(v)); d > 1 {
			own := d * (d - 1) / 2
			pairs += float64(own)
			sum += float64(count[v]) / own
		}
	}
	if pairs > 0 {
		out.Transitivity = defined(3 * float64(out.Triangles) / pairs)
	}
	if n > 0 {
		out.Clustering = defined(sum / float64(n))
	}
	return out
}

// byDegree lists the nodes by degree, ascending, equal ones by number.
func byDegree(g *Graph) []int32 {
	order := make([]int32, g.Nodes())
	for v := range order {
		order[v] = int32(v)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(g.Degree(int(a)), g.Degree(int(b))) })
	return order
}

// Assortativity is the correlation of the degrees at both ends of an edge, in [-1, 1]: below 0, hubs link to small
// nodes (Newman 2002, doi 10.1103/PhysRevLett.89.208701). It does not exist without edges and where all nodes with
// edges have the same degree.
func Assortativity(g *Graph) Optional {
	ends, sum, squares, cross := 0.0, 0.0, 0.0, 0.0
	for v := range g.Nodes() {
		d := float64(g.Degree(v))
		ends += d
		sum += float64(d * d)
		for _, u := range g.Near(v) {
			squares += float64(d * d)
			cross += float64(d * float64(g.Degree(int(u))))
		}
	}
	if ends == 0 {
		return Optional{}
	}
	mean := sum / ends
	variance := squares/ends - float64(mean*mean)
	if !(variance > 1e-12*float64(mean*mean)) {
		return Optional{}
	}
	return defined((cross/ends - float64(mean*mean)) / variance)
}
