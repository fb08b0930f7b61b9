package plot

import (
	"testing"

	"agglo/internal/text"

	"gonum.org/v1/plot/vg"
)

// Names of clusters that stand close together, in the middle or in a corner, neither cover each other or each other's lines nor leave
// the map.
func TestRoomForNames(t *testing.T) {
	v := view{box: vg.Rectangle{Min: vg.Point{X: 10, Y: 10}, Max: vg.Point{X: 310, Y: 310}}}
	for _, at := range []vg.Point{{X: 160, Y: 160}, {X: 12, Y: 12}, {X: 309, Y: 200}} {
		all := callouts{v: v, points: []vg.Point{at, at.Add(vg.Point{Y: 9}), at.Add(vg.Point{X: -1, Y: 20}), at.Add(vg.Point{Y: 31})}}
		for k := range all.points {
			one, ok := all.place(all.points[k], 60)
			if !ok {
				t.Errorf("no room for name %d at %v", k, at)
				continue
			}
			if box := one.box; box.Min.X < v.box.Min.X || box.Min.Y < v.box.Min.Y || box.Max.X > v.box.Max.X || box.Max.Y > v.box.Max.Y {
				t.Errorf("name %d at %v leaves the map: %v", k, at, box)
			}
		}
		for k, a := range all.placed {
			for n, b := range all.placed {
				if n != k && (meet(a.box, b.box) || a.led() && crosses(a.at, a.near, b.box)) {
					t.Errorf("name %d at %v or its line covers name %d", k, at, n)
				}
			}
		}
	}
	if _, ok := (&callouts{v: v}).place(vg.Point{X: 160, Y: 160}, 400); ok {
		t.Error("a name wider than the map was given room")
	}
}

// Clusters whose middles nearly fall together, as in one town, all bear their names.
func TestNamesOfOneTown(t *testing.T) {
	v := view{box: vg.Rectangle{Min: vg.Point{X: 10, Y: 10}, Max: vg.Point{X: 310, Y: 310}}}
	at := vg.Point{X: 160, Y: 160}
	all := callouts{v: v, points: []vg.Point{at, at.Add(vg.Point{X: 1, Y: 2}), at.Add(vg.Point{X: 1, Y: 5})}, filled: []vg.Rectangle{around(at, 30)}}
	for k, p := range all.points {
		if _, ok := all.place(p, 90); !ok {
			t.Errorf("no room for name %d of one town", k)
		}
	}
}

// A name stands clear of its cluster where that is not far.
func TestNamesStandClear(t *testing.T) {
	v := view{box: vg.Rectangle{Max: vg.Point{X: 300, Y: 300}}}
	at := vg.Point{X: 150, Y: 150}
	all := callouts{v: v, points: []vg.Point{at}, filled: []vg.Rectangle{around(at, 25)}}
	if one, ok := all.place(at, 60); !ok || all.covered(one.box) > 6 || !one.led() {
		t.Errorf("%+v, %t", one, ok)
	}
}

// A line runs through a box or past it.
func TestCrosses(t *testing.T) {
	box := vg.Rectangle{Min: vg.Point{X: 10, Y: 10}, Max: vg.Point{X: 20, Y: 14}}
	for _, c := range []struct {
		a, b vg.Point
		want bool
	}{
		{vg.Point{X: 0, Y: 12}, vg.Point{X: 30, Y: 12}, true},
		{vg.Point{X: 0, Y: 12}, vg.Point{X: 9, Y: 12}, false},
		{vg.Point{X: 15, Y: 0}, vg.Point{X: 15, Y: 30}, true},
		{vg.Point{X: 9, Y: 0}, vg.Point{X: 9, Y: 30}, false},
		{vg.Point{X: 0, Y: 0}, vg.Point{X: 9, Y: 30}, false},
		{vg.Point{X: 14, Y: 12}, vg.Point{X: 15, Y: 12}, true},
	} {
		if got := crosses(c.a, c.b, box); got != c.want {
			t.Errorf("%v to %v: %t, want %t", c.a, c.b, got, c.want)
		}
	}
}

// A small loss is told from nothing; a whole number has no decimals.
func TestSign(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{{-.28, "−0.3"}, {.28, "+0.3"}, {.01, "0"}, {-.01, "0"}, {0, "0"}, {.96, "+1"}, {-12.4, "−12"}} {
		if got := (&folder{lang: text.English}).sign(c.x); got != c.want {
			t.Errorf("%v: %q, want %q", c.x, got, c.want)
		}
	}
}
