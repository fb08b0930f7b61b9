package world

import (
	"encoding/binary"
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
		f.take(i)
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
	for s := f.CollabSet[i]; s != 0; s = s.Rest() {
		f.Part(i, s.First())
	}
	sector := f.Sector[i]
	f.clear(i)
	f.Sector[i] = sector // the row is kept for it
	f.free(i)
	f.Alive--
}

// rows are the free rows that are kept for a sector: how many, and which words of Firms.freeRows hold one, by bits. Most lie near to
// where they are asked for; the last ones of a tick may lie anywhere.
type rows struct {
	n     int
	words []uint64
}

// free notes that row i is free.
func (f *Firms) free(i int) {
	f.freeRows[i/64] |= 1 << (i % 64)
	of := &f.freeOf[f.Sector[i]]
	of.n++
	of.words[i/64/64] |= 1 << (i / 64 % 64)
}

// take notes that row i, which is free, is so no longer.
func (f *Firms) take(i int) {
	f.freeRows[i/64] &^= 1 << (i % 64)
	of := &f.freeOf[f.Sector[i]]
	of.n--
	if f.nearest(int(f.Sector[i]), i/64, i) < 0 {
		of.words[i/64/64] &^= 1 << (i / 64 % 64)
	}
}

// keepFor makes room to note the free rows of a sector.
func (f *Firms) keepFor(sector uint16) {
	if int(sector) < len(f.freeOf) && len(f.freeOf[sector].words)*64 >= len(f.freeRows) {
		return // there is
	}
	for len(f.freeOf) <= int(sector) {
		f.freeOf = append(f.freeOf, rows{})
	}
	for s := range f.freeOf {
		for of := &f.freeOf[s]; len(of.words)*64 < len(f.freeRows); {
			of.words = append(of.words, 0)
		}
	}
}

// left is a row that a firm of a sector has left, near a given row: of those in the nearest words of the set of free rows the
// nearest, and of two the one before; -1 when there is none.
func (f *Firms) left(sector, row int) int {
	if sector >= len(f.freeOf) || f.freeOf[sector].n == 0 {
		return -1
	}
	of, at := &f.freeOf[sector], min(max(row, 0)/64, len(f.freeRows)-1)
	before, behind := of.before(at), of.behind(at)
	switch {
	case behind < 0 || before >= 0 && at-before < behind-at:
		return f.nearest(sector, before, row)
	case before < 0 || behind-at < at-before:
		return f.nearest(sector, behind, row)
	}
	i, j := f.nearest(sector, before, row), f.nearest(sector, behind, row)
	if max(j-row, row-j) < max(i-row, row-i) {
		return j
	}
	return i
}

// nearest is the free row of a sector in a word that is nearest to a row, -1 when there is none.
func (f *Firms) nearest(sector, word, row int) int {
	best, near := -1, math.MaxInt
	for m := f.freeRows[word]; m != 0; m &= m - 1 {
		i := word*64 + bits.TrailingZeros64(m)
		if away := max(i-row, row-i); away < near && int(f.Sector[i]) == sector {
			best, near = i, away
		}
	}
	return best
}

// before is the last word up to one that holds a free row, -1 when there is none.
func (r *rows) before(word int) int {
	k := word / 64
	for m := ^uint64(0) >> (63 - word%64); k >= 0; k, m = k-1, ^uint64(0) {
		if held := r.words[k] & m; held != 0 {
			return k*64 + 63 - bits.LeadingZeros64(held)
		}
	}
	return -1
}

// behind is the first word from one on that holds a free row, -1 when there is none.
func (r *rows) behind(word int) int {
	m := ^uint64(0) << (word % 64)
	for k := word / 64; k < len(r.words); k, m = k+1, ^uint64(0) {
		if held := r.words[k] & m; held != 0 {
			return k*64 + bits.TrailingZeros64(held)
		}
	}
	return -1
}

// Flagged adds to a list those of rows lo to hi-1 that bear a mark. It looks at eight rows at a time, most of which bear none.
func (f *Firms) Flagged(lo, hi int, mark uint8, rows []int32) []int32 {
	every := uint64(mark) * 0x0101010101010101
	for ; lo < hi; lo += 8 {
		eight := f.Flag[lo:min(lo+8, hi)]
		if len(eight) == 8 && binary.LittleEndian.Uint64(eight)&every == 0 {
			continue
		}
		for k := range eight {
			if eight[k]&mark != 0 {
				rows = append(rows, int32(lo+k))
			}
		}
	}
	return rows
}

// recount finds what is not written down: the free rows, and those of More that are in use.
func (f *Firms) recount() {
	f.freeRows, f.freeOf, f.moreHeld = make([]uint64, (len(f.ID)+63)/64), nil, nil
	for i, id := range f.ID {
		f.keepFor(f.Sector[i])
		if id == 0 {
			f.free(i)
		}
		if k := f.MoreOf[i]; k != 0 {
			f.moreHeld.add(int(k - 1))
		}
	}
}
