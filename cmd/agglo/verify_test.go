package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"agglo/output"
)

// spoil replaces a text in a file once.
func spoil(t *testing.T, path, old, now string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(data), old) {
		t.Fatalf("%s: %v, or it has no %q", path, err, old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(data), old, now, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
}

// copyOf copies a folder.
func copyOf(t *testing.T, dir, name string) string {
	t.Helper()
	if err := os.CopyFS(name, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return name
}

// tablesOf is the number of tables that a folder's manifest lists.
func tablesOf(t *testing.T, dir string) string {
	t.Helper()
	m, err := output.Open(dir)
	if err != nil || len(m.Tables) < 10 {
		t.Fatal(dir, err)
	}
	return strconv.Itoa(len(m.Tables))
}

// verifies calls agglo verify and holds exit code and words.
func verifies(t *testing.T, code int, want []string, args ...string) {
	t.Helper()
	before, _ := os.ReadDir(os.TempDir())
	got, stdout, stderr := call(t, append([]string{"verify"}, args...)...)
	if got != code || strings.Contains(stderr, "goroutine") {
		t.Errorf("verify %v: exit code %d, want %d: %s%s", args, got, code, stdout, stderr)
	}
	for _, w := range want {
		if !strings.Contains(stdout+stderr, w) {
			t.Errorf("verify %v does not say %q:\n%s%s", args, w, stdout, stderr)
		}
	}
	after, _ := os.ReadDir(os.TempDir())
	if len(after) > len(before) {
		t.Errorf("verify %v leaves files behind: %v", args, after)
	}
}

// A fresh run passes on another number of threads. After one digit of the series is edited it fails, and names the row.
func TestVerifyRun(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "a", "--threads", "1", "--no-plots", "--ticks", "5", "--replay", "4")
	verifies(t, 0, []string{"1 run made again, " + tablesOf(t, "a") + " tables the same"}, "a", "--threads", "3")
	series := rows(t, "a/series.csv")
	jobs := series[4]["jobs"]
	digit := "1"
	if jobs[0] == '1' {
		digit = "2"
	}
	edited := digit + jobs[1:]
	spoil(t, copyOf(t, "a", "digit")+"/series.csv", jobs, edited)
	verifies(t, 1, []string{"series.csv was changed after the run", "line 6 (run 0, replicate 0, tick 4): jobs is " + edited + " in the folder and " + jobs + " in the run made again",
		"1 of 6 rows differ", "1 difference"}, "digit", "--threads", "2")

	spoil(t, copyOf(t, "a", "scenario")+"/manifest.json", "loss: 0.4", "loss: 0.5")
	verifies(t, 1, []string{"manifest.json was changed after the run", "params.trust.loss is 0.4 in the folder and 0.5 in the run made again"}, "scenario")
	spoil(t, copyOf(t, "a", "program")+"/manifest.json", `"arch": "`, `"arch": "other-`)
	verifies(t, 0, []string{"other than when the folder was written: processor: was other-"}, "program", "-v")
}

// What else can have happened to a folder.
func TestVerifyFaults(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "a", "--no-plots", "--ticks", "4")
	_ = os.Remove(copyOf(t, "a", "gone") + "/ties.csv")
	verifies(t, 1, []string{"ties.csv is missing: it was removed after the run"}, "gone")
	spoil(t, copyOf(t, "a", "cut")+"/series.csv", "\n0,0,0,5,4,", "\n#")
	verifies(t, 1, []string{"series.csv"}, "cut")
	data, _ := os.ReadFile("a/series.csv")
	lines := strings.SplitAfter(string(data), "\n")
	_ = os.WriteFile(copyOf(t, "a", "row")+"/series.csv", []byte(strings.Join(append(lines[:2:2], lines[3:]...), "")), 0o666)
	verifies(t, 1, []string{"line 3 (run 0, replicate 0, tick 1): the row is missing", "1 of 5 rows differ"}, "row")
	_ = os.WriteFile(copyOf(t, "a", "twice")+"/series.csv", []byte(strings.Join(append(slices.Clip(lines[:4]), lines[3:]...), "")), 0o666)
	verifies(t, 1, []string{"0 of 5 rows differ, 1 row too many"}, "twice")
	_ = os.WriteFile(copyOf(t, "a", "writing")+"/INCOMPLETE", nil, 0o666)
	verifies(t, 1, []string{"a run is still writing this folder, or was killed"}, "writing")
	spoil(t, copyOf(t, "a", "newer")+"/manifest.json", `"agglo": 1`, `"agglo": 9`)
	verifies(t, 1, []string{"9"}, "newer")
	if code, _, said := call(t, "plot", "newer", "-q"); code != 1 || !strings.Contains(said, "agglo = 9: written by a newer agglo") {
		t.Errorf("plot of a folder of a newer program ends with %d: %s", code, said)
	}
	spoil(t, copyOf(t, "a", "unknown")+"/manifest.json", "loss: 0.4", "losss: 0.4")
	verifies(t, 1, []string{"manifest.json (scenario_yaml)", "losss", "did you mean loss?"}, "unknown")
	_ = os.WriteFile(copyOf(t, "a", "more")+"/mine.csv", []byte("x\n1\n"), 0o666)
	verifies(t, 0, []string{"mine.csv is not in the manifest", "the same"}, "more")
	verifies(t, 2, []string{"nothing of that name"}, "nowhere")
	verifies(t, 2, []string{"--sample 0: want 1 or more"}, "a", "--sample", "0")
	spoil(t, copyOf(t, "a", "facts")+"/manifest.json", `"series.csv"`, `"facts.csv"`)
	verifies(t, 2, []string{"facts is no folder that agglo has written the tables of"}, "facts")
	var v verification
	_, stdout, _ := call(t, "verify", "gone", "--json")
	if err := json.Unmarshal([]byte(stdout), &v); err != nil || v.Same || v.Kind != "run" || v.Runs != 1 {
		t.Errorf("%v: %+v", err, v)
	}
}

