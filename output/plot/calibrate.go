package plot

import (
	"math"

	"agglo/internal/text"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Tables of a calibration.
const (
	parametersTable = "parameters.csv"
	densitiesTable  = "densities.csv"
	fitTable        = "fit.csv"
)

// posterior draws, for each parameter, what was believed before and what is now: grey area and blue line, and the fitted value.
func (f *folder) posterior() (*sheet, error) {
	t, err := f.table(parametersTable)
	if err != nil {
		return nil, err
	}
	d, err := f.table(densitiesTable)
	if err != nil {
		return nil, err
	}
	var charts []*chart
	told, known := 0, 0
	for i, name := range t.word["parameter"] {
		if t.word["told"][i] != "" {
			known++
		}
		if t.word["told"][i] == "yes" {
			told++
		}
		h := &shares{point: t.number["point"][i], lo: t.number["lo"][i], hi: t.number["hi"][i]}
		top := 0.0
		for k := range d.rows {
			if d.word["parameter"][k] != name {
				continue
			}
			h.edges = append(h.edges, [2]float64{d.number["from"][k], d.number["to"][k]})
			h.prior, h.after = append(h.prior, 100*d.number["prior"][k]), append(h.after, 100*d.number["posterior"][k])
			_, most := extent([]float64{100 * d.number["prior"][k], 100 * d.number["posterior"][k]})
			top = max(top, most)
		}
		if len(h.edges) == 0 {
			continue // words
		}
		ch := f.newChart(shortenPath(style(labelSize, black, true), f.ofFactor(name), 150))
		ch.X.Min, ch.X.Max = h.edges[0][0], h.edges[len(h.edges)-1][1]
		ch.X.Tick.Marker, ch.Y.Tick.Marker = evenTicks{n: 4, lang: f.lang}, evenTicks{n: 4, lang: f.lang}
		ch.Y.Min, ch.Y.Max = snap(0, top*1.05, 4)
		ch.Add(rules{}, h)
		charts = append(charts, ch)
	}
	if len(charts) == 0 {
		return nil, skip(f.say("note.empty", densitiesTable))
	}
	title := f.say("title.posterior.point")
	if known > 0 {
		title = f.say("title.posterior", f.num(float64(told), 0), f.num(float64(known), 0))
	}
	rows := grid(charts)
	return &sheet{
		title: title, sub: f.say("sub.posterior", f.title), height: 46 + 128*vg.Length(len(rows)),
		paint: func(c draw.Canvas) {
			key(c, []entry{
				{line: line{name: f.say("posterior.prior"), color: pale}}, {line: line{name: f.say("posterior.after"), color: blue}},
				{line: line{name: f.say("posterior.point"), color: vermillion, dash: []vg.Length{3, 2}}},
			})
			layRows(draw.Crop(c, 0, 0, 0, -14), rows, f.say("posterior.axis"))
		},
	}, nil
}

// shares is the shares of bins before and after, %, with the fitted value and the interval.
type shares struct {
	edges         [][2]float64
	prior, after  []float64
	point, lo, hi float64
}

// Plot draws it.
func (h *shares) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	area := []vg.Point{{X: tx(h.edges[0][0]), Y: ty(0)}}
	var stairs []vg.Point
	for k, e := range h.edges {
		area = append(area, vg.Point{X: tx(e[0]), Y: ty(h.prior[k])}, vg.Point{X: tx(e[1]), Y: ty(h.prior[k])})
		if !math.IsNaN(h.after[k]) {
			stairs = append(stairs, vg.Point{X: tx(e[0]), Y: ty(h.after[k])}, vg.Point{X: tx(e[1]), Y: ty(h.after[k])})
		}
	}
	area = append(area, vg.Point{X: tx(h.edges[len(h.edges)-1][1]), Y: ty(0)})
	c.FillPolygon(rule, area)
	if len(stairs) > 0 {
		c.FillPolygon(faint(blue, .15), append(append([]vg.Point{{X: stairs[0].X, Y: ty(0)}}, stairs...), vg.Point{X: stairs[len(stairs)-1].X, Y: ty(0)}))
		c.StrokeLines(draw.LineStyle{Color: blue, Width: 1.3}, stairs)
	}
	if h.lo <= h.hi {
		c.StrokeLine2(draw.LineStyle{Color: blue, Width: 2.4}, tx(math.Max(h.lo, p.X.Min)), ty(0)+1.5, tx(math.Min(h.hi, p.X.Max)), ty(0)+1.5)
	}
	if h.point >= p.X.Min && h.point <= p.X.Max {
		c.StrokeLine2(draw.LineStyle{Color: vermillion, Width: 1.1, Dashes: []vg.Length{3, 2}}, tx(h.point), c.Min.Y, tx(h.point), c.Max.Y)
	}
}

