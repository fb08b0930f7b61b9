package num

import (
	"math"
	"testing"
)

func TestLogQuickIsNearLog(t *testing.T) {
	worst := 0.0
	for x := 1e-9; x < 1e9; x *= 1.00037 {
		worst = max(worst, math.Abs(LogQuick(x)-Log(x)))
	}
	for x := .7; x < 1.42; x += 1. / 8192 { // a whole period of the fraction
		worst = max(worst, math.Abs(LogQuick(x)-Log(x)))
	}
	if worst > 5e-13 {
		t.Errorf("LogQuick is off by %g: want below 5e-13", worst)
	}
	if got := LogQuick(1); got != 0 {
		t.Errorf("LogQuick(1) = %g, want 0", got)
	}
	t.Logf("largest error %.1e", worst)
}

func TestExpQuickIsNearExp(t *testing.T) {
	worst := 0.0
	for x := -707.9; x < 708.9; x += .0173 {
		worst = max(worst, math.Abs(ExpQuick(x)/Exp(x)-1))
	}
	if worst > 1e-14 {
		t.Errorf("ExpQuick is off by a share of %g: want below 1e-14", worst)
	}
	for _, at := range [][2]float64{{0, 1}, {1e9, Exp(709)}, {math.Inf(1), Exp(709)}, {-1e9, Exp(-708)}, {math.Inf(-1), Exp(-708)}} {
		if got := ExpQuick(at[0]); math.Abs(got/at[1]-1) > 2e-15 {
			t.Errorf("ExpQuick(%g) = %g, want %g", at[0], got, at[1])
		}
	}
	if got := ExpQuick(math.NaN()); got == got {
		t.Errorf("ExpQuick(NaN) = %g, want NaN", got)
	}
	t.Logf("largest error %.1e", worst)
}

// quickest are numbers of each kind and a few more than a multiple of four: the assembly takes most, the loops the rest.
func quickest(n int, from, step float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = from + float64(i)*step
	}
	return x
}

func TestLogsAreTheSameBitsOneByOne(t *testing.T) {
	for n := range 23 {
		for _, from := range []float64{1e-300, .2, .70710678, 3, 1e300} {
			x, y := quickest(n, from, from/7), quickest(n, from, from/7)
			Logs(x)
			for i := range x {
				if want := LogQuick(y[i]); math.Float64bits(x[i]) != math.Float64bits(want) {
					t.Fatalf("Logs of %d numbers: ln %g = %x, want %x", n, y[i], x[i], want)
				}
			}
		}
	}
}

func TestExpsAreTheSameBitsOneByOne(t *testing.T) {
	for n := range 23 {
		for _, from := range []float64{-800, -700, -3, 0, 600} {
			x, y := quickest(n, from, 8.3), quickest(n, from, 8.3)
			Exps(x)
			for i := range x {
				if want := ExpQuick(y[i]); math.Float64bits(x[i]) != math.Float64bits(want) {
					t.Fatalf("Exps of %d numbers: e^%g = %x, want %x", n, y[i], x[i], want)
				}
			}
		}
	}
	x := []float64{1, math.NaN(), math.Inf(1), math.Inf(-1), 2}
	if Exps(x); x[1] == x[1] || x[2] != ExpQuick(709) || x[3] != ExpQuick(-708) {
		t.Errorf("Exps at the ends = %v", x)
	}
}

// The sum is that of LogQuick in four lanes, whatever the number of terms.
func TestDotLog(t *testing.T) {
	for n := range 23 {
		x, weight := quickest(n, .3, .11), quickest(n, .1, .07)
		var lanes [4]float64
		plain := 0.0
		for i := range x {
			lanes[i%4] += float64(weight[i] * LogQuick(x[i]))
			plain += float64(weight[i] * Log(x[i]))
		}
		got, want := DotLog(weight, x), lanes[0]+lanes[1]+(lanes[2]+lanes[3])
		if got != want || math.Abs(got-plain) > 1e-11 {
			t.Errorf("DotLog of %d = %v, want %v, with Log %v", n, got, want, plain)
		}
	}
	got := DotLog([]float64{.5, .25, .25}, []float64{4, math.E, 1})
	if want := math.Log(2) + .25; math.Abs(got-want) > 1e-12 {
		t.Errorf("DotLog = %g: want ln 2 + 1/4 = %g", got, want)
	}
	defer func() {
		if recover() == nil {
			t.Error("fewer weights than numbers: want a panic")
		}
	}()
	DotLog([]float64{1}, []float64{1, 2})
}

func BenchmarkLogQuick(b *testing.B) {
	sum := 0.0
	for i := range b.N {
		sum += LogQuick(float64(i&1023) + .5)
	}
	sinkQuick = sum
}

func BenchmarkQuick(b *testing.B) {
	x, weight := quickest(64, .3, .11), quickest(64, .1, .07)
	for _, at := range []struct {
		name string
		call func()
	}{{"logs", func() { Logs(x); copy(x, weight) }}, {"exps", func() { Exps(x); copy(x, weight) }},
		{"dot of 64", func() { sinkQuick = DotLog(weight, x) }}, {"dot of 8", func() { sinkQuick = DotLog(weight[:8], x[:8]) }},
		{"64 by LogQuick", func() {
			for i := range x {
				x[i] = LogQuick(weight[i])
			}
		}}, {"64 by Exp", func() {
			for i := range x {
				x[i] = Exp(weight[i])
			}
		}}} {
		b.Run(at.name, func(b *testing.B) {
			for range b.N {
				at.call()
			}
		})
	}
}

var sinkQuick float64
