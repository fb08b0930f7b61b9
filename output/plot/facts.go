package plot

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// factsTable holds what a validation has found.
const factsTable = "facts.csv"

// fact is a row of facts.csv that has a band and a value.
type fact struct {
	id, name, role string
	value, lo, hi  float64
	band           [2]float64
	in             bool
}

// facts draws every statistic on the scale of its own band, with its interval over seeds: a forest in which the shaded
// column is where published values lie. Facts without a band are in the table alone.
func (f *folder) facts() (*sheet, error) {
	t, err := f.table(factsTable)
	if err != nil {
		return nil, err
	}
	var all []fact
	in, held, inHeld, seeds, tick := 0, 0, 0, 0.0, 0.0
	for i := range t.rows {
		x := fact{
			id: t.word["id"][i], role: t.word["role"][i], value: t.number["value"][i], lo: t.number["lo"][i], hi: t.number["hi"][i],
			band: [2]float64{t.number["band_lo"][i], t.number["band_hi"][i]}, in: t.word["verdict"][i] == "in band",
		}
		if math.IsNaN(x.value) || math.IsNaN(x.band[0]) || math.IsNaN(x.band[1]) {
			continue
		}
		x.name = f.named("fact.", x.id)
		if x.name == x.id {
			x.name = t.word["statistic"][i]
		}
		if x.in {
			in++
		}
		if x.role == "held_out" {
			held++
			if x.in {
				inHeld++
			}
		}
		seeds, tick = max(seeds, t.number["seeds"][i]), t.number["tick"][i]
		all = append(all, x)
	}
	if len(all) == 0 {
		return nil, skip(f.say("note.empty", factsTable))
	}
	title := f.say("title.facts", f.num(float64(in), 0), f.num(float64(len(all)), 0), f.num(float64(inHeld), 0), f.num(float64(held), 0))
	return &sheet{
		title: title, sub: f.say("sub.facts", f.num(seeds, 0), f.num(tick*f.tickYears, 0)),
		height: factPitch*vg.Length(len(all)+1) + 34,
		paint:  func(c draw.Canvas) { f.drawFacts(c, all) },
	}, nil
}

// Sizes of the forest: height of a row, width of the names and of the numbers.
const (
	factPitch   vg.Length = 15
	factNames   vg.Length = 186
	factNumbers vg.Length = 172
)

// drawFacts draws the rows, then the key.
func (f *folder) drawFacts(c draw.Canvas, all []fact) {
	west, east := c.Min.X+factNames, c.Max.X-factNumbers
	across := func(at float64) vg.Point { return vg.Point{X: west + (east-west)*vg.Length((at+1)/3)} } // from -1 to 2
	top := c.Max.Y - factPitch
	bottom := top - factPitch*vg.Length(len(all))
	c.FillPolygon(usual, []vg.Point{{X: across(0).X, Y: top}, {X: across(1).X, Y: top}, {X: across(1).X, Y: bottom}, {X: across(0).X, Y: bottom}})
	head := style(noteSize, grey, false)
	beside(c, centred(head), vg.Point{X: across(.5).X, Y: top + factPitch/2}, f.say("facts.band"))
	beside(c, head, vg.Point{X: east + 8, Y: top + factPitch/2}, f.say("facts.value"))
	beside(c, right(head), vg.Point{X: c.Max.X, Y: top + factPitch/2}, f.say("facts.wanted"))
	for k, x := range all {
		y := top - factPitch*(vg.Length(k)+.5)
		name := style(labelSize, black, x.role == "held_out")
		beside(c, name, vg.Point{X: c.Min.X, Y: y}, shorten(name, x.id+"  "+x.name, factNames-6))
		c.StrokeLine2(draw.LineStyle{Color: rule, Width: .5}, west, y, east, y)
		f.drawFact(c, &x, y, func(at float64) vg.Length { return across(at).X })
		tone := black
		if !x.in {
			tone = vermillion
		}
		words := f.digits(x.value)
		if !math.IsNaN(x.lo) {
			words = f.say("facts.interval", words, f.digits(x.lo), f.digits(x.hi))
		}
		beside(c, style(noteSize, tone, false), vg.Point{X: east + 8, Y: y}, words)
		beside(c, right(style(noteSize, grey, false)), vg.Point{X: c.Max.X, Y: y}, f.span(x.band))
	}
	f.factKey(c, bottom-11)
}

