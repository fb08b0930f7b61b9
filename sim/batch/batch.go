// Package batch does many jobs, side by side, and keeps what they give through anything: a kill, a full disk, a stopped or a
// lost machine. It knows no model: a job is a function that gives rows of tables for the number of a run.
//
// Each worker of a session has a file of rows, data/N.csv, and a journal, journal/N.jsonl, with a line for each run that has ended. Rows
// reach the disk before the line that vouches for them: a run counts as done when both are synced, which Options.Sync asks
// for and the end of the batch does. A line holds a check sum over itself and the rows, so that damage of either is found;
// that run is done again. Where nothing changes in the jobs, the tables that Merge makes, sorted by run, have the same bytes
// whatever the number of workers, the parts and the interruptions.
//
// A folder may be shared by shards, batches over parts of the runs, each with files and a lock of its own.
package batch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// MostRuns bounds a batch: a bit of memory for each run is what the list of those done takes.
const MostRuns = 100_000_000

// Folders of a batch.
const (
	JournalDir = "journal"
	DataDir    = "data"
)

// A Row is a line of a table.
type Row struct {
	Table int    // its place in Plan.Tables
	Cells []byte // the line without its end
}

// A Table is a file that Merge makes.
type Table struct {
	Name string // without .csv; letters and _
	Head string // the header without its end
}

// A Plan is what all sessions and shards of a batch share.
type Plan struct {
	Dir      string
	Runs     int    // numbered from 0; 1 to MostRuns
	Identity string // of what decides on the results: entries of another identity do not count
	Tables   []Table
}

// A Job makes the rows of a run, in their order. It is called from several goroutines at once. An error is the run's
// failure, unless ctx is done.
type Job func(ctx context.Context, run int) ([]Row, error)

// Options say how a session works; no result depends on them.
type Options struct {
	Index   Index // the runs of this shard; the zero value is all of them, and no shard
	Workers int   // >= 1
	Resume  bool  // go on where files of this shard lie already; else they are refused
	Fast    bool  // stop at the first failure
	// Sync asks, whenever it gives, that all that has ended be brought to the disk; every second is usual.
	Sync  <-chan time.Time
	Owner Owner
	// Begin is told, before the first run, how many are to be done; may be nil.
	Begin func(left int)
	// Failed gives the rows that stand for a failed run; may be nil.
	Failed func(run int, err error) []Row
	// Ended is told of each run that has ended, from several goroutines at once; may be nil.
	Ended func(run int, err error)
}

// A Result says what a session has done.
type Result struct {
	Before  int     // runs of the shard that were done before it
	Done    int     // runs that it has done
	Failed  int     // of Done
	Left    int     // runs of the shard that are left
	Damaged int     // entries that were found damaged and whose runs were done again
	Faults  []error // of the first failed runs
}

// mostFaults bounds the faults of a Result.
const mostFaults = 10

// ErrBegun is in the error of Run for a shard that has files already, without Resume.
var ErrBegun = errors.New("begun before")

// ErrFailed is in the error of Run when Fast stopped it at a failure.
var ErrFailed = errors.New("a run failed")

// Run does the runs of the shard that are not done yet. The error is ctx's if it was stopped; what has ended is kept then. A
// job that panics has failed.
func Run(ctx context.Context, p Plan, o Options, job Job) (Result, error) {
	var r Result
	if p.Runs < 1 || p.Runs > MostRuns {
		return r, fmt.Errorf("%d runs: want 1 to %d", p.Runs, MostRuns)
	}
	for _, dir := range []string{JournalDir, DataDir} {
		if err := os.MkdirAll(filepath.Join(p.Dir, dir), 0o777); err != nil {
			return r, err
		}
	}
	lock, err := acquire(p.lockPath(o.Index), o.Owner)
	if err != nil {
		return r, err
	}
	defer lock.release()
	s, err := p.session(&o, &r)
	if err != nil {
		return r, err
	}
	s.lock, s.job = lock, job
	err = s.work(ctx)
	r.Left -= r.Done
	return r, err
}

// A session is one call of Run.
type session struct {
	plan   Plan
	o      *Options
	lock   *lock
	job    Job
	stores []*store

	mu     sync.Mutex
	done   bits
	next   int
	result *Result
}

// session looks at what was done before and repairs the files of the shard.
func (p Plan) session(o *Options, r *Result) (*session, error) {
	own, err := p.journals(func(shard string) bool { return shard == o.Index.name() })
	if err != nil {
		return nil, err
	}
	for _, path := range own {
		empty, err := discard(path) // of a process that was killed
		switch {
		case err != nil:
			return nil, err
		case empty:
			continue
		case !o.Resume:
			return nil, fmt.Errorf("%w: %s has files of these runs", ErrBegun, p.Dir)
		}
		damaged, err := p.repair(path)
		if err == nil {
			_, err = discard(path) // if no line of it was sound
		}
		if err != nil {
			return nil, err
		}
		r.Damaged += damaged
	}
	all, err := p.journals(nil)
	if err != nil {
		return nil, err
	}
	s := &session{plan: p, o: o, done: newBits(p.Runs), result: r}
	for _, path := range all {
		if err := p.mark(path, s.done); err != nil {
			return nil, err
		}
	}
	for run := range p.Runs {
		switch {
		case !o.Index.Has(run):
		case s.done.has(run):
			r.Before++
		default:
			r.Left++
		}
	}
	return s, nil
}

