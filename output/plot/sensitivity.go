package plot

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"agglo/sim/design"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Tables of a sensitivity analysis.
const (
	sensitivityTable = "sensitivity.csv"
	tornadoTable     = "tornado.csv"
)

// mostSensed bounds the outcomes of a figure of sensitivity.
const mostSensed = 6

// sensed is an outcome: its factors in order, and an index of each by name.
type sensed struct {
	name    string
	factors []string
	of      map[string]map[string]fit // by factor, by index
}

// sensed reads the outcomes of a stage: those of the first policy at the last tick, the mean of a metric before its variance.
func (f *folder) sensed(stage string) ([]*sensed, error) {
	t, err := f.table(sensitivityTable)
	if err != nil {
		return nil, err
	}
	last, quarters := lastLook(t)
	var all []*sensed
	at := map[string]*sensed{}
	for i := range t.rows {
		w := t.word
		if w["stage"][i] != stage || t.number["tick"][i] != last || w["policy"][i] != w["policy"][0] || math.IsNaN(t.number["value"][i]) || strings.Contains(w["factor"][i], ":") {
			continue
		}
		key := w["metric"][i] + " " + w["statistic"][i]
		x := at[key]
		if x == nil {
			if len(all) == mostSensed {
				continue
			}
			x = &sensed{name: f.say("sensed."+w["statistic"][i], f.outcome(w["metric"][i], quarters)), of: map[string]map[string]fit{}}
			at[key], all = x, append(all, x)
		}
		factor := w["factor"][i]
		if x.of[factor] == nil {
			x.of[factor], x.factors = map[string]fit{}, append(x.factors, factor)
		}
		x.of[factor][w["index"][i]] = fit{t.number["value"][i], t.number["lo"][i], t.number["hi"][i]}
	}
	if len(all) == 0 {
		return nil, skip(f.say("note.empty", sensitivityTable))
	}
	return all, nil
}

// lastLook is the last tick of a table of sensitivity, and how many quarters lie between it and the look before it, or the start.
func lastLook(t *table) (last float64, quarters int) {
	before := 0.0
	for _, tick := range t.number["tick"] {
		switch {
		case tick > last:
			last, before = tick, last
		case tick < last:
			before = max(before, tick)
		}
	}
	return last, int(last - before)
}

// sensedFactors are the factors of all outcomes, each once, in the order in which they come.
func sensedFactors(all []*sensed) []string {
	var names []string
	for _, x := range all {
		for _, factor := range x.factors {
			if !slices.Contains(names, factor) {
				names = append(names, factor)
			}
		}
	}
	return names
}

// leads is the factor of the largest index of an outcome.
func (x *sensed) leads(index string) string {
	best := ""
	for _, factor := range x.factors {
		if best == "" || x.of[factor][index].value > x.of[best][index].value {
			best = factor
		}
	}
	return best
}

// morris draws, for each outcome, sigma against mu_star: factors far to the right matter, those high up act in curves or together
// with others.
func (f *folder) morris() (*sheet, error) {
	all, err := f.sensed("screen")
	if err != nil {
		return nil, err
	}
	var charts []*chart
	names := sensedFactors(all)
	for _, x := range all {
		ch := f.newChart(x.name)
		ch.folds = true
		var points []factorPoint
		var stars, sigmas []float64
		for _, factor := range x.factors {
			k := slices.Index(names, factor)
			p := factorPoint{number: k + 1, star: x.of[factor]["mu_star"], sigma: x.of[factor]["sigma"].value, color: hues[k%len(hues)]}
			if math.IsNaN(p.sigma) {
				continue
			}
			points = append(points, p)
			stars, sigmas = append(stars, p.star.value, p.star.hi), append(sigmas, p.sigma)
		}
		_, right := extent(stars, []float64{0})
		_, top := extent(sigmas, []float64{0})
		if right == 0 && top == 0 {
			continue
		}
		ch.X.Min, ch.X.Max = snap(0, right*1.05, 4)
		ch.Y.Min, ch.Y.Max = snap(0, top*1.12, 4)
		ch.X.Tick.Marker, ch.Y.Tick.Marker = evenTicks{n: 3, lang: f.lang}, evenTicks{n: 4, lang: f.lang}
		ch.Add(rules{both: true}, factorPoints(points))
		charts = append(charts, ch)
	}
	if len(charts) == 0 {
		return nil, skip(f.say("note.empty", sensitivityTable))
	}
	title := f.say("title.morris", all[0].leads("mu_star"), all[0].name)
	return f.factorSheet(title, f.say("sub.morris", f.title), charts, names, f.say("morris.axis")), nil
}

