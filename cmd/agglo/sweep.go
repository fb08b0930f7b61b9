package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/batch"
)

// sweepFlags are the flags of agglo sweep.
type sweepFlags struct {
	out     string
	threads int
	index   string
	resume  bool
	dry     bool
	onError string
	layout  string
	drawing
	submitFlags
	givenFlags

	part  batch.Index
	given scenarios.Given
}

const sweepLong = `sweep runs an experiment: a scenario at many points of its parameters, each with several seeds, and with policies that
branch from one burn-in. The file, all keys but agglo and scenario optional:

  agglo: 1
  scenario: plain             # a built-in name, or a file beside this one
  set: {trust.loss: .5}       # fixed values
  factors:                    # what is varied, as for agglo design; a name is what --set takes
    - {name: knowledge.imitation, values: [0, .05, .1]}
  design: {kind: grid}        # or {kind: lhs, n: 200, seed: 1} and so on; agglo design --help
  replicates: 10              # runs of each point
  seed: 1                     # the scenario's if not given
  seeds: common               # the same for all points, or independent
  ticks: 80
  burn_in: 40                 # policies without a date begin behind it
  policies: [none, subsidy]   # none, options of the scenario, instruments, files
  metrics: [jobs, synergy]    # all of series.csv if not given
  report: {at: [80], every: 4}  # rows of runs.csv; rows of series.csv
  stop: "unemployment > .3"   # ends a run; its last row is that of the tick
  layout: netlogo             # one more table, netlogo/table.csv, in the layout of NetLogo's BehaviorSpace

run = point x replicates + replicate. DIR gets runs.csv (one row a run, policy and tick of at), series.csv with every, both
as Parquet too, report.html with figures of outcomes against each factor (and heat maps if two are on a grid), failures.csv, dictionary.csv, manifest.json, and journal/ and data/, from which a sweep that was stopped, killed or cut off
goes on with --resume, losing at most the runs of the last second. With more replicates in the file, or more points beside those that
there were, --resume keeps the runs that are there and adds the others. The tables have the same bytes whatever --threads, parts
and interruptions. --index A-B:S does a part of the runs; agglo merge puts parts together. --dry-run tells time, memory and
bytes from a pilot of some seconds.

--submit slurm writes DIR/slurm/array.sh and merge.sh, a job array and the job that puts its parts together, and submits
both; --threads are the cores of a task. A task that is put back into the queue goes on where it was.

A failed run is a row of failures.csv, and the others go on; then the exit code is 1. --error off makes it 0, --error fast
stops at the first.

--seed, --ticks and --set stand above what the file says: a short look, or another world, needs no second file.

The folder of a sweep stands for its experiment: agglo sweep DIR -o AGAIN runs it again, and agglo sweep DIR -o DIR --resume goes on,
without the file and what it names. DIR/experiment.yaml is the file as it was, for its comments.`

// newSweep makes agglo sweep.
func newSweep(c *console) *cobra.Command {
	var f sweepFlags
	cmd := &cobra.Command{
		Use:   "sweep EXPERIMENT.yaml|SWEPT -o DIR",
		Short: "Run a scenario at many points, with many seeds and policies",
		Long:  sweepLong,
		Example: "  agglo sweep experiment.yaml --dry-run\n  agglo sweep experiment.yaml -o swept\n  agglo sweep experiment.yaml -o swept --resume\n" +
			"  agglo sweep experiment.yaml -o swept --index 0-999:4\n" +
			"  agglo sweep experiment.yaml -o swept --submit slurm --tasks 40 --sbatch=--time=4:00:00 --wait",
		Args: wants(1, 1, "one EXPERIMENT.yaml, or the folder of a sweep"),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, c, args[0]) },
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.out, "out", "o", "", "`DIR` to write")
	f.givenFlags.add(cmd)
	addThreads(cmd, &f.threads)
	flags.StringVar(&f.index, "index", "", "do only the runs `A-B:S`: from A to B in steps of S; a Slurm array task does its part without it")
	flags.BoolVar(&f.resume, "resume", false, "go on with a sweep that was begun in DIR, also with more replicates or more points")
	flags.BoolVar(&f.dry, "dry-run", false, "tell how many runs there are and what they will take, and run only a pilot")
	f.submitFlags.add(cmd)
	addLayout(cmd, &f.layout)
	f.drawing.add(cmd, true)
	addError(cmd, &f.onError)
	return cmd
}

// What is done about failed runs, by --error.
const (
	errorOff  = "off"
	errorSlow = "slow"
	errorFast = "fast"
)

// addError adds --error.
func addError(cmd *cobra.Command, to *string) {
	cmd.Flags().StringVar(to, "error", errorSlow, "a failed run: `off` goes on, exit code 0; slow goes on, exit code 1; fast stops")
}

