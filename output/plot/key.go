package plot

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// entry is one line of a key: a line or, with mark, a dot.
type entry struct {
	line
	mark bool
}

// key writes a key in one row along the top of a canvas.
func key(c draw.Canvas, entries []entry) {
	const swatch vg.Length = 18
	s := style(noteSize, black, false)
	x, y := c.Min.X, c.Max.Y-noteSize
	for _, e := range entries {
		level := y + 3
		if e.mark {
			c.DrawGlyph(draw.GlyphStyle{Color: e.color, Radius: 2, Shape: draw.CircleGlyph{}}, vg.Point{X: x + swatch/2, Y: level})
		} else {
			c.StrokeLine2(draw.LineStyle{Color: e.color, Width: 1.4, Dashes: e.dash}, x, level, x+swatch, level)
		}
		c.FillText(s, vg.Point{X: x + swatch + 4, Y: y - 1}, e.name)
		x += swatch + 4 + s.Width(e.name) + 16
	}
}
