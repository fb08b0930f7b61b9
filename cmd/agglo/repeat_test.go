package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// repeated gives the line of a report that begins so, as words.
func repeated(t *testing.T, dir, begin string) []string {
	t.Helper()
	page, err := os.ReadFile(dir + "/report.html")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`<code>agglo (` + begin + `[^<]*)`).FindSubmatch(page)
	if line == nil {
		t.Fatalf("%s: the report does not say how it is repeated", dir)
	}
	return strings.Fields(string(line[1]))
}

// The line by which a report of a run or a comparison says that it is repeated gives the same tables, whatever was asked for, also of a
// scenario that is a file of another name than its id.
func TestRunRepeated(t *testing.T) {
	inFolder(t)
	if err := os.Rename("small.yaml", "mine.yaml"); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("mine.yaml")
	if err != nil {
		t.Fatal(err)
	}
	put(t, "-x.yaml", string(text))
	must(t, strings.Fields("run --ticks 1 -q -o=-x -- -x.yaml")...)
	must(t, append(repeated(t, "./-x", "run ./-x.yaml"), "-o", "x", "-q", "--no-plots")...)
	sameTables(t, "./-x", "x")
	for dir, words := range map[string]string{
		"one":    "run mine.yaml --set scenario.sectors.tools.firms=30 --set trust.loss=.6 --set trust.loss=.3@1 --ticks 3",
		"two":    "run mine.yaml --replicates 2 --every 2 --ticks 2 --seed 9",
		"same":   "run mine.yaml",
		"few":    "compare mine.yaml --policy subsidy --policy loan --burn-in 2 --ticks 8 --replicates 2 --metrics jobs,wage --seed 5 --every 2",
		"auto":   "compare mine.yaml --policy subsidy --burn-in 2 --ticks 8 --replicates auto --until jobs=50 --most 3 --set trust.loss=.6",
		"sector": "compare mine.yaml --policy subsidy --burn-in 2 --ticks 4 --replicates 1 --set sectors.tools.firms=30",
	} {
		must(t, append(strings.Fields(words+" --threads 2 -q"), "-o", dir)...)
		command, _, _ := strings.Cut(words, " ")
		again := repeated(t, dir, command+" mine.yaml")
		must(t, append(again, "-o", dir+"-again", "-q", "--no-plots")...)
		sameTables(t, dir, dir+"-again")
	}
	must(t, strings.Fields("cases mine.yaml --seeds 2 --ticks 2 --set trust.loss=.6 --threads 2 -q -o c")...)
	must(t, append(repeated(t, "c/small", "run mine.yaml"), "-o", "again", "-q", "--no-plots")...)
	sameTables(t, "c/small", "again")
	must(t, "run", "one#0", "-q", "-o", "stored")
	if page, err := os.ReadFile("stored/report.html"); err != nil || !strings.Contains(string(page), "<code>agglo run &#39;one#0&#39;</code>") {
		t.Errorf("the report of a stored run that was run again does not name it: %v", err)
	}
}

