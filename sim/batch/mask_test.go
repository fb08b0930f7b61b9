//go:build unix

package batch

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Tables have the permissions that files of this user have, also where others are to read none, or a group is to write.
func TestMergeHeedsTheMask(t *testing.T) {
	before := syscall.Umask(0o027)
	defer syscall.Umask(before)
	p := plan(t.TempDir(), 2)
	must(t, p, options(1), job)
	merged(t, p)
	for _, name := range []string{"runs.csv", "data/0.csv"} {
		info, err := os.Stat(filepath.Join(p.Dir, name))
		if err != nil || info.Mode().Perm() != 0o640 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}
