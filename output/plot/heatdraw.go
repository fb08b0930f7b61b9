package plot

import (
	"image/color"
	"math"

	"agglo/internal/text"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sizes of heat maps, in points: the colour scale with its gap, the numbers left of a panel, the gap between panels, what lies above and
// below a panel, and the height of a row of cells at its least and most.
const (
	heatBar    vg.Length = 62
	heatLeft   vg.Length = 46
	heatGap    vg.Length = 12
	heatAbove  vg.Length = 18
	heatBelow  vg.Length = 34
	heatLow    vg.Length = 5
	heatHigh   vg.Length = 34
	heatUsual  vg.Length = 230
	heatMarkAt vg.Length = 3
)

// height is that of the figure below its title.
func (h *heatMap) height() vg.Length {
	row := min(max(heatUsual/vg.Length(len(h.ys)), heatLow), heatHigh)
	return row*vg.Length(len(h.ys)) + heatAbove + heatBelow
}

// drawHeat draws a panel a policy on one scale, and the scale.
func (f *folder) drawHeat(c draw.Canvas, h *heatMap) {
	area := c.Rectangle
	area.Min.Y, area.Max.Y = area.Max.Y-h.height()+heatBelow, area.Max.Y-heatAbove
	area.Min.X += heatLeft
	area.Max.X -= heatBar
	n := vg.Length(len(h.policies))
	wide := (area.Max.X - area.Min.X - heatGap*(n-1)) / n
	for k, p := range h.policies {
		box := area
		box.Min.X += vg.Length(k) * (wide + heatGap)
		box.Max.X = box.Min.X + wide
		f.drawPanel(c, h, p, box, k == 0)
	}
	name := style(labelSize, black, false)
	c.FillText(centred(name), vg.Point{X: (area.Min.X + area.Max.X) / 2, Y: area.Min.Y - heatBelow + 5}, f.ofFactor(h.xName))
	c.FillText(name, vg.Point{X: c.Min.X, Y: area.Max.Y + 6}, shortenPath(name, f.ofFactor(h.yName), heatLeft+wide*.6))
	bar := area
	bar.Min.X, bar.Max.X = area.Max.X+16, area.Max.X+26
	f.heatScale(c, h, bar)
}

// tone is the place of a value on the scale of colours.
func (h *heatMap) tone(v float64) float64 {
	if h.hi <= h.lo {
		return .5
	}
	return (v - h.lo) / (h.hi - h.lo)
}

// drawPanel draws the cells of a policy, their numbers where there is room, and the levels along the edges.
func (f *folder) drawPanel(c draw.Canvas, h *heatMap, policy string, box vg.Rectangle, first bool) {
	wide, high := (box.Max.X-box.Min.X)/vg.Length(len(h.xs)), (box.Max.Y-box.Min.Y)/vg.Length(len(h.ys))
	img := newLayer(box)
	cell := func(i, j int) vg.Rectangle {
		at := vg.Point{X: box.Min.X + vg.Length(i)*wide, Y: box.Min.Y + vg.Length(j)*high}
		return vg.Rectangle{Min: at, Max: vg.Point{X: at.X + wide, Y: at.Y + high}}
	}
	value := func(i, j int) float64 {
		if v, known := h.value[[3]string{policy, h.xs[i], h.ys[j]}]; known {
			return v
		}
		return math.NaN()
	}
	for i := range h.xs {
		for j := range h.ys {
			if v := value(i, j); !math.IsNaN(v) {
				img.fill(cell(i, j), shade(h.tone(v)))
			}
		}
	}
	img.lay(c)
	numbered := len(h.xs) <= mostNumbered && len(h.ys) <= 2*mostNumbered && high >= 11
	for i := range h.xs {
		for j := range h.ys {
			v, r := value(i, j), cell(i, j)
			if math.IsNaN(v) {
				c.StrokeLine2(draw.LineStyle{Color: pale, Width: .5}, r.Min.X, r.Min.Y, r.Max.X, r.Max.Y) // no run has a value here
				continue
			}
			ink := color.Color(black)
			if h.tone(v) > .45 {
				ink = white
			}
			s := centred(style(noteSize, ink, false))
			if words := f.heatNumber(v, h); numbered && s.Width(words) < wide-2 {
				beside(c, s, vg.Point{X: (r.Min.X + r.Max.X) / 2, Y: (r.Min.Y + r.Max.Y) / 2}, words)
			}
		}
	}
	note := style(noteSize, grey, false)
	for i := 0; i < len(h.xs); i += stride(len(h.xs), wide, 30) {
		x := box.Min.X + (vg.Length(i)+.5)*wide
		c.StrokeLine2(draw.LineStyle{Color: grey, Width: .5}, x, box.Min.Y-heatMarkAt, x, box.Min.Y)
		c.FillText(centred(note), vg.Point{X: x, Y: box.Min.Y - heatMarkAt - noteSize - 2}, shorten(note, f.level(h.xs[i]), max(wide*1.6, 28)))
	}
	if first {
		for j := 0; j < len(h.ys); j += stride(len(h.ys), high, 10) {
			y := box.Min.Y + (vg.Length(j)+.5)*high
			c.StrokeLine2(draw.LineStyle{Color: grey, Width: .5}, box.Min.X-heatMarkAt, y, box.Min.X, y)
			beside(c, right(note), vg.Point{X: box.Min.X - heatMarkAt - 2, Y: y}, shorten(note, f.level(h.ys[j]), heatLeft-6))
		}
	}
	if len(h.policies) > 1 {
		head := style(labelSize, black, true)
		c.FillText(right(head), vg.Point{X: box.Max.X, Y: box.Max.Y + 6}, shorten(head, f.arm(policy), box.Max.X-box.Min.X))
	}
}

// stride is the step between levels that are written, so that words do not meet.
func stride(levels int, pitch, least vg.Length) int {
	step := 1
	for step < levels && vg.Length(step)*pitch < least {
		step++
	}
	return step
}

// level writes a level of a factor: a number in the figure's language.
func (f *folder) level(text string) string {
	if v, d, yes := plain(text); yes {
		return f.num(v, d)
	}
	return f.named("", text)
}

// heatScale draws the scale of colours with round marks.
func (f *folder) heatScale(c draw.Canvas, h *heatMap, box vg.Rectangle) {
	shades(c, box)
	note := style(noteSize, grey, false)
	lo, hi := h.lo, h.hi
	if hi <= lo {
		beside(c, note, vg.Point{X: box.Max.X + 6, Y: (box.Min.Y + box.Max.Y) / 2}, f.heatNumber(lo, h))
	} else {
		for _, t := range (evenTicks{n: 5, lang: f.lang}).Ticks(lo, hi) {
			y := box.Min.Y + (box.Max.Y-box.Min.Y)*vg.Length(h.tone(t.Value))
			c.StrokeLine2(draw.LineStyle{Color: grey, Width: .75}, box.Max.X, y, box.Max.X+3, y)
			beside(c, note, vg.Point{X: box.Max.X + 6, Y: y}, t.Label)
		}
	}
}

// ofFactor is the name of a factor on an axis, with its unit.
func (f *folder) ofFactor(name string) string {
	unit := f.told(name)
	if unit == "" {
		return name
	}
	words := f.say("unit.people")
	if unit != "workers" { // of outcomes those are jobs
		words, _ = text.Unit(f.lang, unit, 0)
	}
	return f.say("unit.in", name, words)
}

// heatUnit writes the unit of a metric, from the dictionary.
func (f *folder) heatUnit(metric string) string {
	words, _ := text.Unit(f.lang, f.told(metric), 0)
	return words
}

// told is the unit that the dictionary tells of a metric or a factor; empty for a pure number.
func (f *folder) told(name string) string {
	t, err := f.table("dictionary.csv")
	if err != nil {
		return ""
	}
	for i, c := range t.word["column"] {
		if unit := t.word["unit"][i]; c == name && unit != "" && unit != "1" && unit != "the parameter's" {
			return unit
		}
	}
	return ""
}
