package trust

import "agglo/model/world"

// A breach is a deal that a partner broke in this tick, by the row and the slot of the victim.
type breach struct {
	row, partner int32
	slot, kind   uint8
}

// Pay settles the damage of broken deals, then ends the ties that trust has left: first all damage, because the end of a
// collaboration at one end wipes out what happened at the other. It runs alone, because it moves money between two firms.
func (r *Rules) Pay(w *world.World, _ int) error {
	f := &w.Firms
	r.broken = flagged(f, r.broken[:0])
	r.read = callBroken(f, r.broken)
	r.breaches = breachesOf(f, r.broken, r.breaches[:0])
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
			if f.SupplyOf(i)[slot].Trust() < r.P.Least {
				f.DropSupplier(i, slot)
			}
		} else if t := &f.CollabOf(i)[slot]; t.Partner >= 0 && t.Trust() < r.P.Least { // the other end may have ended it
			f.Part(i, slot)
		}
	}
	return nil
}

// flagged adds the rows of firms whose partners broke deals in this tick to a list.
func flagged(f *world.Firms, rows []int32) []int32 {
	for i, mark := range f.Flag {
		if mark&world.FlagBroken != 0 {
			rows = append(rows, int32(i))
		}
	}
	return rows
}

// callBroken reads what is needed of rows, side by side, so that the waits for memory overlap. What it returns has no meaning.
func callBroken(f *world.Firms, rows []int32) (read float64) {
	for _, i := range rows {
		read += float64(f.SupplyOf(int(i))[0].Partner+f.CollabOf(int(i))[0].Partner) + f.Sales[i] + f.Cash[i]
	}
	return read
}

// breachesOf adds to a list the half-ties whose partner broke a deal in this tick, by row, kind and slot.
func breachesOf(f *world.Firms, rows []int32, all []breach) []breach {
	for _, row := range rows {
		i := int(row)
		add := func(ties []world.HalfTie, held world.Slots, kind uint8) {
			for ; held != 0; held = held.Rest() {
				k := held.First()
				if t := &ties[k]; t.State() == world.TieBroken {
					all = append(all, breach{row, t.Partner, uint8(k), kind})
				}
			}
		}
		add(f.SupplyOf(i), f.SupplyHeld(i), supply)
		add(f.CollabOf(i), f.CollabHeld(i), collaboration)
	}
	return all
}

// Sever ends supply ties to firms that leave; collaborations end with the firm, at both ends. Where one of two tied firms
// has moved, each end sees anew how near they are.
func (r *Rules) Sever(w *world.World, _, lo, hi int) {
	f := &w.Firms
	for i := lo; i < hi; i++ {
		moved := f.Flag[i] & world.FlagMoved
		ties := f.SupplyOf(i)
		for s := f.SupplyHeld(i); s != 0; s = s.Rest() {
			k := s.First()
			j := ties[k].Partner
			mark := f.Flag[j] | moved
			if mark&(world.FlagExit|world.FlagMoved) == 0 {
				continue
			}
			if mark&world.FlagExit != 0 {
				f.DropSupplier(i, k)
			} else {
				ties[k].SetNearness(r.nearness(w, i, int(j)))
			}
		}
		ties = f.CollabOf(i)
		for s := f.CollabHeld(i); s != 0; s = s.Rest() {
			t := &ties[s.First()]
			if (f.Flag[t.Partner]|moved)&world.FlagMoved != 0 {
				t.SetNearness(r.nearness(w, i, int(t.Partner)))
			}
		}
	}
}
