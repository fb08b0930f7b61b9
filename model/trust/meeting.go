package trust

import (
	"agglo/model/world"
	"agglo/sim/num"
	"agglo/sim/rng"
)

// meetings lets firms join whom policies or clubs bring together, in their order. Each of the two decides by the logit of a
// search, between the other and nobody, at the stranger's prior; a forced tie asks neither of them, nor whether they can keep
// it up, and begins at half the prior. Firms that have a tie already keep it, and see each other as near as the meeting
// brings them.
func (r *Rules) meetings(w *world.World, tick int) {
	f := &w.Firms
	for _, m := range w.Levers.Meetings {
		i, j := int(m.From), int(m.To)
		if i == j || f.ID[i] == 0 || f.ID[j] == 0 {
			continue
		}
		km := distance(w, i, j)
		if m.Near > 0 {
			km = min(km, m.Near)
		}
		if slot := f.CollabOf(i).SlotOf(f.CollabHeld(i), m.To); slot >= 0 {
			if m.Near > 0 {
				bring(f, i, slot, r.left(km))
			}
			continue
		}
		prior := w.Prior(i)
		switch {
		case m.Forced:
			f.Join(i, j, prior/2, r.left(km))
		case r.room(f.Collaborators(i), f.Labour[i]) && r.room(f.Collaborators(j), f.Labour[j]) &&
			r.agrees(w, i, j, prior, km, tick) && r.agrees(w, j, i, prior, km, tick):
			f.Join(i, j, prior, r.left(km))
		}
	}
}

// agrees says whether firm i wants a collaboration with j whom it meets.
func (r *Rules) agrees(w *world.World, i, j int, prior, km float64, tick int) bool {
	wish := r.wish(r.teach.of(w, i, j), prior, km) - float64(r.P.Burden*float64(w.Firms.Collaborators(i)))
	return w.Seed.Chance(num.Logistic(wish), drawMeeting, rng.Ordered(w.Firms.ID[i], w.Firms.ID[j]), tick, 0)
}

// bring makes a collaboration at least so near, at both ends.
func bring(f *world.Firms, i, slot int, nearness float64) {
	ties := f.CollabOf(i)
	back := f.CollabOf(int(ties.Partner(slot))).Bond(ties.Back(slot))
	for _, half := range []*world.Bond{ties.Bond(slot), back} {
		half.SetNearness(max(half.Nearness(), nearness))
	}
}
