package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"agglo/output"
)

// Pairs are added to a finished comparison without running it again, to the bytes of one that had them from the start; so they are where a
// file of a pair is damaged or gone, behind a kill, and with auto. What would leave pairs out, or mix those of two comparisons, is refused.
func TestCompareMore(t *testing.T) {
	inFolder(t)
	ask := func(replicates string, more ...string) []string {
		return slices.Concat([]string{"compare", "small.yaml", "--policy", "subsidy", "--policy", "burn", "--burn-in", "2", "--ticks", "6", "--no-plots",
			"--replicates", replicates}, more)
	}
	must(t, ask("2", "-o", "c", "-q")...)
	must(t, ask("5", "-o", "fresh", "-q")...)
	before := hashes(t, "c")
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"without --resume":    {ask("5", "-o", "c"), "or with --resume keep its 2 pairs of worlds"},
		"fewer":               {ask("1", "-o", "c", "--resume"), "c holds 2 pairs, and --resume leaves none out: want 2 or more"},
		"another seed":        {ask("5", "-o", "c", "--resume", "--seed", "9"), "seed is 5 in the file, and here 9"},
		"another parameter":   {ask("5", "-o", "c", "--resume", "--set", "trust.loss=.3"), "trust.loss is .* in the file, and here 0.3"},
		"another policy":      {ask("5", "-o", "c", "--resume", "--policy", "tax_break"), "--policy is subsidy burn in the file"},
		"longer":              {ask("5", "-o", "c", "--resume", "--every", "2"), "--every is 4 in the file, and here 2"},
		"both keep and write": {ask("5", "-o", "c", "--resume", "--force"), "--force does not go with --resume"},
	} {
		code, _, stderr := call(t, c.args...)
		for part := range strings.SplitSeq(c.want, ".*") {
			if code != 2 || !strings.Contains(stderr, part) {
				t.Errorf("%s: %d, %s", name, code, stderr)
			}
		}
	}
	if now := hashes(t, "c"); now["effects.csv"] != before["effects.csv"] {
		t.Error("refused, and changed")
	}
	pairs := filepath.Join("c", output.PairsDir, output.PairsFile)
	keeps := func(want string) {
		t.Helper()
		if code, _, stderr := call(t, ask("5", "-o", "c", "--resume")...); code != 0 || !strings.Contains(stderr, want) {
			t.Fatalf("%d, %s", code, stderr)
		}
		if left := output.Matching(filepath.Dir(pairs), "*"); len(left) != 1 || left[0] != pairs {
			t.Errorf("files of pairs %v", left)
		}
		sameTables(t, "c", "fresh")
	}
	keeps("2 pairs of worlds kept")
	first, err := os.Stat(pairs)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("c", output.MarkerFile), nil, 0o666); err != nil { // as a kill leaves it
		t.Fatal(err)
	}
	keeps("5 pairs of worlds kept")
	if now, err := os.Stat(pairs); err != nil || !os.SameFile(first, now) {
		t.Errorf("nothing was added, and the pairs were written again: %v", err)
	}
	if err := os.Truncate(pairs, 100); err != nil {
		t.Fatal(err)
	}
	keeps("damaged, and not read: " + pairs + ", bytes 0 to 100; the pairs that it held are done again")
	must(t, "verify", "c", "-q")
	auto := []string{"--until", "jobs=50"}
	must(t, ask("auto", append(auto, "-o", "c", "--resume", "-q")...)...)
	must(t, ask("auto", append(auto, "-o", "enough", "-q")...)...)
	sameTables(t, "c", "enough")
	must(t, ask("2", "-o", "c", "--force", "-q")...) // written anew
	if code, _, stderr := call(t, ask("3", "-o", "c", "--resume")...); code != 0 || !strings.Contains(stderr, "2 pairs of worlds kept") {
		t.Errorf("%d, %s", code, stderr)
	}
}
