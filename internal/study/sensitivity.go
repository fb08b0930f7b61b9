package study

import (
	"context"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"time"

	"agglo/internal/table"
	"agglo/model"
	"agglo/scenarios"
	"agglo/sim/design"
)

// A Sensitivity asks which factors of an experiment matter: a screening of all by Morris, then shares of variance by Sobol' of
// those that survive it, and each alone at its ends.
type Sensitivity struct {
	Experiment *scenarios.Experiment
	Options    SensitivityOptions

	base  *Sweep // of the whole experiment, for what is to be known before the first run
	files fs.FS
}

// SensitivityOptions say how much is done.
type SensitivityOptions struct {
	Trajectories int     `json:"trajectories"` // of the screening; 0 = no screening, all survive
	Points       int     `json:"points"`       // base points of the shares of variance; 0 = none
	Keep         float64 `json:"keep"`         // a factor survives from this part of the largest mean effect on
	By           string  `json:"by"`           // statistics that count: mean, variance or either
	Second       bool    `json:"second"`       // interactions of two factors as well
	Resamples    int     `json:"resamples"`    // of the bootstrap
}

// What a sensitivity analysis does if nobody says.
const (
	UsualTrajectories = 20
	UsualBasePoints   = 64
	UsualKeep         = .1
)

// Statistics over the replicates of a point.
const (
	statMean     = "mean"
	statVariance = "variance"
)

// A Sensed is what was found.
type Sensed struct {
	Indices  []SensedIndex
	Factors  []Screened
	Swings   []Swing
	Runs     int
	Failed   int
	Left     int  // trajectories and base points left out because of a failed run or an absent value
	Stopped  bool // before the end
	Replicas int
}

// A SensedIndex is an index of a factor for an outcome.
type SensedIndex struct {
	Stage, Policy, Metric, Statistic string
	Tick                             int
	design.Index
}

// A Screened factor, and whether it survived.
type Screened struct {
	Name     string
	Part     float64 // its mean effect over the largest, where it is largest; NaN without a screening
	Of       string  // the outcome there
	Survives bool
	Fixed    string // the value that it has among the survivors' runs, if it does not
}

// A Swing is what one factor alone does, from its low end to its high one, the others at their middle.
type Swing struct {
	Policy, Metric, Factor string
	Tick                   int
	Low, High              string     // its values
	Base                   float64    // outcome in the middle, mean over replicates
	AtLow, AtHigh          [3]float64 // change of the mean, and its 95% interval, pair by pair of replicates
}

// NewSensitivity resolves an analysis. inputs holds the files that the scenario names.
func NewSensitivity(x *scenarios.Experiment, inputs fs.FS, o SensitivityOptions) (*Sensitivity, error) {
	switch {
	case len(x.Factors) == 0:
		return nil, fmt.Errorf("factors: is missing: want the factors whose influence is asked for")
	case x.Stop != nil:
		return nil, fmt.Errorf("stop: runs that stop at different ticks cannot be compared: want none")
	case o.Trajectories == 0 && o.Points == 0:
		return nil, fmt.Errorf("neither trajectories nor base points: nothing is to be done")
	}
	switch x.Plan.Kind { // an analysis makes its own designs; n may be said in the file
	case "morris":
		if o.Trajectories > 0 {
			o.Trajectories = x.Plan.N
		}
	case "saltelli":
		if o.Points > 0 {
			o.Points = x.Plan.N
		}
	}
	s := &Sensitivity{Experiment: x, Options: o, files: inputs}
	for _, plan := range []design.Plan{s.morris(), s.saltelli()} {
		if plan.N == 0 {
			continue
		}
		y := *x
		y.Plan = plan
		sweep, err := NewSweep(&y, inputs)
		if err != nil {
			return nil, err
		}
		s.base = sweep
	}
	return s, nil
}

func (s *Sensitivity) morris() design.Plan {
	return design.Plan{Kind: "morris", N: s.Options.Trajectories, Seed: s.Experiment.Plan.Seed, Levels: s.Experiment.Plan.Levels}
}

func (s *Sensitivity) saltelli() design.Plan {
	return design.Plan{Kind: "saltelli", N: s.Options.Points, Seed: s.Experiment.Plan.Seed, Second: s.Options.Second}
}

