package num

import (
	"math"
	"testing"
)

// QuantileQuick is near Quantile over the middle, over the tails in equal steps of their logarithm, and at the ends of the pieces.
func TestQuantileQuickIsNearQuantile(t *testing.T) {
	worst := 0.0
	check := func(p float64) {
		off := math.Abs(QuantileQuick(p) - Quantile(p))
		if worst = max(worst, off); !(off < 2e-8) {
			t.Fatalf("QuantileQuick(%g) = %v: want %v", p, QuantileQuick(p), Quantile(p))
		}
	}
	for k := 1; k < 100_003; k++ {
		check(float64(k) / 100_003)
	}
	for p := .5; p > 1e-16; p *= .9993 {
		check(p)
		check(1 - p)
	}
	for k := range quickTails * quickParts {
		p := math.Float64frombits((quickLow + uint64(k)) << (52 - quickBits))
		for _, p := range []float64{p, math.Nextafter(p, 0), math.Nextafter(p, 1), 1 - p} {
			check(p)
		}
	}
	if QuantileQuick(.5) != 0 || QuantileQuick(.25) != -QuantileQuick(.75) {
		t.Error("not even about the middle")
	}
	t.Logf("off by %.2g at most", worst)
}
