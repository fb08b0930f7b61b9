package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/internal/table"
	"agglo/internal/text"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/batch"
)

// inquireFlags are the flags that sensitivity, calibrate and optimise share.
type inquireFlags struct {
	out     string
	threads int
	resume  bool
	dry     bool
	onError string
	noPlots bool
	lang    string
	givenFlags

	again int // of agglo verify: runs of rounds that have ended, which are done again
	begun *study.Inquiry
}

// failedLong says in the help of all three what becomes of failed runs.
const failedLong = `

A failed run is a row of rounds/*/failures.csv, and the others go on; then the exit code is 1. --error off makes it 0, --error
fast stops at the first.`

// givenFlags are the flags whose values stand above those of the file of an experiment.
type givenFlags struct {
	seed  uint64
	ticks int
	set   []string
}

// add adds the flags.
func (f *givenFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Uint64Var(&f.seed, "seed", 0, "seed of all random draws, below 2^53; the file's, or the scenario's, if not given")
	flags.IntVar(&f.ticks, "ticks", 0, "quarters to run; the file's, or the scenario's, if not given")
	addSet(cmd, &f.set)
}

// read gives the values, and the mistakes in them, all at once.
func (f *givenFlags) read(cmd *cobra.Command) (given scenarios.Given, faults []error) {
	if f.seed >= 1<<53 {
		faults = append(faults, usagef("--seed %d: want a whole number below 2^53 = 9007199254740992", f.seed))
	} else if cmd.Flags().Changed("seed") {
		given.Seed = &f.seed
	}
	if cmd.Flags().Changed("ticks") {
		if given.Ticks = &f.ticks; f.ticks < 1 || f.ticks > 8000 {
			faults = append(faults, usagef("--ticks %d: want 1 to 8000", f.ticks))
		}
	}
	set, wrong := settings(f.set)
	given.Set = set
	return given, append(faults, wrong...)
}

// add adds the flags.
func (f *inquireFlags) add(cmd *cobra.Command, kind string) {
	flags := cmd.Flags()
	flags.StringVarP(&f.out, "out", "o", "", "`DIR` to write; runs/FILE-"+kind+" if not given")
	f.givenFlags.add(cmd)
	addThreads(cmd, &f.threads)
	flags.BoolVar(&f.resume, "resume", false, "go on with work that was begun in DIR")
	flags.BoolVar(&f.dry, "dry-run", false, "tell how many runs there are at most and what they will take, and run only a pilot")
	addError(cmd, &f.onError)
	flags.BoolVar(&f.noPlots, "no-plots", false, "draw no figures")
	flags.StringVar(&f.lang, "lang", "en", "language of figures and report: `en` or ru")
}

// check finds mistakes in the flags, all at once, and gives the values that stand above those of the file.
func (f *inquireFlags) check(cmd *cobra.Command, path, kind string) (scenarios.Given, int, error) {
	given, faults := f.read(cmd)
	threads, fault := workers(cmd, f.threads)
	faults = append(faults, fault, knownLanguage(f.lang), oneOf("error", f.onError, errorOff, errorSlow, errorFast))
	if cmd.Flags().Changed("out") && f.out == "" {
		faults = append(faults, usagef("-o: want the path of a folder"))
	}
	if f.out == "" {
		f.out = filepath.Join("runs", strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))+"-"+kind)
	}
	return given, threads, errors.Join(faults...)
}

// readAsked reads a file of an experiment.
func readAsked(path, command string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, usagef("%s: there is no such file; agglo %s --help shows what it holds", path, command)
	}
	return data, err
}

// asked makes faults of values that the command line gave mistakes of the command line.
func asked(err error) error {
	var faults scenarios.Faults
	if errors.As(err, &faults) && faults.OfCommandLine() {
		return &usageError{err}
	}
	return err
}

// inputsOf reads the files that the scenario of an experiment names.
func inputsOf(x *scenarios.Experiment) (map[string][]byte, fs.FS, error) {
	inputs := map[string][]byte{}
	var err error
	if x.Dir != "" {
		inputs, err = filesOf(x.Base(), x.Dir)
	}
	return inputs, os.DirFS(filepath.Join(x.Dir, ".")), err
}

