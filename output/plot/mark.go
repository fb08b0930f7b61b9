package plot

import (
	"image/color"
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The marks below draw on a chart's axes. A NaN is a gap: nothing is drawn across it.

// curve is a line through points.
type curve struct {
	x, y  []float64
	color color.Color
	width vg.Length
	dash  []vg.Length
}

// Plot draws the line, cut at the edges of the axes.
func (l curve) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	pen := draw.LineStyle{Color: l.color, Width: l.width, Dashes: l.dash}
	var run []vg.Point
	flush := func() {
		if len(run) > 1 {
			c.StrokeLines(pen, c.ClipLinesXY(run)...)
		}
		run = nil
	}
	for i := range l.x {
		if !drawable(p, l.x[i], l.y[i]) {
			flush()
			continue
		}
		run = append(run, vg.Point{X: tx(l.x[i]), Y: ty(l.y[i])})
	}
	flush()
}

// drawable tells whether a point has a place on the axes: not a gap, and above zero where an axis is logarithmic.
func drawable(p *gonum.Plot, x, y float64) bool {
	if math.IsNaN(x) || math.IsNaN(y) {
		return false
	}
	_, logX := p.X.Scale.(gonum.LogScale)
	_, logY := p.Y.Scale.(gonum.LogScale)
	return (!logX || x > 0) && (!logY || y > 0)
}

// ribbon is the area between two lines over the same x.
type ribbon struct {
	x, lo, hi []float64
	color     color.Color
}

// Plot fills the area, cut at the edges of the axes.
func (r ribbon) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	for from := 0; from < len(r.x); {
		if math.IsNaN(r.lo[from]) || math.IsNaN(r.hi[from]) {
			from++
			continue
		}
		to := from
		var edge []vg.Point
		for ; to < len(r.x) && !math.IsNaN(r.lo[to]) && !math.IsNaN(r.hi[to]); to++ {
			edge = append(edge, vg.Point{X: tx(r.x[to]), Y: ty(r.hi[to])})
		}
		for i := to - 1; i >= from; i-- {
			edge = append(edge, vg.Point{X: tx(r.x[i]), Y: ty(r.lo[i])})
		}
		if len(edge) > 2 {
			c.FillPolygon(r.color, c.ClipPolygonXY(edge))
		}
		from = to
	}
}

// level is a horizontal band over the whole width, or a line when lo and hi are one.
type level struct {
	lo, hi float64
	color  color.Color
}

// Plot draws the band or the line.
func (l level) Plot(c draw.Canvas, p *gonum.Plot) {
	_, ty := p.Transforms(&c)
	lo, hi := max(ty(l.lo), c.Min.Y), min(ty(l.hi), c.Max.Y)
	if lo > hi {
		return
	}
	if l.lo == l.hi {
		c.StrokeLine2(draw.LineStyle{Color: l.color, Width: .75}, c.Min.X, lo, c.Max.X, lo)
		return
	}
	box := vg.Rectangle{Min: vg.Point{X: c.Min.X, Y: lo}, Max: vg.Point{X: c.Max.X, Y: hi}}
	c.SetColor(l.color)
	c.Fill(box.Path())
}

// rules are the thin lines of the axis' own ticks: horizontal ones, or with both set a net.
type rules struct{ both bool }

// Plot draws the lines.
func (r rules) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	pen := draw.LineStyle{Color: rule, Width: .5}
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		c.StrokeLine2(pen, c.Min.X, ty(t.Value), c.Max.X, ty(t.Value))
	}
	if !r.both {
		return
	}
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		c.StrokeLine2(pen, tx(t.Value), c.Min.Y, tx(t.Value), c.Max.Y)
	}
}

// dots are single points.
type dots struct {
	x, y   []float64
	color  color.Color
	radius vg.Length
	form   draw.GlyphDrawer
}

// Plot draws the points that lie within the axes.
func (d dots) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	glyph := draw.GlyphStyle{Color: d.color, Radius: d.radius, Shape: d.form}
	for i := range d.x {
		if drawable(p, d.x[i], d.y[i]) {
			c.DrawGlyph(glyph, vg.Point{X: tx(d.x[i]), Y: ty(d.y[i])})
		}
	}
}
