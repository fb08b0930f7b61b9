package export

import (
	"fmt"
	"slices"
)

// lives says how often each firm or tie stands in its table. Then its rows can be gathered in blocks of a bounded size, each
// with a pass over the table: a file by firm is made of a table by tick without holding the table.
type lives struct {
	ticks []int64
	until map[int64]int64
	index map[int64]int32 // place of a tick
	rows  []int32         // by firm or tie
}

// mostGathered bounds the rows of a block: 32 MB.
const mostGathered = 1 << 20

func newLives(ticks []int64) lives {
	l := lives{ticks: ticks, until: spans(ticks), index: map[int64]int32{}}
	for k, t := range ticks {
		l.index[t] = int32(k)
	}
	return l
}

// blocks shows ranges of firms or ties with a bounded number of rows.
func (l *lives) blocks(most int, show func(first, end int32) error) error {
	for first := int32(0); first < int32(len(l.rows)); {
		end, rows := first, 0
		for end < int32(len(l.rows)) && (end == first || rows+int(l.rows[end]) <= most) {
			rows += int(l.rows[end])
			end++
		}
		if err := show(first, end); err != nil {
			return err
		}
		first = end
	}
	return nil
}

// record is a row of a table: what changes from tick to tick.
type record struct {
	tick   int32
	values [3]float64
}

// gathered is the rows of a block, by firm or tie and in it in the order of ticks.
type gathered struct {
	first int32
	from  []int32 // where the rows of each begin
	next  []int32 // where the next row of each goes
	rows  []record
}

func (l *lives) gather(first, end int32) *gathered {
	g := &gathered{first: first, from: make([]int32, end-first+1), next: make([]int32, end-first)}
	for i := first; i < end; i++ {
		g.from[i-first+1] = g.from[i-first] + l.rows[i]
	}
	copy(g.next, g.from)
	g.rows = make([]record, g.from[end-first])
	return g
}

func (g *gathered) add(i int32, r record) {
	k := i - g.first
	if k >= 0 && int(k) < len(g.next) && g.next[k] < g.from[k+1] {
		g.rows[g.next[k]] = r
		g.next[k]++
	}
}

func (g *gathered) of(i int32) []record {
	rows := g.rows[g.from[i-g.first]:g.from[i-g.first+1]]
	slices.SortFunc(rows, func(a, b record) int { return int(a.tick - b.tick) })
	return rows
}

// firmLives is what is known of firms after the first pass.
type firmLives struct {
	lives
	index   members
	key     []uint64
	sector  []int32
	sectors []string
	x, y    []float64 // where it was seen last
	seen    []int32   // place of the last tick
}

// end is the tick from which a firm is there no more.
func (l *firmLives) end(i int32) int64 { return l.until[l.ticks[l.seen[i]]] }

// firmLives reads the firms once.
func (f *Folder) firmLives() (*firmLives, error) {
	ticks, err := f.ticks("firms")
	if err != nil {
		return nil, err
	}
	l := &firmLives{lives: newLives(ticks), index: members{}}
	err = f.each("firms", firmColumns, func(r *rows) {
		id, ok := key(r, firmKey)
		if !ok {
			return
		}
		i, known := l.index[id]
		if !known {
			i = int32(len(l.key))
			l.index[id] = i
			l.key, l.rows = append(l.key, id), append(l.rows, 0)
			l.sector = append(l.sector, place(&l.sectors, r.Text(firmSector)))
			l.x, l.y, l.seen = append(l.x, 0), append(l.y, 0), append(l.seen, -1)
		}
		tick := l.lives.index[r.Integer(firmTick)]
		if known && l.seen[i] == tick {
			r.Fault(firmKey, "%d stands twice at tick %d", id, r.Integer(firmTick))
			return
		}
		l.seen[i], l.x[i], l.y[i] = tick, r.Number(firmX), r.Number(firmY)
		l.rows[i]++
	})
	return l, err
}

// firmRows gathers the rows of a block of firms.
func (f *Folder) firmRows(l *firmLives, first, end int32) (*gathered, error) {
	g := l.gather(first, end)
	err := f.each("firms", firmColumns, func(r *rows) {
		if id, ok := key(r, firmKey); ok {
			g.add(l.index[id], record{l.lives.index[r.Integer(firmTick)],
				[3]float64{r.Number(firmJobs), r.Number(firmProductivity), float64(r.Integer(firmCluster))}})
		}
	})
	return g, err
}

// tieLives is what is known of ties after the first pass.
type tieLives struct {
	lives
	index    map[[2]int32]int32 // by both ends, the firm that stands first in firms.csv first
	from, to []int32            // places of firms
	kind     []int32
	kinds    []string
}

// tieLives reads the ties once: those of ticks at which the firms are known too.
func (f *Folder) tieLives(firms *firmLives) (*tieLives, error) {
	all, err := f.ticks("ties")
	if err != nil {
		return nil, err
	}
	ticks := slices.DeleteFunc(slices.Clone(all), func(t int64) bool { return !slices.Contains(firms.ticks, t) })
	if len(ticks) == 0 {
		return nil, fmt.Errorf("ties.csv has the ticks %s and firms.csv %s: want one that both have", list(all), list(firms.ticks))
	}
	l := &tieLives{lives: newLives(ticks), index: map[[2]int32]int32{}}
	err = f.each("ties", tieColumns, func(r *rows) {
		if _, common := l.lives.index[r.Integer(tieTick)]; !common {
			return
		}
		a, b, ok := firms.index.both(r)
		if !ok {
			return
		}
		ends := [2]int32{min(a, b), max(a, b)}
		i, known := l.index[ends]
		if !known {
			if len(l.rows) == 1<<31-1 {
				r.Fault(tieFrom, "too many ties for one file: more than 2^31")
				return
			}
			i = int32(len(l.rows))
			l.index[ends] = i
			l.rows, l.from, l.to = append(l.rows, 0), append(l.from, ends[0]), append(l.to, ends[1])
			l.kind = append(l.kind, place(&l.kinds, r.Text(tieKind)))
		}
		l.rows[i]++
	})
	if err == nil && len(l.rows) == 0 {
		err = fmt.Errorf("ties.csv has no ties")
	}
	return l, err
}

// gatherMost bounds the rows of a block.
func (f *Folder) gatherMost() int {
	if f.most > 0 {
		return f.most
	}
	return mostGathered
}

// tieRows gathers the rows of a block of ties: the trust of the first end, then that of the other.
func (f *Folder) tieRows(firms *firmLives, l *tieLives, first, end int32) (*gathered, error) {
	g := l.gather(first, end)
	err := f.each("ties", tieColumns, func(r *rows) {
		tick, common := l.lives.index[r.Integer(tieTick)]
		if !common {
			return
		}
		a, b, ok := firms.index.both(r)
		if !ok {
			return
		}
		trust := [3]float64{r.Number(tieTrust), r.Number(tieBack)}
		if a > b {
			a, b, trust[0], trust[1] = b, a, trust[1], trust[0]
		}
		g.add(l.index[[2]int32{a, b}], record{tick, trust})
	})
	return g, err
}
