package plot

import (
	"image/color"
	"math"
	"slices"

	"agglo/internal/text"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// fillCluster tints the cells of a cluster.
func (v view) fillCluster(c draw.Canvas, k *cluster) {
	c.SetColor(faint(k.color, .16))
	for _, p := range k.cells {
		half := k.km / 2
		a, b := v.at(float64(p.X)-half, float64(p.Y)-half), v.at(float64(p.X)+half, float64(p.Y)+half)
		var box vg.Path
		box.Move(a)
		box.Line(vg.Point{X: b.X, Y: a.Y})
		box.Line(b)
		box.Line(vg.Point{X: a.X, Y: b.Y})
		box.Close()
		c.Fill(box)
	}
}

// outlineCluster draws the edge of a cluster in its colour.
func (v view) outlineCluster(c draw.Canvas, k *cluster) {
	v.outlineWith(c, k, draw.LineStyle{Color: white, Width: 2.6}, draw.LineStyle{Color: k.color, Width: 1.5})
}

// outlineWith draws the sides of cells behind which a cluster ends, once with each pen.
func (v view) outlineWith(c draw.Canvas, k *cluster, pens ...draw.LineStyle) {
	from := k.cells[0] // cells lie whole widths apart
	place := func(p vg.Point, east, north float64) [2]int {
		return [2]int{int(math.Round(float64(p.X-from.X)/k.km + east)), int(math.Round(float64(p.Y-from.Y)/k.km + north))}
	}
	inside := map[[2]int]bool{}
	for _, p := range k.cells {
		inside[place(p, 0, 0)] = true
	}
	half := k.km / 2
	for _, pen := range pens {
		for _, p := range k.cells {
			x, y := float64(p.X), float64(p.Y)
			side := func(east, north, x1, y1, x2, y2 float64) {
				if !inside[place(p, east, north)] {
					a, b := v.at(x+x1*half, y+y1*half), v.at(x+x2*half, y+y2*half)
					c.StrokeLine2(pen, a.X, a.Y, b.X, b.Y)
				}
			}
			side(1, 0, 1, -1, 1, 1)
			side(-1, 0, -1, -1, -1, 1)
			side(0, 1, -1, 1, 1, 1)
			side(0, -1, -1, -1, 1, -1)
		}
	}
}

// alone is the colour of a firm in no cluster: paler than any line, because there are many.
var alone = color.NRGBA{0xc4, 0xc4, 0xc4, 0xff}

// dots draws the firms: those of clusters in the colour of the group, the others grey.
func (v view) dots(c draw.Canvas, m *firmMap, all []cluster) {
	col := map[float64]color.NRGBA{}
	for _, k := range all {
		col[k.number] = k.color
	}
	r := vg.Length(.7 * math.Min(1, math.Max(.45, math.Sqrt(8000/float64(max(len(m.x), 1))))))
	draws := func(each func(at vg.Point, col color.NRGBA)) {
		for _, member := range []bool{false, true} { // those of clusters on top
			for i := range m.x {
				if look, ok := col[m.cluster[i]]; ok == member {
					if !ok {
						look = alone
					}
					each(v.at(m.x[i], m.y[i]), look)
				}
			}
		}
	}
	if len(m.x) <= mostMarks {
		draws(func(at vg.Point, col color.NRGBA) { mark(c, disc, at, r, col) })
		return
	}
	img := newLayer(v.box)
	draws(func(at vg.Point, col color.NRGBA) { img.mark(disc, at, r, col) })
	img.lay(c)
}

// clusterNames writes the names of the largest clusters, each as near to the middle of its cluster as there is room: in it, or
// around it with a line to it. A name that fits nowhere is left out.
func (f *folder) clusterNames(c draw.Canvas, v view, all []cluster) {
	s := style(noteSize, black, true)
	var taken []vg.Rectangle
	type label struct {
		box vg.Rectangle
		of  *cluster
	}
	var labels []label
	shown := all[:min(len(all), mostNames)]
	for k := range shown {
		taken = append(taken, around(v.at(shown[k].x, shown[k].y), 3))
	}
	for k := range shown {
		at := v.at(shown[k].x, shown[k].y)
		if box, ok := v.room(at, s.Width(shown[k].name), taken); ok {
			taken = append(taken, box)
			labels = append(labels, label{box, &shown[k]})
		}
	}
	for _, l := range labels { // lines first, so that none runs over a name
		at := v.at(l.of.x, l.of.y)
		near := vg.Point{X: min(max(at.X, l.box.Min.X), l.box.Max.X), Y: min(max(at.Y, l.box.Min.Y), l.box.Max.Y)}
		mark(c, disc, at, 2.4, white)
		mark(c, disc, at, 1.7, l.of.color)
		if math.Hypot(float64(near.X-at.X), float64(near.Y-at.Y)) > 6 {
			c.StrokeLine2(draw.LineStyle{Color: white, Width: 2}, at.X, at.Y, near.X, near.Y)
			c.StrokeLine2(draw.LineStyle{Color: l.of.color, Width: .9}, at.X, at.Y, near.X, near.Y)
		}
	}
	for _, l := range labels {
		haloed(c, s, vg.Point{X: l.box.Min.X + 1, Y: l.box.Min.Y + 2}, l.of.name)
	}
}

// room finds a box for a name: over a point, else at growing distances around it.
func (v view) room(at vg.Point, wide vg.Length, taken []vg.Rectangle) (vg.Rectangle, bool) {
	w, h := wide+3, noteSize+3
	free := func(dx, dy vg.Length) (vg.Rectangle, bool) {
		box := vg.Rectangle{Min: vg.Point{X: at.X + dx - w/2, Y: at.Y + dy - h/2}}
		// a name near the edge is pushed inside
		box.Min.X = min(max(box.Min.X, v.box.Min.X), v.box.Max.X-w)
		box.Min.Y = min(max(box.Min.Y, v.box.Min.Y), v.box.Max.Y-h)
		box.Max = box.Min.Add(vg.Point{X: w, Y: h})
		return box, w <= v.box.Size().X && !slices.ContainsFunc(taken, func(o vg.Rectangle) bool { return meet(box, o) })
	}
	for _, off := range []vg.Length{9, 20, 31, 42, 53, 64, 75, 86} {
		for _, d := range []vg.Point{{Y: 1}, {Y: -1}, {X: 1, Y: .7}, {X: -1, Y: .7}, {X: 1, Y: -.7}, {X: -1, Y: -.7}} {
			if box, ok := free(d.X*(off+w/4), d.Y*off); ok {
				return box, true
			}
		}
	}
	return vg.Rectangle{}, false
}

// clusterKey says which colour is which group, with the share of all jobs that stand in its clusters.
func (f *folder) clusterKey(c draw.Canvas, all []cluster) {
	l := newLegend(c)
	l.heading(f.say("clustermap.group"))
	share, seen := map[string]float64{}, map[string]bool{}
	for _, k := range all {
		share[k.group] += k.share
	}
	for _, k := range all {
		if !seen[k.group] {
			seen[k.group] = true
			l.item(square, 3.4, k.color, text.Group(f.lang, k.group), f.percent(100*share[k.group])+"%")
		}
	}
	l.gap()
	l.remark(13, f.say("clustermap.firm"), func(level vg.Length) { mark(l.Canvas, disc, vg.Point{X: l.Min.X + 4, Y: level}, 1.4, alone) })
	if more := len(all) - mostNames; more > 0 {
		l.remark(0, f.say("clustermap.more", f.num(float64(more), 0)), nil)
	}
}
