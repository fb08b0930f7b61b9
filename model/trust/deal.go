package trust

import (
	"math"

	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/rng"
)

// Sums that Deal leaves, behind those of learning, which goes through the same rows in the same phase.
const (
	dealings = 1
	broken   = 2
)

// The two kinds of tie.
const (
	supply uint8 = iota
	collaboration
)

// A round is what happens on the ties of a batch of rows in a tick.
type round struct {
	chances
	worst        rng.Edge // nobody is likelier to break a deal than where there is no trust and the weakest law
	dealt, broke int
	prior, mean  Means // by living firm: trust in a stranger, in suppliers
}

// Deal draws what happens on each tie in the tick and revises the trust in it. Both ends of a collaboration draw the same
// dealing and the same end of the tie, because their address is the key of the pair; that the partner breaks the deal is
// each end's own draw. A row writes its own half-ties only and looks at no other row. At the end it sets how far trust
// lowers the cost of relying on suppliers. Sums: dealings and broken deals.
func (r *Rules) Deal(w *world.World, tick, lo, hi int) {
	sums := w.Sums.Block(lo, sim.BlockRows)
	supplies, collaborations := w.Seed.Deck(drawDeal, tick, int(supply)), w.Seed.Deck(drawDeal, tick, int(collaboration))
	law := math.Inf(1)
	for k := range w.Setting.Regions {
		law = min(law, w.Setting.Regions[k].LawQuality)
	}
	d := round{chances: r.chances, worst: rng.EdgeAt(r.Breach(0, law))}
	for ; lo < hi; lo += world.Batch {
		r.deal(w, &d, supplies, collaborations, lo, min(lo+world.Batch, hi))
	}
	sums[dealings] += float64(d.dealt)
	sums[broken] += float64(d.broke)
}

// deal is Deal for a batch of rows.
func (r *Rules) deal(w *world.World, d *round, supplies, collaborations rng.Deck, lo, hi int) {
	f, n := &w.Firms, 0
	ids := f.ID[lo:hi]
	flags, cells, trustee := f.Flag[lo:hi][:len(ids)], f.Cell[lo:hi][:len(ids)], f.Trustee[lo:hi][:len(ids)]
	for k, id := range ids {
		if id == 0 {
			continue
		}
		i := lo + k
		flags[k] &^= world.FlagBroken
		all, events := d.pass(f.Collab, i*world.CollaborationSlots, f.CollabHeld(i), collaborations, id|1)
		if events != 0 {
			more, ended := r.happen(w, d, i, f.CollabOf(i), events, collaborations)
			all += more
			for ; ended != 0; ended = ended.Rest() {
				f.DropHalf(i, ended.First()) // the other end draws the same and frees its own
			}
		}
		d.dealt += all.Dealings()
		held := f.SupplyHeld(i)
		all, events = d.pass(f.Supply, i*world.SupplySlots, held, supplies, id|1)
		if events != 0 {
			more, ended := r.happen(w, d, i, f.SupplyOf(i), events, supplies)
			all += more
			held &^= ended
			for ; ended != 0; ended = ended.Rest() {
				f.DropSupplier(i, ended.First())
			}
		}
		d.dealt += all.Dealings()
		prior := w.RegionOf(int(cells[k])).Prior()
		sum := float64(2*prior) + float64(float64(all.Trust())*(1./world.FullTrust)) // two strangers, so that a single tie does not decide
		d.prior[n], d.mean[n] = prior, sum/float64(2+held.Len())
		n++
	}
	d.mean = r.discount(d.prior, d.mean, n)
	n = 0
	for k, id := range ids {
		if id != 0 {
			trustee[k] = float32(d.mean[n])
			n++
		}
	}
}

// pass lets a tick pass over the half-ties of a row, which are held in slots from the first on, but for those on which there may be an
// event that few see in a tick: the tie ends, or the partner breaks a deal. One draw decides whether the firms part, else whether they
// deal. Whether the partner breaks the deal is drawn by the same draw times the firm's own id, so that it differs at the two ends.
// There are few branches, because the processor cannot foresee what is drawn.
func (d *round) pass(ties []world.HalfTie, first int, held world.Slots, deck rng.Deck, own uint64) (all world.Passed, events world.Slots) {
	for ; held != 0; held = held.Rest() {
		t := &ties[first+held.First()]
		draw := deck.Top(uint64(t.Pair())) >> 1
		due := d.deals.Mark(draw)
		if d.ends.Holds(draw) || d.worst.Holds(draw*own>>1) && due != 0 {
			events |= held &^ held.Rest()
			continue
		}
		all += t.Revise(d.revised[due])
	}
	return all, events
}

// happen lets what pass has found happen on the half-ties of row i.
func (r *Rules) happen(w *world.World, d *round, i int, ties []world.HalfTie, events world.Slots, deck rng.Deck) (
	all world.Passed, ended world.Slots) {
	f := &w.Firms
	law, guard := w.RegionOf(int(f.Cell[i])).LawQuality, max(w.Levers.Of(world.LeverSanction, i), 0)
	for ; events != 0; events = events.Rest() {
		t := &ties[events.First()]
		draw := deck.Top(uint64(t.Pair())) >> 1
		if d.ends.Holds(draw) {
			ended |= events &^ events.Rest()
			continue
		}
		state := world.TieKept
		if rng.EdgeAt(r.breach(t.Trust(), law, guard)).Holds(draw * (f.ID[i] | 1) >> 1) {
			state = world.TieBroken
			d.broke++
			f.Flag[i] |= world.FlagBroken
		}
		all += t.Revise(d.revised[state])
	}
	return all, ended
}
