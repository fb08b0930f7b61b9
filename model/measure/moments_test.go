package measure

import (
	"errors"
	"math"
	"testing"
)

// Worked out by hand: eight growth rates with median .01 and mean absolute deviation .15.
func TestLaplaceWorked(t *testing.T) {
	fit := must[LaplaceFit](t)(Laplace([]float64{.5, -.3, -.1, -.05, 0, .02, .08, .15}))
	near(t, "location", fit.Location, .01, 1e-15)
	near(t, "scale", fit.Scale, .15, 1e-15)
	odd := must[LaplaceFit](t)(Laplace([]float64{7, 1, 2}))
	near(t, "odd location", odd.Location, 2, 0)
	near(t, "odd scale", odd.Scale, 2, 1e-15)
}

func TestGaussWorked(t *testing.T) {
	fit := must[GaussFit](t)(Gauss([]float64{1, 2, 3, 4, 5})) // m2 = 2, m4 = (16+1+0+1+16)/5 = 6.8
	near(t, "mean", fit.Mean, 3, 0)
	near(t, "sd", fit.SD, math.Sqrt2, 1e-15)
	near(t, "kurtosis", fit.Kurtosis, 1.7, 1e-15)
	two := must[GaussFit](t)(Gauss([]float64{-1, 1}))
	near(t, "kurtosis of two points", two.Kurtosis, 1, 0)
}

func TestMomentsRefusals(t *testing.T) {
	for _, x := range [][]float64{nil, {4}, {2, 2, 2}} {
		if _, err := Gauss(x); !errors.Is(err, ErrUndefined) {
			t.Errorf("Gauss(%v): %v", x, err)
		}
		if _, err := Laplace(x); !errors.Is(err, ErrUndefined) {
			t.Errorf("Laplace(%v): %v", x, err)
		}
	}
	var invalid *Invalid
	if _, err := Gauss([]float64{1, math.NaN()}); !errors.As(err, &invalid) || invalid.Index != 1 {
		t.Error(err)
	}
	if _, err := Laplace([]float64{math.Inf(-1)}); !errors.As(err, &invalid) {
		t.Error(err)
	}
	if _, err := Gauss([]float64{1e200, -1e200}); !errors.Is(err, ErrUndefined) {
		t.Error("an overflow must not come out as a number:", err)
	}
}
