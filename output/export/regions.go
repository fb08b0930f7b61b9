package export

import (
	"math"
	"slices"

	"agglo/internal/table"
)

// ring is a closed border in the plane, km.
type ring [][2]float64

// holds says whether a point lies inside: whether a ray from it crosses the ring an odd number of times.
func (r ring) holds(p [2]float64) bool {
	inside := false
	for k := range r {
		a, b := r[k], r[(k+1)%len(r)]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+(p[1]-a[1])/(b[1]-a[1])*(b[0]-a[0]) {
			inside = !inside
		}
	}
	return inside
}

// area is the signed area, km2: positive when the ring runs counterclockwise.
func (r ring) area() float64 {
	sum := 0.0
	for k, a := range r {
		b := r[(k+1)%len(r)]
		sum += a[0]*b[1] - b[0]*a[1]
	}
	return sum / 2
}

// turned gives the ring so that its area has a sign: borders run counterclockwise, holes clockwise (RFC 7946, 3.1.6).
func (r ring) turned(sign float64) ring {
	if r.area()*sign < 0 {
		r = slices.Clone(r)
		slices.Reverse(r)
	}
	return r
}

// polygons sorts rings into borders with their holes: a ring within an odd number of others is a hole of the smallest of them.
func polygons(rings []ring) [][]ring {
	depth, around := make([]int, len(rings)), make([]int, len(rings))
	for k, r := range rings {
		around[k] = -1
		for other, o := range rings {
			if other == k || !o.holds(r[0]) {
				continue
			}
			depth[k]++
			if around[k] < 0 || math.Abs(o.area()) < math.Abs(rings[around[k]].area()) {
				around[k] = other
			}
		}
	}
	var all [][]ring
	place := map[int]int{}
	for k, r := range rings {
		if depth[k]%2 == 0 {
			place[k] = len(all)
			all = append(all, []ring{r.turned(1)})
		}
	}
	for k, r := range rings {
		if depth[k]%2 == 1 {
			at := place[around[k]]
			all[at] = append(all[at], r.turned(-1))
		}
	}
	return all
}

// region is a region with its rings.
type region struct {
	id, name string
	rings    []ring
	last     int64 // number of the last ring
}

// regions writes the outlines.
func (f *Folder) regions(out *file) (int64, error) {
	var all []*region
	err := f.each("outline", []table.Column{{Name: "id"}, {Name: "name"}, {Name: "ring", Kind: table.Integer},
		{Name: "x", Kind: table.Number}, {Name: "y", Kind: table.Number}}, func(r *rows) {
		if len(all) == 0 || all[len(all)-1].id != r.Text(0) {
			all = append(all, &region{id: r.Text(0), name: r.Text(1), last: -1})
		}
		one := all[len(all)-1]
		if r.Integer(2) != one.last {
			one.rings, one.last = append(one.rings, nil), r.Integer(2)
		}
		k := len(one.rings) - 1
		one.rings[k] = append(one.rings[k], [2]float64{r.Number(3), r.Number(4)})
	})
	if err != nil {
		return 0, err
	}
	c, err := f.collect(out, "regions", "outlines of the regions of "+f.Manifest.Scenario, nil)
	if err != nil {
		return 0, err
	}
	f.describe(out, regionTerms)
	for _, one := range all {
		c.feature(one.id)
		c.put(`"MultiPolygon","coordinates":[`)
		for k, polygon := range polygons(one.rings) {
			if k > 0 {
				c.put(",")
			}
			c.polygon(polygon)
		}
		c.put("]")
		c.properties()
		c.text("region", one.id)
		c.text("name", one.name)
		c.done()
	}
	return c.finish(), nil
}

// polygon writes a border and its holes, each closed.
func (c *collection) polygon(rings []ring) {
	c.put("[")
	for k, r := range rings {
		if k > 0 {
			c.put(",")
		}
		if r[0] != r[len(r)-1] {
			r = append(slices.Clone(r), r[0])
		}
		c.put("[")
		for i, p := range r {
			if i > 0 {
				c.put(",")
			}
			c.at(p[0], p[1])
		}
		c.put("]")
	}
	c.put("]")
}
