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
	world.Passing
	dealt, broke int
	breaches     []breach
	prior, mean  Means // by living firm: trust in a stranger, in suppliers
	passed       [world.Batch]world.Passed
}

// Deal draws what happens on each tie in the tick and revises the trust in it. Both ends of a collaboration draw the same
// dealing and the same end of the tie, because their address is the key of the pair; that the partner breaks the deal is
// each end's own draw. A row writes its own half-ties only and looks at no other row; its block notes the breaches. At the end it sets
// how far trust lowers the cost of relying on suppliers. Sums: dealings and broken deals.
func (r *Rules) Deal(w *world.World, tick, lo, hi int) {
	sums := w.Sums.Block(lo, sim.BlockRows)
	law := math.Inf(1)
	for k := range w.Setting.Regions {
		law = min(law, w.Setting.Regions[k].LawQuality)
	}
	noted := &r.breaches[lo/sim.BlockRows]
	d := round{Passing: r.passing, breaches: *noted}
	d.Breaks = rng.BarAt(r.Breach(0, law)) // nobody is likelier to break a deal than where there is no trust and the weakest law
	for kind := range d.Decks {
		d.Decks[kind] = w.Seed.Deck(drawDeal, tick, kind)
	}
	for ; lo < hi; lo += world.Batch {
		r.deal(w, &d, lo, min(lo+world.Batch, hi))
	}
	sums[dealings] += float64(d.dealt)
	sums[broken] += float64(d.broke)
	*noted = d.breaches
}

// ReadyToDeal makes room for the breaches of a tick.
func (r *Rules) ReadyToDeal(w *world.World) {
	r.breaches = byBlock(r.breaches, w.Rows())
}

// byBlock empties the lists of all blocks, of which there is one for so many rows at least.
func byBlock[T any](lists [][]T, rows int) [][]T {
	for blocks := (rows + sim.BlockRows - 1) / sim.BlockRows; len(lists) < blocks; {
		lists = append(lists, nil)
	}
	for k := range lists {
		lists[k] = lists[k][:0]
	}
	return lists
}

// deal is Deal for a batch of rows: first what most ties see of a tick, then what few see.
func (r *Rules) deal(w *world.World, d *round, lo, hi int) {
	f, n := &w.Firms, 0
	ids := f.ID[lo:hi]
	flags, cells, trustee := f.Flag[lo:hi][:len(ids)], f.Cell[lo:hi][:len(ids)], f.Trustee[lo:hi][:len(ids)]
	passed := d.passed[:len(ids)]
	f.Pass(lo, &d.Passing, passed)
	var few [world.Batch]uint8 // on whose ties something rare may happen: listed first, without a branch on what is drawn
	rare := 0
	for k := range passed {
		flags[k] &^= world.FlagBroken
		few[rare&(world.Batch-1)] = uint8(k)
		rare += passed[k].Rare()
	}
	for _, k := range few[:rare] {
		r.rarely(w, d, lo+int(k), &passed[k])
	}
	for k, id := range ids {
		if id == 0 {
			continue
		}
		i := lo + k
		d.dealt += int(passed[k].Dealings)
		trust := int(passed[k].Trust)
		prior := w.RegionOf(int(cells[k])).Prior()
		sum := float64(2*prior) + float64(float64(trust)*(1./world.FullTrust)) // two strangers, so that a single tie does not decide
		d.prior[n], d.mean[n] = prior, sum/float64(2+f.Suppliers(i))
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

// rarely lets happen what few firms see of a tick on their ties.
func (r *Rules) rarely(w *world.World, d *round, i int, passed *world.Passed) {
	f := &w.Firms
	if rare := passed.RareSupplies(); rare != 0 {
		more, ended := r.happen(w, d, i, f.SupplyOf(i), rare, supply)
		passed.Trust += int32(more)
		for ; ended != 0; ended = ended.Rest() {
			f.DropSupplier(i, ended.First())
		}
	}
	if rare := passed.RareCollaborations(); rare != 0 {
		_, ended := r.happen(w, d, i, f.CollabOf(i), rare, collaboration)
		for ; ended != 0; ended = ended.Rest() {
			f.DropHalf(i, ended.First()) // the other end draws the same and frees its own
		}
	}
}

// happen lets happen what few half-ties of row i see in a tick. It gives the trust that is placed after it in those that go on, in parts of
// world.FullTrust, and the slots of those that end.
func (r *Rules) happen(w *world.World, d *round, i int, ties world.Ties, rare world.Slots, kind uint8) (trust int, ended world.Slots) {
	f := &w.Firms
	law, guard := w.RegionOf(int(f.Cell[i])).LawQuality, max(w.Levers.Of(world.LeverSanction, i), 0)
	for ; rare != 0; rare = rare.Rest() {
		slot := rare.First()
		t := ties.Bond(slot)
		draw := d.Decks[kind].Short(ties.Pair(slot))
		if d.Ends.Holds(draw) {
			ended |= rare &^ rare.Rest()
			continue
		}
		d.dealt++
		if rng.BarAt(r.breach(t.Trust(), law, guard)).Holds(draw * world.OwnShort(f.ID[i])) {
			d.broke++
			f.Flag[i] |= world.FlagBroken
			trust += t.Revise(&r.betrayed)
			d.breaches = append(d.breaches, breach{int32(i), ties.Partner(slot), uint8(slot), kind, t.Trust() < r.P.Least})
		} else {
			trust += t.Revise(&d.Revised[world.TieKept])
		}
	}
	return trust, ended
}
