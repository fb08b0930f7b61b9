package grid

import (
	"math"
	"testing"
)

// Each number of a record is what reading its own plane gives, to rounding, and the bits of the plain formula, whatever the width.
func TestMix(t *testing.T) {
	s := Shape{NX: 5, NY: 4, CellKM: 2}
	for n := 1; n < 19; n++ {
		at, unit, out := noise(uint64(n), n*s.Cells()), noise(uint64(n+100), n), make([]float64, n)
		x, y, scale, base := 4.3, 5.9, .7, .25
		b, wx, wy := s.Cloud(x, y)
		east, north := s.Beside()
		Mix(out, at[n*int(b):], n*east, n*north, wx, wy, unit, scale, base)
		sw, se, nw, ne := Weights(wx, wy)
		for k := range out {
			plane := make([]float64, s.Cells())
			for c := range plane {
				plane[c] = at[c*n+k]
			}
			if want := base + scale*unit[k]*s.Read(plane, b, wx, wy); math.Abs(out[k]-want) > 1e-14 {
				t.Errorf("%d wide: number %d is %v, want %v", n, k, out[k], want)
			}
			i := int(b)
			value := float64(sw*plane[i]) + float64(se*plane[i+east]) + (float64(nw*plane[i+north]) + float64(ne*plane[i+north+east]))
			if want := base + float64(float64(scale*unit[k])*value); math.Float64bits(out[k]) != math.Float64bits(want) {
				t.Errorf("%d wide: number %d has the bits of %v, want %v", n, k, out[k], want)
			}
		}
	}
}

func BenchmarkMix(b *testing.B) {
	s := Shape{NX: 5, NY: 4, CellKM: 2}
	at, unit, out := noise(1, 8*s.Cells()), noise(2, 8), make([]float64, 8)
	east, north := s.Beside()
	for range b.N {
		Mix(out, at[8:], 8*east, 8*north, .3, .6, unit, .7, .25)
	}
}
