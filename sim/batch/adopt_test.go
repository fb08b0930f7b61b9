package batch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"testing"
)

// Runs of a batch of twenty become the even ones of a batch of forty, which then does the odd ones alone and gives what it would have
// given from the start. A fault before the folder is settled leaves the batch of twenty whole; somebody at work refuses it.
func TestAdopt(t *testing.T) {
	dir := t.TempDir()
	few, many := plan(dir, 20), plan(dir, 40)
	few.Identity = "few"
	half := func(o Options) Result {
		return must(t, few, o, func(ctx context.Context, run int) ([]Row, error) { return job(ctx, 2*run) })
	}
	half(options(3))
	before := merged(t, few)
	double := func(run int, rows []byte) (int, []byte) { return 2 * run, rows }

	broken := errors.New("no room")
	if n, err := many.Adopt(t.Context(), few, options(1).Owner, double, func() error { return broken }); !errors.Is(err, broken) || n != 20 {
		t.Fatalf("%d, %v", n, err)
	}
	o := options(1)
	o.Resume = true
	if r := half(o); r.Before != 20 || merged(t, few) != before {
		t.Errorf("after a fault %+v", r)
	}

	other := o.Owner
	other.Host = "elsewhere"
	index, _ := ParseIndex("0-3")
	lock, err := acquire(few.lockPath(index), other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := many.Adopt(t.Context(), few, o.Owner, double, nil); !errors.Is(err, ErrLocked) {
		t.Errorf("beside a process on another machine: %v", err)
	}
	lock.release()

	settled := false
	if n, err := many.Adopt(t.Context(), few, o.Owner, double, func() error { settled = true; return nil }); err != nil || n != 20 || !settled {
		t.Fatalf("%d, %v", n, err)
	}
	if r := must(t, many, o, job); r.Before != 20 || r.Done != 20 || r.Damaged != 0 {
		t.Errorf("%+v, want 20 runs kept and 20 done", r)
	}
	if got, want := merged(t, many), whole(t, 40); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, JournalDir, "*.lock")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Failed runs are not taken over.
func TestAdoptLeavesFailed(t *testing.T) {
	dir := t.TempDir()
	few, many := plan(dir, 4), plan(dir, 5)
	few.Identity = "few"
	must(t, few, options(1), func(ctx context.Context, run int) ([]Row, error) {
		if run == 2 {
			return nil, errors.New("bad luck")
		}
		return []Row{{0, fmt.Appendf(nil, "%d,0", run)}}, nil
	})
	var seen []int
	take := func(run int, rows []byte) (int, []byte) {
		seen = append(seen, run)
		if !bytes.Equal(rows, []byte("runs,"+strconv.Itoa(run)+",0\n")) {
			t.Errorf("run %d has the rows %q", run, rows)
		}
		return run, rows
	}
	if n, err := many.Adopt(t.Context(), few, options(1).Owner, take, func() error { return nil }); err != nil || n != 3 || len(seen) != 3 {
		t.Errorf("%d of %v, %v", n, seen, err)
	}
}
