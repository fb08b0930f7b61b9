package grid

import (
	"fmt"
	"testing"
)

func BenchmarkSmooth(b *testing.B) {
	for _, n := range []int{50, 160, 500} {
		for _, width := range []float64{4, 15, 40} {
			b.Run(fmt.Sprintf("%dx%d/%gkm", n, n, width), func(b *testing.B) {
				k, err := Exponential(Shape{NX: n, NY: n, CellKM: 2}, width)
				if err != nil {
					b.Fatal(err)
				}
				src, dst, work := noise(1, n*n), make([]float64, n*n), k.NewWork()
				b.ReportAllocs()
				for b.Loop() {
					k.Smooth(dst, src, work)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n*n), "ns/cell")
			})
		}
	}
}

func BenchmarkFirm(b *testing.B) {
	s := Shape{NX: 50, NY: 50, CellKM: 2}
	k, err := Exponential(s, 15)
	if err != nil {
		b.Fatal(err)
	}
	const n = 3000
	x, y := noise(1, n), noise(2, n)
	base, wx, wy := make([]int32, n), make([]float64, n), make([]float64, n)
	for i := range x {
		base[i], wx[i], wy[i] = s.Cloud(100*x[i], 100*y[i])
	}
	plane, sum := make([]float64, s.Cells()), 0.
	perFirm := func(name string, one func(i int)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for i := range n {
					one(i)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/firm")
		})
	}
	perFirm("Cloud", func(i int) { base[i], wx[i], wy[i] = s.Cloud(100*x[i], 100*y[i]) })
	perFirm("Deposit", func(i int) { s.Deposit(plane, base[i], wx[i], wy[i], 1) })
	perFirm("Read", func(i int) { sum += s.Read(plane, base[i], wx[i], wy[i]) })
	perFirm("Self", func(i int) { sum += k.Self(base[i], wx[i], wy[i]) })
}

func BenchmarkExponential(b *testing.B) {
	for b.Loop() {
		if _, err := Exponential(Shape{NX: 160, NY: 160, CellKM: 2}, 40); err != nil {
			b.Fatal(err)
		}
	}
}

// noise gives n numbers in [0,1), always the same for one seed (a multiplicative congruence, good enough for tests).
func noise(seed uint64, n int) []float64 {
	out := make([]float64, n)
	state := seed*0x9E3779B97F4A7C15 + 1
	for i := range out {
		state ^= state >> 12
		state ^= state << 25
		state ^= state >> 27
		out[i] = float64(state*0x2545F4914F6CDD1D>>11) / (1 << 53)
	}
	return out
}
