package measure

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"
)

// karate is the club of Zachary (1977): 34 members, 78 friendships, members numbered from 1 as published.
func karate(t testing.TB) *Graph {
	edges := [][2]int32{
		{1, 2}, {1, 3}, {1, 4}, {1, 5}, {1, 6}, {1, 7}, {1, 8}, {1, 9}, {1, 11}, {1, 12}, {1, 13}, {1, 14}, {1, 18}, {1, 20},
		{1, 22}, {1, 32}, {2, 3}, {2, 4}, {2, 8}, {2, 14}, {2, 18}, {2, 20}, {2, 22}, {2, 31}, {3, 4}, {3, 8}, {3, 9}, {3, 10},
		{3, 14}, {3, 28}, {3, 29}, {3, 33}, {4, 8}, {4, 13}, {4, 14}, {5, 7}, {5, 11}, {6, 7}, {6, 11}, {6, 17}, {7, 17},
		{9, 31}, {9, 33}, {9, 34}, {10, 34}, {14, 34}, {15, 33}, {15, 34}, {16, 33}, {16, 34}, {19, 33}, {19, 34}, {20, 34},
		{21, 33}, {21, 34}, {23, 33}, {23, 34}, {24, 26}, {24, 28}, {24, 30}, {24, 33}, {24, 34}, {25, 26}, {25, 28}, {25, 32},
		{26, 32}, {27, 30}, {27, 34}, {28, 34}, {29, 32}, {29, 34}, {30, 33}, {30, 34}, {31, 33}, {31, 34}, {32, 33}, {32, 34},
		{33, 34},
	}
	var from, to []int32
	for _, e := range edges {
		from, to = append(from, e[0]-1), append(to, e[1]-1)
	}
	g, leftOut, err := NewGraph(34, from, to, nil)
	if err != nil || leftOut != 0 {
		t.Fatal(leftOut, err)
	}
	return g
}

func TestKarate(t *testing.T) {
	g := karate(t)
	if g.Nodes() != 34 || g.Edges() != 78 {
		t.Fatal(g.Nodes(), g.Edges())
	}
	c := ClosureOf(g)
	if c.Triangles != 45 {
		t.Errorf("%d triangles", c.Triangles)
	}
	near(t, "transitivity", c.Transitivity.Value, .2556818, 5e-8)
	near(t, "clustering", c.Clustering.Value, .5706385, 5e-8)
	near(t, "assortativity", Assortativity(g).Value, -.4756131, 5e-8)
	near(t, "density", g.Density().Value, .1390374, 5e-8)
	p := PathsOf(g, 10_000, 1)
	near(t, "mean path", p.Mean.Value, 2.4081996, 5e-8)
	if p.Diameter != 5 || !p.Exact || p.Sources != 34 || p.Parts != 1 || p.Largest != 34 {
		t.Errorf("%+v", p)
	}
}

// groups puts the members listed, numbered from 1, in groups 1, 2, ... and all others in group 0.
func groups(lists ...[]int) []int32 {
	out := make([]int32, 34)
	for k, list := range lists {
		for _, v := range list {
			out[v-1] = int32(k + 1)
		}
	}
	return out
}

func TestKarateModularity(t *testing.T) {
	g := karate(t)
	hi := []int{1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 17, 18, 20, 22}
	for _, c := range []struct {
		name  string
		group []int32
		want  float64
		tol   float64
	}{
		{"16 and 18 members", groups(hi), .3714661, 5e-8},
		{"the club's split, member 9 with the instructor", groups(append([]int{9}, hi...)), .3582347, 5e-8},
		{"best four groups", groups(
			[]int{1, 2, 3, 4, 8, 12, 13, 14, 18, 20, 22}, []int{5, 6, 7, 11, 17}, []int{24, 25, 26, 28, 29, 32}), .4197896, 5e-8},
		{"a Louvain result of the Python package networkx", groups(
			[]int{1, 2, 3, 4, 8, 10, 12, 13, 14, 18, 20, 22}, []int{5, 6, 7, 11, 17}, []int{24, 25, 26, 28, 29, 32}), .418803, 5e-7},
	} {
		near(t, c.name, must[Optional](t)(Modularity(g, c.group, 1)).Value, c.want, c.tol)
	}
	p := must[Partition](t)(Louvain(g, 1))
	if q := p.Modularity.Value; q < .40 || q > .41979 {
		t.Errorf("Louvain found %g in %d communities", q, p.Count)
	}
	near(t, "its modularity", must[Optional](t)(Modularity(g, p.Community, 1)).Value, p.Modularity.Value, 0)
}

