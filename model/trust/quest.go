package trust

import (
	"agglo/model/world"
	"agglo/sim/page"
	"agglo/sim/rng"
)

const (
	tries      = 3 // cells that a firm looks at; with more, the chance of a firm comes nearer to its mass times the kernel
	candidates = 4 // firms considered for a collaboration, at most
	further    = 4 // more of them that information brings, at most
)

// A quest is one firm's look for another of a sector. Those of a batch of rows are pursued together, step by step, because each step
// waits for memory that lies anywhere, and the waits of many quests overlap.
type quest struct {
	row         int32          // of the firm
	sector      int32          // looked for
	found       int32          // row of the firm found, -1 = nobody
	bucket      [tries]int32   // of the index, looked at; -1 = off the grid; behind aim, the first is the one in which the firm lies
	mass        [tries]float32 // of these buckets
	first, last int32          // entries of the bucket in which the firm lies; it ends before last
	near        int32          // entry from which it is sought
	at          float32        // running sum of mass at which it lies
	key         uint32         // of the firm found: a supplier's Face.Key
	draw        float64        // of the firm among them, in (0,1)
	lead                       // of a collaboration
}

// A lead is what a look for a collaboration has besides.
type lead struct {
	stranger   world.WorkerDraw // a firm drawn from all by workers
	partner    int32            // row of a partner whose partner is met, -1 = none
	candidates uint8
	picks      uint64  // bits that draw a partner, a partner's partner, a supplier
	trust      float64 // in the partner whose partner is met
	list       [candidates + further]int32
	prior      [candidates + further]float64 // by candidate: the trust to start with
}

// quests are those of a batch of rows, in their order: for suppliers, then for collaborators.
type quests struct {
	all                 [2 * world.Batch]quest
	supplies, proposals int // how many there are of each
}

func (q *quests) supply() []quest        { return q.all[:q.supplies] }
func (q *quests) collaboration() []quest { return q.all[q.supplies:][:q.proposals] }
func (q *quests) both() []quest          { return q.all[:q.supplies+q.proposals] }

// consider adds a candidate; a row of -1 is nobody.
func (q *lead) consider(row int32, prior float64) {
	if row >= 0 {
		q.list[q.candidates], q.prior[q.candidates] = row, prior
		q.candidates++
	}
}

// decks are the draws of a tick's searches.
type decks struct {
	search                                  rng.Deck
	pick, place                             [2]rng.Deck // by kind
	picks, stranger, partner, nobody, reply rng.Deck
	read                                    float64 // has no meaning: what was read of firms to have it at hand

	taste [world.Batch * (1 + candidates + further)]float64 // for nobody and for candidates, by quest
}

func newDecks(seed rng.Seed, tick int) decks {
	d := decks{search: seed.Deck(drawSearch, tick, 0), picks: seed.Deck(drawPlace, tick, 100), stranger: seed.Deck(drawPlace, tick, 200),
		nobody: seed.Deck(drawPartner, tick, 0), partner: seed.Deck(drawPartner, tick, 1), reply: seed.Deck(drawAccept, tick, 0)}
	for kind := range d.pick {
		d.pick[kind], d.place[kind] = seed.Deck(drawPick, tick, kind), seed.Deck(drawPlace, tick, kind)
	}
	return d
}

// begin draws the sector and the cells that firm i looks at. A supplier's sector is drawn by its share of input spending; a
// collaborator's is the firm's own, or drawn so, by even chances. Places are drawn from the kernel e^(-d/km).
func (r *Rules) begin(q *quest, w *world.World, d *decks, i int, kind uint8, km float64) {
	f := &w.Firms
	id, sector := f.ID[i], int(f.Sector[i])
	bits := d.pick[kind].Top(id)
	q.row, q.candidates, q.partner = int32(i), 0, -1
	q.draw = (float64(int64(bits>>22)) + .5) * 0x1p-42 // the last two thirds as one
	u := rng.Third(bits, 0)
	if kind == collaboration {
		u = float64(2 * float64(u))
	}
	if u < 1 {
		sector = r.sectors.pick(sector, u)
	}
	q.sector = int32(sector)
	g := &w.Ground[f.Area[i]]
	cell := 1 / g.Shape.CellKM
	x, y, reach := float32((f.X[i]-g.Shape.X0)*cell), float32((f.Y[i]-g.Shape.Y0)*cell), float32(km*cell)
	r.places.around(&q.bucket, g, x, y, reach, d.place[kind].Top(id), int32(sector*len(w.Cells.Region)))
	page.Call(w.Index.Start, q.bucket[:], 1, 0, 2) // for aim
}

// call asks for the ties of those with quests, and for what they bring to a collaboration.
func call(w *world.World, q *quests) {
	f, both, collaboration := &w.Firms, q.both(), q.collaboration()
	for k := range both {
		page.CallAll(f.TieRows[both[k].row:][:1])
	}
	for k := range collaboration {
		i := int(collaboration[k].row)
		f.CallMore(i)
		page.CallAll(f.Sales[i : i+1])
		page.CallAll(f.Stock[i : i+1])
		page.CallAll(f.Z[i : i+1])
	}
}

