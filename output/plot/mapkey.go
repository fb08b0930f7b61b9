package plot

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mapKey writes the key of a map of firms: sectors with their share of jobs, sizes, and what the lines are.
func (f *folder) mapKey(c draw.Canvas, m *firmMap, r func(float64) vg.Length, ties int) {
	const step vg.Length = 14
	head, body := style(noteSize, black, true), style(noteSize, black, false)
	wide := c.Max.X - c.Min.X
	y := c.Max.Y - step
	for _, l := range wrap(head, f.say("map.sector"), wide) {
		c.FillText(head, vg.Point{X: c.Min.X, Y: y}, l)
		y -= step - 3
	}
	y -= 3
	for _, l := range m.looks {
		share := f.num(100*l.share, 0) + "%"
		room := wide - 13 - body.Width("100%") - 4
		mark(c, l.form, vg.Point{X: c.Min.X + 4, Y: y + 3.6}, 3, l.color)
		c.FillText(right(body), vg.Point{X: c.Max.X, Y: y}, share)
		lines := wrap(body, l.name, room)
		if len(lines) > 2 {
			lines = []string{lines[0], lines[1] + "…"}
		}
		for _, part := range lines {
			c.FillText(body, vg.Point{X: c.Min.X + 13, Y: y}, shorten(body, part, room))
			y -= noteSize + 2
		}
		y -= step - noteSize - 2
	}
	y -= 8
	c.FillText(head, vg.Point{X: c.Min.X, Y: y}, f.say("map.size"))
	most := 0.0
	for _, j := range m.jobs {
		most = max(most, j)
	}
	for _, jobs := range []float64{1, 10, 100, 1000, 10000} {
		if jobs > max(most, 1) {
			break
		}
		size := r(jobs)
		y -= max(step, 2*size+4)/2 + step/2 - 3
		mark(c, disc, vg.Point{X: c.Min.X + 11, Y: y + 3.6}, size, faint(grey, .8))
		c.FillText(body, vg.Point{X: c.Min.X + 28, Y: y}, f.num(jobs, 0))
		y -= max(0, 2*size+4-step) / 2
	}
	if ties > 0 {
		y -= step + 10
		for k, l := range wrap(body, f.say("map.ties", f.num(float64(ties), 0)), wide-22) {
			if k == 0 {
				c.StrokeLine2(draw.LineStyle{Color: grey, Width: .8}, c.Min.X, y+3.6, c.Min.X+16, y+3.6)
			}
			c.FillText(body, vg.Point{X: c.Min.X + 22, Y: y}, l)
			y -= noteSize + 2
		}
	}
}