// Replicates, a part of them, a run from a checkpoint, one that was stopped.
func TestVerifyKinds(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "many", "--replicates", "4", "--ticks", "4", "--no-plots", "--threads", "2")
	verifies(t, 0, []string{"4 runs made again, " + tablesOf(t, "many") + " tables the same"}, "many", "--threads", "3")
	verifies(t, 0, []string{"2 of 4 runs made again, ", "; 2 tables not made again, unchanged since the run"}, "many", "--sample", "2")
	third := "2,0,2," + rows(t, "many/series.csv")[10]["seed"] + ",0,," // run 2, tick 0
	spoil(t, copyOf(t, "many", "touched")+"/series.csv", third+"400", third+"401")
	verifies(t, 1, []string{"line 12 (run 2, replicate 2, tick 0): firms is 401 in the folder and 400"}, "touched")

	must(t, "run", "small.yaml", "-o", "long", "--checkpoint", "3", "--ticks", "6", "--no-plots")
	must(t, "run", "small.yaml", "-o", "on", "--from", "long/checkpoints/tick-3.checkpoint", "--ticks", "7", "--no-plots", "--threads", "1")
	verifies(t, 0, []string{"1 run made again, " + tablesOf(t, "on") + " tables the same"}, "on", "--threads", "2")

	must(t, "run", "small.yaml", "-o", "changed", "--set", "trust.loss=.8@3", "--ticks", "5", "--no-plots", "--threads", "1")
	verifies(t, 0, []string{"1 run made again"}, "changed", "--threads", "2")

	ctx, cancel := context.WithCancel(t.Context())
	go func() { // once there are rows
		for ctx.Err() == nil {
			if parts, _ := filepath.Glob("stopped/series.csv.*.part"); len(parts) > 0 {
				cancel()
			}
			time.Sleep(time.Millisecond)
		}
	}()
	defer cancel()
	if code, _, stderr := callWith(t, ctx, "run", "small.yaml", "-o", "stopped", "--no-plots", "--ticks", "4000"); code != 1 {
		t.Fatal(stderr)
	}
	if m, err := output.Open("stopped"); err != nil || m.StoppedAt == nil {
		t.Fatal("not stopped", err)
	}
	verifies(t, 0, []string{"the run was stopped at tick"}, "stopped")
}

