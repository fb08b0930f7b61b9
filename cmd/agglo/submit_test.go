package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// withSbatch puts a program in the place of sbatch that takes every job.
func withSbatch(t *testing.T) {
	t.Helper()
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "sbatch"), []byte("#!/bin/sh\necho 7\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// What the command line asks of runs goes to the tasks, what it asks of tables and figures to the job that makes them.
func TestSubmitPassesFlagsOn(t *testing.T) {
	inSweep(t, experiment)
	withSbatch(t)
	last := func(path string) string {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		return lines[len(lines)-1]
	}
	for dir, c := range map[string]struct{ flags, tasks, merge string }{
		"bare": {"", `-11:4"`, "/bare'"},
		"all":  {"--error off --no-plots --lang ru --pdf --layout netlogo -q", `-11:4" --error off -q`, "/all' --error off --layout netlogo --lang ru --pdf --no-plots -q"},
		"fast": {"--error fast", `-11:4" --error fast`, "/fast'"},
		"above": {"--seed 9 --ticks 9 --set trust.gain=.1 --set demography.stay=.5 --error fast",
			`-11:4" --seed '9' --ticks '9' --set 'trust.gain=.1' --set 'demography.stay=.5' --error fast`, "/above'"},
	} {
		must(t, append([]string{"sweep", "e.yaml", "-o", dir, "--submit", "slurm", "--tasks", "4"}, strings.Fields(c.flags)...)...)
		if got := last(filepath.Join(dir, "slurm", "array.sh")); !strings.HasSuffix(got, c.tasks) {
			t.Errorf("%s: the tasks: %s", dir, got)
		}
		if got := last(filepath.Join(dir, "slurm", "merge.sh")); !strings.HasSuffix(got, c.merge) {
			t.Errorf("%s: the job of the tables: %s", dir, got)
		}
	}
	for _, option := range []string{"--array=0-3", "--arr=0-3", "-a 0-3", "-a0-3", "--array 1"} {
		if code, _, said := call(t, "sweep", "e.yaml", "-o", "none", "--submit", "slurm", "--sbatch="+option); code != 2 || !strings.Contains(said, "--tasks") {
			t.Errorf("%s: exit code %d: %s", option, code, said)
		}
	}
	must(t, "sweep", "e.yaml", "-o", "bare", "--submit", "slurm", "--resume", "--sbatch=--account=a", "--sbatch=-A b")
}

// There is nothing to draw of a sweep that was only submitted, or stopped: that is no success.
func TestPlotWithoutTables(t *testing.T) {
	inSweep(t, experiment)
	withSbatch(t)
	must(t, "sweep", "e.yaml", "-o", "s", "--submit", "slurm", "--tasks", "2")
	for _, begun := range []string{"submitted", "a part done"} {
		if code, out, said := call(t, "plot", "s"); code != 1 || out != "" || !strings.Contains(said, "s: the tables of the sweep are not made yet") {
			t.Errorf("%s: exit code %d, %q, %q", begun, code, out, said)
		}
		if code, _, said := call(t, "report", "s", "-q"); code != 1 || !strings.Contains(said, "holds no table") {
			t.Errorf("%s: report: exit code %d, %q", begun, code, said)
		}
		must(t, "sweep", "e.yaml", "-o", "s", "--resume", "--index", "0-3", "-q")
	}
}

// Without sbatch the scripts are there, and the message says what is missing.
func TestSubmitWithoutSlurm(t *testing.T) {
	inSweep(t, experiment)
	t.Setenv("PATH", t.TempDir())
	code, _, said := call(t, "sweep", "e.yaml", "-o", "s", "--submit", "slurm")
	if code != 1 || !strings.HasSuffix(said, "there is no program sbatch in the PATH: Slurm is not installed on this machine, or not loaded") || !strings.Contains(said, "array.sh") {
		t.Errorf("exit code %d: %s", code, said)
	}
}

// With --json standard output is JSON, also where a sweep makes no tables yet.
func TestSweepJSON(t *testing.T) {
	inSweep(t, experiment)
	withSbatch(t)
	var sent struct {
		Dir, Job, MergeJob string
		Runs, Tasks        int
	}
	var part struct {
		Dir, Index           string
		Before, Done, Failed int
	}
	out := must(t, "sweep", "e.yaml", "-o", "s", "--submit", "slurm", "--tasks", "3", "--json")
	if err := json.Unmarshal([]byte(out), &sent); err != nil || sent.Dir != "s" || sent.Job != "7" || sent.Runs != 12 || sent.Tasks != 3 {
		t.Errorf("%v: %s", err, out)
	}
	must(t, "sweep", "e.yaml", "-o", "s", "--index", "0-1", "--json", "-q")
	out = must(t, "sweep", "e.yaml", "-o", "s", "--index", "0-3", "--json", "-q")
	if err := json.Unmarshal([]byte(out), &part); err != nil || part.Index != "0-3" || part.Before != 2 || part.Done != 2 || part.Failed != 0 {
		t.Errorf("%v: %s", err, out)
	}
}
