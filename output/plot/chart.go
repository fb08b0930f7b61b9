package plot

import (
	"image/color"
	"math"
	"slices"
	"strings"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// chart is one pair of axes: a head line that says what the vertical axis counts and in what unit, marks, and names at
// the right end of the lines, which are read faster than a key.
type chart struct {
	*gonum.Plot
	head  string
	folds bool   // whether a head that is too long goes on in a second line
	under string // that line
	top   string // the name of a whole column, above its first chart
	ends  []ending
}

// ending is the name of a line, set beside its last point.
type ending struct {
	y     float64 // on the vertical axis
	name  string
	color color.Color
}

// newChart returns empty axes in the program's style: years across, round steps upwards.
func (f *folder) newChart(head string) *chart {
	p := gonum.New()
	p.BackgroundColor = nil
	for _, axis := range []*gonum.Axis{&p.X, &p.Y} {
		axis.Padding = 0
		axis.LineStyle = draw.LineStyle{Color: grey, Width: .75}
		axis.Tick.LineStyle = axis.LineStyle
		axis.Tick.Length = 2.5
		axis.Label.TextStyle = centred(style(labelSize, black, false))
		axis.Label.Padding = 3
	}
	p.X.Tick.Label = centred(style(noteSize, grey, false))
	p.X.Tick.Label.YAlign = draw.YTop
	p.X.Tick.Length = 4.5 // keeps the first year clear of the lowest number beside it
	p.X.Tick.Marker = yearTicks{6}
	p.Y.Tick.Label = middle(right(style(noteSize, grey, false)))
	p.Y.Tick.Marker = evenTicks{n: 5, lang: f.lang}
	p.Y.LineStyle.Width, p.Y.Tick.LineStyle.Width = 0, 0
	p.Y.Padding = 3
	return &chart{Plot: p, head: head}
}

// across sets the years that the horizontal axis spans.
func (ch *chart) across(years []float64) {
	ch.X.Min, ch.X.Max = extent(years)
	if ch.X.Max <= ch.X.Min {
		ch.X.Max = ch.X.Min + 1
	}
}

// upwards sets the vertical axis to whole steps around all values; zero is kept in view when it is near or asked for.
func (ch *chart) upwards(zero bool, values ...[]float64) {
	lo, hi := extent(values...)
	if zero || (lo > 0 && lo < .4*hi) {
		lo, hi = math.Min(lo, 0), math.Max(hi, 0)
	}
	n := 5
	if even, ok := ch.Y.Tick.Marker.(evenTicks); ok {
		n = even.n
	}
	ch.Y.Min, ch.Y.Max = snap(lo, hi, n)
}

// extent returns the least and the greatest of all values that are not gaps; 0 and 1 when there are none.
func extent(values ...[]float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, vs := range values {
		for _, v := range vs {
			if !math.IsNaN(v) {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
	}
	if lo > hi {
		return 0, 1
	}
	return lo, hi
}

// end names a line at its last value.
func (ch *chart) end(name string, y []float64, c color.Color) {
	for i := len(y) - 1; i >= 0; i-- {
		if !math.IsNaN(y[i]) {
			ch.ends = append(ch.ends, ending{y[i], name, c})
			return
		}
	}
}

// room returns the width that stands out at the right: names of lines and the last mark's label.
func (ch *chart) room() vg.Length {
	w := vg.Length(0)
	if marks := ch.X.Tick.Marker.Ticks(ch.X.Min, ch.X.Max); len(marks) > 0 {
		w = max(w, ch.X.Tick.Label.Width(marks[len(marks)-1].Label)/2)
	}
	for _, e := range ch.ends {
		w = max(w, style(noteSize, black, false).Width(e.name)+5)
	}
	return w
}

// insets returns how far the data area lies inside a canvas, left and below.
func (ch *chart) insets(c draw.Canvas) (left, bottom vg.Length) {
	in := ch.DataCanvas(c)
	return in.Min.X - c.Min.X, in.Min.Y - c.Min.Y
}

// drawIn draws the axes so that their data area is the given box, whatever the labels take.
func (ch *chart) drawIn(c draw.Canvas, box vg.Rectangle) {
	c.Rectangle = box
	c.Min.Y -= 60 // begin with room for the labels: a box lower than they are would turn the data area upside down
	for range 4 { // the room for labels depends on the size a little: a few rounds settle it
		in := ch.DataCanvas(c)
		c.Min.X += box.Min.X - in.Min.X
		c.Max.X += box.Max.X - in.Max.X
		c.Min.Y += box.Min.Y - in.Min.Y
		c.Max.Y += box.Max.Y - in.Max.Y
	}
	ch.Draw(c)
	bold := style(labelSize, black, true)
	head := vg.Point{X: box.Min.X, Y: box.Max.Y + 6}
	if ch.under != "" {
		c.FillText(bold, head, ch.under)
		head.Y += labelSize + 2
	}
	c.FillText(bold, head, ch.head)
	bold.Color = blue
	c.FillText(bold, vg.Point{X: box.Min.X, Y: box.Max.Y + 20}, ch.top)
	at := make([]vg.Length, len(ch.ends))
	for i, e := range ch.ends {
		at[i] = box.Min.Y + vg.Length(ch.Y.Norm(e.y))*(box.Max.Y-box.Min.Y)
	}
	at = apart(at, noteSize+1, box.Min.Y, box.Max.Y)
	for i, e := range ch.ends {
		beside(c, style(noteSize, e.color, false), vg.Point{X: box.Max.X + 5, Y: at[i]}, e.name)
	}
}

// apart moves positions away from each other until neighbours are at least gap apart and all lie within lo and hi,
// keeping their order and, as far as that goes, their places.
func apart(at []vg.Length, gap, lo, hi vg.Length) []vg.Length {
	order := make([]int, len(at))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case at[a] < at[b]:
			return -1
		case at[a] > at[b]:
			return 1
		}
		return 0
	})
	out := slices.Clone(at)
	for range 50 {
		for k := 1; k < len(order); k++ {
			a, b := order[k-1], order[k]
			if short := gap - (out[b] - out[a]); short > 0 {
				out[a] -= short / 2
				out[b] += short / 2
			}
		}
		if n := len(order); n > 0 {
			out[order[0]] = max(out[order[0]], lo)
			out[order[n-1]] = min(out[order[n-1]], hi)
		}
	}
	return out
}

