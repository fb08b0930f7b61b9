package design

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// ishigami is f = sin x1 + 7 sin^2 x2 + .1 x3^4 sin x1, each x even on (-pi, pi): Ishigami and Homma 1990. Its variance and
// its indices are known: V = 13.8445879, S1 = .313905, .442411, 0; ST = .557589, .442411, .243684; S2 of 1 and 3 .243684.
func ishigami(x []float64) float64 {
	s2 := math.Sin(x[1])
	return math.Sin(x[0]) + 7*s2*s2 + .1*x[2]*x[2]*x[2]*x[2]*math.Sin(x[0])
}

func angles() []Factor {
	return []Factor{
		{Name: "x1", Shape: Uniform, Of: [3]float64{-math.Pi, math.Pi}},
		{Name: "x2", Shape: Uniform, Of: [3]float64{-math.Pi, math.Pi}},
		{Name: "x3", Shape: Uniform, Of: [3]float64{-math.Pi, math.Pi}},
	}
}

// unit gives factors a, b, ... that are even on [0,1].
func unit(n int) []Factor {
	out := make([]Factor, n)
	for j := range out {
		out[j] = Factor{Name: string(rune('a' + j)), Shape: Uniform, Of: [3]float64{0, 1}}
	}
	return out
}

func results(d Design, f func(x []float64) float64) []float64 {
	y := make([]float64, len(d.Points))
	for i, x := range d.Points {
		y[i] = f(x)
	}
	return y
}

func must(t *testing.T, p Plan, factors []Factor) Design {
	t.Helper()
	d, err := p.Make(factors)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// indices analyses and gives the indices by factor and name.
func indices(t *testing.T, a Analysis, d Design, y []float64) map[string]Index {
	t.Helper()
	all, err := a.Of(d, y)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]Index{}
	for _, index := range all {
		out[index.Factor+" "+index.Name] = index
	}
	return out
}

func within(t *testing.T, got map[string]Index, want map[string]float64, tolerance float64) {
	t.Helper()
	for name, v := range want {
		index, ok := got[name]
		if !ok || !(math.Abs(index.Value-v) <= tolerance) {
			t.Errorf("%s = %v, want %v +- %v", name, index.Value, v, tolerance)
		}
		if ok && !math.IsNaN(index.Lo) && !(index.Lo <= index.Value && index.Value <= index.Hi) {
			t.Errorf("%s = %v lies outside of its interval %v to %v", name, index.Value, index.Lo, index.Hi)
		}
	}
}

func TestSobolIshigami(t *testing.T) {
	want := map[string]float64{"x1 S1": .313905191, "x2 S1": .442411145, "x3 S1": 0,
		"x1 ST": .557588855, "x2 ST": .442411145, "x3 ST": .243683664}
	interactions := map[string]float64{"x1:x3 S2": .243683664, "x1:x2 S2": 0, "x2:x3 S2": 0}
	for seed := range uint64(5) {
		d := must(t, Plan{Kind: "saltelli", N: 1024, Seed: seed}, angles())
		if len(d.Points) != 5*1024 {
			t.Fatalf("%d points", len(d.Points))
		}
		within(t, indices(t, Analysis{Kind: "sobol", Resamples: 100}, d, results(d, ishigami)), want, .05)
		d = must(t, Plan{Kind: "saltelli", N: 1024, Seed: seed, Second: true}, angles())
		if len(d.Points) != 8*1024 {
			t.Fatalf("%d points", len(d.Points))
		}
		got := indices(t, Analysis{Kind: "sobol", Resamples: 100}, d, results(d, ishigami))
		within(t, got, want, .05)
		within(t, got, interactions, .05)
	}
}

// Two factors that are added explain all the variance, each its part: 1 to 4 for slopes of 1 to 2. A factor that does
// nothing has indices 0, the effect of ten thousand added to all results none.
func TestSobolAdditive(t *testing.T) {
	d := must(t, Plan{Kind: "saltelli", N: 4096, Seed: 3, Second: true}, unit(3))
	got := indices(t, Analysis{Kind: "sobol", Resamples: 100}, d, results(d, func(x []float64) float64 { return 1e4 + x[0] + 2*x[1] }))
	within(t, got, map[string]float64{"a S1": .2, "b S1": .8, "a ST": .2, "b ST": .8, "c S1": 0, "c ST": 0, "a:b S2": 0}, .01)
	if sum := got["a S1"].Value + got["b S1"].Value + got["c S1"].Value; math.Abs(sum-1) > .005 {
		t.Errorf("the S1 of an additive function sum to %v", sum)
	}
}