// Base is the setup without the factors' values.
func (s *Sensitivity) Base() model.Setup { return s.base.Base() }

// Settings are what decides on the results, beside scenario, seed and ticks.
func (s *Sensitivity) Settings() any {
	return struct {
		Settings
		Options SensitivityOptions `json:"options"`
	}{s.base.settings(), s.Options}
}

// Runs is the number of runs at most: all factors may survive.
func (s *Sensitivity) Runs() int {
	d := len(s.Experiment.Factors)
	block := d + 2
	if s.Options.Second {
		block = 2*d + 2
	}
	points := s.Options.Trajectories*(d+1) + s.Options.Points*block + 1
	for _, f := range s.Experiment.Factors {
		points += max(len(f.Values)-1, 2)
	}
	return points * s.Experiment.Replicates
}

// Work is the number of ticks that the analysis runs at most.
func (s *Sensitivity) Work(done int) int { return max(s.Runs()-done, 1) * s.base.Work() }

// Run does the work. When ctx ends early what the stages before found comes with ctx's error.
func (s *Sensitivity) Run(ctx context.Context, q *Inquiry, w Work) (*Sensed, error) {
	r := &Sensed{Replicas: s.Experiment.Replicates}
	for _, f := range s.Experiment.Factors {
		r.Factors = append(r.Factors, Screened{Name: f.Name, Part: math.NaN(), Survives: true})
	}
	err := s.stages(ctx, q, w, r)
	if r.Stopped = err != nil; err != nil && (ctx.Err() == nil || len(r.Indices) == 0) {
		return nil, err
	}
	return r, err
}

func (s *Sensitivity) stages(ctx context.Context, q *Inquiry, w Work, r *Sensed) error {
	if s.Options.Trajectories > 0 {
		if err := s.indices(ctx, q, w, r, "screen", s.Experiment, s.morris(), "morris"); err != nil {
			return err
		}
		s.screen(r)
	}
	kept, fixed := s.survivors(r)
	if s.Options.Points > 0 && len(kept) > 0 {
		x, err := s.Experiment.Narrowed(kept, fixed, s.saltelli())
		if err != nil {
			return err
		}
		if err := s.indices(ctx, q, w, r, "shares", x, s.saltelli(), "sobol"); err != nil {
			return err
		}
	}
	return s.swings(ctx, q, w, r)
}

// survivors lists the factors that go on, and the values of the others.
func (s *Sensitivity) survivors(r *Sensed) ([]design.Factor, map[string]string) {
	var kept []design.Factor
	fixed := map[string]string{}
	for k, f := range s.Experiment.Factors {
		if r.Factors[k].Survives {
			kept = append(kept, f)
			continue
		}
		r.Factors[k].Fixed = scenarios.SettingText(f, middleOf(f))
		fixed[f.Name] = r.Factors[k].Fixed
	}
	return kept, fixed
}

// middleOf is the value that a factor has while others change.
func middleOf(f design.Factor) float64 {
	if f.Base != nil {
		return *f.Base
	}
	return f.At(.5)
}

// outcomes are by policy, tick and metric; see readings.
type outcome struct {
	policy, metric string
	tick           int
	row, column    int // places in what a run gives
}

// outcomesOf lists what the runs of a sweep give.
func outcomesOf(w *Sweep) []outcome {
	policies := w.Experiment.Policies
	if len(policies) == 0 {
		policies = []string{""}
	}
	var all []outcome
	for a, policy := range policies {
		for t, tick := range w.At {
			for m, metric := range w.Metrics {
				all = append(all, outcome{policy, metric, tick, a*len(w.At) + t, m})
			}
		}
	}
	return all
}

