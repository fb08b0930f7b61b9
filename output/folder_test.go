package output

import (
	"path/filepath"
	"slices"
	"testing"
)

// What a manifest names is believed where a table can have that name inside the folder.
func TestResults(t *testing.T) {
	dir := t.TempDir()
	named := map[string]Hashed{"runs.csv": {}, "netlogo/table.csv": {}, "runs.parquet": {}, "../other.csv": {}, "/etc/hosts.csv": {}, "manifest.json": {}}
	got := Results(dir, named)
	slices.Sort(got)
	var want []string
	for _, name := range []string{"netlogo/table.csv", ReportFile, "runs.csv", "runs.parquet"} {
		want = append(want, filepath.Join(dir, filepath.FromSlash(name)))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q: want %q", got, want)
	}
}
