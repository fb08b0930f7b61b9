//go:build !purego

package knowledge

import "golang.org/x/sys/cpu"

// wide says whether the processor takes four numbers of 64 bits at a time, or eight of 32.
func wide() bool { return cpu.X86.HasAVX2 }

//go:noescape
func layWide(cells *record, rows, base *int32, wx, wy *float32, sales, logs *float64, share float64, first, east, north, size, count, n int) (laid int)
