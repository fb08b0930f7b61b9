package trust

import "agglo/model/world"

// Pay settles the damage of broken deals, then ends the ties that trust has left: first all damage, because the end of a
// collaboration at one end wipes out what happened at the other. It runs alone, because it moves money between two firms.
func (r *Rules) Pay(w *world.World, _ int) error {
	f := &w.Firms
	eachBroken(f, func(i, _ int, _ uint8, t *world.HalfTie) {
		j := int(t.Partner)
		damage := r.P.Damage * min(f.Sales[i], f.Sales[j])
		f.Cash[i] -= damage
		f.Cash[j] += float64(r.P.Loot * damage)
		w.Receive(int(f.Cell[i]), (1-r.P.Loot)*damage)
	})
	eachBroken(f, func(i, slot int, kind uint8, t *world.HalfTie) {
		switch {
		case t.Trust() >= r.P.Least:
		case kind == supply:
			f.DropSupplier(i, slot)
		default:
			f.Part(i, slot)
		}
	})
	return nil
}

// eachBroken shows the half-ties whose partner broke a deal in this tick, by row and slot. Those shown may end.
func eachBroken(f *world.Firms, show func(i, slot int, kind uint8, t *world.HalfTie)) {
	for i, id := range f.ID {
		if id == 0 || f.Flag[i]&world.FlagBroken == 0 {
			continue
		}
		for kind, ties := range [...][]world.HalfTie{supply: f.SupplyOf(i), collaboration: f.CollabOf(i)} {
			for k := range ties {
				if t := &ties[k]; t.Partner >= 0 && t.State() == world.TieBroken {
					show(i, k, uint8(kind), t)
				}
			}
		}
	}
}

// Sever ends supply ties to firms that leave; collaborations end with the firm, at both ends. Where one of two tied firms
// has moved, each end sees anew how near they are.
func (r *Rules) Sever(w *world.World, _, lo, hi int) {
	f := &w.Firms
	for i := lo; i < hi; i++ {
		moved := f.Flag[i] & world.FlagMoved
		ties := f.SupplyOf(i)
		for k, left := 0, f.Suppliers(i); left > 0; k++ {
			j := ties[k].Partner
			if j < 0 {
				continue
			}
			left--
			switch mark := f.Flag[j]; {
			case mark&world.FlagExit != 0:
				f.DropSupplier(i, k)
			case (mark|moved)&world.FlagMoved != 0:
				ties[k].SetNearness(r.nearness(w, i, int(j)))
			}
		}
		ties = f.CollabOf(i)
		for k, left := 0, f.Collaborators(i); left > 0; k++ {
			if j := ties[k].Partner; j >= 0 {
				left--
				if (f.Flag[j]|moved)&world.FlagMoved != 0 {
					ties[k].SetNearness(r.nearness(w, i, int(j)))
				}
			}
		}
	}
}
