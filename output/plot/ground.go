package plot

import (
	"math"

	"agglo/internal/text"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ground is the land of a map: outlines, places, and the part of the plane that is shown, in km.
type ground struct {
	rings                  [][]vg.Point // km
	places                 []place
	minX, minY, maxX, maxY float64
}

// area is the land inside the outlines, km2; 0 without outlines. Rings inside others count as land.
func (g *ground) area() float64 {
	sum := 0.0
	for _, ring := range g.rings {
		twice := 0.0
		for i, p := range ring {
			q := ring[(i+1)%len(ring)]
			twice += float64(p.X*q.Y - q.X*p.Y)
		}
		sum += math.Abs(twice) / 2
	}
	return sum
}

// place is a named point, in km; weight orders places when there is no room for all names.
type place struct {
	name         string
	x, y, weight float64
}

// ground reads outlines and places. Both may be missing; then the points alone say where land is.
func (f *folder) ground(xs, ys []float64) (*ground, error) {
	g := &ground{}
	x, y := xs, ys
	if t, err := f.table("outline.csv"); err == nil {
		x, y = append([]float64{}, x...), append([]float64{}, y...)
		from := -1 // the row that the ring began with
		for i := range t.rows {
			px, py := t.number["x"][i], t.number["y"][i]
			if math.IsNaN(px) || math.IsNaN(py) {
				continue
			}
			if from < 0 || t.number["ring"][i] != t.number["ring"][from] || t.word["id"][i] != t.word["id"][from] {
				from = i
				g.rings = append(g.rings, nil)
			}
			k := len(g.rings) - 1
			g.rings[k] = append(g.rings[k], vg.Point{X: vg.Length(px), Y: vg.Length(py)})
			x, y = append(x, px), append(y, py)
		}
	}
	if !known(x) || !known(y) {
		return nil, skip(f.say("note.few", "firms.csv"))
	}
	g.minX, g.maxX = extent(x)
	g.minY, g.maxY = extent(y)
	pad := .02 * math.Max(math.Max(g.maxX-g.minX, g.maxY-g.minY), 1)
	g.minX, g.maxX, g.minY, g.maxY = g.minX-pad, g.maxX+pad, g.minY-pad, g.maxY+pad
	if t, err := f.table("places.csv"); err == nil {
		for i := range t.rows {
			p := place{name: text.Name(f.lang, t.word["name"][i]), x: t.number["x"][i], y: t.number["y"][i]}
			if p.x >= g.minX && p.x <= g.maxX && p.y >= g.minY && p.y <= g.maxY && p.name != "" {
				g.places = append(g.places, p)
			}
		}
	}
	return g, nil
}

// weigh gives each place the sum of values within reach km of it.
func (g *ground) weigh(x, y, value []float64, reach float64) {
	for k := range g.places {
		p := &g.places[k]
		for i := range x {
			dx, dy := x[i]-p.x, y[i]-p.y
			if dx*dx+dy*dy <= reach*reach && value[i] > 0 {
				p.weight += value[i]
			}
		}
	}
}

// aspect returns height over width of the part shown.
func (g *ground) aspect() float64 { return (g.maxY - g.minY) / (g.maxX - g.minX) }

// height is how high a map of the ground is that leaves room for a key beside it.
func (g *ground) height() vg.Length {
	return min(max(vg.Length(g.aspect())*(pageWidth-2*margin-keyWide), 230), 520)
}

// mapBox is the part of a canvas for a map, beside its key and above its scale.
func mapBox(c draw.Canvas) vg.Rectangle {
	box := c.Rectangle
	box.Max.X -= keyWide
	box.Min.Y += 20
	return box
}

// view is a ground drawn into a box, with one scale for both directions.
type view struct {
	*ground
	scale vg.Length // points per km
	zero  vg.Point  // where km (0, 0) lies
	box   vg.Rectangle
}

// in fits the ground into a box, in its middle.
func (g *ground) in(box vg.Rectangle) view {
	w, h := g.maxX-g.minX, g.maxY-g.minY
	size := box.Size()
	v := view{ground: g, scale: min(size.X/vg.Length(w), size.Y/vg.Length(h))}
	corner := vg.Point{X: box.Min.X + (size.X-v.scale*vg.Length(w))/2, Y: box.Min.Y + (size.Y-v.scale*vg.Length(h))/2}
	v.zero = vg.Point{X: corner.X - v.scale*vg.Length(g.minX), Y: corner.Y - v.scale*vg.Length(g.minY)}
	v.box = vg.Rectangle{Min: corner, Max: v.at(g.maxX, g.maxY)}
	return v
}

// at returns where a point of the plane lies on the canvas.
func (v view) at(x, y float64) vg.Point {
	return vg.Point{X: v.zero.X + v.scale*vg.Length(x), Y: v.zero.Y + v.scale*vg.Length(y)}
}

// path returns the outline of one ring.
func (v view) path(ring []vg.Point) vg.Path {
	var p vg.Path
	for i, q := range ring {
		at := v.at(float64(q.X), float64(q.Y))
		if i == 0 {
			p.Move(at)
		} else {
			p.Line(at)
		}
	}
	p.Close()
	return p
}

// land fills the regions.
func (v view) land(c draw.Canvas) {
	c.SetColor(land)
	for _, r := range v.rings {
		c.Fill(v.path(r))
	}
}

// borders draws the outlines.
func (v view) borders(c draw.Canvas) {
	c.SetLineStyle(draw.LineStyle{Color: pale, Width: .6})
	for _, r := range v.rings {
		c.Stroke(v.path(r))
	}
}

// scaleBar draws a bar of a round length in km with its length beside it, from a point to the right.
func (f *folder) scaleBar(c draw.Canvas, v view, at vg.Point) {
	km := roundStep((v.maxX-v.minX)/6, 1)
	long := v.scale * vg.Length(km)
	pen := draw.LineStyle{Color: black, Width: 1}
	c.StrokeLine2(pen, at.X, at.Y, at.X+long, at.Y)
	c.StrokeLine2(pen, at.X, at.Y-2, at.X, at.Y+2)
	c.StrokeLine2(pen, at.X+long, at.Y-2, at.X+long, at.Y+2)
	beside(c, style(noteSize, black, false), vg.Point{X: at.X + long + 5, Y: at.Y}, f.say("unit.km", f.num(km, decimals(km))))
}
