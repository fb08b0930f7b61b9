package trust

import (
	"slices"

	"agglo/model/world"
	"agglo/sim/page"
)

// A breach is a deal that a partner broke in this tick, by the row and the slot of the victim.
type breach struct {
	row, partner int32
	slot, kind   uint8
}

// Pay settles the damage of broken deals, then ends the ties that trust has left: first all damage, because the end of a
// collaboration at one end wipes out what happened at the other. It runs alone, because it moves money between two firms.
func (r *Rules) Pay(w *world.World, _ int) error {
	f := &w.Firms
	r.broken = f.Flagged(0, len(f.ID), world.FlagBroken, r.broken[:0])
	r.breaches = r.breaches[:0]
	for rows := range slices.Chunk(r.broken, world.Batch) {
		callBroken(f, rows)
		r.breaches = breachesOf(f, rows, r.breaches)
	}
	for _, b := range r.breaches {
		r.read += f.Sales[b.partner] + f.Cash[b.partner] // together: then the waits overlap
	}
	for _, b := range r.breaches {
		i, j := int(b.row), int(b.partner)
		damage := r.P.Damage * min(f.Sales[i], f.Sales[j])
		f.Cash[i] -= float64(damage)
		f.Cash[j] += float64(r.P.Loot * damage)
		w.Receive(int(f.Cell[i]), (1-r.P.Loot)*damage)
	}
	for _, b := range r.breaches {
		i, slot := int(b.row), int(b.slot)
		if b.kind == supply {
			if f.SupplyOf(i).Bond(slot).Trust() < r.P.Least {
				f.DropSupplier(i, slot)
			}
		} else if f.CollabHeld(i)>>slot&1 != 0 && f.CollabOf(i).Bond(slot).Trust() < r.P.Least { // else the other end has ended it
			f.Part(i, slot)
		}
	}
	return nil
}

// callBroken calls what is needed of rows.
func callBroken(f *world.Firms, rows []int32) {
	for _, i := range rows {
		f.CallCollab(int(i))
	}
	page.CallOf(f.SupplySet, rows)
	page.CallOf(f.Sales, rows)
	page.CallOf(f.Cash, rows)
}

// breachesOf adds to a list the half-ties whose partner broke a deal in this tick, by row, kind and slot.
func breachesOf(f *world.Firms, rows []int32, all []breach) []breach {
	for _, row := range rows {
		i := int(row)
		add := func(ties world.Ties, held world.Slots, kind uint8) {
			for ; held != 0; held = held.Rest() {
				if k := held.First(); ties.Bond(k).State() == world.TieBroken {
					all = append(all, breach{row, ties.Partner(k), uint8(k), kind})
				}
			}
		}
		add(f.SupplyOf(i), f.SupplyHeld(i), supply)
		add(f.CollabOf(i), f.CollabHeld(i), collaboration)
	}
	return all
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

// see lets both ends of the collaborations of firms that have moved see anew how near they are. It must run alone, because it
// writes the rows of partners.
func (r *Rules) see(w *world.World) {
	f := &w.Firms
	r.moved = f.Flagged(0, len(f.ID), world.FlagMoved, r.moved[:0])
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
