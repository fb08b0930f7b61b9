package world

import (
	"encoding/binary"
	"iter"
	"math/bits"
)

// lanes is how many half-ties a TieRow holds.
const lanes = 16

// A TieRow is what a firm holds of its ties, of both kinds, in three lines of memory: who asks for partners alone reads one. Suppliers lie
// in the lanes from the first one on, by slot, collaborators in those from the last one back. Where the two would meet, which one firm in
// twenty sees, collaborations move to a row of their own, and stay there: see Firms.More.
type TieRow struct {
	partner [lanes]int32 // nobody in a free lane
	key     [lanes]uint32
	bond    [lanes]Bond
}

// nobody stands in place of a partner's row: the lane is free.
const nobody = -1

// noPartners is what a row of free lanes holds.
var noPartners = [lanes]int32{nobody, nobody, nobody, nobody, nobody, nobody, nobody, nobody, nobody, nobody, nobody, nobody, nobody, nobody, nobody, nobody}

// Ties are the half-ties of one kind that a firm holds, by slot. What a slot that is not held says has no meaning.
type Ties struct {
	row  *TieRow
	turn int // lane 0 is slot 0, or the last lane is
}

// Partner is the row of the partner of the tie in a slot.
func (t Ties) Partner(slot int) int32 { return t.row.partner[(slot^t.turn)&(lanes-1)] }

// Bond is what is held of the tie in a slot, to be read or written.
func (t Ties) Bond(slot int) *Bond { return &t.row.bond[(slot^t.turn)&(lanes-1)] }

// Pair is the key of the tie in a slot, the same at both ends.
func (t Ties) Pair(slot int) uint32 { return pair(t.row.key[(slot^t.turn)&(lanes-1)]) }

// Back is the slot of the partner's half of the collaboration in a slot.
func (t Ties) Back(slot int) int { return back(t.row.key[(slot^t.turn)&(lanes-1)]) }

// Row is the row in which they lie, for assembly that takes several lanes at a time: it begins with the partners, of 32 bits each, and their
// bonds begin 128 bytes behind them, each with trust in the lower half, nearness and then what has happened in the upper one. See TieRow for
// the lanes.
func (t Ties) Row() *TieRow { return t.row }

// Half is the half-tie in a slot.
func (t Ties) Half(slot int) HalfTie {
	lane := (slot ^ t.turn) & (lanes - 1)
	return HalfTie{t.row.partner[lane], t.row.key[lane], t.row.bond[lane]}
}

// put writes a half-tie into a slot.
func (t Ties) put(slot int, h HalfTie) {
	lane := (slot ^ t.turn) & (lanes - 1)
	t.row.partner[lane], t.row.key[lane], t.row.bond[lane] = h.Partner, h.key, h.Bond
}

// free frees a slot.
func (t Ties) free(slot int) { t.row.partner[(slot^t.turn)&(lanes-1)] = nobody }

// SlotOf is that of the slots held that holds a tie to row j, -1 when none does.
func (t Ties) SlotOf(held Slots, j int32) int {
	for ; held != 0; held = held.Rest() {
		if slot := held.First(); t.Partner(slot) == j {
			return slot
		}
	}
	return -1
}

// SupplyOf is row i's ties to suppliers.
func (f *Firms) SupplyOf(i int) Ties { return Ties{&f.TieRows[i], 0} }

// CollabOf is row i's collaborations.
func (f *Firms) CollabOf(i int) Ties {
	if k := f.MoreOf[i]; k != 0 {
		return Ties{&f.More[k-1], lanes - 1}
	}
	return Ties{&f.TieRows[i], lanes - 1}
}

// AllSupplies gives the slots in which row i holds suppliers, in order, and what it holds there. Loops that must be quick walk the set themselves.
func (f *Firms) AllSupplies(i int) iter.Seq2[int, HalfTie] { return f.SupplyOf(i).all(f.SupplySet[i]) }

