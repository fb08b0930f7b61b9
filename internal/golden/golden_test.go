package golden

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A recorder is a testing.TB that notes failures.
type recorder struct {
	testing.TB
	said string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.said = format
	for _, a := range args {
		r.said += "\n" + a.(string)
	}
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "testdata", "deep", "x.txt")
	*update = true
	File(t, path, []byte("a\nb\n"))
	*update = false
	File(t, path, []byte("a\nb\n"))
	r := &recorder{TB: t}
	File(r, path, []byte("a\nc\n"))
	if !strings.Contains(r.said, "2 - b") || !strings.Contains(r.said, "2 + c") {
		t.Errorf("a different text says %q", r.said)
	}
	if have, err := os.ReadFile(path); err != nil || string(have) != "a\nb\n" {
		t.Errorf("without -update the file became %q, %v", have, err)
	}
}

func TestFirstDifference(t *testing.T) {
	long := strings.Repeat("x", 500)
	for _, c := range []struct {
		name, want, got string
		shows           []string
	}{
		{"equal", "a\nb", "a\nb", nil},
		{"changed", "1\n2\n3\n4\n5\n", "1\n2\n3\nfour\n5\n", []string{
			"      2   2\n      3   3\n      4 - 4\n      4 + four\n", "the file has 6 lines, the new text 6"}},
		{"shorter", "a\nb\nc", "a\nb", []string{"3 - c\n", "3 + (the new text ends here)", "3 lines, the new text 2"}},
		{"longer", "", "a", []string{"1 - \n", "1 + a\n"}},
		{"no last newline", "a\n", "a", []string{"2 - \n", "2 + (the new text ends here)"}},
		{"line ends", "a\r\nb", "a\nb", []string{`1 - "a\r"`, "1 + a\n"}},
		{"far to the right", long + "1" + long, long + "2" + long, []string{"...", "x1x", "x2x"}},
	} {
		said := firstDifference([]byte(c.want), []byte(c.got))
		if (said == "") != (c.shows == nil) {
			t.Errorf("%s: %q", c.name, said)
		}
		for _, part := range c.shows {
			if !strings.Contains(said, part) {
				t.Errorf("%s: no %q in\n%s", c.name, part, said)
			}
		}
		if len(said) > 1000 {
			t.Errorf("%s: %d bytes are too many to read", c.name, len(said))
		}
	}
}
