package demography

import (
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/page"
)

// comparison is what movers have found out side by side, before any of them moves. They would have found the same one after the
// other, but for those that looked at the neighbourhood of a firm that has moved in the meantime: these look again. What others' partners
// pass on of the region and the universities where they are (see knowledge.Rules.Foresee) is that of before anyone moved.
type comparison struct {
	tick   int        // for which it holds
	blocks []compared // used first for newborns, then for movers
	left   rowSet     // rows that have moved in this tick
}

// compared is what the movers of a block of rows, or a block of newborns, have found out.
type compared struct {
	plans  []plan
	rows   []int32       // scratch
	visits []world.Visit // scratch
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
	if late(w) {
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

// Abreast is how many firms compare sites, newborns settle, or founders are looked up, in one go at most.
const Abreast = 32

// Compare lets the marked firms compare sites. Relocate carries out what they find.
func (r *Rules) Compare(w *world.World, tick, lo, hi int) {
	if r.compare.tick != tick {
		return
	}
	b := &r.compare.blocks[lo/sim.BlockRows]
	b.rows = w.Firms.Flagged(lo, hi, world.FlagMove, b.rows[:0])
	first := len(b.plans)
	for _, i := range b.rows {
		if moves(&w.Firms, int(i), tick) {
			b.plans = append(b.plans, plan{row: i})
		}
	}
	b.visits = r.decide(w, tick, r.hurdle(), b.plans[first:], b.visits)
}

// decide makes up the minds of some firms; hurdle is what moving costs in value. Each step is taken by many of them before the next
// one: the waits for memory overlap. visits is scratch memory, which is returned.
func (r *Rules) decide(w *world.World, tick int, hurdle float64, plans []plan, visits []world.Visit) []world.Visit {
	for len(plans) > 0 {
		some := plans[:min(Abreast, len(plans))]
		plans = plans[len(some):]
		for k := range some {
			some[k].near = r.meet(w, int(some[k].row), tick)
		}
		callNear(w, some)
		visits = visits[:0]
		for k := range some {
			p := &some[k]
			p.first = len(visits)
			visits = r.look(w, int(p.row), tick, p.near, visits)
		}
		r.Outside.Judge(w, visits)
		r.foresee(w, visits)
		for k := range some {
			p := &some[k]
			judged := visits[p.first:]
			if k+1 < len(some) {
				judged = visits[p.first:some[k+1].first]
			}
			chosen := r.best(w, tick, hurdle, judged)
			p.goes, p.area, p.at = chosen > 0, judged[chosen].Area, judged[chosen].At
		}
	}
	return visits
}

// callNear calls where the neighbours of firms are.
func callNear(w *world.World, plans []plan) {
	var rows [Abreast * len(neighbours{}.partners)]int32
	n, f := 0, &w.Firms
	for k := range plans {
		n += copy(rows[n:], plans[k].near.partners[:])
	}
	page.Call(f.X, rows[:n], 1, 0, 1)
	page.Call(f.Y, rows[:n], 1, 0, 1)
	page.Call(f.Area, rows[:n], 1, 0, 1)
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
