package study

import (
	"math"

	"agglo/model/measure"
	"agglo/model/world"
)

// settled is the number of quarters after which business demography is counted: what the start drew has then worn off.
const settled = 10 * world.TicksPerYear

// cohorts follow the firms born behind a tick to an age; only those born early enough to be followed count. They come one
// look a tick.
type cohorts struct {
	after, end, age int // ticks
	born, alive     float64
}

// see takes in a firm that was born at a tick and lives now.
func (c *cohorts) see(born, now int) {
	if born <= c.after || born+c.age > c.end {
		return
	}
	switch now - born {
	case 0:
		c.born++
	case c.age:
		c.alive++
	}
}

// survival is the share of those born that live at the age, NaN of none.
func (c *cohorts) survival() float64 { return over(c.alive, c.born) }

// over is a/b, NaN where b is 0.
func over(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}

// lives gather, tick by tick, who is born and dies, and how spin-offs lie to their parents. Its memory is that of the rows.
type lives struct {
	births, deaths, firms float64 // behind settled; firms by tick
	year, five            cohorts
	id                    []uint64 // by row, of the tick before
	x, y                  []float64
	distance              histogram
	able                  measure.PairMoments // log technology of parent and spin-off, less the world's
}

func newLives(end int) *lives {
	return &lives{
		year: cohorts{after: settled, end: end, age: world.TicksPerYear}, five: cohorts{after: settled, end: end, age: 5 * world.TicksPerYear},
		distance: histogram{width: .05},
	}
}

// Observe takes in a tick.
func (l *lives) Observe(v world.View, tick int) {
	if tick > settled {
		c := v.Count()
		l.births += float64(c.Births)
		l.deaths += float64(c.Deaths)
		l.firms += float64(v.Alive())
	}
	var children []int
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		born := tick - int(math.Round(v.Age(i)*world.TicksPerYear))
		l.year.see(born, tick)
		l.five.see(born, tick)
		if born == tick && v.Parent(i) != 0 && tick > 0 {
			children = append(children, i)
		}
	}
	l.spinOffs(v, children)
	for len(l.id) < v.Rows() {
		l.id, l.x, l.y = append(l.id, 0), append(l.x, 0), append(l.y, 0)
	}
	for i := range l.id {
		l.id[i], l.x[i], l.y[i] = v.ID(i), v.X(i), v.Y(i)
	}
}

// spinOffs takes in the spin-offs of a tick, beside where the parent stood before it: it may have moved since.
func (l *lives) spinOffs(v world.View, children []int) {
	if len(children) == 0 {
		return
	}
	row := make(map[uint64]int, len(children))
	for _, i := range children {
		row[v.Parent(i)] = -1
	}
	for j, id := range l.id {
		if _, asked := row[id]; asked && id != 0 {
			row[id] = j
		}
	}
	for _, i := range children {
		j := row[v.Parent(i)]
		if j < 0 {
			continue // born and a parent in one tick: this does not happen
		}
		l.distance.add(math.Hypot(v.X(i)-l.x[j], v.Y(i)-l.y[j]))
		if v.ID(j) == v.Parent(i) {
			l.able.Add(v.LogTech(j)-v.WorldLogTech(), v.LogTech(i)-v.WorldLogTech())
		}
	}
}

// rate is the yearly rate of an event over the mean number of firms, behind settled.
func (l *lives) rate(events float64) float64 { return over(world.TicksPerYear*events, l.firms) }

// histogram counts values >= 0 by bins, so that a median takes no memory that grows with their number.
type histogram struct {
	width float64
	count []float64
	total float64
}

// mostBins is the number of bins of a histogram; what lies beyond falls into the last.
const mostBins = 100_000

func (h *histogram) add(x float64) {
	k := min(int(x/h.width), mostBins-1)
	for len(h.count) <= k {
		h.count = append(h.count, 0)
	}
	h.count[k]++
	h.total++
}

// median is the value with half of the total below it, spread evenly inside its bin; NaN of nothing.
func (h *histogram) median() float64 {
	below := 0.0
	for k, n := range h.count {
		if n > 0 && below+n >= h.total/2 {
			return h.width * (float64(k) + float64((float64(h.total/2)-below)/n))
		}
		below += n
	}
	return math.NaN()
}

// tie is a supply tie, by the ids of its ends.
type tie struct{ buyer, supplier uint64 }

// supplyTies lists the supply ties of a world.
func supplyTies(v world.View) []tie {
	var ties []tie
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		v.EachTie(i, func(kind world.TieKind, partner int, _ float64) {
			if kind == world.SupplyTie {
				ties = append(ties, tie{v.ID(i), v.ID(partner)})
			}
		})
	}
	return ties
}

// standing is the share of ties that still stand among those whose both ends live; NaN of none.
func standing(before, now []tie, lives func(id uint64) bool) float64 {
	still := make(map[tie]bool, len(now))
	for _, t := range now {
		still[t] = true
	}
	both, stand := 0.0, 0.0
	for _, t := range before {
		if lives(t.buyer) && lives(t.supplier) {
			both++
			if still[t] {
				stand++
			}
		}
	}
	return over(stand, both)
}