func TestGraphByHand(t *testing.T) {
	// A triangle 0-1-2 with a tail 2-3, a pair 4-5 given three times, a loop, a zero weight, a lonely node 6.
	g, leftOut, err := NewGraph(7, []int32{0, 2, 1, 3, 4, 5, 4, 6, 0}, []int32{1, 1, 0, 2, 5, 4, 5, 6, 3},
		[]float64{1, 2, 3, 4, 1, 2, 4, 9, 0})
	if err != nil || leftOut != 2 {
		t.Fatal(leftOut, err)
	}
	if want := []int32{1, 0, 2, 1, 3, 2, 5, 4}; !reflect.DeepEqual(g.To, want) {
		t.Error(g.To)
	}
	if want := []float64{4, 4, 2, 2, 4, 4, 7, 7}; !reflect.DeepEqual(g.Weight, want) {
		t.Error(g.Weight)
	}
	p := PathsOf(g, 100, 1)
	near(t, "mean path of 0-1-2-3 and 4-5", p.Mean.Value, (1+2+3+1+2+1+1)/7.0, 1e-15)
	if p.Diameter != 3 || p.Parts != 3 || p.Largest != 4 {
		t.Errorf("%+v", p)
	}
	part := must[Partition](t)(Louvain(g, 1))
	if part.Community[4] != part.Community[5] || part.Community[6] == part.Community[4] || part.Community[0] != 0 {
		t.Errorf("%+v", part)
	}
}

func TestGraphCornerCases(t *testing.T) {
	empty, _, err := NewGraph(3, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, p := ClosureOf(empty), PathsOf(empty, 10, 1)
	if c.Transitivity.Defined || c.Clustering.Value != 0 || Assortativity(empty).Defined || p.Mean.Defined || p.Parts != 3 {
		t.Error(c, p)
	}
	if part := must[Partition](t)(Louvain(empty, 1)); part.Count != 3 || part.Modularity.Defined {
		t.Errorf("%+v", part)
	}
	if none, _, _ := NewGraph(0, nil, nil, nil); ClosureOf(none).Clustering.Defined || none.Density().Defined || PathsOf(none, 1, 1).Parts != 0 {
		t.Error("a graph without nodes")
	}
	ring, _, _ := NewGraph(4, []int32{0, 1, 2, 3}, []int32{1, 2, 3, 0}, nil)
	if Assortativity(ring).Defined {
		t.Error("equal degrees have no correlation")
	}
	var invalid *Invalid
	for _, f := range []func() error{
		func() error { _, _, err := NewGraph(2, []int32{0}, []int32{2}, nil); return err },
		func() error { _, _, err := NewGraph(2, []int32{0}, []int32{1}, []float64{-1}); return err },
		func() error { _, _, err := NewGraph(2, []int32{0}, nil, nil); return err },
		func() error { _, err := Louvain(ring, 0); return err },
		func() error { _, err := Modularity(ring, []int32{0}, 1); return err },
	} {
		if err := f(); !errors.As(err, &invalid) {
			t.Error(err)
		}
	}
}

// planted draws a graph of groups of nodes that link mostly among themselves, and the same graph for gonum.
func planted(n, groups, edges int, seed uint64) (*Graph, *simple.WeightedUndirectedGraph) {
	r := rand.New(rand.NewPCG(seed, 1))
	other := simple.NewWeightedUndirectedGraph(0, 0)
	for v := range n {
		other.AddNode(simple.Node(v))
	}
	var from, to []int32
	var weight []float64
	for len(from) < edges {
		a, b := r.IntN(n), r.IntN(n)
		if a == b || a%groups != b%groups && r.Float64() < .97 || other.HasEdgeBetween(int64(a), int64(b)) {
			continue
		}
		w := .5 + r.Float64()
		from, to, weight = append(from, int32(a)), append(to, int32(b)), append(weight, w)
		other.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(a), T: simple.Node(b), W: w})
	}
	g, _, err := NewGraph(n, from, to, weight)
	if err != nil {
		panic(err)
	}
	return g, other
}

