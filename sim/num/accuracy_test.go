package num

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// sweep measures the largest error of a function, in units in the last place, over numbers that draw gives.
func sweep(t *testing.T, name string, times int, bound float64, f func(float64) float64, want func(float64) *big.Float, draw func(*rand.Rand) float64) {
	t.Helper()
	r := rand.New(rand.NewPCG(20, 26))
	worst, at := 0., 0.
	for range times {
		x := draw(r)
		if off := units(f(x), want(x)); !(off <= worst) {
			worst, at = off, x
		}
	}
	t.Logf("%-28s at most %.4f units, at %v", name, worst, at)
	if !(worst <= bound) {
		t.Errorf("%s(%v) is off by %.3f units in the last place: want at most %v", name, at, worst, bound)
	}
}

func between(lo, hi float64) func(*rand.Rand) float64 {
	return func(r *rand.Rand) float64 { return lo + (hi-lo)*r.Float64() }
}

// magnitudes draws a number whose exponent is even between those of two powers of 2, with a sign if signed.
func magnitudes(lo, hi int, signed bool) func(*rand.Rand) float64 {
	return func(r *rand.Rand) float64 {
		x := math.Ldexp(1+r.Float64(), lo+r.IntN(hi-lo))
		if signed && r.IntN(2) == 0 {
			return -x
		}
		return x
	}
}

func bigExpOf(x float64) *big.Float { return seriesExp(number(x)) }
func bigLogOf(x float64) *big.Float { return bigLog(number(x)) }
func bigLog1pOf(x float64) *big.Float {
	return bigLog(fresh().SetMode(big.ToNearestEven).Add(number(x), number(1)))
}
func bigExpm1Of(x float64) *big.Float { return fresh().Sub(seriesExp(number(x)), number(1)) }

func TestExpAccuracy(t *testing.T) {
	sweep(t, "Exp", 3000, .52, Exp, bigExpOf, between(-707.5, 709))
	sweep(t, "Exp", 3000, .52, Exp, bigExpOf, between(-3, 3))
	sweep(t, "Exp", 2000, .52, Exp, bigExpOf, magnitudes(-60, 3, true))
	sweep(t, "Exp, greatest", 1000, .52, Exp, bigExpOf, between(708.5, 709.78))
	sweep(t, "Exp, least", 2000, 1, Exp, bigExpOf, between(-745.1, -707.5))
	sweep(t, "Expm1", 3000, .8, Expm1, bigExpm1Of, between(-2, 2))
	sweep(t, "Expm1", 3000, .8, Expm1, bigExpm1Of, between(-.4, .4))
	sweep(t, "Expm1", 2000, .8, Expm1, bigExpm1Of, between(-41, 62))
	sweep(t, "Expm1", 2000, .8, Expm1, bigExpm1Of, magnitudes(-60, 2, true))
	sweep(t, "Logistic", 4000, 2, Logistic, func(x float64) *big.Float {
		return fresh().Quo(number(1), fresh().Add(number(1), seriesExp(number(-x))))
	}, between(-40, 40))
}

func TestLogAccuracy(t *testing.T) {
	sweep(t, "Log", 3000, .52, Log, bigLogOf, magnitudes(-1022, 1023, false))
	sweep(t, "Log", 3000, .52, Log, bigLogOf, between(.5, 2))
	sweep(t, "Log", 3000, .52, Log, bigLogOf, between(.99, 1.01))
	sweep(t, "Log, subnormal", 1000, .52, Log, bigLogOf, func(r *rand.Rand) float64 { return 5e-324 * float64(1+r.Int64N(1<<51)) })
	for _, x := range []float64{math.Nextafter(1, 2), math.Nextafter(1, 0), .75, 1.5, 2, 10, math.MaxFloat64, 5e-324} {
		if off := units(Log(x), bigLogOf(x)); off > .52 {
			t.Errorf("Log(%v) is off by %v units", x, off)
		}
	}
	sweep(t, "Log1p", 3000, .6, Log1p, bigLog1pOf, between(-.5, 1))
	sweep(t, "Log1p", 3000, .6, Log1p, bigLog1pOf, magnitudes(-80, 60, false))
	sweep(t, "Log1p", 3000, .6, Log1p, bigLog1pOf, func(r *rand.Rand) float64 { return -math.Ldexp(1+r.Float64(), -2-r.IntN(80)) })
}

