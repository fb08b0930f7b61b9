package batch

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Files that may not grow beyond some bytes: the system takes a part of what is written, and no more. A process that meets this in its
// rows, or in its journal, says so and ends; another one goes on, to the same bytes.
func TestShortWrites(t *testing.T) {
	want := whole(t, 400)
	torn := 0 // a write may end just where there is no room left
	for _, c := range []struct{ sync, most string }{{"often", "1"}, {"often", "5"}, {"often", "20"}, {"never", "1"}, {"never", "9"}} {
		dir := t.TempDir()
		child := exec.Command("sh", "-c", `ulimit -f `+c.most+` && exec "$0"`, os.Args[0])
		child.Env = append(os.Environ(), "BATCH_TEST_DIR="+dir, "BATCH_TEST_SYNC="+c.sync)
		out, err := child.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "file too large") || !strings.Contains(string(out), dir) || strings.Contains(string(out), "goroutine") {
			t.Errorf("%+v: %v: %s", c, err, out)
		}
		p, o := plan(dir, 400), options(2)
		o.Resume = true
		r := must(t, p, o, job)
		torn += r.Damaged
		if r.Before+r.Done != 400 || c.sync == "often" && c.most != "1" && r.Before == 0 {
			t.Errorf("%+v: nothing was kept: %+v", c, r)
		}
		if merged(t, p) != want {
			t.Errorf("%+v: other bytes", c)
		}
	}
	if torn == 0 {
		t.Error("nothing was torn: nothing was tried")
	}
}
