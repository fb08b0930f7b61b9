package grid

import (
	"math"
	"testing"
)

// strewn are clouds on a grid and a record of n numbers for each.
func strewn(s Shape, n, count int) (base []int32, wx, wy, x []float32) {
	for k, u := range noise(9, count) {
		b, east, north := s.Cloud(s.X0+12*u, s.Y0+9*noise(uint64(k), 1)[0])
		base, wx, wy = append(base, b), append(wx, float32(east)), append(wy, float32(north))
		for _, v := range noise(uint64(100+k), n) {
			x = append(x, float32(v))
		}
	}
	return base, wx, wy, x
}

// Each plane gets what Deposit would give it, to rounding, and four numbers at a time are the same bits as one at a time, on narrow grids
// too.
func TestStrew(t *testing.T) {
	for _, s := range []Shape{{NX: 5, NY: 4, CellKM: 2}, {NX: 1, NY: 6, CellKM: 2}, {NX: 6, NY: 1, CellKM: 2}, {NX: 1, NY: 1, CellKM: 2}} {
		for n := 1; n < 19; n++ {
			const count = 40
			east, north := s.Beside()
			base, wx, wy, x := strewn(s, n, count)
			fast, slow := make([]float64, n*s.Cells()), make([]float64, n*s.Cells())
			strew(fast, n, east, north, base, wx, wy, x, widens())
			strew(slow, n, east, north, base, wx, wy, x, false)
			if at := differs(fast, slow); at >= 0 {
				t.Fatalf("%d wide on %v: number %d is %v four at a time and %v one at a time", n, s, at, fast[at], slow[at])
			}
			for k := range n {
				plane := make([]float64, s.Cells())
				for i := range count {
					s.Deposit(plane, base[i], float64(wx[i]), float64(wy[i]), float64(x[i*n+k]))
				}
				for c, want := range plane {
					if got := fast[c*n+k]; math.Abs(got-want) > 1e-12 {
						t.Errorf("%d wide on %v: cell %d, number %d is %v, want %v", n, s, c, k, got, want)
					}
				}
			}
		}
	}
}

// A cloud whose cells are not there panics; nothing is written elsewhere.
func TestStrewStaysInside(t *testing.T) {
	s := Shape{NX: 5, NY: 4, CellKM: 2}
	east, north := s.Beside()
	for _, c := range []int32{-1, 14, 1 << 30} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("cell %d: want a panic", c)
				}
			}()
			base, wx, wy, x := strewn(s, 8, 3)
			base[2] = c
			Strew(make([]float64, 8*s.Cells(), 9*s.Cells()), 8, east, north, base, wx, wy, x)
		}()
	}
}

func BenchmarkStrew(b *testing.B) {
	s := Shape{NX: 5, NY: 4, CellKM: 2}
	east, north := s.Beside()
	base, wx, wy, x := strewn(s, 8, 64)
	at := make([]float64, 8*s.Cells())
	for _, how := range []struct {
		name string
		wide bool
	}{{"wide", widens()}, {"plain", false}} {
		b.Run(how.name, func(b *testing.B) {
			for range b.N {
				strew(at, 8, east, north, base, wx, wy, x, how.wide)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(64*b.N), "ns/record")
		})
	}
}
