package plot

import (
	"image/color"
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sizes of bars: height of a factor's row, width of the names at least and at most.
const (
	barPitch     vg.Length = 18
	barNames     vg.Length = 118
	barNamesMost vg.Length = 180
)

// bar is a number drawn from 0 on, with its interval.
type bar struct {
	fit
	color color.NRGBA
	form  form
}

// barPanel is a column of bars: rows by factor.
type barPanel struct {
	head   string
	lo, hi float64
	rows   [][]bar
}

// barKey says what a bar's colour and mark stand for.
type barKey struct {
	color color.NRGBA
	form  form
	name  string
}

// barSheet lays panels of bars side by side, perRow in a row, the factors' names at the left. Heads take a second line where one of
// them needs it: the mean and the variance of an outcome differ in their last word.
func (f *folder) barSheet(title, sub string, panels []barPanel, names []string, keys []barKey) *sheet {
	rows, columns := (len(panels)+perRow-1)/perRow, min(perRow, len(panels))
	high := barPitch * vg.Length(len(names))
	const below, gap vg.Length = 24, 20
	s, left := style(noteSize, black, false), barNames
	for _, name := range names {
		left = min(max(left, s.Width(name)+9), barNamesMost)
	}
	wide := (pageWidth - 2*margin - left - gap*vg.Length(columns-1) - 12) / vg.Length(columns)
	bold, above := style(labelSize, black, true), vg.Length(20)
	for _, p := range panels {
		if bold.Width(p.head) > wide+gap-4 {
			above = 20 + labelSize + 2
		}
	}
	return &sheet{
		title: title, sub: sub, height: 20 + (high+above+below)*vg.Length(rows),
		paint: func(c draw.Canvas) {
			x := c.Min.X + 4
			for _, k := range keys {
				mark(c, k.form, vg.Point{X: x, Y: c.Max.Y - 5}, 2.8, k.color)
				beside(c, s, vg.Point{X: x + 7, Y: c.Max.Y - 5}, k.name)
				x += 7 + s.Width(k.name) + 18
			}
			y := c.Max.Y - 16
			for r := range rows {
				box := vg.Rectangle{Min: vg.Point{X: c.Min.X + left, Y: y - above - high}, Max: vg.Point{Y: y - above}}
				for k, name := range names {
					beside(c, right(s), vg.Point{X: box.Min.X - 6, Y: box.Max.Y - barPitch*(vg.Length(k)+.5)}, shortenPath(s, name, left-8))
				}
				for _, p := range panels[r*perRow : min((r+1)*perRow, len(panels))] {
					box.Max.X = box.Min.X + wide
					ch := f.newChart("")
					ch.head, ch.under = folded(bold, p.head, wide+gap-4)
					ch.Y.Tick.Marker = evenTicks{n: 1, lang: f.lang}
					ch.Y.Tick.Label.Color, ch.Y.Tick.Label.Font.Size = white, 1
					ch.Y.Min, ch.Y.Max = 0, float64(len(names))
					ch.X.Min, ch.X.Max = snap(p.lo, p.hi, 3)
					ch.X.Tick.Marker = evenTicks{n: 4, lang: f.lang}
					ch.Add(verticals{}, swings(p.rows))
					ch.drawIn(c, box)
					box.Min.X = box.Max.X + gap
				}
				y -= above + high + below
			}
		},
	}
}

// swings draws the rows of a panel from the top.
type swings [][]bar

// Plot draws them.
func (bs swings) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	zero := tx(math.Min(math.Max(0, p.X.Min), p.X.Max))
	within := func(v float64) vg.Length { return tx(math.Min(math.Max(v, p.X.Min), p.X.Max)) }
	for k, row := range bs {
		level := ty(float64(len(bs)-k) - .5)
		for n, b := range row {
			if math.IsNaN(b.value) {
				continue
			}
			y := level
			if len(row) > 1 {
				y += barPitch / 4 * vg.Length(1-2*n)
			}
			half := barPitch / 5.5
			c.FillPolygon(faint(b.color, .35), []vg.Point{{X: zero, Y: y - half}, {X: within(b.value), Y: y - half}, {X: within(b.value), Y: y + half}, {X: zero, Y: y + half}})
			if b.lo <= b.hi {
				c.StrokeLine2(draw.LineStyle{Color: b.color, Width: 1.1}, within(b.lo), y, within(b.hi), y)
			}
			mark(c, b.form, vg.Point{X: within(b.value), Y: y}, 2.4, b.color)
		}
	}
	c.StrokeLine2(draw.LineStyle{Color: grey, Width: .75}, zero, c.Min.Y, zero, c.Max.Y)
}
