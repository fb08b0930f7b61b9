package report

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"agglo/output"
)

// Commands name the folder as it lies in the one that holds it, and the words above each such command say that it is run from there.
func TestCommandsSayWhereTheyWork(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	newFolder(t, dir)
	for lang, want := range map[string]string{"en": "from the folder that holds this one", "ru": "из папки, в которой лежит эта"} {
		page, _ := written(t, dir, Options{Lang: lang})
		for _, line := range []string{"agglo run &#39;a#0&#39;", "agglo verify a", "agglo report a --lang " + lang} {
			before, _, ok := strings.Cut(page, "<pre><code>"+line+"</code></pre>")
			words := before[strings.LastIndex(before, "<p>")+1:]
			if !ok || !strings.Contains(words, want) {
				t.Errorf("%s: %q, want %q in it", line, words, want)
			}
		}
	}
}

// A folder whose name begins with a dash is no flag. Of a folder that does not say with which words it was made the seed is told all the
// same, 0 too.
func TestCommandsOfOddFolders(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "-a")
	newFolder(t, dir)
	page, _ := written(t, dir, Options{})
	for _, line := range []string{"agglo run &#39;./-a#0&#39;", "agglo report ./-a --lang en"} {
		if !strings.Contains(page, "<pre><code>"+line+"</code></pre>") {
			t.Errorf("no %q", line)
		}
	}
	for _, seed := range []uint64{0, 7} {
		m := &manifest{Manifest: output.Manifest{Agglo: 1, Ticks: 4, Seed: seed}}
		if got, want := m.length(), []string{"--ticks", "4", "--seed", fmt.Sprint(seed)}; !slices.Equal(got, want) {
			t.Errorf("seed %d: %q", seed, got)
		}
	}
}

// How many worlds there were is told once, and words that a shell would take apart stand in quotes.
func TestAskedFor(t *testing.T) {
	for want, words := range map[string][]string{
		" --seeds 30":                 nil,
		" T1a --seeds 30":             {"T1a"},
		" T2 --seeds 8 --set 'x=a b'": {"T2", "--seeds", "8", "--set", "x=a b"},
		" 'valley#0' --every 2":       {"valley#0", "--every", "2"},
	} {
		if got := askedFor(words, "--seeds", "30"); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

// The line that makes a folder again holds what was asked for and, of what nobody asked, what another program might take otherwise. Of folders
// that do not know what was asked for it is made of what they are of.
func TestCommands(t *testing.T) {
	for _, c := range []struct{ manifest, want string }{
		{`"comparison":{"burn_in":2,"replicates":4,"arms":[{"id":"a"},{"id":"b"}],"metrics":["jobs","wage"]}`,
			"agglo compare toy --policy a --policy b --metrics jobs,wage --set trust.loss=0.6 --ticks 8 --seed 5 --burn-in 2 --every 1 --replicates 4"},
		{`"comparison":{"burn_in":2,"arms":[{"id":"a"}],"metrics":["jobs"],"until":{"metric":"jobs","half_width_pct":2.5,"most":30}},"every":2`,
			"agglo compare toy --policy a --replicates auto --metrics jobs --set trust.loss=0.6 --ticks 8 --seed 5 --burn-in 2 --every 2 --until jobs=2.5 --most 30"},
		{`"comparison":{"burn_in":2,"arms":[{"id":"a"}],"until":{"most":30}},"asked":["my.yaml","--policy","a","--replicates","auto","--every","4"]`,
			"agglo compare my.yaml --policy a --replicates auto --every 4 --ticks 8 --seed 5 --burn-in 2 --most 30"},
		{`"claims":{"replicates":9,"tests":["C1","C2"]}`, "agglo claims --replicates 9 C1 C2"},
		{`"claims":{"replicates":9,"tests":["C1","C2"]},"asked":["C1","--seed","3"]`, "agglo claims C1 --seed 3 --replicates 9"},
		{`"validation":{"seeds":3},"tables":{"facts.csv":{}}`, "agglo validate --seeds 3 --set trust.loss=0.6"},
		{`"validation":{"seeds":3},"tables":{"effects.csv":{}}`, "agglo validate --seeds 3 --effects --set trust.loss=0.6"},
		{`"validation":{"seeds":3},"asked":["T2","--seed","7"]`, "agglo validate T2 --seed 7 --seeds 3"},
		{`"sweep":{"runs":3}`, "agglo sweep 'my folder' -o 'my folder-again'"},
	} {
		p := &page{folder: &folder{dir: "my folder", lang: "en"}, options: Options{Changed: []Parameter{{Path: "trust.loss", Value: "0.6", Set: true}, {Path: "trust.gain", Value: "1"}}}}
		if err := json.Unmarshal([]byte(`{"agglo":1,"scenario":"toy","ticks":8,"seed":5,`+c.manifest+`}`), &p.manifest); err != nil {
			t.Fatal(err)
		}
		want := []string{c.want, "agglo verify 'my folder'", "agglo report 'my folder' --lang en"}
		if p.manifest.Comparison == nil && p.manifest.Sweep == nil { // which verify does not know
			want = slices.Delete(want, 1, 2)
		}
		var got []string
		for _, line := range p.commands() {
			got = append(got, line.Line)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.manifest, got, want)
		}
	}
}
