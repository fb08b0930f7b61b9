package batch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Parts are read without a file that stays open, however many they are: a sweep in a thousand tasks has more of them than a process may
// have files. What is longer than what is read ahead is whole all the same.
func TestPartsHoldNoFileOpen(t *testing.T) {
	const open = "/proc/self/fd"
	if _, err := os.ReadDir(open); err != nil {
		return // the system does not tell
	}
	long := func(ctx context.Context, run int) ([]Row, error) {
		rows, err := job(ctx, run)
		if run%4 == 3 {
			rows = append(rows, Row{1, fmt.Appendf(nil, "%d,0,%s", run, strings.Repeat("9", 3*rowsAtOnce/(run%3+1)))})
		}
		return rows, err
	}
	p, one := plan(t.TempDir(), 60), plan(t.TempDir(), 60)
	must(t, one, options(1), long)
	for shard := range 20 {
		o := options(2)
		o.Index = Index{true, shard, 59, 20}
		must(t, p, o, long)
	}
	journals, err := p.journals(nil)
	if err != nil || len(journals) < 20 {
		t.Fatalf("%d journals, %v", len(journals), err)
	}
	before, err := os.ReadDir(open)
	if err != nil {
		t.Fatal(err)
	}
	ended, parts := newBits(p.Runs), []*reader{}
	for _, path := range journals {
		found, _, err := p.parts(t.Context(), path, ended)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, found...)
	}
	for _, r := range parts {
		if _, _, ok, err := r.next(); !ok || err != nil {
			t.Fatalf("%s: %v, %v", r.path, ok, err)
		}
	}
	if now, err := os.ReadDir(open); err != nil || len(now) > len(before) {
		t.Errorf("%d parts hold %d files open, %v", len(parts), len(now)-len(before), err)
	}
	if merged(t, p) != merged(t, one) {
		t.Error("parts give other tables than one session")
	}
}

// A journal that is repaired while its runs are put together takes no run away in silence.
func TestRunsTakenAwayMeanwhile(t *testing.T) {
	p := plan(t.TempDir(), 9)
	must(t, p, options(1), job)
	path := filepath.Join(p.Dir, JournalDir, "0.jsonl")
	parts, _, err := p.parts(t.Context(), path, newBits(p.Runs))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, text[strings.IndexByte(string(text), '\n')+1:], 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := p.write(t.Context(), &Merged{Runs: 9}, parts, p.Dir); err == nil || !strings.Contains(err.Error(), "1 of 9 runs were taken away") {
		t.Errorf("%v", err)
	}
}
