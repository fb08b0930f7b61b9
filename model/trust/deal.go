package trust

import (
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

// A round is what happens on the ties of one firm in a tick.
type round struct {
	id    uint64 // the firm's
	law   float64
	guard float64 // what policies add to the log odds that partners keep deals
	trust int     // sum over the ties that are left, in parts of world.FullTrust
	dealt int
	broke int
	ended world.Slots // whose tie dissolves
}

// Deal draws what happens on each tie in the tick and revises the trust in it. Both ends of a collaboration draw the same
// dealing and the same end of the tie, because their address is the key of the pair; that the partner breaks the deal is
// each end's own draw. A row writes its own half-ties only and looks at no other row. At the end it sets how far trust
// lowers the cost of relying on suppliers. Sums: dealings and broken deals.
func (r *Rules) Deal(w *world.World, tick, lo, hi int) {
	f := &w.Firms
	sums := w.Sums.Block(lo, sim.BlockRows)
	supplies, collaborations := w.Seed.Deck(drawDeal, tick, int(supply)), w.Seed.Deck(drawDeal, tick, int(collaboration))
	dealt, broke := 0, 0
	for i := lo; i < hi; i++ {
		if f.ID[i] == 0 {
			continue
		}
		region := w.RegionOf(int(f.Cell[i]))
		prior := region.Prior()
		d := round{id: f.ID[i] | 1, law: region.LawQuality, guard: max(w.Levers.Of(world.LeverSanction, i), 0)}
		r.pass(collaborations, &d, f.CollabOf(i), f.CollabHeld(i))
		for s := d.ended; s != 0; s = s.Rest() {
			f.DropHalf(i, s.First()) // the other end draws the same and frees its own
		}
		d.trust, d.ended = 0, 0
		r.pass(supplies, &d, f.SupplyOf(i), f.SupplyHeld(i))
		for s := d.ended; s != 0; s = s.Rest() {
			f.DropSupplier(i, s.First())
		}
		sum := float64(2*prior) + float64(float64(d.trust)/world.FullTrust) // two strangers, so that a single tie does not decide
		f.Trustee[i] = float32(r.discount(prior, sum/float64(2+f.Suppliers(i))))
		f.Flag[i] &^= world.FlagBroken
		if d.broke > 0 {
			f.Flag[i] |= world.FlagBroken
		}
		dealt += d.dealt
		broke += d.broke
	}
	sums[dealings] += float64(dealt)
	sums[broken] += float64(broke)
}

// pass lets a tick pass over the half-ties of a kind, in the slots that are held. One hash decides whether the firms deal and
// whether they part; its parts are independent. Whether the partner breaks the deal is drawn by the same hash times the
// firm's own id, so that it differs at the two ends. There are few branches, because the processor cannot foresee what is
// drawn.
func (r *Rules) pass(deck rng.Deck, d *round, ties []world.HalfTie, held world.Slots) {
	ends, deals, worst := r.ends, r.deals, r.worst
	sum, dealt := 0, 0
	for ; held != 0; held = held.Rest() {
		k := held.First()
		t := &ties[k]
		bits := deck.Bits(uint64(t.Pair()))
		if ends.Holds(bits, 0) {
			d.ended |= 1 << k
			continue
		}
		deal := deals.Mark(bits, 2)
		dealt += int(deal)
		state := deal * uint64(world.TieKept)
		if own := bits * d.id; deal&worst.Mark(own, 2) != 0 && rng.Third(own, 2) < r.breach(t.Trust(), d.law, d.guard) {
			state = uint64(world.TieBroken) // nobody is likelier to break a deal than where there is neither trust nor law
			d.broke++
		}
		t.SetState(uint8(state))
		sum += t.Revise(r.revised[state])
	}
	d.trust, d.dealt = d.trust+sum, d.dealt+dealt
}
