package measure

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// chessboard gives a 2 by 2 field with the four sides as neighbours.
func TestMoranByHand(t *testing.T) {
	x, y := []float64{0, 1, 0, 1}, []float64{0, 0, 1, 1}
	w := must[[]Weight](t)(BandWeights(x, y, 1))
	if len(w) != 8 {
		t.Fatal(w)
	}
	// A chessboard: z = (1,-1,-1,1), every neighbour unlike: I = -1. E = -1/3. S0 = 8, S1 = 1/2*8*4 = 16,
	// S2 = 4*16 = 64: Var = (16*16 - 4*64 + 3*64)/(15*64) - 1/9 = .2 - 1/9.
	got := must[Autocorrelation](t)(Moran([]float64{1, -1, -1, 1}, w))
	near(t, "I", got.I, -1, 1e-15)
	near(t, "expected", got.Expected, -1.0/3, 1e-15)
	near(t, "variance", got.Variance, .2-1.0/9, 1e-15)
	near(t, "z", got.Z, (-1+1.0/3)/math.Sqrt(.2-1.0/9), 1e-14)
	near(t, "p", got.P, math.Erfc(-got.Z/math.Sqrt2), 1e-14)
	// One directed weight of 3 given in two pieces: I = 4/3 * 3*z0*z1 / sum z^2.
	one := must[Autocorrelation](t)(Moran([]float64{2, 1, -3, 0}, []Weight{{0, 1, 1}, {0, 1, 2}}))
	near(t, "I of one weight", one.I, 4.0*2/14, 1e-15)
	near(t, "its variance", one.Variance, (16*9-4*18+27)/(15*9.0)-1.0/9, 1e-15) // S1 = 9, S2 = 9+9
}

// Over many draws of independent normal values mean and variance are those of the formula.
func TestMoranMoments(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	x, y, v := make([]float64, 40), make([]float64, 40), make([]float64, 40)
	for i := range x {
		x[i], y[i] = r.Float64()*10, r.Float64()*10
	}
	w := must[[]Weight](t)(BandWeights(x, y, 3))
	const draws = 4000
	sum, squares, expected, variance := 0.0, 0.0, 0.0, 0.0
	for range draws {
		for i := range v {
			v[i] = r.NormFloat64()
		}
		a := must[Autocorrelation](t)(Moran(v, w))
		sum, squares, expected, variance = sum+a.I, squares+a.I*a.I, a.Expected, a.Variance
	}
	mean := sum / draws
	near(t, "mean", mean, expected, 3*math.Sqrt(variance/draws))
	near(t, "variance", (squares/draws-mean*mean)/variance, 1, .1)
}

func TestMoranRefusals(t *testing.T) {
	v := []float64{1, 2, 4}
	for name, f := range map[string]func() (Autocorrelation, error){
		"two places":   func() (Autocorrelation, error) { return Moran(v[:2], []Weight{{0, 1, 1}}) },
		"no spread":    func() (Autocorrelation, error) { return Moran([]float64{1, 1, 1}, []Weight{{0, 1, 1}}) },
		"no weights":   func() (Autocorrelation, error) { return Moran(v, nil) },
		"weights of 0": func() (Autocorrelation, error) { return Moran(v, []Weight{{0, 1, 0}}) },
		"overflow":     func() (Autocorrelation, error) { return Moran([]float64{1e200, -1e200, 0}, []Weight{{0, 1, 1}}) },
	} {
		if _, err := f(); !errors.Is(err, ErrUndefined) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var invalid *Invalid
	for _, w := range []Weight{{0, 0, 1}, {0, 3, 1}, {-1, 0, 1}, {0, 1, -1}, {0, 1, math.NaN()}} {
		if _, err := Moran(v, []Weight{w}); !errors.As(err, &invalid) {
			t.Errorf("%v: %v", w, err)
		}
	}
	if _, err := BandWeights(v, v, 0); !errors.As(err, &invalid) {
		t.Error(err)
	}
	if _, err := BandWeights(v, v[:2], 1); !errors.As(err, &invalid) {
		t.Error(err)
	}
	// Every pair alike: I is -1/(n-1) whatever the values, and nothing can be tested.
	all := must[Autocorrelation](t)(Moran(v, []Weight{{0, 1, 1}, {0, 2, 1}, {1, 2, 1}}))
	near(t, "I of all pairs", all.I, -.5, 1e-15)
	if all.P != 1 || all.Z != 0 {
		t.Errorf("%+v", all)
	}
}
