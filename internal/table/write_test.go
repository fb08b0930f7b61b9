package table

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWriter(t *testing.T) {
	var b strings.Builder
	w := NewWriter(&b, "name", "value", "count")
	for _, v := range []float64{.1, math.NaN(), math.Inf(-1), 1e21, math.Copysign(0, -1), 1.0 / 3} {
		w.Text(`a "b", c`)
		w.Number(v)
		w.Integer(-7)
		w.EndRow()
	}
	w.Text(" x")
	w.Maybe(3, false)
	w.Empty()
	w.EndRow()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := "name,value,count\n\"a \"\"b\"\", c\",0.1,-7\n\"a \"\"b\"\", c\",,-7\n\"a \"\"b\"\", c\",,-7\n" +
		"\"a \"\"b\"\", c\",1e+21,-7\n\"a \"\"b\"\", c\",0,-7\n\"a \"\"b\"\", c\",0.3333333333333333,-7\n\" x\",,\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// What is written reads back as the same bits.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64(), 1, 20).Draw(rt, "values")
		texts := rapid.SliceOfN(rapid.StringN(0, 8, -1), len(values), len(values)).Draw(rt, "texts")
		columns := []Column{{Name: "v", Kind: Number, Gaps: true}, {Name: "s", Gaps: true}}
		var b strings.Builder
		w := NewWriter(&b, "v", "s")
		for i, v := range values {
			texts[i] = strings.ReplaceAll(texts[i], "\r", "") // readers of CSV turn CR LF into LF
			w.Number(v)
			w.Text(texts[i])
			w.EndRow()
		}
		if err := w.Close(); err != nil {
			rt.Fatal(err)
		}
		got, err := Read("x", strings.NewReader(b.String()), columns, Options{})
		if err != nil {
			rt.Fatal(err)
		}
		for i, v := range values {
			odd := math.IsNaN(v) || math.IsInf(v, 0)
			if got.Has("v", i) == odd || !odd && got.Numbers("v")[i] != v {
				rt.Fatalf("%v came back as %v", v, got.Numbers("v")[i])
			}
			labels := got.Labels("s")
			if labels.Names[labels.Code[i]] != texts[i] {
				rt.Fatalf("%q came back as %q", texts[i], labels.Names[labels.Code[i]])
			}
		}
	})
}

func TestOneColumnGap(t *testing.T) {
	var b strings.Builder
	w := NewWriter(&b, "v")
	w.Number(math.NaN())
	w.EndRow()
	w.Number(2)
	w.EndRow()
	_ = w.Close()
	got, err := Read("x", strings.NewReader(b.String()), []Column{{Name: "v", Kind: Number, Gaps: true}}, Options{})
	if err != nil || got.Rows != 2 || got.Has("v", 0) {
		t.Error(got, err)
	}
}

func TestCreate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.csv")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	w, err := Create(path, "a")
	if err != nil {
		t.Fatal(err)
	}
	w.Integer(1)
	w.EndRow()
	_ = w.Flush()
	if data, _ := os.ReadFile(path); string(data) != "old" {
		t.Error("the old file must stay until the new one is whole")
	}
	other, err := Create(path, "a") // a second writer at the same time
	if err != nil {
		t.Fatal(err)
	}
	other.Abort()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(path); string(data) != "a\n1\n" {
		t.Errorf("%q", data)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := Create(filepath.Join(dir, "no", "such"), "a"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// full is a stream on a disk with no room left.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestWriterFullDisk(t *testing.T) {
	w := NewWriter(full{}, "a")
	for range 100_000 {
		w.Integer(1)
		w.EndRow()
	}
	if err := w.Close(); err == nil || !strings.Contains(err.Error(), "no space") {
		t.Error(err)
	}
}

func TestEndRowCountsCells(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a short row must panic")
		}
	}()
	w := NewWriter(&strings.Builder{}, "a", "b")
	w.Integer(1)
	w.EndRow()
}

func BenchmarkWriteNumbers(b *testing.B) {
	w := NewWriter(new(nowhere), "a", "b", "c")
	b.ReportAllocs()
	for b.Loop() {
		w.Number(1.0 / 3)
		w.Integer(12345)
		w.Number(2.5)
		w.EndRow()
	}
}

type nowhere struct{}

func (*nowhere) Write(p []byte) (int, error) { return len(p), nil }

// A device or a folder in the place of a table stays what it is. The link keeps the device itself out of reach of this test.
func TestCreateKeepsDevices(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.Symlink(os.DevNull, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{link, dir} {
		if _, err := Create(path, "a"); err == nil || !strings.Contains(err.Error(), "no regular file") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%v lie in the folder, %v", left, err)
	}
	file := filepath.Join(dir, "table.csv")
	for range 2 { // a file is replaced
		w, err := Create(file, "a")
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
