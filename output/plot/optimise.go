package plot

import (
	"image/color"
	"math"
	"strings"

	"agglo/internal/text"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mixesTable holds the mixes of an optimisation.
const mixesTable = "mixes.csv"

// tried is a mix on both kinds of worlds.
type tried struct {
	number             int // from 1, of those looked at again; 0 of the others
	name               string
	search, searchCost float64
	fresh, cost        fit
	front, sure        bool
	chance             float64
}

// pareto draws score against cost: every mix of the search as a dot, those looked at again with intervals, and the front.
func (f *folder) pareto() (*sheet, error) {
	t, err := f.table(mixesTable)
	if err != nil {
		return nil, err
	}
	n := t.number
	var all []tried
	var xs, ys []float64
	best := -1
	again := 0
	for i := range t.rows {
		x := tried{name: text.Mix(f.lang, t.word["name"][i]), search: n["search_score"][i], searchCost: n["search_cost"][i] / 1e6,
			fresh: fit{n["fresh_score"][i], n["fresh_lo"][i], n["fresh_hi"][i]},
			cost:  fit{n["fresh_cost"][i] / 1e6, n["fresh_cost_lo"][i] / 1e6, n["fresh_cost_hi"][i] / 1e6}, front: t.word["front"][i] == "yes", sure: n["fresh_lo"][i] > 0 && n["p_adjusted"][i] < .05, chance: n["chance_best"][i]}
		if !math.IsNaN(x.fresh.value) {
			again++
			x.number = again
			if best < 0 || x.fresh.value > all[best].fresh.value {
				best = len(all)
			}
		}
		all = append(all, x)
		xs = append(xs, x.searchCost, x.cost.value, x.cost.hi)
		ys = append(ys, x.fresh.lo, x.fresh.hi, x.fresh.value)
	}
	if best < 0 {
		return nil, skip(f.say("note.empty", mixesTable))
	}
	ch := f.newChart(f.say("pareto.score"))
	lo, hi := extent(xs, []float64{0})
	ch.X.Min, ch.X.Max = snap(math.Min(lo, -.03*hi), hi*1.03, 6)
	lo, hi = extent(ys, []float64{0}) // of those looked at again: some mixes of the search may be far off
	lo, hi = lo-.35*(hi-lo), hi+.1*(hi-lo)
	ch.Y.Min, ch.Y.Max = snap(lo, hi, 6)
	ch.X.Tick.Marker, ch.Y.Tick.Marker = evenTicks{n: 6, lang: f.lang}, evenTicks{n: 6, lang: f.lang}
	ch.Add(rules{both: true}, level{0, 0, grey}, mixes(all))
	winner := &all[best]
	title := f.say("title.pareto.none")
	if winner.sure {
		title = f.say("title.pareto", leading(winner.name), f.num(winner.fresh.value, 2), f.num(winner.fresh.lo, 2), f.num(winner.fresh.hi, 2), f.num(100*winner.chance, 0))
	}
	return &sheet{
		title: title, sub: f.say("sub.pareto", f.title, f.num(float64(len(all)), 0)), height: 290 + 13*vg.Length(again),
		paint: func(c draw.Canvas) { f.paintPareto(c, ch, all, again) },
	}, nil
}

// paintPareto draws the axes and, below, what each number stands for.
func (f *folder) paintPareto(c draw.Canvas, ch *chart, all []tried, again int) {
	list := 13*vg.Length(again) + 8
	lay(draw.Crop(c, 0, 0, list, 0), [][]*chart{{ch}}, f.say("pareto.cost"))
	s := style(noteSize, black, false)
	y := c.Min.Y + list - 12
	for _, x := range all {
		if x.number == 0 {
			continue
		}
		badge(c, vg.Point{X: c.Min.X + 6, Y: y}, &cloud{number: x.number, color: x.tone()})
		words := f.say("pareto.line", x.name, f.num(x.search, 2), f.num(x.fresh.value, 2), f.num(x.fresh.lo, 2), f.num(x.fresh.hi, 2), f.num(100*x.chance, 0))
		beside(c, s, vg.Point{X: c.Min.X + 16, Y: y}, shorten(s, words, c.Max.X-c.Min.X-18))
		y -= 13
	}
}

// tone is the colour of a mix: blue on the front, grey beside it.
func (x *tried) tone() color.NRGBA {
	if x.front {
		return blue
	}
	return grey
}

// leading is the first parts of the name of a mix: a title has room for no more.
func leading(name string) string {
	parts := strings.Split(name, ", ")
	if len(parts) <= mostNamed {
		return name
	}
	return strings.Join(parts[:mostNamed], ", ") + " …"
}

// mostNamed is how many instruments of a mix a title names.
const mostNamed = 3

// mixes draws dots, intervals, the front and numbers.
type mixes []tried

// Plot draws them.
func (ms mixes) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	var front []tried
	for _, x := range ms {
		if !math.IsNaN(x.search) {
			c.DrawGlyph(draw.GlyphStyle{Color: faint(pale, .9), Radius: 1.7, Shape: draw.CircleGlyph{}}, vg.Point{X: tx(x.searchCost), Y: ty(math.Min(math.Max(x.search, p.Y.Min), p.Y.Max))})
		}
		if x.front {
			front = append(front, x)
		}
	}
	for i := range front { // by cost
		for k := i; k > 0 && front[k].cost.value < front[k-1].cost.value; k-- {
			front[k], front[k-1] = front[k-1], front[k]
		}
	}
	var stairs []vg.Point
	for k, x := range front {
		if k > 0 {
			stairs = append(stairs, vg.Point{X: tx(x.cost.value), Y: ty(front[k-1].fresh.value)})
		}
		stairs = append(stairs, vg.Point{X: tx(x.cost.value), Y: ty(x.fresh.value)})
	}
	if len(stairs) > 1 {
		c.StrokeLines(draw.LineStyle{Color: blue, Width: 1, Dashes: []vg.Length{4, 2}}, stairs)
	}
	for _, x := range ms {
		if x.number == 0 {
			continue
		}
		pen := draw.LineStyle{Color: x.tone(), Width: 1.1}
		if x.fresh.lo <= x.fresh.hi {
			c.StrokeLine2(pen, tx(x.cost.value), ty(x.fresh.lo), tx(x.cost.value), ty(x.fresh.hi))
		}
		if x.cost.lo <= x.cost.hi {
			c.StrokeLine2(pen, tx(x.cost.lo), ty(x.fresh.value), tx(x.cost.hi), ty(x.fresh.value))
		}
	}
	for _, x := range ms {
		if x.number > 0 {
			badge(c, vg.Point{X: tx(x.cost.value), Y: ty(x.fresh.value)}, &cloud{number: x.number, color: x.tone()})
		}
	}
}
