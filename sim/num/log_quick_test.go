package num

import (
	"math"
	"testing"
)

func TestLogQuickIsNearLog(t *testing.T) {
	worst := 0.0
	for x := 1e-9; x < 1e9; x *= 1.00037 {
		worst = max(worst, math.Abs(LogQuick(x)-Log(x)))
	}
	if worst > 1e-12 {
		t.Errorf("LogQuick is off by %g: want below 1e-12", worst)
	}
	t.Logf("largest error %.1e", worst)
}

func BenchmarkLogQuick(b *testing.B) {
	sum := 0.0
	for i := range b.N {
		sum += LogQuick(float64(i&1023) + .5)
	}
	sinkQuick = sum
}

var sinkQuick float64