// check finds the flags that no sweep can have, all at once.
func (f *sweepFlags) check(cmd *cobra.Command) error {
	given, faults := f.read(cmd)
	f.given = given
	faults = append(faults, f.submitFlags.check(cmd), checkLayout(f.layout), knownLanguage(f.lang))
	if f.out == "" && !f.dry {
		faults = append(faults, usagef("sweep: want -o DIR, the folder to write"))
	}
	if err := oneOf("error", f.onError, errorOff, errorSlow, errorFast); err != nil {
		faults = append(faults, err)
	}
	if f.index != "" {
		var err error
		if f.part, err = batch.ParseIndex(f.index); err != nil {
			faults = append(faults, usagef("--index %w", err))
		}
	}
	return errors.Join(faults...)
}

// run is agglo sweep.
func (f *sweepFlags) run(cmd *cobra.Command, c *console, path string) error {
	threads, fault := workers(cmd, f.threads)
	if err := errors.Join(f.check(cmd), fault); err != nil {
		return err
	}
	w, inputs, text, err := readSweep(c, path, f.given)
	if err != nil {
		return asked(err)
	}
	if f.layout == "" {
		f.layout = w.Experiment.Layout
	}
	w.Experiment.Layout = f.layout
	if f.index == "" && f.submit == "" {
		if f.part, err = arrayPart(w.Runs()); err != nil {
			return err
		}
	}
	runs := 0
	for run := range w.Runs() {
		if f.part.Has(run) {
			runs++
		}
	}
	if runs == 0 {
		return usagef("--index %s: the sweep has the runs 0 to %d", f.part, w.Runs()-1)
	}
	if !f.part.All() {
		c.say("runs %s of %s", f.part, grouped(float64(w.Runs())))
	}
	if f.dry {
		forecast, err := w.Forecast(cmd.Context(), runs, threads, pilotTime)
		if err != nil {
			return err
		}
		if f.part.All() && !f.noPlots {
			forecast.Memory = max(forecast.Memory, drawingMemory)
		}
		return printForecast(c, forecast)
	}
	if f.submit == "" { // it runs elsewhere
		if err := c.room(w.Live(runs), threads); err != nil {
			return err
		}
	}
	m, err := f.begin(cmd, c, w, path, inputs, text)
	if errors.Is(err, study.ErrOtherSweep) || errors.Is(err, output.ErrOccupied) {
		return &usageError{err}
	} else if err != nil {
		return err
	}
	if f.submit != "" {
		return f.send(cmd, c, w, m, path)
	}
	r, err := f.work(cmd.Context(), c, w, m, threads)
	return f.finish(cmd.Context(), c, r, err)
}

// begin makes the folder, or finds it there, takes over what a smaller sweep has left in it, and keeps the text of the experiment.
func (f *sweepFlags) begin(cmd *cobra.Command, c *console, w *study.Sweep, path string, inputs map[string][]byte, text []byte) (*study.SweepManifest, error) {
	base, err := sweepManifest(w)
	if err != nil {
		return nil, err
	}
	base.Asked = f.asked(cmd, path)
	kept, err := w.Extend(cmd.Context(), f.out, base, inputs, f.resume, owner())
	if err != nil {
		return nil, err
	}
	if kept > 0 {
		c.say("%s of a smaller experiment kept, %d to be added", count(kept, "run"), w.Runs()-kept)
	}
	if old, err := study.OpenSweep(f.out); err == nil && f.resume && text != nil {
		if what := old.TextChanged(f.out); what != "" {
			c.say("note: %s; it is written anew, as %s is", what, path)
		}
	}
	return w.Begin(f.out, base, inputs, text, f.resume)
}

// asked are the words of the command line that decide on what a sweep writes.
func (f *sweepFlags) asked(cmd *cobra.Command, path string) []string {
	words := append([]string{output.NoFlag(path)}, f.above()...)
	if cmd.Flags().Changed("layout") {
		words = append(words, "--layout", f.layout)
	}
	return words
}

// above are the words of the command line whose values stand above those of the file.
func (f *sweepFlags) above() (words []string) {
	if f.given.Seed != nil {
		words = append(words, "--seed", fmt.Sprint(*f.given.Seed))
	}
	if f.given.Ticks != nil {
		words = append(words, "--ticks", fmt.Sprint(*f.given.Ticks))
	}
	for _, one := range f.set {
		words = append(words, "--set", one)
	}
	return words
}

// sweepManifest is what is known of a sweep before its runs.
func sweepManifest(w *study.Sweep) (m output.Manifest, err error) {
	m = manifestOf(w.Experiment.Base(), w.Base(), nil, w.Experiment.Every)
	m.Code, err = exactly()
	return m, err
}

