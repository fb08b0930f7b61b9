package grid

import (
	"math"
	"slices"
	"testing"
)

// Every step gives the same bits four at a time and one at a time, for rows of any length and wherever they begin.
func TestRowsWideAndPlain(t *testing.T) {
	taps := []float64{.4, .2, .07, .03}
	for n := 1; n < 70; n++ {
		for off := range 4 {
			row := func(k int) []float64 { return noise(uint64(100*n+10*off+k), off+2*n+9)[off:] }
			rows := make([][]float64, 8)
			for k := range rows {
				rows[k] = row(k)
			}
			seven := noise(uint64(n+7*off), off+9*(n+off))[off:]
			near, far := noise(uint64(n+8*off), off+2*n+2)[off:], noise(uint64(n+9*off), off+2*n+2)[off:]
			for name, step := range map[string]func(s stepper, out []float64){
				"seven":     func(s stepper, out []float64) { s.seven(out, seven, n, n+off, taps, near, far, 0) },
				"slide":     func(s stepper, out []float64) { s.slide(out, rows[0], taps) },
				"addScaled": func(s stepper, out []float64) { s.addScaled(out, rows[0], .3) },
				"addPair":   func(s stepper, out []float64) { s.addPair(out, rows[0], rows[1], .3) },
				"fold":      func(s stepper, out []float64) { s.fold(out, 0, seven, n+off, n, 1) },
				"blend":     func(s stepper, out []float64) { s.blend(out, n, near, far, 0) },
				"halve":     func(s stepper, out []float64) { s.halve(out, rows[0]) },
				"stretch":   func(s stepper, out []float64) { s.stretch(out, n, rows[0], n/2+2) },
			} {
				fast, slow := row(7), row(7)
				step(stepper(widens()), fast[:n])
				step(false, slow[:n])
				if at := differs(fast, slow); at >= 0 {
					t.Fatalf("%s of %d cells from %d on: cell %d is %x four at a time and %x one at a time (cells from %d on are not its own)", name, n, off, at, fast[at], slow[at], n)
				}
			}
		}
	}
}

// Rows that are smoothed across in one go are those that come of one at a time, each blended of the rows in which it lies and which it is
// next to: 1 0, 1 2, 2 1, 2 3, ...
func TestSevenOfSomeRows(t *testing.T) {
	taps := []float64{.4, .2, .07, .03}
	for nx := 1; nx < 14; nx++ {
		for count := 1; count < 8; count++ {
			stride := nx + 3
			rows, above := noise(uint64(nx), (count+6)*stride), noise(uint64(99-nx), (count/2+3)*nx)
			want, blends := make([]float64, count*nx), make([]float64, count*nx)
			for y := range count {
				in := (y + 2) / 2
				next := in - 1
				if y%2 == 1 {
					next = in + 1
				}
				at, near, far := want[y*nx:][:nx], above[in*nx:][:nx], above[next*nx:][:nx]
				stepper(false).seven(at, rows[y*stride:], nx, stride, taps, near, far, 0)
				stepper(false).blend(blends[y*nx:][:nx], nx, near, far, 0)
			}
			for _, s := range []stepper{false, stepper(widens())} {
				got, blend := noise(5, count*nx), noise(6, count*nx)
				s.seven(got, rows, nx, stride, taps, above[nx:], above, nx)
				s.blend(blend, nx, above[nx:], above, nx)
				if differs(want, got) >= 0 || differs(blends, blend) >= 0 {
					t.Fatalf("%d rows of %d, wide %v: seven differs at %d, blend at %d", count, nx, s, differs(want, got), differs(blends, blend))
				}
			}
		}
	}
}

// differs is the first place where two rows have other bits, -1 = nowhere.
func differs(a, b []float64) int {
	for k := range a {
		if math.Float64bits(a[k]) != math.Float64bits(b[k]) {
			return k
		}
	}
	return -1
}

// Whole fields are the same bits, for kernels of several levels and reaches on narrow and odd grids.
func TestSmoothWideAndPlain(t *testing.T) {
	for _, shape := range []Shape{{NX: 1, NY: 1, CellKM: 2}, {NX: 7, NY: 31, CellKM: 2}, {NX: 40, NY: 9, CellKM: 2}, {NX: 161, NY: 77, CellKM: 2}} {
		for _, kernel := range []struct {
			name string
			of   func(Shape, float64) (*Kernel, error)
		}{{"exponential", Exponential}, {"Gaussian", Gaussian}} {
			for _, km := range []float64{2, 7, 15, 60} {
				k, err := kernel.of(shape, km)
				if err != nil {
					t.Fatal(err)
				}
				src := noise(1, shape.Cells())
				fast, slow := slices.Clone(src), slices.Clone(src)
				k.Smooth(fast, src, k.NewWork())
				k.step = false
				k.Smooth(slow, src, k.NewWork())
				if at := differs(fast, slow); at >= 0 {
					t.Errorf("%s of %g km on %v: cell %d is %x and %x", kernel.name, km, shape, at, fast[at], slow[at])
				}
			}
		}
	}
}
