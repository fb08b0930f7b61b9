package output

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Letters of a pattern in a folder's own path are letters, also on Windows, where a pattern has no way to say so.
func TestMatching(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run [1]")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b.csv", "a.csv", "a.csv.0.part", "c.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		pattern string
		want    []string
	}{
		{"*.csv", []string{"a.csv", "b.csv"}},
		{"a.csv.*", []string{"a.csv.0.part"}},
		{"*.png", nil},
	} {
		var got []string
		for _, path := range Matching(dir, c.pattern) {
			if filepath.Dir(path) != dir {
				t.Errorf("%s is not in %s", path, dir)
			}
			got = append(got, filepath.Base(path))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.pattern, got, c.want)
		}
	}
	if got := Matching(filepath.Join(dir, "none"), "*"); len(got) > 0 {
		t.Error("in a folder that is not there:", got)
	}
}
