package plot

import (
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// names writes place names with a white edge, the weightiest first. A name goes to the first of eight sides of its
// point where it covers no other name, nor what is taken, and stays on the map; one that fits nowhere is left out with its point.
func (v view) names(c draw.Canvas, most int, taken ...vg.Rectangle) {
	places := slices.Clone(v.places)
	slices.SortStableFunc(places, func(a, b place) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	s := style(noteSize, black, false)
	for _, p := range places {
		if most == 0 {
			break
		}
		at := v.at(p.x, p.y)
		box, ok := v.side(at, s.Width(p.name), taken)
		hidden := slices.ContainsFunc(taken, func(o vg.Rectangle) bool { return meet(around(at, 2.4), o) })
		if !ok || hidden {
			continue
		}
		most--
		taken = append(taken, box, around(at, 3))
		mark(c, disc, at, 2.4, white)
		mark(c, disc, at, 1.6, black)
		haloed(c, s, vg.Point{X: box.Min.X + 1, Y: box.Min.Y + 1}, p.name)
	}
}

// side returns the box of a name of a given width beside a point.
func (v view) side(at vg.Point, wide vg.Length, taken []vg.Rectangle) (vg.Rectangle, bool) {
	const off vg.Length = 3.5
	w, h := wide+2, noteSize+1
	for _, corner := range []vg.Point{
		{X: off, Y: -h / 2}, {X: -off - w, Y: -h / 2}, {X: -w / 2, Y: off}, {X: -w / 2, Y: -off - h},
		{X: off, Y: off / 2}, {X: off, Y: -off/2 - h}, {X: -off - w, Y: off / 2}, {X: -off - w, Y: -off/2 - h},
	} {
		box := vg.Rectangle{Min: at.Add(corner)}
		box.Max = box.Min.Add(vg.Point{X: w, Y: h})
		inside := box.Min.X >= v.box.Min.X && box.Max.X <= v.box.Max.X && box.Min.Y >= v.box.Min.Y && box.Max.Y <= v.box.Max.Y
		if inside && !slices.ContainsFunc(taken, func(o vg.Rectangle) bool { return meet(box, o) }) {
			return box, true
		}
	}
	return vg.Rectangle{}, false
}

// around returns the square box around a point.
func around(p vg.Point, r vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: p.X - r, Y: p.Y - r}, Max: vg.Point{X: p.X + r, Y: p.Y + r}}
}

// meet tells whether two boxes share area.
func meet(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}

// haloed writes a text with a white edge, so that it is read on any ground.
func haloed(c draw.Canvas, s draw.TextStyle, at vg.Point, txt string) {
	edge := s
	edge.Color = white
	for _, d := range []vg.Point{{X: -.9}, {X: .9}, {Y: -.9}, {Y: .9}, {X: -.6, Y: -.6}, {X: .6, Y: .6}, {X: -.6, Y: .6}, {X: .6, Y: -.6}} {
		c.FillText(edge, at.Add(d), txt)
	}
	c.FillText(s, at, txt)
}
