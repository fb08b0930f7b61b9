package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"agglo/internal/study"
)

// inInquiry makes a new folder with the small scenario and the files of the three commands.
func inInquiry(t *testing.T) {
	t.Helper()
	inFolder(t)
	for name, text := range map[string]string{
		"which.yaml": `agglo: 1
scenario: small.yaml
ticks: 4
replicates: 2
factors:
  - {name: demography.de_novo, dist: {uniform: [.02, .2]}}
  - {name: trust.loss, dist: {uniform: [.2, .6]}}
metrics: [births]
`,
		"fit.yaml": `agglo: 1
scenario: small.yaml
ticks: 4
runs: 24
targets:
  - {metric: births, at: 4, value: 40, tolerance: 5}
parameters:
  - {name: demography.de_novo, dist: {uniform: [.02, .2]}}
`,
		"mix.yaml": `agglo: 1
scenario: small.yaml
budget: 1e6
years: 1
burn_in: 2
ticks: 4
instruments: [burn]
objective: [{metric: jobs}]
evaluations: 4
replicates: 2
fresh: 2
`,
	} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// written are the files of an inquiry's folder that are no tables and that it writes again when it is resumed.
func written(t *testing.T, dir string) map[string]os.FileInfo {
	t.Helper()
	found := map[string]os.FileInfo{}
	for _, name := range []string{reportFile, fittedFile} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			found[name] = info
		}
	}
	if found[reportFile] == nil {
		t.Fatalf("%s: no %s", dir, reportFile)
	}
	return found
}

