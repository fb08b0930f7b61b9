package process

import (
	"testing"
	"testing/fstest"
)

// The most memory held is read from the system where it tells it, and is 0 elsewhere.
func TestPeakMemory(t *testing.T) {
	for text, want := range map[string]float64{"Name:\tx\nVmPeak:\t  900 kB\nVmHWM:\t  12 kB\n": 12288, "VmRSS: 3 kB\n": 0, "": 0} {
		if got := PeakMemory(fstest.MapFS{"proc/self/status": {Data: []byte(text)}}); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if got := PeakMemory(fstest.MapFS{}); got != 0 {
		t.Errorf("no system that tells: %v", got)
	}
}
