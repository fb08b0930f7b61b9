package model

import (
	"math"
	"testing"

	"agglo/model/measure"
	"agglo/model/world"

	"pgregory.net/rapid"
)

// A glove game: player 0 has a left glove, 1 and 2 a right one each; a pair is worth 6. Player 0 is worth 4, the others 1.
// Symmetric players get the same, one that adds nothing gets nothing, and the parts sum to the whole.
func TestShapley(t *testing.T) {
	for _, c := range []struct {
		name  string
		value [8]float64
		want  [3]float64
	}{
		{"gloves", [8]float64{0, 0, 0, 6, 0, 6, 0, 6}, [3]float64{4, 1, 1}},
		{"each its own", [8]float64{5, 6, 7, 8, 8, 9, 10, 11}, [3]float64{1, 2, 3}},
		{"all or nothing", [8]float64{0, 0, 0, 0, 0, 0, 0, 9}, [3]float64{3, 3, 3}},
		{"one is a dummy", [8]float64{1, 4, 1, 4, 3, 8, 3, 8}, [3]float64{4, 0, 3}},
	} {
		var all [3]float64
		all[0], all[1], all[2] = shapley(&c.value)
		for player, want := range c.want {
			if got := all[player]; math.Abs(got-want) > 1e-12 {
				t.Errorf("%s: player %d gets %g, want %g", c.name, player, got, want)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		var v [8]float64
		for k := range v {
			v[k] = rapid.Float64Range(-100, 100).Draw(t, "worth")
		}
		parts, err := measure.Shapley(v[:])
		if err != nil {
			t.Fatal(err)
		}
		sum, all := 0.0, [3]float64{}
		all[0], all[1], all[2] = shapley(&v)
		for player, want := range parts {
			got := all[player]
			sum += got
			if math.Abs(got-want) > 1e-9 {
				t.Errorf("player %d gets %v, want %v", player, got, want)
			}
		}
		if math.Abs(sum-(v[7]-v[0])) > 1e-9 {
			t.Errorf("the parts sum to %v, want %v", sum, v[7]-v[0])
		}
	})
}

// The split of a firm's value added sums to its value added, with all channels on, in the reduced form as well. A channel that the
// rules do not have gets nothing.
func TestSplitAddsUp(t *testing.T) {
	for _, c := range []struct {
		off     string
		reduced bool
	}{{"", false}, {"pool", false}, {"inputs", false}, {"trust", false}, {"knowledge", false}, {"", true}, {"pool", true}, {"inputs", true}, {"trust", true}} {
		s, off := small(t, 3, 900), c.off
		s.Params.Production.ReducedForm = c.reduced
		switch p := &s.Params; off {
		case "pool":
			p.Production.PoolElasticity, p.Production.ReducedPool = 0, 0
		case "inputs":
			p.Production.LocalShare, p.Production.ReducedSupply = 0, 0
		case "trust":
			p.Production.Relational = 0
		case "knowledge":
			p.Knowledge.Imitation, p.Knowledge.AccessElasticity = 0, 0
		}
		w := to(t, begun(t, s), 8)
		f, y, p := &w.Firms, &w.Synergy, &w.Params
		if y.Tick != 8 || len(y.Base) != w.Rows() {
			t.Fatalf("a split of tick %d for %d of %d rows", y.Tick, len(y.Base), w.Rows())
		}
		input, pool, trust, knowledge := 0.0, 0.0, 0.0, 0.0
		for i, id := range f.ID {
			part := world.NewView(w).Split(i)
			sum := part.Base + part.Input + part.Labour + part.Trust + part.Knowledge
			want := 0.0
			if id != 0 && f.Sales[i] > 0 && f.Capacity[i] > 0 {
				want = (1 - p.InputShare()*p.CostShare()) * min(f.Demand[i], float64(f.Capacity[i]))
			}
			if math.Abs(sum-want) > 1e-12*(1+want) {
				t.Fatalf("%+v: the parts of firm %d sum to %g, want %g", c, i, sum, want)
			}
			if part.Knowledge < -1e-9 {
				t.Errorf("firm %d lost %g by what it learned", i, -part.Knowledge)
			}
			input, pool = input+math.Abs(part.Input), pool+math.Abs(part.Labour)
			trust, knowledge = trust+math.Abs(part.Trust), knowledge+math.Abs(part.Knowledge)
		}
		all := total(y.Base)
		for name, x := range map[string]float64{"pool": pool, "inputs": input, "trust": trust, "knowledge": knowledge} {
			none := x <= 1e-9*all
			if want := name == off || name == "trust" && off == "inputs"; none != want {
				t.Errorf("%+v: the channel %s moves %g of %g", c, name, x, all)
			}
		}
	}
}
