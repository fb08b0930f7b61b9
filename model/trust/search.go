package trust

import (
	"math"

	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/num"
	"agglo/sim/page"
	"agglo/sim/rng"
)

// A proposal is that of one firm to another to collaborate.
type proposal struct {
	from, to int32   // rows
	prior    float32 // the trust that the two would start with
	slack    float32 // what the one asked gains by it beyond what its draw asks for, without the burden of its ties
}

// Search lets firms with room look for a supplier, whom they take at once, and for a collaborator, whom they ask; Match
// answers. A row writes its own slots and its block's proposals only.
func (r *Rules) Search(inputKM float64) func(w *world.World, tick, lo, hi int) {
	return func(w *world.World, tick, lo, hi int) {
		d := newDecks(w.Seed, tick)
		var q quests
		block := lo / sim.BlockRows
		asked := r.asked[block]
		for ; lo < hi; lo += world.Batch {
			suppliers, partners := r.seekers(w, &d, lo, min(lo+world.Batch, hi))
			world.CallCells(w, lo+world.Batch, w.Cells.Region)
			q.supplies, q.proposals = suppliers.n, partners.n
			supplies, proposals := q.supply(), q.collaboration()
			if r.P.Organisation != organisedCentrally {
				strangers(w, &d, partners.rows[:partners.n], proposals)
			}
			for k := range supplies {
				r.begin(&supplies[k], w, &d, int(suppliers.rows[k]), supply, inputKM)
			}
			for k := range proposals {
				r.begin(&proposals[k], w, &d, int(partners.rows[k]), collaboration, r.P.NeighbourKM)
			}
			call(w, &q)
			asked = r.pursue(w, &d, tick, &q, asked)
		}
		r.asked[block] = asked
	}
}

// seekers are the firms of a batch of rows that look for a tie of a kind.
type seekers struct {
	n    int
	rows [world.Batch]int32
}

// seekers lists the firms of a batch of rows that look for a supplier, for a collaborator, and can keep one more. There are few
// branches, because the processor cannot foresee what is drawn.
func (r *Rules) seekers(w *world.World, d *decks, lo, hi int) (suppliers, partners seekers) {
	f := &w.Firms
	pulled := w.Levers.Pulled(world.LeverContacts)
	labour := f.Labour[lo:hi]
	for n, id := range f.ID[lo:hi] {
		if id == 0 {
			continue
		}
		i, bits := lo+n, d.search.Top(id)
		chance := r.looks[collaboration]
		if pulled {
			chance = r.pulled(w, i)
		}
		suppliers.add(i, r.looks[supply].Mark(bits, 1), r.room(f.Suppliers(i), labour[n]))
		partners.add(i, chance.Mark(bits, 2), r.room(f.Collaborators(i), labour[n]))
	}
	return suppliers, partners
}

// add adds row i where looks is 1 and there is room. A batch is listed at most.
func (s *seekers) add(i int, looks uint64, room bool) {
	s.rows[s.n&(world.Batch-1)] = int32(i)
	more := 0
	if room {
		more = 1
	}
	s.n += more & int(looks)
}

// pulled is the chance that firm i looks for a collaborator, to which policies add. The draw is the same.
//
//go:noinline
func (r *Rules) pulled(w *world.World, i int) rng.Limit {
	return rng.Below(num.Clamp(r.P.PartnerSearch+w.Levers.Of(world.LeverContacts, i), 0, 1))
}

// pursue brings quests to their end, in their order, and adds to the proposals. It goes step by step for all of them, so that their
// waits overlap.
func (r *Rules) pursue(w *world.World, d *decks, tick int, q *quests, asked []proposal) []proposal {
	supplies, proposals := q.supply(), q.collaboration()
	if r.P.Organisation == organisedCentrally { // nobody looks at equals
		both := q.both()
		for k := range both {
			both[k].found = r.hubs.of(w, int(both[k].row), int(both[k].sector))
		}
	} else {
		var memory [2 * world.Batch]int32
		hits := aim(w, q.both(), &memory)
		recall(w, d, proposals)
		find(w, q.both(), hits)
		r.meet(w, tick, proposals)
	}
	for k := range supplies {
		if q := &supplies[k]; q.found >= 0 {
			q.key = w.Firms.Face[q.found].Key
		}
	}
	for k := range proposals {
		q := &proposals[k]
		q.consider(q.found, w.Prior(int(q.row)))
	}
	r.tastes(w, d, proposals)
	r.suppliers(w, supplies)
	before, n := len(asked), 0
	for k := range proposals {
		q := &proposals[k]
		if p := r.partner(w, q, d.taste[n:][:1+q.candidates]); p.to >= 0 {
			asked = append(asked, p)
		}
		n += 1 + int(q.candidates)
	}
	return asked[:before+r.answers(w, d, asked[before:])]
}

