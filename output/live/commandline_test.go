//go:build browser || soak

package live

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// program builds agglo and gives the folder that it lies in.
func program(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(dir, "agglo"), "agglo/cmd/agglo").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// series runs a command line that a page shows, in a shell in the program's folder, and gives the table that it writes.
func series(t *testing.T, dir, line, to string) string {
	t.Helper()
	command := exec.Command("sh", "-c", "./"+line+" --no-plots -q -o "+to)
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", line, err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, to, "series.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
