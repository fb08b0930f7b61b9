package measure

import (
	"math"
	"slices"
)

// Graph is an undirected graph with weights, kept as rows of neighbours: those of node v stand at
// Start[v]..Start[v+1]-1 of To and Weight, in ascending order. Every edge stands in two rows; a loop does not occur.
type Graph struct {
	Start  []int
	To     []int32
	Weight []float64
}

// NewGraph builds the graph of n nodes and a list of edges. An edge may be given in either direction and more than
// once: its weights add up. A nil weight makes every weight 1. Loops (from = to) are left out and counted, since trade
// with oneself is no tie; so are edges of weight 0.
//
// A node outside 0..n-1 or a weight that is negative or not finite is an *Invalid.
func NewGraph(n int, from, to []int32, weight []float64) (g *Graph, leftOut int, err error) {
	const name = "network"
	if n < 0 || n > math.MaxInt32 {
		return nil, 0, &Invalid{name, "nodes", -1, float64(n), "from 0 to 2^31-1"}
	}
	if err := length(name, "to", len(to), len(from)); err != nil {
		return nil, 0, err
	}
	if err := within(name, "from", from, n); err != nil {
		return nil, 0, err
	}
	if err := within(name, "to", to, n); err != nil {
		return nil, 0, err
	}
	if weight != nil {
		if err := length(name, "weight", len(weight), len(from)); err != nil {
			return nil, 0, err
		}
		if err := nonNegative(name, "weight", weight); err != nil {
			return nil, 0, err
		}
	}
	g = &Graph{Start: make([]int, n+1)}
	keep := func(e int) bool { return from[e] != to[e] && (weight == nil || weight[e] > 0) }
	for e := range from {
		if keep(e) {
			g.Start[from[e]+1]++
			g.Start[to[e]+1]++
		} else {
			leftOut++
		}
	}
	for v := range n {
		g.Start[v+1] += g.Start[v]
	}
	g.To, g.Weight = make([]int32, g.Start[n]), make([]float64, g.Start[n])
	next := slices.Clone(g.Start)
	put := func(a, b int32, w float64) {
		g.To[next[a]], g.Weight[next[a]] = b, w
		next[a]++
	}
	for e := range from {
		if keep(e) {
			w := 1.0
			if weight != nil {
				w = weight[e]
			}
			put(from[e], to[e], w)
			put(to[e], from[e], w)
		}
	}
	g.tidy()
	return g, leftOut, nil
}

// tidy sorts every row by neighbour and adds up repeated edges. It turns the matrix twice, which sorts rows in linear
// time and keeps equal entries in the order of the list, so that sums have the same bits in both rows of an edge.
func (g *Graph) tidy() {
	n := g.Nodes()
	turned := &Graph{Start: g.Start, To: make([]int32, len(g.To)), Weight: make([]float64, len(g.To))}
	next := slices.Clone(g.Start[:n])
	for v := range n { // the matrix is symmetric, so its columns are as long as its rows
		for k := g.Start[v]; k < g.Start[v+1]; k++ {
			u := g.To[k]
			turned.To[next[u]], turned.Weight[next[u]] = int32(v), g.Weight[k]
			next[u]++
		}
	}
	start, end := make([]int, n+1), 0
	for v := range n {
		start[v] = end
		for k := turned.Start[v]; k < turned.Start[v+1]; k++ {
			if end > start[v] && turned.To[end-1] == turned.To[k] {
				turned.Weight[end-1] += turned.Weight[k]
			} else {
				turned.To[end], turned.Weight[end] = turned.To[k], turned.Weight[k]
				end++
			}
		}
	}
	start[n] = end
	g.Start, g.To, g.Weight = start, turned.To[:end], turned.Weight[:end]
}

// Nodes is the number of nodes.
func (g *Graph) Nodes() int { return len(g.Start) - 1 }

// Edges is the number of edges.
func (g *Graph) Edges() int { return len(g.To) / 2 }

// Degree is the number of neighbours of a node.
func (g *Graph) Degree(v int) int { return g.Start[v+1] - g.Start[v] }

// Near is the row of a node's neighbours, ascending.
func (g *Graph) Near(v int) []int32 { return g.To[g.Start[v]:g.Start[v+1]] }

// Density is the number of edges over that of pairs, in [0, 1]; none for fewer than two nodes.
func (g *Graph) Density() Optional {
	n := float64(g.Nodes())
	if n < 2 {
		return Optional{}
	}
	return defined(2 * float64(g.Edges()) / (n * (n - 1)))
}