func TestVerifySweep(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inFolder(t)
	const experiment = "agglo: 1\nscenario: small.yaml\nset: {trust.loss: .5}\nfactors:\n  - {name: knowledge.imitation, values: [0, .05, .1]}\n  - {name: demography.sharpness, dist: {uniform: [1, 3]}}\n" +
		"design: {kind: lhs, n: 3, seed: 4}\nreplicates: 2\nticks: 4\nburn_in: 1\npolicies: [none, subsidy]\nmetrics: [jobs, firms]\nreport: {at: [2, 4], every: 2}\nstop: \"firms > 1e6\"\n"
	if err := os.WriteFile("x.yaml", []byte(experiment), 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "sweep", "x.yaml", "-o", "swept", "--threads", "1", "-q")
	verifies(t, 0, []string{"6 runs made again, 5 tables the same"}, "swept", "--threads", "3")
	verifies(t, 0, []string{"2 of 6 runs made again"}, "swept", "--sample", "2")
	all := rows(t, "swept/runs.csv")
	spoil(t, copyOf(t, "swept", "edited")+"/runs.csv", all[5]["jobs"], "1"+all[5]["jobs"])
	verifies(t, 1, []string{"line 7 (run 1, replicate 1, tick 4, policy none)", "jobs is 1" + all[5]["jobs"]}, "edited")
	spoil(t, copyOf(t, "swept", "manifest")+"/manifest.json", `"burn_in": 1`, `"burn_in": 2`)
	verifies(t, 1, []string{"manifest.json was changed after the run"}, "manifest")
	files, _ := filepath.Glob("swept/*.csv")
	for _, path := range files {
		_ = os.Remove(path)
	}
	verifies(t, 1, []string{"runs.csv is missing"}, "swept")
}

func TestVerifyComparison(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	inFolder(t)
	must(t, "compare", "small.yaml", "--policy", "subsidy", "--policy", "infrastructure", "--replicates", "3", "--burn-in", "2", "--ticks", "6",
		"--metrics", "jobs,wage", "-o", "a", "--no-plots", "--threads", "1")
	verifies(t, 0, []string{"3 runs made again, 6 tables the same"}, "a", "--threads", "2")
	verifies(t, 0, []string{"2 of 3 runs made again, 3 tables the same; 3 tables not made again"}, "a", "--sample", "2")
	effect := rows(t, "a/effects.csv")[1]
	spoil(t, copyOf(t, "a", "edited")+"/effects.csv", effect["baseline"], "9"+effect["baseline"])
	verifies(t, 1, []string{"effects.csv was changed after the run", "baseline is 9" + effect["baseline"]}, "edited")
}

// Samples lie evenly, within the runs, and meet every replicate.
func TestSpread(t *testing.T) {
	for _, c := range []struct{ runs, n, replicates int }{{10, 3, 1}, {12, 4, 2}, {12, 6, 3}, {100, 10, 10}, {7, 7, 1}, {7, 9, 7}, {1, 1, 1}, {1000, 10, 4}} {
		first, step, n := spread(c.runs, c.n, c.replicates)
		if n != min(c.n, c.runs) || first < 0 || step < 1 || first+step*(n-1) >= c.runs {
			t.Errorf("%+v: %d, %d, %d", c, first, step, n)
		}
		met := map[int]bool{}
		for k := range n {
			met[(first+k*step)%c.replicates] = true
		}
		if len(met) < min(n, c.replicates) {
			t.Errorf("%+v: only replicates %v", c, met)
		}
	}
}
