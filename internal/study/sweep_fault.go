package study

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"agglo/internal/table"
	"agglo/model/world"
	"agglo/sim/batch"
)

// Stages of a run at which it can fail.
const (
	stageSetup = "setup" // the values of its point make no scenario
	stageStart = "start" // the scenario makes no world
	stageRun   = "run"   // a tick
)

// A RunFault is why a run failed, and where.
type RunFault struct {
	Stage  string
	Tick   int    // that was being made; -1 before the run
	Policy string // the branch; empty before the policies part
	Err    error
}

// Error is the cause behind the place.
func (f *RunFault) Error() string {
	if f.Tick < 0 {
		return fmt.Sprintf("%s: %v", f.Stage, f.Err)
	}
	at := fmt.Sprintf("tick %d", f.Tick)
	if f.Policy != "" {
		at += ", policy " + f.Policy
	}
	return fmt.Sprintf("%s: %v", at, f.Err)
}

// Unwrap gives the cause.
func (f *RunFault) Unwrap() error { return f.Err }

// Observe notes that a tick was made; it is an observer of every engine of the run.
func (f *RunFault) Observe(_ world.View, tick int) error {
	f.Tick = tick + 1
	return nil
}

// placed does a run, and says of its error, or of a break of the program, where it was: its errors are *RunFault. do moves at on.
func placed(do func(at *RunFault) error) (err error) {
	at := &RunFault{Stage: stageSetup, Tick: -1}
	defer func() {
		if fault := recover(); fault != nil {
			err = batch.Broken(fault)
		}
		if err != nil {
			at.Err = err
			err = at
		}
	}()
	return do(at)
}

// failureWords are the columns of failures.csv behind the factors.
var failureWords = []struct{ name, meaning string }{
	{"status", "failed; runs without a row here are done"},
	{"stage", "setup: the values of the point make no scenario; start: the scenario makes no world; run: in a tick"},
	{"message", "why the run failed"},
}

// FailureColumns are the names that failures.csv has beside those of the rows of runs.
func FailureColumns() []string {
	var names []string
	for _, w := range failureWords {
		names = append(names, w.name)
	}
	return names
}

// failureHead is the header of failures.csv.
func failureHead(w *Sweep) []string {
	names := keyColumns()
	for _, f := range w.Experiment.Factors {
		names = append(names, f.Name)
	}
	return append(names, FailureColumns()...)
}

// Failed makes the line of failures.csv for a failed run.
func (w *Sweep) Failed(run int, err error) []batch.Row {
	return failure(len(w.tables())-1, failureHead(w), err, func(t *table.Writer) { w.identify(t, run, w.SeedOf(run)) }, func(t *table.Writer) { w.values(t, run) })
}

// failure makes the line of a failed run for the table of this number: who it is, where it failed, its values, and why.
func failure(number int, head []string, err error, identify, values func(t *table.Writer)) []batch.Row {
	at, cause := &RunFault{Stage: stageSetup, Tick: -1}, err
	if errors.As(err, &at) {
		cause = at.Err
	}
	var text bytes.Buffer
	t := table.NewWriter(&text, head...)
	identify(t)
	if at.Tick < 0 {
		t.Empty()
	} else {
		t.Integer(int64(at.Tick))
	}
	t.Text(at.Policy)
	values(t)
	t.Text("failed")
	t.Text(at.Stage)
	t.Text(strings.NewReplacer("\r", "", "\n", "; ").Replace(cause.Error()))
	t.EndRow()
	_ = t.Close() // a buffer takes all
	return linesOf(number, text.Bytes())
}
