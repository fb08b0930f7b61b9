package main

import (
	"os"
	"strings"
	"testing"
)

// A run writes a page beside its tables; agglo report writes it again, in another language, and says what is wrong with a
// folder that was edited or left half-written while it shows the rest.
func TestReport(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "r", "-q", "--set", "trust.loss=.6")
	page := func() string {
		data, err := os.ReadFile("r/report.html")
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for _, want := range []string{"A small square", "trust.loss", "data:image/", "Figure 3.", "agglo run"} {
		if !strings.Contains(page(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if out := must(t, "report", "r", "--lang", "ru", "-q"); strings.TrimSpace(out) != "r/report.html" {
		t.Errorf("printed %q", out)
	}
	if !strings.Contains(page(), `<html lang="ru">`) {
		t.Error("the page is not in Russian")
	}
	data, err := os.ReadFile("r/synergy.csv")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("r/synergy.csv", append(data, "0,9,0,1,1,1,1,1,1\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	code, _, said := call(t, "report", "r", "-q")
	if code != 1 || !strings.Contains(said, "synergy.csv: not what the run wrote") || !strings.Contains(page(), "synergy.csv is not what was written") {
		t.Errorf("edited: exit %d, %s", code, said)
	}
	if err := os.WriteFile("r/INCOMPLETE", nil, 0o666); err != nil {
		t.Fatal(err)
	}
	code, _, said = call(t, "plot", "r", "-q")
	if code != 1 || !strings.Contains(said, "its tables are not whole") {
		t.Errorf("half-written: exit %d, %s", code, said)
	}
	for _, args := range [][]string{{"report", "nothing"}, {"report", "small.yaml"}, {"report", "r", "--lang", "fr"}, {"report"}} {
		if code, _, said := call(t, args...); code != 2 {
			t.Errorf("%v: exit %d, %s", args, code, said)
		}
	}
}

// The name of a folder is no pattern, and need not be text.
func TestFolderWithBrackets(t *testing.T) {
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "caf\xe9 [1", "--ticks", "2", "-q")
	must(t, "report", "caf\xe9 [1", "-q")
	must(t, "run", "small.yaml", "-o", "r[1]", "--ticks", "2", "--no-plots", "-q")
	must(t, "plot", "r[1]", "-q")
	must(t, "report", "r[1]", "-q")
	if code, _, said := call(t, "merge", "r[2]", "small.yaml"); code != 2 || !strings.Contains(said, "r[2]: there is no folder of that name") || !strings.Contains(said, "small.yaml: want a folder of results, this is a file") {
		t.Errorf("exit code %d: %s", code, said)
	}
}
