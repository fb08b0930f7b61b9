package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"agglo/output"
)

// A dry run of pairs or seeds tells how many there are and which files they would give, and writes nothing; what is run then gives these.
func TestDryRunOfPairs(t *testing.T) {
	inFolder(t)
	before, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		ask   string
		runs  int
		ticks int64
		says  string
	}{
		{"compare small.yaml --policy subsidy --policy burn --burn-in 2 --ticks 6 --replicates 3", 3, 3 * (2 + 3*4), "small: the world as it stands, and with each of 2 policies (subsidy, burn), from tick 3 to 6"},
		{"compare small.yaml --policy subsidy --burn-in 2 --ticks 6 --replicates auto --until jobs=90 --most 4", 4, 4 * (2 + 2*4), "at most 4 pairs"},
		{"claims C15 --replicates 2", 2, 2 * (80 + 40), "1 test in 1 kind of worlds, 2 pairs of each at most"},
		{"validate T2 --seeds 2 --ticks 8", 2, 2 * 8, "facts on plain, 2 seeds each"},
		{"validate --switches --seeds 1 --ticks 4", 13, 13 * 4, "plain under 13 switches, 1 seed each"},
	} {
		words := append(strings.Fields(c.ask), "-o", "d", "--threads", "2", "-q")
		if strings.HasPrefix(c.ask, "claims") || strings.Contains(c.ask, "auto") {
			words = append(words, "--no-plots")
		}
		if out := must(t, append(words, "--dry-run")...); !strings.Contains(out, c.says) || !strings.Contains(out, "nothing is written now") || !strings.Contains(out, "memory") {
			t.Errorf("%s: no %q in\n%s", c.ask, c.says, out)
		}
		var d dryRun
		if err := json.Unmarshal([]byte(must(t, append(words, "--dry-run", "--json")...)), &d); err != nil {
			t.Fatal(err)
		}
		if d.Runs != c.runs || d.Ticks != c.ticks || d.PilotTicks == 0 || d.Seconds <= 0 || d.Memory < 1e6 || d.Dir != "d" || d.Kept != 0 {
			t.Errorf("%s: %+v, want %d runs of %d ticks", c.ask, d, c.runs, c.ticks)
		}
		if now, err := os.ReadDir("."); err != nil || len(now) != len(before) {
			t.Fatalf("%s: a dry run leaves %v", c.ask, now)
		}
		must(t, words...)
		entries, err := os.ReadDir("d")
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if slices.Sort(d.Files); !slices.Equal(d.Files, names) {
			t.Errorf("%s: %v are told, and written are %v", c.ask, d.Files, names)
		}
		if slices.Contains(d.Files, output.PairsDir) && !strings.Contains(c.ask, "auto") {
			resumed := must(t, append(words, "--resume", "--dry-run", "--json")...)
			var again dryRun
			if err := json.Unmarshal([]byte(resumed), &again); err != nil || again.Kept != c.runs || again.Runs != 0 || again.Ticks != 0 {
				t.Errorf("%s, all of it there: %v, %+v", c.ask, err, again)
			}
		}
		if err := os.RemoveAll("d"); err != nil {
			t.Fatal(err)
		}
	}
	if left, _ := filepath.Glob("runs"); left != nil {
		t.Error("a folder of runs")
	}
	for _, args := range [][]string{{"compare", "small.yaml", "--dry-run"}, {"claims", "C31", "--dry-run"}, {"validate", "T99", "--dry-run"}} {
		if code, _, said := call(t, args...); code != 2 {
			t.Errorf("%v: %d, %s", args, code, said)
		}
	}
}
