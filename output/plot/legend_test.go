package plot

import (
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
)

// The area of a site's mark is in proportion to its members, but for those that the key names as small; the largest mark is not passed.
func TestSiteLaw(t *testing.T) {
	for _, most := range []float64{0, 1, 9, 164, 5000} {
		radius, small := siteLaw(most)
		if r := radius(most); r > largestMark+1e-9 {
			t.Errorf("%v members: a radius of %v points", most, r)
		}
		for m := math.Max(small, 1) + 1; m <= most; m++ {
			if got, want := radius(m)*radius(m)/(radius(most)*radius(most)), vg.Length(m/most); math.Abs(float64(got/want-1)) > 1e-9 {
				t.Fatalf("%v of %v members: %v of the area, want %v", m, most, got, want)
			}
		}
		if r := radius(small); r > leastSite+1e-9 {
			t.Errorf("%v of %v members are called small and have %v points", small, most, r)
		}
	}
}
