package output

import (
	"testing"

	"agglo/model/world"
)

// Facilities are written at a year's end, with the money of the year at the scenario's scale.
func TestFacilitiesByHand(t *testing.T) {
	w := hamlet()
	w.Setting.Institutions = []world.Institution{{ID: "u", Kind: "university"}, {ID: "lab", Kind: "test_laboratory", At: world.Point{X: 3, Y: 4}}}
	w.Facilities = []world.Facility{{Institution: 1, Members: make([]world.Member, 2), Balance: .5}}
	dir, _ := record(t, w, 8, 1, func(int) {
		f := &w.Facilities[0]
		f.Now = world.Service{Places: 20, Using: 1, Jobs: 5, Mean: .75}
		f.Year = world.Paid{Fees: 1, Cost: 4, Grant: 3, Relief: 2}
	})
	rows := records(t, dir, "facilities")
	if len(rows) != 2 || rows[1]["facility"] != "lab" || rows[1]["kind"] != "test_laboratory" {
		t.Fatalf("facilities.csv: %v", rows)
	}
	wants(t, rows[0], map[string]float64{"tick": 4, "x": 3, "y": 4, "members": 2, "using": 1, "use": .25, "service": .75, "fees": 10,
		"grant": 30, "relief": 20, "cost": 40, "balance": 5})
}
