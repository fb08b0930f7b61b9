package main

import (
	"maps"
	"os"
	"strings"
	"testing"
)

// No folder becomes one of two works. What runs are kept in for a sweep or for work in rounds is not written over, not with --force either;
// nor do a sweep, such work or an export begin among the files of something else.
func TestFoldersDoNotMix(t *testing.T) {
	inInquiry(t)
	put(t, "e.yaml", "agglo: 1\nscenario: small.yaml\nticks: 3\nmetrics: [jobs]\n")
	for _, command := range []string{
		"run small.yaml --ticks 1 -o run", "run small.yaml --ticks 1 --replicates 2 -o many", "sweep e.yaml -o sweep", "optimise mix.yaml -o rounds",
		"compare small.yaml --policy subsidy --ticks 4 --burn-in 2 --replicates 1 -o compared",
	} {
		must(t, append(strings.Fields(command), "-q", "--no-plots")...)
	}
	must(t, "export", "run", "--edges", "-o", "export")
	manifest, err := os.ReadFile("run/manifest.json")
	if err == nil {
		err = os.Mkdir("bare", 0o777)
	}
	if err != nil {
		t.Fatal(err)
	}
	put(t, "bare/manifest.json", string(manifest))
	for into, c := range map[string]struct {
		commands []string
		says     string
	}{
		"sweep rounds": {[]string{"run small.yaml", "run small.yaml --force", "run small.yaml --replicates 2 --force", "run run#0 --force",
			"compare small.yaml --policy subsidy --ticks 4 --burn-in 2 --replicates 1 --force", "claims C1 --replicates 1 --force"}, "are not written over, not with --force either"},
		"run many compared export bare": {[]string{"sweep e.yaml", "sweep e.yaml --resume", "optimise mix.yaml", "optimise mix.yaml --resume"}, "choose another with -o"},
		"rounds":                        {[]string{"sweep e.yaml", "sweep e.yaml --resume"}, "choose another with -o"},
		"sweep":                         {[]string{"optimise mix.yaml", "optimise mix.yaml --resume"}, "choose another with -o"},
		"export":                        {[]string{"run small.yaml", "run small.yaml --force"}, "is not a run folder: choose another with -o"},
		"run sweep compared rounds":     {[]string{"export many", "export run --edges"}, "is a folder of results"},
	} {
		for dir := range strings.FieldsSeq(into) {
			before := filesIn(t, dir)
			for _, command := range c.commands {
				if code, _, said := call(t, append(strings.Fields(command), "-o", dir, "-q")...); code != 2 || !strings.Contains(said, c.says) {
					t.Errorf("%s -o %s ends with %d: %s", command, dir, code, said)
				}
			}
			if !maps.Equal(filesIn(t, dir), before) {
				t.Errorf("%s was written to", dir)
			}
		}
	}
}
