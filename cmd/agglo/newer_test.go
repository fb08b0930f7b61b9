package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A folder that a newer program wrote is told as such, with its version, and no command that writes touches it: neither the manifest of
// a sweep or of work in rounds is made anew, nor their runs, whether some are done or none, and however else fields may read there.
func TestNewerFolderIsLeft(t *testing.T) {
	inInquiry(t)
	put(t, "e.yaml", "agglo: 1\nscenario: small.yaml\nreplicates: 2\nticks: 3\nmetrics: [jobs]\n")
	must(t, "sweep", "e.yaml", "-o", "sweep", "-q", "--no-plots", "--index", "0")
	must(t, strings.Fields("optimise mix.yaml --no-plots -q -o rounds")...)
	must(t, strings.Fields("run small.yaml --ticks 1 --no-plots -q -o run")...)
	for _, c := range []struct{ like, gone, commands string }{
		{"sweep", "", "sweep e.yaml -o DIR|sweep e.yaml -o DIR --resume|merge DIR|merge DIR --partial|merge sweep DIR"},
		{"sweep", "journal", "sweep e.yaml -o DIR|sweep e.yaml -o DIR --resume|run small.yaml -o DIR --force"},
		{"rounds", "", "optimise mix.yaml -o DIR|optimise mix.yaml -o DIR --resume"},
		{"rounds", "rounds", "optimise mix.yaml -o DIR|optimise mix.yaml -o DIR --resume|run small.yaml -o DIR --force"},
		{"run", "", "run small.yaml --ticks 1 -o DIR|run small.yaml --ticks 1 -o DIR --force|compare small.yaml --policy subsidy --ticks 4 --burn-in 2 --replicates 1 -o DIR --force|sweep e.yaml -o DIR --resume|run DIR#0|export DIR|verify DIR"},
	} {
		for what, now := range map[string]string{"form": `"agglo": 2,`, "type": `"agglo": 2, "ticks": [9], "title": 7, "sweep": 1, "inquiry": 2,`} {
			dir := copyOf(t, c.like, filepath.Join(t.TempDir(), "newer"))
			if c.gone != "" {
				if err := os.RemoveAll(filepath.Join(dir, c.gone)); err != nil {
					t.Fatal(err)
				}
			}
			path := filepath.Join(dir, "manifest.json")
			spoil(t, path, `"agglo": 1,`, now)
			spoil(t, path, `"version": "`, `"version": "v9.1`)
			before := filesIn(t, dir)
			for command := range strings.SplitSeq(c.commands, "|") {
				code, _, said := call(t, append(strings.Fields(strings.ReplaceAll(command, "DIR", dir)), "-q")...)
				if code == 0 || !strings.Contains(said, "agglo = 2: written by a newer agglo (v9.1") || strings.Contains(said, "makes it again") {
					t.Errorf("%s, %s: %s ends with %d: %s", c.like, what, command, code, said)
				}
				if begins := strings.HasPrefix(command, "sweep") || strings.HasPrefix(command, "optimise"); begins && c.like != "run" && !strings.Contains(said, "nothing in it was touched") {
					t.Errorf("%s, %s: %s does not say what was done: %s", c.like, what, command, said)
				}
			}
			if !maps.Equal(filesIn(t, dir), before) {
				t.Errorf("%s, %s: the folder was written to", c.like, what)
			}
		}
	}
}
