package study

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"

	"agglo/internal/fit"
	"agglo/model"
	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim"
	"agglo/sim/design"
	"agglo/sim/rng"
)

// A Calibrator fits parameters of a scenario to targets.
type Calibrator struct {
	Calibration *scenarios.Calibration
	Options     CalibrateOptions
	Aims        []Aim
	Left        []string // published figures that cannot be targets, and why

	sweep  *Sweep
	names  []string        // of the parameters
	wanted []output.Wanted // published figures that are targets
}

// CalibrateOptions say how much is done.
type CalibrateOptions struct {
	Particles int // of a posterior
	Checks    int // runs of the second look at what was found, on seeds of their own
}

// What a calibration does if nobody says.
const (
	UsualParticles = 100
	UsualChecks    = 10
)

// NewCalibrator resolves a calibration. inputs holds the files that the scenario names.
func NewCalibrator(c *scenarios.Calibration, inputs fs.FS, o CalibrateOptions) (*Calibrator, error) {
	x := *c.Experiment
	x.Plan = design.Plan{Kind: "lhs", N: 1, Seed: 1} // a point, for what is to be known before the first round
	sweep, err := NewSweep(&x, inputs)
	if err != nil {
		return nil, err
	}
	k := &Calibrator{Calibration: c, Options: o, sweep: sweep}
	for _, f := range c.Factors {
		k.names = append(k.names, f.Name)
	}
	setup := sweep.Base()
	k.Aims, k.wanted, k.Left = aimsOf(c, &setup.Setting, sweep.Ticks)
	for i, names := 0, namesIn(c.Base()); i < len(k.Aims); i++ {
		k.Aims[i].names = names
	}
	if !slices.ContainsFunc(k.Aims, func(a Aim) bool { return !a.Held && a.Weight > 0 }) {
		return nil, fmt.Errorf("no target can be held against runs: %s", strings.Join(k.Left, "; "))
	}
	return k, k.affordable()
}

// affordable looks whether the runs suffice.
func (k *Calibrator) affordable() error {
	points := k.Calibration.Runs / k.Calibration.Replicates
	least := 2 * k.Options.Particles
	if k.Calibration.Method == "cma" {
		least = 4 + int(3*math.Log(float64(len(k.names))))
	}
	if points < least {
		return fmt.Errorf("runs: %d runs of %d replicates are %d points: want at least %d", k.Calibration.Runs, k.Calibration.Replicates, points, least)
	}
	return nil
}

// Base is the setup without the parameters' values.
func (k *Calibrator) Base() model.Setup { return k.sweep.Base() }

// Settings are what decides on the results, beside scenario and seed.
func (k *Calibrator) Settings() any {
	type aim struct {
		Name                     string
		Value, Tolerance, Weight float64
		Held                     bool
	}
	var aims []aim
	for _, a := range k.Aims {
		aims = append(aims, aim{a.Name, a.Value, a.Tolerance, a.Weight, a.Held})
	}
	c := k.Calibration
	return struct {
		Targets    []aim            `json:"targets"`
		Parameters []design.Factor  `json:"parameters"`
		Method     string           `json:"method"`
		Runs       int              `json:"runs"`
		Replicates int              `json:"replicates"`
		Options    CalibrateOptions `json:"options"`
	}{aims, c.Factors, c.Method, c.Runs, c.Replicates, k.Options}
}

// Work is the number of ticks that the calibration runs at most.
func (k *Calibrator) Work(done int) int {
	return (max(k.Calibration.Runs+k.Options.Checks-done, 1) + 1) * k.sweep.Ticks
}

