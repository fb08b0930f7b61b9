package plot

import (
	"image/color"
	"math"
	"slices"
	"strings"

	"agglo/internal/text"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// heldFigure is a figure that a run is held against.
type heldFigure struct {
	number          float64 // in the path
	head            string
	kind            string
	year            float64
	since           float64 // tick, of a change
	value, lo, hi   float64
	near, fitted    bool
	percent, judged bool
}

// targets draws the paths of the figures that a run is held against, with the published figures as points and what counts
// as near as bars: a panel for each metric and set of firms.
func (f *folder) targets() (*sheet, error) {
	list, err := f.heldFigures()
	if err != nil {
		return nil, err
	}
	path, err := f.table("targets_path.csv")
	if err != nil {
		return nil, err
	}
	var rows [][]*chart
	var years []float64 // of all panels, so that years stand below each other
	for _, tick := range path.number["tick"] {
		years = append(years, f.year(tick))
	}
	for _, p := range list {
		years = append(years, p.year)
	}
	near, judged := 0, 0
	all := list
	for len(list) > 0 {
		same := []heldFigure{list[0]}
		var rest []heldFigure
		for _, p := range list[1:] {
			if p.head == list[0].head && p.since == list[0].since || p.head == list[0].head && math.IsNaN(p.since) && math.IsNaN(list[0].since) {
				same = append(same, p)
			} else {
				rest = append(rest, p)
			}
		}
		list = rest
		for _, p := range same {
			if p.judged {
				judged++
			}
			if p.near {
				near++
			}
		}
		ch := f.targetPanel(path, same, years)
		if k := len(rows) - 1; k >= 0 && len(rows[k]) < 2 {
			rows[k] = append(rows[k], ch)
		} else {
			rows = append(rows, []*chart{ch})
		}
	}
	ticks := slices.Clone(path.number["tick"])
	slices.Sort(ticks)
	runs := len(slices.Compact(slices.Sorted(slices.Values(path.number["run"]))))
	return &sheet{
		title:  f.targetsTitle(near, judged, runs),
		sub:    f.say("sub.targets", f.title, f.date(ticks[0]), f.date(ticks[len(ticks)-1])),
		height: 62 + vg.Length(len(rows))*118,
		paint: func(c draw.Canvas) {
			f.targetKey(c, all, runs)
			lay(draw.Crop(c, 0, 0, 22, 0), rows, f.say("axis.year"))
		},
	}, nil
}

// heldFigures reads the figures.
func (f *folder) heldFigures() ([]heldFigure, error) {
	t, err := f.table("targets.csv")
	if err != nil {
		return nil, err
	}
	var list []heldFigure
	for i := range t.rows {
		p := heldFigure{
			number: t.number["target"][i], kind: t.word["kind"][i], year: f.year(t.number["tick"][i]), since: t.number["tick_since"][i],
			value: t.number["published"][i], lo: t.number["lo"][i], hi: t.number["hi"][i], near: t.word["verdict"][i] == "near",
			fitted: t.word["role"][i] == "fitted",
		}
		p.judged = p.near || t.word["verdict"][i] == "off"
		metric := t.word["metric"][i]
		p.percent = p.kind == "growth" || strings.HasSuffix(metric, "_share") || strings.HasPrefix(metric, "share_") || metric == "unemployment"
		p.head = f.targetHead(metric, t.word["sectors"][i], t.word["regions"][i], t.word["place"][i], t.word["km"][i])
		if p.kind != "level" {
			p.head = f.say("targets.since", p.head, f.date(p.since))
		}
		if p.percent {
			p.head = f.say("unit.in.percent", p.head)
			p.value, p.lo, p.hi = 100*p.value, 100*p.lo, 100*p.hi
		}
		list = append(list, p)
	}
	return list, nil
}

// targetHead says what a figure is of. Who comes and goes is counted in one quarter, that of the figure.
func (f *folder) targetHead(metric, sectors, regions, place, km string) string {
	names := func(list, ids string) []string {
		var names []string
		for _, id := range strings.Fields(ids) {
			names = append(names, f.called(list, id))
		}
		return names
	}
	return text.Held(f.lang, f.outcome(metric, 1), names("sectors", sectors), names("regions", regions), km, f.place(place))
}

// called is the name of a sector as the map has it, or of a region.
func (f *folder) called(list, id string) string {
	if t, err := f.table("sectors.csv"); err == nil && list == "sectors" {
		if k := slices.Index(t.word["id"], id); k >= 0 && t.word["name"][k] != "" {
			return text.Name(f.lang, t.word["name"][k])
		}
	}
	return f.calledIn(list, id, func(id string) string { return strings.ReplaceAll(id, "-", " ") })
}

// place is the name of a place; without one in the folder, its id with words written as names are.
func (f *folder) place(id string) string {
	if t, err := f.table("places.csv"); err == nil {
		if k := slices.Index(t.word["id"], id); k >= 0 && t.word["name"][k] != "" {
			return text.Name(f.lang, t.word["name"][k])
		}
	}
	words := strings.FieldsFunc(id, func(r rune) bool { return r == '-' || r == '_' })
	for k, w := range words {
		words[k] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// targetPanel draws one path and its points over a span of years.
func (f *folder) targetPanel(path *table, same []heldFigure, span []float64) *chart {
	p := &same[0]
	at := map[float64][]float64{}
	for _, values := range f.paths(path, p.number) {
		for tick, v := range values {
			if x := p.shown(v, values); !math.IsNaN(x) {
				at[tick] = append(at[tick], x)
			}
		}
	}
	var ticks []float64
	for tick := range at {
		ticks = append(ticks, tick)
	}
	slices.Sort(ticks)
	var years, mean, lo, hi []float64
	for _, tick := range ticks {
		sum := 0.0
		slices.Sort(at[tick])
		for _, x := range at[tick] {
			sum += x
		}
		years, mean = append(years, f.year(tick)), append(mean, sum/float64(len(at[tick])))
		lo, hi = append(lo, at[tick][0]), append(hi, at[tick][len(at[tick])-1])
	}
	ch := f.newChart(p.head)
	ch.folds = true
	bounds := [][]float64{lo, hi}
	for _, q := range same {
		bounds = append(bounds, []float64{q.lo, q.hi})
	}
	ch.across(span)
	ch.Add(rules{})
	ch.upwards(p.kind == "level", bounds...)
	ch.Add(ribbon{years, lo, hi, faint(blue, .22)}, curve{years, mean, blue, 1.2, nil}, pointed(same))
	return ch
}

// paths are the values of a figure's metric by run and tick.
func (f *folder) paths(t *table, number float64) map[float64]map[float64]float64 {
	runs := map[float64]map[float64]float64{}
	for i := range t.rows {
		if t.number["target"][i] != number || math.IsNaN(t.number["value"][i]) {
			continue
		}
		run := t.number["run"][i]
		if runs[run] == nil {
			runs[run] = map[float64]float64{}
		}
		runs[run][t.number["tick"][i]] = t.number["value"][i]
	}
	return runs
}

// shown is a value of the path as the figure tells it: itself, or its change since the date before; NaN where that is not
// known.
func (p *heldFigure) shown(v float64, path map[float64]float64) float64 {
	if p.kind != "level" {
		before, known := path[p.since]
		switch {
		case !known:
			return math.NaN()
		case p.kind == "growth":
			v = v/before - 1
		default:
			v -= before
		}
	}
	if p.percent {
		v *= 100
	}
	return v
}

// pointed are published figures as marks with bars: full where the run is near, hollow where it is not, hollow and grey where it does not
// reach them; a square where the scenario was fitted to it.
type pointed []heldFigure

// Plot draws them.
func (l pointed) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	for _, q := range l {
		x := tx(q.year)
		pen := draw.LineStyle{Color: black, Width: .9}
		if !q.judged {
			pen.Color = pale
		}
		c.StrokeLine2(pen, x, ty(q.lo), x, ty(q.hi))
		for _, end := range []float64{q.lo, q.hi} {
			c.StrokeLine2(pen, x-2.5, ty(end), x+2.5, ty(end))
		}
		targetMark(c, vg.Point{X: x, Y: ty(q.value)}, &q)
	}
}

// targetMark draws the mark of a published figure.
func targetMark(c draw.Canvas, at vg.Point, p *heldFigure) {
	var tone color.Color = vermillion
	switch {
	case p.near:
		tone = black
	case !p.judged:
		tone = grey
	}
	full, ring := draw.GlyphDrawer(draw.CircleGlyph{}), draw.GlyphDrawer(draw.RingGlyph{})
	if p.fitted {
		full, ring = draw.BoxGlyph{}, draw.SquareGlyph{}
	}
	if p.near {
		c.DrawGlyph(draw.GlyphStyle{Color: tone, Radius: 3, Shape: full}, at)
		return
	}
	c.DrawGlyph(draw.GlyphStyle{Color: white, Radius: 3, Shape: full}, at)
	c.DrawGlyph(draw.GlyphStyle{Color: tone, Radius: 3, Shape: ring}, at)
}

// targetKey says at the foot what lines and marks are, as far as there are such marks; a single run has no range.
func (f *folder) targetKey(c draw.Canvas, list []heldFigure, runs int) {
	s := style(noteSize, grey, false)
	x, y := c.Min.X+4, c.Min.Y+6
	words := f.say("targets.run")
	if runs > 1 {
		words = f.say("targets.path")
		c.FillPolygon(faint(blue, .22), []vg.Point{{X: x, Y: y - 4}, {X: x + 18, Y: y - 4}, {X: x + 18, Y: y + 4}, {X: x, Y: y + 4}})
	}
	c.StrokeLine2(draw.LineStyle{Color: blue, Width: 1.2}, x, y, x+18, y)
	beside(c, s, vg.Point{X: x + 22, Y: y}, words)
	x += 22 + s.Width(words) + 14
	for _, k := range []struct {
		as    heldFigure
		key   string
		drawn func(p heldFigure) bool
	}{
		{heldFigure{near: true, judged: true}, "targets.near", func(p heldFigure) bool { return p.near }},
		{heldFigure{judged: true}, "targets.off", func(p heldFigure) bool { return p.judged && !p.near }},
		{heldFigure{}, "targets.open", func(p heldFigure) bool { return !p.judged }},
		{heldFigure{near: true, judged: true, fitted: true}, "targets.fitted", func(p heldFigure) bool { return p.fitted }},
	} {
		if !slices.ContainsFunc(list, k.drawn) {
			continue
		}
		targetMark(c, vg.Point{X: x, Y: y}, &k.as)
		words := f.say(k.key)
		beside(c, s, vg.Point{X: x + 7, Y: y}, words)
		x += 7 + s.Width(words) + 14
	}
}

// targetsTitle counts the published figures that are near, of those that can be judged; of several runs it is the mean that they are near.
func (f *folder) targetsTitle(near, judged, runs int) string {
	switch {
	case judged == 0:
		return f.say("title.targets.none")
	case runs > 1:
		return f.say("title.targets.means", f.num(float64(near), 0), f.num(float64(judged), 0), f.num(float64(runs), 0))
	}
	return f.say("title.targets", f.num(float64(near), 0), f.num(float64(judged), 0))
}
