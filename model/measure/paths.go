package measure

import (
	"cmp"
	"slices"

	"agglo/sim/rng"
)

// purposeSource is the address of the draws that choose the nodes paths are measured from.
const purposeSource rng.Purpose = 0x6d656173_01

// Paths are the lengths of shortest paths, in edges.
type Paths struct {
	Mean     Optional // over all pairs that are connected; none without such a pair
	Diameter int      // the longest one found
	Sources  int      // nodes from which paths were measured
	Exact    bool     // all nodes were sources; else Mean is an estimate and Diameter a lower bound
	Parts    int      // connected components
	Largest  int      // nodes of the largest one
}

// PathsOf measures shortest paths by breadth-first search from every node if there are at most exactUpTo of them, else
// from that many nodes drawn without repetition (the draw depends on seed and node number alone). Weights play no part.
// In a graph of several components the mean is over the pairs inside components. The cost is that of sources times edges.
func PathsOf(g *Graph, exactUpTo int, seed uint64) Paths {
	n := g.Nodes()
	sources := make([]int32, n)
	for v := range sources {
		sources[v] = int32(v)
	}
	out := Paths{Exact: n <= exactUpTo}
	if !out.Exact {
		draw := make([]uint64, n)
		for v := range draw {
			draw[v] = rng.Seed(seed).Bits(purposeSource, uint64(v), 0, 0)
		}
		slices.SortFunc(sources, func(a, b int32) int { return cmp.Or(cmp.Compare(draw[a], draw[b]), cmp.Compare(a, b)) })
		sources = sources[:max(exactUpTo, 0)]
	}
	out.Sources = len(sources)
	walk := newWalk(n)
	total, pairs := 0.0, 0.0
	for _, v := range sources {
		reached, sum, depth := walk.from(g, v)
		total += float64(sum)
		pairs += float64(reached - 1)
		out.Diameter = max(out.Diameter, depth)
	}
	if pairs > 0 {
		out.Mean = defined(total / pairs)
	}
	for _, size := range Components(g) {
		out.Parts++
		out.Largest = max(out.Largest, size)
	}
	return out
}

// Components gives the number of nodes of each connected component, in the order of its first node.
func Components(g *Graph) []int {
	var sizes []int
	seen := make([]bool, g.Nodes())
	var front []int32
	for v := range seen {
		if seen[v] {
			continue
		}
		seen[v] = true
		front = append(front[:0], int32(v))
		size := 0
		for len(front) > 0 {
			u := front[len(front)-1]
			front = front[:len(front)-1]
			size++
			for _, w := range g.Near(int(u)) {
				if !seen[w] {
					seen[w] = true
					front = append(front, w)
				}
			}
		}
		sizes = append(sizes, size)
	}
	return sizes
}

// walk is the memory of a breadth-first search, used again from source to source.
type walk struct {
	stamp []int32 // the last search that reached the node
	depth []int32
	queue []int32
	turn  int32
}

func newWalk(n int) *walk {
	return &walk{stamp: make([]int32, n), depth: make([]int32, n), queue: make([]int32, 0, n)}
}

// from searches from one node: how many nodes it reached, itself included, the sum of their distances, the greatest.
func (w *walk) from(g *Graph, source int32) (reached int, sum int64, depth int) {
	w.turn++
	w.stamp[source], w.depth[source] = w.turn, 0
	w.queue = append(w.queue[:0], source)
	for k := 0; k < len(w.queue); k++ {
		v := w.queue[k]
		d := w.depth[v] + 1
		sum += int64(d - 1)
		depth = int(d - 1)
		for _, u := range g.Near(int(v)) {
			if w.stamp[u] != w.turn {
				w.stamp[u], w.depth[u] = w.turn, d
				w.queue = append(w.queue, u)
			}
		}
	}
	return len(w.queue), sum, depth
}
