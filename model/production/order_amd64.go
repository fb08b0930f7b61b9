//go:build !purego

package production

import "golang.org/x/sys/cpu"

// wide says whether the processor takes four numbers at a time.
func wide() bool { return cpu.X86.HasAVX2 }

//go:noescape
func meetWide(at *float32, pull, omega *float64, orders *float32, buyers *buyer, count int, rest float64, n int)
