package plot

import (
	"math"
	"testing"
)

// Of looks at 40, 44, 48 and 52 the one of tick 47 is 44; what stops before the first look behind the start takes that; what is
// not known takes the last.
func TestLookAt(t *testing.T) {
	e := &effect{ticks: []float64{40, 44, 48, 52}}
	for tick, want := range map[float64]int{47: 1, 48: 2, 52: 3, 60: 3, 41: 1, 40: 1} {
		if got := e.lookAt(tick); got != want {
			t.Errorf("tick %v: look %d, want %d", tick, got, want)
		}
	}
	if got := e.lookAt(math.NaN()); got != 3 {
		t.Errorf("unknown tick: look %d, want the last", got)
	}
	if got := (&effect{ticks: []float64{40}}).lookAt(30); got != 0 {
		t.Errorf("one look: %d", got)
	}
}

// For four pairs with unit variance in both outcomes, not correlated, the region is a circle of radius
// sqrt(2 x 3/2 x F(2,2) / 4) with F(2,2) at .95 = 19: 3.7749. Three pairs have none.
func TestEllipse(t *testing.T) {
	u := math.Sqrt(3) / 2 // four values of +-u have variance 1
	edge := ellipse([]float64{1 + u, 1 + u, 1 - u, 1 - u}, []float64{2 + u, 2 - u, 2 + u, 2 - u})
	for _, at := range edge {
		if r := math.Hypot(at[0]-1, at[1]-2); math.Abs(r-3.77492) > 1e-4 {
			t.Fatalf("radius %v, want 3.77492", r)
		}
	}
	if len(edge) == 0 || ellipse([]float64{1, 2, 3}, []float64{1, 2, 4}) != nil {
		t.Error("a region of three pairs, or none of four")
	}
}
