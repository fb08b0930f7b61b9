//go:build !amd64 || purego

package knowledge

// wide says whether the processor takes four numbers of 64 bits at a time, or eight of 32.
func wide() bool { return false }

func layWide(_ *record, _, _ *int32, _, _ *float32, _, _ *float64, _ float64, _, _, _, _, _, _ int) int {
	panic("knowledge: not on this processor")
}
