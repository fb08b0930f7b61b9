package world

import (
	"encoding/binary"
	"math"
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

// Revise makes gain + keep tau of the trust tau and returns it; gain, and what is returned, are in parts of FullTrust. The
// result must lie in [0,1].
func (t *HalfTie) Revise(gain, keep float64) float64 {
	t.trust = uint16(gain + .5 + float64(keep*float64(t.trust)))
	return float64(t.trust)
}

// Nearness is what distance leaves of a partner's use, in [0,1], as of the last visit.
func (t *HalfTie) Nearness() float64 { return float64(t.near) / math.MaxUint8 }

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

// Suppliers is the number of supply ties that row i holds.
func (f *Firms) Suppliers(i int) int { return int(f.suppliers[i]) }

// Collaborators is the number of collaborations of row i.
func (f *Firms) Collaborators(i int) int { return int(f.collaborators[i]) }

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
	slot := free(f.SupplyOf(i))
	if slot < 0 {
		return false
	}
	f.SupplyOf(i)[slot] = t
	f.suppliers[i]++
	return true
}

// DropSupplier frees a slot of row i. It writes row i only.
func (f *Firms) DropSupplier(i, slot int) {
	f.SupplyOf(i)[slot] = HalfTie{Partner: -1}
	f.suppliers[i]--
}

// Join makes a collaboration between rows i and j; false when one of them has no free slot. It must run alone.
func (f *Firms) Join(i, j int, trust, nearness float64) bool {
	a, b := free(f.CollabOf(i)), free(f.CollabOf(j))
	if a < 0 || b < 0 {
		return false
	}
	mine := NewHalfTie(int32(j), f.ID[i], f.ID[j], trust, nearness)
	theirs := mine
	mine.key |= uint32(b)
	theirs.key |= uint32(a)
	theirs.Partner = int32(i)
	f.CollabOf(i)[a], f.CollabOf(j)[b] = mine, theirs
	f.collaborators[i]++
	f.collaborators[j]++
	return true
}

// DropHalf frees row i's half of a collaboration; the other end must do the same in the same phase. It writes row i only.
func (f *Firms) DropHalf(i, slot int) {
	f.CollabOf(i)[slot] = HalfTie{Partner: -1}
	f.collaborators[i]--
}

// Part ends a collaboration at both ends. It must run alone.
func (f *Firms) Part(i, slot int) {
	t := f.CollabOf(i)[slot]
	f.DropHalf(int(t.Partner), t.Back())
	f.DropHalf(i, slot)
}

// OneOf is the held tie that u in (0,1) picks, nil when none is held.
func OneOf(ties []HalfTie, u float64) *HalfTie {
	at := int(u * float64(held(ties)))
	for k := range ties {
		if ties[k].Partner >= 0 {
			if at == 0 {
				return &ties[k]
			}
			at--
		}
	}
	return nil
}

func held(ties []HalfTie) int {
	n := 0
	for k := range ties {
		if ties[k].Partner >= 0 {
			n++
		}
	}
	return n
}

// free is the first free slot, -1 when there is none.
func free(ties []HalfTie) int {
	for k := range ties {
		if ties[k].Partner < 0 {
			return k
		}
	}
	return -1
}
