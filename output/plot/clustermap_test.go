package plot

import (
	"testing"

	"gonum.org/v1/plot/vg"
)

// Names of clusters that stand on one point, in the middle or in a corner, neither cover each other nor leave the map.
func TestRoomForNames(t *testing.T) {
	v := view{box: vg.Rectangle{Min: vg.Point{X: 10, Y: 10}, Max: vg.Point{X: 310, Y: 310}}}
	for _, at := range []vg.Point{{X: 160, Y: 160}, {X: 12, Y: 12}, {X: 309, Y: 200}} {
		taken := []vg.Rectangle{around(at, 3)}
		for k := range 8 {
			box, ok := v.room(at, 90, taken)
			if !ok {
				t.Errorf("no room for name %d at %v", k, at)
				continue
			}
			for _, o := range taken {
				if meet(box, o) {
					t.Errorf("name %d at %v covers another", k, at)
				}
			}
			if box.Min.X < v.box.Min.X || box.Min.Y < v.box.Min.Y || box.Max.X > v.box.Max.X || box.Max.Y > v.box.Max.Y {
				t.Errorf("name %d at %v leaves the map: %v", k, at, box)
			}
			taken = append(taken, box)
		}
	}
	if _, ok := v.room(vg.Point{X: 160, Y: 160}, 400, nil); ok {
		t.Error("a name wider than the map was given room")
	}
}
