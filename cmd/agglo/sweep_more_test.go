package main

import (
	"os"
	"strings"
	"testing"
)

// fewRuns is an experiment that others below make larger.
const fewRuns = `agglo: 1
scenario: small.yaml
factors:
  - {name: trust.loss, values: [.2, .6]}
replicates: 2
ticks: 5
metrics: [jobs, trust]
report: {at: [5], every: 4}
`

// Replicates, and points before, between and behind those that there were, are added to a finished sweep without running it again, to the
// bytes of one that had them from the start. What would lose runs, or change one, is refused as before, and so is a change that was
// not meant.
func TestSweepMore(t *testing.T) {
	inSweep(t, fewRuns)
	must(t, "sweep", "e.yaml", "-o", "s", "-q", "--no-plots")
	before := hashes(t, "s")
	write := func(text string, changes ...string) {
		t.Helper()
		if err := os.WriteFile("e.yaml", []byte(strings.NewReplacer(changes...).Replace(text)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for name, changes := range map[string][]string{
		"fewer seeds": {"replicates: 2", "replicates: 1"}, "another point": {".2, .6", ".2, .7, .8"}, "longer": {"ticks: 5", "ticks: 6"},
		"another metric": {"jobs, trust", "jobs, wage"}, "more, independent": {"replicates: 2", "replicates: 3\nseeds: independent"},
		"another seed": {"replicates: 2", "replicates: 3\nseed: 9"}, "another factor": {"trust.loss", "trust.gain"},
	} {
		write(fewRuns, changes...)
		if code, _, stderr := call(t, "sweep", "e.yaml", "-o", "s", "-q", "--resume"); code != 2 || !strings.Contains(stderr, "other settings") {
			t.Errorf("%s: %d, %s", name, code, stderr)
		}
	}
	larger := []string{"replicates: 2", "replicates: 3", ".2, .6", ".6, .4, .2, .1"}
	write(fewRuns, larger...)
	if code, _, stderr := call(t, "sweep", "e.yaml", "-o", "s", "-q"); code != 2 || !strings.Contains(stderr, "s holds 4 of the 12 runs of this sweep: with --resume they are kept") {
		t.Errorf("without --resume: %d, %s", code, stderr)
	}
	if now := hashes(t, "s"); len(now) != len(before) || now["runs.csv"] != before["runs.csv"] {
		t.Errorf("refused, and changed: %v, %v", before, now)
	}
	code, _, stderr := call(t, "sweep", "e.yaml", "-o", "s", "--resume", "--no-plots")
	if code != 0 || !strings.Contains(stderr, "4 runs of a smaller experiment kept, 8 to be added") {
		t.Fatalf("%d, %s", code, stderr)
	}
	must(t, "sweep", "e.yaml", "-o", "fresh", "-q", "--no-plots")
	sameTables(t, "s", "fresh")
	must(t, "verify", "s", "-q")
}

// Runs with seeds of their own are told by their number: points behind the others are added, replicates are not.
func TestSweepMoreIndependent(t *testing.T) {
	inSweep(t, fewRuns+"seeds: independent\n")
	must(t, "sweep", "e.yaml", "-o", "s", "-q", "--no-plots")
	for _, c := range []struct {
		points string
		code   int
	}{{".1, .2, .6", 2}, {".2, .6, .1", 0}} {
		if err := os.WriteFile("e.yaml", []byte(strings.Replace(fewRuns, ".2, .6", c.points, 1)+"seeds: independent\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		if code, _, stderr := call(t, "sweep", "e.yaml", "-o", "s", "--resume", "-q", "--no-plots"); code != c.code {
			t.Errorf("%s: %d, %s", c.points, code, stderr)
		}
	}
	must(t, "sweep", "e.yaml", "-o", "fresh", "-q", "--no-plots")
	sameTables(t, "s", "fresh")
}
