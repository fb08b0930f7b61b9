package main

import (
	"os"
	"strings"
	"testing"
)

// Whatever a manifest says that the run does not give again is told with its path and both values, and is a fault.
func TestVerifyManifest(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "a", "--no-plots", "--ticks", "2", "--firms", "every:1", "--set", "trust.loss=.3@1")
	verifies(t, 0, []string{"the same"}, "a")
	for _, c := range []struct{ old, now, want string }{
		{`"labour.wage_slope": 0.25`, `"labour.wage_slope": 0.45`, "manifest.json: params.labour.wage_slope is 0.45 in the folder and 0.25 in the run made again"},
		{`"labour.wage_slope"`, `"labour.wage_slop"`, "params.labour.wage_slop is 0.25 in the folder and nothing"},
		{`"labour.wage_slope"`, `"labour.wage_slop"`, "params.labour.wage_slope is nothing in the folder and 0.25"},
		{`"year": 2`, `"year": 1`, "start.year is 1"},
		{`"tick_years": 0.25`, `"tick_years": 0.5`, "tick_years is 0.5 in the folder and 0.25"},
		{`"code": "`, `"code": "X`, `currency.code is "X`}, {`"labour_cost": `, `"labour_cost": 1`, "currency.labour_cost is 1"},
		{`"scenario": "small"`, `"scenario": "great"`, `scenario is "great" in the folder and "small"`},
		{`"complete": true`, `"complete": false`, "complete is false in the folder and true"},
		{`"firms_every": 1,`, ``, "manifest.json was changed after the run"}, {`"seed": `, `"seed": 1`, "seed is 1"},
		{`"trust.loss=.3@1"`, `"trust.loss=.3@2"`, "manifest.json was changed after the run"},
		{`"bytes": `, `"bytes": 7`, ".bytes is 7"},
	} {
		_ = os.RemoveAll("b")
		spoil(t, copyOf(t, "a", "b")+"/manifest.json", c.old, c.now)
		verifies(t, 1, []string{c.want}, "b")
	}
	_ = os.RemoveAll("b")
	spoil(t, copyOf(t, "a", "b")+"/manifest.json", `"version": "`, `"version": "other `)
	spoil(t, "b/manifest.json", `"tick_years": 0.25`, `"tick_years": 0.5`)
	verifies(t, 1, []string{"manifest.json was changed after the run", "What is not as it was when the folder was written:", "  manifest.json: tick_years is 0.5"}, "b")
}

// So it is with replicates, a comparison and a sweep, and with a part of their runs.
func TestVerifyManifestKinds(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inSweep(t, "agglo: 1\nscenario: small.yaml\nfactors: [{name: trust.loss, values: [.2, .6]}, {name: labour.wage_slope, values: [.2, .3]}]\n"+
		"replicates: 2\nticks: 2\nburn_in: 1\nmetrics: [jobs]\nlayout: netlogo\n")
	must(t, "sweep", "e.yaml", "-o", "swept", "-q", "--no-plots")
	verifies(t, 0, []string{"8 runs made again, 6 tables the same"}, "swept")
	verifies(t, 0, []string{"2 of 8 runs made again"}, "swept", "--sample", "2")
	must(t, "run", "small.yaml", "-o", "one", "--replicates", "1", "--ticks", "2", "--no-plots")
	verifies(t, 0, []string{"1 run made again"}, "one")
	must(t, "run", "small.yaml", "-o", "many", "--replicates", "3", "--ticks", "2", "--no-plots")
	must(t, "compare", "small.yaml", "--policy", "subsidy", "--replicates", "auto", "--burn-in", "1", "--ticks", "3", "--metrics", "jobs", "-o", "auto", "--no-plots",
		"--until", "jobs=90", "--most", "4")
	verifies(t, 0, []string{"runs made again"}, "auto")
	verifies(t, 0, []string{"2 of "}, "auto", "--sample", "2")
	for _, c := range []struct{ dir, old, now, want string }{
		{"swept", `"labour.wage_slope": 0.25`, `"labour.wage_slope": 0.45`, "params.labour.wage_slope is 0.45"},
		{"swept", `"points": 4`, `"points": 5`, "sweep.points is 5 in the folder and 4"},
		{"swept", `"complete": true`, `"complete": false`, "complete is false in the folder and true"},
		{"swept", `"missing": 0`, `"missing": 3`, "sweep.missing is 3 in the folder and 0"},
		{"many", `"labour.wage_slope": 0.25`, `"labour.wage_slope": 0.45`, "params.labour.wage_slope is 0.45"},
		{"many", `"seed": `, `"seed": 1`, ".seed is "},
		{"auto", `"labour.wage_slope": 0.25`, `"labour.wage_slope": 0.45`, "params.labour.wage_slope is 0.45"},
		{"auto", `"replicates": 4`, `"replicates": 3`, "comparison.replicates is 3 in the folder and 4"},
		{"auto", `"burn_in": 1`, `"burn_in": 0`, "scenario_yaml is "},
	} {
		_ = os.RemoveAll("b")
		spoil(t, copyOf(t, c.dir, "b")+"/manifest.json", c.old, c.now)
		verifies(t, 1, []string{c.want}, "b")
		if !strings.Contains(c.want, "complete") && !strings.Contains(c.want, "missing") { // which are of all runs
			verifies(t, 1, []string{c.want}, "b", "--sample", "1")
		}
	}
	for _, name := range []string{"levels.csv", "grid.csv", "dictionary.csv", "netlogo/table.csv"} {
		harmed(t, "swept", "b", name, another)
		verifies(t, 1, []string{name, "was changed after the run"}, "b")
		if code, _, said := call(t, "report", "b"); code != 1 || !strings.Contains(said, name) {
			t.Errorf("%s: report ends with %d: %s", name, code, said)
		}
	}
}
