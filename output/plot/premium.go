package plot

import (
	"image/color"
	"math"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// parts lists the parts of a premium in the order in which they are laid on one another: what firms are, then what they
// owe to their place.
var parts = []struct {
	name  string
	color color.NRGBA
	place bool
}{
	{"mix", grey, false}, {"sorting", grey, false}, {"selection", grey, false},
	{"input", blue, true}, {"labour", orange, true}, {"knowledge", green, true}, {"trust", sky, true},
}

// premium draws the waterfall of the efficiency premium of clusters at the last year's end of the first run: each part
// begins where the one above it ends, and the last bar is the whole.
func (f *folder) premium() (*sheet, error) {
	t, err := f.table("premium.csv")
	if err != nil {
		return nil, err
	}
	n := t.number
	row := lastPremium(n)
	if row < 0 {
		return nil, skip(f.say("note.empty", "premium.csv"))
	}
	names := []string{}
	w := waterfall{f: f}
	at, place := 0.0, 0.0
	for _, p := range parts {
		x := 100 * n[p.name][row]
		w.bars = append(w.bars, fall{at, at + x, p.color})
		names = append(names, f.say("premium."+p.name))
		at += x
		if p.place {
			place += x
		}
	}
	total := 100 * n["total"][row]
	w.bars = append(w.bars, fall{0, total, black})
	names = append(names, f.say("premium.total"))
	ch := f.newChart("")
	lo, hi := 0.0, 0.0
	for _, b := range w.bars {
		lo, hi = min(lo, b.from, b.to), max(hi, b.from, b.to)
	}
	ch.X.Min, ch.X.Max = snap(lo-.12*(hi-lo), hi+.12*(hi-lo), 6)
	ch.X.Tick.Marker = evenTicks{n: 6, lang: f.lang}
	ch.X.Label.Text = f.say("premium.axis")
	ch.Y.Min, ch.Y.Max = 0, float64(len(w.bars))
	ch.Y.Tick.Marker = evenTicks{n: 1, lang: f.lang}
	ch.Y.Tick.Label.Color, ch.Y.Tick.Label.Font.Size = white, 1
	ch.Add(verticals{}, w)
	const pitch, labels vg.Length = 20, 150
	high := pitch * vg.Length(len(w.bars))
	return &sheet{
		title:  f.say("title.premium", f.signed(total), f.signed(place), f.signed(total-place)),
		sub:    f.say("sub.premium", f.first(), f.date(n["tick"][row]), f.signed(100*n["value_added"][row]), f.signed(100*n["wage"][row])),
		height: high + 32,
		paint: func(c draw.Canvas) {
			box := vg.Rectangle{
				Min: vg.Point{X: c.Min.X + labels, Y: c.Max.Y - 4 - high},
				Max: vg.Point{X: c.Max.X - 12, Y: c.Max.Y - 4},
			}
			for k, name := range names {
				s := right(style(labelSize, black, k == len(names)-1))
				beside(c, s, vg.Point{X: box.Min.X - 8, Y: box.Max.Y - pitch*(vg.Length(k)+.5)}, shorten(s, name, labels-10))
			}
			ch.drawIn(c, box)
		},
	}, nil
}

// lastPremium is the row of premium.csv of all clusters together at the last year's end of the first run, -1 if none has
// one.
func lastPremium(n map[string][]float64) int {
	row := -1
	for i, tick := range n["tick"] {
		if n["cluster"][i] == 0 && n["run"][i] == n["run"][0] && !math.IsNaN(n["total"][i]) && (row < 0 || tick > n["tick"][row]) {
			row = i
		}
	}
	return row
}

// fall is a bar of a waterfall.
type fall struct {
	from, to float64
	color    color.NRGBA
}

// waterfall draws bars in rows from the top, a thin line from the end of each to the next, and the height of each.
type waterfall struct {
	f    *folder
	bars []fall
}

// Plot draws the bars.
func (w waterfall) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	for k, b := range w.bars {
		y := float64(len(w.bars)-k) - .5
		left, end := tx(min(b.from, b.to)), tx(max(b.from, b.to))
		c.FillPolygon(b.color, []vg.Point{{X: left, Y: ty(y - .32)}, {X: end, Y: ty(y - .32)}, {X: end, Y: ty(y + .32)}, {X: left, Y: ty(y + .32)}})
		if k+2 < len(w.bars) || k+2 == len(w.bars) && b.to != 0 {
			c.StrokeLine2(draw.LineStyle{Color: grey, Width: .5}, tx(b.to), ty(y-.32), tx(b.to), ty(y-.68))
		}
		label := style(noteSize, black, k == len(w.bars)-1)
		onWhite(c, label, vg.Point{X: end + 5, Y: ty(y)}, w.f.signed(b.to-b.from)) // the line of zero may pass there
	}
}

// signed writes a number with its sign and one decimal.
func (f *folder) signed(x float64) string {
	if x >= 0 {
		return "+" + f.num(x, 1)
	}
	return f.num(x, 1)
}
