package page

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// Whatever is called, in or out of a slice, every value stays as it was and nothing breaks: no memory is read for its value. Empty
// slices can be called.
func TestCallsChangeNothing(t *testing.T) {
	s := make([]float64, 1<<16)
	for k := range s {
		s[k] = float64(k)
	}
	before := slices.Clone(s)
	type tie struct {
		at int32
		_  [2]int32
	}
	for _, at := range [][]int32{nil, {0}, {1, 5, 1<<16 - 1}, {-1, 1 << 20, math.MaxInt32, math.MinInt32}} {
		for _, record := range []int{1, 8, 40} {
			for _, n := range []int{1, 2, 80} {
				Call(s, at, record, 3, n)
			}
		}
		var ties []tie
		for _, k := range at {
			ties = append(ties, tie{at: k})
		}
		CallOf(s, ties)
	}
	CallAll(s)
	CallAll(s[5:6])
	CallAll(s[len(s):])
	Call[float64](nil, []int32{1}, 1, 0, 1)
	CallAll[float64](nil)
	if !slices.Equal(s, before) {
		t.Error("a value changed")
	}
}

// What calls are for: batches of 64 reads from anywhere in 256 MB, with a little work on each, called one batch ahead and not.
func BenchmarkCall(b *testing.B) {
	const batch = 64
	s := make([]float64, 32<<20)
	for k := range s {
		s[k] = 1 + float64(k)
	}
	for _, ahead := range []bool{false, true} {
		b.Run(fmt.Sprintf("called=%v", ahead), func(b *testing.B) {
			var places [2][batch]int32
			u := uint64(1)
			draw := func(to *[batch]int32) {
				for k := range to {
					u = u*6364136223846793005 + 1442695040888963407
					to[k] = int32(u >> 39)
				}
			}
			draw(&places[0])
			sum := 0.0
			for n := 0; b.Loop(); n++ {
				now, next := &places[n&1], &places[n&1^1]
				draw(next)
				if ahead {
					Call(s, next[:], 1, 0, 1)
				}
				for _, at := range now {
					x := s[at]
					for range 10 { // each step hangs on the one before, as a rule's work on a firm
						x = 1 / (1 + x)
					}
					sum += x
				}
			}
			if sum == 0 {
				b.Error("nothing read")
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/batch, "ns/read")
		})
	}
}
