//go:build !amd64 || purego

package production

// wide says whether the processor takes four numbers at a time.
func wide() bool { return false }

func meetWide(_ *float32, _, _ *float64, _ *float32, _ *buyer, _ int, _ float64, _ int) {
	panic("production: not on this processor")
}
