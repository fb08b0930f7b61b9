package model

import (
	"testing"

	"agglo/model/world"
)

// A sector with towns of its own starts there, another starts where the places say; both keep their jobs. The towns stand
// 25 km apart and firms fall by e over 1 km, so that the middle parts them.
func TestSectorsStartAtTheirTowns(t *testing.T) {
	s := even(t, 1, 2, 200)
	a := &s.Setting.Areas[0]
	west := world.Point{X: a.X0 + .25*float64(a.NX)*a.CellKM, Y: a.Y0 + .5*float64(a.NY)*a.CellKM}
	east := world.Point{X: a.X0 + .75*float64(a.NX)*a.CellKM, Y: west.Y}
	s.Setting.TownKM = 1
	s.Setting.Places = []world.Place{{ID: "west", At: west, Weight: 1}, {ID: "east", At: east}}
	s.Setting.Sectors[1].Towns = []float64{0, 3}
	e, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	count := [2][2]int{}
	jobs := [2]float64{}
	f := &e.World.Firms
	for i, id := range f.ID {
		if id == 0 {
			continue
		}
		side := 0
		if f.X[i] > (west.X+east.X)/2 {
			side = 1
		}
		count[f.Sector[i]][side]++
		jobs[f.Sector[i]] += f.Labour[i]
	}
	if count[0][0] < 195 || count[1][1] < 195 {
		t.Errorf("firms by sector and side: %v, want the first in the west and the second in the east", count)
	}
	for k := range jobs {
		if want := s.Setting.Sectors[k].Employment; jobs[k] < .999*want || jobs[k] > 1.001*want {
			t.Errorf("sector %d: %v jobs, want %v", k, jobs[k], want)
		}
	}
	s.Setting.Sectors[1].Towns = []float64{0, 0}
	if _, err := New(s); err == nil {
		t.Error("a sector without a town starts somewhere")
	}
}
