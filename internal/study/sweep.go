package study

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"agglo/internal/table"
	"agglo/model"
	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim"
	"agglo/sim/batch"
	"agglo/sim/param"
	"agglo/sim/rng"
)

// A Sweep is an experiment ready to be run: points times replicates runs, numbered point x replicates + replicate, each with
// all policies.
type Sweep struct {
	Experiment *scenarios.Experiment
	Points     [][]float64
	Seed       uint64   // from which those of the runs are made
	Ticks      int      // quarters
	Metrics    []string // columns
	At         []int    // ticks of runs.csv

	text   []byte // the scenario with the overrides, every default filled in
	inputs fs.FS  // the files that it names
	setup  model.Setup
	params bool // factors are parameters of the rules, so that every point has the setting of setup

	mu   sync.Mutex
	arms map[int][]Arm // by point, of the last points
}

// Tables of rows, in the order of batch.Plan.Tables, and their number. failures.csv stands behind those that the sweep has.
const (
	runsTable = iota
	seriesTable
	rowTables
)

// NewSweep resolves an experiment. inputs holds the files that the scenario names.
func NewSweep(x *scenarios.Experiment, inputs fs.FS) (*Sweep, error) {
	s := x.Base()
	setup, err := s.Setup(scenarios.Overrides{Seed: x.Seed, Ticks: x.Ticks})
	if err != nil {
		return nil, err
	}
	w := &Sweep{
		Experiment: x, Seed: setup.Seed, Ticks: setup.Ticks, Metrics: x.Metrics, At: x.At,
		text: s.YAML(), inputs: inputs, setup: setup, arms: map[int][]Arm{}, params: true,
	}
	if len(w.Metrics) == 0 {
		w.Metrics = output.Metrics()
	}
	if len(w.At) == 0 {
		w.At = []int{w.Ticks}
	}
	for _, f := range x.Factors {
		w.params = w.params && x.OfParams(f.Name)
	}
	if w.Points, err = x.Points(); err != nil {
		return nil, err
	}
	if n := int64(len(w.Points)) * int64(x.Replicates); n > batch.MostRuns {
		return nil, fmt.Errorf("%d points with %d replicates are %d runs: want at most %d", len(w.Points), x.Replicates, n, batch.MostRuns)
	}
	_, _, err = w.point(0) // what is wrong with a policy is told before the runs
	return w, err
}

// Base is the setup without factors and policies, with the sweep's own seed.
func (w *Sweep) Base() model.Setup { return w.setup }

// Runs is their number.
func (w *Sweep) Runs() int { return len(w.Points) * w.Experiment.Replicates }

// SeedOf is the seed of a run: replicate r of every point has the same, so that points share their luck, unless the experiment
// asks for independent seeds; then each run has its own.
func (w *Sweep) SeedOf(run int) uint64 {
	if w.Experiment.Independent {
		return rng.Replicate(w.Seed, run)
	}
	return rng.Replicate(w.Seed, run%w.Experiment.Replicates)
}

// Setup is what a run is of, without the policies that are compared.
func (w *Sweep) Setup(run int) (*scenarios.Scenario, model.Setup, error) {
	point := run / w.Experiment.Replicates
	s, setup := w.Experiment.Base(), w.setup
	var err error
	if w.params {
		var faults []error
		for k, f := range w.Experiment.Factors {
			faults = append(faults, param.Set(&setup.Params, strings.TrimPrefix(f.Name, "params."), scenarios.SettingText(f, w.Points[point][k])))
		}
		err = errors.Join(faults...)
	} else if s, err = w.ScenarioOf(run); err == nil {
		setup, err = s.Setup(scenarios.Overrides{Seed: &w.Seed, Ticks: &w.Ticks})
	}
	setup.Seed = w.SeedOf(run)
	return s, setup, err
}

// ScenarioOf is the scenario with the values of a run's point.
func (w *Sweep) ScenarioOf(run int) (*scenarios.Scenario, error) {
	s, err := scenarios.Parse("the scenario of the sweep", w.text, w.inputs)
	if err != nil {
		return nil, err
	}
	return s, w.Experiment.Apply(s, w.Points[run/w.Experiment.Replicates])
}

// keptArms bounds the points whose arms are remembered.
const keptArms = 64

