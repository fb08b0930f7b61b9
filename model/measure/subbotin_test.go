package measure

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/optimize"
)

// spread gives n values of a law through its quantiles at (k-1/2)/n: a sample without chance.
func spread(n int, quantile func(p float64) float64) []float64 {
	x := make([]float64, n)
	for k := range x {
		x[k] = quantile((float64(k) + .5) / float64(n))
	}
	return x
}

func laplaceQuantile(p float64) float64 {
	if p < .5 {
		return math.Log(2 * p)
	}
	return -math.Log(2 * (1 - p))
}

func gaussQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// Shape 1 is Laplace with a the mean absolute deviation, shape 2 is Gauss with a the standard deviation.
func TestSubbotinKnownShapes(t *testing.T) {
	l := must[SubbotinFit](t)(Subbotin(spread(20001, func(p float64) float64 { return 3 + 2*laplaceQuantile(p) })))
	near(t, "laplace shape", l.Shape, 1, .003)
	near(t, "laplace location", l.Location, 3, 1e-6)
	near(t, "laplace scale", l.Scale, 2, .01)
	g := must[SubbotinFit](t)(Subbotin(spread(20001, func(p float64) float64 { return -1 + .5*gaussQuantile(p) })))
	near(t, "gauss shape", g.Shape, 2, .01)
	near(t, "gauss location", g.Location, -1, 1e-6)
	near(t, "gauss scale", g.Scale, .5, .002)
	// At the truth the information matrix gives sd(b)/b*sqrt(n) = 1.8 for Gauss and 1.2 for Laplace, roughly.
	if se := g.SE * math.Sqrt(20001) / g.Shape; se < 1.2 || se > 2.4 {
		t.Errorf("standard error of a Gauss shape %g", se)
	}
}

// The fit is the maximum of the full likelihood in three variables: Nelder-Mead from the fit finds nothing better.
func TestSubbotinIsMaximum(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	for _, make := range []func() float64{
		r.NormFloat64,
		func() float64 { return r.NormFloat64() + math.Abs(r.NormFloat64()) }, // skewed
		func() float64 { return r.ExpFloat64() - .3*r.ExpFloat64() },
		func() float64 { return r.Float64() },
	} {
		x := []float64{}
		for range 400 {
			x = append(x, make())
		}
		fit := must[SubbotinFit](t)(Subbotin(x))
		loss := func(v []float64) float64 {
			m, a, b := v[0], math.Exp(v[1]), math.Exp(v[2])
			if b > greatestShape || b < 1 {
				return math.Inf(1)
			}
			lg, _ := math.Lgamma(1 + 1/b)
			sum := float64(len(x)) * (math.Log(2*a) + math.Log(b)/b + lg)
			for _, v := range x {
				sum += math.Pow(math.Abs(v-m)/a, b) / b
			}
			return sum
		}
		if fit.Shape < 1.02 || fit.Shape > greatestShape*.99 {
			continue
		}
		at := []float64{fit.Location, math.Log(fit.Scale), math.Log(fit.Shape)}
		near(t, "log-likelihood", -loss(at), fit.LogLikelihood, 1e-7)
		best := must[*optimize.Result](t)(optimize.Minimize(optimize.Problem{Func: loss}, at, nil, &optimize.NelderMead{}))
		if best.F < loss(at)-1e-4 {
			t.Errorf("%+v: a better fit is %v, by %g", fit, best.X, loss(at)-best.F)
		}
	}
}

func TestSubbotinRefusals(t *testing.T) {
	for _, x := range [][]float64{nil, {1}, {2, 2, 2}} {
		if _, err := Subbotin(x); !errors.Is(err, ErrUndefined) {
			t.Errorf("%v: %v", x, err)
		}
	}
	var invalid *Invalid
	if _, err := Subbotin([]float64{1, math.Inf(1)}); !errors.As(err, &invalid) {
		t.Error(err)
	}
	// Mostly equal values, and two values only: a number at a bound, not NaN.
	for _, x := range [][]float64{{0, 0, 0, 0, 0, 1}, {0, 1}, {0, 0, 0, 1e-300, 5e-324}} {
		fit, err := Subbotin(x)
		if err != nil || math.IsNaN(fit.Shape+fit.Scale+fit.SE+fit.LogLikelihood+fit.Location) {
			t.Errorf("%v: %+v, %v", x, fit, err)
		}
	}
}

// The unit of the data changes location and scale in proportion and the shape not at all.
func TestSubbotinUnitFree(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 5))
	x, y := make([]float64, 500), make([]float64, 500)
	for i := range x {
		x[i] = r.NormFloat64() * r.ExpFloat64()
		y[499-i] = 4 * x[i]
	}
	a, b := must[SubbotinFit](t)(Subbotin(x)), must[SubbotinFit](t)(Subbotin(y))
	near(t, "shape", b.Shape, a.Shape, 1e-6)
	near(t, "scale", b.Scale, 4*a.Scale, 1e-5)
	near(t, "location", b.Location, 4*a.Location, 1e-9)
}

func BenchmarkSubbotin87k(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 5))
	x := make([]float64, 87_000)
	for i := range x {
		x[i] = r.NormFloat64() * math.Sqrt(r.ExpFloat64()+.3)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Subbotin(x); err != nil {
			b.Fatal(err)
		}
	}
}
