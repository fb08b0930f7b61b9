package world

// Slots for half-ties in a firm's row. Fixed slots keep a tie's address for life, need no allocation, and bound what a
// firm can hold; few firms reach the bound, because a firm's capacity for ties grows with the log of its size.
const (
	SupplySlots        = 12
	CollaborationSlots = 12
)

// HalfTie is what one firm holds of a tie: the trust that it places in the other.
type HalfTie struct {
	Partner int32   // row of the partner, -1 = the slot is free
	Trust   float32 // tau, [0,1]
	Near    float32 // e^(-d/50 km), as of the last visit
	Back    uint8   // collaboration: the slot of the partner's half
	State   uint8   // what happened in this tick, see the constants
	Age     uint16  // ticks since the tie was made, at most 65535
}

// What happened to a half-tie in a tick.
const (
	TieIdle   uint8 = iota // no dealing
	TieKept                // a dealing, honoured
	TieBroken              // a dealing that the partner broke
	TieEnds                // no dealing, and the tie dissolves
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
func (f *Firms) Join(i, j int, trust, near float32) bool {
	a, b := free(f.CollabOf(i)), free(f.CollabOf(j))
	if a < 0 || b < 0 {
		return false
	}
	f.CollabOf(i)[a] = HalfTie{Partner: int32(j), Trust: trust, Near: near, Back: uint8(b)}
	f.CollabOf(j)[b] = HalfTie{Partner: int32(i), Trust: trust, Near: near, Back: uint8(a)}
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
	f.DropHalf(int(t.Partner), int(t.Back))
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
