package plot

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// callout is a name on a map with what it is of: the box of the name, and the line to its point.
type callout struct {
	box      vg.Rectangle
	at, near vg.Point // the point; where the line to it meets the box
}

// led tells whether the name stands so far from its point that a line leads to it.
func (o *callout) led() bool { return distance(o.at, o.near) > 6 }

// distance is the distance of two points.
func distance(a, b vg.Point) vg.Length {
	return vg.Length(math.Hypot(float64(b.X-a.X), float64(b.Y-a.Y)))
}

// callouts finds places for names on a map, one after the other.
type callouts struct {
	v      view
	points []vg.Point     // of all names
	filled []vg.Rectangle // what names should rather not cover
	placed []callout
}

// reach is how far from its point a name may stand, in points.
const reach vg.Length = 130

// place finds the nearest place for a name: at growing distances around its point, where neither the name nor its line covers another
// name, line or point. To stand clear of what is filled, a name goes farther. False where it fits nowhere.
func (all *callouts) place(at vg.Point, wide vg.Length) (callout, bool) {
	const turns = 24
	const shy = 1 // a name goes a point farther for each point of its width that would cover what is filled
	best, least, found := callout{}, vg.Length(math.Inf(1)), false
	for off := vg.Length(4); off < min(reach, least); off += 5 {
		for turn := range turns {
			angle := 2 * math.Pi * (float64(turn)/turns + .25) // above first
			one, inside := all.beside(at, vg.Point{X: vg.Length(math.Cos(angle)), Y: vg.Length(math.Sin(angle))}, off, wide)
			if !inside || !all.free(&one) {
				continue
			}
			if cost := distance(at, one.near) + shy*all.covered(one.box); cost < least {
				best, least, found = one, cost, true
			}
		}
	}
	if found {
		all.placed = append(all.placed, best)
	}
	return best, found
}

// beside is a name in a direction from its point, off points away. Near the edge of the map it is pushed inside; false where the map
// is too narrow for it.
func (all *callouts) beside(at, to vg.Point, off, wide vg.Length) (callout, bool) {
	w, h, edge := wide+3, noteSize+3, all.v.box
	box := vg.Rectangle{Min: vg.Point{X: at.X + to.X*(off+w/2) - w/2, Y: at.Y + to.Y*(off+h/2) - h/2}}
	box.Min.X = min(max(box.Min.X, edge.Min.X), edge.Max.X-w)
	box.Min.Y = min(max(box.Min.Y, edge.Min.Y), edge.Max.Y-h)
	box.Max = box.Min.Add(vg.Point{X: w, Y: h})
	near := vg.Point{X: min(max(at.X, box.Min.X), box.Max.X), Y: min(max(at.Y, box.Min.Y), box.Max.Y)}
	return callout{box, at, near}, w <= edge.Size().X
}

// besideUs is how near to its own point another may lie that a line cannot but cross, in points: their marks cover each other.
const besideUs vg.Length = 6

// free tells whether a name and its line cover no point, and no other name or line.
func (all *callouts) free(one *callout) bool {
	for _, p := range all.points {
		dot := around(p, 3)
		if meet(one.box, dot) || distance(p, one.at) > besideUs && one.led() && crosses(one.at, one.near, dot) {
			return false
		}
	}
	return !slices.ContainsFunc(all.placed, func(o callout) bool {
		return meet(one.box, o.box) || o.led() && crosses(o.at, o.near, one.box) ||
			one.led() && (crosses(one.at, one.near, o.box) || o.led() && cross(one.at, one.near, o.at, o.near))
	})
}

// covered is how many points of a name's width lie over what is filled.
func (all *callouts) covered(name vg.Rectangle) vg.Length {
	const steps = 24
	n := 0
	for k := range steps {
		x := name.Min.X + (vg.Length(k)+.5)*name.Size().X/steps
		slit := vg.Rectangle{Min: vg.Point{X: x, Y: name.Min.Y}, Max: vg.Point{X: x + .01, Y: name.Max.Y}}
		if slices.ContainsFunc(all.filled, func(o vg.Rectangle) bool { return meet(slit, o) }) {
			n++
		}
	}
	return name.Size().X * vg.Length(n) / steps
}

// crosses tells whether a line from a to b runs through a box: what is left of it between the sides is not nothing.
func crosses(a, b vg.Point, box vg.Rectangle) bool {
	from, to := 0.0, 1.0
	for _, side := range [][2]vg.Length{
		{a.X - b.X, a.X - box.Min.X}, {b.X - a.X, box.Max.X - a.X},
		{a.Y - b.Y, a.Y - box.Min.Y}, {b.Y - a.Y, box.Max.Y - a.Y},
	} {
		run, room := float64(side[0]), float64(side[1])
		switch {
		case run == 0 && room < 0:
			return false
		case run < 0:
			from = math.Max(from, room/run)
		case run > 0:
			to = math.Min(to, room/run)
		}
	}
	return from < to
}

// cross tells whether two lines cross; those that begin at one point do not.
func cross(a, b, c, d vg.Point) bool {
	if a == c {
		return false
	}
	side := func(p, q, r vg.Point) bool { return (q.X-p.X)*(r.Y-p.Y) > (q.Y-p.Y)*(r.X-p.X) }
	return side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
}

// clusterNames writes the names of the largest clusters, each as near to the middle of its cluster as there is room, with a line to it.
// A name that fits nowhere is left out; it returns how many stand there.
func (f *folder) clusterNames(c draw.Canvas, v view, all []cluster) int {
	s := style(noteSize, black, true)
	shown := all[:min(len(all), mostNames)]
	around := callouts{v: v}
	for k := range all {
		for _, p := range all[k].cells {
			around.filled = append(around.filled, v.cell(&all[k], p))
		}
	}
	for _, k := range shown {
		around.points = append(around.points, v.at(k.x, k.y))
	}
	names := map[int]callout{}
	for k, at := range around.points {
		if one, ok := around.place(at, s.Width(shown[k].name)); ok {
			names[k] = one
		}
	}
	for k := range shown { // lines first, so that none runs over a name
		if one, ok := names[k]; ok && one.led() {
			c.StrokeLine2(draw.LineStyle{Color: white, Width: 2.2}, one.at.X, one.at.Y, one.near.X, one.near.Y)
			c.StrokeLine2(draw.LineStyle{Color: black, Width: .7}, one.at.X, one.at.Y, one.near.X, one.near.Y)
		}
	}
	for k := range shown {
		if one, ok := names[k]; ok {
			pin(c, one.at, shown[k].color)
			haloed(c, s, vg.Point{X: one.box.Min.X + 1, Y: one.box.Min.Y + 2}, shown[k].name)
		}
	}
	return len(names)
}

// pin marks the middle of a cluster in its colour, with a dark edge: a pale one is seen on any ground.
func pin(c draw.Canvas, at vg.Point, col color.NRGBA) {
	mark(c, disc, at, 3.2, white)
	mark(c, disc, at, 2.6, black)
	mark(c, disc, at, 1.9, col)
}
