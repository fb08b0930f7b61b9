package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// The BehaviorSpace table has what its readers look for: six lines, cells in quotes, a header with the number of the run first
// and [step] between what was varied and what was measured, and the rows of the series.
func TestSweepNetLogo(t *testing.T) {
	inSweep(t, experiment+"layout: netlogo\n")
	out := must(t, "sweep", "e.yaml", "-o", "s", "-q")
	if !strings.Contains(out, "netlogo/table.csv") {
		t.Error(out)
	}
	data, err := os.ReadFile("s/netlogo/table.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	for k, want := range []string{
		`^"BehaviorSpace results \(NetLogo \d+\.\d+\.\d+\)","Table version 2\.0"$`, `^"[^"]*agglo[^"]*"$`, `^"[^"]+"$`,
		`^"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d:\d{3} [+-]\d{4}"$`, `^"min-pxcor","max-pxcor","min-pycor","max-pycor"$`, `^"-?\d+","-?\d+","-?\d+","-?\d+"$`,
		`^"\[run number\]","policy","trust.loss","scenario.areas.square.land","replicate","seed","\[step\]","firms",`,
	} {
		if !regexp.MustCompile(want).MatchString(lines[k]) {
			t.Errorf("line %d is %s, want %s", k+1, lines[k], want)
		}
	}
	table, err := csv.NewReader(strings.NewReader(strings.Join(lines[6:], "\n"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	series := rows(t, "s/series.csv")
	if len(table)-1 != len(series) {
		t.Fatalf("%d rows, want %d", len(table)-1, len(series))
	}
	for k, row := range series {
		cells := table[k+1]
		if want := fmt.Sprint(k/3 + 1); cells[0] != want {
			t.Errorf("row %d is of run %s, want %s", k, cells[0], want)
		}
		for c, name := range table[0][1:] {
			if name == "[step]" {
				name = "tick"
			}
			if cells[c+1] != row[name] {
				t.Errorf("row %d, %s: %s, want %s", k, name, cells[c+1], row[name])
			}
		}
	}
	for _, line := range lines[7:] {
		if n := strings.Count(line, ","); strings.Count(line, `","`) != n {
			t.Fatalf("cells without quotes: %s", line)
		}
	}
	if err := os.WriteFile("e.yaml", []byte(experiment), 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "sweep", "e.yaml", "-o", "parts", "-q", "--index", "0-11:2")
	must(t, "sweep", "e.yaml", "-o", "parts", "-q", "--index", "1-11:2")
	must(t, "merge", "parts", "--layout", "netlogo")
	sameTables(t, "s", "parts")
	if code, _, text := call(t, "merge", "parts", "--layout", "netlog"); code != 2 || !strings.Contains(text, "netlogo") {
		t.Errorf("%d: %s", code, text)
	}
}
