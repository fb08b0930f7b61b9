package world

import "testing"

// Sectors are ranked by workers at tick 0, a sector that emerges by those of its maturity, equal ones in the order of the scenario.
func TestSectorRank(t *testing.T) {
	w := &World{Setting: &Setting{Sectors: []Sector{{Employment: 10}, {Employment: 30}, {Emerging: &Emerging{Mature: 20}, Employment: 1}, {Employment: 30}}}}
	for s, want := range []int{3, 0, 2, 1} {
		if got := (View{w}).SectorRank(s); got != want {
			t.Errorf("sector %d: %d, want %d", s, got, want)
		}
	}
}
