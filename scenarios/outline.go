package scenarios

import (
	"fmt"
	"math"

	"agglo/model/world"
)

// land is an outline in the plane: any number of polygons.
type land []polygon

// has says whether a point is inside one of the polygons.
func (l land) has(p world.Point) bool { return l.cut(p.Y).has(p.X) }

// A polygon is closed rings: the outer border, then holes.
type polygon [][]world.Point

// A cut is where the rings of each polygon cross a line from west to east. It serves all points on that line.
type cut [][]float64

// cut is where an outline crosses the line at y.
func (l land) cut(y float64) cut {
	all := make(cut, len(l))
	for k, g := range l {
		for _, ring := range g {
			for i := 1; i < len(ring); i++ {
				a, b := ring[i-1], ring[i]
				if (a.Y > y) != (b.Y > y) {
					all[k] = append(all[k], a.X+float64((y-a.Y)/(b.Y-a.Y)*(b.X-a.X)))
				}
			}
		}
	}
	return all
}

// has says whether the point at x on the line is inside one of the polygons: whether a ray from it to the east crosses the polygon's
// rings an odd number of times.
func (c cut) has(x float64) bool {
	for _, one := range c {
		inside := false
		for _, at := range one {
			if x < at {
				inside = !inside
			}
		}
		if inside {
			return true
		}
	}
	return false
}

// cuts is the cut of every outline at y.
func cuts(outlines []land, y float64) []cut {
	all := make([]cut, len(outlines))
	for k, l := range outlines {
		all[k] = l.cut(y)
	}
	return all
}

// bounds gives the corners of the smallest box around the outline.
func (l land) bounds() (low, high world.Point) {
	low = world.Point{X: math.Inf(1), Y: math.Inf(1)}
	high = world.Point{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, ring := range l.rings() {
		for _, p := range ring {
			low.X, low.Y = min(low.X, p.X), min(low.Y, p.Y)
			high.X, high.Y = max(high.X, p.X), max(high.Y, p.Y)
		}
	}
	return low, high
}

// rings lists all borders, as a map draws them.
func (l land) rings() [][]world.Point {
	var rings [][]world.Point
	for _, g := range l {
		rings = append(rings, g...)
	}
	return rings
}

// box is a rectangle about a point.
func box(centre world.Point, width, height float64) land {
	w, h := width/2, height/2
	corner := func(x, y float64) world.Point { return world.Point{X: centre.X + float64(x), Y: centre.Y + float64(y)} }
	return land{{{corner(-w, -h), corner(w, -h), corner(w, h), corner(-w, h), corner(-w, -h)}}}
}

// maxRing is the number of points of a ring that the test for self-crossing can look at in a second or two.
const maxRing = 30000

// ringProblem says what is wrong with a ring of [longitude, latitude] points as GeoJSON (RFC 7946) has them, or nothing.
func ringProblem(ring [][2]float64) string {
	n := len(ring)
	switch {
	case n < 4:
		return fmt.Sprintf("has %d points: want at least 4, the last equal to the first", n)
	case n > maxRing:
		return fmt.Sprintf("has %d points: want at most %d; simplify it", n, maxRing)
	case ring[0] != ring[n-1]:
		return "is not closed: want the last point equal to the first"
	}
	for i, p := range ring {
		if math.Abs(p[1]) > 90 || math.Abs(p[0]) > 180 {
			hint := ""
			if math.Abs(p[0]) <= 90 && math.Abs(p[1]) <= 180 {
				hint = "; in GeoJSON longitude stands first, then latitude"
			}
			return fmt.Sprintf("point %d is [%v, %v]: want longitude in [-180,180], latitude in [-90,90]%s", i, p[0], p[1], hint)
		}
		if i > 0 && math.Abs(p[0]-ring[i-1][0]) > 180 {
			return fmt.Sprintf("crosses the date line at point %d: split it there", i)
		}
	}
	if i, j, crosses := selfCrossing(ring); crosses {
		return fmt.Sprintf("crosses itself: the line after point %d meets the line after point %d", i, j)
	}
	return ""
}

// selfCrossing finds two sides of a closed ring that cross. Sides that only touch are let pass: simplified maps have spikes
// and pinched corners, and they change no area.
func selfCrossing(ring [][2]float64) (i, j int, found bool) {
	n := len(ring) - 1
	for i := range n {
		for j := i + 2; j < n; j++ {
			if i == 0 && j == n-1 { // neighbours across the seam
				continue
			}
			if meet(ring[i], ring[i+1], ring[j], ring[j+1]) {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

// meet says whether the segments ab and cd cross at a point inside both.
func meet(a, b, c, d [2]float64) bool {
	if max(a[0], b[0]) < min(c[0], d[0]) || max(c[0], d[0]) < min(a[0], b[0]) ||
		max(a[1], b[1]) < min(c[1], d[1]) || max(c[1], d[1]) < min(a[1], b[1]) {
		return false
	}
	return turn(a, b, c)*turn(a, b, d) < 0 && turn(c, d, a)*turn(c, d, b) < 0
}

// turn is 1 when abc turns left, -1 when it turns right, 0 when it is straight.
func turn(a, b, c [2]float64) int {
	z := float64((b[0]-a[0])*(c[1]-a[1])) - float64((b[1]-a[1])*(c[0]-a[0]))
	switch {
	case z > 0:
		return 1
	case z < 0:
		return -1
	}
	return 0
}
