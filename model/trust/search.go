package trust

import (
	"agglo/model/world"
	"agglo/sim/num"
	"agglo/sim/rng"
)

// Search lets firms with room look for a supplier, whom they take at once, and for a collaborator, whom they ask; Match
// answers. A row writes its own slots and its own proposal only.
func (r *Rules) Search(inputKM float64) func(w *world.World, tick, lo, hi int) {
	return func(w *world.World, tick, lo, hi int) {
		f, deck := &w.Firms, w.Seed.Deck(drawSearch, tick, 0)
		suppliers, partners := rng.Below(r.P.SupplierSearch), rng.Below(r.P.PartnerSearch)
		var quests [together]quest
		n := 0
		for i := lo; i < hi; i++ {
			r.asked[i] = -1
			if f.ID[i] == 0 {
				continue
			}
			bits := deck.Bits(f.ID[i])
			if suppliers.Holds(bits, 0) && r.room(f.Suppliers(i), f.Labour[i]) {
				quests[n].begin(w, i, tick, supply, inputKM)
				n++
			}
			if r.looks(w, i, partners, bits) && r.room(f.Collaborators(i), f.Labour[i]) {
				quests[n].begin(w, i, tick, collaboration, r.P.NeighbourKM)
				n++
			}
			if n > together-2 {
				r.pursue(w, tick, quests[:n])
				n = 0
			}
		}
		r.pursue(w, tick, quests[:n])
	}
}

// looks says whether firm i looks for a collaborator. Policies add to the chance; the draw is the same.
func (r *Rules) looks(w *world.World, i int, partners rng.Limit, bits uint64) bool {
	if more := w.Levers.Of(world.LeverContacts, i); more != 0 {
		partners = rng.Below(num.Clamp(r.P.PartnerSearch+more, 0, 1))
	}
	return partners.Holds(bits, 1)
}

// pursue brings quests to their end, in their order. Each step is a loop of its own, so that the waits of all quests overlap.
func (r *Rules) pursue(w *world.World, tick int, quests []quest) {
	seek(w, quests)
	if r.P.Organisation == organisedCentrally {
		for k := range quests {
			quests[k].found = r.hubs.of(w, int(quests[k].row), int(quests[k].sector))
		}
	}
	for k := range quests {
		if q := &quests[k]; q.kind == collaboration && r.P.Organisation != organisedCentrally {
			q.stranger = w.Index.Rows[w.DrawWorker(w.Seed.Uniform(drawPlace, w.Firms.ID[q.row], tick, 200))]
		}
	}
	for k := range quests {
		if q := &quests[k]; q.kind == collaboration {
			r.meet(w, q, tick)
		}
	}
	for k := range quests {
		quests[k].look(w)
	}
	for k := range quests {
		if q := &quests[k]; q.kind == supply {
			r.supplier(w, int(q.row), q.found)
		} else {
			r.partner(w, q, tick)
		}
	}
}

// room says whether a firm with so many workers can keep one more tie of a kind.
func (r *Rules) room(held int, labour float64) bool {
	more := float64(held+1) - r.P.TieBase
	return more <= 0 || more <= r.P.TieSize*num.LogQuick(1+labour/4)
}

// Ready makes room for the proposals of a tick, and finds the hubs of a central organisation.
func (r *Rules) Ready(w *world.World) {
	if r.P.Organisation == organisedCentrally {
		r.hubs.find(w)
	}
	if n := w.Rows(); n > len(r.asked) {
		n += n / 32
		r.asked, r.prior = make([]int32, n), make([]float32, n) // every row is written before it is read
	}
}

// supplier lets firm i take the firm found as a supplier, unless it is one already; -1 = nobody was found.
func (r *Rules) supplier(w *world.World, i int, j int32) {
	f := &w.Firms
	if j < 0 || int(j) == i || tied(f.SupplyOf(i), f.Suppliers(i), j) {
		return
	}
	f.TakeSupplier(i, world.NewHalfTie(j, f.ID[i], f.ID[j], w.Prior(i), r.nearness(w, i, int(j))))
}

// meet lists the candidates of a firm for a collaboration: a neighbour, a stranger, a supplier, a partner's partner; or the
// hub alone.
func (r *Rules) meet(w *world.World, q *quest, tick int) {
	f, i := &w.Firms, int(q.row)
	prior := w.Prior(i)
	picks := w.Seed.Bits(drawPlace, f.ID[i], tick, 100)
	q.consider(q.found, prior)
	if r.P.Organisation == organisedCentrally {
		return // nobody looks at equals
	}
	q.consider(q.stranger, prior)
	if j := world.OneOf(f.SupplyOf(i), rng.Third(picks, 2)); j != nil {
		q.consider(j.Partner, j.Trust())
	}
	if k := world.OneOf(f.CollabOf(i), rng.Third(picks, 0)); k != nil {
		if j := world.OneOf(f.CollabOf(int(k.Partner)), rng.Third(picks, 1)); j != nil {
			q.consider(j.Partner, max(prior, r.P.Referral*k.Trust()*j.Trust()))
		}
	}
	r.meetFurther(w, q, tick)
}

