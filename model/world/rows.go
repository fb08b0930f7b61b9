package world

import (
	"math"
	"math/bits"
)

// Found gives a row to a firm with this id: see FoundNear.
func (f *Firms) Found(id uint64, sector int) int { return f.FoundNear(id, sector, len(f.ID)-1) }

// FoundNear gives a row to a firm with this id: one that a firm of its sector has left, near a given row, or a new one. So a
// sector's firms lie together in memory, and neighbours on the map stay near each other in it, though firms come and go. All
// the row's columns are zero and its slots empty. It must run alone.
func (f *Firms) FoundNear(id uint64, sector, row int) int {
	i := f.left(sector, row)
	if i >= 0 {
		f.freeRows[i/64] &^= 1 << (i % 64)
		f.freeOf[sector]--
	} else {
		i = len(f.ID)
		f.grow()
		for len(f.freeRows)*64 < len(f.ID) {
			f.freeRows = append(f.freeRows, 0)
		}
	}
	f.ID[i], f.Sector[i] = id, uint16(sector)
	f.keepFor(uint16(sector))
	f.Alive++
	return i
}

// Retire ends the firm of row i and its collaborations, and frees the row. Supply ties that still point to it must have
// been cut before. It must run alone.
func (f *Firms) Retire(i int) {
	for s := f.collabHeld[i]; s != 0; s = s.Rest() {
		f.Part(i, s.First())
	}
	sector := f.Sector[i]
	f.clear(i)
	f.Sector[i] = sector // the row is kept for it
	f.free(i)
	f.Alive--
}

// free notes that row i is free.
func (f *Firms) free(i int) {
	f.freeRows[i/64] |= 1 << (i % 64)
	f.freeOf[f.Sector[i]]++
}

// keepFor makes room to count the free rows of a sector.
func (f *Firms) keepFor(sector uint16) {
	for len(f.freeOf) <= int(sector) {
		f.freeOf = append(f.freeOf, 0)
	}
}

// left is a row that a firm of a sector has left, near a given row: of those in the nearest words of the set of free rows the
// nearest; -1 when there is none.
func (f *Firms) left(sector, row int) int {
	if sector >= len(f.freeOf) || f.freeOf[sector] == 0 {
		return -1
	}
	best, near := -1, math.MaxInt
	at := min(max(row, 0)/64, len(f.freeRows)-1)
	for d := 0; best < 0 && d < len(f.freeRows); d++ {
		for _, word := range [2]int{at - d, at + d} {
			if word < 0 || word >= len(f.freeRows) {
				continue
			}
			for m := f.freeRows[word]; m != 0; m &= m - 1 {
				i := word*64 + bits.TrailingZeros64(m)
				if away := max(i-row, row-i); away < near && int(f.Sector[i]) == sector {
					best, near = i, away
				}
			}
		}
	}
	return best
}

// recount finds what is not written down: the slots in which each row holds a tie, and the free rows.
func (f *Firms) recount() {
	f.supplyHeld, f.collabHeld = make([]Slots, len(f.ID)), make([]Slots, len(f.ID))
	f.freeRows, f.freeOf = make([]uint64, (len(f.ID)+63)/64), nil
	for i, id := range f.ID {
		f.keepFor(f.Sector[i])
		f.supplyHeld[i], f.collabHeld[i] = heldOf(f.SupplyOf(i)), heldOf(f.CollabOf(i))
		if id == 0 {
			f.free(i)
		}
	}
}
