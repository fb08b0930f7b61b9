package plot

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mostMarks is how many marks a layer may hold as shapes; beyond it the layer is drawn as an image, or SVG files would
// be too large to open.
const mostMarks = 5000

// layer is an image laid over a part of a canvas, one pixel for each dot of the PNG.
type layer struct {
	img  *image.NRGBA
	area vg.Rectangle // of the canvas, on whole dots
}

// dots per point.
const perPoint = float64(dpi) / 72

// newLayer returns an empty layer over a part of a canvas.
func newLayer(over vg.Rectangle) *layer {
	x0, y0 := math.Floor(float64(over.Min.X)*perPoint), math.Floor(float64(over.Min.Y)*perPoint)
	w := int(math.Ceil(float64(over.Max.X)*perPoint) - x0)
	h := int(math.Ceil(float64(over.Max.Y)*perPoint) - y0)
	area := vg.Rectangle{Min: vg.Point{X: vg.Length(x0 / perPoint), Y: vg.Length(y0 / perPoint)}}
	area.Max = area.Min.Add(vg.Point{X: vg.Length(float64(w) / perPoint), Y: vg.Length(float64(h) / perPoint)})
	return &layer{image.NewNRGBA(image.Rect(0, 0, w, h)), area}
}

// grown is a box with some room around it, so that a mark at the edge of a map is whole.
func grown(box vg.Rectangle, by vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: box.Min.X - by, Y: box.Min.Y - by}, Max: vg.Point{X: box.Max.X + by, Y: box.Max.Y + by}}
}

// pixel returns the place of a point of the canvas in the image, in pixels from its upper left corner.
func (l *layer) pixel(p vg.Point) (x, y float64) {
	return float64(p.X-l.area.Min.X) * perPoint, float64(l.area.Max.Y-p.Y) * perPoint
}

// lay puts the image on the canvas.
func (l *layer) lay(c draw.Canvas) { c.DrawImage(l.area, l.img) }

// form is the outline of a mark. Forms tell groups apart where colours do not.
type form int

const (
	disc form = iota
	square
	diamond
	triangle
	wedge // a triangle that points down
	plus
	star
	hoop
	forms
)

// Measures of forms, in radii of the disc: with them their areas are about the disc's.
const (
	armWide, armLong  = .457, 1.088
	starOut, starIn   = 1.462, .731
	ringMid, ringWide = .75, .65
)

// inside returns how far a point lies inside a mark of radius r around the origin, in the same unit: below zero it is
// outside. All forms have about the area of the disc.
func (k form) inside(x, y, r float64) float64 {
	switch k {
	case square:
		return .886*r - math.Max(math.Abs(x), math.Abs(y))
	case diamond:
		return (1.253*r - math.Abs(x) - math.Abs(y)) / math.Sqrt2
	case triangle: // pointing up; y runs down
		r *= 1.555
		return math.Min(.5*r-y, .5*r+y/2-math.Abs(x)*math.Sqrt(3)/2)
	case wedge:
		return triangle.inside(x, -y, r)
	case plus:
		x, y = math.Abs(x), math.Abs(y)
		return math.Min(armWide*r-math.Min(x, y), armLong*r-math.Max(x, y))
	case star: // the edge from a point to the notch beside it, turned to the point nearest
		const fifth = 2 * math.Pi / 5
		turn := math.Abs(math.Remainder(math.Atan2(x, -y), fifth))
		from := math.Hypot(x, y)
		outX, inX, inY := starOut*r, starIn*r*math.Cos(fifth/2), starIn*r*math.Sin(fifth/2)
		px, py := from*math.Cos(turn)-outX, from*math.Sin(turn)
		return (-px*inY - py*(outX-inX)) / math.Hypot(outX-inX, inY)
	case hoop:
		return ringWide/2*r - math.Abs(math.Hypot(x, y)-ringMid*r)
	}
	return r - math.Sqrt(x*x+y*y)
}

