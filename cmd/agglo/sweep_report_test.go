package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every sweep has a report that says something and names no figure of another kind of folder; parts put together have the same figures.
func TestSweepReport(t *testing.T) {
	inSweep(t, `agglo: 1
scenario: small.yaml
factors:
  - {name: trust.loss, dist: {uniform: [.1, .8]}}
  - {name: scenario.areas.square.land, values: [300, 500]}
design: {kind: lhs, n: 14, seed: 1}
ticks: 2
metrics: [jobs, unemployment]
`)
	out := must(t, "sweep", "e.yaml", "-o", "s", "-q", "--threads", "2")
	if !strings.Contains(out, filepath.Join("s", "report.html")) {
		t.Error(out)
	}
	data, err := os.ReadFile("s/report.html")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	answer := regexp.MustCompile(`(?s)<p class="answer">(.*?)</p>`).FindStringSubmatch(page)
	if answer == nil || !strings.Contains(answer[1], "Jobs: ") || !strings.Contains(answer[1], "Unemployment: ") {
		t.Errorf("the answer is %q", answer)
	}
	for _, want := range []string{"figures/levels.png", "figures/levels_2.png", "heat maps are of a grid over two factors"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, foreign := range []string{"firms.csv", "series.csv", "effects.csv", "<code>map</code>", "<code>years</code>"} {
		if strings.Contains(page, foreign) {
			t.Errorf("the page of a sweep names %s", foreign)
		}
	}
	for _, index := range []string{"1-13:2", "0-13:2"} {
		must(t, "sweep", "e.yaml", "-o", "parts", "--index", index, "-q", "--threads", "1")
	}
	must(t, "merge", "parts", "-q")
	sameTables(t, "s", "parts")
	for _, name := range []string{"figures/levels.svg", "figures/levels_2.png", "levels.csv"} {
		a, errA := os.ReadFile(filepath.Join("s", name))
		b, errB := os.ReadFile(filepath.Join("parts", name))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs between a sweep and its parts put together: %v, %v", name, errA, errB)
		}
	}
	must(t, "sweep", "e.yaml", "-o", "bare", "-q", "--no-plots")
	if _, err := os.Stat("bare/report.html"); err == nil {
		t.Error("--no-plots writes a report")
	}
}