// AllCollaborations is AllSupplies of collaborators.
func (f *Firms) AllCollaborations(i int) iter.Seq2[int, HalfTie] {
	return f.CollabOf(i).all(f.CollabSet[i])
}

func (t Ties) all(held Slots) iter.Seq2[int, HalfTie] {
	return func(yield func(int, HalfTie) bool) {
		for ; held != 0; held = held.Rest() {
			if slot := held.First(); !yield(slot, t.Half(slot)) {
				return
			}
		}
	}
}

// MakeRoom lets each firm take one supplier more. It must run alone.
func (f *Firms) MakeRoom() {
	collaborations := f.CollabSet[:len(f.SupplySet)]
	for i, s := range f.SupplySet {
		if s&0xff != 0xff && collaborations[i] <= 0xff {
			continue // a supplier would lie in the first half of the lanes, and collaborators lie in the last: most firms
		}
		if slot := s.free(); collaborations[i]>>(lanes-1-slot)&1 != 0 && slot < SupplySlots {
			f.makeRoom(i, slot)
		}
	}
}

// makeRoom makes sure that a lane of row i can be taken. It must run alone.
func (f *Firms) makeRoom(i, lane int) {
	own := &f.TieRows[i]
	if f.MoreOf[i] != 0 || own.partner[lane] < 0 {
		return
	}
	k := f.moreHeld.first()
	if k == len(f.More) {
		f.More = append(f.More, TieRow{partner: noPartners})
	}
	f.moreHeld.add(k)
	from, to := Ties{own, lanes - 1}, Ties{&f.More[k], lanes - 1}
	for held := f.CollabSet[i]; held != 0; held = held.Rest() {
		slot := held.First()
		to.put(slot, from.Half(slot))
		from.free(slot)
	}
	f.MoreOf[i] = int32(k + 1)
}

// dropTies empties row i.
func (f *Firms) dropTies(i int) {
	if k := int(f.MoreOf[i]) - 1; k >= 0 {
		f.More[k] = TieRow{partner: noPartners}
		f.moreHeld.remove(k)
		f.MoreOf[i] = 0
	}
	f.TieRows[i], f.SupplySet[i], f.CollabSet[i] = TieRow{partner: noPartners}, 0, 0
}

// A rowSet is a set of rows, by bits. The first one that is not in it hangs on the set alone and not on how it came to be, so that a run that
// is taken up again goes on as it would have.
type rowSet []uint64

// first is the first row that is not in the set.
func (s rowSet) first() int {
	for k, word := range s {
		if word != ^uint64(0) {
			return 64*k + bits.TrailingZeros64(^word)
		}
	}
	return 64 * len(s)
}

func (s *rowSet) add(k int) {
	for k/64 >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[k/64] |= 1 << (k % 64)
}

func (s rowSet) remove(k int) { s[k/64] &^= 1 << (k % 64) }

// AppendBinary appends the row to a checkpoint, in 192 bytes.
func (r *TieRow) AppendBinary(b []byte) ([]byte, error) {
	for _, partner := range r.partner {
		b = binary.LittleEndian.AppendUint32(b, uint32(partner))
	}
	for _, key := range r.key {
		b = binary.LittleEndian.AppendUint32(b, key)
	}
	for _, bond := range r.bond {
		b = binary.LittleEndian.AppendUint16(b, bond.trust)
		b = append(b, bond.near, bond.state)
	}
	return b, nil
}

// UnmarshalBinary reads what AppendBinary has written.
func (r *TieRow) UnmarshalBinary(b []byte) error {
	for k := range lanes {
		r.partner[k], r.key[k] = int32(binary.LittleEndian.Uint32(b[4*k:])), binary.LittleEndian.Uint32(b[4*(lanes+k):])
		bond := b[4*(2*lanes+k):]
		r.bond[k] = Bond{binary.LittleEndian.Uint16(bond), bond[2], bond[3]}
	}
	return nil
}
