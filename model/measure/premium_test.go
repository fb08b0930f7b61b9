package measure

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Two sectors by hand. Inside: sector 0 has 3 workers at own 1 and place .5, sector 1 has 1 worker at own 2, place .5; a
// young firm among sector 0 (1 of the 3 workers, own 1.6; the other 2 workers at .7). Outside: sector 0 1 worker at own .5,
// place .1, young; sector 1 3 workers at own 1.8, place .2.
//
//	means: in 0 1.5, in 1 2.5, out 0 .6, out 1 2. Shares: in .75 .25, out .25 .75.
//	mix = .5 x 1.05 - .5 x 2.25 = -.6
//	place = .5 x .4 + .5 x .3 = .35
//	sorting = .5 x (1.6 - .5) = .55; own = .5 x .5 + .5 x .2 = .35; selection = -.2
//	total = (3 x 1.5 + 2.5)/4 - (.6 + 3 x 2)/4 = 1.75 - 1.65 = .1
func TestDecompose(t *testing.T) {
	in, out := NewPremiumSum(2, 2), NewPremiumSum(2, 2)
	in.Add(0, 1, true, []float64{1.6, .5})
	in.Add(0, 2, false, []float64{.7, .5})
	in.Add(1, 1, false, []float64{2, .5})
	in.Add(1, 5, false, []float64{math.NaN(), .5}) // is left out
	out.Add(0, 1, true, []float64{.5, .1})
	out.Add(1, 3, false, []float64{1.8, .2})
	p := Decompose(in, out)
	for _, c := range []struct {
		what      string
		got, want float64
	}{{"mix", p.Mix, -.6}, {"place", p.Channels[0], .35}, {"sorting", p.Sorting, .55}, {"selection", p.Selection, -.2}, {"total", p.Total, .1}} {
		if math.Abs(c.got-c.want) > 1e-12 {
			t.Errorf("%s = %.15g, want %g", c.what, c.got, c.want)
		}
	}
	if p := Decompose(in, NewPremiumSum(2, 2)); !math.IsNaN(p.Total) || !math.IsNaN(p.Channels[0]) {
		t.Errorf("a premium over nobody: %+v", p)
	}
}

// The parts add up to the difference of means whatever the firms are; a set against itself has no premium; a channel that
// is off everywhere has no part.
func TestDecomposeAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (*PremiumSum, float64, float64) {
			p, sum, weight := NewPremiumSum(3, 4), 0.0, 0.0
			for range rapid.IntRange(1, 12).Draw(t, name) {
				w := rapid.Float64Range(.1, 50).Draw(t, "weight")
				terms := []float64{rapid.Float64Range(-1, 1).Draw(t, "own"), 0, rapid.Float64Range(-1, 1).Draw(t, "b"), rapid.Float64Range(-1, 1).Draw(t, "c")}
				p.Add(rapid.IntRange(0, 2).Draw(t, "sector"), w, rapid.Bool().Draw(t, "young"), terms)
				sum += w * (terms[0] + terms[2] + terms[3])
				weight += w
			}
			return p, sum, weight
		}
		in, a, wa := draw("in")
		out, b, wb := draw("out")
		p := Decompose(in, out)
		if want := a/wa - b/wb; math.Abs(p.Total-want) > 1e-9 {
			t.Fatalf("total %g, difference of means %g", p.Total, want)
		}
		if p.Channels[0] != 0 {
			t.Fatalf("a channel that is off has %g", p.Channels[0])
		}
		self := Decompose(in, in)
		for _, x := range []float64{self.Total, self.Mix, self.Sorting, self.Selection, self.Channels[1], self.Channels[2]} {
			if math.Abs(x) > 1e-12 {
				t.Fatalf("firms have a premium over themselves: %+v", self)
			}
		}
	})
}
