package output

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"testing"

	"agglo/model/world"
)

// What stands in cells is written at the ticks of the map, with land and capital at the scenario's scale.
func TestInfrastructureByHand(t *testing.T) {
	w := hamlet()
	w.Setting.Institutions = []world.Institution{{ID: "u", Name: "University", Kind: "university", At: world.Point{X: 3, Y: 4}}}
	w.Params.Sigma = 5
	w.Fields.EndPoint = []float64{1, math.Exp(4 * .02)}
	w.Ledger = []world.LedgerEntry{{Policy: "roads", Instrument: "infrastructure", Works: 6, Sites: []int32{0, 1}}, {Policy: "talk", Instrument: "awareness"}}
	dir, m := record(t, w, 4, 1, func(tick int) {
		w.ClearLevers()
		if tick > 1 {
			w.Levers.PushCell(world.LeverAccess, 1, .02)
			w.Levers.PushCell(world.LeverRunning, 1, .01)
			w.Levers.PushCell(world.LeverReach, 1, .03)
			w.Levers.PushCell(world.LeverLand, 1, 40)
		}
	})
	rows := records(t, dir, "infrastructure")
	if len(rows) != 1 {
		t.Fatalf("infrastructure.csv: %v: want one cell, at the end", rows)
	}
	wants(t, rows[0], map[string]float64{"tick": 4, "cell": 1, "km": 10, "utilities": .01, "communications": .03, "land": 400})
	if rows = records(t, dir, "works"); len(rows) != 2 || rows[0]["policy"] != "roads" || rows[1]["instrument"] != "infrastructure" {
		t.Fatalf("works.csv: %v: want the two cells of the roads", rows)
	}
	wants(t, rows[1], map[string]float64{"tick": 4, "cell": 1, "km": 10, "capital": 30})
	if rows = records(t, dir, "institutions"); len(rows) != 1 || rows[0]["kind"] != "university" {
		t.Errorf("institutions.csv: %v", rows)
	}
	for _, name := range []string{"infrastructure.csv", "works.csv", "institutions.csv"} {
		if m.Tables[name].SHA256 == "" {
			t.Errorf("the manifest lacks %s", name)
		}
	}
}

// A run in which nothing stands has none of these tables.
func TestNoInfrastructureNoTables(t *testing.T) {
	dir, _ := record(t, hamlet(), 4, 1, func(int) {})
	for _, name := range []string{"infrastructure.csv", "works.csv", "institutions.csv"} {
		if _, err := os.Stat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("there is a file %s", name)
		}
	}
}
