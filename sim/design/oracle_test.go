package design

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Three factors that go together: coefficients, r2 and intervals are those of the normal equations of gonum's correlations, with its
// Student's t. With as few points as leave four degrees of freedom there is no interval, with five there is one.
func TestRegressionAgreesWithGonum(t *testing.T) {
	x := [][]float64{{1, 2, 0}, {2, 1, 3}, {3, 5, 1}, {4, 3, 5}, {5, 6, 2}, {6, 4, 4}, {7, 8, 9}, {8, 7, 3}, {9, 9, 7}}
	y := []float64{2, 1, 7, 3, 9, 2, 8, 9, 6}
	names := []string{"a", "b", "c"}
	for _, n := range []int{8, 9} {
		all := mat.NewDense(n, 4, nil)
		for i := range n {
			all.SetRow(i, []float64{x[i][0], x[i][1], x[i][2], y[i]})
		}
		var r, inverse mat.SymDense
		stat.CorrelationMatrix(&r, all, nil)
		var root mat.Cholesky
		if !root.Factorize(r.SliceSym(0, 3)) || root.InverseTo(&inverse) != nil {
			t.Fatal("no inverse")
		}
		beta, right := make([]float64, 3), []float64{r.At(0, 3), r.At(1, 3), r.At(2, 3)}
		mat.NewVecDense(3, beta).MulVec(&inverse, mat.NewVecDense(3, right))
		r2 := 0.
		for j := range beta {
			r2 += beta[j] * right[j]
		}
		got := indices(t, Analysis{Kind: "regression"}, Design{Names: names, Points: x[:n]}, y[:n])
		within(t, got, map[string]float64{"a src": beta[0], "b src": beta[1], "c src": beta[2], "* r2": r2}, 1e-12)
		for j, name := range names {
			index := got[name+" src"]
			if n == 8 {
				if !math.IsNaN(index.Lo) || !math.IsNaN(index.Hi) {
					t.Errorf("%s has an interval of four degrees of freedom: %+v", name, index)
				}
				continue
			}
			half := distuv.StudentsT{Sigma: 1, Nu: 5}.Quantile(.975) * math.Sqrt((1-r2)/5*inverse.At(j, j))
			if !(math.Abs(index.Lo-(beta[j]-half)) < 1e-3 && math.Abs(index.Hi-(beta[j]+half)) < 1e-3) {
				t.Errorf("%s: %v to %v, want %v to %v", name, index.Lo, index.Hi, beta[j]-half, beta[j]+half)
			}
		}
	}
	for freedom := leastFreedom; freedom < 60; freedom++ {
		if got, want := student(freedom), (distuv.StudentsT{Sigma: 1, Nu: float64(freedom)}).Quantile(.975); math.Abs(got-want) > 5e-4 {
			t.Errorf("student(%d) = %v, want %v", freedom, got, want)
		}
	}
}

// The rank correlation of TestSmallRegression, 7/sqrt(90) of five points, has an interval of 1.959964 sqrt(1.06/2) to each side of its inverse
// hyperbolic tangent. Three points have none; a perfect correlation has no width.
func TestSpearmanInterval(t *testing.T) {
	d := Design{Names: []string{"x"}, Points: [][]float64{{1}, {2}, {3}, {4}, {5}}}
	got := indices(t, Analysis{Kind: "correlation"}, d, []float64{2, 4, 5, 4, 5})["x spearman"]
	centre, half := math.Atanh(7/math.Sqrt(90)), 1.959964*math.Sqrt(1.06/2)
	if math.Abs(got.Lo-math.Tanh(centre-half)) > 1e-6 || math.Abs(got.Hi-math.Tanh(centre+half)) > 1e-6 {
		t.Errorf("%+v, want %v to %v", got, math.Tanh(centre-half), math.Tanh(centre+half))
	}
	if got = indices(t, Analysis{Kind: "correlation"}, d, []float64{5, 4, 3, 2, 1})["x spearman"]; got.Lo != -1 || got.Hi != -1 {
		t.Errorf("%+v, want -1 without width", got)
	}
	d.Points = d.Points[:3]
	if got = indices(t, Analysis{Kind: "correlation"}, d, []float64{2, 4, 3})["x spearman"]; !math.IsNaN(got.Lo) {
		t.Errorf("three points: %+v", got)
	}
}

// By hand, two blocks of one factor: results 1, 5, 3 and 2, 0, 7 are -2, 2, 0 and -1, -3, 4 from their mean. The sum of all A and B is 1, of
// their squares 21: V = 21/4 - 1/16. S1 = (0 x 4 + 4 x -2)/2 over V, ST = (16 + 4)/4 over V.
func TestSobolByHand(t *testing.T) {
	d := Design{Names: []string{"x"}, Points: [][]float64{{0}, {1}, {1}, {2}, {3}, {3}}}
	v := 21./4 - 1./16
	got := indices(t, Analysis{Kind: "sobol", Resamples: 20}, d, []float64{1, 5, 3, 2, 0, 7})
	for name, want := range map[string]float64{"x S1": -4 / v, "x ST": 5 / v} {
		if math.Abs(got[name].Value-want) > 1e-12 {
			t.Errorf("%s = %v, want %v", name, got[name].Value, want)
		}
	}
}

// The interval reaches from the percentile 2.5 to 97.5 of the resamples: of 0 to 100 these are 2.5 and 97.5, whatever the sample, which
// stands first, says.
func TestIntervalIsOfResamples(t *testing.T) {
	values := []float64{1000}
	for k := range 101 {
		values = append(values, float64(100-k))
	}
	if got := interval("x", "S1", values); got.Value != 1000 || math.Abs(got.Lo-2.5) > 1e-12 || math.Abs(got.Hi-97.5) > 1e-12 {
		t.Errorf("%+v", got)
	}
}

func TestPossible(t *testing.T) {
	for _, c := range []struct {
		f       Factor
		yes, no []float64
	}{
		{Factor{Shape: Listed, Values: []float64{1, 3}}, []float64{1, 3}, []float64{2}},
		{Factor{Shape: Uniform, Of: [3]float64{1, 2}}, []float64{1, 1.5, 2}, []float64{.99, 2.01, math.NaN()}},
		{Factor{Shape: Triangular, Of: [3]float64{1, 2, 5}}, []float64{1, 4, 5}, []float64{.99, 5.01}},
		{Factor{Shape: Integer, Of: [3]float64{1, 3}}, []float64{1, 2, 3}, []float64{0, 4, 1.5}},
		{Factor{Shape: LogNormal, Of: [3]float64{0, 1}}, []float64{1e-9, 5}, []float64{0, -1, math.Inf(1), math.NaN()}},
		{Factor{Shape: Normal, Of: [3]float64{0, 1}}, []float64{-9, 0}, []float64{math.NaN(), math.Inf(-1)}},
	} {
		for _, v := range c.yes {
			if !c.f.Possible(v) {
				t.Errorf("%+v cannot be %v", c.f, v)
			}
		}
		for _, v := range c.no {
			if c.f.Possible(v) {
				t.Errorf("%+v can be %v", c.f, v)
			}
		}
	}
}
