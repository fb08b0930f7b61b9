package plot

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// cells is the jobs of each cell at one tick.
type cells struct{ x, y, km, jobs []float64 }

// cellsAt takes the cells of one tick.
func cellsAt(t *table, tick float64) *cells {
	c := &cells{}
	n := t.number
	for i := range t.rows {
		if n["tick"][i] == tick && n["km"][i] > 0 && !math.IsNaN(n["x"][i]+n["y"][i]+n["jobs"][i]) {
			c.x, c.y = append(c.x, n["x"][i]), append(c.y, n["y"][i])
			c.km, c.jobs = append(c.km, n["km"][i]), append(c.jobs, n["jobs"][i])
		}
	}
	return c
}

// half returns the share, in %, of the area that the densest cells holding half of all jobs take.
func (c *cells) half() float64 {
	order := make([]int, len(c.x))
	total, area := 0.0, 0.0
	for i := range order {
		order[i] = i
		total += c.jobs[i]
		area += c.km[i] * c.km[i]
	}
	density := func(i int) float64 { return c.jobs[i] / (c.km[i] * c.km[i]) }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(density(b), density(a)) })
	sum, held := 0.0, 0.0
	for _, i := range order {
		if sum >= total/2 {
			break
		}
		sum += c.jobs[i]
		held += c.km[i] * c.km[i]
	}
	return 100 * held / area
}

// density draws jobs per km2 at the first and at the last tick side by side, on one logarithmic scale.
func (f *folder) density() (*sheet, error) {
	t, err := f.table("cells.csv")
	if err != nil {
		return nil, err
	}
	to, different := lastTick(t.number["tick"])
	from, _ := extent(t.number["tick"])
	ticks := []float64{from, to}
	if different < 2 {
		ticks = ticks[:1]
	}
	var worlds []*cells
	lo, hi := math.Inf(1), 0.0
	var x, y []float64
	for _, tick := range ticks {
		c := cellsAt(t, tick)
		for i := range c.x {
			x = append(x, c.x[i]-c.km[i]/2, c.x[i]+c.km[i]/2)
			y = append(y, c.y[i]-c.km[i]/2, c.y[i]+c.km[i]/2)
			if d := c.jobs[i] / (c.km[i] * c.km[i]); d > 0 {
				lo, hi = math.Min(lo, d), math.Max(hi, d)
			}
		}
		worlds = append(worlds, c)
	}
	if hi <= 0 {
		return nil, skip(f.say("note.empty", "cells.csv"))
	}
	lo, hi = scaleOf(lo, hi)
	g, err := f.ground(x, y)
	if err != nil {
		return nil, err
	}
	end := worlds[len(worlds)-1]
	g.weigh(end.x, end.y, end.jobs, 10)
	const barWide, gap vg.Length = 62, 14
	wide := (pageWidth - 2*margin - barWide - gap) / 2
	high := min(max(vg.Length(g.aspect())*wide, 170), 430)
	a, b := worlds[0].half(), end.half()
	title := f.say("title.density.now", f.percent(b))
	if len(worlds) > 1 {
		title = f.say("title.density", f.percent(b), f.date(to), f.percent(a), f.date(from))
	}
	d := densities{worlds, ticks, lo, hi, g, wide, wide + gap}
	return &sheet{
		title: title, sub: f.say("sub.density", f.first()), height: high + 40,
		paint: func(c draw.Canvas) {
			f.drawDensities(c, d)
			bar := c.Rectangle
			bar.Min.X = c.Max.X - barWide + 8
			bar.Max.X = bar.Min.X + 10
			bar.Min.Y = max(c.Min.Y+20, c.Max.Y-230)
			bar.Max.Y -= 34
			f.colorBar(c, bar, lo, hi)
		},
	}, nil
}

