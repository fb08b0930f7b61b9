package demography

import (
	"agglo/model/world"
	"agglo/sim"
)

// comparison is what movers have found out side by side, before any of them moves. They would have found the same one after the
// other, but for those that looked at the neighbourhood of a firm that has moved in the meantime: these look again.
type comparison struct {
	tick   int // for which it holds
	blocks []compared
	left   rowSet // rows that have moved in this tick
}

// compared is what the movers of a block of rows have found out.
type compared struct {
	plans  []plan
	visits []world.Visit // scratch
	heard  float64       // has no meaning: reading it brings neighbours' places to hand
}

// plan is what a firm means to do.
type plan struct {
	row   int32
	goes  bool // to area and at, else it stays
	area  int32
	at    world.Point
	near  neighbours
	first int // of its visits, while they are judged
}

// ReadyToCompare makes room for the plans of all blocks. It must run alone.
func (r *Rules) ReadyToCompare(w *world.World) {
	c := &r.compare
	c.tick = -1
	if len(w.Memory.Past) > 0 {
		return // judging by memory is for one at a time, see AsSeen
	}
	c.tick = w.Now.Tick
	blocks := (w.Rows() + sim.BlockRows - 1) / sim.BlockRows
	for len(c.blocks) < blocks {
		c.blocks = append(c.blocks, compared{})
	}
	for k := range c.blocks {
		c.blocks[k].plans = c.blocks[k].plans[:0]
	}
	c.left.clear(w.Rows())
}

// abreast is how many movers compare sites in one go at most: their visits seldom fill a batch.
const abreast = world.Batch / 16

// Compare lets the marked firms compare sites. Relocate carries out what they find.
func (r *Rules) Compare(w *world.World, tick, lo, hi int) {
	if r.compare.tick != tick {
		return
	}
	b, f := &r.compare.blocks[lo/sim.BlockRows], &w.Firms
	first := len(b.plans)
	for k, flag := range f.Flag[lo:hi] {
		if flag&world.FlagMove != 0 && moves(f, lo+k, tick) {
			b.plans = append(b.plans, plan{row: int32(lo + k)})
		}
	}
	for plans := b.plans[first:]; len(plans) > 0; plans = plans[min(abreast, len(plans)):] {
		r.decide(w, tick, b, plans[:min(abreast, len(plans))])
	}
}

// decide makes up the minds of some firms. Each step is taken by all of them before the next one: the waits for memory overlap.
func (r *Rules) decide(w *world.World, tick int, b *compared, plans []plan) {
	f := &w.Firms
	for k := range plans {
		plans[k].near = r.meet(w, int(plans[k].row), tick)
	}
	b.heard = 0
	for k := range plans {
		for _, j := range plans[k].near.partners {
			j = max(j, 0)
			b.heard += f.X[j] + f.Y[j] + float64(f.Area[j])
		}
	}
	b.visits = b.visits[:0]
	for k := range plans {
		p := &plans[k]
		p.first = len(b.visits)
		b.visits = r.look(w, int(p.row), tick, p.near, b.visits)
	}
	r.Outside.Judge(w, b.visits)
	for k := range plans {
		p := &plans[k]
		visits := b.visits[p.first:]
		if k+1 < len(plans) {
			visits = b.visits[p.first:plans[k+1].first]
		}
		chosen := r.best(w, tick, r.hurdle(), visits)
		p.goes, p.area, p.at = chosen > 0, visits[chosen].Area, visits[chosen].At
	}
}

// carryOut does what movers mean to do, in the order of rows.
func (r *Rules) carryOut(w *world.World, tick int) {
	for k := range r.compare.blocks {
		for _, p := range r.compare.blocks[k].plans {
			i := int(p.row)
			switch {
			case !moves(&w.Firms, i, tick): // it has been put elsewhere
			case r.compare.left.any(p.near.partners):
				r.relocate(w, i, tick)
			case p.goes:
				r.move(w, i, int(p.area), p.at)
			}
		}
	}
}

// rowSet is a set of rows, by bits.
type rowSet []uint64

// clear empties the set and makes room for rows.
func (s *rowSet) clear(rows int) {
	for len(*s) < (rows+63)/64 {
		*s = append(*s, 0)
	}
	clear(*s)
}

// add puts a row into the set, if it has room for it.
func (s rowSet) add(i int) {
	if i/64 < len(s) {
		s[i/64] |= 1 << (i % 64)
	}
}

// any says whether one of some rows is in the set.
func (s rowSet) any(rows [2]int32) bool {
	for _, i := range rows {
		if i >= 0 && s[i/64]&(1<<(i%64)) != 0 {
			return true
		}
	}
	return false
}