// fitted draws how far each target is off, in its tolerances, with the runs of the second look.
func (f *folder) fitted() (*sheet, error) {
	t, err := f.table(fitTable)
	if err != nil {
		return nil, err
	}
	var names []string
	panel := barPanel{head: f.say("fit.axis"), lo: -1.5, hi: 1.5}
	near, of := 0, 0
	n := t.number
	for i, name := range t.word["target"] {
		name = text.Reading(f.lang, name, f.ofScenario)
		off := func(v float64) float64 { return (v - n["wanted"][i]) / n["tolerance"][i] }
		x := fit{n["off"][i], off(n["lo"][i]), off(n["hi"][i])}
		if math.IsNaN(x.value) {
			continue
		}
		tone, shape := blue, disc
		if t.word["held_out"][i] == "yes" || n["weight"][i] == 0 {
			tone, shape = grey, square
			name += " " + f.say("fit.held")
		} else if of++; math.Abs(x.value) <= 1 {
			near++
		} else {
			tone = vermillion
		}
		panel.rows, names = append(panel.rows, []bar{{x, tone, shape}}), append(names, name)
		for _, v := range []float64{x.value, x.lo, x.hi} {
			if !math.IsNaN(v) {
				panel.lo, panel.hi = math.Max(math.Min(panel.lo, v), -8), math.Min(math.Max(panel.hi, v), 8)
			}
		}
	}
	if len(names) == 0 {
		return nil, skip(f.say("note.empty", fitTable))
	}
	title := f.say("title.fit", f.num(float64(near), 0), f.num(float64(of), 0))
	high := barPitch * vg.Length(len(names))
	return &sheet{
		title: title, sub: f.say("sub.fit", f.title), height: high + 48,
		paint: func(c draw.Canvas) {
			const labels vg.Length = 210
			s := style(noteSize, black, false)
			box := vg.Rectangle{Min: vg.Point{X: c.Min.X + labels, Y: c.Max.Y - 20 - high}, Max: vg.Point{X: c.Max.X - 12, Y: c.Max.Y - 20}}
			for k, name := range names {
				beside(c, right(s), vg.Point{X: box.Min.X - 6, Y: box.Max.Y - barPitch*(vg.Length(k)+.5)}, shorten(s, name, labels-8))
			}
			ch := f.newChart(panel.head)
			ch.Y.Tick.Marker = evenTicks{n: 1, lang: f.lang}
			ch.Y.Tick.Label.Color, ch.Y.Tick.Label.Font.Size = white, 1
			ch.Y.Min, ch.Y.Max = 0, float64(len(names))
			ch.X.Min, ch.X.Max = snap(panel.lo, panel.hi, 6)
			ch.X.Tick.Marker = evenTicks{n: 6, lang: f.lang}
			ch.Add(tolerated{}, verticals{}, swings(panel.rows))
			ch.drawIn(c, box)
		},
	}, nil
}

// tolerated is the band within one tolerance.
type tolerated struct{}

// Plot fills it.
func (tolerated) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, _ := p.Transforms(&c)
	c.FillPolygon(usual, []vg.Point{{X: tx(-1), Y: c.Min.Y}, {X: tx(1), Y: c.Min.Y}, {X: tx(1), Y: c.Max.Y}, {X: tx(-1), Y: c.Max.Y}})
}
