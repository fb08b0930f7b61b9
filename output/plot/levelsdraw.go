package plot

import (
	"image/color"
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sizes of figures of levels, in points: numbers left of a row, gap between panels, what lies above and below a panel, its height, and
// the key of the policies.
const (
	levelLeft  vg.Length = 40
	levelGap   vg.Length = 18
	levelAbove vg.Length = 20
	levelBelow vg.Length = 36
	levelHigh  vg.Length = 120
	levelKey   vg.Length = 16
)

// levelSheet is the figure of an outcome.
func (f *folder) levelSheet(x *levelFigure) *sheet {
	intervals := f.say("levels.single")
	switch x.over {
	case "seeds":
		intervals = f.say("levels.seeds", f.num(x.n, 0))
	case "points":
		intervals = f.say("levels.points")
	}
	sub := f.say("sub.levels", f.title, intervals)
	for _, y := range x.factors {
		if dots := len(y.lines[0].dots); dots > 0 {
			all := 0.0
			for _, m := range y.lines[0].marks {
				all += m.points
			}
			sub = f.say("levels.dots", sub, f.num(float64(dots), 0), f.num(all, 0))
			break
		}
	}
	lines := 0
	for _, y := range x.factors {
		lines = max(lines, len(y.lines))
	}
	rows := vg.Length((len(x.factors) + perRow - 1) / perRow)
	high := rows * (levelAbove + levelHigh + levelBelow)
	if lines > 1 {
		high += levelKey
	}
	return &sheet{title: f.levelTitle(x), sub: sub, height: high, paint: func(c draw.Canvas) { f.drawLevels(c, x, lines > 1) }}
}

// drawLevels draws a panel a factor, all on one scale upwards, so that what moves more looks it.
func (f *folder) drawLevels(c draw.Canvas, x *levelFigure, keyed bool) {
	if keyed {
		f.levelsKey(c, x)
		c.Max.Y -= levelKey
	}
	head := f.named("column.", x.metric)
	if unit := f.heatUnit(x.metric); unit != "" && x.metric != "jobs" { // which are counted in jobs
		head = f.say("unit.in", head, unit)
	}
	var values []float64
	for _, y := range x.factors {
		for _, l := range y.lines {
			for _, m := range l.marks {
				values = append(values, m.value, m.lo, m.hi)
			}
			for _, d := range l.dots {
				values = append(values, d[1])
			}
		}
	}
	columns := min(perRow, len(x.factors))
	wide := (c.Max.X - c.Min.X - levelLeft - levelGap*vg.Length(columns-1) - 6) / vg.Length(columns)
	for k, y := range x.factors {
		column, row := vg.Length(k%columns), vg.Length(k/columns)
		left := c.Min.X + levelLeft + column*(wide+levelGap)
		top := c.Max.Y - levelAbove - row*(levelAbove+levelHigh+levelBelow)
		ch := f.levelChart(y, wide)
		ch.upwards(false, values)
		if column == 0 {
			ch.head = head
		} else {
			ch.Y.Tick.Label.Color, ch.Y.Tick.Label.Font.Size = white, 1
		}
		ch.drawIn(c, vg.Rectangle{Min: vg.Point{X: left, Y: top - levelHigh}, Max: vg.Point{X: left + wide, Y: top}})
	}
}

// levelChart is the panel of a factor.
func (f *folder) levelChart(y *levelFactor, wide vg.Length) *chart {
	ch := f.newChart("")
	ch.X.Label.Text = shortenPath(ch.X.Label.TextStyle, f.ofFactor(y.name), wide+levelGap-4)
	joined := true
	if y.cut {
		f.across(ch, y)
	} else {
		levels := y.levels()
		ch.X.Min, ch.X.Max = -.6, float64(len(levels))-.4
		names := make([]string, len(levels))
		note := style(noteSize, grey, false)
		widest := vg.Length(0)
		for k, level := range levels {
			if _, _, number := plain(level); !number {
				joined = false
			}
			names[k] = f.short(level)
			widest = max(widest, note.Width(names[k])+6)
		}
		pitch := wide / vg.Length(float64(len(levels))+.2)
		step := stride(len(levels), pitch, min(widest, 48))
		var marks namedTicks
		for k := 0; k < len(levels); k += step {
			marks = append(marks, gonum.Tick{Value: float64(k), Label: shorten(note, names[k], pitch*vg.Length(step)-3)})
		}
		ch.X.Tick.Marker = marks
	}
	ch.Add(rules{}, levelPanel{y, joined})
	return ch
}

// namedTicks are marks that are given.
type namedTicks []gonum.Tick

// Ticks returns those between lo and hi, which are all.
func (t namedTicks) Ticks(_, _ float64) []gonum.Tick { return t }

// across sets the axis of a factor whose values are cut into bins: by logarithms where half of the points lie nearer to the middle then.
func (f *folder) across(ch *chart, y *levelFactor) {
	var values []float64
	for _, l := range y.lines {
		for _, d := range l.dots {
			values = append(values, d[0])
		}
		for _, m := range l.marks {
			values = append(values, m.at)
		}
	}
	lo, hi := extent(values)
	pad := .04 * (hi - lo)
	ch.X.Min, ch.X.Max = lo-pad, hi+pad
	ch.X.Tick.Marker = evenTicks{n: 4, lang: f.lang}
	marks := y.lines[0].marks
	middle := marks[len(marks)/2].at
	if lo > 0 && hi > 10*lo && math.Abs(math.Log(middle/lo)/math.Log(hi/lo)-.5) < math.Abs((middle-lo)/(hi-lo)-.5) {
		ch.X.Scale = gonum.LogScale{}
		ch.X.Min, ch.X.Max = lo/math.Pow(hi/lo, .04), hi*math.Pow(hi/lo, .04)
		ch.X.Tick.Marker = logTicks{lang: f.lang}
	}
}

// levelLook is how the line of a policy looks.
func levelLook(k int) (color.NRGBA, form) {
	return hues[k%len(hues)], form(k % int(forms))
}

// levelPanel draws the lines of a factor.
type levelPanel struct {
	*levelFactor
	joined bool // levels are numbers: a line leads from one to the next
}

// Plot draws the points first, then means with their intervals; lines stand beside each other where levels are few.
func (p levelPanel) Plot(c draw.Canvas, plot *gonum.Plot) {
	tx, ty := plot.Transforms(&c)
	for k, l := range p.lines {
		hue, _ := levelLook(k)
		for _, d := range l.dots {
			c.DrawGlyph(draw.GlyphStyle{Color: faint(hue, .3), Radius: 1.1, Shape: draw.CircleGlyph{}}, vg.Point{X: tx(d[0]), Y: ty(d[1])})
		}
	}
	for k, l := range p.lines {
		hue, shape := levelLook(k)
		beside := vg.Length(0)
		if !p.cut {
			beside = 5 * (vg.Length(k) - vg.Length(len(p.lines)-1)/2)
		}
		var way []vg.Point
		for _, m := range l.marks {
			at := vg.Point{X: tx(m.at) + beside, Y: ty(m.value)}
			way = append(way, at)
			if m.lo <= m.hi {
				c.StrokeLine2(draw.LineStyle{Color: hue, Width: 1}, at.X, ty(m.lo), at.X, ty(m.hi))
			}
		}
		if p.joined && len(way) > 1 {
			c.StrokeLines(draw.LineStyle{Color: faint(hue, .6), Width: .8}, way)
		}
		for _, at := range way {
			mark(c, shape, at, 2.4, hue)
		}
	}
}

// levelsKey names the policies in a row at the top.
func (f *folder) levelsKey(c draw.Canvas, x *levelFigure) {
	s := style(noteSize, black, false)
	at := vg.Point{X: c.Min.X + 4, Y: c.Max.Y - 6}
	widest := x.factors[0].lines
	for _, y := range x.factors {
		if len(y.lines) > len(widest) {
			widest = y.lines
		}
	}
	for k, l := range widest {
		hue, shape := levelLook(k)
		mark(c, shape, at, 2.8, hue)
		name := shorten(s, f.arm(l.policy), 105)
		beside(c, s, vg.Point{X: at.X + 7, Y: at.Y}, name)
		at.X += 7 + s.Width(name) + 18
	}
}
