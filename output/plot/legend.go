package plot

import (
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// keyWide is the width of the key beside a map.
const keyWide vg.Length = 124

// keyInner is the width of what is written in it.
const keyInner = keyWide - 14

// keyStep is the height of a line of a key that stands alone.
const keyStep vg.Length = 14

// legend is the key beside a map, written from the top down.
type legend struct {
	draw.Canvas
	y          vg.Length // where the next line stands
	head, body draw.TextStyle
}

// newLegend begins a key at the top right of a map's canvas.
func newLegend(c draw.Canvas) *legend {
	c = draw.Crop(c, c.Max.X-c.Min.X-keyInner, 0, 0, 0)
	return &legend{c, c.Max.Y - keyStep, style(noteSize, black, true), style(noteSize, black, false)}
}

// high is how high the key is so far.
func (l *legend) high() vg.Length { return l.Max.Y - l.y }

// keyHeight is how high a figure must be for a whole key, which a flat map is not.
func keyHeight(key func(c draw.Canvas) vg.Length) vg.Length {
	return key(draw.NewCanvas(&recorder.Canvas{}, pageWidth-2*margin, pageWidth)) - 6
}

// wide is the width of the key.
func (l *legend) wide() vg.Length { return l.Max.X - l.Min.X }

// heading writes what the lines below are.
func (l *legend) heading(words string) {
	for _, line := range wrap(l.head, words, l.wide()) {
		l.FillText(l.head, vg.Point{X: l.Min.X, Y: l.y}, line)
		l.y -= keyStep - 3
	}
	l.y -= 3
}

// gap leaves room between two parts of the key.
func (l *legend) gap() { l.y -= 8 }

// item writes a mark with its name, in three lines at most, and a value at the right, whose column the name leaves free if it can.
func (l *legend) item(k form, r vg.Length, col color.NRGBA, name, value string) {
	room := l.wide() - 13 - l.body.Width("100%") - 4
	mark(l.Canvas, k, vg.Point{X: l.Min.X + 4, Y: l.y + 3.6}, r, col)
	l.FillText(right(l.body), vg.Point{X: l.Max.X, Y: l.y}, value)
	lines := wrap(l.body, name, room)
	if len(lines) > 3 { // the lines behind the first may go below the value
		rest := wrap(l.body, strings.Join(lines[1:], " "), l.wide()-13)
		if len(rest) > 2 {
			rest = []string{rest[0], rest[1] + "…"}
		}
		lines = append(lines[:1], rest...)
	}
	for _, part := range lines {
		l.FillText(l.body, vg.Point{X: l.Min.X + 13, Y: l.y}, shorten(l.body, part, room))
		room = l.wide() - 13
		l.y -= noteSize + 2
	}
	l.y -= keyStep - noteSize - 2
}

// remark writes words over as many lines as they take, behind what sign draws at the height of the first.
func (l *legend) remark(indent vg.Length, words string, sign func(level vg.Length)) {
	if sign != nil {
		sign(l.y + 3.4)
	}
	for _, part := range wrap(l.body, words, l.wide()-indent) {
		l.FillText(l.body, vg.Point{X: l.Min.X + indent, Y: l.y}, part)
		l.y -= noteSize + 2
	}
	l.y -= keyStep - noteSize - 2
}

// sizes writes how large marks of 1, 10, 100, ... are, as far as there are any so large. Those up to small, which are too small to be
// told apart, stand together in the first line.
func (l *legend) sizes(f *folder, words string, most, small float64, r func(float64) vg.Length) {
	l.FillText(l.head, vg.Point{X: l.Min.X, Y: l.y}, words)
	row := func(of float64, label string) {
		size := r(of)
		l.y -= max(keyStep, 2*size+4)/2 + keyStep/2 - 3
		mark(l.Canvas, disc, vg.Point{X: l.Min.X + 11, Y: l.y + 3.6}, size, grey)
		l.FillText(l.body, vg.Point{X: l.Min.X + 28, Y: l.y}, label)
		l.y -= max(0, 2*size+4-keyStep) / 2
	}
	if small > 1 {
		row(small, "≤ "+f.num(small, 0))
	}
	for _, n := range []float64{1, 10, 100, 1000, 10000} {
		if n > max(most, 1) {
			break
		}
		if small <= 1 || n > small && r(n) > 1.2*r(small) {
			row(n, f.num(n, 0))
		}
	}
	l.y -= keyStep
}

// leastSeen is the radius below which a mark in the key is not seen on paper, in points.
const leastSeen vg.Length = .6

// mapKey writes the key of a map of firms: sectors with their share of jobs, sizes, and what the lines are. It returns how high
// it is.
func (f *folder) mapKey(c draw.Canvas, m *firmMap, r func(float64) vg.Length, ties int) vg.Length {
	l := newLegend(c)
	l.heading(f.say("map.sector"))
	for _, look := range m.looks {
		l.item(look.form, 3, look.color, look.name, f.num(100*look.share, 0)+"%")
	}
	l.gap()
	most := 0.0
	for _, j := range m.jobs {
		most = max(most, j)
	}
	small := 0.0
	for r(small+1) < leastSeen && small < most {
		small++
	}
	if digits := math.Pow10(int(math.Log10(max(small, 1)))); small > 1 {
		small = math.Floor(small/digits) * digits // a round number
	}
	l.sizes(f, f.say("map.size"), most, small, r)
	if ties > 0 {
		l.gap()
		l.remark(22, f.say("map.ties", f.num(float64(ties), 0)), func(level vg.Length) {
			l.StrokeLine2(draw.LineStyle{Color: grey, Width: .8}, l.Min.X, level, l.Min.X+16, level)
		})
	}
	return l.high()
}