// room says whether a firm with so many workers can keep one more tie of a kind.
func (r *Rules) room(held int, labour float64) bool { return labour >= r.least[held] }

// Ready makes room for the suppliers and proposals of a tick, lays out which sectors firms look for, finds the hubs of a central
// organisation, and lists the firms that have moved.
func (r *Rules) Ready(w *world.World) {
	if r.P.Organisation == organisedCentrally {
		r.hubs.find(w)
	}
	w.Firms.MakeRoom()
	r.listMoved(&w.Firms)
	r.sectors.lay(w.Now.Inputs, len(w.Setting.Sectors))
	r.asked = byBlock(r.asked, w.Rows())
}

// suppliers lets firms take the firms found as suppliers, unless they are theirs already. How near they are is worked out for all at once.
func (r *Rules) suppliers(w *world.World, quests []quest) {
	f, n := &w.Firms, 0
	var nears [world.Batch]float64
	var taken [world.Batch]*quest
	for k := range quests {
		q := &quests[k]
		i, j := int(q.row), q.found
		if j < 0 || int(j) == i || f.SupplyOf(i).SlotOf(f.SupplyHeld(i), j) >= 0 {
			continue
		}
		nears[n], taken[n] = -distance(w, i, int(j))/r.P.NearKM, q
		n++
	}
	num.Exps(nears[:n])
	for k, q := range taken[:n] {
		i := int(q.row)
		f.TakeSupplier(i, world.NewHalfTie(q.found, f.ID[i], uint64(q.key)<<16, w.Prior(i), nears[k]))
	}
}

// tastes draws the tastes of those who look for a collaborator, for nobody and for each candidate. The draw for a candidate is
// addressed by the pair, so one candidate more does not move the others.
func (r *Rules) tastes(w *world.World, d *decks, quests []quest) {
	f, n := &w.Firms, 0
	for k := range quests {
		page.Call(f.Face, quests[k].list[:quests[k].candidates], 1, 0, 1)
	}
	for k := range quests {
		q := &quests[k]
		id := f.ID[q.row]
		own, taste := rng.Deck(d.partner.Top(id)), d.taste[n:][:1+q.candidates]
		taste[0] = rng.Third(d.nobody.Top(id), 2)
		taste = taste[1:]
		for c, j := range q.list[:len(taste)] {
			taste[c] = rng.Third(own.Top(uint64(f.Face[j].Key)), 2)
		}
		n += 1 + len(taste)
	}
	gumbels(d.taste[:n])
}

// partner asks the best of the candidates, for whom the firm has these tastes, the first for nobody; of those to whom it has a tie, and
// of itself, there is no question. It is a logit. Asking nobody is worth 0. All are looked at before the best is sought: to leave out who
// cannot be the best was a branch that no processor could foresee, and cost more than the look. The tastes are used up.
func (r *Rules) partner(w *world.World, q *quest, tastes []float64) proposal {
	f, i := &w.Firms, int(q.row)
	p := proposal{from: q.row, to: -1}
	none := tastes[0]
	reach, held := r.teach.Reach(w, i), f.CollabHeld(i)
	burden := float64(r.P.Burden * float64(held.Len()))
	own, x, y := &f.Z[i], f.X[i], f.Y[i]
	tastes = tastes[1:]
	for c, j := range q.list[:len(tastes)] {
		face := &f.Face[j]
		tastes[c] += r.wish(r.teach.Lesson(own, reach, face), q.prior[c], apart(x, y, face)) - burden
	}
	for c := best(tastes, none); c >= 0; c = best(tastes, none) {
		if j := q.list[c]; int(j) != i && f.CollabOf(i).SlotOf(held, j) < 0 {
			p.to, p.prior = j, float32(q.prior[c])
			break
		}
		tastes[c] = none
	}
	return p
}

// best is the first of the greatest numbers, -1 where none is above a least one.
func best(of []float64, least float64) int {
	at := -1
	for k, x := range of {
		if x > least {
			least, at = x, k
		}
	}
	return at
}

