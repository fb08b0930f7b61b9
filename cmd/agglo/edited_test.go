package main

import (
	"os"
	"strings"
	"testing"
)

// A stored run whose manifest was edited runs with what stands there now, and a warning says what was edited; the report says so too.
func TestEditedManifest(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "a", "--no-plots", "--ticks", "2", "--replicates", "2")
	must(t, "run", "small.yaml", "-o", "one", "--no-plots", "--ticks", "2")
	for _, dir := range []string{"a", "one"} {
		if code, _, said := call(t, "run", dir+"#0", "-o", dir+"-again", "--no-plots"); code != 0 || strings.Contains(said, "warning") {
			t.Errorf("%s: %d: %s", dir, code, said)
		}
		if code, _, said := call(t, "report", dir); code != 0 {
			t.Errorf("report of %s: %d: %s", dir, code, said)
		}
	}
	for k, c := range []struct{ dir, old, now, want string }{
		{"one", `"labour.wage_slope": 0.25`, `"labour.wage_slope": 0.45`, "params.labour.wage_slope is 0.45, and its scenario gives 0.25"},
		{"one", "loss: 0.4", "loss: 0.5", "params.trust.loss is 0.4, and its scenario gives 0.5; its hash is not that of"},
		{"one", `"seed": 5,` + "\n      \"ticks\"", `"seed": 6,` + "\n      \"ticks\"", "runs[0].seed is 6, and seed is 5; its hash is not that of"},
		{"one", `"ticks": 2,`, `"ticks": 3,`, "its hash is not that of the program, the scenario, the seeds and the length in it"},
		{"a", `"seed": 5`, `"seed": 6`, "runs[0].seed is "},
	} {
		dir := "edited" + string(rune('a'+k))
		spoil(t, copyOf(t, c.dir, dir)+"/manifest.json", c.old, c.now)
		code, _, said := call(t, "run", dir+"#0", "-o", dir+"-again", "--no-plots")
		if code != 0 || !strings.Contains(said, "warning: "+dir+"/manifest.json was edited after the run: ") || !strings.Contains(said, c.want) {
			t.Errorf("%s: run ends with %d: %s", c.now, code, said)
		}
		if code, _, said := call(t, "report", dir); code != 1 || !strings.Contains(said, dir+"/manifest.json was edited after the run: ") {
			t.Errorf("%s: report ends with %d: %s", c.now, code, said)
		}
		if page, err := os.ReadFile(dir + "/report.html"); err != nil || !strings.Contains(string(page), "manifest.json was edited afterwards") {
			t.Errorf("%s: the page does not say so: %v", c.now, err)
		}
	}
}
