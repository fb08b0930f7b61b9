package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"agglo/output"
)

// quick are the flags of a comparison small enough for a test.
var quick = []string{"--replicates", "2", "--burn-in", "4", "--ticks", "12", "-q"}

func TestCompare(t *testing.T) {
	inFolder(t)
	out := must(t, append([]string{"compare", "small.yaml", "--policy", "subsidy", "--policy", "burn", "-o", "c"}, quick...)...)
	for _, part := range []string{"2 pairs of worlds", "too few to rely on", "effects are tested at each tick", "histories part at tick 5", "jobs, %", "tick 8", "no net jobs", "subsidy: ", "burn: ", filepath.Join("c", "figures", "effects.png")} {
		if !strings.Contains(out, part) {
			t.Errorf("nothing of %q in\n%s", part, out)
		}
	}
	m, err := output.Open("c")
	if err != nil || !m.Complete || m.Scenario != "small" || len(m.Runs) != 2 {
		t.Fatalf("manifest %+v, %v", m, err)
	}
	for name, h := range hashes(t, "c") {
		if m.Tables[name].SHA256 != h {
			t.Errorf("%s: the manifest has another hash", name)
		}
	}
	for _, row := range rows(t, filepath.Join("c", "effects.csv")) {
		if row["tick"] == "4" && row["effect"] != "0" {
			t.Errorf("before the policy begins: %v", row)
		}
	}
	if row := rows(t, filepath.Join("c", "costs.csv"))[1]; row["policy"] != "burn" || row["gross"] == "" || row["deadweight"] != "" {
		t.Errorf("costs %v", row)
	}
	must(t, "plot", "c")
	report, err := os.ReadFile(filepath.Join("c", reportFile))
	if err != nil || !strings.Contains(string(report), "\n| burn | ") || !strings.Contains(string(report), "\n* burn: no cost per net job") {
		t.Errorf("report %s, %v", report, err)
	}
}

