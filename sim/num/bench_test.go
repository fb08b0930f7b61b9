package num

import "testing"

var sink float64

func measure(b *testing.B, lo, step float64, f func(float64) float64) {
	var x [1024]float64
	for i := range x {
		x[i] = lo + step*float64(i)
	}
	b.ReportAllocs()
	sum := 0.
	for i := range b.N {
		sum += f(x[i&1023])
	}
	sink = sum
}

func BenchmarkExp(b *testing.B)      { measure(b, -20, .04, Exp) }
func BenchmarkExpm1(b *testing.B)    { measure(b, -2, .004, Expm1) }
func BenchmarkLog(b *testing.B)      { measure(b, .1, .01, Log) }
func BenchmarkLog1p(b *testing.B)    { measure(b, -.5, .003, Log1p) }
func BenchmarkLogistic(b *testing.B) { measure(b, -5, .01, Logistic) }
func BenchmarkQuantile(b *testing.B) { measure(b, .0005, .00097, Quantile) }
func BenchmarkLogGamma(b *testing.B) { measure(b, .1, .02, LogGamma) }
func BenchmarkSin2Pi(b *testing.B)   { measure(b, 0, .00097, Sin2Pi) }
func BenchmarkPow(b *testing.B) {
	measure(b, .1, .01, func(x float64) float64 { return Pow(x, 2.7) })
}
func BenchmarkHypot(b *testing.B) {
	measure(b, .1, .01, func(x float64) float64 { return Hypot(x, 2.7) })
}

func BenchmarkSum(b *testing.B) {
	x := make([]float64, 100_000)
	b.ReportAllocs()
	b.SetBytes(int64(8 * len(x)))
	for b.Loop() {
		sink = Sum(x)
	}
}

func BenchmarkDot(b *testing.B) {
	x := make([]float64, 100_000)
	b.ReportAllocs()
	b.SetBytes(int64(8 * len(x)))
	for b.Loop() {
		sink = Dot(x, x)
	}
}
