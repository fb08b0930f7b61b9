package plot

import (
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
	rows := []int{}
	for i := range t.rows {
		if n["cluster"][i] == 0 && n["run"][i] == n["run"][0] && !math.IsNaN(n["tick"][i]) {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 {
		return nil, skip(f.say("note.empty", "synergy.csv"))
	}
	slices.SortStableFunc(rows, func(a, b int) int { return int(n["tick"][a] - n["tick"][b]) })
	var years []float64
	for _, i := range rows {
		years = append(years, f.year(n["tick"][i]))
	}
	ch := f.newChart(f.say("synergy.axis"))
	ch.across(years)
	ch.Add(rules{})
	up, down := make([]float64, len(rows)), make([]float64, len(rows))
	edges := [][]float64{}
	best := ""
	most := math.Inf(-1)
	for _, c := range channels {
		part, lo, hi := make([]float64, len(rows)), make([]float64, len(rows)), make([]float64, len(rows))
		for k, i := range rows {
			v := 100 * n[c.name][i]
			part[k] = v
			if math.IsNaN(v) {
				v = 0
			}
			lo[k], hi[k] = up[k], up[k]+v
			up[k] = hi[k]
			if v < 0 { // what a channel takes away hangs below zero
				up[k] = lo[k]
				lo[k], hi[k] = down[k]+v, down[k]
				down[k] = lo[k]
			}
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
	if !known(total) {
		title = f.say("title.synergy.none")
	}
	tick, _ := lastTick(n["tick"])
	return &sheet{
		title: title, sub: f.say("sub.run", f.title, f.date(n["tick"][rows[0]]), f.date(tick)), height: 230,
		paint: func(c draw.Canvas) { lay(c, [][]*chart{{ch}}, f.say("axis.year")) },
	}, nil
}
