package measure

import "math"

// Partition is a division of the nodes into communities.
type Partition struct {
	Community  []int32 // of each node, numbered from 0 in the order of the first node
	Count      int
	Modularity Optional // none for a graph without edges
}

// Modularity is the weight inside communities beyond what chance would put there,
//
//	Q = sum_c [ w_c/m - resolution (k_c/2m)^2 ]
//
// with w_c the weight of edges inside c, k_c the sum of its nodes' strengths and m the weight of all edges; in [-.5, 1)
// for resolution 1 (Newman and Girvan 2004, doi 10.1103/PhysRevE.69.026113; resolution: Reichardt and Bornholdt 2006,
// doi 10.1103/PhysRevE.74.016110). Community holds each node's, 0 or above. It does not exist without edges.
func Modularity(g *Graph, community []int32, resolution float64) (Optional, error) {
	const name = "modularity"
	if err := length(name, "community", len(community), g.Nodes()); err != nil {
		return Optional{}, err
	}
	if err := within(name, "community", community, math.MaxInt32); err != nil {
		return Optional{}, err
	}
	most := int32(-1)
	for _, c := range community {
		most = max(most, c)
	}
	inside, strength, all := 0.0, make([]float64, most+1), 0.0
	for v := range g.Nodes() {
		for k := g.Start[v]; k < g.Start[v+1]; k++ {
			w := g.Weight[k]
			strength[community[v]] += w
			all += w
			if community[g.To[k]] == community[v] {
				inside += w
			}
		}
	}
	if !(all > 0) || math.IsInf(all, 0) {
		return Optional{}, nil
	}
	chance := 0.0
	for _, k := range strength {
		chance += float64(k / all * (k / all))
	}
	return defined(inside/all - float64(resolution*chance)), nil
}

// Louvain looks for the communities of greatest modularity: nodes move to the neighbouring community that gains most
// until none does, communities become the nodes of a smaller graph, and so on (Blondel, Guillaume, Lambiotte and
// Lefebvre 2008, doi 10.1088/1742-5468/2008/10/P10008). After a move only the neighbours are looked at again, as in
// Traag, Waltman and van Eck (2019, doi 10.1038/s41598-019-41695-z).
//
// No random number is drawn: nodes are visited in their order, and of equal gains the present community wins, then the
// one of the lowest number. So the result depends on the numbering of the nodes, like every such search, and on nothing
// else. It finds a good partition, not surely the best. Resolution is 1 for plain modularity, larger for smaller
// communities.
func Louvain(g *Graph, resolution float64) (Partition, error) {
	if !(resolution > 0) || math.IsInf(resolution, 0) {
		return Partition{}, &Invalid{"louvain", "resolution", -1, resolution, "a number above 0"}
	}
	community := make([]int32, g.Nodes())
	for v := range community {
		community[v] = int32(v)
	}
	coarse := newCoarse(g)
	for coarse.total > 0 {
		label := coarse.settle(resolution)
		count := renumber(label)
		for v, c := range community {
			community[v] = label[c]
		}
		if count == len(label) {
			break
		}
		coarse = coarse.merge(label, count)
	}
	out := Partition{Community: community, Count: renumber(community)}
	var err error
	out.Modularity, err = Modularity(g, community, resolution)
	return out, err
}

// renumber numbers labels in the order of their first appearance and returns how many there are. Labels are below the
// length of the list.
func renumber(label []int32) int {
	name := make([]int32, len(label))
	count := int32(0)
	for v, l := range label {
		if name[l] == 0 {
			count++
			name[l] = count
		}
		label[v] = name[l] - 1
	}
	return int(count)
}

// coarse is a graph whose nodes may be communities: as Graph, with the weight inside each node.
type coarse struct {
	Graph
	strength []float64 // of each node, its inner weight counted twice
	inner    []float64
	total    float64 // sum of strengths
}

func newCoarse(g *Graph) *coarse {
	c := &coarse{Graph: *g, strength: make([]float64, g.Nodes()), inner: make([]float64, g.Nodes())}
	c.weigh()
	return c
}

// weigh fills strength and total.
func (c *coarse) weigh() {
	c.total = 0
	for v := range c.Nodes() {
		s := 2 * c.inner[v]
		for k := c.Start[v]; k < c.Start[v+1]; k++ {
			s += c.Weight[k]
		}
		c.strength[v] = s
		c.total += s
	}
}

// settle moves nodes between communities until no move gains, and returns each node's community.
func (c *coarse) settle(resolution float64) []int32 {
	n := c.Nodes()
	label, queue := make([]int32, n), make([]int32, n)
	waiting := make([]bool, n)
	toward := make([]float64, n) // weight from the node at hand to each community
	seen := make([]int32, 0, 64)
	sum := make([]float64, n) // strength of each community
	for v := range n {
		label[v], queue[v], waiting[v], sum[v] = int32(v), int32(v), true, c.strength[v]
	}
	// The queue is a ring: a node stands in it at most once.
	for head, left := 0, n; left > 0; left-- {
		v := queue[head]
		head = (head + 1) % n
		waiting[v] = false
		own := label[v]
		seen = append(seen[:0], own)
		toward[own] = 0
		for k := c.Start[v]; k < c.Start[v+1]; k++ {
			l := label[c.To[k]]
			if toward[l] == 0 && l != own {
				seen = append(seen, l)
			}
			toward[l] += c.Weight[k]
		}
		pull := resolution * c.strength[v] / c.total
		best, most := own, toward[own]-float64(pull*(sum[own]-c.strength[v]))
		// A gain must be larger than what rounding can make, or two nodes might change places for ever.
		slack := float64(1e-12 * c.strength[v])
		for _, l := range seen[1:] {
			gain := toward[l] - float64(pull*sum[l])
			if gain > most+slack || best != own && gain == most && l < best {
				best, most = l, gain
			}
		}
		for _, l := range seen {
			toward[l] = 0
		}
		if best == own {
			continue
		}
		sum[own] -= c.strength[v]
		sum[best] += c.strength[v]
		label[v] = best
		for _, u := range c.Near(int(v)) {
			if !waiting[u] && label[u] != best {
				waiting[u] = true
				queue[(head+left-1)%n] = u
				left++
			}
		}
	}
	return label
}

// merge makes each community, numbered below count, a node.
func (c *coarse) merge(label []int32, count int) *coarse {
	out := &coarse{strength: make([]float64, count), inner: make([]float64, count)}
	out.Start = make([]int, count+1)
	toward := make([]float64, count)
	var seen []int32
	Plants{Sector: label, Sectors: count}.bySector(func(to int, members []int32) {
		seen = seen[:0]
		for _, v := range members {
			out.inner[to] += c.inner[v]
			for k := c.Start[v]; k < c.Start[v+1]; k++ {
				l := label[c.To[k]]
				if int(l) == to {
					out.inner[to] += float64(c.Weight[k] / 2) // each inner edge is met from both its ends
					continue
				}
				if toward[l] == 0 {
					seen = append(seen, l)
				}
				toward[l] += c.Weight[k]
			}
		}
		for _, l := range seen {
			out.To, out.Weight = append(out.To, l), append(out.Weight, toward[l])
			toward[l] = 0
		}
		out.Start[to+1] = len(out.To)
	})
	out.weigh()
	return out
}
