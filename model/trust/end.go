package trust

import (
	"agglo/model/world"
	"agglo/sim/page"
)

// A breach is a deal that a partner broke in this tick, by the row and the slot of the victim.
type breach struct {
	row, partner int32
	slot, kind   uint8
	last         bool // it left less trust than a tie needs
}

// Pay settles the damage of broken deals, then ends the ties that trust has left: first all damage, because the end of a
// collaboration at one end wipes out what happened at the other. It runs alone, because it moves money between two firms.
func (r *Rules) Pay(w *world.World, _ int) error {
	f := &w.Firms
	for k, breaches := range r.breaches {
		if k+1 < len(r.breaches) {
			page.CallOf(f.Sales, r.breaches[k+1]) // by their first number, the row
			page.CallOf(f.Cash, r.breaches[k+1])
		}
		for _, b := range breaches {
			r.read += f.Sales[b.partner] + f.Cash[b.partner] // together: then the waits overlap
		}
		for _, b := range breaches {
			i, j := int(b.row), int(b.partner)
			damage := r.P.Damage * min(f.Sales[i], f.Sales[j])
			f.Cash[i] -= float64(damage)
			f.Cash[j] += float64(r.P.Loot * damage)
			w.Receive(int(f.Cell[i]), (1-r.P.Loot)*damage)
		}
	}
	for _, breaches := range r.breaches {
		for _, b := range breaches {
			switch i, slot := int(b.row), int(b.slot); {
			case !b.last:
			case b.kind == supply:
				f.DropSupplier(i, slot)
			case f.CollabHeld(i)>>slot&1 != 0: // else the other end has ended it
				f.Part(i, slot)
			}
		}
	}
	return nil
}

// Sever ends supply ties to firms that leave; collaborations end with the firm, at both ends. Where one of two firms has moved, the
// buyer sees anew how near they are.
func (r *Rules) Sever(w *world.World, _, lo, hi int) {
	f := &w.Firms
	var batch [world.Batch]world.Slots
	for ; lo < hi; lo += world.Batch {
		found := batch[:min(world.Batch, hi-lo)]
		f.Marked(lo, world.FlagExit|world.FlagMoved, found)
		for k, flag := range f.Flag[lo:][:len(found)] {
			if flag&world.FlagMoved != 0 {
				found[k] = f.SupplyHeld(lo + k)
			}
			if found[k] != 0 {
				r.sever(w, lo+k, found[k])
			}
		}
	}
}

// sever is Sever of some slots of row i.
func (r *Rules) sever(w *world.World, i int, found world.Slots) {
	f := &w.Firms
	ties := f.SupplyOf(i)
	for ; found != 0; found = found.Rest() {
		slot := found.First()
		if j := int(ties.Partner(slot)); f.Flag[j]&world.FlagExit != 0 {
			f.DropSupplier(i, slot)
		} else {
			ties.Bond(slot).SetNearness(r.nearness(w, i, j))
		}
	}
}

// listMoved lists the firms that have moved, for see.
func (r *Rules) listMoved(f *world.Firms) {
	r.moved = f.Flagged(0, len(f.ID), world.FlagMoved, r.moved[:0])
}

// see lets both ends of the collaborations of firms that have moved see anew how near they are. It reads no marks, because others are
// made while it runs.
func (r *Rules) see(w *world.World) {
	f := &w.Firms
	for k, row := range r.moved {
		callSeen(f, r.moved, k)
		i := int(row)
		ties := f.CollabOf(i)
		for held := f.CollabHeld(i); held != 0; held = held.Rest() {
			slot := held.First()
			j := int(ties.Partner(slot))
			ties.Bond(slot).SetNearness(r.nearness(w, i, j))
			f.CollabOf(j).Bond(ties.Back(slot)).SetNearness(r.nearness(w, j, i))
		}
	}
}

// seenAhead is how many of the firms that have moved lie between the one whose partners see it and the one that is called.
const seenAhead = 6

// callSeen calls, for the k-th of the firms that have moved, the ties of one some way behind it, and the partners of one half as far.
func callSeen(f *world.Firms, moved []int32, k int) {
	if far := k + 2*seenAhead; far < len(moved) {
		f.CallCollab(int(moved[far]))
	}
	if k += seenAhead; k < len(moved) {
		i := int(moved[k])
		f.CallBacks(i)
		world.CallPartners(f, f.Face, i)
		world.CallPartners(f, f.X, i)
		world.CallPartners(f, f.Y, i)
	}
}
