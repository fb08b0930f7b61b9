//go:build !purego

package grid

import "golang.org/x/sys/cpu"

// widens says whether the processor takes four numbers at a time.
func widens() bool { return cpu.X86.HasAVX2 }

//go:noescape
func sevenWide(out, rows *float64, stride int, taps, near, far *float64, apart, n, count int)

//go:noescape
func slideWide(out, row, taps *float64, n int)

//go:noescape
func addWide(out, row *float64, weight float64, n int)

//go:noescape
func pairWide(out, a, b *float64, tap float64, n int)

//go:noescape
func foldWide(out *float64, apart int, rows *float64, stride, n, count int)

//go:noescape
func blendWide(out, near, far *float64, n int)

//go:noescape
func halveWide(out, row *float64, n int)

//go:noescape
func doubleWide(out *float64, apart int, wide *float64, stride, n, count int)

//go:noescape
func strewWide(at *float64, base *int32, wx, wy, x *float32, n, east, north, m, count int)
