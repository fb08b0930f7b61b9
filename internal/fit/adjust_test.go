package fit

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"
)

// near fails the test unless got is within tol of want.
func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s = %.12g, want %.12g", what, got, want)
	}
}

// By hand: results of -1 and +1 about the target, levels .4 + .1 times the result, and of each four one particle .03 above the
// line and three .01 below. At the target the line is at .4; the distances from it are kept on their side and widened for two
// coefficients of eight even particles, by sqrt(8/6). The slack on the diagonal moves the slope, by a thousandth of .1.
func TestAdjustedByHand(t *testing.T) {
	s := &Sample{}
	rests := []float64{.03, -.01, -.01, -.01}
	for _, value := range []float64{-1, 1} {
		for _, rest := range rests {
			s.Particles = append(s.Particles, Particle{Point: []float64{.4 + .1*value + rest}, Weight: 1. / 8, Result: Result{Values: []float64{5 + value}}})
		}
	}
	wider := math.Sqrt(8. / 6)
	for k, one := range s.Adjusted([]float64{5}) {
		near(t, "level", one.Point[0], .4+wider*rests[k%4], 2e-4)
		near(t, "weight", one.Weight, 1./8, 1e-15)
	}
	// With distances of 0 to 7 of 7 weights are as 1 - (k/7)^2, which sum to 8 - 140/49 = 36/7.
	for k := range s.Particles {
		s.Particles[k].Distance = float64(k)
	}
	for k, one := range s.Adjusted([]float64{5}) {
		near(t, "weight by distance", one.Weight, (1-float64(k*k)/49)*7/36, 1e-12)
	}
}

// The density of a kernel is that of normal steps from its particles with twice their covariance, along slanted axes too.
func TestKernelDensity(t *testing.T) {
	of := []Particle{{Point: []float64{.2, .3}, Weight: .5}, {Point: []float64{.4, .5}, Weight: .25}, {Point: []float64{.6, .4}, Weight: .25}}
	// By hand: the mean is (.35, .375); variances .5 x .0225 + .25 x .0025 + .25 x .0625 = .0275 and .5 x .005625 + .25 x .015625 +
	// .25 x .000625 = .006875; the covariance .5 x .01125 + .25 x .00625 + .25 x .00625 = .00875.
	k := newKernel(of)
	k.points = 3
	for _, at := range [][]float64{{.2, .3}, {.5, .5}, {.1, .6}} {
		want := 0.
		for _, one := range of {
			law, ok := distmv.NewNormal(one.Point, mat.NewSymDense(2, []float64{.055, .0175, .0175, .01375}), nil)
			if !ok {
				t.Fatal("no covariance")
			}
			want += 3 * one.Weight * law.Prob(at)
		}
		near(t, "density", k.density(at), want, 1e-3*want)
	}
}

// By hand: mixes (.2, .4), (.4, .2), (.6, .3) leave .4, .4, .1. Means .4, .3, .3; variances .08/3, .02/3, .06/3, so that the moments of
// Dirichlet's distribution ask for .24/.02667 - 1 = 8, .21/.006667 - 1 = 30.5 and .21/.02 - 1 = 9.5, of which the middle is 9.5.
func TestSpreadOf(t *testing.T) {
	mean, precision := spreadOf([]Mix{{Shares: []float64{.2, .4}}, {Shares: []float64{.4, .2}}, {Shares: []float64{.6, .3}}}, 2)
	for j, want := range []float64{.4, .3, .3} {
		near(t, "mean", mean[j], want, 1e-15)
	}
	near(t, "precision", precision, 9.5, 1e-12)
}
