//go:build !purego

package world

import "golang.org/x/sys/cpu"

// wide says whether the processor takes eight half-ties at a time.
func wide() bool { return cpu.X86.HasAVX2 && cpu.X86.HasPOPCNT }

//go:noescape
func passWide(ties *TieRow, suppliers, collaborators *Slots, more *int32, ids *uint64, rows int, p *Passing, passed *Passed)

//go:noescape
func markedWide(ties *TieRow, suppliers *Slots, rows int, flags *uint8, marks uint32, found *Slots)
