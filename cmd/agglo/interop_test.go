//go:build interop

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// Programs of others read what is written here: a test a format, run by make test-interop.

// DuckDB reads the Parquet files of a sweep: the types, the number of rows, and each value to the bit.
func TestInteropParquet(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	script := npm(t, here, "duckdb.mjs", "@duckdb/node-api@1.5.6-r.1")
	inSweep(t, strings.Replace(experiment, "factors:\n", "factors:\n  - {name: \"trust.organisation\", values: [network, central]}\n", 1))
	must(t, "sweep", "e.yaml", "-o", "s", "-q")
	for _, name := range []string{"runs", "series"} {
		out, err := exec.Command("node", script, "s/"+name+".parquet").Output()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		var found struct {
			Columns [][2]string
			Rows    [][]*string
		}
		if err := json.Unmarshal(out, &found); err != nil {
			t.Fatal(err)
		}
		want := rows(t, "s/"+name+".csv")
		if len(found.Rows) != len(want) || len(want) == 0 {
			t.Errorf("%s: %d rows, want %d", name, len(found.Rows), len(want))
			continue
		}
		types := map[string]string{"run": "BIGINT", "point": "BIGINT", "replicate": "BIGINT", "seed": "BIGINT", "tick": "BIGINT", "policy": "VARCHAR", "trust.organisation": "VARCHAR"}
		nulls := 0
		for c, column := range found.Columns {
			if kind, named := types[column[0]]; named && column[1] != kind || !named && column[1] != "DOUBLE" {
				t.Errorf("%s: %s is %s", name, column[0], column[1])
			}
			for k, row := range found.Rows {
				switch value := want[k][column[0]]; {
				case row[c] == nil:
					nulls++
					if value != "" {
						t.Errorf("%s, row %d, %s: null, want %s", name, k, column[0], value)
					}
				case column[1] != "DOUBLE" && *row[c] != value, column[1] == "DOUBLE" && bitsOf(t, *row[c]) != bitsOf(t, value):
					t.Errorf("%s, row %d, %s: %s, want %s", name, k, column[0], *row[c], value)
				}
			}
		}
		t.Logf("%s.parquet: %d columns, %d rows, %d nulls; types and values are those of the CSV", name, len(found.Columns), len(found.Rows), nulls)
	}
}

// bitsOf reads a number.
func bitsOf(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