// gonum is the oracle: equal modularity of one partition, and communities as good as its own.
func TestLouvainAgainstGonum(t *testing.T) {
	for seed := range uint64(3) {
		g, other := planted(400, 10, 2000, seed)
		mine := must[Partition](t)(Louvain(g, 1))
		sets := make([][]graph.Node, mine.Count)
		for v, c := range mine.Community {
			sets[c] = append(sets[c], simple.Node(v))
		}
		near(t, "modularity", mine.Modularity.Value, community.Q(other, sets, 1), 1e-12)
		theirs := community.Q(other, community.Modularize(other, 1, rand.NewPCG(seed, 2)).Communities(), 1)
		if mine.Modularity.Value < theirs-.01 {
			t.Errorf("seed %d: %g in %d communities, gonum %g", seed, mine.Modularity.Value, mine.Count, theirs)
		}
		fine := must[Partition](t)(Louvain(g, 4))
		if fine.Count <= mine.Count {
			t.Errorf("resolution 4 gave %d communities, 1 gave %d", fine.Count, mine.Count)
		}
	}
}

// Paths, triangles and assortativity against the definitions, on random graphs.
func TestNetworkAgainstDefinitions(t *testing.T) {
	for seed := range uint64(5) {
		g, _ := planted(60, 4, 150, seed)
		n := g.Nodes()
		d := make([][]int, n)
		for v := range d {
			d[v] = make([]int, n)
			for u := range d[v] {
				d[v][u] = 1000
			}
			d[v][v] = 0
			for _, u := range g.Near(v) {
				d[v][u] = 1
			}
		}
		triangles := 0
		for a := range n {
			for b := range a {
				for c := range b {
					if d[a][b] == 1 && d[b][c] == 1 && d[a][c] == 1 {
						triangles++
					}
				}
			}
		}
		if got := ClosureOf(g).Triangles; got != triangles {
			t.Errorf("%d triangles, want %d", got, triangles)
		}
		for k := range n {
			for a := range n {
				for b := range n {
					d[a][b] = min(d[a][b], d[a][k]+d[k][b])
				}
			}
		}
		sum, pairs, longest := 0, 0, 0
		for a := range n {
			for b := range n {
				if a != b && d[a][b] < 1000 {
					sum, pairs, longest = sum+d[a][b], pairs+1, max(longest, d[a][b])
				}
			}
		}
		p := PathsOf(g, 60, 1)
		near(t, "mean path", p.Mean.Value, float64(sum)/float64(pairs), 1e-12)
		if p.Diameter != longest {
			t.Errorf("diameter %d, want %d", p.Diameter, longest)
		}
		some := PathsOf(g, 30, 1)
		if some.Exact || some.Sources != 30 || math.Abs(some.Mean.Value-p.Mean.Value) > .5 || some.Diameter > longest {
			t.Errorf("%+v against %+v", some, p)
		}
	}
}

// large is a planted graph of a million edges, built without gonum.
func large() *Graph {
	r := rand.New(rand.NewPCG(1, 1))
	const n, groups, edges = 200_000, 2000, 1_000_000
	from, to, weight := make([]int32, edges), make([]int32, edges), make([]float64, edges)
	for e := range from {
		from[e], to[e] = int32(r.IntN(n)), int32(r.IntN(n))
		if r.Float64() < .85 {
			to[e] = from[e]%groups + groups*int32(r.IntN(n/groups))
		}
		weight[e] = r.Float64()
	}
	g, _, err := NewGraph(n, from, to, weight)
	if err != nil {
		panic(err)
	}
	return g
}

func BenchmarkLouvain1M(b *testing.B) {
	g := large()
	b.ReportAllocs()
	for b.Loop() {
		p, err := Louvain(g, 1)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(p.Modularity.Value, "Q")
	}
}

func BenchmarkClosure1M(b *testing.B) {
	g := large()
	for b.Loop() {
		ClosureOf(g)
	}
}

// Paths from 200 of 200,000 nodes, as the command line draws them beyond 10,000 nodes.
func BenchmarkPaths1M(b *testing.B) {
	g := large()
	for b.Loop() {
		PathsOf(g, 200, 1)
	}
}
