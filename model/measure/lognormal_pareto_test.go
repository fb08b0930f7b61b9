package measure

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/stat/distuv"
)

func TestNormalUpper(t *testing.T) {
	for x := -9.0; x < 30; x += .037 {
		want := .5 * math.Erfc(x/math.Sqrt2)
		if got := normalUpper(x); math.Abs(got-want) > 2e-13*want {
			t.Fatalf("normalUpper(%g) = %g, want %g (off by %g)", x, got, want, got/want-1)
		}
		if got := logNormalUpper(x); math.Abs(got-math.Log(want)) > 1e-13*math.Max(1, math.Abs(got)) {
			t.Fatalf("logNormalUpper(%g) = %g, want %g", x, got, math.Log(want))
		}
	}
	near(t, "twoSided(1.959963985)", twoSided(-1.959963985), .05, 1e-10)
	near(t, "twoSided(0)", twoSided(0), 1, 0)
	// Hazard at 100 by its asymptotic series x + 1/x - 2/x^3 + 10/x^5.
	near(t, "inverse Mills ratio at 100", inverseMills(100), 100+1e-2-2e-6+10e-10, 1e-12)
}

// Sizes on the quantiles of each law are given to the law they come from.
func TestLognormalAgainstPareto(t *testing.T) {
	logs := distuv.LogNormal{Mu: 2, Sigma: .8}
	got := must[TailContest](t)(LognormalAgainstPareto(spread(5000, logs.Quantile), 5000))
	near(t, "mu", got.Mu, 2, .02)
	near(t, "sigma", got.Sigma, .8, .02)
	if got.Vuong < 20 || got.P > 1e-9 {
		t.Errorf("lognormal sizes: %+v", got)
	}
	upper := must[TailContest](t)(LognormalAgainstPareto(spread(5000, logs.Quantile), 2500))
	near(t, "mu from the upper half", upper.Mu, 2, .05)
	near(t, "sigma from the upper half", upper.Sigma, .8, .03)
	pareto := must[TailContest](t)(LognormalAgainstPareto(spread(5000, distuv.Pareto{Xm: 3, Alpha: 1.1}.Quantile), 4999))
	near(t, "exponent", pareto.Pareto, 1.1, .01)
	if math.Abs(pareto.Vuong) > 1.96 || pareto.P < .05 {
		t.Errorf("Pareto sizes: %+v", pareto)
	}
	// Fatter than any Pareto (ln size with coefficient of variation above 1): both laws coincide.
	fat := must[TailContest](t)(LognormalAgainstPareto([]float64{1, 1, 1, 1, 1, 1, 1, 1e6}, 8))
	if fat.Vuong != 0 || fat.P != 1 {
		t.Errorf("fat tail: %+v", fat)
	}
}

// The cut-off lognormal is the maximum of its likelihood, by Nelder-Mead on the formula written out.
func TestCutOffLognormalIsMaximum(t *testing.T) {
	sizes := []float64{1, 1.5, 2, 2, 3, 4, 4.5, 6, 7, 11, 13, 20}
	got := must[TailContest](t)(LognormalAgainstPareto(sizes, 100))
	loss := func(v []float64) float64 {
		mu, sigma := v[0], math.Exp(v[1])
		sum := 0.0
		for _, s := range sizes {
			d := (math.Log(s) - mu) / sigma
			sum += d*d/2 + math.Log(sigma) + .5*math.Log(2*math.Pi) + math.Log(.5*math.Erfc(-mu/sigma/math.Sqrt2))
		}
		return sum
	}
	at := []float64{got.Mu, math.Log(got.Sigma)}
	best := must[*optimize.Result](t)(optimize.Minimize(optimize.Problem{Func: loss}, []float64{1, 0}, nil, &optimize.NelderMead{}))
	near(t, "negative log-likelihood", loss(at), best.F, 1e-6)
	sumLogs := 0.0
	for _, s := range sizes {
		sumLogs += math.Log(s)
	}
	n := float64(len(sizes))
	pareto := n*math.Log(n/sumLogs) - n
	near(t, "ratio", got.Ratio, -best.F-pareto, 1e-6)
}

func TestLognormalAgainstParetoRefusals(t *testing.T) {
	for _, x := range [][]float64{nil, {1, 2}, {2, 2, 2}} {
		if _, err := LognormalAgainstPareto(x, 10); !errors.Is(err, ErrUndefined) {
			t.Errorf("%v: %v", x, err)
		}
	}
	var invalid *Invalid
	if _, err := LognormalAgainstPareto([]float64{1, 2, -3}, 10); !errors.As(err, &invalid) {
		t.Error(err)
	}
}
