package num

import (
	"math"
	"testing"
)

func TestPowQuickIsNearPow(t *testing.T) {
	for _, y := range []float64{0, 1, 2, 4, 8, 9, -.3, .5, 1.7, -2} {
		for x := 1e-3; x < 1e3; x *= 1.37 {
			if got, want := PowQuick(x, y), Pow(x, y); math.Abs(got/want-1) > 1e-11*(1+math.Abs(y)) {
				t.Errorf("PowQuick(%g, %g) = %g: want %g", x, y, got, want)
			}
		}
	}
}