// The g-function, the product of (|4x-2| + a)/(1 + a): Saltelli and Sobol' 1995. A factor alone has variance
// V_j = 1/(3 (1+a)^2), all have prod (1+V_j) - 1, a factor with its interactions V_j prod over others (1+V).
func TestSobolG(t *testing.T) {
	a := []float64{0, 1, 4.5, 9}
	all, variance := 1., make([]float64, 4)
	for j := range a {
		variance[j] = 1 / (3 * (1 + a[j]) * (1 + a[j]))
		all *= 1 + variance[j]
	}
	want := map[string]float64{}
	for j, f := range unit(4) {
		want[f.Name+" S1"] = variance[j] / (all - 1)
		want[f.Name+" ST"] = variance[j] * all / (1 + variance[j]) / (all - 1)
	}
	d := must(t, Plan{Kind: "saltelli", N: 4096, Seed: 1}, unit(4))
	y := results(d, func(x []float64) float64 {
		product := 1.
		for j := range x {
			product *= (math.Abs(4*x[j]-2) + a[j]) / (1 + a[j])
		}
		return product
	})
	within(t, indices(t, Analysis{Kind: "sobol", Resamples: 100}, d, y), want, .02)
}

// Of intervals of 95 percent, nine in ten or more hold the true value.
func TestIntervalsCover(t *testing.T) {
	held, all := 0, 0
	for seed := range uint64(100) {
		d := must(t, Plan{Kind: "saltelli", N: 256, Seed: seed}, angles())
		got := indices(t, Analysis{Kind: "sobol", Resamples: 200, Seed: seed}, d, results(d, ishigami))
		for name, v := range map[string]float64{"x1 S1": .313905191, "x2 S1": .442411145, "x1 ST": .557588855, "x3 ST": .243683664} {
			all++
			if got[name].Lo <= v && v <= got[name].Hi {
				held++
			}
		}
	}
	if share := float64(held) / float64(all); share < .9 {
		t.Errorf("%.3f of the intervals hold the value", share)
	}
}

// Published for SALib's draws: 7.682808, 7.875, 6.256295. Over all draws the means are 7.7036, 7.875 and 6.2490: on four levels
// the sine of x1 is 0 or +-0.866 and steps by 0.866; x3^4 is pi^4 or (pi/3)^4. The standard error of one design is .06.
func TestMorrisIshigami(t *testing.T) {
	star := map[string]float64{}
	for seed := range uint64(4) {
		d := must(t, Plan{Kind: "morris", N: 10_000, Seed: seed}, angles())
		if len(d.Points) != 40_000 {
			t.Fatalf("%d points", len(d.Points))
		}
		got := indices(t, Analysis{Kind: "morris", Resamples: 50}, d, results(d, ishigami))
		within(t, got, map[string]float64{"x1 mu_star": 7.7036, "x3 mu_star": 6.2490}, .2)
		within(t, got, map[string]float64{"x2 mu_star": 7.875}, 1e-12)
		star["x1"] += got["x1 mu_star"].Value / 4
		star["x3"] += got["x3 mu_star"].Value / 4
	}
	if math.Abs(star["x1"]-7.7036) > .1 || math.Abs(star["x3"]-6.2490) > .1 {
		t.Errorf("means over four designs: %v", star)
	}
}

// For a plane, every elementary effect is the slope times the range, whatever the levels and steps.
func TestMorrisPlane(t *testing.T) {
	factors := []Factor{
		{Name: "even", Shape: Uniform, Of: [3]float64{10, 12}},
		{Name: "whole", Shape: Integer, Of: [3]float64{0, 1}},
		{Name: "word", Values: []float64{0, 1}, Words: []string{"no", "yes"}},
	}
	for _, levels := range []int{2, 4, 6} {
		for _, optimise := range []int{0, 50} {
			d := must(t, Plan{Kind: "morris", N: 8, Seed: 5, Levels: levels, Optimise: optimise}, factors)
			got := indices(t, Analysis{Kind: "morris", Levels: levels}, d, results(d, func(x []float64) float64 { return -3 * x[0] }))
			within(t, got, map[string]float64{"even mu": -6, "even mu_star": 6, "even sigma": 0, "whole mu_star": 0}, 1e-9)
		}
	}
}