// outline returns the corners of a mark that is not a disc, y running up.
func (k form) outline(at vg.Point, r vg.Length) []vg.Point {
	corner := func(x, y vg.Length) vg.Point { return vg.Point{X: at.X + x*r, Y: at.Y + y*r} }
	switch k {
	case square:
		return []vg.Point{corner(-.886, -.886), corner(.886, -.886), corner(.886, .886), corner(-.886, .886)}
	case diamond:
		return []vg.Point{corner(0, -1.253), corner(1.253, 0), corner(0, 1.253), corner(-1.253, 0)}
	case wedge:
		return []vg.Point{corner(-1.347, .778), corner(1.347, .778), corner(0, -1.555)}
	case plus:
		const w, l = armWide, armLong
		return []vg.Point{corner(-w, -l), corner(w, -l), corner(w, -w), corner(l, -w), corner(l, w), corner(w, w), corner(w, l), corner(-w, l),
			corner(-w, w), corner(-l, w), corner(-l, -w), corner(-w, -w)}
	case star:
		var all []vg.Point
		for i := range 10 {
			far := [2]float64{starOut, starIn}[i%2]
			all = append(all, corner(vg.Length(far*math.Sin(float64(i)*math.Pi/5)), vg.Length(far*math.Cos(float64(i)*math.Pi/5))))
		}
		return all
	}
	return []vg.Point{corner(-1.347, -.778), corner(1.347, -.778), corner(0, 1.555)}
}

// mark draws one mark as a shape on a canvas.
func mark(c draw.Canvas, k form, at vg.Point, r vg.Length, col color.NRGBA) {
	if k != disc && k != hoop {
		c.FillPolygon(col, k.outline(at, r))
		return
	}
	var p vg.Path
	if k == hoop {
		p.Move(vg.Point{X: at.X + ringMid*r, Y: at.Y})
		p.Arc(at, ringMid*r, 0, 2*math.Pi)
		p.Close()
		c.SetLineStyle(draw.LineStyle{Color: col, Width: ringWide * r})
		c.Stroke(p)
		return
	}
	p.Move(vg.Point{X: at.X + r, Y: at.Y})
	p.Arc(at, r, 0, 2*math.Pi)
	p.Close()
	c.SetColor(col)
	c.Fill(p)
}

// fine is the radius, in pixels, below which marks have hard edges.
const fine = 1.5

// mark draws one mark into the image, its edge smoothed over one pixel; r is in points.
func (l *layer) mark(k form, at vg.Point, r vg.Length, col color.NRGBA) {
	x, y := l.pixel(at)
	reach := float64(r) * perPoint
	b := l.img.Bounds()
	far := 1.6*reach + 1
	for py := max(0, int(y-far)); py <= min(b.Max.Y-1, int(y+far)); py++ {
		for px := max(0, int(x-far)); px <= min(b.Max.X-1, int(x+far)); px++ {
			cover := k.inside(float64(px)+.5-x, float64(py)+.5-y, reach) + .5
			if reach < fine { // smoothing what is hardly larger than a pixel only blurs it, and makes files large
				cover = math.Floor(cover + .5)
			}
			if cover > 0 {
				l.blend(px, py, col, math.Min(cover, 1))
			}
		}
	}
}

// blend lays a colour over a pixel, with a cover in [0, 1].
func (l *layer) blend(x, y int, col color.NRGBA, cover float64) {
	at := l.img.PixOffset(x, y)
	p := l.img.Pix[at : at+4 : at+4]
	over := cover * float64(col.A) / 255
	under := float64(p[3]) / 255 * (1 - over)
	sum := over + under
	if sum <= 0 {
		return
	}
	for i, v := range [3]uint8{col.R, col.G, col.B} {
		p[i] = uint8((float64(v)*over+float64(p[i])*under)/sum + .5)
	}
	p[3] = uint8(sum*255 + .5)
}

// fill colours the pixels of a box of the canvas, without a seam to the box beside it.
func (l *layer) fill(box vg.Rectangle, col color.NRGBA) {
	x0, y1 := l.pixel(box.Min)
	x1, y0 := l.pixel(box.Max)
	b := l.img.Bounds()
	for y := max(0, int(math.Round(y0))); y < min(b.Max.Y, int(math.Round(y1))); y++ {
		for x := max(0, int(math.Round(x0))); x < min(b.Max.X, int(math.Round(x1))); x++ {
			l.img.SetNRGBA(x, y, col)
		}
	}
}
