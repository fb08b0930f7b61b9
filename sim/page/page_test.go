package page

import (
	"reflect"
	"slices"
	"testing"
)

type columns struct {
	Name   string
	Wide   []float64
	narrow []uint8
	Inside struct{ Deep [2][]int32 }
	Parts  []struct{ Few []float32 }
	Other  *columns
}

// All large arrays are found, whatever they are called and however deep they lie, but not behind pointers; small ones are not.
func TestArrays(t *testing.T) {
	c := columns{Wide: make([]float64, 1<<20), narrow: make([]uint8, 100), Other: &columns{Wide: make([]float64, 1<<20)}}
	c.Inside.Deep[1] = make([]int32, 10, 1<<15)
	c.Parts = make([]struct{ Few []float32 }, 3)
	c.Parts[2].Few = make([]float32, 1<<14)
	var bytes []uintptr
	for _, e := range arrays(reflect.ValueOf(&c).Elem(), nil) {
		bytes = append(bytes, e.to-e.from)
	}
	if want := []uintptr{8 << 20, 4 << 15, 4 << 14}; !slices.Equal(bytes, want) {
		t.Errorf("arrays of %v bytes, want %v", bytes, want)
	}
}

// Stretches begin and end at large pages, touch no two, and are none when all arrays together are small.
func TestStretches(t *testing.T) {
	const mb = 1 << 20
	got := stretches([]extent{{9 * mb, 13 * mb}, {1 * mb, 2*mb + 1}, {3 * mb, 5 * mb}, {21 * mb, 22 * mb}})
	if want := []extent{{0, 6 * mb}, {8 * mb, 14 * mb}, {20 * mb, 22 * mb}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := stretches([]extent{{9 * mb, 13 * mb}}); got != nil {
		t.Errorf("%v for 4 MB in all", got)
	}
}

// Asking changes nothing that is written.
func TestWidenChangesNothing(t *testing.T) {
	c := columns{Wide: make([]float64, 2<<20)}
	for k := range c.Wide {
		c.Wide[k] = float64(k)
	}
	Widen(&c)
	for k, x := range c.Wide {
		if x != float64(k) {
			t.Fatalf("entry %d is %g", k, x)
		}
	}
	c.Wide[5] = -1
	Widen(&c)
	if c.Wide[5] != -1 {
		t.Error("an entry written later is lost")
	}
}

// What large pages are for: reads from anywhere in 64 MB, with and without. The plain version is the same code without Widen.
func BenchmarkReadAnywhere(b *testing.B) {
	for name, wide := range map[string]bool{"plain": false, "wide": true} {
		b.Run(name, func(b *testing.B) {
			c := columns{Wide: make([]float64, 8<<20)}
			for k := range c.Wide {
				c.Wide[k] = float64(k)
			}
			if wide {
				Widen(&c)
			}
			at, sum := uint64(1), 0.0
			for b.Loop() {
				at = at*6364136223846793005 + 1442695040888963407
				sum += c.Wide[at>>41]
			}
			if sum == 0 {
				b.Fatal(sum)
			}
		})
	}
}
