package plot

import (
	"image/color"
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// forest draws each policy's effect on each outcome with its interval, when the policy stops and at the end: a chart an outcome,
// a row a policy. A full mark is beyond chance, all that was looked at taken into account; a hollow one is not.
func (f *folder) forest() (*sheet, error) {
	e, err := f.effectTable()
	if err != nil {
		return nil, err
	}
	const pitch, labels, gap, above, below vg.Length = 19, 104, 22, 22, 20
	var charts []*chart
	found, stops := 0, false
	for _, m := range e.metrics {
		if e.as[m] == money || len(charts) == mostOutcomes {
			continue
		}
		ch, beyond, over := f.forestChart(e, m)
		found, stops = found+beyond, stops || over
		charts = append(charts, ch)
	}
	if len(charts) == 0 {
		return nil, skip(f.say("note.empty", "effects.csv"))
	}
	rows := grid(charts)
	high := pitch * vg.Length(len(e.policies))
	title := f.say("title.forest.none")
	if found > 0 {
		title = f.say("title.forest", f.num(float64(found), 0), f.num(float64(len(charts)*len(e.policies)), 0))
	}
	if few := f.tooFew(); few != "" {
		title = few
	}
	return &sheet{
		title: title, sub: f.say("sub.forest", f.title), height: (high+above+below)*vg.Length(len(rows)) + 22,
		paint: func(c draw.Canvas) {
			f.forestKey(c, stops)
			wide := (c.Max.X - c.Min.X - labels - (perRow-1)*gap - 12) / perRow
			y := c.Max.Y - 18
			name := right(style(noteSize, black, false))
			for _, row := range rows {
				box := vg.Rectangle{Min: vg.Point{X: c.Min.X + labels, Y: y - above - high}, Max: vg.Point{Y: y - above}}
				for k, p := range e.policies {
					at := vg.Point{X: box.Min.X - 8, Y: box.Max.Y - pitch*(vg.Length(k)+.5)}
					beside(c, name, at, shorten(name, f.policy(p), labels-10))
				}
				for _, ch := range row {
					box.Max.X = box.Min.X + wide
					ch.head = shorten(style(labelSize, black, true), ch.head, wide+gap-4)
					ch.drawIn(c, box)
					box.Min.X = box.Max.X + gap
				}
				y -= above + high + below
			}
		},
	}, nil
}

// forestChart draws one outcome, counts the policies that move it beyond chance at the end, and tells whether one stops before.
func (f *folder) forestChart(e *effectTable, metric string) (ch *chart, beyond int, stops bool) {
	ch = f.newChart(f.metric(metric, e.as[metric], e.apart(metric)))
	ch.Y.Tick.Marker = evenTicks{n: 1, lang: f.lang}
	ch.Y.Tick.Label.Color, ch.Y.Tick.Label.Font.Size = white, 1
	ch.Y.Min, ch.Y.Max = 0, float64(len(e.policies))
	var marks []whisker
	var all []float64
	for k, p := range e.policies {
		s := e.of[[2]string{metric, p}]
		if s == nil {
			continue
		}
		level := float64(len(e.policies)-k) - .5
		end := len(s.ticks) - 1
		over := s.lookAt(f.stops(p))
		if over < end {
			stops = true
			marks = append(marks, s.whisker(over, level+.18, orange, draw.SquareGlyph{}, draw.BoxGlyph{}))
			level -= .18
		}
		marks = append(marks, s.whisker(end, level, blue, draw.RingGlyph{}, draw.CircleGlyph{}))
		if s.beyondChance(end) {
			beyond++
		}
	}
	for _, m := range marks {
		all = append(all, m.lo, m.mid, m.hi)
	}
	lo, hi := extent(all, []float64{0})
	ch.X.Min, ch.X.Max = snap(lo, hi, 3)
	ch.X.Tick.Marker = evenTicks{n: 3, lang: f.lang}
	ch.Add(verticals{}, whiskers(marks))
	return ch, beyond, stops
}

// forestKey tells what the marks are; those of when a policy stops where there are any.
func (f *folder) forestKey(c draw.Canvas, stops bool) {
	x, y := c.Min.X+4, c.Max.Y-noteSize
	s := style(noteSize, black, false)
	for _, k := range []struct {
		form draw.GlyphDrawer
		hue  color.Color
		text string
	}{
		{draw.BoxGlyph{}, orange, "forest.over"}, {draw.CircleGlyph{}, blue, "forest.end"}, {draw.RingGlyph{}, blue, "forest.chance"},
	} {
		if k.text == "forest.over" && !stops {
			continue
		}
		c.DrawGlyph(draw.GlyphStyle{Color: k.hue, Radius: 2.6, Shape: k.form}, vg.Point{X: x, Y: y + 3})
		c.FillText(s, vg.Point{X: x + 8, Y: y - 1}, f.say(k.text))
		x += 8 + s.Width(f.say(k.text)) + 18
	}
}

// whisker is one estimate with its interval.
type whisker struct {
	mid, lo, hi, level float64
	color              color.Color
	form               draw.GlyphDrawer
}

// whisker marks the effect at the k-th look: full if it is beyond chance, else hollow.
func (e *effect) whisker(k int, level float64, c color.Color, hollow, full draw.GlyphDrawer) whisker {
	w := whisker{e.mid[k], e.lo[k], e.hi[k], level, c, hollow}
	if e.beyondChance(k) {
		w.form = full
	}
	return w
}

// whiskers are estimates with their intervals, one above the other.
type whiskers []whisker

// Plot draws them.
func (ws whiskers) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	for _, w := range ws {
		if math.IsNaN(w.mid) {
			continue
		}
		y := ty(w.level)
		if w.lo <= w.hi {
			c.StrokeLine2(draw.LineStyle{Color: w.color, Width: 1.1}, tx(w.lo), y, tx(w.hi), y)
		}
		at := vg.Point{X: tx(w.mid), Y: y}
		c.DrawGlyph(draw.GlyphStyle{Color: white, Radius: 2.6, Shape: draw.CircleGlyph{}}, at)
		c.DrawGlyph(draw.GlyphStyle{Color: w.color, Radius: 2.6, Shape: w.form}, at)
	}
}