// drawFact draws one row: a dot for a fact that was held out, a square for one that was calibrated, a triangle for one that was to be if others allow, blue in its band and
// vermillion outside; what lies beyond the axis ends in an arrow.
func (f *folder) drawFact(c draw.Canvas, x *fact, y vg.Length, across func(float64) vg.Length) {
	tone := blue
	if !x.in {
		tone = vermillion
	}
	at := func(v float64) float64 { return math.Min(math.Max(x.place(v), -1), 2) }
	if x.band[0] == x.band[1] {
		c.StrokeLine2(draw.LineStyle{Color: black, Width: 1.5}, across(.5), y-5, across(.5), y+5)
	}
	if x.lo <= x.hi {
		c.StrokeLine2(draw.LineStyle{Color: tone, Width: 1.2}, across(at(x.lo)), y, across(at(x.hi)), y)
		for _, v := range [...]float64{x.lo, x.hi} {
			arrow(c, tone, x.place(v), y, across)
		}
	}
	arrow(c, tone, x.place(x.value), y, across)
	if p := x.place(x.value); p >= -1 && p <= 2 {
		mark := draw.GlyphStyle{Color: tone, Radius: 3, Shape: draw.CircleGlyph{}}
		switch x.role {
		case "calibrated":
			mark.Shape = draw.BoxGlyph{}
		case "conditional":
			mark.Shape = draw.PyramidGlyph{}
		}
		c.DrawGlyph(mark, vg.Point{X: across(p), Y: y})
	}
}

// arrow points to a value beyond the axis; it draws nothing for one on it.
func arrow(c draw.Canvas, tone color.Color, at float64, y vg.Length, across func(float64) vg.Length) {
	tip, back := across(2), across(2)-6
	if at < -1 {
		tip, back = across(-1), across(-1)+6
	} else if at <= 2 {
		return
	}
	c.FillPolygon(tone, []vg.Point{{X: tip, Y: y}, {X: back, Y: y + 3}, {X: back, Y: y - 3}})
}

// wide is the ratio of a band's ends from which it is drawn on a logarithmic scale.
const wide = 10

// place is where a value lies on the scale of the band, 0 at its lower end and 1 at its upper; of a band that is one number
// the number lies at 1/2 and the unit is 1.
func (x *fact) place(v float64) float64 {
	lo, hi := x.band[0], x.band[1]
	switch {
	case lo == hi:
		return .5 + v - lo
	case lo > 0 && hi >= wide*lo:
		return math.Log(math.Max(v, 0)/lo) / math.Log(hi/lo)
	case hi < 0 && lo <= wide*hi:
		return 1 - math.Log(math.Max(-v, 0)/-hi)/math.Log(lo/hi)
	}
	return (v - lo) / (hi - lo)
}

// digits writes a number with about three digits that count.
func (f *folder) digits(v float64) string {
	switch a := math.Abs(v); {
	case v == math.Trunc(v) || a >= 100:
		return f.num(v, 0)
	case a >= 10:
		return f.num(v, 1)
	case a >= 1:
		return f.num(v, 2)
	}
	return f.num(v, 3)
}

// span writes a band.
func (f *folder) span(band [2]float64) string {
	if band[0] == band[1] {
		return f.digits(band[0])
	}
	return f.say("facts.span", f.digits(band[0]), f.digits(band[1]))
}

// factKey says what the marks mean.
func (f *folder) factKey(c draw.Canvas, y vg.Length) {
	s := style(noteSize, grey, false)
	at := c.Min.X + 4
	for _, k := range []struct {
		shape draw.GlyphDrawer
		color color.Color
		key   string
	}{
		{draw.CircleGlyph{}, grey, "facts.held"}, {draw.BoxGlyph{}, grey, "facts.calibrated"}, {draw.PyramidGlyph{}, grey, "facts.conditional"},
		{draw.CircleGlyph{}, blue, "facts.in"}, {draw.CircleGlyph{}, vermillion, "facts.out"},
	} {
		c.DrawGlyph(draw.GlyphStyle{Color: k.color, Radius: 3, Shape: k.shape}, vg.Point{X: at, Y: y})
		words := f.say(k.key)
		beside(c, s, vg.Point{X: at + 7, Y: y}, words)
		at += 7 + s.Width(words) + 16
	}
	for k, line := range wrap(s, f.say("facts.scale"), c.Max.X-c.Min.X) {
		beside(c, s, vg.Point{X: c.Min.X, Y: y - 12 - 10*vg.Length(k)}, line)
	}
}
