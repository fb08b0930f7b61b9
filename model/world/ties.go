package world

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// Slots for half-ties in a firm's row. Fixed slots keep a tie's address for life, need no allocation, and bound what a
// firm can hold; few firms reach the bound, because a firm's capacity for ties grows with the log of its size.
const (
	SupplySlots        = 12
	CollaborationSlots = 12
)

// HalfTie is what one firm holds of a tie: the trust that it places in the other. It is 12 bytes, five to a cache line,
// and holds all that a tick without an event needs, because every look at a partner's row is a wait for memory.
type HalfTie struct {
	Partner int32  // row of the partner, -1 = the slot is free
	key     uint32 // see Pair and Back
	trust   uint16 // see Trust
	near    uint8  // see Nearness
	state   uint8  // low half: what happened in this tick; high half: honoured dealings since the last review
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

// SetNearness notes what distance leaves of a partner's use, in [0,1].
func (t *HalfTie) SetNearness(nearness float64) {
	t.near = uint8(float64(nearness*math.MaxUint8) + .5)
}

// Pair is the key of the tie, the same at both ends.
func (t *HalfTie) Pair() uint32 { return t.key >> backBits }

// Back is the slot of the partner's half of a collaboration.
func (t *HalfTie) Back() int { return int(t.key & backMask) }

// Trust is the trust placed in the partner, tau in [0,1].
func (t *HalfTie) Trust() float64 { return float64(t.trust) / FullTrust }

// SetTrust sets the trust placed in the partner; it lies in [0,1].
func (t *HalfTie) SetTrust(tau float64) { t.trust = uint16(float64(tau*FullTrust) + .5) }

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
func (t *HalfTie) Revise(x *Revision) int {
	t.trust = uint16(float32(x.keep*float32(t.trust)) + x.gain)
	t.SetState(x.state)
	return int(t.trust)
}

// Nearness is what distance leaves of a partner's use, in [0,1], as of the last visit.
func (t *HalfTie) Nearness() float64 { return float64(t.near) * (1. / math.MaxUint8) }

// State is what happened in this tick, one of the constants below.
func (t *HalfTie) State() uint8 { return t.state & 15 }

// SetState notes what happened in this tick, and counts an honoured dealing.
func (t *HalfTie) SetState(state uint8) {
	t.state = min(t.state>>4+state&TieKept, 15)<<4 | state
}

// Kept is the number of honoured dealings since the last call, at most 15; it begins to count anew.
func (t *HalfTie) Kept() int {
	kept := t.state >> 4
	t.state &= 15
	return int(kept)
}

// AppendBinary appends the half-tie to a checkpoint, in 12 bytes.
func (t *HalfTie) AppendBinary(b []byte) ([]byte, error) {
	b = binary.LittleEndian.AppendUint32(b, uint32(t.Partner))
	b = binary.LittleEndian.AppendUint32(b, t.key)
	b = binary.LittleEndian.AppendUint16(b, t.trust)
	return append(b, t.near, t.state), nil
}

// UnmarshalBinary reads what AppendBinary has written.
func (t *HalfTie) UnmarshalBinary(b []byte) error {
	*t = HalfTie{Partner: int32(binary.LittleEndian.Uint32(b)), key: binary.LittleEndian.Uint32(b[4:]),
		trust: binary.LittleEndian.Uint16(b[8:]), near: b[10], state: b[11]}
	return nil
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
	for at := int(u * float64(s.Len())); at > 0; at-- {
		s = s.Rest()
	}
	return s.First()
}

// heldOf is the slots of a row that hold a tie.
func heldOf(ties []HalfTie) (s Slots) {
	for k := range ties {
		if ties[k].Partner >= 0 {
			s |= 1 << k
		}
	}
	return s
}

// SupplyHeld is the slots in which row i holds suppliers.
func (f *Firms) SupplyHeld(i int) Slots { return f.supplyHeld[i] }

// CollabHeld is the slots in which row i holds collaborators.
func (f *Firms) CollabHeld(i int) Slots { return f.collabHeld[i] }

// Suppliers is the number of supply ties that row i holds.
func (f *Firms) Suppliers(i int) int { return f.supplyHeld[i].Len() }

// Collaborators is the number of collaborations of row i.
func (f *Firms) Collaborators(i int) int { return f.collabHeld[i].Len() }

// Ties is the number of suppliers and collaborators of row i.
func (f *Firms) Ties(i int) int {
	return bits.OnesCount32(uint32(f.supplyHeld[i])<<16 | uint32(f.collabHeld[i]))
}

// SupplyOf is row i's slots for suppliers.
func (f *Firms) SupplyOf(i int) []HalfTie {
	return f.Supply[i*SupplySlots : (i+1)*SupplySlots : (i+1)*SupplySlots]
}

// CollabOf is row i's slots for collaborators.
func (f *Firms) CollabOf(i int) []HalfTie {
	return f.Collab[i*CollaborationSlots : (i+1)*CollaborationSlots : (i+1)*CollaborationSlots]
}

// TakeSupplier gives row i a supply tie; false when its slots are full. It writes row i only.
func (f *Firms) TakeSupplier(i int, t HalfTie) bool {
	slot := f.supplyHeld[i].free()
	if slot >= SupplySlots {
		return false
	}
	f.SupplyOf(i)[slot] = t
	f.supplyHeld[i] |= 1 << slot
	return true
}

// DropSupplier frees a slot of row i. It writes row i only.
func (f *Firms) DropSupplier(i, slot int) {
	f.SupplyOf(i)[slot] = HalfTie{Partner: -1}
	f.supplyHeld[i] &^= 1 << slot
}

// Join makes a collaboration between rows i and j; false when one of them has no free slot. It must run alone.
func (f *Firms) Join(i, j int, trust, nearness float64) bool {
	a, b := f.collabHeld[i].free(), f.collabHeld[j].free()
	if a >= CollaborationSlots || b >= CollaborationSlots {
		return false
	}
	mine := NewHalfTie(int32(j), f.ID[i], f.ID[j], trust, nearness)
	theirs := mine
	mine.key |= uint32(b)
	theirs.key |= uint32(a)
	theirs.Partner = int32(i)
	f.CollabOf(i)[a], f.CollabOf(j)[b] = mine, theirs
	f.collabHeld[i] |= 1 << a
	f.collabHeld[j] |= 1 << b
	return true
}

// DropHalf frees row i's half of a collaboration; the other end must do the same in the same phase. It writes row i only.
func (f *Firms) DropHalf(i, slot int) {
	f.CollabOf(i)[slot] = HalfTie{Partner: -1}
	f.collabHeld[i] &^= 1 << slot
}

// Part ends a collaboration at both ends. It must run alone.
func (f *Firms) Part(i, slot int) {
	t := f.CollabOf(i)[slot]
	f.DropHalf(int(t.Partner), t.Back())
	f.DropHalf(i, slot)
}

// OneSupplier is the supply tie of row i that u in (0,1) picks, nil when none is held.
func (f *Firms) OneSupplier(i int, u float64) *HalfTie {
	return oneOf(f.SupplyOf(i), f.supplyHeld[i], u)
}

// OneCollaborator is the collaboration of row i that u in (0,1) picks, nil when none is held.
func (f *Firms) OneCollaborator(i int, u float64) *HalfTie {
	return oneOf(f.CollabOf(i), f.collabHeld[i], u)
}

func oneOf(ties []HalfTie, held Slots, u float64) *HalfTie {
	if k := held.Pick(u); k >= 0 {
		return &ties[k]
	}
	return nil
}

// free is the first slot that is not in the set; it may lie behind the last one of a row.
func (s Slots) free() int { return bits.TrailingZeros16(^uint16(s)) }
