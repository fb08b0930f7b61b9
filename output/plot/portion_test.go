package plot

import "testing"

// Half a per cent of the jobs is not none, and none is.
func TestPercentOfLittle(t *testing.T) {
	f := &folder{lang: "en"}
	for share, want := range map[float64]string{.005: "0.5", 0: "0", .00951: "1.0", .00996: "1", .0151: "2", .284: "28", 1: "100"} {
		if got := f.portion(share); got != want {
			t.Errorf("%g is %s%%, want %s%%", share, got, want)
		}
	}
}