// answers sets whether those who are asked would agree, but for what depends on the ties that they have when they are asked. The first
// proposals are then those that have a chance; their number is returned. What is needed of those who are asked is read first: then the
// waits for it overlap.
func (r *Rules) answers(w *world.World, d *decks, asked []proposal) int {
	f := &w.Firms
	read := 0.0
	for k := range asked {
		j := asked[k].to
		read += f.Sales[j] + float64(f.Stock[j]+f.Z[j][0])
	}
	d.read += read
	n := 0
	for _, p := range asked {
		i, j := int(p.from), int(p.to)
		face := &f.Face[j]
		u := rng.Unit(rng.Deck(d.reply.Top(uint64(face.Key))).Top(f.ID[i]))
		p.slack = float32(r.wish(r.teach.of(w, j, i), float64(p.prior), apart(f.X[i], f.Y[i], face)) - num.LogQuick(u/(1-u)))
		asked[n] = p
		if p.slack > 0 { // else it has none, even to one without ties
			n++
		}
	}
	return n
}

// gumbels makes draws from (0,1) ones from the standard Gumbel distribution.
func gumbels(u []float64) {
	for range 2 {
		num.Logs(u)
		for k := range u {
			u[k] = -u[k]
		}
	}
}

// nearness is how much of a partner's use is left at its distance.
func (r *Rules) nearness(w *world.World, i, j int) float64 { return r.left(distance(w, i, j)) }

// left is how much of a partner's use is left at so many km.
func (r *Rules) left(km float64) float64 { return num.ExpQuick(-km / r.P.NearKM) }

// distance is the distance between firm i and what is published of firm j, km.
func distance(w *world.World, i, j int) float64 {
	return apart(w.Firms.X[i], w.Firms.Y[i], &w.Firms.Face[j])
}

// apart is the distance between a place and what is published of a firm, km.
func apart(x, y float64, other *world.Face) float64 {
	x, y = x-float64(other.X), y-float64(other.Y)
	return math.Sqrt(float64(x*x) + float64(y*y))
}

// wish is what a firm expects of a collaboration: what it can learn, trust, nearness at so many km. The burden of what it
// already keeps up is taken off that.
func (r *Rules) wish(much, prior, km float64) float64 {
	return float64(r.P.Benefit*much) + float64(r.P.Closure*prior) - km/r.P.NearKM
}

// Match brings firms together that policies arrange to meet, and answers the proposals in their order: the firm asked accepts by
// the same logit, if it has room. Then collaborators see where those who have moved are. One worker does it, because a collaboration is
// written at both ends.
func (r *Rules) Match(w *world.World, tick int) error {
	f := &w.Firms
	r.meetings(w, tick)
	var ahead cursor
	for range asksAhead {
		callAsked(f, ahead.next(r.asked))
	}
	for _, asked := range r.asked {
		for _, p := range asked {
			callAsked(f, ahead.next(r.asked))
			i, j := int(p.from), int(p.to)
			ties := f.Collaborators(j)
			if float64(p.slack) <= r.P.Burden*float64(ties) || !r.room(ties, f.Labour[j]) || !r.room(f.Collaborators(i), f.Labour[i]) ||
				f.CollabOf(i).SlotOf(f.CollabHeld(i), p.to) >= 0 {
				continue // or j has asked i before, and i has agreed
			}
			f.Join(i, j, float64(p.prior), r.nearness(w, i, j))
		}
	}
	r.see(w)
	return nil
}

// asksAhead is how many proposals lie between the one that Match answers and the one for which it calls.
const asksAhead = 12

// A cursor walks the proposals of all blocks.
type cursor struct{ block, k int }

// next is the next proposal, nil when there is none.
func (c *cursor) next(all [][]proposal) *proposal {
	for ; c.block < len(all); c.block, c.k = c.block+1, 0 {
		if c.k < len(all[c.block]) {
			c.k++
			return &all[c.block][c.k-1]
		}
	}
	return nil
}

// callAsked calls what Match needs of the firms in a proposal.
func callAsked(f *world.Firms, p *proposal) {
	if p == nil {
		return
	}
	i, j := int(p.from), int(p.to)
	f.CallCollab(i)
	f.CallCollab(j)
	for _, column := range [...][]float64{f.X, f.Y, f.Labour} {
		page.CallAll(column[i : i+1])
	}
	page.CallAll(f.Labour[j : j+1])
	page.CallAll(f.Face[j : j+1])
	page.CallAll(f.ID[i : i+1])
	page.CallAll(f.ID[j : j+1])
}

// Inherit gives a founder a tie to a partner of the firm that it left.
func Inherit(w *world.World, child, partner int, trust, nearKM float64) {
	f := &w.Firms
	d := num.Hypot(f.X[child]-f.X[partner], f.Y[child]-f.Y[partner])
	f.Join(child, partner, trust, num.Exp(-d/nearKM))
}
