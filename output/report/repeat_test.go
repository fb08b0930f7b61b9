package report

import (
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
		for _, line := range []string{"agglo run &#39;a#0&#39;", "agglo report a --lang " + lang} {
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
