package study

import (
	"os"
	"path/filepath"
	"testing"

	"agglo/output"
	"agglo/sim/checkpoint"
)

// Pairs have a file each until they are gathered into one; those that are done later are read beside it, and count before it, and a
// damaged file loses its own pair alone.
func TestPairsAreGathered(t *testing.T) {
	dir := t.TempDir()
	open := func(read bool) *Kept[pairKept] {
		t.Helper()
		p, err := openKept[pairKept](dir, "test", []checkpoint.Fact{{Name: "seed", Value: "1"}}, read)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	keep := func(k int, wasted float64) {
		t.Helper()
		if err := open(false).keep(k, &pairKept{Runs: []runKept{{Values: [][]float64{{float64(k)}}, Wasted: wasted}}}); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(damaged, files int, wasted map[int]float64) {
		t.Helper()
		p := open(true)
		for k, want := range wasted {
			if x := p.pair(k); x == nil || x.Runs[0].Wasted != want || x.Runs[0].Values[0][0] != float64(k) {
				t.Errorf("pair %d: %+v, want %g", k, x, want)
			}
		}
		if left := output.Matching(filepath.Join(dir, output.PairsDir), "*"); len(p.Damaged) != damaged || len(p.held) != len(wasted) || len(left) != files {
			t.Errorf("damaged %v, %d held, files %v", p.Damaged, len(p.held), left)
		}
	}
	gather := func() {
		t.Helper()
		if err := open(true).gather(); err != nil {
			t.Fatal(err)
		}
	}
	keep(0, 7)
	keep(10, 9)
	holds(0, 2, map[int]float64{0: 7, 10: 9})
	gather()
	holds(0, 1, map[int]float64{0: 7, 10: 9})
	keep(10, 8)
	keep(2, 5)
	if err := os.Truncate(filepath.Join(dir, output.PairsDir, "2.pair"), 50); err != nil {
		t.Fatal(err)
	}
	holds(1, 3, map[int]float64{0: 7, 10: 8})
	keep(2, 6)
	gather()
	holds(0, 1, map[int]float64{0: 7, 2: 6, 10: 8})
	gather() // nothing to do
	holds(0, 1, map[int]float64{0: 7, 2: 6, 10: 8})
	keep(2, 4)
	keep(11, 3)
	keep(12, 1)
	for _, name := range []string{"2.pair", "11.pair"} { // one is held already, the other not asked for again
		if err := os.Truncate(filepath.Join(dir, output.PairsDir, name), 50); err != nil {
			t.Fatal(err)
		}
	}
	gather()
	holds(0, 1, map[int]float64{0: 7, 2: 6, 10: 8, 12: 1})
}

// Each byte of the file of all pairs is flipped in turn: the pairs that it does not touch are read as they were, and none is read otherwise.
// A file in which an older program put all pairs together is read, and is whole or nothing.
func TestDamageCostsItsPairs(t *testing.T) {
	type small struct{ A, B float64 }
	dir := t.TempDir()
	facts := []checkpoint.Fact{{Name: "seed", Value: "1"}}
	open := func() *Kept[small] {
		t.Helper()
		p, err := openKept[small](dir, "test", facts, true)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	const pairs = 3
	one := func(k int) *small { return &small{float64(k), -1} }
	for k := range pairs {
		if err := open().keep(k, one(k)); err != nil {
			t.Fatal(err)
		}
	}
	if err := open().gather(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, output.PairsDir, output.PairsFile)
	holds := func(at, want int) {
		t.Helper()
		p := open()
		for k, x := range p.held {
			if k >= pairs || *x != *one(k) {
				t.Fatalf("byte %d: pair %d is read as %+v", at, k, x)
			}
		}
		if n := len(p.held); n != want || (n < pairs) != (len(p.Damaged) == 1) {
			t.Fatalf("byte %d: %d pairs are read, damaged %v", at, n, p.Damaged)
		}
	}
	each := func(survive int) {
		t.Helper()
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		for at, is := range whole {
			for _, now := range []byte{is ^ 1<<(at%8), is} {
				if _, err := file.WriteAt([]byte{now}, int64(at)); err != nil {
					t.Fatal(err)
				}
				if now != is {
					holds(at, survive)
				}
			}
		}
	}
	holds(-1, pairs)
	again := open()
	if again.held[1] = one(2); !again.Same(open(), 0) || again.Same(open(), 1) || !again.Same(open(), 9) || !again.Has(2) {
		t.Error("pairs that are the same and that are not are not told apart")
	}
	if other := again.Elsewhere(t.TempDir(), 2); other.Has(1) || !other.Has(2) || !again.Has(1) {
		t.Error("the pairs but the first two")
	}
	each(pairs - 1)
	old := []checkpoint.Part{pairPart(0, one(0)), pairPart(1, one(1)), pairPart(2, one(2))}
	if err := checkpoint.Create(path, open().header, old...); err != nil {
		t.Fatal(err)
	}
	holds(-1, pairs)
	each(0)
}