func TestRegression(t *testing.T) {
	d := must(t, Plan{Kind: "lhs", N: 400, Seed: 1, Plain: true}, unit(3))
	y := results(d, func(x []float64) float64 { return 5 + x[0] - 2*x[1] })
	got := indices(t, Analysis{Kind: "regression"}, d, y)
	within(t, got, map[string]float64{"a src": 1 / math.Sqrt(5), "b src": -2 / math.Sqrt(5), "c src": 0, "* r2": 1}, .05)
	within(t, got, map[string]float64{"* r2": 1}, 1e-9)
	got = indices(t, Analysis{Kind: "correlation"}, d, results(d, func(x []float64) float64 { return math.Exp(-9 * x[2]) }))
	within(t, got, map[string]float64{"c spearman": -1}, 1e-12)
	within(t, got, map[string]float64{"a spearman": 0, "b spearman": 0}, .15)
}

// By hand: x = 1 to 5, y = 2, 4, 5, 4, 5 has r = 6/sqrt(60) and ranks 1, 2.5, 4.5, 2.5, 4.5, whose correlation with x is
// 7/sqrt(90).
func TestSmallRegression(t *testing.T) {
	d := Design{Names: []string{"x"}, Points: [][]float64{{1}, {2}, {3}, {4}, {5}}}
	y := []float64{2, 4, 5, 4, 5}
	within(t, indices(t, Analysis{Kind: "regression"}, d, y), map[string]float64{"x src": 6 / math.Sqrt(60), "* r2": .6}, 1e-12)
	within(t, indices(t, Analysis{Kind: "correlation"}, d, y), map[string]float64{"x spearman": 7 / math.Sqrt(90)}, 1e-12)
	for _, c := range []struct {
		freedom int
		want    float64
	}{{5, 2.570582}, {10, 2.228139}, {30, 2.042272}} { // tables of Student's distribution
		if got := student(c.freedom); math.Abs(got-c.want) > 2e-3 {
			t.Errorf("student(%d) = %v, want %v", c.freedom, got, c.want)
		}
	}
}

func TestLevels(t *testing.T) {
	factors := []Factor{{Name: "a", Values: []float64{1, 2}}, {Name: "b", Values: []float64{0, 1, 2}, Words: []string{"low", "mid", "high"}}}
	d := must(t, Plan{Kind: "grid"}, factors)
	y := results(d, func(x []float64) float64 { return 10*x[0] + x[1] })
	// a: means 11 and 21, variance between 25; b: means 15, 16, 17, variance 2/3; together all there is.
	within(t, indices(t, Analysis{Kind: "grid"}, d, y), map[string]float64{"a mean@1": 11, "a mean@2": 21, "a range": 10,
		"b mean@low": 15, "b mean@mid": 16, "b mean@high": 17, "b range": 2, "a eta2": 25 / (25 + 2./3), "b eta2": 2. / 3 / (25 + 2./3)}, 1e-12)
	d = must(t, Plan{Kind: "oat"}, factors)
	y = results(d, func(x []float64) float64 { return 10*x[0] + x[1] })
	within(t, indices(t, Analysis{Kind: "oat"}, d, y), map[string]float64{"a min": 10, "a max": 20, "a range": 10, "b range": 2}, 1e-12)
}

// Results that never change leave variance indices without a value, not with a zero or a NaN that is printed.
func TestSteadyResults(t *testing.T) {
	same := func([]float64) float64 { return .1 }
	for kind, plan := range map[string]Plan{"sobol": {Kind: "saltelli", N: 8, Second: true}, "regression": {Kind: "random", N: 20},
		"correlation": {Kind: "random", N: 20}} {
		d := must(t, plan, unit(2))
		for name, index := range indices(t, Analysis{Kind: kind}, d, results(d, same)) {
			if !math.IsNaN(index.Value) || !math.IsNaN(index.Lo) {
				t.Errorf("%s: %s = %+v of a constant", kind, name, index)
			}
		}
	}
	d := must(t, Plan{Kind: "morris", N: 1}, unit(2))
	got := indices(t, Analysis{Kind: "morris"}, d, results(d, same))
	if got["a mu_star"].Value != 0 || !math.IsNaN(got["a sigma"].Value) || !math.IsNaN(got["a mu"].Lo) {
		t.Errorf("one trajectory: %+v", got)
	}
}

