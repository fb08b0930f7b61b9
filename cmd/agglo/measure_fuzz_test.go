package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzMeasure: whatever comes on standard input, measure, analyse and design print a table without NaN and infinities, or end with words.
func FuzzMeasure(f *testing.F) {
	at := func(name string) string { return filepath.Join("testdata", "measure", name) }
	commands := []struct{ args, seed string }{
		{"measure ellison-glaeser --plants -", at("austria_plants.csv")},
		{"measure ellison-glaeser --plants " + at("austria_plants.csv") + " --regions -", at("austria_regions.csv")},
		{"measure hoover --table -", at("austria_jobs.csv")}, {"measure location-quotient --table -", at("quotient.csv")}, {"measure gini --table -", at("gini_concentration.csv")},
		{"measure theil --table -", at("theil_groups.csv")}, {"measure hhi --table -", at("herfindahl.csv")}, {"measure krugman --table -", at("austria_jobs.csv")},
		{"measure litzenberger-sternberg --units -", at("cluster_units.csv")}, {"measure coagglomeration --plants -", at("coagglomeration.csv")},
		{"measure triple-helix --units -", at("helix_xor.csv")}, {"measure colocation --units -", at("colocation.csv")},
		{"measure mutual-information --counts -", at("collaboration.csv")}, {"measure moran --points - --band 1", at("moran_points.csv")},
		{"measure moran --points " + at("moran_points.csv") + " --weights -", at("moran_weights.csv")}, {"measure marcon-puech --plants - --radii 2,20", at("points.csv")},
		{"measure duranton-overman --plants -", at("points.csv")}, {"measure distribution --values -", at("growth.csv")}, {"measure network --edges -", at("karate.csv")},
		{"measure network --edges " + at("karate.csv") + " --communities -", at("karate_two.csv")},
		{"analyse regression --design - --values " + at("growth.csv"), at("growth.csv")}, {"analyse oat --design " + at("points.csv") + " --values -", at("growth.csv")},
		{"analyse grid --design " + at("growth.csv") + " --values -", at("growth.csv")}, {"design oat -", ""}, {"design lhs - -n 3", ""}, {"design saltelli - -n 2", ""},
	}
	for which, c := range commands {
		data := []byte("factors:\n  - {name: x, dist: {loguniform: [.01, 10]}}\n  - {name: y, values: [a, b]}\n")
		if c.seed != "" {
			var err error
			if data, err = os.ReadFile(c.seed); err != nil {
				f.Fatal(err)
			}
		}
		f.Add(uint8(which), data)
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		if len(data) > 4096 { // long tables are read as short ones are
			return
		}
		args := strings.Fields(commands[int(which)%len(commands)].args)
		var out, said bytes.Buffer
		err := run(t.Context(), args, bytes.NewReader(data), &out, &said)
		if err != nil {
			if code := exitCode(err); code != 1 && code != 2 || strings.TrimSpace(said.String()+err.Error()) == "" {
				t.Errorf("%v: exit code %d, %q, %v", args, code, said.String(), err)
			}
			return
		}
		table, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(table) == 0 {
			t.Fatalf("%v: %d rows, %v", args, len(table), err)
		}
		if args[0] == "design" { // whose words may be any
			return
		}
		for _, row := range table[1:] {
			for k, cell := range row {
				if (cell == "NaN" || strings.HasSuffix(cell, "Inf")) && !bytes.Contains(data, []byte(cell)) {
					t.Errorf("%v: %s is %s: %v", args, table[0][k], cell, row)
				}
			}
		}
	})
}