// arrayPart is the part of a task of a Slurm job array: every n-th run of n tasks. All runs outside of one. An array with gaps, of which
// Slurm does not say where they are, leaves no telling which part a task is to do.
func arrayPart(runs int) (batch.Index, error) {
	number := func(name string, other int) int {
		n, err := strconv.Atoi(os.Getenv("SLURM_ARRAY_TASK_" + name))
		if err != nil {
			return other
		}
		return n
	}
	id, count := number("ID", -1), number("COUNT", 1)
	first, step := number("MIN", 0), max(number("STEP", 1), 1)
	if id < 0 {
		return batch.Index{}, nil
	}
	if last := number("MAX", first+(count-1)*step); (last-first)/step+1 != count || id < first || (id-first)%step != 0 {
		return batch.Index{}, usagef("sweep: task %d is of a job array with gaps (%d tasks from %d to %d), so its part of the runs is not known: give it with --index K-%d:%[2]d, K from 0 to %d",
			id, count, first, last, runs-1, count-1)
	}
	k := (id - first) / step
	if count < 2 {
		return batch.Index{}, nil
	}
	if k >= runs {
		return batch.Index{}, usagef("sweep: task %d is number %d of a job array of %d tasks, and there are %d runs: it has none to do", id, k+1, count, runs)
	}
	return batch.ParseIndex(fmt.Sprintf("%d-%d:%d", k, runs-1, count))
}

// owner says who works on a folder.
func owner() batch.Owner {
	host, _ := os.Hostname() // without a name every process counts as one of this machine
	o := batch.Owner{Host: host, PID: os.Getpid(), Started: time.Now().UTC().Format(time.RFC3339)}
	if job, task := os.Getenv("SLURM_ARRAY_JOB_ID"), os.Getenv("SLURM_ARRAY_TASK_ID"); job != "" && task != "" {
		o.Task = fmt.Sprintf("slurm %s %s_%s", os.Getenv("SLURM_CLUSTER_NAME"), job, task)
	}
	return o
}

// relay shows ticks to a progress that is made when the number of runs is known.
type relay struct{ to *progress }

// Observe passes a tick on.
func (r *relay) Observe(v world.View, tick int) error { return r.to.Observe(v, tick) }

// work does the runs.
func (f *sweepFlags) work(ctx context.Context, c *console, w *study.Sweep, m *study.SweepManifest, threads int) (batch.Result, error) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	var inside atomic.Int64 // threads of each run
	watch := &relay{}
	o := batch.Options{
		Index: f.part, Workers: threads, Resume: f.resume, Fast: f.onError == errorFast, Sync: ticker.C, Owner: owner(), Failed: w.Failed,
		Begin: func(left int) {
			inside.Store(int64(max(1, threads/left)))
			watch.to = newProgress(c, left*w.Work())
		},
		Ended: func(run int, err error) {
			if err != nil {
				c.say("run %d failed: %v", run, err)
			}
		},
	}
	r, err := batch.Run(ctx, m.Plan(f.out), o, w.Job(func() int { return int(inside.Load()) }, watch))
	if watch.to != nil {
		watch.to.end()
	}
	return r, err
}

// finish puts the tables together when all runs are there, and says what was done.
func (f *sweepFlags) finish(ctx context.Context, c *console, r batch.Result, err error) error {
	switch {
	case errors.Is(err, batch.ErrBegun):
		return usagef("%s has runs of this sweep already: go on with --resume, or choose another folder with -o", f.out)
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("%w: %d of %d runs are done and kept in %s; --resume goes on", errStopped, r.Before+r.Done, r.Before+r.Done+r.Left, f.out)
	case err != nil && (r.Done+r.Left > 0 || f.resume) && !errors.Is(err, batch.ErrLocked):
		return fmt.Errorf("%w\nwhat had reached the disk is kept in %s; --resume goes on", err, f.out)
	case err != nil:
		return err
	}
	if r.Damaged > 0 {
		c.say("note: %d lines of the journal or their rows were damaged; those runs were done again", r.Damaged)
	}
	if f.part.All() {
		merged, m, err := mergeSweep(ctx, []string{f.out}, false, f.layout)
		if err != nil {
			return err
		}
		if err := f.shown(ctx, c, f.out, merged, m); err != nil {
			return err
		}
	} else if err := f.partDone(c, r); err != nil {
		return err
	}
	if r.Failed > 0 && f.onError != errorOff {
		return fmt.Errorf("%d of %d runs failed; failures.csv says why, the first: %w", r.Failed, r.Done, r.Faults[0])
	}
	return nil
}

// partDone says that a part of the runs is done, which has no tables of its own.
func (f *sweepFlags) partDone(c *console, r batch.Result) error {
	c.say("%s of this part done; agglo merge %s makes the tables when the other parts are", count(r.Before+r.Done, "run"), f.out)
	if !c.json {
		return nil
	}
	return printJSON(c.out, struct {
		Dir    string `json:"dir"`
		Index  string `json:"index"`
		Before int    `json:"before"` // runs that were done already
		Done   int    `json:"done"`
		Failed int    `json:"failed"` // of done
	}{f.out, f.part.String(), r.Before, r.Done, r.Failed})
}
