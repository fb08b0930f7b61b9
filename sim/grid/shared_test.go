package grid

import "testing"

// Scratch that several kernels share must give each the bits of its own scratch, whatever stood in it before.
func TestSharedWorkChangesNothing(t *testing.T) {
	shape := Shape{NX: 33, NY: 20, CellKM: 2}
	narrow, err := Exponential(shape, 4)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := Exponential(shape, 40)
	if err != nil {
		t.Fatal(err)
	}
	round, err := Gaussian(shape, 4.5) // of a longer reach than the others
	if err != nil {
		t.Fatal(err)
	}
	if len(round.taps) <= len(wide.taps) {
		t.Fatalf("taps of %d and %d cells: want more", len(round.taps), len(wide.taps))
	}
	src := make([]float64, shape.Cells())
	for c := range src {
		src[c] = float64(c*7919%101) / 7
	}
	shared := NewWork(narrow, round, wide)
	want, got := make([]float64, len(src)), make([]float64, len(src))
	for turn := range 2 {
		for _, k := range []*Kernel{wide, round, narrow} {
			k.Smooth(want, src, k.NewWork())
			k.Smooth(got, src, shared)
			for c := range want {
				if got[c] != want[c] {
					t.Fatalf("turn %d, cell %d: shared scratch gives %g, own %g", turn, c, got[c], want[c])
				}
			}
		}
	}
}

// The four corners' weights are those of Read and Deposit.
func TestCornersReadAsRead(t *testing.T) {
	for _, shape := range []Shape{{NX: 5, NY: 4, CellKM: 2}, {NX: 1, NY: 4, CellKM: 2}, {NX: 5, NY: 1, CellKM: 2}} {
		plane := make([]float64, shape.Cells())
		for c := range plane {
			plane[c] = float64(c*c) + 1
		}
		for x := .1; x < 2*float64(shape.NX); x += .7 {
			for y := .3; y < 2*float64(shape.NY); y += .9 {
				base, wx, wy := shape.Cloud(x, y)
				cell, weight := shape.Corners(base, wx, wy)
				sum, total := 0.0, 0.0
				for k := range cell {
					sum += weight[k] * plane[cell[k]]
					total += weight[k]
				}
				if want := shape.Read(plane, base, wx, wy); sum < want-1e-9 || sum > want+1e-9 || total < 1-1e-12 || total > 1+1e-12 {
					t.Fatalf("%v at %g, %g: corners read %g with weights of %g, Read gives %g", shape, x, y, sum, total, want)
				}
			}
		}
	}
}
