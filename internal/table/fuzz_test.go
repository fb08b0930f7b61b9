package table

import (
	"bytes"
	"testing"
)

// FuzzCompare: any two files are compared, or refused with words; a table agrees with itself, and differences are told within the tables.
func FuzzCompare(f *testing.F) {
	for _, s := range [][2]string{{"run,tick,x\n0,1,2\n0,2,3\n", "run,tick,x\n0,1,2\n0,2,4\n"}, {"tick,x\n1,2\n", "tick,x\n1,2\n2,3\n"}, {"x\n\"a\n", "x\n\"a\"\n"},
		{"", "x\n"}, {"tick,tick\n1,\n1,\n1,\n", "tick,tick\n1,\n"}, {"run,x\n\n1,2\n", "run,x\n1,2,3\n"}} {
		f.Add([]byte(s[0]), []byte(s[1]), "run")
	}
	f.Fuzz(func(t *testing.T, left, right []byte, leave string) {
		side := func(name string, data []byte) Side { return Side{Name: name, From: bytes.NewReader(data)} }
		c, err := Compare(side("left", left), side("right", right), leave)
		switch {
		case err != nil && err.Error() == "":
			t.Error("an error without words")
		case err == nil && (c.Different < int64(len(c.First)) && len(c.First) > 0 && c.Different == 0 || len(c.First) > mostShown || c.Different > 0 && len(c.First) == 0):
			t.Errorf("%d rows differ, %d differences are told", c.Different, len(c.First))
		}
		if c, err := Compare(side("one", left), side("same", left)); err == nil && c.Different != 0 {
			t.Errorf("a table differs from itself: %+v", c.First)
		}
	})
}
