//go:build !amd64 || purego

package grid

// widens says whether the processor takes four numbers at a time.
func widens() bool { return false }

func sevenWide(_, _ *float64, _ int, _, _, _ *float64, _, _, _ int) {
	panic("grid: not on this processor")
}
func slideWide(_, _, _ *float64, _ int)                     { panic("grid: not on this processor") }
func addWide(_, _ *float64, _ float64, _ int)               { panic("grid: not on this processor") }
func pairWide(_, _, _ *float64, _ float64, _ int)           { panic("grid: not on this processor") }
func foldWide(_ *float64, _ int, _ *float64, _, _, _ int)   { panic("grid: not on this processor") }
func blendWide(_, _, _ *float64, _ int)                     { panic("grid: not on this processor") }
func halveWide(_, _ *float64, _ int)                        { panic("grid: not on this processor") }
func doubleWide(_ *float64, _ int, _ *float64, _, _, _ int) { panic("grid: not on this processor") }
func strewWide(_ *float64, _ *int32, _, _, _ *float32, _, _, _, _, _ int) {
	panic("grid: not on this processor")
}
