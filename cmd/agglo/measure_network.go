package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/spf13/pflag"

	"agglo/internal/table"
	"agglo/model/measure"
)

// exactNodes is up to how many nodes paths are measured from every node.
const exactNodes = 10_000

// networkFlags are the flags of the statistics of a network.
type networkFlags struct {
	edges      string
	given      string // file of communities; empty for those of Louvain's method
	resolution float64
	sources    int
	seed       uint64
}

// flagsNetwork sets up the statistics of a network.
func flagsNetwork(f *pflag.FlagSet) compute {
	o := &networkFlags{}
	f.StringVar(&o.edges, "edges", "", "`FILE` of edges: from,to and, if wanted, weight")
	f.StringVar(&o.given, "communities", "", "`FILE` of communities whose modularity is wanted: node,community; without it Louvain's method finds them")
	f.Float64Var(&o.resolution, "resolution", 1, "of modularity; above 1 for smaller communities")
	f.IntVar(&o.sources, "sources", 200, fmt.Sprintf("nodes from which paths are measured in networks of more than %d nodes", exactNodes))
	f.Uint64Var(&o.seed, "seed", 1, "seed of the draw of these nodes")
	return o.compute
}

// compute builds the graph and measures it.
func (o *networkFlags) compute(_ context.Context, j *measurement) (*findings, error) {
	if !(o.resolution > 0) || math.IsInf(o.resolution, 0) {
		return nil, usagef("--resolution %v: want a number above 0", o.resolution)
	}
	if o.sources < 1 || o.sources > exactNodes {
		return nil, usagef("--sources %d: want 1 to %d", o.sources, exactNodes)
	}
	r, err := j.read("edges", o.edges, textColumn("from"), textColumn("to"), optionalColumn(amountColumn("weight", "")))
	if err != nil {
		return nil, err
	}
	from, to, names := table.Merge(r.labels("from"), r.labels("to"))
	weight := r.numbers("weight")
	inOrder(from, to, weight)
	g, leftOut, err := measure.NewGraph(len(names), from, to, weight)
	if err != nil {
		return nil, r.explain(err)
	}
	if leftOut > 0 {
		j.note("rows left out: %d, of which from and to are the same node, or the weight is 0", leftOut)
	}
	parts, err := o.communities(j, r, g, names)
	if err != nil {
		return nil, err
	}
	return o.describe(j, g, parts)
}

// communities gives those of the file, or those that Louvain's method finds.
func (o *networkFlags) communities(j *measurement, edges *orderedRows, g *measure.Graph, names []string) (measure.Partition, error) {
	if o.given == "" {
		parts, err := measure.Louvain(g, o.resolution)
		return parts, edges.explain(err)
	}
	r, err := j.read("communities", o.given, textColumn("node"), textColumn("community"))
	if err != nil {
		return measure.Partition{}, err
	}
	node, community := r.labels("node"), r.labels("community")
	parts := measure.Partition{Community: make([]int32, len(names)), Count: len(community.Names)}
	listed := make([]bool, len(names))
	var wrong []table.Fault
	for k, code := range node.Code {
		at, known := slices.BinarySearch(names, node.Names[code])
		switch {
		case !known:
			wrong = append(wrong, r.fault(k, "node", "%q is no node of %s", node.Names[code], edges.File))
		case listed[at]:
			wrong = append(wrong, r.fault(k, "node", "%q stands twice", node.Names[code]))
		default:
			listed[at], parts.Community[at] = true, community.Code[k]
		}
	}
	for at, ok := range listed {
		if !ok {
			wrong = append(wrong, table.Fault{File: r.File, Name: "node", What: fmt.Sprintf("%q of %s is missing", names[at], edges.File)})
		}
	}
	if len(wrong) > 0 {
		return parts, asFaults(wrong)
	}
	parts.Modularity, err = measure.Modularity(g, parts.Community, o.resolution)
	return parts, r.explain(err)
}

// inOrder turns every edge so that its first name comes first and orders them: neither the direction nor the order of
// rows may show in a sum of weights.
func inOrder(from, to []int32, weight []float64) {
	edges := make([]measure.Weight, len(from))
	for k := range from {
		edges[k] = measure.Weight{I: min(from[k], to[k]), J: max(from[k], to[k]), Value: 1}
		if weight != nil {
			edges[k].Value = weight[k]
		}
	}
	slices.SortStableFunc(edges, func(a, b measure.Weight) int {
		return cmp.Or(cmp.Compare(a.I, b.I), cmp.Compare(a.J, b.J), cmp.Compare(a.Value, b.Value))
	})
	for k, e := range edges {
		from[k], to[k] = e.I, e.J
		if weight != nil {
			weight[k] = e.Value
		}
	}
}

// describe gives the one row of a network.
func (o *networkFlags) describe(j *measurement, g *measure.Graph, parts measure.Partition) (*findings, error) {
	closure := measure.ClosureOf(g)
	mixing := measure.Assortativity(g)
	exact := exactNodes
	if g.Nodes() > exactNodes {
		exact = o.sources
	}
	paths := measure.PathsOf(g, exact, o.seed)
	if !paths.Exact {
		j.note("paths are measured from %d of %d nodes: mean_path is an estimate, diameter a lower bound", paths.Sources, g.Nodes())
	}
	if paths.Parts > 1 {
		j.note("the network falls into %d parts, the largest of %d nodes: mean_path is over pairs inside parts", paths.Parts, paths.Largest)
	}
	for _, c := range []struct {
		name, why string
		value     measure.Optional
	}{
		{"transitivity", "no two edges meet", closure.Transitivity},
		{"assortativity", "all nodes with edges have the same degree, or there are no edges", mixing},
		{"mean_path", "there are no edges", paths.Mean},
		{"modularity", "there are no edges", parts.Modularity},
	} {
		if !c.value.Defined {
			j.note("%s does not exist: %s", c.name, c.why)
		}
	}
	out := &findings{columns: []string{"nodes", "edges", "triangles", "transitivity", "clustering", "assortativity", "mean_path",
		"diameter", "modularity", "communities", "path_sources"}}
	out.add(g.Nodes(), g.Edges(), closure.Triangles, maybe(closure.Transitivity), maybe(closure.Clustering), maybe(mixing),
		maybe(paths.Mean), paths.Diameter, maybe(parts.Modularity), parts.Count, paths.Sources)
	return out, nil
}