// mark notes the runs that a journal vouches for; failed ones are to be done again.
func (p Plan) mark(path string, done bits) error {
	in, err := p.open(path)
	if err != nil {
		return err
	}
	defer in.close()
	for {
		e, _, ok, err := in.next()
		if err != nil || !ok {
			return err
		}
		if e.Status == statusDone {
			done.set(e.Run)
		}
	}
}

// take gives the next run to be done, -1 if there is none.
func (s *session) take() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for ; s.next < s.plan.Runs; s.next++ {
		if s.o.Index.Has(s.next) && !s.done.has(s.next) {
			s.next++
			return s.next - 1
		}
	}
	return -1
}

// work lets workers do the runs and brings what they give to the disk.
func (s *session) work(ctx context.Context) (err error) {
	if s.result.Left == 0 {
		return ctx.Err()
	}
	if s.o.Begin != nil {
		s.o.Begin(s.result.Left)
	}
	workers := max(1, min(s.o.Workers, s.result.Left))
	defer func() {
		for _, t := range s.stores {
			err = errors.Join(err, t.close())
		}
	}()
	for k := range workers {
		s.stores = append(s.stores, s.plan.store(s.o.Index, k))
	}
	inner, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var group sync.WaitGroup
	for _, t := range s.stores {
		group.Go(func() {
			if err := s.worker(inner, t); err != nil {
				stop(err)
			}
		})
	}
	ended := make(chan struct{})
	go func() { group.Wait(); close(ended) }()
	for {
		select {
		case <-s.o.Sync:
			if err := s.sync(); err != nil {
				stop(err)
			}
		case <-ended:
			err := s.sync()
			if cause := context.Cause(inner); cause != nil && (err == nil || ctx.Err() == nil) {
				return cause
			}
			return err // of one that was stopped too: not all that has ended is kept then
		}
	}
}

// sync brings all that has ended to the disk, if the lock is still this session's.
func (s *session) sync() error {
	if err := s.lock.held(); err != nil {
		return err
	}
	var faults []error
	for _, t := range s.stores {
		faults = append(faults, t.sync())
	}
	return errors.Join(faults...)
}

// worker does runs until there are none or it is stopped.
func (s *session) worker(ctx context.Context, t *store) error {
	for ctx.Err() == nil {
		run := s.take()
		if run < 0 {
			return nil
		}
		rows, err := s.try(ctx, run)
		if err != nil && ctx.Err() != nil {
			return nil // stopped: the run is left
		}
		status := statusDone
		if err != nil {
			status, rows = statusFailed, nil
			if s.o.Failed != nil {
				rows = s.o.Failed(run, err)
			}
		}
		block, fault := s.plan.block(rows)
		if fault != nil {
			return fmt.Errorf("run %d: %w", run, fault)
		}
		if fault := t.keep(s.plan, run, status, block); fault != nil {
			return fault
		}
		s.end(run, err)
		if err != nil && s.o.Fast {
			return fmt.Errorf("%w: run %d: %w", ErrFailed, run, err)
		}
	}
	return nil
}

// end counts a run.
func (s *session) end(run int, err error) {
	s.mu.Lock()
	s.result.Done++
	if err != nil {
		s.result.Failed++
		if len(s.result.Faults) < mostFaults {
			s.result.Faults = append(s.result.Faults, fmt.Errorf("run %d: %w", run, err))
		}
	}
	s.mu.Unlock()
	if s.o.Ended != nil {
		s.o.Ended(run, err)
	}
}

// try does a job; a panic is a failure with the place where it happened.
func (s *session) try(ctx context.Context, run int) (rows []Row, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = Broken(fault)
		}
	}()
	return s.job(ctx, run)
}

// Broken is the error of a panic, with the place where it happened. It is called by the deferred function that recovers.
func Broken(fault any) error {
	return fmt.Errorf("the program broke: %v; %s", fault, place(debug.Stack()))
}

// block joins rows, each behind the name of its table.
func (p Plan) block(rows []Row) ([]byte, error) {
	var block []byte
	for _, row := range rows {
		if slices.Contains(row.Cells, '\n') {
			return nil, fmt.Errorf("a row of table %s has a line end in it", p.Tables[row.Table].Name)
		}
		block = append(block, p.Tables[row.Table].Name...)
		block = append(block, ',')
		block = append(block, row.Cells...)
		block = append(block, '\n')
	}
	return block, nil
}
