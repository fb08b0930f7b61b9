package batch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// files lists those of rows and journals.
func files(t *testing.T, p Plan) (all []string) {
	t.Helper()
	for _, pattern := range []string{"journal/*.jsonl", "data/*"} {
		found, err := filepath.Glob(filepath.Join(p.Dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	return all
}

// A session that is stopped before any run has ended leaves no files behind, and the same one may begin anew, without Resume.
func TestStoppedBeforeTheFirst(t *testing.T) {
	p := plan(t.TempDir(), 5)
	ctx, stop := context.WithCancel(t.Context())
	_, err := Run(ctx, p, options(3), func(ctx context.Context, _ int) ([]Row, error) {
		stop()
		<-ctx.Done()
		return nil, ctx.Err()
	})
	if left := files(t, p); !errors.Is(err, context.Canceled) || len(left) > 0 {
		t.Errorf("%v; left behind: %v", err, left)
	}
	must(t, p, options(3), job)
	if merged(t, p) != whole(t, 5) {
		t.Error("other bytes")
	}
}

// The first run of a worker is on the disk before the next has ended, though nobody has asked for it yet.
func TestFirstIsKeptAtOnce(t *testing.T) {
	p, o := plan(t.TempDir(), 3), options(1)
	o.Sync = nil
	must(t, p, o, func(ctx context.Context, run int) ([]Row, error) {
		if run == 1 {
			if m, err := p.Merge(t.Context(), []string{p.Dir}, p.Dir, true); err != nil || m.Runs != 1 {
				t.Errorf("a kill would have left %d runs, want 1: %v", m.Runs, err)
			}
		}
		return job(ctx, run)
	})
}

// A session that is stopped while its last runs cannot be brought to the disk does not say that they are kept.
func TestStoppedWithoutItsLastRuns(t *testing.T) {
	p, o := plan(t.TempDir(), 9), options(1)
	o.Sync = nil
	ctx, stop := context.WithCancel(t.Context())
	r, err := Run(ctx, p, o, func(ctx context.Context, run int) ([]Row, error) {
		if run < 3 { // the first is on the disk, two wait for it
			return job(ctx, run)
		}
		stop()
		return nil, errors.Join(ctx.Err(), os.Remove(p.lockPath(o.Index)))
	})
	if !errors.Is(err, ErrLocked) || errors.Is(err, context.Canceled) || r.Done != 3 {
		t.Errorf("%d runs done: %v", r.Done, err)
	}
}

// Journals without a line, which a kill or a full disk left, are taken away by the next session, with the rows for which nothing vouches;
// they are no work that was begun.
func TestEmptyJournals(t *testing.T) {
	p := plan(t.TempDir(), 4)
	for _, name := range []string{JournalDir, DataDir} {
		if err := os.MkdirAll(filepath.Join(p.Dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{"journal/0.jsonl": "", "data/0.csv": "runs,1,2\n", "journal/7.jsonl": ""} {
		if err := os.WriteFile(filepath.Join(p.Dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	must(t, p, options(1), job)
	if left := files(t, p); len(left) != 2 {
		t.Errorf("files: %v, want one journal and its rows", left)
	}
	if merged(t, p) != whole(t, 4) {
		t.Error("other bytes")
	}
}

// A merge that is stopped writes no table and leaves nothing behind.
func TestMergeStopped(t *testing.T) {
	p := plan(t.TempDir(), 4)
	must(t, p, options(1), job)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := p.Merge(ctx, []string{p.Dir}, p.Dir, false)
	left, _ := filepath.Glob(filepath.Join(p.Dir, "*.*"))
	if !errors.Is(err, context.Canceled) || len(left) > 0 {
		t.Errorf("%v; left behind: %v", err, left)
	}
}

// A session that has lost its lock leaves the files of the one that took over alone, which may have the same names.
func TestCloseLeavesAnothersFiles(t *testing.T) {
	p := plan(t.TempDir(), 2)
	for _, name := range []string{JournalDir, DataDir} {
		if err := os.MkdirAll(filepath.Join(p.Dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	lost, next := p.store(Index{}, 0), p.store(Index{}, 0)
	if err := lost.begin(); err != nil {
		t.Fatal(err)
	}
	if gone, err := discard(lost.journal.Name()); !gone || err != nil { // as the next session does
		t.Fatal(gone, err)
	}
	if err := errors.Join(next.begin(), lost.close()); err != nil {
		t.Fatal(err)
	}
	if left := files(t, p); len(left) != 2 {
		t.Errorf("files: %v, want the journal and the rows of the session that took over", left)
	}
	if err := next.close(); err != nil || len(files(t, p)) > 0 {
		t.Errorf("%v; an empty journal of its own is left: %v", err, files(t, p))
	}
}
