package main

import (
	"os"
	"strings"
	"testing"

	"agglo/internal/study"
)

// A manifest of a sweep that is damaged or gone is named, with the cause; the same experiment makes it again from the journal, and no
// run that was acknowledged is done twice. Another experiment does not.
func TestSweepManifestDamaged(t *testing.T) {
	inSweep(t, strings.Replace(experiment, "replicates: 3", "replicates: 1", 1))
	must(t, "sweep", "e.yaml", "-o", "whole", "-q", "--no-plots")
	must(t, "sweep", "e.yaml", "-o", "part", "-q", "--index", "0-2")
	text, err := os.ReadFile("e.yaml")
	if err == nil {
		err = os.WriteFile("other.yaml", []byte(strings.Replace(string(text), "ticks: 9", "ticks: 10", 1)), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	const path = "p/manifest.json"
	change := func(old, now string) func(string) string {
		return func(text string) string { return strings.Replace(text, old, now, 1) }
	}
	for _, c := range []struct {
		name   string
		damage func(text string) string // nil takes the file away
		cause  string
	}{
		{"a byte more", func(text string) string { return text + "}" }, "invalid character '}' after top-level value"},
		{"cut", func(text string) string { return text[:len(text)/2] }, "unexpected end of JSON input"},
		{"empty", func(string) string { return "" }, "unexpected end of JSON input"},
		{"runs", change(`"runs": 4`, `"runs": 3`), "it was changed after it was written"},
		{"identity", change(`"identity": "`, `"identity": "0`), "it was changed after it was written"},
		{"burn-in", change(`"burn_in": 5`, `"burn_in": 4`), "it was changed after it was written"},
		{"gone", nil, "it has no manifest.json"},
		{"unreadable", nil, "manifest.json: too many levels of symbolic links"},
	} {
		_ = os.RemoveAll("p")
		text, err := os.ReadFile(copyOf(t, "part", "p") + "/manifest.json")
		if err == nil && c.damage != nil {
			if c.damage(string(text)) == string(text) {
				t.Fatal(c.name, "changes nothing")
			}
			err = os.WriteFile(path, []byte(c.damage(string(text))), 0o666)
		} else if err == nil {
			err = os.Remove(path)
		}
		if err == nil && c.name == "unreadable" { // the super-user may read anything, but not this
			err = os.Symlink("manifest.json", path)
		}
		if err != nil {
			t.Fatal(err)
		}
		if code, _, said := call(t, "sweep", "e.yaml", "-o", "p"); code != 1 || !strings.Contains(said, c.cause) || !strings.Contains(said, "p") || !strings.Contains(said, "3 of this experiment): with --resume") {
			t.Errorf("%s: sweep ends with %d: %s", c.name, code, said)
		}
		if code, _, said := call(t, "sweep", "other.yaml", "-o", "p", "--resume"); code == 0 || !strings.Contains(said, "another") {
			t.Errorf("%s: another sweep ends with %d: %s", c.name, code, said)
		}
		if code, _, said := call(t, "merge", "p", "--partial"); code == 0 || !strings.Contains(said, c.cause) || !strings.Contains(said, "agglo sweep EXPERIMENT.yaml -o p --resume") {
			t.Errorf("%s: merge ends with %d: %s", c.name, code, said)
		}
		code, _, said := call(t, "sweep", "e.yaml", "-o", "p", "--resume", "--no-plots", "-v")
		if code != 0 || strings.Contains(said, "damaged") {
			t.Errorf("%s: --resume ends with %d: %s", c.name, code, said)
			continue
		}
		sameTables(t, "whole", "p")
	}
}

// A sweep says which program began it, and that counts for what the sweep is: another program does not go on with it.
func TestSweepNotesTheProgram(t *testing.T) {
	inSweep(t, strings.Replace(experiment, "replicates: 3", "replicates: 1", 1))
	must(t, "sweep", "e.yaml", "-o", "s", "-q", "--no-plots", "--index", "0")
	m, err := study.OpenSweep("s")
	if err != nil {
		t.Fatal(err)
	}
	if m.Code.Rules == "" || m.Edited() {
		t.Fatalf("its program is %q, edited: %v", m.Code.Rules, m.Edited())
	}
	if m.Code.Rules += " changed"; !m.Edited() {
		t.Error("another program counts for nothing")
	}
}