// factorPoint is a factor in the plane of Morris.
type factorPoint struct {
	number int // from 1
	star   fit
	sigma  float64
	color  color.NRGBA
}

// factorPoints draws them with their numbers and the intervals of mu_star.
type factorPoints []factorPoint

// Plot draws them.
func (ps factorPoints) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	for _, x := range ps {
		if x.star.lo <= x.star.hi {
			c.StrokeLine2(draw.LineStyle{Color: faint(x.color, .7), Width: 1}, tx(x.star.lo), ty(x.sigma), tx(min(x.star.hi, p.X.Max)), ty(x.sigma))
		}
	}
	for _, x := range ps {
		badge(c, vg.Point{X: tx(x.star.value), Y: ty(x.sigma)}, &cloud{number: x.number, color: x.color})
	}
}

// factorSheet is a sheet of charts above the list of factors.
func (f *folder) factorSheet(title, sub string, charts []*chart, names []string, across string) *sheet {
	var rows [][]*chart
	for k, ch := range charts {
		if k%2 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], ch)
	}
	list := vg.Length((len(names)+1)/2) * 13
	return &sheet{
		title: title, sub: sub, height: 40 + 150*vg.Length(len(rows)) + list,
		paint: func(c draw.Canvas) {
			layRows(draw.Crop(c, 0, 0, list+8, 0), rows, across)
			s := style(noteSize, black, false)
			half := (c.Max.X - c.Min.X) / 2
			for k, name := range names {
				at := vg.Point{X: c.Min.X + 6 + half*vg.Length(k%2), Y: c.Min.Y + list - 8 - 13*vg.Length(k/2)}
				badge(c, at, &cloud{number: k + 1, color: hues[k%len(hues)]})
				beside(c, s, vg.Point{X: at.X + 10, Y: at.Y}, shortenPath(s, name, half-20))
			}
		},
	}
}

// layRows lays rows of charts whose horizontal axes differ: each chart has its own marks.
func layRows(c draw.Canvas, rows [][]*chart, across string) {
	high := (c.Max.Y - c.Min.Y) / vg.Length(len(rows))
	for k, row := range rows {
		part := c
		part.Max.Y = c.Max.Y - high*vg.Length(k)
		part.Min.Y = part.Max.Y - high
		if k+1 < len(rows) {
			part.Min.Y += 6
		}
		lay(part, [][]*chart{row}, across)
	}
}

// sobol draws, for each outcome, the shares S1 and ST of each factor with their intervals.
func (f *folder) sobol() (*sheet, error) {
	all, err := f.sensed("shares")
	if err != nil {
		return nil, err
	}
	names := sensedFactors(all)
	panels, few := sharePanels(all, names)
	first := all[0]
	lead := first.leads("ST")
	title, sub := f.say("title.sobol", lead, f.num(100*first.of[lead]["ST"].value, 0), first.name), "sub.sobol"
	if few {
		title, sub = f.say("title.sobol.few", first.name), "sub.sobol.few"
	}
	keys := []barKey{{sky, square, f.say("sobol.alone")}, {blue, disc, f.say("sobol.total")}}
	return f.barSheet(title, f.say(sub, f.title), panels, names, keys), nil
}

