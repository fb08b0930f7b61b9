package club

import (
	"iter"
	"math"
	"slices"

	"agglo/model/world"
)

// strike takes off the roll who has gone or has not used the facility for long, and forgets who was barred long ago.
func (r *Rules) strike(w *world.World, f *world.Facility, tick int) {
	idle := int32(max(1, math.Round(r.P.Idle*world.TicksPerYear)))
	f.Members = slices.DeleteFunc(f.Members, func(m world.Member) bool {
		return w.Firms.ID[m.Row] != m.ID || m.Idle >= idle
	})
	f.Barred = slices.DeleteFunc(f.Barred, func(b world.Barred) bool { return tick >= b.Until })
}

// Bar takes members off the roll who broke a deal with another member in this tick, and shuts them out for a while. It must run
// alone, before ties without trust end.
func (r *Rules) Bar(w *world.World, tick int) error {
	for k := range w.Facilities {
		r.bar(w, &w.Facilities[k], tick)
	}
	return nil
}

func (r *Rules) bar(w *world.World, f *world.Facility, tick int) {
	place := func(row int32) int {
		n, found := slices.BinarySearchFunc(f.Members, row, func(m world.Member, row int32) int { return int(m.Row - row) })
		if !found {
			return -1
		}
		return n
	}
	cheat := make([]bool, len(f.Members))
	for _, m := range f.Members {
		if w.Firms.Flag[m.Row]&world.FlagBroken == 0 {
			continue
		}
		for _, ties := range [...]iter.Seq2[int, world.HalfTie]{w.Firms.AllSupplies(int(m.Row)), w.Firms.AllCollaborations(int(m.Row))} {
			for _, t := range ties {
				if t.State() == world.TieBroken {
					if n := place(t.Partner); n >= 0 {
						cheat[n] = true
					}
				}
			}
		}
	}
	until := tick + 1 + int(math.Round(r.P.Barred*world.TicksPerYear))
	kept := f.Members[:0]
	for n, m := range f.Members {
		if cheat[n] {
			f.Barred = append(f.Barred, world.Barred{ID: m.ID, Until: until})
		} else {
			kept = append(kept, m)
		}
	}
	f.Members = kept
}
