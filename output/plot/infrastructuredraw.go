package plot

import (
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// stockHead is the height of what stands over a map of one kind: its name, and what it does.
const stockHead vg.Length = 34

// stockLaid is how the maps stand beside each other.
type stockLaid struct {
	ground             *ground
	columns            int
	rows               vg.Length
	wide, high, across vg.Length
	lo, hi             float64 // decades of land, workers per km2
	most               float64 // greatest saving of all kinds, %
}

// layStocks lays out one map, or two in a row.
func (f *folder) layStocks(g *ground, w *grounds) stockLaid {
	const gap vg.Length = 12
	d := stockLaid{ground: g, columns: min(2, len(w.stocks))}
	d.rows = vg.Length((len(w.stocks) + d.columns - 1) / d.columns)
	d.wide = (pageWidth - 2*margin - keyWide - vg.Length(d.columns-1)*gap) / vg.Length(d.columns)
	d.high = min(max(vg.Length(g.aspect())*d.wide, 110), 430/d.rows+60)
	d.across = d.wide + gap
	d.lo, d.hi, d.most = w.scales()
	return d
}

// scales are the decades of land and the greatest saving: all kinds of savings are drawn on one scale.
func (w *grounds) scales() (lo, hi, most float64) {
	lo, hi = math.Inf(1), 0
	for _, s := range w.stocks {
		if !s.perArea() {
			most = math.Max(most, s.most)
			continue
		}
		for _, v := range s.level {
			if v > 0 {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
	}
	if hi > 0 {
		lo, hi = scaleOf(lo, hi)
	}
	return lo, hi, most
}

// tone is where a level lies on the scale of colours: no cell in which something stands is as pale as the land.
func (d *stockLaid) tone(s *stock, level float64) float64 {
	if s.perArea() {
		return palest + (1-palest)*math.Log(math.Max(level, d.lo)/d.lo)/math.Log(d.hi/d.lo)
	}
	return palest + (1-palest)*level/d.most
}

// palest is the tone of the least level.
const palest = .14

// drawStocks draws the maps and their key.
func (f *folder) drawStocks(c draw.Canvas, w *grounds, d stockLaid) {
	for k := range w.stocks {
		s := &w.stocks[k]
		col, row := vg.Length(k%d.columns), vg.Length(k/d.columns)
		box := vg.Rectangle{Min: vg.Point{X: c.Min.X + col*d.across, Y: c.Max.Y - (row+1)*(d.high+stockHead)}}
		box.Max = vg.Point{X: box.Min.X + d.wide, Y: box.Min.Y + d.high}
		v := d.ground.in(grown(box, -4))
		v.land(c)
		v.stock(c, w, d, s)
		v.borders(c)
		f.drawBuilders(c, v, w, s)
		head, note := style(labelSize, black, true), style(noteSize, grey, false)
		c.FillText(head, vg.Point{X: box.Min.X, Y: box.Max.Y + 15}, f.say("infrastructure."+s.name))
		c.FillText(note, vg.Point{X: box.Min.X, Y: box.Max.Y + 4}, shorten(note, f.say("infrastructure.does."+s.name), d.wide))
		if k == int(d.rows-1)*d.columns { // the first of the lowest row: below it nothing else stands
			f.scaleBar(c, v, vg.Point{X: v.box.Min.X + 4, Y: v.box.Min.Y - 8})
		}
	}
	f.stockKey(c, w)
}

// stock colours the cells in which a kind stands.
func (v view) stock(on draw.Canvas, w *grounds, d stockLaid, s *stock) {
	img := newLayer(v.box)
	for i, level := range s.level {
		if half := w.km[i] / 2; level > 0 {
			img.fill(vg.Rectangle{Min: v.at(w.x[i]-half, w.y[i]-half), Max: v.at(w.x[i]+half, w.y[i]+half)}, shade(d.tone(s, level)))
		}
	}
	img.lay(on)
}

// house is the mark of an institution.
func house(c draw.Canvas, at vg.Point) {
	mark(c, triangle, at, 3.4, white)
	mark(c, triangle, at, 2.6, black)
	mark(c, triangle, at, 1.5, white)
}

// ofOneKind says which kind of infrastructure an instrument builds that does not build all.
var ofOneKind = map[string]string{
	"transport": "transport", "production_sites": "land", "utilities": "utilities", "communications": "communications",
	"technopark": "land", "incubator": "land", "special_zone": "land",
}

// builtBy lists which policies have built a kind: of those whose instrument may, in all of whose cells the kind stands.
func (w *grounds) builtBy(s *stock) []int {
	stands := map[vg.Point]bool{}
	for i, level := range s.level {
		if level > 0 {
			stands[vg.Point{X: vg.Length(w.x[i]), Y: vg.Length(w.y[i])}] = true
		}
	}
	var all []int
	for n := range w.builders {
		kind, one := ofOneKind[w.builders[n].instrument]
		if one && kind != s.name || slices.ContainsFunc(w.builders[n].cells, func(p vg.Point) bool { return !stands[p] }) {
			continue
		}
		all = append(all, n)
	}
	return all
}

// drawBuilders draws the edges of the policies whose works are of a kind, institutions, places, and the policies' numbers.
func (f *folder) drawBuilders(c draw.Canvas, v view, w *grounds, s *stock) {
	all := w.builtBy(s)
	for _, n := range all {
		v.outlineWith(c, &w.builders[n].cluster, draw.LineStyle{Color: white, Width: 2}, draw.LineStyle{Color: black, Width: .8})
	}
	var taken []vg.Rectangle
	for _, p := range w.houses {
		at := v.at(float64(p.X), float64(p.Y))
		house(c, at)
		taken = append(taken, around(at, 3))
	}
	spots := v.numbers(w, all)
	for _, one := range spots {
		taken = append(taken, one.box)
	}
	v.names(c, 4, taken...)
	for _, one := range spots {
		if one.near != one.at {
			c.StrokeLine2(draw.LineStyle{Color: white, Width: 2.2}, one.at.X, one.at.Y, one.near.X, one.near.Y)
			c.StrokeLine2(draw.LineStyle{Color: black, Width: .7}, one.at.X, one.at.Y, one.near.X, one.near.Y)
		}
	}
	for k, one := range spots {
		numbered(c, vg.Point{X: (one.box.Min.X + one.box.Max.X) / 2, Y: (one.box.Min.Y + one.box.Max.Y) / 2}, all[k]+1)
	}
}

// discWide is the width of a policy's number on the map with its edge.
const discWide vg.Length = 12

// numbers finds places for the numbers of policies: in the cell next to the middle of its works that is clear of all other marks; where
// works are too small for that, beside them.
func (v view) numbers(w *grounds, of []int) []callout {
	beside := callouts{v: v}
	for _, n := range of {
		b := &w.builders[n]
		beside.points = append(beside.points, v.at(b.x, b.y))
		for _, p := range b.cells {
			beside.filled = append(beside.filled, v.cell(&b.cluster, p))
		}
	}
	own := len(beside.points)
	for _, p := range w.houses {
		beside.points = append(beside.points, v.at(float64(p.X), float64(p.Y)))
	}
	spots := make([]callout, own)
	for _, inside := range []bool{true, false} {
		for k, n := range of {
			b, at := &w.builders[n], beside.points[k]
			spot, ok := v.within(b, at, slices.Delete(slices.Clone(beside.points), k, k+1), beside.placed)
			switch {
			case inside && ok:
				spots[k] = callout{around(spot, discWide/2), spot, spot}
				beside.placed = append(beside.placed, spots[k])
			case !inside && spots[k] == callout{}:
				if spots[k], ok = beside.place(at, discWide-3); !ok {
					spots[k] = callout{around(at, discWide/2), at, at}
				}
			}
		}
	}
	return spots
}

// within finds the cell of a policy's works next to their middle in which its number covers no other mark; false where works are hardly
// larger than the number.
func (v view) within(b *builder, middle vg.Point, others []vg.Point, placed []callout) (vg.Point, bool) {
	if vg.Length(math.Sqrt(float64(len(b.cells))))*vg.Length(b.km)*v.scale < 2*discWide {
		return middle, false
	}
	best, found := middle, false
	for _, p := range b.cells {
		at := v.at(float64(p.X), float64(p.Y))
		if found && distance(at, middle) >= distance(best, middle) {
			continue
		}
		clear := !slices.ContainsFunc(others, func(o vg.Point) bool { return distance(at, o) < discWide }) &&
			!slices.ContainsFunc(placed, func(o callout) bool { return meet(around(at, discWide/2), o.box) })
		if clear {
			best, found = at, true
		}
	}
	return best, found
}

// numbered is the mark of a policy: its number in a disc.
func numbered(c draw.Canvas, at vg.Point, n int) {
	const r vg.Length = 5
	mark(c, disc, at, r+.9, black)
	mark(c, disc, at, r, white)
	s := centred(style(noteSize, black, true))
	beside(c, s, at, strconv.Itoa(n))
}

// mostBuilders is how many policies the key names.
const mostBuilders = 8

// stockKey draws the scales, and says what numbers, outlines and marks are. It returns how high it is.
func (f *folder) stockKey(c draw.Canvas, w *grounds) vg.Length {
	l := newLegend(c)
	lo, hi, most := w.scales()
	if most > 0 {
		l.heading(f.say("infrastructure.key.saving"))
		for _, part := range []float64{1, .75, .5, .25, 0} {
			label := ""
			if part == 1 || part == .5 || part == 0 {
				label = f.brief(part*most) + "%"
			}
			l.box(palest+(1-palest)*part, label)
		}
		l.gap()
	}
	if hi > 0 {
		l.heading(f.say("infrastructure.key.land"))
		for d := hi; d > lo*.99; d /= 10 {
			l.box(palest+(1-palest)*math.Log(d/lo)/math.Log(hi/lo), f.num(d, decimals(d)))
		}
		l.gap()
	}
	if len(w.builders) > 0 {
		l.heading(f.say("infrastructure.key.works"))
		for n, b := range w.builders[:min(len(w.builders), mostBuilders)] {
			l.remark(16, f.named("policy.", b.instrument)+" ("+b.name+")", func(level vg.Length) { numbered(l.Canvas, vg.Point{X: l.Min.X + 6, Y: level}, n+1) })
		}
		if more := len(w.builders) - mostBuilders; more > 0 {
			l.remark(0, f.say("infrastructure.key.more", f.num(float64(more), 0)), nil)
		}
		l.remark(16, f.say("infrastructure.key.outline"), func(level vg.Length) {
			l.StrokeLine2(draw.LineStyle{Color: black, Width: .8}, l.Min.X, level, l.Min.X+12, level)
		})
	}
	if len(w.houses) > 0 {
		l.remark(16, f.say("infrastructure.key.house"), func(level vg.Length) { house(l.Canvas, vg.Point{X: l.Min.X + 6, Y: level}) })
	}
	return l.high()
}

// box draws a piece of a scale of colours, with a value beside it.
func (l *legend) box(tone float64, value string) {
	const high vg.Length = 13
	r := vg.Rectangle{Min: vg.Point{X: l.Min.X, Y: l.y - 3}, Max: vg.Point{X: l.Min.X + 16, Y: l.y - 3 + high}}
	l.SetColor(shade(tone))
	l.Fill(r.Path())
	l.FillText(l.body, vg.Point{X: r.Max.X + 6, Y: l.y}, value)
	l.y -= high
}
