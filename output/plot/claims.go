package plot

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// claimsTable holds what the tests of claims have found.
const claimsTable = "claims.csv"

// Verdicts, as claims.csv has them.
const (
	claimSupported    = "supported"
	claimContradicted = "contradicted"
	claimNone         = "no effect worth naming"
	claimUndecided    = "undecided"
)

// claimMarks says how a verdict looks: by form as well as by colour.
var claimMarks = []struct {
	verdict, key string
	color        color.Color
	shape        draw.GlyphDrawer
}{
	{claimSupported, "supported", blue, draw.CircleGlyph{}},
	{claimContradicted, "contradicted", vermillion, draw.BoxGlyph{}},
	{claimNone, "none", black, draw.RingGlyph{}},
	{claimUndecided, "undecided", grey, draw.PyramidGlyph{}},
}

// claimRow is a test that was made: its effect in the test's unit and over the smallest effect of interest.
type claimRow struct {
	id, name, unit, verdict string
	counted                 bool
	effect                  [3]float64 // mean, lower and upper end
	relative                [3]float64
}

// claims draws every test that was made as a row of a forest: effect over the smallest effect of interest, turned so that
// what the article expects is on the right; the shaded column is what is too small to name.
func (f *folder) claims() (*sheet, error) {
	t, err := f.table(claimsTable)
	if err != nil {
		return nil, err
	}
	var all []claimRow
	count, counted, pairs := map[string]int{}, 0, 0.0
	n := t.number
	for i := range t.rows {
		x := claimRow{
			id: t.word["test"][i], unit: t.word["unit"][i], verdict: t.word["verdict"][i], counted: t.word["standing"][i] == "counted",
			effect:   [3]float64{n["effect"][i], n["lo"][i], n["hi"][i]},
			relative: [3]float64{n["relative"][i], n["relative_lo"][i], n["relative_hi"][i]},
		}
		if math.IsNaN(x.relative[0]) {
			continue
		}
		if x.name = f.named("claim.", x.id); x.name == x.id {
			x.name = t.word["quote"][i]
		}
		if x.counted {
			count[x.verdict]++
			counted++
		}
		pairs = max(pairs, n["pairs"][i])
		all = append(all, x)
	}
	if len(all) == 0 {
		return nil, skip(f.say("note.empty", claimsTable))
	}
	number := func(k int) string { return f.num(float64(k), 0) }
	return &sheet{
		title:  f.say("title.claims", number(counted), number(count[claimSupported]), number(count[claimContradicted]), number(count[claimNone])),
		sub:    f.say("sub.claims", f.num(pairs, 0)),
		height: claimPitch*vg.Length(len(all)+1) + 52,
		paint:  func(c draw.Canvas) { f.drawClaims(c, all, "claims.") },
	}, nil
}

// Sizes of the forest: height of a row, width of the names and of the numbers, and where the axis ends, in smallest
// effects.
const (
	claimPitch   vg.Length = 14
	claimNames   vg.Length = 190
	claimNumbers vg.Length = 142
	claimEnd               = 5
)

// drawClaims draws the rows, the axis and the key, with the words that begin so.
func (f *folder) drawClaims(c draw.Canvas, all []claimRow, words string) {
	west, east := c.Min.X+claimNames, c.Max.X-claimNumbers
	across := func(at float64) vg.Length { return west + (east-west)*vg.Length((at+claimEnd)/(2*claimEnd)) }
	top := c.Max.Y - claimPitch
	bottom := top - claimPitch*vg.Length(len(all))
	c.FillPolygon(usual, []vg.Point{{X: across(-1), Y: top}, {X: across(1), Y: top}, {X: across(1), Y: bottom}, {X: across(-1), Y: bottom}})
	head := style(noteSize, grey, false)
	beside(c, centred(head), vg.Point{X: across(0), Y: top + claimPitch/2}, f.say(words+"band"))
	beside(c, head, vg.Point{X: east + 10, Y: top + claimPitch/2}, f.say(words+"effect"))
	c.StrokeLine2(draw.LineStyle{Color: grey, Width: .5}, across(0), bottom, across(0), top)
	for k := range all {
		x := &all[k]
		y := top - claimPitch*(vg.Length(k)+.5)
		tone := black
		if !x.counted {
			tone = grey
		}
		name := style(labelSize, tone, false)
		beside(c, name, vg.Point{X: c.Min.X, Y: y}, shorten(name, x.id+"  "+x.name, claimNames-10))
		c.StrokeLine2(draw.LineStyle{Color: rule, Width: .5}, west, y, east, y)
		x.draw(c, y, across)
		beside(c, style(noteSize, tone, false), vg.Point{X: east + 10, Y: y}, f.claimNumber(x, words))
	}
	for at := -claimEnd; at <= claimEnd; at++ {
		c.StrokeLine2(draw.LineStyle{Color: grey, Width: .5}, across(float64(at)), bottom-3, across(float64(at)), bottom)
		beside(c, centred(head), vg.Point{X: across(float64(at)), Y: bottom - 8}, f.num(float64(at), 0))
	}
	beside(c, centred(head), vg.Point{X: across(0), Y: bottom - 19}, f.say(words+"axis"))
	f.claimKey(c, head, bottom-33, words)
}

