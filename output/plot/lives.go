package plot

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// besideKin orders lives so that a cluster stands below the one that it merged into or split from; else their order stays.
func besideKin(all []life) []life {
	var out []life
	placed := map[float64]bool{}
	var place func(l life)
	place = func(l life) {
		if placed[l.id] {
			return
		}
		placed[l.id] = true
		out = append(out, l)
		for _, k := range all {
			if k.into == l.id || k.from == l.id {
				place(k)
			}
		}
	}
	for _, l := range all { // first those whose kin is not shown or that have none
		shown := func(id float64) bool { return slices.ContainsFunc(all, func(k life) bool { return k.id == id }) }
		if !shown(l.into) && !shown(l.from) {
			place(l)
		}
	}
	for _, l := range all {
		place(l)
	}
	return out
}

// drawKin draws a line from a life that merged to the one that took it in, and from one that split to its new part; a dot is a
// birth after the start.
func (f *folder) drawKin(c draw.Canvas, ch *chart, lives []life, begun float64, box vg.Rectangle, pitch vg.Length) {
	x := func(tick float64) vg.Length {
		return box.Min.X + vg.Length(ch.X.Norm(f.year(tick)))*(box.Max.X-box.Min.X)
	}
	y := func(id float64) (vg.Length, bool) {
		k := slices.IndexFunc(lives, func(l life) bool { return l.id == id })
		return box.Max.Y - pitch*(vg.Length(k)+.5), k >= 0
	}
	for _, l := range lives {
		own, _ := y(l.id)
		if to, ok := y(l.into); ok && l.end == "merged" {
			kin(c, vg.Point{X: x(l.ticks[len(l.ticks)-1]), Y: own}, vg.Point{X: x(l.endTick), Y: to}, vermillion, nil)
		}
		first := vg.Point{X: x(l.ticks[0]), Y: own}
		if from, ok := y(l.from); ok {
			kin(c, vg.Point{X: first.X - 9, Y: from}, first, green, dotted)
		} else if l.ticks[0] > begun {
			mark(c, disc, first, 2.6, white)
			mark(c, disc, first, 1.9, blue)
		}
	}
}

// kin draws a line with an edge and an arrow at its end.
func kin(c draw.Canvas, from, to vg.Point, col color.NRGBA, dash []vg.Length) {
	c.StrokeLine2(draw.LineStyle{Color: white, Width: 2.6}, from.X, from.Y, to.X, to.Y)
	c.StrokeLine2(draw.LineStyle{Color: col, Width: 1.2, Dashes: dash}, from.X, from.Y, to.X, to.Y)
	d := to.Sub(from)
	long := vg.Length(math.Hypot(float64(d.X), float64(d.Y)))
	if long == 0 {
		return
	}
	d.X, d.Y = d.X/long, d.Y/long
	back := vg.Point{X: to.X - 5*d.X, Y: to.Y - 5*d.Y}
	c.FillPolygon(col, []vg.Point{to, {X: back.X - 2.2*d.Y, Y: back.Y + 2.2*d.X}, {X: back.X + 2.2*d.Y, Y: back.Y - 2.2*d.X}})
}

// drawLives draws each life as a ribbon as thick as its jobs, the largest on top, with its name and its last jobs.
func (f *folder) drawLives(c draw.Canvas, lives []life, h *history, of int) {
	const pitch vg.Length = 20
	name := style(noteSize, black, false)
	longest := vg.Length(0)
	for _, l := range lives {
		longest = max(longest, name.Width(l.name))
	}
	longest = min(longest, 130)
	last := f.say("clusters.jobs")
	room := c.Max.X - c.Min.X - longest - 16 - name.Width(last)
	head := f.say("clusters.lives.all", f.num(float64(of), 0))
	if len(lives) < of {
		head = f.say("clusters.lives", f.num(float64(len(lives)), 0), f.num(float64(of), 0))
	}
	if f.runs > 1 {
		head = f.say("clusters.lives.first", head)
	}
	bold := style(labelSize, black, true)
	ch := f.newChart("")
	ch.across(h.years)
	ch.Y.Min, ch.Y.Max = 0, float64(len(lives))
	ch.Y.Tick.Marker = evenTicks{n: 1, lang: f.lang}
	ch.Y.Tick.Label.Color, ch.Y.Tick.Label.Font.Size = white, 1
	ch.X.Label.Text = f.say("axis.year")
	box := c.Rectangle
	box.Min.X += longest + 8
	box.Max.X -= 44
	box.Max.Y -= 30
	box.Min.Y = box.Max.Y - pitch*vg.Length(len(lives))
	most := 0.0
	for _, l := range lives {
		most = math.Max(most, l.peak)
	}
	for k, l := range lives {
		row := float64(len(lives)-k) - .5
		var x, lo, hi []float64
		for i, tick := range l.ticks {
			half := math.Max(.42*l.jobs[i]/most, .035)
			x, lo, hi = append(x, f.year(tick)), append(lo, row-half), append(hi, row+half)
		}
		ch.Add(level{row, row, rule}, ribbon{x, lo, hi, blue})
		at := box.Max.Y - pitch*(vg.Length(k)+.5)
		lines := twoLines(name, l.name, longest)
		for n, line := range lines {
			up := (noteSize + 1) * (vg.Length(len(lines)-1)/2 - vg.Length(n))
			beside(c, right(name), vg.Point{X: box.Min.X - 5, Y: at + up}, line)
		}
	}
	ch.drawIn(c, box)
	c.FillText(bold, vg.Point{X: box.Min.X, Y: box.Max.Y + 18}, shorten(bold, head, room))
	note := style(noteSize, grey, false)
	c.FillText(note, vg.Point{X: box.Min.X, Y: box.Max.Y + 6}, shorten(note, f.say("clusters.marks"), box.Size().X))
	f.drawKin(c, ch, lives, h.ticks[0], box, pitch)
	for k, l := range lives {
		f.lifeEnd(c, ch, lives, l, box, box.Max.Y-pitch*(vg.Length(k)+.5))
	}
	c.FillText(right(style(noteSize, grey, false)), vg.Point{X: c.Max.X, Y: box.Max.Y + 6}, last)
}

// lifeEnd writes the jobs at the end of a life: at the right edge, or after the ribbon of a cluster that is no more.
func (f *folder) lifeEnd(c draw.Canvas, ch *chart, lives []life, l life, box vg.Rectangle, at vg.Length) {
	end := l.ticks[len(l.ticks)-1]
	if l.end == "" {
		beside(c, right(style(noteSize, black, false)), vg.Point{X: c.Max.X, Y: at}, f.num(l.last(), 0))
		return
	}
	if l.end == "merged" && f.shownInto(lives, l) {
		return // the line of drawKin says so
	}
	mark := "×"
	if l.end == "merged" {
		mark = "→"
	}
	x := box.Min.X + vg.Length(ch.X.Norm(f.year(end)))*(box.Max.X-box.Min.X)
	haloed(c, middle(style(labelSize, black, false)), vg.Point{X: x + 3, Y: at + 1}, mark)
}

// shownInto tells whether the cluster that a life merged into is drawn as well.
func (f *folder) shownInto(lives []life, l life) bool {
	return slices.ContainsFunc(lives, func(k life) bool { return k.id == l.into })
}
