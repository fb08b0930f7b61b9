package grid

import (
	"reflect"
	"sync"
	"testing"
)

// A kernel from memory is the kernel that would be fitted anew, to the bit, for another shape too and for any number of
// goroutines at once; sorts and widths are kept apart.
func TestFitsAreRemembered(t *testing.T) {
	small, large := Shape{NX: 9, NY: 4, CellKM: 2}, Shape{NX: 90, NY: 40, CellKM: 4}
	type maker = func(Shape, float64) (*Kernel, error)
	fresh := func(of maker, s Shape, km float64) *Kernel {
		fits.Lock()
		clear(fits.of)
		fits.Unlock()
		k, err := of(s, km)
		if err != nil {
			t.Error(err)
		}
		return k
	}
	var want []*Kernel
	for _, km := range []float64{11, 13} {
		want = append(want, fresh(Exponential, large, 2*km), fresh(Gaussian, large, 2*km))
	}
	fresh(Exponential, small, 11)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for k, of := range []maker{Exponential, Gaussian, Exponential, Gaussian} {
				got, err := of(large, []float64{22, 22, 26, 26}[k])
				if err != nil || !reflect.DeepEqual(got, want[k]) {
					t.Errorf("kernel %d from memory (%v) is another than the one made anew", k, err)
				}
			}
		})
	}
	all.Wait()
	if n := len(fits.of); n != 4 {
		t.Errorf("%d fits remembered after asking for 4", n)
	}
}

// Memory is bounded, and what was forgotten is worked out again.
func TestFitsAreForgotten(t *testing.T) {
	m, worked := remembered{of: map[request]amplitudes{}}, 0
	get := func(width int) float64 {
		return m.get(request{width: float64(width)}, func() amplitudes {
			worked++
			return amplitudes{own: float64(width)}
		}).own
	}
	for width := range mostFits + 1 {
		for range 2 {
			if got := get(width); got != float64(width) {
				t.Fatalf("asked for %d, got %v", width, got)
			}
		}
		if len(m.of) > mostFits {
			t.Fatalf("%d fits are held, want at most %d", len(m.of), mostFits)
		}
	}
	if worked != mostFits+1 || get(0) != 0 || worked != mostFits+2 {
		t.Errorf("worked %d times", worked)
	}
}
