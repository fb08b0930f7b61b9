package plot

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot/vg/draw"
)

// channels lists the ways in which neighbours help a firm, as synergy.csv names them, from the bottom of the stack up.
var channels = []line{
	{name: "input", color: blue}, {name: "labour", color: orange}, {name: "knowledge", color: green},
	{name: "trust", color: sky}, {name: "club", color: purple},
}

// synergy draws what nearness adds to value added, channel on channel, and the total.
func (f *folder) synergy() (*sheet, error) {
	t, err := f.table("synergy.csv")
	if err != nil {
		return nil, err
	}
	n := t.number
	rows, years := f.overall(n)
	if len(rows) == 0 {
		return nil, skip(f.say("note.empty", "synergy.csv"))
	}
	ch := f.newChart(f.say("synergy.axis"))
	ch.across(years)
	ch.Add(rules{})
	s := stack{make([]float64, len(rows)), make([]float64, len(rows))}
	edges := [][]float64{}
	best := ""
	most := math.Inf(-1)
	for _, c := range channels {
		part, lo, hi := make([]float64, len(rows)), make([]float64, len(rows)), make([]float64, len(rows))
		for k, i := range rows {
			part[k] = 100 * n[c.name][i]
			lo[k], hi[k] = s.put(k, part[k])
		}
		edges = append(edges, lo, hi)
		ch.Add(ribbon{years, lo, hi, faint(c.color, .75)}, curve{years, hi, white, .5, nil})
		name := f.say("synergy." + c.name)
		if v := last(part); v > most {
			most, best = v, name
		}
		if k := len(rows) - 1; hi[k]-lo[k] > 1e-9 {
			ch.ends = append(ch.ends, ending{(lo[k] + hi[k]) / 2, name + " " + f.num(last(part), 1), black})
		}
	}
	total := make([]float64, len(rows))
	for k, i := range rows {
		total[k] = 100 * n["total"][i]
	}
	ch.upwards(true, append(edges, total)...)
	ch.Add(level{0, 0, grey}, curve{years, total, black, 1.6, nil})
	ch.end(f.say("synergy.total", f.num(last(total), 1)), total, black)
	title := f.say("title.synergy", f.num(last(total), 1), best)
	if v := last(total); v < 0 {
		title = f.say("title.synergy.loss", f.num(-v, 1), best)
	}
	if !known(total) {
		title = f.say("title.synergy.none")
	}
	tick, _ := lastTick(n["tick"])
	return &sheet{
		title: title, sub: f.say("sub.run", f.first(), f.date(n["tick"][rows[0]]), f.date(tick)), height: 230,
		paint: func(c draw.Canvas) { lay(c, [][]*chart{{ch}}, f.say("axis.year")) },
	}, nil
}

// overall returns the rows of synergy.csv for all firms of the first run, in order of time, and their years.
func (f *folder) overall(n map[string][]float64) (rows []int, years []float64) {
	for i, tick := range n["tick"] {
		if n["cluster"][i] == 0 && n["run"][i] == n["run"][0] && !math.IsNaN(tick) {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(n["tick"][a], n["tick"][b]) })
	for _, i := range rows {
		years = append(years, f.year(n["tick"][i]))
	}
	return rows, years
}

// stack is how high the parts stand that were laid on one another at each time, above and below zero.
type stack struct{ up, down []float64 }

// put lays a part on the stack at time k and returns its lower and upper edge. What a part takes away hangs below zero;
// a missing part is nothing.
func (s stack) put(k int, part float64) (lo, hi float64) {
	switch {
	case part < 0:
		hi = s.down[k]
		s.down[k] += part
		return s.down[k], hi
	case part > 0:
		lo = s.up[k]
		s.up[k] += part
	default:
		lo = s.up[k]
	}
	return lo, s.up[k]
}