// draw draws a test's interval and mark; what lies beyond the axis ends in an arrow outside of it, so that no mark near its end is hidden.
func (x *claimRow) draw(c draw.Canvas, y vg.Length, across func(float64) vg.Length) {
	tone, shape := color.Color(grey), draw.GlyphDrawer(draw.PyramidGlyph{})
	for _, m := range claimMarks {
		if m.verdict == x.verdict {
			tone, shape = m.color, m.shape
		}
	}
	at := func(v float64) float64 { return math.Min(math.Max(v, -claimEnd), claimEnd) }
	if x.relative[1] <= x.relative[2] {
		c.StrokeLine2(draw.LineStyle{Color: tone, Width: 1.2}, across(at(x.relative[1])), y, across(at(x.relative[2])), y)
	}
	for _, v := range x.relative {
		if math.Abs(v) > claimEnd {
			end, out := across(at(v)), vg.Length(math.Copysign(6, v))
			c.FillPolygon(tone, []vg.Point{{X: end + out, Y: y}, {X: end, Y: y + 3}, {X: end, Y: y - 3}})
		}
	}
	if v := x.relative[0]; math.Abs(v) <= claimEnd {
		c.DrawGlyph(draw.GlyphStyle{Color: tone, Radius: 3, Shape: shape}, vg.Point{X: across(v), Y: y})
	}
}

// claimNumber writes effect, interval and unit.
func (f *folder) claimNumber(x *claimRow, of string) string {
	unit := x.unit
	switch unit {
	case "points", "years", "ties":
		unit = " " + f.say(of+unit)
	case "1":
		unit = ""
	case "%":
	default: // of another version
		unit = " " + unit
	}
	little := slices.ContainsFunc(x.effect[:], func(v float64) bool { return v != 0 && math.Abs(v) < .01 }) // 0.00 would hide on which side it lies
	digits := func(v float64) string {
		switch a := math.Abs(v); {
		case little && a < 10:
			return f.num(v, 3)
		case a >= 100:
			return f.num(v, 0)
		case a >= 10:
			return f.num(v, 1)
		}
		return f.num(v, 2)
	}
	words := digits(x.effect[0]) + unit
	if !math.IsNaN(x.effect[1]) {
		words = f.say("claims.interval", words, digits(x.effect[1]), digits(x.effect[2]))
	}
	return words
}

// claimKey says what the marks mean.
func (f *folder) claimKey(c draw.Canvas, s draw.TextStyle, y vg.Length, of string) {
	at := c.Min.X + 4
	for _, m := range claimMarks {
		if of == "published." && m.verdict == claimNone {
			continue // a null is as published, or not
		}
		c.DrawGlyph(draw.GlyphStyle{Color: m.color, Radius: 3, Shape: m.shape}, vg.Point{X: at, Y: y})
		words := f.say(of + m.key)
		beside(c, s, vg.Point{X: at + 7, Y: y}, words)
		at += 7 + s.Width(words) + 14
	}
	beside(c, s, vg.Point{X: at, Y: y}, f.say(of+"construction"))
}
