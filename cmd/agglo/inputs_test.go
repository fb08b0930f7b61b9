package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// withFirms makes a new folder with a scenario whose firms stand in a table.
func withFirms(t *testing.T) {
	t.Helper()
	inFolder(t)
	small, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(string(small), "targets:")
	put(t, "own.yaml", strings.ReplaceAll(text, ", firms: 100, employment: 460", "")+"start_from: {firms: firms.csv}\n")
	var firms strings.Builder
	for k := range 60 {
		fmt.Fprintf(&firms, "new,%d,%d,%d\n", k%19-9, k%17-8, 3+k%7)
	}
	put(t, "firms.csv", "sector,x,y,employment\n"+firms.String())
}

// A sweep that goes on after a loss of power runs the files that its scenario names as they were, though its copies of them are cut short.
func TestSweepMendsItsInputs(t *testing.T) {
	withFirms(t)
	put(t, "e.yaml", "agglo: 1\nscenario: own.yaml\nfactors: [{name: scenario.areas.square.land, values: [300, 500]}]\nreplicates: 2\nticks: 2\nmetrics: [jobs, firms]\n")
	must(t, "sweep", "e.yaml", "-o", "whole", "-q", "--no-plots")
	for what, cut := range map[string]string{"empty": "", "cut": "sector,x,y,employment\nnew,1,2,5\n"} {
		must(t, "sweep", "e.yaml", "-o", what, "-q", "--index", "0-1")
		put(t, what+"/inputs/firms.csv", cut)
		must(t, "sweep", "e.yaml", "-o", what, "-q", "--no-plots", "--resume")
		sameTables(t, "whole", what)
	}
}

// A stored run whose copy of such a file was changed says so, and says it in the folder that it makes.
func TestStoredRunTellsOtherInputs(t *testing.T) {
	withFirms(t)
	must(t, "run", "own.yaml", "--ticks", "1", "-o", "a", "-q", "--no-plots")
	const warning = "a/inputs/firms.csv: not what the run read"
	if code, _, said := call(t, "run", "a#0", "-o", "b", "--no-plots"); code != 0 || strings.Contains(said, warning) {
		t.Errorf("ends with %d: %s", code, said)
	}
	spoil(t, "a/inputs/firms.csv", "new,-9,-8,3\n", "")
	code, _, said := call(t, "run", "a#0", "-o", "c", "--no-plots")
	manifest, err := os.ReadFile("c/manifest.json")
	if code != 0 || !strings.Contains(said, warning) || err != nil || !strings.Contains(string(manifest), warning) {
		t.Errorf("ends with %d: %s; %v", code, said, err)
	}
}