// strangers begins to draw a firm from all for each who looks for a collaboration.
func strangers(w *world.World, d *decks, rows []int32, quests []quest) {
	var middles [world.Batch]int32
	for k, i := range rows {
		q := &quests[k]
		q.stranger = w.BeginWorker(rng.Unit(d.stranger.Top(w.Firms.ID[i])))
		middles[k] = q.stranger.Middle()
	}
	w.CallWorkers(middles[:len(rows)])
}

// aim finds the bucket in which the firm of each quest lies, by the mass of the sector's firms in the cells that it looks at. Nobody is
// scanned: the cost is a few cells whatever the density. It lists the quests that have one, in the memory of hits. There is no branch that
// hangs on what is drawn: the processor could not foresee it.
func aim(w *world.World, quests []quest, hits *[2 * world.Batch]int32) []int32 {
	x := &w.Index
	inside := [2]float32{1, 0}
	for k := range quests {
		q := &quests[k]
		for t, b := range q.bucket {
			q.mass[t] = float32(x.Start[b&^(b>>31)].Mass * inside[b>>31&1])
		}
	}
	n := 0
	for k := range quests {
		q := &quests[k]
		q.found = -1
		var left [tries]float32 // of the draw, behind the cells before
		left[0] = float32(q.draw * float64(q.mass[0]+q.mass[1]+q.mass[2]))
		left[1] = left[0] - q.mass[0]
		left[2] = left[1] - q.mass[1]
		first := behind(left[0], q.mass[0])
		second := first & behind(left[1], q.mass[1])
		third := second & behind(left[2], q.mass[2])
		t := (first + second) &^ -third // 0 where there is none
		q.at, q.bucket[0], q.mass[0] = left[t], q.bucket[t], q.mass[t]
		hits[n&(len(hits)-1)] = int32(k)
		n += 1 - third
	}
	var entries [2 * world.Batch]int32
	for m, k := range hits[:n] {
		q := &quests[k]
		bucket := x.Start[q.bucket[0]:][:2]
		q.first, q.last = bucket[0].First, bucket[1].First
		q.near = int32(world.NearMass(int(q.first), int(q.last), q.at, q.mass[0]))
		entries[m] = q.near
	}
	page.Call(x.Mass, entries[:n], 1, 0, 1)
	page.Call(x.Rows, entries[:n], 1, 0, 1)
	return hits[:n]
}

// behind is 1 where at lies behind a mass, else 0.
func behind(at, mass float32) int {
	n := 0
	if at >= mass {
		n = 1
	}
	return n
}

// find finds the firm of each of these quests in its bucket.
func find(w *world.World, quests []quest, hits []int32) {
	for _, k := range hits {
		q := &quests[k]
		q.found = w.Index.Rows[w.DrawMass(int(q.first), int(q.near), int(q.last), q.at)]
	}
}

// recall lists what those who look for a collaboration know by their ties: a supplier is a candidate, a partner may know others.
func recall(w *world.World, d *decks, quests []quest) {
	f := &w.Firms
	for k := range quests {
		q := &quests[k]
		i := int(q.row)
		q.picks = d.picks.Top(f.ID[i])
		if slot := f.SupplyHeld(i).Pick(rng.Third(q.picks, 2)); slot >= 0 {
			ties := f.SupplyOf(i)
			q.consider(ties.Partner(slot), ties.Bond(slot).Trust())
		}
		if slot := f.CollabHeld(i).Pick(rng.Third(q.picks, 0)); slot >= 0 {
			ties := f.CollabOf(i)
			q.partner, q.trust = ties.Partner(slot), ties.Bond(slot).Trust()
			f.CallCollab(int(q.partner))
		}
	}
}

// meet lists the other candidates of those who look for a collaboration: a stranger, a partner's partner, those that information brings.
func (r *Rules) meet(w *world.World, tick int, quests []quest) {
	f := &w.Firms
	for k := range quests {
		if j := quests[k].partner; j >= 0 {
			f.CallMore(int(j))
		}
	}
	for k := range quests {
		q := &quests[k]
		q.consider(w.Index.Rows[w.EndWorker(&q.stranger)], w.Prior(int(q.row)))
		if q.partner >= 0 {
			if slot := f.CollabHeld(int(q.partner)).Pick(rng.Third(q.picks, 1)); slot >= 0 {
				ties := f.CollabOf(int(q.partner))
				q.consider(ties.Partner(slot), max(w.Prior(int(q.row)), r.P.Referral*q.trust*ties.Bond(slot).Trust()))
			}
		}
		r.meetFurther(w, q, tick)
	}
}

// meetFurther adds strangers whom information brings before a firm; the part of one is a chance.
func (r *Rules) meetFurther(w *world.World, q *quest, tick int) {
	known := w.Levers.Of(world.LeverInformation, int(q.row))
	if known <= 0 {
		return
	}
	id := w.Firms.ID[q.row]
	more := min(int(known+w.Seed.Uniform(drawFurther, id, tick, 0)), further)
	for k := range more {
		q.consider(w.Index.Rows[w.DrawWorker(w.Seed.Uniform(drawFurther, id, tick, 1+k))], w.Prior(int(q.row)))
	}
}
