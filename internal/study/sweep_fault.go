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
	at, cause := &RunFault{Stage: stageSetup, Tick: -1}, err
	if errors.As(err, &at) {
		cause = at.Err
	}
	var text bytes.Buffer
	t := table.NewWriter(&text, failureHead(w)...)
	w.identify(t, run, w.SeedOf(run))
	if at.Tick < 0 {
		t.Empty()
	} else {
		t.Integer(int64(at.Tick))
	}
	t.Text(at.Policy)
	w.values(t, run)
	t.Text("failed")
	t.Text(at.Stage)
	t.Text(strings.NewReplacer("\r", "", "\n", "; ").Replace(cause.Error()))
	t.EndRow()
	_ = t.Close() // a buffer takes all
	return linesOf(len(w.tables())-1, text.Bytes())
}