// begin makes or finds the folder of an inquiry.
func (f *inquireFlags) begin(cmd *cobra.Command, kind string, settings any, base output.Manifest, inputs map[string][]byte) (*study.Inquiry, error) {
	var err error
	if base.Code, err = exactly(); err != nil {
		return nil, err
	}
	base.Asked = wordsAsked(cmd)
	q, err := study.BeginInquiry(f.out, kind, settings, base, inputs, f.resume)
	switch {
	case errors.Is(err, study.ErrOtherSweep), errors.Is(err, output.ErrOccupied):
		return nil, &usageError{err}
	case errors.Is(err, batch.ErrBegun):
		return nil, usagef("%s has runs of this work already: go on with --resume, or choose another folder with -o", f.out)
	}
	if err == nil {
		q.Again(f.again)
		f.begun = q
	}
	return q, err
}

// work runs do with progress over so many ticks.
func (f *inquireFlags) work(c *console, threads, ticks int, do func(w study.Work) error) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	bar := newProgress(c, ticks)
	defer bar.end()
	return do(study.Work{Threads: threads, Fast: f.onError == errorFast, Sync: ticker.C, Owner: owner(), Watch: bar, Failed: func(run int, err error) { c.say("run %d failed: %v", run, err) }})
}

// estimated tells what the work will take at most, and what may make it less.
func (f *inquireFlags) estimated(c *console, less string, find func() (study.Estimate, error)) error {
	e, err := find()
	if err != nil {
		return err
	}
	if !f.noPlots {
		e.Memory = max(e.Memory, drawingMemory)
	}
	if c.json {
		return printJSON(c.out, e)
	}
	return printTable(c.out, append([][]string{{"runs", "at most " + grouped(float64(e.Runs)) + ", " + sideBySide(e.Threads)}}, estimateRows(e, "; "+less)...))
}

// estimateRows are what an estimate says beside the number of runs; less is what may make it less.
func estimateRows(e study.Estimate, less string) [][]string {
	return [][]string{
		{"ticks", grouped(float64(e.Ticks))},
		{"time", fmt.Sprintf("%s on this machine", duration(e.Seconds))},
		{"memory", size(e.Memory)},
		{"from", fmt.Sprintf("a pilot of %d ticks in %.1f s%s", e.PilotTicks, e.PilotSeconds, less)},
	}
}

// ended joins what is wrong with work whose tables are written: that it was stopped, a fault of the figures, runs that failed.
func (f *inquireFlags) ended(ctx context.Context, q *study.Inquiry, faults ...error) error {
	faults[0] = f.stopped(ctx, faults[0])
	failed, runs := q.Failed()
	return errors.Join(append(faults, failures(f.onError, failed, runs, "rounds/*/failures.csv say"))...)
}

// stopped puts the end of a work in words.
func (f *inquireFlags) stopped(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return fmt.Errorf("%w: what is done is kept in %s; the same command with --resume goes on", errStopped, f.out)
	}
	if errors.Is(err, batch.ErrFailed) {
		return fmt.Errorf("%w; what is done is kept in %s; --resume goes on", err, f.out)
	}
	return err
}

// draw makes the figures and lists their files.
func (f *inquireFlags) draw(ctx context.Context, c *console) ([]string, error) {
	if f.noPlots {
		return nil, nil
	}
	d := drawing{lang: f.lang}
	figures, err := d.draw(unstopped(ctx), c, f.out)
	switch {
	case errors.Is(err, errStopped):
		err = fmt.Errorf("%w; the work is done and its tables are whole: agglo plot %s draws them all", err, f.out)
	case err != nil:
		err = fmt.Errorf("the work is done and its tables are whole; drawing failed: %w", err)
	}
	return filesOfFigures(c, figures), err
}

// tell writes a report into the folder, in the language that was asked for, and prints it in English.
func (f *inquireFlags) tell(c *console, told func(lang string) (title string, report []passage), machines any, figures []string) error {
	title, report := told(f.lang)
	if err := table.Replace(filepath.Join(f.out, reportFile), []byte(markdown(title, report))); err != nil {
		return err
	}
	if c.json {
		return printJSON(c.out, machines)
	}
	title, report = told(text.English)
	c.print("%s\n", title)
	for _, p := range report {
		c.print("\n%s\n", p.head)
		if err := p.print(c.out); err != nil {
			return err
		}
	}
	c.print("\nTables and this report: %s\n", f.out)
	for _, file := range figures {
		if strings.HasSuffix(file, ".png") {
			c.print("Figure: %s\n", filepath.Join(f.out, file))
		}
	}
	return nil
}