// point gives the setup of a run, and the arms of its point. What an instrument gets by default is a share of the value added
// of the point's world with the sweep's seed, the same for all replicates.
func (w *Sweep) point(run int) (model.Setup, []Arm, error) {
	s, setup, err := w.Setup(run)
	if err != nil {
		return setup, nil, err
	}
	if len(w.Experiment.Policies) == 0 {
		return setup, []Arm{{}}, nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	at := run / w.Experiment.Replicates
	if arms, known := w.arms[at]; known {
		return setup, arms, nil
	}
	common := setup
	common.Seed = w.Seed
	others := slices.DeleteFunc(slices.Clone(w.Experiment.Policies), func(name string) bool { return name == scenarios.NoPolicy })
	arms, err := parseArms(s, common, w.Experiment.BurnIn, others, w.file)
	if err != nil {
		return setup, nil, err
	}
	if k := slices.Index(w.Experiment.Policies, scenarios.NoPolicy); k >= 0 {
		arms = slices.Insert(arms, k, Arm{ID: scenarios.NoPolicy})
	}
	if len(w.arms) >= keptArms {
		clear(w.arms)
	}
	w.arms[at] = arms
	return setup, arms, nil
}

// file gives the text of a file of policies, as it was when the experiment was read.
func (w *Sweep) file(name string) ([]byte, error) {
	if text, yes := w.Experiment.Files[name]; yes {
		return []byte(text), nil
	}
	return nil, fs.ErrNotExist
}

// Work is the number of ticks that a run takes if it does not stop early, for progress.
func (w *Sweep) Work() int {
	_, arms, err := w.point(0)
	if err != nil {
		return w.Ticks
	}
	first := w.first(arms)
	return first + len(arms)*(w.Ticks-first)
}

// first is the tick at which the arms part.
func (w *Sweep) first(arms []Arm) int {
	if len(arms) < 2 {
		return 0
	}
	o := Options{BurnIn: w.Experiment.BurnIn}
	return min(o.First(arms), w.Ticks)
}

// Job gives the function that does a run, on so many threads as threads says then. watch is shown every tick; may be nil. Its
// errors are *RunFault.
func (w *Sweep) Job(threads func() int, watch sim.Observer[world.View]) batch.Job {
	return func(ctx context.Context, run int) (rows []batch.Row, err error) {
		err = placed(func(at *RunFault) error {
			setup, arms, probes, err := w.do(ctx, run, threads(), watch, at)
			if err != nil {
				return err
			}
			for number := range rowTables {
				rows = append(rows, w.rows(number, run, setup.Seed, arms, probes)...)
			}
			return nil
		})
		return rows, err
	}
}

// do makes the world of a run and runs all its arms.
func (w *Sweep) do(ctx context.Context, run, threads int, watch sim.Observer[world.View], at *RunFault) (model.Setup, []Arm, []*probe, error) {
	setup, arms, err := w.point(run)
	if err != nil {
		return setup, nil, nil, err
	}
	at.Stage = stageStart
	base, err := model.NewContext(ctx, setup)
	if err != nil {
		return setup, nil, nil, err
	}
	base.Threads = threads
	at.Stage = stageRun
	probes, err := w.branches(ctx, base, setup, arms, watch, at)
	return setup, arms, probes, err
}

// branches runs all arms, which part from one run at the last tick without a policy.
func (w *Sweep) branches(ctx context.Context, base *model.Engine, setup model.Setup, arms []Arm, watch sim.Observer[world.View], at *RunFault) ([]*probe, error) {
	trunk, first := w.probe(), w.first(arms)
	watched := func(e *model.Engine, p *probe, after int) {
		e.Observers = []sim.Observer[world.View]{later{p, after}}
		if watch != nil {
			e.Observers = append(e.Observers, later{watch, after})
		}
		e.Observers = append(e.Observers, at) // the last, so that a fault of the others is in the tick that they were shown
	}
	at.Tick = 0
	if len(arms) > 1 {
		watched(base, trunk, -1)
		if err := base.Run(ctx, first); err != nil && !errors.Is(err, errConditionMet) {
			return nil, err
		}
	}
	probes := make([]*probe, len(arms))
	for a := len(arms) - 1; a >= 0; a-- {
		probes[a] = trunk.clone()
		if trunk.stopped {
			continue
		}
		e, after := base, first
		if len(arms) == 1 {
			after = -1
		}
		at.Policy = arms[a].ID
		if len(arms[a].Policies) > 0 || a > 0 { // the first arm may go on in the trunk itself, the others go before it
			var err error
			if e, _, err = branch(base, setup, &arms[a]); err != nil {
				return nil, err
			}
		}
		watched(e, probes[a], after)
		if err := e.Run(ctx, w.Ticks); err != nil && !errors.Is(err, errConditionMet) {
			return nil, err
		}
	}
	return probes, nil
}

// rows makes the lines of a table for a run.
func (w *Sweep) rows(number, run int, seed uint64, arms []Arm, probes []*probe) []batch.Row {
	if number == seriesTable && w.Experiment.Every == 0 {
		return nil
	}
	var text bytes.Buffer
	t := table.NewWriter(&text, w.head()...)
	for a, p := range probes {
		for _, line := range p.lines[number] {
			w.row(t, run, seed, arms[a].ID, line)
		}
	}
	_ = t.Close() // a buffer takes all
	return linesOf(number, text.Bytes())
}

// row writes one line of a table.
func (w *Sweep) row(t *table.Writer, run int, seed uint64, policy string, l line) {
	w.identify(t, run, seed)
	t.Integer(int64(l.tick))
	t.Text(policy)
	w.values(t, run)
	for _, x := range l.values {
		t.Number(x)
	}
	t.EndRow()
}

// identify writes the cells that say which run it is.
func (w *Sweep) identify(t *table.Writer, run int, seed uint64) {
	t.Integer(int64(run))
	t.Integer(int64(run / w.Experiment.Replicates))
	t.Integer(int64(run % w.Experiment.Replicates))
	t.Integer(int64(seed))
}

// values writes the factors of a run's point.
func (w *Sweep) values(t *table.Writer, run int) {
	for k, f := range w.Experiment.Factors {
		x := w.Points[run/w.Experiment.Replicates][k]
		if f.Words != nil {
			t.Text(f.Text(x))
		} else {
			t.Number(x)
		}
	}
}

// linesOf cuts a table into rows, its header left out.
func linesOf(number int, text []byte) []batch.Row {
	var rows []batch.Row
	for line := range bytes.Lines(text) {
		rows = append(rows, batch.Row{Table: number, Cells: bytes.TrimSuffix(line, []byte("\n"))})
	}
	return rows[1:]
}
