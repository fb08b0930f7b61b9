package table

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// put writes a file for a test.
func put(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestStream(t *testing.T) {
	s, err := OpenStream(put(t, "\ufeffb,a,spare,n\n1.5,x,?,7\n,\"y, z\",?,-3\n"),
		Column{Name: "a"}, Column{Name: "b", Kind: Number, Gaps: true}, Column{Name: "n", Kind: Integer}, Column{Name: "other", Optional: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if !s.Next() || s.Text(0) != "x" || s.Number(1) != 1.5 || s.Integer(2) != 7 || s.line != 2 || s.Text(3) != "" {
		t.Error("first row:", s.text, s.number, s.integer)
	}
	if !s.Next() || s.Text(0) != "y, z" || !math.IsNaN(s.Number(1)) || s.Integer(2) != -3 {
		t.Error("second row:", s.text, s.number, s.integer)
	}
	if s.Next() || s.Err() != nil {
		t.Error("a third row, or", s.Err())
	}
}

// Every faulty row is told, with line and column, and the sound ones are shown.
func TestStreamFaults(t *testing.T) {
	path := put(t, "a,n\n1,2\nx,3\n4\n5,6.5\n7,8\n")
	s, err := OpenStream(path, Column{Name: "a", Kind: Number}, Column{Name: "n", Kind: Integer})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var sound []int64
	for s.Next() {
		sound = append(sound, s.Integer(1))
		if s.Integer(1) == 8 {
			s.Fault(0, "7 is not wanted")
		}
	}
	if len(sound) != 2 || sound[0] != 2 || sound[1] != 8 {
		t.Error("sound rows:", sound)
	}
	for _, want := range []string{`x.csv:3:1: a: "x": want a number`, "x.csv:4: 1 cells: want 2", `x.csv:5:3: n: "6.5": want a whole number`, "x.csv:6:1: a: 7 is not wanted"} {
		if s.Err() == nil || !strings.Contains(s.Err().Error(), want) {
			t.Errorf("%v does not say %s", s.Err(), want)
		}
	}
	if _, err := OpenStream(path, Column{Name: "a"}, Column{Name: "m"}); err == nil || !strings.Contains(err.Error(), `is "n" meant?`) {
		t.Error("missing column:", err)
	} else if !strings.Contains(err.Error(), "x.csv:4: 1 cells: want 2") {
		t.Error("missing column, and nothing of the rows:", err)
	}
	if _, err := OpenStream(path+"x", Column{Name: "a"}); !os.IsNotExist(err) {
		t.Error("missing file:", err)
	}
}

// FuzzStream: a table read row by row is what it is read whole: the same rows, or faults in both.
func FuzzStream(f *testing.F) {
	for _, s := range []string{"region,sector,employment\na,b,1\n", "region,sector,employment,year\n\"a\"\"\",b,1e3,\nc,,2,1999\n", "\ufeff,;\n", "region", "region,sector,employment\na,b,1\n\"c\nd,e,2"} {
		f.Add([]byte(s))
	}
	path := filepath.Join(f.TempDir(), "x.csv")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		want, wrong := Read(path, strings.NewReader(string(data)), plants, Options{AllowNoRows: true})
		s, err := OpenStream(path, plants...)
		if err != nil {
			if wrong == nil || err.Error() == "" {
				t.Errorf("%v; whole: %v", err, wrong)
			}
			return
		}
		defer s.Close()
		rows := 0
		for ; s.Next(); rows++ {
			if wrong != nil {
				continue
			}
			if rows >= want.Rows || s.Number(2) != want.Numbers("employment")[rows] || s.Text(0) != want.Labels("region").Names[want.Labels("region").Code[rows]] || s.line != want.Line(rows) {
				t.Fatalf("row %d: %v %v", rows, s.text, s.number)
			}
		}
		if (s.Err() == nil) != (wrong == nil) || s.Err() != nil && s.Err().Error() == "" {
			t.Errorf("row by row: %v; whole: %v", s.Err(), wrong)
		}
		if wrong == nil && rows != want.Rows {
			t.Errorf("%d rows: want %d", rows, want.Rows)
		}
	})
}