func TestAnalysisRefuses(t *testing.T) {
	saltelli := must(t, Plan{Kind: "saltelli", N: 8}, unit(3))
	random := must(t, Plan{Kind: "random", N: 40}, unit(3))
	trajectories := must(t, Plan{Kind: "morris", N: 8}, unit(3))
	six := must(t, Plan{Kind: "morris", N: 20, Levels: 6}, unit(3))
	full := must(t, Plan{Kind: "grid", N: 2}, unit(3))
	touched := must(t, Plan{Kind: "saltelli", N: 8}, unit(3))
	touched.Points[12][1] += .01
	cut := Design{Names: full.Names, Points: full.Points[:7]}
	double := Design{Names: full.Names, Points: append(full.Points[:7:7], full.Points[0])}
	words := must(t, Plan{Kind: "grid"}, []Factor{{Name: "w", Values: []float64{0, 1, 2}, Words: []string{"x", "y", "z"}}})
	line := Design{Names: []string{"a", "b"}}
	for i := range 9 {
		line.Points = append(line.Points, []float64{float64(i * i), float64(3*i*i) + 1})
	}
	for _, c := range []struct {
		a    Analysis
		d    Design
		y    func(y []float64) []float64
		want string
		row  int // -1: none
	}{
		{Analysis{Kind: "sbol"}, random, nil, `there is no analysis "sbol"`, -1},
		{Analysis{Kind: "sobol", Resamples: 5}, saltelli, nil, "want 20 to", -1},
		{Analysis{Kind: "morris", Levels: 3}, trajectories, nil, "want an even number", -1},
		{Analysis{Kind: "sobol"}, saltelli, func(y []float64) []float64 { return y[1:] }, "39 results for 40 points", -1},
		{Analysis{Kind: "sobol"}, saltelli, func(y []float64) []float64 { y[4] = math.NaN(); return y }, "row 5: the result is NaN", 4},
		{Analysis{Kind: "sobol"}, saltelli, func(y []float64) []float64 { y[4] = 1e200; return y }, "row 5: the result is 1e+200", 4},
		{Analysis{Kind: "sobol"}, random, nil, "this is no saltelli design of 3 factors", 1},
		{Analysis{Kind: "sobol"}, touched, nil, "row 13: b should be exchanged", 12},
		{Analysis{Kind: "sobol"}, full, nil, "its 8 points are no multiple of 5", 1},
		{Analysis{Kind: "morris"}, full, nil, "row 3: b and c both change", 2},
		{Analysis{Kind: "morris"}, random, nil, "5th value of a", 4},
		{Analysis{Kind: "morris"}, six, nil, "want a morris design of 4 levels", -1},
		{Analysis{Kind: "morris"}, cut, nil, "no multiple of 4", -1},
		{Analysis{Kind: "oat"}, random, nil, "row 2: a and b both differ", 1},
		{Analysis{Kind: "grid"}, random, nil, "this is no grid", -1},
		{Analysis{Kind: "grid"}, cut, nil, "8 combinations of values, and it has 7 points", -1},
		{Analysis{Kind: "grid"}, double, nil, "row 8: this point stands more often", 7},
		{Analysis{Kind: "regression"}, words, nil, "w has words", -1},
		{Analysis{Kind: "regression"}, Design{Names: line.Names, Points: line.Points[:3]}, nil, "wants at least 4", -1},
		{Analysis{Kind: "regression"}, line, nil, "b follows from the factors before it", -1},
	} {
		y := results(c.d, func(x []float64) float64 { return x[0] })
		if c.y != nil {
			y = c.y(y)
		}
		_, err := c.a.Of(c.d, y)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", c.a.Kind, err, c.want)
			continue
		}
		var row *RowError
		if c.row >= 0 && (!errors.As(err, &row) || row.Row != c.row) {
			t.Errorf("%s: %v: want row %d", c.a.Kind, err, c.row)
		}
	}
}

// Shares above 1, or of a factor alone above those with its interactions, are no shares; a twentieth is let pass.
func TestAstray(t *testing.T) {
	for _, c := range []struct {
		s1, st float64
		want   bool
	}{{.3, .5, false}, {.54, .5, false}, {.56, .5, true}, {.2, 1.04, false}, {.2, 1.06, true}, {-.3, 0, false}} {
		if got := Astray(c.s1, c.st); got != c.want {
			t.Errorf("alone %g, with interactions %g: %v", c.s1, c.st, got)
		}
	}
}
