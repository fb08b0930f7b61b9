package plot

import (
	"image/color"
	"math"

	"agglo/internal/text"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// fillCluster tints the cells of a cluster.
func (v view) fillCluster(c draw.Canvas, k *cluster) {
	c.SetColor(faint(k.color, .16))
	for _, p := range k.cells {
		c.Fill(v.cell(k, p).Path())
	}
}

// cell is the box of a cell of a cluster on the canvas.
func (v view) cell(k *cluster, middle vg.Point) vg.Rectangle {
	half := k.km / 2
	x, y := float64(middle.X), float64(middle.Y)
	return vg.Rectangle{Min: v.at(x-half, y-half), Max: v.at(x+half, y+half)}
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

// unnamed says how many clusters have no name on the map, if there are any.
func (f *folder) unnamed(l *legend, n int) {
	if n > 0 {
		l.remark(0, f.say("clustermap.more", f.num(float64(n), 0)), nil)
	}
}

// clusterKey says which colour is which group, with the share of all jobs that stand in its clusters, and how many bear no name.
func (f *folder) clusterKey(c draw.Canvas, all []cluster, named int) {
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
	f.unnamed(l, len(all)-named)
}
