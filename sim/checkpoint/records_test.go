package checkpoint_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"agglo/sim/checkpoint"
)

// written writes a file and gives its path and bytes.
func written(t *testing.T, make func(path string, h checkpoint.Header, parts ...checkpoint.Part) error, words ...string) (string, []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x")
	var parts []checkpoint.Part
	for _, w := range words {
		parts = append(parts, says(w))
	}
	if err := make(path, header(), parts...); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, data
}

// recorded gives what the parts of the whole records of a file say, and the stretches that are damaged; data is what is written there first,
// nil leaves it.
func recorded(t *testing.T, path string, data []byte) (words []string, damages []checkpoint.Damage) {
	t.Helper()
	if data != nil {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	damages, err := checkpoint.EachRecord(path, func(f *checkpoint.File) error {
		for _, s := range f.Sizes {
			part, _, err := f.Part(s.Part)
			if err != nil {
				return err
			}
			word, err := io.ReadAll(part)
			if err != nil {
				return err
			}
			words = append(words, string(word))
		}
		return f.Check(header().Facts, header().Columns)
	})
	if err != nil {
		t.Fatal(err)
	}
	return words, damages
}

// A file of records is one file after another, each of which Open would read; what Create has written is a file of one.
func TestRecords(t *testing.T) {
	one, first := written(t, checkpoint.Create, "one")
	_, two := written(t, checkpoint.Create, "two")
	path, both := written(t, checkpoint.CreateRecords, "one", "two")
	if !bytes.Equal(both, slices.Concat(first, two)) {
		t.Errorf("%d bytes of two records, want those of two files, %d and %d", len(both), len(first), len(two))
	}
	for p, c := range map[string]struct {
		data []byte
		want []string
	}{one: {first, []string{"one"}}, path: {both, []string{"one", "two"}}} {
		if words, damages := recorded(t, p, c.data); !slices.Equal(words, c.want) || damages != nil {
			t.Errorf("%q, damaged %v", words, damages)
		}
	}
	old, data := written(t, checkpoint.Create, "one", "two", "six") // as older programs put many parts together
	if words, damages := recorded(t, old, data); !slices.Equal(words, []string{"one", "two", "six"}) || damages != nil {
		t.Errorf("%q, damaged %v", words, damages)
	}
	if _, err := checkpoint.EachRecord(filepath.Join(t.TempDir(), "none"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	fault := errors.New("no")
	if _, err := checkpoint.EachRecord(path, func(*checkpoint.File) error { return fault }); !errors.Is(err, fault) {
		t.Errorf("the reader's fault: %v", err)
	}
}

// Each byte of a file of records is flipped in turn, in two ways; then it is cut, and bytes are put in, at many places. The records that were
// not touched are read, nothing else is, and the damage is told where it is.
func TestDamageCostsItsRecord(t *testing.T) {
	words := []string{"one", "two, longer", "3"}
	path, whole := written(t, checkpoint.CreateRecords, words...)
	var ends []int
	for _, w := range words {
		_, data := written(t, checkpoint.Create, w)
		ends = append(ends, len(data))
		if k := len(ends) - 1; k > 0 {
			ends[k] += ends[k-1]
		}
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	of := func(at int) int { return slices.IndexFunc(ends, func(end int) bool { return at < end }) }
	for at := range whole {
		hit := of(at)
		from := append([]int{0}, ends...)[hit]
		want := slices.Delete(slices.Clone(words), hit, hit+1)
		for _, bits := range []byte{1, 128} {
			if _, err := file.WriteAt([]byte{whole[at] ^ bits}, int64(at)); err != nil {
				t.Fatal(err)
			}
			got, damages := recorded(t, path, nil)
			if !slices.Equal(got, want) || len(damages) != 1 || damages[0] != (checkpoint.Damage{Path: path, From: int64(from), To: int64(ends[hit])}) {
				t.Fatalf("byte %d of record %d, bits %d: %q, damaged %v", at, hit, bits, got, damages)
			}
		}
		if _, err := file.WriteAt(whole[at:at+1], int64(at)); err != nil {
			t.Fatal(err)
		}
	}
	for at := 0; at < len(whole); at += 5 {
		hit := of(at)
		from := append([]int{0}, ends...)[hit]
		want := slices.Delete(slices.Clone(words), hit, hit+1)
		got, damages := recorded(t, path, whole[:at])
		if cut := words[:hit]; !slices.Equal(got, cut) || (len(damages) == 1) != (at > from || at == 0) {
			t.Fatalf("cut at byte %d: %q, damaged %v", at, got, damages)
		}
		if got, _ := recorded(t, path, slices.Insert(bytes.Clone(whole), at, 'x', 'y')); !slices.Equal(got, want) && (at != from || !slices.Equal(got, words)) {
			t.Fatalf("two bytes put in at %d: %q", at, got)
		}
	}
}