// meetFurther adds strangers whom information brings before a firm; the part of one is a chance.
func (r *Rules) meetFurther(w *world.World, q *quest, tick int) {
	id := w.Firms.ID[q.row]
	known := w.Levers.Of(world.LeverInformation, int(q.row))
	if known <= 0 {
		return
	}
	more := min(int(known+w.Seed.Uniform(drawFurther, id, tick, 0)), further)
	for k := range more {
		q.consider(w.Index.Rows[w.DrawWorker(w.Seed.Uniform(drawFurther, id, tick, 1+k))], w.Prior(int(q.row)))
	}
}

// partner asks the best of the candidates. It is a logit: the draw for a candidate is addressed by the pair, so one
// candidate more does not move the others. Asking nobody is worth 0.
func (r *Rules) partner(w *world.World, q *quest, tick int) {
	f, i := &w.Firms, int(q.row)
	best, value := int32(-1), w.Seed.Gumbel(drawPartner, f.ID[i], tick, 0)
	for _, c := range q.list[:q.candidates] {
		if int(c.row) == i || tied(f.CollabOf(i), f.Collaborators(i), c.row) {
			continue
		}
		u := r.wish(w, i, int(c.row), c.prior) + w.Seed.Gumbel(drawPartner, rng.Ordered(f.ID[i], uint64(c.key)), tick, 1)
		if u > value {
			best, value = c.row, u
			r.prior[i] = float32(c.prior)
		}
	}
	r.asked[i] = best
}

// nearness is how much of a partner's use is left at its distance.
func (r *Rules) nearness(w *world.World, i, j int) float64 { return r.left(distance(w, i, j)) }

// left is how much of a partner's use is left at so many km.
func (r *Rules) left(km float64) float64 { return num.Exp(-km / r.P.NearKM) }

// distance is the distance between firm i and what is published of firm j, km.
func distance(w *world.World, i, j int) float64 {
	f, other := &w.Firms, &w.Firms.Face[j]
	return num.Hypot(f.X[i]-float64(other.X), f.Y[i]-float64(other.Y))
}

// wish is what firm i expects of a collaboration with j: what it can learn, trust, nearness, less the burden of what it
// already keeps up.
func (r *Rules) wish(w *world.World, i, j int, prior float64) float64 {
	return r.wishAt(w, i, j, prior, distance(w, i, j))
}

// wishAt is wish where distance counts as so many km.
func (r *Rules) wishAt(w *world.World, i, j int, prior, km float64) float64 {
	burden := r.P.Burden * float64(w.Firms.Collaborators(i))
	return float64(r.P.Benefit*r.teach(w, i, j)) + float64(r.P.Closure*prior) - km/r.P.NearKM - burden
}

// tied says whether a firm that holds so many of these ties holds one to row j.
func tied(ties []world.HalfTie, held int, j int32) bool {
	for k := 0; held > 0; k++ {
		if ties[k].Partner == j {
			return true
		}
		if ties[k].Partner >= 0 {
			held--
		}
	}
	return false
}

// Match brings firms together that policies arrange to meet, and answers the proposals: the firm asked accepts by the same
// logit, if it has room. It runs alone, because a
// collaboration is written at both ends.
func (r *Rules) Match(w *world.World, tick int) error {
	f := &w.Firms
	r.meetings(w, tick)
	for i, j := range r.asked[:w.Rows()] {
		if j < 0 || !r.room(f.Collaborators(int(j)), f.Labour[j]) || !r.room(f.Collaborators(i), f.Labour[i]) || tied(f.CollabOf(i), f.Collaborators(i), j) {
			continue // or j has asked i before, and i has agreed
		}
		prior := float64(r.prior[i])
		wish := r.wish(w, int(j), i, prior)
		if !w.Seed.Chance(num.Logistic(wish), drawAccept, rng.Ordered(f.ID[j], f.ID[i]), tick, 0) {
			continue
		}
		f.Join(i, int(j), prior, r.nearness(w, i, int(j)))
	}
	return nil
}

// Inherit gives a founder a tie to a partner of the firm that it left.
func Inherit(w *world.World, child, partner int, trust, nearKM float64) {
	f := &w.Firms
	d := num.Hypot(f.X[child]-f.X[partner], f.Y[child]-f.Y[partner])
	f.Join(child, partner, trust, num.Exp(-d/nearKM))
}
