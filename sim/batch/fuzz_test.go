package batch

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// FuzzJournal: whatever stands in a journal and beside it, nothing panics; what is damaged is counted and taken out, once; what is
// left are the runs that were vouched for, with the rows that they had.
func FuzzJournal(f *testing.F) {
	const runs = 4
	p := plan(f.TempDir(), runs)
	must(f, p, options(1), job)
	var blocks [runs]string
	for run := range runs {
		rows, _ := job(context.Background(), run)
		block, err := p.block(rows)
		if err != nil {
			f.Fatal(err)
		}
		blocks[run] = string(block)
	}
	journal, err := os.ReadFile(filepath.Join(p.Dir, JournalDir, "0.jsonl"))
	if err != nil {
		f.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(p.Dir, DataDir, "0.csv"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(journal, data)
	f.Add(journal[:len(journal)-7], data)
	f.Add(journal, data[:len(data)-7])
	f.Add(slices.Concat(journal[300:], journal), data)
	f.Add([]byte("{}\n\n{\"run\":-1,\"length\":-1,\"offset\":9223372036854775807}\nnull\n"), []byte("runs"))
	folder := f.TempDir()
	for _, dir := range []string{JournalDir, DataDir} {
		if err := os.Mkdir(filepath.Join(folder, dir), 0o777); err != nil {
			f.Fatal(err)
		}
	}
	f.Fuzz(func(t *testing.T, journal, data []byte) {
		p := plan(folder, runs)
		path := filepath.Join(folder, JournalDir, "0.jsonl")
		if err := errors.Join(os.WriteFile(path, journal, 0o666), os.WriteFile(dataOf(path), data, 0o666)); err != nil {
			t.Fatal(err)
		}
		before, after := newBits(p.Runs), newBits(p.Runs)
		if err := p.mark(path, before); err != nil {
			t.Fatal(err)
		}
		if _, err := p.repair(path); err != nil {
			t.Fatal(err)
		}
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if damaged, err := p.repair(path); err != nil || damaged > 0 {
			t.Errorf("%d entries are damaged when all have been repaired, %v", damaged, err)
		}
		if again, err := os.ReadFile(path); err != nil || !bytes.Equal(again, whole) {
			t.Errorf("a sound journal was repaired: %v", err)
		}
		if err := p.mark(path, after); err != nil || string(asBytes(before)) != string(asBytes(after)) {
			t.Errorf("runs %b were done before the repair, %b after it, %v", before, after, err)
		}
		parts, _, err := p.parts(context.Background(), path, newBits(p.Runs))
		if err != nil {
			t.Fatal(err)
		}
		err = each(parts, func(x head) error {
			if want := blocks[x.Run]; string(x.block) != want {
				t.Errorf("run %d has the rows %q: want %q", x.Run, x.block, want)
			}
			return nil
		})
		for _, r := range parts {
			r.close()
		}
		if err != nil {
			t.Error(err)
		}
	})
}

func asBytes(b bits) (out []byte) {
	for k := range 64 * len(b) {
		if b.has(k) {
			out = append(out, byte(k))
		}
	}
	return out
}

// FuzzLock: whatever stands in a lock, it is taken over only from a process of this machine that has ended, or by its own task; else
// it stays, and the error says how to break it.
func FuzzLock(f *testing.F) {
	for _, text := range []string{`{"host":"here","pid":1,"started":"now"}`, `{"host":"here","pid":2147483647}`, `{"host":"there","pid":5,"task":"7"}`, `{"pid":-1}`, `{`, ``, `null`} {
		f.Add([]byte(text))
	}
	path := filepath.Join(f.TempDir(), "all.lock")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o666); err != nil {
			t.Fatal(err)
		}
		err := vacate(path, Owner{Host: "here", PID: os.Getpid(), Task: "7"})
		now, gone := os.ReadFile(path)
		switch {
		case err == nil && gone == nil:
			t.Errorf("%q is taken over, and stays", text)
		case err == nil && !bytes.Contains(text, []byte("here")) && !bytes.Contains(text, []byte("7")) && !bytes.Contains(text, []byte(`\u`)):
			t.Errorf("%q is taken over", text)
		case err != nil && (!errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "rm '") || !bytes.Equal(now, text)):
			t.Errorf("%q: %v; there is %q, %v", text, err, now, gone)
		}
	})
}

// FuzzParseIndex: what is taken as a part of the runs is written so that it is the same part again.
func FuzzParseIndex(f *testing.F) {
	for _, text := range []string{"7", "0-99", "0-99:4", "3-2", "-", "1-2:0", "4294967296", "+1", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		index, err := ParseIndex(text)
		if err != nil {
			if !strings.Contains(err.Error(), "want runs such as") {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		again, err := ParseIndex(index.String())
		if err != nil || again != index || index.All() || !index.Has(index.a) || index.Has(index.a-1) || index.Has(index.b+1) {
			t.Errorf("%q is %+v, and again %+v, %v", text, index, again, err)
		}
	})
}
