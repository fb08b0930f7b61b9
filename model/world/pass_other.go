//go:build !amd64 || purego

package world

// wide says whether the processor takes eight half-ties at a time.
func wide() bool { return false }

func passWide(_ *HalfTie, _ *Slots, _ *uint64, _ int, _, _ uint32, _ *Passing, _ *Passed) {
	panic("world: not on this processor")
}
