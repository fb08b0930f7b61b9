package table

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// Whatever stops the writing of a file leaves the old one as it was and nothing beside it.
func TestWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.json")
	broken := errors.New("no space left on device")
	for _, c := range []struct {
		text string
		err  error
		want string
	}{{"old", nil, "old"}, {"half", broken, "old"}, {"new", nil, "new"}} {
		err := Whole(path, func(w io.Writer) error {
			_, err := io.WriteString(w, c.text)
			return errors.Join(err, c.err)
		})
		if !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
			t.Errorf("%s: %v", c.text, err)
		}
		if data, _ := os.ReadFile(path); string(data) != c.want {
			t.Errorf("after %s: %q", c.text, data)
		}
		if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
			t.Errorf("after %s: %v, %v", c.text, left, err)
		}
	}
}

// Programs that want quotes have them around every cell, in lines above the header too.
func TestCreateQuoted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	w, err := CreateQuoted(path, [][]string{{"a \"title\""}, {"1", "2", "3"}}, "x", "y")
	if err != nil {
		t.Fatal(err)
	}
	w.Text("t")
	w.Number(.5)
	w.EndRow()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := "\"a \"\"title\"\"\"\n\"1\",\"2\",\"3\"\n\"x\",\"y\"\n\"t\",\"0.5\"\n"
	if data, _ := os.ReadFile(path); string(data) != want {
		t.Errorf("%q, want %q", data, want)
	}
}