// The line of a sweep takes its folder alone, and one that is free, as does going on; the file of the experiment is kept beside them. Of several replicates the page does not say that the first alone is all.
func TestSweepRepeated(t *testing.T) {
	const text = "agglo: 1 # because\nscenario: small.yaml\nset: {trust.loss: .5}\nreplicates: 2\nticks: 4\nburn_in: 2\nmetrics: [jobs]\npolicies: [none, p.yaml]\n"
	inSweep(t, text)
	put(t, "p.yaml", "id: p\ninstrument: subsidy\nbudget: 10\n")
	must(t, "sweep", "e.yaml", "-o", "s", "-q", "--layout", "netlogo")
	must(t, "sweep", "e.yaml", "-o", "part", "-q", "--index", "1")
	small, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"e.yaml", "small.yaml", "p.yaml"} {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	again := repeated(t, "s", "sweep s")
	must(t, append(again, "-q", "--no-plots")...)
	sameTables(t, "s", "s-again")
	must(t, "sweep", "part", "-o", "part", "--resume", "-q", "--no-plots")
	sameTables(t, "s", "part")
	for _, name := range []string{"s/experiment.yaml", "s-again/experiment.yaml", "part/experiment.yaml"} {
		if kept, err := os.ReadFile(name); err != nil || string(kept) != text {
			t.Errorf("%s: %q, %v", name, kept, err)
		}
	}
	written, err := os.ReadFile("part/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	put(t, "part/manifest.json", strings.Replace(string(written), `"burn_in": 2`, `"burn_in": 1`, 1))
	must(t, "sweep", "part", "-o", "edited", "-q", "--no-plots")
	if kept, err := os.ReadFile("edited/experiment.yaml"); err == nil {
		t.Errorf("a sweep of a manifest that was edited keeps the text of another experiment: %s", kept)
	}
	a, errA := os.ReadFile("s/netlogo/table.csv")
	if b, errB := os.ReadFile("s-again/netlogo/table.csv"); errA != nil || errB != nil || string(a) != string(b) {
		t.Errorf("the table in another layout: %v, %v", errA, errB)
	}
	if code, _, said := call(t, "sweep", "s/journal", "-o", "x"); code != 2 || !strings.Contains(said, "s/journal is a folder and not that of a sweep") {
		t.Errorf("%d, %s", code, said)
	}
	put(t, "small.yaml", string(small))
	must(t, "run", "small.yaml", "--ticks", "2", "--replicates", "2", "-o", "r", "-q", "--no-plots")
	must(t, "report", "r", "-q")
	page, err := os.ReadFile("r/report.html")
	if err != nil || strings.Contains(string(page), "The same run again") || !strings.Contains(string(page), "Its first replicate again") {
		t.Errorf("two replicates are repeated as if they were one run: %v", err)
	}
}

// The lines of work in rounds name its file, what was asked for, and a folder that is free.
func TestInquiriesRepeated(t *testing.T) {
	inInquiry(t)
	for command, words := range map[string]string{
		"sensitivity": "which.yaml --trajectories 2 --base-points 2 --resamples 20 --ticks 3",
		"calibrate":   "fit.yaml --particles 10 --checks 2 --seed 4 --set trust.loss=.5",
		"optimise":    "mix.yaml",
	} {
		must(t, append(strings.Fields(command+" "+words), "-o", command, "-q", "--no-plots", "--threads", "2")...)
		must(t, "report", command, "-q")
		must(t, append(repeated(t, command, command+" "), "-q", "--no-plots")...)
		sameTables(t, command, command+"-again")
	}
}

// So do those of a validation and of tests of claims, which name facts, tests, and a seed if one was given.
func TestAskedIsRepeated(t *testing.T) {
	inFolder(t)
	for dir, begin := range map[string]string{
		"facts":  "validate T2 T5a --seed 7 " + strings.Join(brief, " "),
		"claims": "claims C1 --replicates 2 --seed 3 -q",
	} {
		must(t, append(strings.Fields(begin), "--threads", "2", "-o", dir)...)
		again := repeated(t, dir, "(?:validate|claims) ")
		if !slices.Contains(again, "--seed") || slices.Contains(again, "--threads") {
			t.Fatalf("%s is repeated by %q", dir, again)
		}
		must(t, append(again, "-o", dir+"-again", "-q", "--no-plots")...)
		sameTables(t, dir, dir+"-again")
	}
}

// The file of an experiment that a sweep keeps has its hash in the manifest: verify and --resume notice when it was changed or removed, and
// going on with the same experiment writes it anew, also with other comments. No table hangs on it.
func TestExperimentFileHashed(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	const text = "agglo: 1 # because\nscenario: small.yaml\nreplicates: 2\nticks: 2\nmetrics: [jobs]\n"
	inSweep(t, text)
	must(t, "sweep", "e.yaml", "-o", "s", "-q", "--no-plots")
	verifies(t, 0, []string{"2 runs made again"}, "s")
	before := hashes(t, "s")
	says := func(name, want string, args ...string) {
		t.Helper()
		code, _, said := call(t, append([]string{"sweep"}, args...)...)
		if code != 0 || (want == "") != !strings.Contains(said, "experiment.yaml") || !strings.Contains(said, want) {
			t.Errorf("%s: %d, %s", name, code, said)
		}
	}
	const changed = "s/experiment.yaml was changed after it was written: its hash is not that of the manifest"
	put(t, "s/experiment.yaml", text+"# mine\n")
	verifies(t, 1, []string{changed, "1 difference"}, "s")
	verifies(t, 1, []string{changed}, "s", "--sample", "1")
	says("its folder", changed+"; what runs is the experiment that the manifest holds", "s", "-o", "s", "--resume", "--no-plots")
	says("run again", changed, "s", "-o", "other", "--no-plots")
	if _, err := os.Stat("other/experiment.yaml"); err == nil {
		t.Error("a changed file is taken along")
	}
	verifies(t, 1, []string{changed}, "s") // still
	says("its file", changed+"; it is written anew, as e.yaml is", "e.yaml", "-o", "s", "--resume", "--no-plots")
	verifies(t, 0, []string{"2 runs made again"}, "s")
	if err := os.Remove("s/experiment.yaml"); err != nil {
		t.Fatal(err)
	}
	verifies(t, 1, []string{"s/experiment.yaml is missing: it was removed after it was written"}, "s")
	put(t, "e.yaml", strings.Replace(text, "because", "for another reason", 1))
	says("other comments", "is missing", "e.yaml", "-o", "s", "--resume", "--no-plots")
	says("nothing to say", "", "e.yaml", "-o", "s", "--resume", "--no-plots")
	verifies(t, 0, []string{"2 runs made again"}, "s")
	if kept, err := os.ReadFile("s/experiment.yaml"); err != nil || !strings.Contains(string(kept), "for another reason") {
		t.Errorf("%s, %v", kept, err)
	}
	put(t, "e.yaml", strings.Replace(text, "replicates: 2", "replicates: 3", 1))
	says("more replicates", "", "e.yaml", "-o", "s", "--resume", "--no-plots")
	verifies(t, 0, []string{"3 runs made again"}, "s")
	if now := hashes(t, "other"); now["runs.csv"] != before["runs.csv"] {
		t.Error("another runs.csv")
	}
}
