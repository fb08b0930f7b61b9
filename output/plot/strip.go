package plot

import (
	"image/color"
	"math"
	"slices"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A StripRow is a sample with its mean and the interval of the mean; what does not exist is NaN.
type StripRow struct {
	Label, Note  string
	Values       []float64
	Mean, Lo, Hi float64
	Look         int // of the marks: rows of one look are of one kind
}

// stripForms tell rows apart where colours do not.
var stripForms = []struct {
	hue  color.NRGBA
	form draw.GlyphDrawer
}{
	{blue, draw.CircleGlyph{}}, {vermillion, draw.BoxGlyph{}}, {green, draw.PyramidGlyph{}}, {purple, draw.CircleGlyph{}}, {sky, draw.BoxGlyph{}}, {orange, draw.PyramidGlyph{}},
}

// Strip draws samples as marks side by side, a row each, with means and intervals below them, and gives the figure as SVG. head says
// what the values are and in what unit; with zero, 0 is in view and has a line.
func Strip(lang, title, sub, head string, rows []StripRow, zero bool) ([]byte, error) {
	const pitch, above, below vg.Length = 58, 24, 14
	f := &folder{lang: lang}
	ch := f.newChart(head)
	ch.Y.Tick.Marker = evenTicks{n: 1, lang: lang}
	ch.Y.Tick.Label.Color, ch.Y.Tick.Label.Font.Size = white, 1
	ch.Y.Min, ch.Y.Max = 0, float64(len(rows))
	var all []float64
	for _, r := range rows {
		all = append(append(all, r.Values...), r.Mean, r.Lo, r.Hi)
	}
	lo, hi := extent(all)
	if zero {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	room := (hi - lo) / 50 // no mark is cut at the edge
	ch.X.Min, ch.X.Max = snap(lo-room, hi+room, 6)
	ch.X.Tick.Marker = evenTicks{n: 6, lang: lang}
	if zero {
		ch.Add(belowNames(len(rows)))
	}
	for k, r := range rows {
		floor := float64(len(rows) - 1 - k)
		look := stripForms[r.Look%len(stripForms)]
		ch.Add(dots{x: r.Values, y: stacked(r.Values, floor+.46, .24, (ch.X.Max-ch.X.Min)*.009), color: look.hue, radius: 2.4, form: look.form},
			whiskers{{r.Mean, r.Lo, r.Hi, floor + .1, black, draw.RingGlyph{}}})
	}
	s := &sheet{title: title, sub: sub, height: pitch*vg.Length(len(rows)) + above + below, paint: func(c draw.Canvas) {
		box := vg.Rectangle{Min: vg.Point{X: c.Min.X + 4, Y: c.Max.Y - above - pitch*vg.Length(len(rows))}, Max: vg.Point{X: c.Max.X - 12, Y: c.Max.Y - above}}
		ch.drawIn(c, box)
		for k, r := range rows {
			y := box.Max.Y - pitch*(vg.Length(k)+.12)
			name, note := style(noteSize, black, true), right(style(noteSize, grey, false))
			c.FillText(name, vg.Point{X: box.Min.X + 4, Y: y - 6}, shorten(name, r.Label, (box.Max.X-box.Min.X)*.5))
			c.FillText(note, vg.Point{X: box.Max.X, Y: y - 6}, shorten(note, r.Note, (box.Max.X-box.Min.X)*.5))
		}
	}}
	return s.vector()
}

// belowNames are verticals in so many rows, cut where the name and the numbers of a row stand.
type belowNames int

// Plot draws the lines of each row.
func (n belowNames) Plot(c draw.Canvas, p *gonum.Plot) {
	_, ty := p.Transforms(&c)
	for k := range int(n) {
		row := c
		row.Min.Y, row.Max.Y = ty(float64(k)), ty(float64(k)+.72)
		verticals{}.Plot(row, p)
	}
}

// stacked gives marks heights about a middle, at most so far from it, so that those closer than gap do not hide each other.
func stacked(x []float64, middle, room, gap float64) []float64 {
	order, y := make([]int, len(x)), make([]float64, len(x))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case x[a] < x[b]:
			return -1
		case x[a] > x[b]:
			return 1
		}
		return 0
	})
	const step = .08
	var level []float64 // x of the last mark at each height
	for _, k := range order {
		at := slices.IndexFunc(level, func(last float64) bool { return x[k]-last >= gap })
		if at < 0 {
			at = len(level)
			level = append(level, 0)
		}
		level[at] = x[k]
		up := float64((at + 1) / 2)
		if at%2 == 1 {
			up = -up
		}
		y[k] = middle + math.Max(-room, math.Min(room, step*up))
	}
	return y
}
