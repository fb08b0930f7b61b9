package world

import (
	"fmt"
	"math"
	"math/bits"
)

// Slots for half-ties in a firm's row. Fixed slots keep a tie's address for life, need no allocation, and bound what a
// firm can hold; few firms reach the bound, because a firm's capacity for ties grows with the log of its size.
const (
	SupplySlots        = 12
	CollaborationSlots = 12
)

// A HalfTie is what one firm holds of a tie: the trust that it places in the other, and all that a tick without an event needs, because
// every look at a partner's row is a wait for memory. It is 12 bytes; see TieRow for how they lie.
type HalfTie struct {
	Partner int32  // row of the partner
	key     uint32 // see pair and back
	Bond
}

// A Bond is what a firm holds of a tie but for whom it binds to.
type Bond struct {
	trust uint16 // see Trust
	near  uint8  // see Nearness
	state uint8  // low half: what happened in this tick; high half: honoured dealings since the last review
}

// FullTrust is what trust of 1 is counted as in a half-tie: trust is held in steps of one part in 32,768, far below what a
// quarter makes of it.
const FullTrust = 1 << 15

const (
	backBits = 4 // of the key, for slots; the rest is the pair's
	backMask = 1<<backBits - 1
)

// NewHalfTie is the half of a tie to the firm in row partner with the given ids at its ends. Trust and nearness lie in [0,1].
func NewHalfTie(partner int32, a, b uint64, trust, nearness float64) HalfTie {
	t := HalfTie{Partner: partner, key: uint32((a^b)>>16) &^ backMask}
	t.SetTrust(trust)
	t.SetNearness(nearness)
	return t
}

// pair is the key of a tie, the same at both ends.
func pair(key uint32) uint32 { return key >> backBits }

// back is the slot of the partner's half of a collaboration.
func back(key uint32) int { return int(key & backMask) }

// SetNearness notes what distance leaves of a partner's use, in [0,1].
func (b *Bond) SetNearness(nearness float64) {
	b.near = uint8(float64(nearness*math.MaxUint8) + .5)
}

// Trust is the trust placed in the partner, tau in [0,1].
func (b *Bond) Trust() float64 { return float64(b.trust) / FullTrust }

// SetTrust sets the trust placed in the partner; it lies in [0,1].
func (b *Bond) SetTrust(tau float64) { b.trust = uint16(float64(tau*FullTrust) + .5) }

// A Revision is what a tick in which something happened makes of a half-tie: it is noted, honoured dealings are counted, and trust
// tau becomes gain + keep tau.
type Revision struct {
	gain, keep float32 // steps of trust and half a step to round by; a part of 1
	state      uint8
}

// NewRevision makes the revision of a tick in which this happened, with parts of 1; what it makes of a trust in [0,1] must lie in
// [0,1].
func NewRevision(state uint8, gain, keep float64) Revision {
	return Revision{float32(float64(gain*FullTrust) + .5), float32(keep), state}
}

// Revise lets a tick pass and gives the trust after it, in parts of FullTrust.
func (b *Bond) Revise(x *Revision) int {
	b.trust = uint16(float32(x.keep*float32(b.trust)) + x.gain)
	b.SetState(x.state)
	return int(b.trust)
}

// Nearness is what distance leaves of a partner's use, in [0,1], as of the last visit.
func (b *Bond) Nearness() float64 { return float64(b.near) * (1. / math.MaxUint8) }

// State is what happened in this tick, one of the constants below.
func (b *Bond) State() uint8 { return b.state & 15 }

// SetState notes what happened in this tick, and counts an honoured dealing.
func (b *Bond) SetState(state uint8) {
	b.state = min(b.state>>4+state&TieKept, 15)<<4 | state
}

// Kept is the number of honoured dealings since the last call, at most 15; it begins to count anew.
func (b *Bond) Kept() int {
	kept := b.state >> 4
	b.state &= 15
	return int(kept)
}

// What happened to a half-tie in a tick.
const (
	TieIdle   uint8 = iota // no dealing
	TieKept                // a dealing, honoured
	TieBroken              // a dealing that the partner broke
)

// Slots is a set of slots of a row, by bits.
type Slots uint16

// Len is how many slots there are in the set.
func (s Slots) Len() int { return bits.OnesCount16(uint16(s)) }

// First is the first slot of a set that is not empty. With Rest it walks a set in order:
//
//	for s := held; s != 0; s = s.Rest() { ... s.First() ... }
func (s Slots) First() int { return bits.TrailingZeros16(uint16(s)) }

// Rest is the set without its first slot.
func (s Slots) Rest() Slots { return s & (s - 1) }

// Pick is the slot of the set that u in (0,1) picks, -1 when it is empty.
func (s Slots) Pick(u float64) int {
	if s == 0 {
		return -1
	}
	return s.nth(uint32(u * float64(s.Len())))
}

