//go:build !amd64 || purego

package world

// wide says whether the processor takes eight half-ties at a time.
func wide() bool { return false }

func passWide(_ *TieRow, _, _ *Slots, _ *int32, _ *uint64, _ int, _ *Passing, _ *Passed) {
	panic("world: not on this processor")
}

func markedWide(_ *TieRow, _ *Slots, _ int, _ *uint8, _ uint32, _ *Slots) {
	panic("world: not on this processor")
}