// Run does the work. When ctx ends early what was found so far comes with ctx's error, if anything was.
func (k *Calibrator) Run(ctx context.Context, q *Inquiry, w Work) (*Fit, error) {
	if err := k.try(ctx, w); err != nil {
		return nil, err
	}
	c := k.Calibration
	r := &Fit{Method: c.Method, Effective: math.NaN(), Tolerance: math.NaN(), Distance: math.NaN()}
	evaluate := func(ctx context.Context, round int, levels [][]float64) ([]fit.Result, error) {
		return k.round(ctx, q, w, r, round, levels)
	}
	points := c.Runs / c.Replicates
	var err error
	if c.Method == "cma" {
		err = k.point(ctx, r, fit.Search{Dimensions: len(k.names), Points: points, Seed: k.sweep.Seed}, evaluate)
	} else {
		err = k.posterior(ctx, r, fit.Posterior{Dimensions: len(k.names), Particles: k.Options.Particles, Points: points, Seed: k.sweep.Seed}, evaluate)
	}
	r.Stopped = err != nil
	if r.Point == nil || err != nil && ctx.Err() == nil {
		return nil, cmpErr(err, fit.ErrFailed)
	}
	if err == nil {
		err = k.check(ctx, q, w, r)
	}
	if err != nil {
		r.Stopped = true
		if ctx.Err() == nil {
			return nil, err
		}
		k.unchecked(r)
	}
	return r, err
}

// cmpErr is the first error, or the other if there is none.
func cmpErr(first, other error) error {
	if first != nil {
		return first
	}
	return other
}

// middle makes one run with the parameters at their middle.
func (k *Calibrator) middle(ctx context.Context, threads int, watch sim.Observer[world.View], at *RunFault) ([]float64, error) {
	middle := slices.Repeat([]float64{.5}, len(k.names))
	k.sweep.Points = k.pointsOf([][]float64{middle})
	return k.one(ctx, 0, rng.Replicate(k.sweep.Seed, 0), threads, watch, at)
}

// try makes one run, in the middle of what is believed, to see that all targets are told.
func (k *Calibrator) try(ctx context.Context, w Work) error {
	values, err := k.middle(ctx, w.Threads, w.Watch, &RunFault{})
	if err != nil {
		return fmt.Errorf("a run with the parameters at their middle: %w", err)
	}
	var faults []error
	for j, v := range values {
		if a := &k.Aims[j]; math.IsNaN(v) && !a.Held {
			faults = append(faults, fmt.Errorf("target %s: it has no value in a run with the parameters at their middle: want another tick or metric", a.Name))
		}
	}
	return errors.Join(faults...)
}

// pointsOf turns levels into values.
func (k *Calibrator) pointsOf(levels [][]float64) [][]float64 {
	points := make([][]float64, len(levels))
	for i, at := range levels {
		for j, f := range k.Calibration.Factors {
			points[i] = append(points[i], f.At(at[j]))
		}
	}
	return points
}

// seedOf gives the seed of a run of a round. For a posterior each run has luck of its own, which belongs to what is told; for a
// point all points share theirs, so that they differ by their values.
func (k *Calibrator) seedOf(round int) func(run int) uint64 {
	n := k.Calibration.Replicates
	if k.Calibration.Method == "cma" {
		return func(run int) uint64 { return rng.Replicate(k.sweep.Seed, run%n) }
	}
	base := rng.Replicate(k.sweep.Seed, round)
	return func(run int) uint64 { return rng.Replicate(base, run) }
}

// round looks at points.
func (k *Calibrator) round(ctx context.Context, q *Inquiry, w Work, r *Fit, round int, levels [][]float64) ([]fit.Result, error) {
	n := k.Calibration.Replicates
	k.sweep.Points = k.pointsOf(levels)
	rows, err := q.Do(ctx, k.runs(fmt.Sprintf("%03d", round), n, k.seedOf(round), w), w)
	if err != nil {
		return nil, err
	}
	r.Runs += len(rows)
	results := make([]fit.Result, len(levels))
	for i := range levels {
		for _, one := range rows[i*n : (i+1)*n] {
			if one == nil {
				r.Failed++
			}
		}
		results[i].Values, results[i].Distance = k.distance(rows[i*n : (i+1)*n])
	}
	return results, nil
}

// runs are the runs of a round.
func (k *Calibrator) runs(name string, replicates int, seed func(run int) uint64, w Work) Round {
	var outcomes []string
	for j := range k.Aims {
		outcomes = append(outcomes, fmt.Sprintf("target_%d", j+1))
	}
	return Round{
		Name: name, Parameters: k.names, Points: k.sweep.Points, Replicates: replicates, Outcomes: outcomes, Seed: seed,
		Do: func(ctx context.Context, run int, seed uint64, threads int, at *RunFault) ([][]float64, error) {
			values, err := k.one(ctx, run/replicates, seed, threads, w.Watch, at)
			return [][]float64{values}, err
		},
	}
}