func TestPowAccuracy(t *testing.T) {
	want := func(x, y float64) *big.Float { return seriesExp(fresh().Mul(number(y), bigLogOf(x))) }
	cases := []struct {
		name  string
		bound float64
		x, y  func(*rand.Rand) float64
	}{
		{"plain", .55, between(0, 30), between(-4, 4)},
		{"near 1, large power", .55, between(.99, 1.01), between(-6e4, 6e4)},
		{"close to 1, huge power", .55, func(r *rand.Rand) float64 { return 1 + math.Ldexp(r.Float64()-.5, -32) }, magnitudes(38, 41, true)},
		{"wide", 1, magnitudes(-1000, 1000, false), between(-1.05, 1.05)},
		{"subnormal base", .55, func(r *rand.Rand) float64 { return 5e-324 * float64(1+r.Int64N(1<<51)) }, between(-.9, .9)},
	}
	for _, c := range cases {
		r := rand.New(rand.NewPCG(7, 7))
		worst := 0.
		for range 3000 {
			x, y := c.x(r), c.y(r)
			off := units(Pow(x, y), want(x, y))
			if worst = max(worst, off); !(off <= c.bound) {
				t.Fatalf("%s: Pow(%v, %v) = %v is off by %v units", c.name, x, y, Pow(x, y), off)
			}
		}
		t.Logf("Pow %-26s at most %.4f units", c.name, worst)
	}
}

func TestCircleAccuracy(t *testing.T) {
	sweep(t, "Sin2Pi", 3000, .8, Sin2Pi, seriesSine, between(0, 1))
	sweep(t, "Sin2Pi", 3000, .8, Sin2Pi, seriesSine, between(0, .13))
	sweep(t, "Sin2Pi", 2000, .8, Sin2Pi, seriesSine, magnitudes(-300, -3, true))
	sweep(t, "Cos2Pi", 3000, .8, Cos2Pi, seriesCosine, between(0, 1))
	sweep(t, "Cos2Pi, near the zero", 2000, .8, Cos2Pi, seriesCosine, between(.2499, .2501))
}

// A distance in the plane, against the square root of math/big.
func TestHypotAccuracy(t *testing.T) {
	other := 0.
	for _, scale := range []float64{1, 0x1p-700, 0x1p700, 5e-324} {
		sweep(t, "Hypot", 2000, 1.2, func(x float64) float64 { return Hypot(x, other) }, func(x float64) *big.Float {
			return fresh().Sqrt(fresh().Add(fresh().Mul(number(x), number(x)), fresh().Mul(number(other), number(other))))
		}, func(r *rand.Rand) float64 {
			other = (r.Float64() - .5) * 1e3 * scale
			return (r.Float64() - .5) * 1e3 * scale
		})
	}
}

// The quantile against 40-digit values of an independent library (mpmath's inverse error function).
func TestQuantileAccuracy(t *testing.T) {
	for _, c := range quantiles {
		if off := math.Abs(Quantile(c.p)-c.z) / math.Abs(c.z); !(off < 1.5e-15) {
			t.Errorf("Quantile(%v) = %v, want %v: relative error %.2e", c.p, Quantile(c.p), c.z, off)
		}
	}
}

// log n! and log gamma(n+1/2) = log((2n)! sqrt(pi) / (4^n n!)) from whole numbers.
func TestLogGammaAccuracy(t *testing.T) {
	worst := 0.
	check := func(x float64, want *big.Float) {
		w, _ := want.Float64()
		off := math.Abs(LogGamma(x)-w) / max(1, math.Abs(w))
		if worst = max(worst, off); !(off < 2e-15) {
			t.Errorf("LogGamma(%v) = %v, want %v: off by %.2e", x, LogGamma(x), w, off)
		}
	}
	rootPi := fresh().Sqrt(referencePi[0])
	factorial := func(n int) *big.Float {
		return fresh().SetInt(new(big.Int).MulRange(1, int64(n)))
	}
	for _, n := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 30, 70, 171, 500, 1000} {
		check(float64(n)+1, bigLog(factorial(n)))
		quotient := fresh().Quo(fresh().Mul(factorial(2*n), rootPi), factorial(n))
		check(float64(n)+.5, bigLog(fresh().SetMantExp(quotient, -2*n)))
	}
	for _, c := range logGammas {
		check(c.x, number(c.want))
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 100_000 { // package math is good to about 1e-14
		x := math.Exp(20*r.Float64() - 10)
		if want, _ := math.Lgamma(x); !(math.Abs(LogGamma(x)-want) < 1e-14*max(1, math.Abs(want))) {
			t.Fatalf("LogGamma(%v) = %v, package math says %v", x, LogGamma(x), want)
		}
	}
	t.Logf("LogGamma is off by at most %.2e", worst)
}