// Each command writes tables, a report and figures, goes on only when it is told to, and repeats to the byte.
func TestInquiries(t *testing.T) {
	inInquiry(t)
	for _, c := range []struct {
		args, table, column, want string
		figures                   []string
	}{
		{"sensitivity which.yaml --trajectories 2 --base-points 2 --resamples 20", "sensitivity.csv", "index", "What matters", []string{"morris", "sobol", "tornado"}},
		{"calibrate fit.yaml --particles 10 --checks 2", "fit.csv", "simulated", "To use it", []string{"posterior", "fit"}},
		{"optimise mix.yaml", "mixes.csv", "chance_best", "What is established", []string{"pareto"}},
	} {
		name := strings.Fields(c.args)[0]
		out := must(t, append(strings.Fields(c.args), "-o", name, "-q")...)
		if !strings.Contains(out, c.want) {
			t.Errorf("%s: nothing of %q in\n%s", name, c.want, out)
		}
		if rows := rows(t, filepath.Join(name, c.table)); len(rows) == 0 || rows[0][c.column] == "" {
			t.Errorf("%s: %v", name, rows)
		}
		for _, figure := range c.figures {
			if _, err := os.Stat(filepath.Join(name, "figures", figure+".png")); err != nil {
				t.Error(err)
			}
		}
		if report, err := os.ReadFile(filepath.Join(name, reportFile)); err != nil || !strings.Contains(string(report), "## "+c.want) {
			t.Errorf("%s: report %s, %v", name, report, err)
		}
		before, pages := hashes(t, name), written(t, name)
		if code, _, stderr := call(t, append(strings.Fields(c.args), "-o", name)...); code != 2 || !strings.Contains(stderr, "--resume") {
			t.Errorf("%s: begun anew: %d, %s", name, code, stderr)
		}
		var r map[string]any
		if err := json.Unmarshal([]byte(must(t, append(strings.Fields(c.args), "-o", name, "-q", "--resume", "--json", "--no-plots", "--threads", "1")...)), &r); err != nil || r["says"] == nil {
			t.Errorf("%s: %v, %v", name, r, err)
		}
		for table, h := range hashes(t, name) {
			if before[table] != h {
				t.Errorf("%s: %s differs when it is resumed", name, table)
			}
		}
		for page, now := range written(t, name) {
			if os.SameFile(now, pages[page]) {
				t.Errorf("%s: %s was written over: what a full disk leaves of it would be neither the old one nor the new", name, page)
			}
		}
	}
	if out := must(t, "run", filepath.Join("calibrate", "fitted.yaml"), "-o", "again", "--ticks", "2", "--no-plots", "-q"); !strings.Contains(out, "small") {
		t.Error(out)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if code, _, stderr := callWith(t, ctx, "calibrate", "fit.yaml", "--particles", "10", "-o", "stopped"); code != 1 || !strings.Contains(stderr, "--resume goes on") {
		t.Errorf("stopped: %d, %s", code, stderr)
	}
}

// A run that cannot be is a row with the place and the cause; the others go on, and the exit code tells, also of work that is resumed.
func TestInquiryFailures(t *testing.T) {
	inInquiry(t)
	text := "agglo: 1\nscenario: small.yaml\nticks: 2\nmetrics: [jobs]\nfactors:\n" +
		"  - {name: sectors.tools.firms, values: [80, 650]}\n  - {name: sectors.tools.employment, values: [160, 700]}\n"
	if err := os.WriteFile("f.yaml", []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	args := []string{"sensitivity", "f.yaml", "--trajectories", "6", "--base-points", "0", "--no-plots", "-q", "-o"}
	for _, more := range []string{"", "--resume"} {
		code, out, said := call(t, append(args, strings.Fields("s "+more)...)...)
		if code != 1 || !strings.Contains(said, "runs failed; rounds/*/failures.csv say why") || !strings.Contains(out, "What matters") {
			t.Errorf("%s: %d, %s, %s", more, code, out, said)
		}
	}
	failed := rows(t, filepath.Join("s", "rounds", "screen", "failures.csv"))
	if len(failed) == 0 {
		t.Fatal("no run failed")
	}
	if f := failed[0]; f["status"] != "failed" || f["stage"] != "setup" || f["tick"] != "" || f["seed"] == "" || f["sectors.tools.firms"] != "650" ||
		!strings.Contains(f["message"], "at least one worker a firm") {
		t.Errorf("%v", f)
	}
	must(t, append(args, "off", "--error", "off")...)
	sameTables(t, "s", "off")
	if code, _, said := call(t, append(args, "fast", "--error", "fast")...); code != 1 || !strings.Contains(said, "a run failed: run ") || !strings.Contains(said, "--resume goes on") {
		t.Errorf("%d, %s", code, said)
	}
	if code, _, said := call(t, append(args, "none", "--error", "of")...); code != 2 || !strings.Contains(said, "did you mean off?") {
		t.Errorf("%d, %s", code, said)
	}
}

// A dry run tells runs, time and memory from a pilot, and leaves no folder.
func TestInquiryDryRun(t *testing.T) {
	inInquiry(t)
	for args, runs := range map[string]int{
		"sensitivity which.yaml --trajectories 4 --base-points 8": (4*3 + 8*4 + 5) * 2, // points of Morris, of Saltelli, of the ends
		"calibrate fit.yaml --particles 10 --checks 2":            24 + 2 + 1,          // and one in the middle
		"optimise mix.yaml": 5*2 + 1*2, // 44 mixes in tens on two worlds, eight on two fresh ones
	} {
		var e study.Estimate
		if err := json.Unmarshal([]byte(must(t, append(strings.Fields(args), "--dry-run", "--json", "--no-plots", "-o", "none")...)), &e); err != nil {
			t.Fatal(err)
		}
		if e.Runs != runs || e.Ticks < int64(runs) || e.Seconds <= 0 || e.Memory < 15e6 || e.PilotTicks == 0 {
			t.Errorf("%s: %+v, want %d runs", args, e, runs)
		}
		if out := must(t, append(strings.Fields(args), "--dry-run")...); !strings.Contains(out, fmt.Sprintf("at most %d, ", runs)) || !strings.Contains(out, "memory") {
			t.Errorf("%s: %s", args, out)
		}
	}
	if _, err := os.Stat("none"); err == nil {
		t.Error("a dry run has made a folder")
	}
}

// Mistakes of the command line give 2, of files 1, with what is wrong.
func TestInquiryMistakes(t *testing.T) {
	inInquiry(t)
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"calibrate", 2, "want one TARGETS.yaml"},
		{"calibrate no.yaml", 2, "there is no such file; agglo calibrate --help"},
		{"calibrate fit.yaml --particles 3 --checks 0 --seed 9007199254740992 --set x", 2, "--particles 3: want 10 to 100000"},
		{"calibrate fit.yaml --set trust.los=1", 2, "--set trust.los: unknown parameter trust.los: did you mean trust.loss?"},
		{"calibrate fit.yaml --ticks 2", 1, "fit.yaml:6:26: targets[0].at: 4 is behind the end of the runs, 2"},
		{"calibrate fit.yaml", 1, "24 runs of 1 replicates are 24 points: want at least 200"},
		{"sensitivity which.yaml --by men --keep 2 --trajectories -1", 2, "did you mean mean?"},
		{"sensitivity which.yaml --keep 2", 2, "--keep 2: want a part in [0,1]"},
		{"sensitivity which.yaml --dry-run --trajectories 4 --base-points 8", 0, ""},
		{"optimise mix.yaml --ticks 1", 1, "mix.yaml:5:10: burn_in: 2 quarters of 1"},
		{"optimise mix.yaml --lang fr", 2, "want en or ru"},
		{"optimse mix.yaml", 2, "did you mean optimise?"},
	} {
		code, _, stderr := call(t, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(stderr, c.want) {
			t.Errorf("agglo %s: %d, want %d and %q in %s", c.args, code, c.code, c.want, stderr)
		}
	}
}

// The reports of the three commands, and that of a comparison, are in Russian where that is asked for, with no English left but ids, and what is printed stays English.
func TestInquiriesInRussian(t *testing.T) {
	inInquiry(t)
	const ids = " mu ST agglo run set yaml fitted demography de_novo trust loss small sensitivity calibrate optimise EUR replicates tools "
	word := regexp.MustCompile(`[A-Za-z_]{2,}`)
	for _, args := range []string{
		"sensitivity which.yaml --trajectories 2 --base-points 2 --resamples 20 --keep .99", "calibrate fit.yaml --particles 10 --checks 2", "optimise mix.yaml",
		"compare small.yaml --policy subsidy --burn-in 4 --ticks 8 --replicates 2",
	} {
		name := strings.Fields(args)[0]
		if out := must(t, append(strings.Fields(args), "-o", name, "-q", "--no-plots", "--lang", "ru")...); regexp.MustCompile(`[А-я]`).MatchString(out) {
			t.Errorf("%s prints %s", name, out)
		}
		report, err := os.ReadFile(filepath.Join(name, reportFile))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(report), "\n") {
			for _, w := range word.FindAllString(line, -1) {
				if !strings.Contains(ids, " "+w+" ") {
					t.Errorf("%s: %q is left in %q", name, w, line)
				}
			}
		}
	}
}
