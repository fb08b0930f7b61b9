package measure

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"agglo/sim/rng"
)

const drawTruth rng.Purpose = 0x7e5701 // data with a known truth

// By hand: two groups with slope 2 at other heights, and one observation far off that weighs nothing.
func TestWeightedSlopeByHand(t *testing.T) {
	x, y := []float64{0, 1, 2, 5, 6, 9}, []float64{1, 3, 5, -10, -8, 99}
	weight, group := []float64{1, 2, 1, 3, 1, 0}, []int32{0, 0, 0, 1, 1, 1}
	s, err := WeightedSlope(x, y, weight, group, 2)
	if err != nil || math.Abs(s.B-2) > 1e-14 || s.Count != 5 {
		t.Errorf("slope %v of %d, %v: want 2 of 5", s.B, s.Count, err)
	}
	// Without groups and weights: x -1, 0, 1 and y 0, 0, 3 give sxy/sxx = 3/2.
	s, err = WeightedSlope([]float64{-1, 0, 1}, []float64{0, 0, 3}, nil, nil, 0)
	if err != nil || s.B != 1.5 {
		t.Errorf("slope %v, %v: want 1.5", s.B, err)
	}
	// Weight 3 for the last: means 3/5*1-1/5 = .4 and 9/5, sxx = 1.96+.16+1.08 = 3.2, sxy = 2.52+.72+2.16 = 5.4.
	s, err = WeightedSlope([]float64{-1, 0, 1}, []float64{0, 0, 3}, []float64{1, 1, 3}, nil, 0)
	if err != nil || math.Abs(s.B-5.4/3.2) > 1e-14 {
		t.Errorf("slope %v, %v: want %v", s.B, err, 5.4/3.2)
	}
}

// The estimator of the elasticity of density gets back the .05 that data were made with, though sectors differ in level and
// productive sectors sit in dense places, which biases the regression without sectors.
func TestWeightedSlopeFindsElasticity(t *testing.T) {
	const n, sectors, truth = 4000, 8, .05
	draw := func(i, k int) float64 { return rng.Seed(11).Normal(drawTruth, uint64(i), 0, k) }
	var x, y, weight []float64
	var group []int32
	for i := range n {
		s := i % sectors
		density := 4 + .2*float64(s) + draw(i, 0)
		x, group = append(x, density), append(group, int32(s))
		y = append(y, .1*float64(s)+truth*density+.2*draw(i, 1))
		weight = append(weight, 1+math.Exp(draw(i, 2)))
	}
	s, err := WeightedSlope(x, y, weight, group, sectors)
	if err != nil || math.Abs(s.B-truth) > .015 { // standard error about .2/sqrt(4000) x 1.3
		t.Errorf("slope %.4f, %v: want %v within .015", s.B, err, truth)
	}
	biased, _ := WeightedSlope(x, y, weight, nil, 0)
	if biased.B < truth+.05 {
		t.Errorf("slope without sectors %.4f: the data were made to bias it above %v", biased.B, truth+.05)
	}
}

func TestWeightedSlopeRefusals(t *testing.T) {
	if _, err := WeightedSlope([]float64{1, 1}, []float64{1, 2}, nil, nil, 0); !errors.Is(err, ErrUndefined) {
		t.Errorf("no variation: %v", err)
	}
	if _, err := WeightedSlope([]float64{1, 2}, []float64{1, 2}, nil, []int32{0, 1}, 2); !errors.Is(err, ErrUndefined) {
		t.Errorf("no variation inside groups: %v", err)
	}
	var bad *Invalid
	for name, err := range map[string]error{
		"weight": second(WeightedSlope([]float64{1, 2}, []float64{1, 2}, []float64{1, -1}, nil, 0)),
		"group":  second(WeightedSlope([]float64{1, 2}, []float64{1, 2}, nil, []int32{0, 2}, 2)),
		"x":      second(WeightedSlope([]float64{1, math.NaN()}, []float64{1, 2}, nil, nil, 0)),
		"length": second(WeightedSlope([]float64{1, 2}, []float64{1}, nil, nil, 0)),
	} {
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v, want *Invalid", name, err)
		}
	}
}

// second is the error of a pair.
func second[T any](_ T, err error) error { return err }

// A parabola comes back from its own points, wherever it lies, and the peak is told inside from outside.
func TestFitParabola(t *testing.T) {
	x := []float64{1, 2, 4, 7}
	for name, c := range map[string]struct {
		a, b, c float64
		inside  bool
	}{
		"peak at 3":     {0, 6, -1, true},
		"peak at 8":     {1, 16, -1, false},
		"peak at 1":     {0, 2, -1, false}, // the edge is not inside
		"valley":        {0, -6, 1, false},
		"straight line": {2, 3, 0, false},
	} {
		y := make([]float64, len(x))
		for i, v := range x {
			y[i] = c.a + c.b*v + c.c*v*v
		}
		p, err := FitParabola(x, y, []float64{1, 5, 2, 1})
		if err != nil || math.Abs(p.A-c.a) > 1e-10 || math.Abs(p.B-c.b) > 1e-10 || math.Abs(p.C-c.c) > 1e-10 {
			t.Errorf("%s: %+v, %v: want %v", name, p, err, c)
		}
		if c.c != 0 && p.Inside != c.inside {
			t.Errorf("%s: inside %v, want %v", name, p.Inside, c.inside)
		}
	}
	if _, err := FitParabola([]float64{1, 1, 2}, []float64{1, 2, 3}, nil); !errors.Is(err, ErrUndefined) {
		t.Errorf("two different x: %v", err)
	}
	if _, err := FitParabola([]float64{1, 2, 3}, []float64{1, 2, 3}, []float64{1, 0, 1}); !errors.Is(err, ErrUndefined) {
		t.Errorf("two different x that weigh: %v", err)
	}
}

// The residuals of a least-squares parabola are at right angles to 1, x and x^2.
func TestFitParabolaIsLeastSquares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(6, 30).Draw(t, "n")
		x, y, w := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range n {
			x[i] = float64(i) + rapid.Float64Range(0, .9).Draw(t, "x")
			y[i] = rapid.Float64Range(-5, 5).Draw(t, "y")
			w[i] = rapid.Float64Range(.1, 3).Draw(t, "w")
		}
		p, err := FitParabola(x, y, w)
		if err != nil {
			t.Fatal(err)
		}
		var sums [3]float64
		for i := range n {
			e := w[i] * (y[i] - p.A - p.B*x[i] - p.C*x[i]*x[i])
			for k, z := range [3]float64{1, x[i], x[i] * x[i]} {
				sums[k] += e * z
			}
		}
		for k, s := range sums {
			if math.Abs(s) > 1e-6*math.Pow(30, float64(k)) {
				t.Fatalf("residuals times x^%d sum to %g", k, s)
			}
		}
	})
}
