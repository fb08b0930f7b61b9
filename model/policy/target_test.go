package policy

import (
	"testing"

	"agglo/model/world"
)

// Cell 0 belongs to an old and to a young cluster of two groups, cell 1 to none. What was there at the start is never young.
func TestCellsOfTwoClusters(t *testing.T) {
	w := two()
	w.Groups = []world.Group{{Number: 1, Born: -1, Cells: []int32{0}}, {Number: 2, Born: 3, Cells: []int32{0}}}
	w.Now.Tick = 4
	v := world.NewView(w)
	emerging := young(v, 5, nil)
	if len(emerging) != 1 || emerging[0] != 2 {
		t.Fatalf("clusters %v are young, want 2 only", emerging)
	}
	for kind, want := range map[string][2]bool{
		"": {true, true}, "any": {true, false}, "none": {false, true}, "emerging": {true, false}, "existing": {true, false},
	} {
		target := Target{Cluster: kind}
		for cell := range want {
			if got := target.groupedAt(v, cell, emerging); got != want[cell] {
				t.Errorf("%q, cell %d: %v", kind, cell, got)
			}
		}
	}
	w.Groups[1].Born = -1
	if emerging = young(v, 5, nil); len(emerging) != 0 {
		t.Errorf("clusters %v of the start are young", emerging)
	}
	if (&Target{Cluster: "emerging"}).groupedAt(v, 0, emerging) {
		t.Error("a cell of two old clusters is in an emerging one")
	}
}
