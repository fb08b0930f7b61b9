package plot

import (
	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// quadrants names the quarters of the plane and draws the lines of no cost and no jobs.
type quadrants struct {
	f      *folder
	clouds []*cloud // whose numbers cover no name
}

// quarters are the four quarters of the plane: what each is called, and where it lies.
var quarters = []struct {
	key         string
	left, lower bool
}{{"plane.worse", true, false}, {"plane.trade", false, false}, {"plane.save", true, true}, {"plane.better", false, true}}

// Plot draws them.
func (q quadrants) Plot(c draw.Canvas, p *gonum.Plot) {
	tx, ty := p.Transforms(&c)
	x, y := tx(0), ty(0)
	pen := draw.LineStyle{Color: grey, Width: .9}
	c.StrokeLine2(pen, x, c.Min.Y, x, c.Max.Y)
	c.StrokeLine2(pen, c.Min.X, y, c.Max.X, y)
	s := style(noteSize, grey, false)
	for _, k := range quarters {
		box := c.Rectangle
		if k.left {
			box.Max.X = x
		} else {
			box.Min.X = x
		}
		if k.lower {
			box.Max.Y = y
		} else {
			box.Min.Y = y
		}
		if wide := box.Max.X - box.Min.X; wide > 40 {
			n := named{lines: wrap(s, q.f.say(k.key), wide-6)}
			n.place(s, box, k.lower, func(r vg.Rectangle) int { return q.covered(c, p, r) })
			n.draw(c, s)
		}
	}
}

// covered counts what lies over a box: a number much, an edge of a region or a pair of worlds little.
func (q quadrants) covered(c draw.Canvas, p *gonum.Plot, box vg.Rectangle) int {
	tx, ty := p.Transforms(&c)
	within := func(at vg.Point, by vg.Length) bool {
		return at.X > box.Min.X-by && at.X < box.Max.X+by && at.Y > box.Min.Y-by && at.Y < box.Max.Y+by
	}
	n := 0
	_, places := badges(q.clouds).places(c, p)
	for _, at := range places {
		if within(at, badgeRadius+1) {
			n += 1000
		}
	}
	for _, one := range q.clouds {
		for k := range one.jobs {
			if within(vg.Point{X: tx(one.jobs[k]), Y: ty(one.cost[k])}, 1.5) {
				n++
			}
		}
		for _, at := range one.edge {
			if within(vg.Point{X: tx(at[0]), Y: ty(at[1])}, 1) {
				n++
			}
		}
	}
	return n
}

// named is the name of a quarter, in lines, and the box that it fills.
type named struct {
	lines []string
	box   vg.Rectangle
}

// place finds where in its quarter a name is covered least: first in the corner farthest from no cost, then along that edge, then
// further in.
func (n *named) place(s draw.TextStyle, quarter vg.Rectangle, lower bool, covered func(vg.Rectangle) int) {
	wide, high := vg.Length(0), vg.Length(len(n.lines))*(noteSize+1)+1
	for _, l := range n.lines {
		wide = max(wide, s.Width(l))
	}
	room := quarter.Max.X - quarter.Min.X - wide - 6
	fewest := -1
	for down := vg.Length(2); down == 2 || down+high < quarter.Max.Y-quarter.Min.Y; down += high {
		for step := range 5 {
			right := quarter.Max.X - 3 - room*vg.Length(step)/4
			box := vg.Rectangle{Min: vg.Point{X: right - wide, Y: quarter.Max.Y - down - high}, Max: vg.Point{X: right, Y: quarter.Max.Y - down}}
			if lower {
				box.Min.Y, box.Max.Y = quarter.Min.Y+down-1, quarter.Min.Y+down-1+high
			}
			if k := covered(box); fewest < 0 || k < fewest {
				fewest, n.box = k, box
			}
			if fewest == 0 {
				return
			}
		}
	}
}

// draw writes the name.
func (n *named) draw(c draw.Canvas, s draw.TextStyle) {
	for k, l := range n.lines {
		haloed(c, right(s), vg.Point{X: n.box.Max.X, Y: n.box.Max.Y - vg.Length(k+1)*(noteSize+1)}, l)
	}
}
