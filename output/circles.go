package output

import (
	"agglo/model/measure"
	"agglo/model/world"
)

// circles counts the communities of the trust network and gives their modularity, NaN without ties. Communities are firms that work
// together more with each other than chance would have it, wherever they stand: the network's own answer to what belongs together,
// beside the clusters, in which space has a say. A tie weighs the mean of the trust at both ends. Firms without one are left out:
// each would be a community of its own.
//
// It is asked for once a run and not every year, because with 100,000 firms it takes as long as a tick.
func circles(v world.View) (count, modularity float64) {
	node, nodes := make([]int32, v.Rows()), int32(0)
	for i := range v.Rows() {
		if v.Living(i) && v.Collaborators(i) > 0 {
			node[i] = nodes
			nodes++
		}
	}
	var from, to []int32
	var weight []float64
	for i := range v.Rows() {
		if !v.Living(i) || v.Collaborators(i) == 0 {
			continue
		}
		for k := range collaborationSlots {
			if j, trust, ok := v.Collaboration(i, k); ok && i < j {
				back, _ := v.TrustBack(i, k)
				from, to, weight = append(from, node[i]), append(to, node[j]), append(weight, float64(float64(trust)+float64(back))/2)
			}
		}
	}
	g, _, err := measure.NewGraph(int(nodes), from, to, weight)
	if err != nil {
		return 0, ratio(0, 0) // what ties hold is sound, so this does not happen
	}
	found, err := measure.Louvain(g, 1)
	if err != nil || !found.Modularity.Defined {
		return 0, ratio(0, 0)
	}
	return float64(found.Count), found.Modularity.Value
}
