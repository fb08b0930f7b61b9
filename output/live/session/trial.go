package session

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"agglo/output"
	"agglo/sim/rng"
)

// Bounds of a trial.
const (
	mostPairs      = 40
	mostTrialTicks = 400
)

// trial runs many pairs of worlds with and without policies, with different seeds: what a single run cannot show.
type trial struct {
	spec          Spec
	limits        Limits
	pairs, ticks  int
	line          string // the command line that compares the same pairs
	r             *ready // of the pair at work
	with, without *arm
	ends          [2][][]float64 // metrics at the end, by pair
	seeds         []uint64
}

// TrialDone is what a trial has found until now.
type TrialDone struct {
	Pairs    int        `json:"pairs"`
	Ticks    int        `json:"ticks"`
	Progress float64    `json:"progress"` // 0 to 1
	Seeds    []uint64   `json:"seeds"`
	With     [][]Figure `json:"with"` // metrics at the end, by pair
	Without  [][]Figure `json:"without"`
	Effects  []Effect   `json:"effects"` // by metric, of the pairs that are done
	Command  string     `json:"command"`
}

// Effect is a mean difference within pairs with its 95% interval (Student), and how many pairs it is positive in.
type Effect struct {
	Mean     Figure `json:"mean"`
	Lo       Figure `json:"lo"`
	Hi       Figure `json:"hi"`
	Positive int    `json:"positive"`
}

// startTrial begins a trial of the policies given, or ends the one at work when it asks for no pairs. Both worlds of a pair
// share their past until the first policy begins.
func (s *Session) startTrial(m *message) error {
	if m.Pairs == 0 {
		s.trial = nil
		return nil
	}
	if s.ready == nil {
		return errNoWorld
	}
	if m.Pairs < 1 || m.Pairs > mostPairs || m.Tick < 1 || m.Tick > mostTrialTicks {
		return fmt.Errorf("%d pairs of %d ticks: want 1 to %d of 1 to %d", m.Pairs, m.Tick, mostPairs, mostTrialTicks)
	}
	spec := s.spec
	spec.Policies, spec.Params = slices.Clone(m.Policies), slices.Clone(spec.Params)
	for _, c := range s.ready.changes { // what holds now holds from the start
		spec.Params = slices.DeleteFunc(spec.Params, func(v Value) bool { return v.Path == c.Path })
		spec.Params = append(spec.Params, Value{c.Path, c.Value})
	}
	spec.Changes = nil
	for k := range spec.Policies {
		if p := &spec.Policies[k]; p.ID == "" {
			p.ID = freeID(spec.Policies, p.Instrument)
		}
	}
	r, err := spec.resolve(s.limits)
	if err != nil {
		return err
	}
	s.playing = false
	s.trial = &trial{spec: spec, limits: s.limits, pairs: m.Pairs, ticks: m.Tick}
	s.trial.line = s.trial.command(r)
	return nil
}

func (t *trial) busy() bool { return t != nil && len(t.ends[0]) < t.pairs }

func (t *trial) firms() int {
	if !t.busy() {
		return 0
	}
	n := 0
	for _, a := range []*arm{t.with, t.without} {
		if a != nil {
			n += a.view().Rows()
		}
	}
	return n
}

// begins is the first tick in which a policy acts.
func (t *trial) begins() int {
	first := t.ticks
	for _, p := range t.spec.Policies {
		first = min(first, p.From-1)
	}
	return max(0, first)
}

// advance does a tick of the pair at work, or makes the next one.
func (t *trial) advance(ctx context.Context, threads int) (err error) {
	switch {
	case t.with == nil:
		spec := t.spec
		spec.Seed = rng.Replicate(t.spec.Seed, len(t.seeds))
		if t.r, err = spec.resolve(t.limits); err != nil {
			return err
		}
		t.with, err = found(ctx, t.r.with, t.r.changes)
		return err
	case t.without == nil && t.with.tick() >= t.begins():
		t.without, err = t.with.twin(t.r.without)
		return err
	case t.with.tick() < t.ticks:
		if err = t.with.step(ctx, threads); err == nil && t.without != nil {
			err = t.without.step(ctx, threads)
		}
		return err
	}
	for k, a := range []*arm{t.with, t.without} {
		t.ends[k] = append(t.ends[k], a.rows[len(a.rows)-1])
	}
	t.seeds = append(t.seeds, t.r.with.Seed)
	t.with, t.without = nil, nil
	return nil
}

// done is what the trial has found until now; nil without a trial.
func (t *trial) done() *TrialDone {
	if t == nil {
		return nil
	}
	d := &TrialDone{Command: t.line, Pairs: t.pairs, Ticks: t.ticks, Seeds: t.seeds, With: figures(t.ends[0], 0), Without: figures(t.ends[1], 0)}
	part := 0.0
	if t.with != nil {
		part = float64(t.with.tick()) / float64(t.ticks)
	}
	d.Progress = min(1, (float64(len(t.ends[0]))+part)/float64(t.pairs))
	for c := range output.Metrics() {
		d.Effects = append(d.Effects, t.effect(c))
	}
	return d
}

// command compares the same pairs on the command line: the policies stand in a file.
func (t *trial) command(r *ready) string {
	name := t.spec.Scenario
	if t.spec.File != "" {
		name = r.scenario.ID + ".yaml"
	}
	out := fmt.Sprintf("agglo compare %s --seed %d --replicates %d --burn-in %d --ticks %d", name, t.spec.Seed, t.pairs, t.begins(), t.ticks)
	for _, p := range t.spec.Params {
		out += fmt.Sprintf(" --set %s=%s", p.Path, strings.TrimSpace(p.Value))
	}
	for k := range t.spec.Policies {
		out += " --policy " + t.spec.Policies[k].ID + ".yaml"
	}
	return out
}

func (t *trial) effect(metric int) Effect {
	var x []float64
	e := Effect{Mean: Figure(math.NaN()), Lo: Figure(math.NaN()), Hi: Figure(math.NaN())}
	for k := range t.ends[0] {
		if d := t.ends[0][k][metric] - t.ends[1][k][metric]; !math.IsNaN(d) {
			x = append(x, d)
			if d > 0 {
				e.Positive++
			}
		}
	}
	if len(x) == 0 {
		return e
	}
	mean, sd := stat.MeanStdDev(x, nil)
	e.Mean = Figure(mean)
	if len(x) > 1 {
		half := distuv.StudentsT{Sigma: 1, Nu: float64(len(x) - 1)}.Quantile(.975) * sd / math.Sqrt(float64(len(x)))
		e.Lo, e.Hi = Figure(mean-half), Figure(mean+half)
	}
	return e
}
