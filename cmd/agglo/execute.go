package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"agglo/internal/study"
	"agglo/model"
	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim"
	"agglo/sim/checkpoint"
)

// execution is a run, or several replicates of it, into a folder.
type execution struct {
	setup    model.Setup // of every replicate but for the seed
	manifest output.Manifest
	inputs   map[string][]byte // files that the scenario names
	wanted   []output.Wanted   // published figures that the runs are held against
	credits  []output.Credit
	dir      string
	force    bool
	threads  int
	replay   int                // quarters that are run again with channels cut; 0 = none
	keep     int                // ticks between checkpoints, 0 = none
	rules    string             // of this program, see rulesOf; empty until a checkpoint asks
	from     *checkpoint.File   // to go on from, nil = from the start
	reached  []int              // by replicate: ticks to run, of a folder whose run was stopped; nil = all
	later    []scenarios.Change // values of parameters that begin on the way
}

// errStopped is in the error of an execution that was stopped between ticks; the folder is whole then.
var errStopped = errors.New("stopped")

// do runs. The engine of the first replicate is made before the folder, so that a setting in which nothing can run leaves
// no folder behind.
func (x *execution) do(ctx context.Context, c *console) (*output.Manifest, error) {
	begun := time.Now()
	runs := x.manifest.Runs
	first, memory, err := x.first(ctx)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, fmt.Errorf("%w before tick 0; nothing has been written", errStopped)
	case err != nil:
		return nil, err
	}
	folder, err := output.Create(x.dir, x.manifest, x.force)
	if err != nil {
		return nil, err
	}
	for name, data := range x.inputs {
		if err := folder.AddInput(name, data); err != nil {
			return nil, err
		}
	}
	folder.Want(x.wanted)
	folder.Credit(x.credits)
	recorders := make([]*output.Recorder, len(runs))
	for k := range runs {
		recorders[k] = folder.Recorder(k)
	}
	bar := newProgress(c, len(runs)*(x.setup.Ticks-first.Tick))
	if memory != nil {
		err = recorders[0].Resume(first.View(first.World), *memory)
	}
	kept := 0
	if err == nil {
		kept, err = x.all(ctx, first, recorders, bar)
	}
	bar.end()
	if err != nil {
		for _, r := range recorders {
			r.Abort()
		}
		return nil, err
	}
	if err := folder.Keep(kept); err != nil {
		return nil, err
	}
	if err := x.causes(ctx, c, first, folder); err != nil {
		return nil, err
	}
	m, err := folder.Finish(time.Since(begun))
	if err == nil && !m.Complete {
		err = x.stopped(m)
	}
	return m, err
}

// stopped says how far a folder is whose run, replicates or replay were stopped.
func (x *execution) stopped(m *output.Manifest) error {
	asked := max(m.Replicates, len(m.Runs))
	switch {
	case m.StoppedAt == nil:
		return fmt.Errorf("%w in the replay of channels; the tables of %s hold the run, and there is no replay.csv", errStopped, x.dir)
	case asked == 1:
		return fmt.Errorf("%w at tick %d of %d; the tables of %s hold what was done until then", errStopped, *m.StoppedAt, m.Ticks, x.dir)
	}
	done, last := 0, 0
	for _, run := range m.Runs {
		if run.Ticks == m.Ticks {
			done++
		} else {
			last = max(last, run.Ticks)
		}
	}
	words := fmt.Sprintf("%d of %d replicates are done", done, asked)
	if n := len(m.Runs) - done; n > 0 {
		at := fmt.Sprintf("at tick %d", *m.StoppedAt)
		if last > *m.StoppedAt {
			at = fmt.Sprintf("at ticks %d to %d", *m.StoppedAt, last)
		}
		words += fmt.Sprintf(", %d stopped %s of %d", n, at, m.Ticks)
	}
	if n := asked - len(m.Runs); n > 0 {
		words += fmt.Sprintf(", %d had not begun", n)
	}
	return fmt.Errorf("%w: %s; the tables of %s hold what was done until then", errStopped, words, x.dir)
}

// room tells of memory that may not do for the worlds that live at the same time: one a thread and the first, which stays to the end.
func (x *execution) room(c *console) error {
	worlds := min(len(x.manifest.Runs), x.threads+1)
	if x.replay > 0 {
		worlds = max(worlds, 1+min(x.threads, study.MostReplays))
	}
	if x.threads == 1 {
		return c.room([]study.Live{study.Together(x.setup, worlds, 1)}, 1)
	}
	return c.room([]study.Live{study.Together(x.setup, 1, worlds)}, worlds)
}

// engine makes the world of a replicate on so many threads.
func (x *execution) engine(ctx context.Context, seed uint64, threads int) (*model.Engine, error) {
	setup := x.setup
	setup.Seed, setup.Threads = seed, threads
	return model.NewContext(ctx, setup)
}

// all runs the replicates, as many side by side as there are threads; what threads are left over work inside them. It gives how many
// have begun: all, or when it is stopped those before the first that has not.
func (x *execution) all(ctx context.Context, first *model.Engine, recorders []*output.Recorder, bar *progress) (int, error) {
	side := min(len(recorders), x.threads)
	next := make(chan int, len(recorders))
	for k := range recorders {
		next <- k
	}
	close(next)
	begun, faults := make([]bool, len(recorders)), make([]error, len(recorders))
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	var group sync.WaitGroup
	for range side {
		group.Go(func() {
			for k := range next {
				if begun[k], faults[k] = x.replicate(ctx, k, first, recorders[k], bar, max(1, x.threads/side)); faults[k] != nil {
					giveUp(faults[k])
				}
			}
		})
	}
	group.Wait()
	kept := slices.Index(begun, false)
	if kept < 0 {
		kept = len(begun)
	}
	return kept, errors.Join(faults...)
}

// replicate runs a replicate on so many threads, the first in the engine that there is. It says whether it has begun: what is stopped
// before its world is made has nothing to show, and that is no fault.
func (x *execution) replicate(ctx context.Context, k int, engine *model.Engine, recorder *output.Recorder, bar *progress, threads int) (begun bool, err error) {
	if k > 0 {
		if ctx.Err() != nil {
			return false, nil
		}
		engine, err = x.engine(ctx, x.manifest.Runs[k].Seed, threads)
		if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			return false, nil
		} else if err != nil {
			return false, err
		}
	}
	engine.Threads, recorder.Threads = threads, threads
	return true, x.one(ctx, engine, recorder, bar, x.ticks(k))
}

// ticks is how far a replicate runs.
func (x *execution) ticks(k int) int {
	if x.reached != nil {
		return x.reached[k]
	}
	return x.setup.Ticks
}

// one runs one replicate and finishes its tables, also when it is stopped.
func (x *execution) one(ctx context.Context, engine *model.Engine, recorder *output.Recorder, bar *progress, ticks int) error {
	keeper := x.keeper(engine, recorder)
	engine.Observers = []sim.Observer[world.View]{recorder, bar, keeper}
	engine, err := x.through(ctx, engine, ticks)
	if err != nil && (ctx.Err() == nil || !errors.Is(err, ctx.Err())) {
		return err
	}
	if err != nil {
		if fault := keeper.stop(); fault != nil {
			return fault
		}
	}
	return recorder.Finish(engine.View(engine.World))
}
