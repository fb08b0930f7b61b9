package study

import (
	"os"
	"path/filepath"
	"testing"

	"agglo/output"
)

// FuzzManifests: whatever stands in the manifest of a sweep, a comparison or an inquiry, opening the folder does not panic: it gives
// words, or what a folder of that kind must have.
func FuzzManifests(f *testing.F) {
	for _, text := range []string{`{"agglo":1,"sweep":{"runs":4,"identity":"x"}}`, `{"agglo":1,"comparison":{"arms":[{"id":"a"}],"burn_in":4}}`,
		`{"agglo":1,"inquiry":{"identity":"x","kind":"claims","settings":{"a": 1}}}`, `{"agglo":1,"inquiry":{"identity":"x"}}`, `{"sweep":{"runs":-1}}`, `{`, ``} {
		f.Add([]byte(text))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, output.ManifestFile), data, 0o666); err != nil {
			t.Fatal(err)
		}
		words := func(err error, none bool) {
			if err != nil && (err.Error() == "" || !none) {
				t.Errorf("an error without words, or with a manifest: %v", err)
			}
		}
		s, err := OpenSweep(dir)
		words(err, s == nil)
		if err == nil && (s.Sweep.Runs < 1 || s.Sweep.Identity == "") {
			t.Errorf("a sweep of %d runs, identity %q", s.Sweep.Runs, s.Sweep.Identity)
		}
		if err == nil {
			_ = s.differs(s) // compares all that decides on the results
		}
		c, err := OpenComparison(dir)
		words(err, c == nil)
		if err == nil && len(c.Comparison.Arms) == 0 {
			t.Error("a comparison of nothing")
		}
		q, err := openInquiry(dir)
		words(err, q == nil)
		if err == nil {
			q.parts()
		}
	})
}