// nth is the slot of the set that has at others before it; there must be one. How many slots are walked cannot be foreseen, so none is:
// the four slots among which it lies are found by counting all fours at once, one a byte, and a table tells which of them it is.
func (s Slots) nth(at uint32) int {
	const each = 0x01010101
	fours := uint32(s)
	fours = (fours | fours<<8) & 0x00ff00ff
	fours = (fours | fours<<4) & 0x0f0f0f0f
	held := fours - fours>>1&(5*each)
	held = held&(3*each) + held>>2&(3*each)
	upTo := held * each // by four: how many are held up to its end
	full := ((at*each | 0x80*each) - upTo) & (0x80 * each) >> 7 * each >> 24
	at -= upTo << 8 >> (8 * full & 31) & 0xff
	return int(4*full) + int(nthOfFour[fours>>(8*full&31)&15][at&3])
}

// nthOfFour is the slot, by which of four are held and how many of these lie before it.
var nthOfFour = [16][4]uint8{
	1: {0}, 2: {1}, 3: {0, 1}, 4: {2}, 5: {0, 2}, 6: {1, 2}, 7: {0, 1, 2},
	8: {3}, 9: {0, 3}, 10: {1, 3}, 11: {0, 1, 3}, 12: {2, 3}, 13: {0, 2, 3}, 14: {1, 2, 3}, 15: {0, 1, 2, 3},
}

// SupplyHeld is the slots in which row i holds suppliers.
func (f *Firms) SupplyHeld(i int) Slots { return f.SupplySet[i] }

// CollabHeld is the slots in which row i holds collaborators.
func (f *Firms) CollabHeld(i int) Slots { return f.CollabSet[i] }

// Suppliers is the number of supply ties that row i holds.
func (f *Firms) Suppliers(i int) int { return f.SupplySet[i].Len() }

// Collaborators is the number of collaborations of row i.
func (f *Firms) Collaborators(i int) int { return f.CollabSet[i].Len() }

// Ties is the number of suppliers and collaborators of row i.
func (f *Firms) Ties(i int) int {
	return bits.OnesCount32(uint32(f.SupplySet[i])<<16 | uint32(f.CollabSet[i]))
}

// TakeSupplier gives row i a supply tie; false when its slots are full. It writes row i only, in which room must have been made: see
// MakeRoom.
func (f *Firms) TakeSupplier(i int, t HalfTie) bool {
	slot := f.SupplySet[i].free()
	if slot >= SupplySlots {
		return false
	}
	if f.TieRows[i].partner[slot] >= 0 {
		panic(fmt.Sprintf("world: no room was made for a supplier of firm %d, where it holds a collaboration", f.ID[i]))
	}
	f.SupplyOf(i).put(slot, t)
	f.SupplySet[i] |= 1 << slot
	return true
}

// DropSupplier frees a slot of row i. It writes row i only.
func (f *Firms) DropSupplier(i, slot int) {
	f.SupplyOf(i).free(slot)
	f.SupplySet[i] &^= 1 << slot
}

// Join makes a collaboration between rows i and j; false when one of them has no free slot. It must run alone.
func (f *Firms) Join(i, j int, trust, nearness float64) bool {
	a, b := f.CollabSet[i].free(), f.CollabSet[j].free()
	if a >= CollaborationSlots || b >= CollaborationSlots {
		return false
	}
	f.makeRoom(i, lanes-1-a)
	f.makeRoom(j, lanes-1-b)
	mine := NewHalfTie(int32(j), f.ID[i], f.ID[j], trust, nearness)
	theirs := mine
	mine.key |= uint32(b)
	theirs.key |= uint32(a)
	theirs.Partner = int32(i)
	f.CollabOf(i).put(a, mine)
	f.CollabOf(j).put(b, theirs)
	f.CollabSet[i] |= 1 << a
	f.CollabSet[j] |= 1 << b
	return true
}

// DropHalf frees row i's half of a collaboration; the other end must do the same in the same phase. It writes row i only.
func (f *Firms) DropHalf(i, slot int) {
	f.CollabOf(i).free(slot)
	f.CollabSet[i] &^= 1 << slot
}

// Part ends a collaboration at both ends. It must run alone.
func (f *Firms) Part(i, slot int) {
	ties := f.CollabOf(i)
	f.DropHalf(int(ties.Partner(slot)), ties.Back(slot))
	f.DropHalf(i, slot)
}

// OneSupplier is the row of the supplier of row i that u in (0,1) picks, -1 when it has none.
func (f *Firms) OneSupplier(i int, u float64) int32 { return oneOf(f.SupplyOf(i), f.SupplySet[i], u) }

// OneCollaborator is the row of the collaborator of row i that u in (0,1) picks, -1 when it has none.
func (f *Firms) OneCollaborator(i int, u float64) int32 {
	return oneOf(f.CollabOf(i), f.CollabSet[i], u)
}

func oneOf(ties Ties, held Slots, u float64) int32 {
	if k := held.Pick(u); k >= 0 {
		return ties.Partner(k)
	}
	return nobody
}

// free is the first slot that is not in the set; it may lie behind the last one of a row.
func (s Slots) free() int { return bits.TrailingZeros16(^uint16(s)) }