// A comparison that goes on longer than its scenario says so, unless somebody asked for that.
func TestCompareTellsItsLength(t *testing.T) {
	inFolder(t)
	data, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.DeleteFunc(strings.SplitAfter(string(data), "\n"), func(line string) bool { return strings.HasPrefix(line, "ticks:") })
	if err := os.WriteFile("short.yaml", []byte(strings.Join(lines, "")+"\nticks: 20\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		flags []string
		told  bool
	}{{[]string{"--burn-in", "4"}, true}, {[]string{"--burn-in", "4", "--ticks", "44"}, false}} {
		code, _, said := call(t, append([]string{"compare", "short.yaml", "--policy", "burn", "--replicates", "1", "--metrics", "jobs", "--no-plots", "--force", "-o", "c"}, c.flags...)...)
		if told := strings.Contains(said, "itself ends at tick 20; it is watched until 44"); code != 0 || told != c.told {
			t.Errorf("%v: code %d, said %q", c.flags, code, said)
		}
	}
}

// Pairs are added until the interval is as narrow as asked; the report and the manifest say so.
func TestCompareAuto(t *testing.T) {
	inFolder(t)
	out := must(t, "compare", "small.yaml", "--policy", "subsidy", "-o", "c", "--replicates", "auto", "--until", "jobs=50%", "--burn-in", "2", "--ticks", "4", "-q", "--no-plots")
	if !strings.Contains(out, "10 pairs were enough") {
		t.Errorf("the report does not say why:\n%s", out)
	}
	m, err := output.Open("c")
	if err != nil || len(m.Runs) != 10 {
		t.Errorf("runs %d, %v", len(m.Runs), err)
	}
	data, err := os.ReadFile(filepath.Join("c", output.ManifestFile))
	if err != nil || !strings.Contains(string(data), `"half_width_pct": 50`) {
		t.Errorf("the manifest does not say so: %v", err)
	}
}

// Threads change no byte, and neither do figures.
func TestCompareThreads(t *testing.T) {
	inFolder(t)
	var first map[string]string
	for _, threads := range []string{"1", "2", "5"} {
		must(t, append([]string{"compare", "small.yaml", "--policy", "tax_break", "-o", "c" + threads, "--threads", threads, "--no-plots"}, quick...)...)
		h := hashes(t, "c"+threads)
		if first == nil {
			first = h
		}
		for name := range first {
			if h[name] != first[name] {
				t.Errorf("%s threads: another %s", threads, name)
			}
		}
	}
}

func TestCompareJSON(t *testing.T) {
	inFolder(t)
	file := "id: half\ninstrument: subsidy\nintensity: 0\ntarget: {regions: [west]}\n"
	if err := os.WriteFile("half.yaml", []byte(file), 0o666); err != nil {
		t.Fatal(err)
	}
	out := must(t, append([]string{"compare", "small.yaml", "--policy", "half.yaml", "--metrics", "jobs,jobs_target", "--json", "--no-plots", "-o", "c"}, quick...)...)
	var got struct {
		Effects []comparedEffect
		Costs   []comparedCosts
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Effects) != 6 || got.Effects[0].Policy != "half" {
		t.Errorf("effects %+v", got.Effects)
	}
	for _, e := range got.Effects {
		if e.Effect == nil || *e.Effect != 0 || e.Established {
			t.Errorf("a policy of intensity zero: %+v", e)
		}
	}
}

func TestCompareMistakes(t *testing.T) {
	inFolder(t)
	if err := os.WriteFile("faulty.yaml", []byte("id: x\ninstrument: subsidy\nbudget: -3\ncolour: red\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"compare small.yaml", 2, "want --policy"},
		{"compare", 2, "want one SCENARIO"},
		{"compare nowhere --policy subsidy", 2, "nowhere"},
		{"compare small.yaml --policy subsidie", 2, "did you mean subsidy?"},
		{"compare small.yaml --policy subsidy --replicates 0", 2, "--replicates 0"},
		{"compare small.yaml --policy subsidy --ticks 40", 2, "more than the burn-in"},
		{"compare small.yaml --policy subsidy --metrics job", 2, "did you mean jobs?"},
		{"compare small.yaml --policy subsidy --polcy burn", 2, "--policy"},
		{"compare small.yaml --policy subsidy --policy subsidy", 2, "given twice"},
		{"compare small.yaml --policy subsidy --set trust.loss=7", 2, "want [0,1]"},
		{"compare small.yaml --policy subsidy --replicates many", 2, "or auto"},
		{"compare small.yaml --policy subsidy --until jobs=.5", 2, "goes with --replicates auto"},
		{"compare small.yaml --policy subsidy --replicates auto --until job=.5", 2, "did you mean jobs?"},
		{"compare small.yaml --policy subsidy --replicates auto --until jobs=-1 --most 1", 2, "above 0"},
		{"compare small.yaml --policy subsidy --replicates auto --until public_cost=1", 2, "no effect"},
		{"compare small.yaml --policy faulty.yaml", 1, "faulty.yaml:4:"},
	} {
		code, _, stderr := call(t, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(stderr, c.want) {
			t.Errorf("agglo %s: exit code %d, want %d, and %q in %q", c.args, code, c.code, c.want, stderr)
		}
	}
	if found, err := filepath.Glob("runs/*"); err != nil || len(found) > 0 {
		t.Errorf("a mistake has left %v behind", found)
	}
}

// Stopped before a pair of worlds is done, a comparison leaves a folder that nobody takes for a whole one.
func TestCompareStopped(t *testing.T) {
	inFolder(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	code, _, stderr := callWith(t, ctx, append([]string{"compare", "small.yaml", "--policy", "burn", "-o", "c"}, quick...)...)
	if _, err := output.Open("c"); code != 1 || err == nil || !strings.Contains(stderr, "stopped before the first pair") {
		t.Errorf("exit code %d, the folder opens: %v, message %q", code, err, stderr)
	}
	must(t, append([]string{"compare", "small.yaml", "--policy", "burn", "-o", "c", "--no-plots"}, quick...)...)
}
