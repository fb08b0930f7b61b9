package measure

import (
	"errors"
	"math"
	"testing"

	"agglo/sim/rng"
)

// communitiesOf is a graph of groups of nodes, each tied to some of its group and few outside.
func communitiesOf(t *testing.T, groups, size int, inside float64) *Graph {
	t.Helper()
	var from, to []int32
	for v := range groups * size {
		for u := range v {
			p := .01
			if v/size == u/size {
				p = inside
			}
			if rng.Seed(9).Uniform(drawTruth, uint64(v), u, 0) < p {
				from, to = append(from, int32(v)), append(to, int32(u))
			}
		}
	}
	g, _, err := NewGraph(groups*size, from, to, nil)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestRewireKeepsDegrees(t *testing.T) {
	g := communitiesOf(t, 6, 20, .4)
	r := Rewire(g, 10, 1)
	same := 0
	for v := range g.Nodes() {
		if g.Degree(v) != r.Degree(v) {
			t.Errorf("node %d: degree %d, was %d", v, r.Degree(v), g.Degree(v))
		}
		for k, u := range r.Near(v) {
			if u == int32(v) || k > 0 && r.Near(v)[k-1] == u {
				t.Errorf("node %d: a loop, or edge to %d twice", v, u)
			}
			for _, was := range g.Near(v) {
				if was == u {
					same++
				}
			}
		}
	}
	if share := float64(same) / float64(2*g.Edges()); share > .2 {
		t.Errorf("%.2f of the edges are where they were: want them dealt out anew", share)
	}
	again := Rewire(g, 10, 1)
	for k := range r.To {
		if r.To[k] != again.To[k] {
			t.Fatal("the same seed gives another graph")
		}
	}
}

// A graph with communities has more modularity than chance, one without has no more, though Louvain finds some in both.
func TestModularityExcess(t *testing.T) {
	with, err := ModularityExcess(communitiesOf(t, 6, 20, .4), 3, 1)
	if err != nil || !with.Defined || with.Value < .3 {
		t.Errorf("with communities: %+v, %v: want above .3", with, err)
	}
	without, err := ModularityExcess(Rewire(communitiesOf(t, 6, 20, .4), 10, 5), 3, 1)
	if err != nil || !without.Defined || math.Abs(without.Value) > .03 {
		t.Errorf("without communities: %+v, %v: want 0 within .03", without, err)
	}
	empty, _, _ := NewGraph(3, nil, nil, nil)
	if none, err := ModularityExcess(empty, 3, 1); err != nil || none.Defined {
		t.Errorf("no edges: %+v, %v", none, err)
	}
}

func TestNearness(t *testing.T) {
	// Points 0, 1 and 10 on a line: one of three pairs within 2; ties 0-1 and 1-10: one of two.
	x, y := []float64{0, 1, 10}, []float64{0, 0, 0}
	n, err := NearnessOf(x, y, []int32{0, 1}, []int32{1, 2}, 2)
	if err != nil || n.Ties != .5 || math.Abs(n.Pairs-1./3) > 1e-15 || math.Abs(n.Ratio-1.5) > 1e-15 {
		t.Errorf("%+v, %v: want .5 over 1/3", n, err)
	}
	if _, err := NearnessOf(x, y, nil, nil, 2); !errors.Is(err, ErrUndefined) {
		t.Errorf("no ties: %v", err)
	}
	if _, err := NearnessOf(x, y, []int32{0}, []int32{1}, .5); !errors.Is(err, ErrUndefined) {
		t.Errorf("no pair within the radius: %v", err)
	}
	// Ties drawn without regard to distance: ratio 1.
	var px, py []float64
	var from, to []int32
	for i := range 1500 {
		px = append(px, 100*rng.Seed(2).Uniform(drawTruth, uint64(i), 4, 0))
		py = append(py, 100*rng.Seed(2).Uniform(drawTruth, uint64(i), 4, 1))
		for k := range 4 {
			from = append(from, int32(i))
			to = append(to, int32(1500*rng.Seed(2).Uniform(drawTruth, uint64(i), 5, k)))
		}
	}
	if n, err := NearnessOf(px, py, from, to, 30); err != nil || math.Abs(n.Ratio-1) > .06 {
		t.Errorf("ties at random: %+v, %v: want a ratio of 1 within .06", n, err)
	}
}
