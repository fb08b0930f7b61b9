//go:build !purego

package num

import "golang.org/x/sys/cpu"

// wide says whether the processor takes four numbers at a time.
func wide() bool { return cpu.X86.HasAVX2 }

// fours is how many of n numbers are taken four at a time, a multiple of four.
func fours(n int) int {
	if !wide() {
		return 0
	}
	return n &^ 3
}

//go:noescape
func logsWide(x *float64, n int)

//go:noescape
func dotLogWide(weight, x *float64, sums *[4]float64, n int)

//go:noescape
func expsWide(x *float64, n int)