// one makes a run of a point and reads the targets off it.
func (k *Calibrator) one(ctx context.Context, point int, seed uint64, threads int, watch sim.Observer[world.View], at *RunFault) ([]float64, error) {
	_, setup, err := k.sweep.Setup(point * k.Calibration.Replicates)
	if err != nil {
		return nil, err
	}
	setup.Seed = seed
	at.Stage = stageStart
	e, err := model.NewContext(ctx, setup)
	if err != nil {
		return nil, err
	}
	e.Threads, at.Stage, at.Tick = threads, stageRun, 0
	g := newGauging(k.Aims, k.wanted, &setup.Setting)
	e.Observers = []sim.Observer[world.View]{g}
	if watch != nil {
		e.Observers = append(e.Observers, watch)
	}
	e.Observers = append(e.Observers, at)
	if err := e.Run(ctx, k.sweep.Ticks); err != nil {
		return nil, err
	}
	return g.values(k.Aims)
}

// distance holds the runs of a point against the targets: how far each is off in its tolerances, times the root of its weight,
// and the root of the weighted mean square. It is NaN where a run failed, or a target has no value.
func (k *Calibrator) distance(rows [][][]float64) (values []float64, distance float64) {
	sum, weights := 0.0, 0.0
	for j, a := range k.Aims {
		if a.Held || a.Weight == 0 {
			continue
		}
		v := (k.simulated(j, rows) - a.Value) / a.Tolerance * math.Sqrt(a.Weight)
		values = append(values, v)
		sum += float64(v * v)
		weights += a.Weight
	}
	return values, math.Sqrt(sum / weights)
}

// simulated is what the runs of a point give for a target: the mean, or the deviation between them.
func (k *Calibrator) simulated(aim int, rows [][][]float64) float64 {
	var x []float64
	for _, one := range rows {
		if one == nil {
			return math.NaN()
		}
		x = append(x, one[0][aim])
	}
	mean, variance := moments(x)
	if k.Aims[aim].between {
		return math.Sqrt(variance)
	}
	return mean
}

// point looks for a point.
func (k *Calibrator) point(ctx context.Context, r *Fit, s fit.Search, evaluate fit.Evaluate) error {
	found, err := s.Point(ctx, evaluate)
	if found == nil || found.Point == nil {
		return err
	}
	r.Rounds, r.Settled = found.Rounds, found.Settled
	k.tell(r, found.Point, nil)
	return err
}

// posterior looks for a sample of the posterior; its medians are the point.
func (k *Calibrator) posterior(ctx context.Context, r *Fit, p fit.Posterior, evaluate fit.Evaluate) error {
	s, err := p.Sample(ctx, evaluate)
	if s == nil || len(s.Particles) == 0 {
		return err
	}
	r.Rounds, r.Settled, r.Raw = s.Rounds, s.Settled, s.Particles
	last := s.Rounds[len(s.Rounds)-1]
	r.Effective, r.Tolerance = last.Effective, last.Tolerance
	r.Particles = s.Adjusted(make([]float64, len(s.Particles[0].Values)))
	var middle []float64
	for j := range k.names {
		middle = append(middle, fit.SpanOf(r.Particles, j, intervalShare).Middle)
	}
	k.tell(r, middle, r.Particles)
	return err
}

// tell fills in the parameters.
func (k *Calibrator) tell(r *Fit, levels []float64, particles []fit.Particle) {
	r.Parameters, r.Point = nil, nil
	for j, f := range k.Calibration.Factors {
		at := func(s fit.Span) fit.Span { return fit.Span{Lo: f.At(s.Lo), Middle: f.At(s.Middle), Hi: f.At(s.Hi)} }
		none := math.NaN()
		p := Fitted{f.Name, at(fit.Span{Lo: (1 - intervalShare) / 2, Middle: .5, Hi: (1 + intervalShare) / 2}), fit.Span{Lo: none, Middle: none, Hi: none}, f.At(levels[j]), none}
		if particles != nil {
			s := fit.SpanOf(particles, j, intervalShare)
			p.After, p.Narrow = at(s), (s.Hi-s.Lo)/intervalShare
		}
		r.Parameters, r.Point = append(r.Parameters, p), append(r.Point, p.Point)
	}
}