// densities is what the maps of a density figure show: worlds at ticks on one scale from lo to hi jobs per km2.
type densities struct {
	worlds      []*cells
	ticks       []float64
	lo, hi      float64
	ground      *ground
	wide, pitch vg.Length // of a map, and from one map to the next
}

// drawDensities draws the maps side by side, each with its year, the first with the scale of distance.
func (f *folder) drawDensities(c draw.Canvas, d densities) {
	for k, w := range d.worlds {
		box := c.Rectangle
		box.Min.X += vg.Length(k) * d.pitch
		box.Max.X = box.Min.X + d.wide
		box.Min.Y += 20
		box.Max.Y -= 18
		v := d.ground.in(box)
		v.land(c)
		w.draw(c, v, d.lo, d.hi)
		v.borders(c)
		v.names(c, 6)
		c.FillText(style(labelSize, black, true), vg.Point{X: v.box.Min.X, Y: c.Max.Y - 12}, f.date(d.ticks[k]))
		if k == 0 {
			f.scaleBar(c, v, vg.Point{X: v.box.Min.X + 4, Y: c.Min.Y + 6})
		}
	}
}

// percent writes a share of area: with a decimal below ten.
func (f *folder) percent(v float64) string {
	if v > 0 && v < .1 { // one digit that says something
		return f.num(v, min(int(math.Ceil(-math.Log10(v))), 4))
	}
	if v < 10 {
		return f.num(v, 1)
	}
	return f.num(v, 0)
}

// scaleOf widens a range of densities to whole decades, four at most: what is thinner is drawn as the pale end.
func scaleOf(lo, hi float64) (float64, float64) {
	lo, hi = decades([]float64{lo, hi})
	return math.Max(lo, hi/1e4), hi
}

// draw colours the cells that hold jobs.
func (c *cells) draw(on draw.Canvas, v view, lo, hi float64) {
	img := newLayer(v.box)
	for i := range c.x {
		half := c.km[i] / 2
		d := c.jobs[i] / (c.km[i] * c.km[i])
		if d <= 0 {
			continue
		}
		box := vg.Rectangle{Min: v.at(c.x[i]-half, c.y[i]-half), Max: v.at(c.x[i]+half, c.y[i]+half)}
		img.fill(box, shade(math.Log(d/lo)/math.Log(hi/lo)))
	}
	img.lay(on)
}

// shades fills a box with all colours of a scale, the lowest at its foot.
func shades(c draw.Canvas, box vg.Rectangle) {
	img := newLayer(box)
	const steps = 128
	for k := range steps {
		y0 := box.Min.Y + (box.Max.Y-box.Min.Y)*vg.Length(k)/steps
		y1 := box.Min.Y + (box.Max.Y-box.Min.Y)*vg.Length(k+1)/steps
		img.fill(vg.Rectangle{Min: vg.Point{X: box.Min.X, Y: y0}, Max: vg.Point{X: box.Max.X, Y: y1}}, shade((float64(k)+.5)/steps))
	}
	img.lay(c)
}

// colorBar draws the scale of densities with its unit above it.
func (f *folder) colorBar(c draw.Canvas, box vg.Rectangle, lo, hi float64) {
	shades(c, box)
	note := style(noteSize, grey, false)
	for _, t := range (logTicks{f.lang}).Ticks(lo, hi) {
		y := box.Min.Y + (box.Max.Y-box.Min.Y)*vg.Length(math.Log(t.Value/lo)/math.Log(hi/lo))
		c.StrokeLine2(draw.LineStyle{Color: grey, Width: .75}, box.Max.X, y, box.Max.X+3, y)
		beside(c, note, vg.Point{X: box.Max.X + 6, Y: y}, t.Label)
	}
	unit := style(noteSize, black, true)
	for k, l := range wrap(unit, f.say("density.unit"), 62) {
		c.FillText(unit, vg.Point{X: box.Min.X, Y: c.Max.Y - 12 - vg.Length(k)*(noteSize+1)}, l)
	}
}
