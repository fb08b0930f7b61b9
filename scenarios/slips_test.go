package scenarios

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// What a hand slips into easily is read where it can only mean one thing, and named where it cannot.
func TestSlips(t *testing.T) {
	const start = tables + "start_from: {employment: jobs.csv}\n"
	jobs := fstest.MapFS{"jobs.csv": {Data: []byte("region, sector, employment\nwest, metals, 900\n West End ,food, 200\n")}}
	s, err := Parse("x.yaml", []byte(start), jobs)
	if err != nil || s.Sectors[0].Employment.Value != 900 || s.Sectors[1].Employment.Value != 200 {
		t.Errorf("spaces behind commas: %v", err)
	}
	square := `[[0,0],[1,0],[1,1],[0,1],[0,0]]`
	map1 := fstest.MapFS{"m.geojson": {Data: []byte("\ufeff" + `{"type":"Feature","geometry":{"type":"Polygon","coordinates":[` + square + `]}}`)}}
	if _, err := Parse("x.yaml", []byte(strings.Replace(with("origin: [.5, .5]\n"), "box_km: [20, 10]", "file: m.geojson", 1)), map1); err != nil {
		t.Errorf("a byte order mark before a map: %v", err)
	}
	comma := strings.Replace(start, "cell_km: 2", "cell_km: 2,5", 1)
	if _, err := Parse("x.yaml", []byte(comma), jobs); err == nil || !strings.Contains(err.Error(), "areas[0].5: unknown key: a number wants a point, write 2.5") {
		t.Errorf("a decimal comma: %v", err)
	}
	if _, err := Parse("x.yaml", []byte(strings.Replace(start, "jobs.csv", "Job.csv", 1)), jobs); err == nil || !strings.Contains(err.Error(), "did you mean jobs.csv?") {
		t.Errorf("a table's name misspelt: %v", err)
	}
	file := filepath.Join(t.TempDir(), "valley.yaml")
	if err := os.WriteFile(file, []byte(start), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(strings.TrimSuffix(file, ".yaml") + ".yml"); err == nil || !strings.Contains(err.Error(), "nor a file; did you mean valley.yaml?") {
		t.Errorf("a scenario's name misspelt: %v", err)
	}
	for text, want := range map[string]string{
		"policies: [{id: p, instrument: subsidy, budget: 40}]\n":                    "policies[0].budget: 40 unit is less than a worker costs in a year, 40000: want whole units",
		"policies: [{id: p, instrument: subsidy, budget: 4.0e7}]\n":                 "",
		"policies: [{id: p, instrument: subsidy, budget: 0}]\n":                     "",
		"targets: [{metric: jobs, date: 2005, value: 900, tolerance: 10}]\n":        "targets[0].tolerance: 10 takes anything from 0 on as near: want a share, .1 for 10%",
		"targets: [{metric: jobs, date: 2005, value: 900, tolerance: .1}]\n":        "",
		"targets: [{metric: unemployment, date: 2005, value: .1, tolerance: .5}]\n": "",
	} {
		s, err := Parse("x.yaml", []byte(start+text), jobs)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		notes := strings.Join(s.Notes, "\n")
		if told := strings.Contains(notes, "].budget: ") || strings.Contains(notes, "].tolerance: "); told != (want != "") || !strings.Contains(notes, want) {
			t.Errorf("%s: %q, want %q", text, notes, want)
		}
	}
}
