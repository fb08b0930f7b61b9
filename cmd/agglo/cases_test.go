package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"agglo/output"
	"agglo/scenarios"
)

// Every real case runs: two quarters here, all of them in make cases. Each leaves a whole folder with its figures and
// its credits, and the table of all figures has a row for every target of every case.
func TestEveryCaseRuns(t *testing.T) {
	inFolder(t)
	out := must(t, "cases", "--seeds", "1", "--ticks", "2", "--no-plots", "-o", "all", "--json")
	var told struct {
		Cases map[string][]comparison `json:"cases"`
	}
	if err := json.Unmarshal([]byte(out), &told); err != nil {
		t.Fatal(err)
	}
	names := caseNames()
	if len(names) != 13 {
		t.Errorf("%d cases: %v, want 13", len(names), names)
	}
	targets, policies := 0, 0
	for _, id := range names {
		m, err := output.Open(filepath.Join("all", id))
		if err != nil || !m.Complete {
			t.Errorf("%s: %v, or not complete", id, err)
			continue
		}
		s, err := scenarios.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		targets += len(s.Targets)
		for _, p := range s.Policies {
			policies += max(len(p.Elements), 1)
		}
		if n := len(told.Cases[id]); n != len(s.Targets) {
			t.Errorf("%s: %d figures told, %d in the file", id, n, len(s.Targets))
		}
		if n := len(rows(t, filepath.Join("all", id, "credits.csv"))); n != len(s.Credits) || n == 0 {
			t.Errorf("%s: %d credits in the folder, %d in the file", id, n, len(s.Credits))
		}
	}
	if n := len(rows(t, filepath.Join("all", "cases.csv"))); n != targets || n == 0 {
		t.Errorf("%d rows in cases.csv, %d targets", n, targets)
	}
	if n := len(rows(t, filepath.Join("all", "evidence.csv"))); n != len(names) {
		t.Errorf("%d rows in evidence.csv, %d cases", n, len(names))
	}
	if n := len(rows(t, filepath.Join("all", "programmes.csv"))); n != policies || n == 0 {
		t.Errorf("%d rows in programmes.csv, %d policies", n, policies)
	}
	page, err := os.ReadFile(filepath.Join("all", "cases.md"))
	if err != nil || !strings.Contains(string(page), "| `finland` | Finland |") || !strings.Contains(string(page), "| `finland` | cluster-programmes | `joint_programme` | 2 | 2 |") {
		t.Errorf("cases.md: %v", err)
	}
}

// With money for a part of one quarter a programme spends it at once, or over its seven quarters behind the start; the table tells which, and
// what went of the budget.
func TestProgrammesAreTold(t *testing.T) {
	inFolder(t)
	small, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(small), "targets:", `policies:
  - {id: office, instrument: awareness, to: 2002, budget: 4000}
  - {id: lasting, instrument: awareness, to: 2002, budget: 4000, pace: even}
  - {id: free, instrument: burn, from: 2001}
targets:`, 1)
	if err := os.WriteFile("small.yaml", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "cases", "small.yaml", "--seeds", "2", "--no-plots", "-o", "all")
	const early = "Money of office (awareness) lasts for 1 of 7 quarters"
	if out := must(t, "run", "small.yaml", "--no-plots", "-o", "one"); strings.Count(out, early) != 1 || strings.Count(out, "Money of") != 1 {
		t.Errorf("the run says\n%s", out)
	}
	if out := must(t, "run", "small.yaml", "--no-plots", "--every", "2", "-o", "seldom"); strings.Contains(out, "Money of") {
		t.Errorf("a run with a row every other quarter says\n%s", out)
	}
	want := map[string][4]string{"office": {"7", "1", "1", "2"}, "lasting": {"7", "7", "7", "2"}, "free": {"5", "5", "5", "2"}}
	for _, row := range rows(t, filepath.Join("all", "programmes.csv")) {
		if got := [4]string{row["quarters"], row["quarters_paid_least"], row["quarters_paid_most"], row["runs"]}; got != want[row["policy"]] {
			t.Errorf("%s: %v, want %v", row["policy"], got, want[row["policy"]])
		}
		if limited := row["policy"] != "free"; limited != (row["budget"] != "") {
			t.Errorf("%s: budget %q", row["policy"], row["budget"])
		}
	}
}

// Mistakes of agglo cases come back together, and it writes over nothing that is no case.
func TestCasesRefuses(t *testing.T) {
	inFolder(t)
	code, _, said := call(t, "cases", "skolkvo", "--seeds", "0", "--ticks", "-1")
	for _, want := range []string{"did you mean skolkovo?", "--seeds 0", "--ticks -1"} {
		if code != 2 || !strings.Contains(said, want) {
			t.Errorf("code %d, %q: want %q", code, said, want)
		}
	}
	if err := os.MkdirAll("mine", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("mine/diary.txt", []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, said := call(t, "cases", "skolkovo", "-o", "mine"); code != 2 || !strings.Contains(said, "mine holds diary.txt") {
		t.Errorf("code %d, %q", code, said)
	}
}

// Ctrl-C leaves the cases that are done with their figures in the table, and says so.
func TestCasesStopped(t *testing.T) {
	inFolder(t)
	small, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	second := strings.Replace(string(small), "id: small", "id: second", 1)
	if err := os.WriteFile("second.yaml", []byte(strings.Replace(second, "ticks: 8", "ticks: 4000", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	go func() { // once the second case has begun, the first is whole
		for ctx.Err() == nil {
			if parts, _ := filepath.Glob("all/second/series.csv.*.part"); len(parts) > 0 {
				stop()
				return
			}
			time.Sleep(50 * time.Microsecond)
		}
	}()
	defer stop()
	code, out, said := callWith(t, ctx, "cases", "small.yaml", "second.yaml", "--seeds", "1", "--no-plots", "-o", "all")
	if code != 1 || !strings.Contains(said, "stopped") || !strings.Contains(out, "small") {
		t.Errorf("code %d, %q, %q", code, said, out)
	}
	whole := 0
	for _, row := range rows(t, filepath.Join("all", "cases.csv")) {
		if row["case"] == "small" {
			whole++
		} else if row["verdict"] != output.NotReached {
			t.Errorf("%s of a case that was stopped: %s", row["what"], row["verdict"])
		}
	}
	if whole != 4 {
		t.Errorf("%d figures, want the 4 of the first case", whole)
	}
	for _, row := range rows(t, filepath.Join("all", "evidence.csv")) {
		if done := row["seconds"] != ""; done != (row["case"] == "small") {
			t.Errorf("%s: seconds %q", row["case"], row["seconds"])
		}
	}
}