// stage does the runs of a design and gives their rows, by run.
func (s *Sensitivity) stage(ctx context.Context, q *Inquiry, w Work, r *Sensed, name string, x *scenarios.Experiment, plan design.Plan) (*Sweep, [][][]float64, error) {
	y := *x
	y.Plan = plan
	sweep, err := NewSweep(&y, s.files)
	if err != nil {
		return nil, nil, err
	}
	var names []string
	for _, f := range y.Factors {
		names = append(names, f.Name)
	}
	rows, err := q.Do(ctx, Round{
		Name: name, Parameters: names, Points: sweep.Points, Replicates: y.Replicates, Outcomes: sweep.Metrics, Seed: sweep.SeedOf,
		Do: func(ctx context.Context, run int, _ uint64, threads int, at *RunFault) ([][]float64, error) {
			return sweep.numbers(ctx, run, threads, w, at)
		},
	}, w)
	r.Runs += len(rows)
	for _, one := range rows {
		if one == nil {
			r.Failed++
		}
	}
	return sweep, rows, err
}

// numbers does a run and gives the rows of runs.csv: by policy, by tick.
func (w *Sweep) numbers(ctx context.Context, run, threads int, work Work, at *RunFault) ([][]float64, error) {
	_, _, probes, err := w.do(ctx, run, threads, work.Watch, at)
	if err != nil {
		return nil, err
	}
	var rows [][]float64
	for _, p := range probes {
		for _, line := range p.lines[runsTable] {
			rows = append(rows, line.values)
		}
	}
	return rows, nil
}

// statistic is the mean or the variance over the replicates of a point; NaN where a run failed or has no value.
func statistic(rows [][][]float64, point, replicates int, o outcome, which string) float64 {
	x := make([]float64, 0, replicates)
	for _, one := range rows[point*replicates : (point+1)*replicates] {
		if one == nil || o.row >= len(one) {
			return math.NaN()
		}
		x = append(x, one[o.row][o.column])
	}
	mean, variance := moments(x)
	if which == statVariance {
		return variance
	}
	return mean
}

// statistics are those that so many replicates allow.
func (s *Sensitivity) statistics() []string {
	if s.Experiment.Replicates < 2 {
		return []string{statMean}
	}
	return []string{statMean, statVariance}
}

// indices runs a design and analyses every outcome.
func (s *Sensitivity) indices(ctx context.Context, q *Inquiry, w Work, r *Sensed, stage string, x *scenarios.Experiment, plan design.Plan, kind string) error {
	sweep, rows, err := s.stage(ctx, q, w, r, stage, x, plan)
	if err != nil {
		return err
	}
	return s.judge(r, sweep, rows, stage, plan, kind)
}

// judge analyses every outcome of the runs of a design. Trajectories, or base points, with a failed run or an absent value are
// left out whole.
func (s *Sensitivity) judge(r *Sensed, sweep *Sweep, rows [][][]float64, stage string, plan design.Plan, kind string) error {
	block, left := len(sweep.Points)/plan.N, 0
	d := design.Design{}
	for _, f := range sweep.Experiment.Factors {
		d.Names, d.Words = append(d.Names, f.Name), append(d.Words, f.Words)
	}
	for _, o := range outcomesOf(sweep) {
		for _, which := range s.statistics() {
			y := make([]float64, len(sweep.Points))
			for p := range y {
				y[p] = statistic(rows, p, sweep.Experiment.Replicates, o, which)
			}
			var whole []float64
			d.Points = nil
			gone := 0
			for b := 0; b < len(y); b += block {
				if slices.ContainsFunc(y[b:b+block], math.IsNaN) {
					gone++
					continue
				}
				whole, d.Points = append(whole, y[b:b+block]...), append(d.Points, sweep.Points[b:b+block]...)
			}
			left = max(left, gone)
			if len(whole) == 0 {
				continue // an outcome that does not exist
			}
			found, err := design.Analysis{Kind: kind, Levels: plan.Levels, Resamples: s.Options.Resamples, Seed: sweep.Seed}.Of(d, whole)
			if err != nil {
				return fmt.Errorf("%s of %s at tick %d: %w", which, o.metric, o.tick, err)
			}
			for _, index := range found {
				r.Indices = append(r.Indices, SensedIndex{stage, o.policy, o.metric, which, o.tick, index})
			}
		}
	}
	r.Left += left
	return nil
}

// Finish writes the tables and completes the folder.
func (s *Sensitivity) Finish(q *Inquiry, r *Sensed, took time.Duration) error {
	return q.finish(r.tables(), func(w *table.Writer) { aboutRows(w, s.Experiment, s.base.Metrics) }, !r.Stopped, took)
}