// lay draws charts in rows and columns with their data areas aligned, and writes under the last row what runs across.
func lay(c draw.Canvas, rows [][]*chart, across string) {
	const between vg.Length = 12
	above := make([]vg.Length, len(rows))
	columns := len(rows[0])
	left, rightRoom := make([]vg.Length, columns), make([]vg.Length, columns)
	bottom := make([]vg.Length, len(rows))
	for r, row := range rows {
		for k, ch := range row {
			below := r+1 < len(rows) && k < len(rows[r+1])
			if below { // the labels stand under the last row
				ch.X.Tick.Marker, ch.X.Tick.Label.Font.Size = mute{ch.X.Tick.Marker}, 1
			} else {
				ch.X.Label.Text = across
			}
			l, b := ch.insets(c)
			left[k], bottom[r] = max(left[k], l), max(bottom[r], b)
			rightRoom[k] = max(rightRoom[k], ch.room())
		}
	}
	size := c.Size()
	wide := size.X - between*vg.Length(columns-1)
	for k := range columns {
		wide -= left[k] + rightRoom[k]
	}
	wide /= vg.Length(columns)
	high := size.Y - 8*vg.Length(len(rows)-1)
	for r, row := range rows {
		above[r] = overRow(row, func(k int) vg.Length {
			if k+1 < len(row) { // up to the axes of the next column
				return wide + rightRoom[k] + between
			}
			return wide + rightRoom[k]
		})
		high -= bottom[r] + above[r]
	}
	high /= vg.Length(len(rows))
	y := c.Max.Y
	for r, row := range rows {
		y -= above[r]
		x := c.Min.X
		for k, ch := range row {
			x += left[k]
			if len(row) > 1 && row[1].head != "" {
				ch.head = shorten(style(labelSize, black, true), ch.head, wide+rightRoom[k]+between)
			}
			ch.drawIn(c, vg.Rectangle{Min: vg.Point{X: x, Y: y - high}, Max: vg.Point{X: x + wide, Y: y}})
			x += wide + rightRoom[k] + between
		}
		y -= high + bottom[r] + 8
	}
}

// folded breaks a head that is too wide into two lines, of which the second may be cut.
func folded(s draw.TextStyle, head string, room vg.Length) (first, second string) {
	lines := wrap(s, head, room)
	if len(lines) < 2 {
		return shorten(s, head, room), ""
	}
	return shorten(s, lines[0], room), shorten(s, strings.Join(lines[1:], " "), room)
}

// overRow folds the heads of a row that have less room than they want and may be folded, and returns how high they stand.
func overRow(row []*chart, room func(column int) vg.Length) vg.Length {
	above := vg.Length(8)
	bold := style(labelSize, black, true)
	for k, ch := range row {
		if ch.head != "" {
			above = max(above, 18)
		}
		if ch.folds && bold.Width(ch.head) > room(k) {
			ch.head, ch.under = folded(bold, ch.head, room(k))
			above = max(above, 18+labelSize+2)
		}
		if ch.top != "" {
			above = 32
		}
	}
	return above
}