// sharePanels makes a panel an outcome, all on one axis that holds every share, with a row for each name: it stays empty where an outcome
// does not have the factor. Intervals that go beyond the axis end at its edge. Few tells whether a share is well above 1, or a factor
// alone has much more than with its interactions: true shares are never so.
func sharePanels(all []*sensed, names []string) (panels []barPanel, few bool) {
	lo, hi := -.25, 1.25
	for _, x := range all {
		p := barPanel{head: x.name}
		for _, factor := range names {
			if x.of[factor] == nil {
				p.rows = append(p.rows, nil)
				continue
			}
			s1, st := x.of[factor]["S1"], x.of[factor]["ST"]
			p.rows = append(p.rows, []bar{{s1, sky, square}, {st, blue, disc}})
			lo, hi = extent([]float64{lo, hi, s1.value, st.value})
			few = few || design.Astray(s1.value, st.value)
		}
		panels = append(panels, p)
	}
	for k := range panels {
		panels[k].lo, panels[k].hi = lo, hi
	}
	return panels, few
}

// tornado draws, for each metric, what each factor alone does between its ends, the largest first.
func (f *folder) tornado() (*sheet, error) {
	t, err := f.table(tornadoTable)
	if err != nil {
		return nil, err
	}
	last, quarters := lastLook(t)
	var panels []barPanel
	var names, metrics []string
	of := map[string]map[string][2]fit{}
	for i := range t.rows {
		metric, factor := t.word["metric"][i], t.word["factor"][i]
		if t.number["tick"][i] != last || t.word["policy"][i] != t.word["policy"][0] {
			continue
		}
		if of[metric] == nil {
			if len(metrics) == mostSensed {
				continue
			}
			of[metric], metrics = map[string][2]fit{}, append(metrics, metric)
		}
		n := t.number
		of[metric][factor] = [2]fit{{n["at_low"][i], n["at_low_lo"][i], n["at_low_hi"][i]}, {n["at_high"][i], n["at_high_lo"][i], n["at_high_hi"][i]}}
		if len(metrics) == 1 {
			names = append(names, factor)
		}
	}
	if len(metrics) == 0 {
		return nil, skip(f.say("note.empty", tornadoTable))
	}
	swing := func(metric, factor string) float64 {
		x := of[metric][factor]
		return math.Abs(x[1].value - x[0].value)
	}
	sortBy(names, func(a, b string) bool { return swing(metrics[0], a) > swing(metrics[0], b) })
	for _, metric := range metrics {
		p := barPanel{head: f.outcome(metric, quarters)}
		if unit := f.heatUnit(metric); unit != "" && metric != "jobs" && p.head == f.named("metric.", metric) { // others tell theirs by their name
			p.head = f.say("unit.in", p.head, unit)
		}
		for _, factor := range names {
			x := of[metric][factor]
			p.rows = append(p.rows, []bar{{x[0], orange, square}, {x[1], blue, disc}})
			for _, v := range []float64{x[0].value, x[0].lo, x[0].hi, x[1].value, x[1].lo, x[1].hi} {
				if !math.IsNaN(v) {
					p.lo, p.hi = math.Min(p.lo, v), math.Max(p.hi, v)
				}
			}
		}
		panels = append(panels, p)
	}
	keys := []barKey{{orange, square, f.say("tornado.low")}, {blue, disc, f.say("tornado.high")}}
	title := f.say("title.tornado", names[0], f.outcome(metrics[0], quarters))
	return f.barSheet(title, f.say("sub.tornado", f.title), panels, names, keys), nil
}

// sortBy orders a few names; those that are alike keep their places.
func sortBy(names []string, before func(a, b string) bool) {
	for i := range names {
		for k := i; k > 0 && before(names[k], names[k-1]); k-- {
			names[k], names[k-1] = names[k-1], names[k]
		}
	}
}
