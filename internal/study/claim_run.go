package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync/atomic"

	"agglo/model"
	"agglo/model/world"
	"agglo/scenarios"
	"agglo/sim"
	"agglo/sim/rng"
)

// ClaimOptions say how claims are put to the test.
type ClaimOptions struct {
	Replicates int         // pairs of worlds of each test, >= 1
	Threads    int         // runs side by side, >= 1; no result depends on it
	Pairs      *ClaimPairs // that are there, and where those that are done stay; nil = nowhere
	// Watch is shown every tick of every run, also side by side; may be nil.
	Watch sim.Observer[world.View]
}

// ClaimsRun is what the tests of claims have found.
type ClaimsRun struct {
	Results    []ClaimResult
	Set        []scenarios.Setting // in all arms of all tests
	Replicates int                 // asked for
	Unfinished int                 // pairs, summed over groups of tests, that were asked for and not done
}

// Run puts the tests to the test: for every replicate the arms of a test run under the replicate's own seed, from the
// branch on or, where they differ from the start, from there; and the outcomes are compared pair by pair.
//
// When ctx ends early, each test is judged by the pairs that are done, and ctx's error comes with the result.
func (p *ClaimsPlan) Run(ctx context.Context, o ClaimOptions) (*ClaimsRun, error) {
	if o.Replicates < 1 {
		return nil, fmt.Errorf("replicates = %d: want 1 or more", o.Replicates)
	}
	tests, worlds := p.tests, p.worlds
	done := make([][]*claimReadings, o.Replicates*len(worlds)) // by replicate and world, by group
	left := make([]atomic.Int64, o.Replicates)                 // worlds of a replicate that are not done
	for k := range left {
		own := done[k*len(worlds) : (k+1)*len(worlds)]
		if left[k].Store(int64(len(own))); o.Pairs.pair(k).readings(k, worlds, own) {
			left[k].Store(0)
		}
	}
	err := each(ctx, len(done), o.Threads, func(ctx context.Context, job int) error {
		w, k := worlds[job%len(worlds)], job/len(worlds)
		if left[k].Load() == 0 {
			return nil
		}
		if k < w.pairs(o.Replicates) {
			var err error
			if done[job], err = w.replicate(ctx, tests, k, o.Watch); err != nil {
				return err
			}
		}
		if left[k].Add(-1) > 0 || o.Pairs == nil {
			return nil
		}
		return o.Pairs.keep(k, claimKeptOf(done[k*len(worlds):(k+1)*len(worlds)]))
	})
	if err != nil && (ctx.Err() == nil || !errors.Is(err, ctx.Err())) {
		return nil, err
	}
	r := &ClaimsRun{Replicates: o.Replicates, Set: p.set, Results: make([]ClaimResult, len(tests))}
	for k := range tests {
		r.Results[k] = untested(&tests[k])
	}
	for k, w := range worlds {
		for at, g := range w.groups {
			var own []*claimReadings
			for replicate := range o.Replicates {
				if x := done[replicate*len(worlds)+k]; x != nil {
					own = append(own, x[at])
				}
			}
			r.Unfinished += w.pairs(o.Replicates) - len(own)
			for n, t := range g.tests {
				r.Results[t.at] = judge(&tests[t.at], own, n, w.setup.Seed)
			}
		}
	}
	holmOver(r.Results)
	return r, err
}

// untested is the result of a test that is not run.
func untested(t *ClaimTest) ClaimResult {
	none := math.NaN()
	return ClaimResult{Test: *t, A: none, B: none, Effect: none, Lo: none, Hi: none, Detectable: none, P: none, Holm: none,
		SpentA: none, SpentB: none, Verdict: Waiting, Note: "instruments that do not exist: " + strings.Join(t.waiting(), ", ")}
}

// claimReadings are what a replicate of a group has found: outcome and public money of every arm, by test of the group.
type claimReadings struct {
	outcome, spent [][]float64   // by test of the group, by arm of the test
	menu           [][][]float64 // of a test that seeks the best of several, menuOutcomes by arm; else nil
}

// replicate runs the arms of a world's groups beside its trunk, which goes on from branch to branch.
func (w *claimWorld) replicate(ctx context.Context, tests []ClaimTest, k int, watch sim.Observer[world.View]) ([]*claimReadings, error) {
	setup := w.setup
	setup.Seed = rng.Replicate(setup.Seed, k)
	trunk, err := model.NewContext(ctx, setup)
	if err != nil {
		return nil, err
	}
	trunk.Threads = 1
	if watch != nil {
		trunk.Observers = append(trunk.Observers, watch)
	}
	records, end := make([][]*claimRecord, len(w.groups)), 0
	for n, g := range w.groups {
		if err := trunk.Run(ctx, g.branch); err != nil {
			return nil, err
		}
		records[n] = make([]*claimRecord, len(g.arms))
		for a := range g.arms {
			if g.arms[a].trunk {
				if records[n][a], err = w.follow(trunk, g.branch); err != nil {
					return nil, err
				}
				end = max(end, g.branch+g.arms[a].horizon)
			} else if records[n][a], err = g.run(ctx, trunk, &g.arms[a], k, watch); err != nil {
				return nil, err
			}
		}
	}
	if err := trunk.Run(ctx, end); err != nil {
		return nil, err
	}
	readings := make([]*claimReadings, len(w.groups))
	for n, g := range w.groups {
		readings[n] = g.readings(tests, records[n])
	}
	return readings, nil
}

// readings takes the outcomes of a group's tests from the records of its arms.
func (g *claimGroup) readings(tests []ClaimTest, records []*claimRecord) *claimReadings {
	x := &claimReadings{}
	for _, grouped := range g.tests {
		t := &tests[grouped.at]
		o, _ := claimOutcome(t.Outcome)
		var outcome, spent []float64
		var menu [][]float64
		for _, a := range grouped.runs {
			outcome = append(outcome, o.read(records[a], t.Horizon))
			spent = append(spent, records[a].spent(t.Horizon))
			if t.Contrast == Best {
				menu = append(menu, menuReadings(records[a], t.Horizon))
			}
		}
		x.outcome, x.spent, x.menu = append(x.outcome, outcome), append(x.spent, spent), append(x.menu, menu)
	}
	return x
}

// follow lets a record read a run from the tick that it has reached.
func (w *claimWorld) follow(e *model.Engine, from int) (*claimRecord, error) {
	r := &claimRecord{circle: w.circle, shock: w.shock, sectors: w.sectors}
	if w.target != nil {
		r.km = w.target.KM
	}
	e.Observers = append(e.Observers, later{r, from})
	return r, r.Observe(world.NewView(e.World), from)
}

// run runs an arm from the branch, or from the start where the branch is tick 0, to its horizon.
func (g *claimGroup) run(ctx context.Context, trunk *model.Engine, a *claimRun, k int, watch sim.Observer[world.View]) (*claimRecord, error) {
	setup := a.setup
	setup.Seed = rng.Replicate(setup.Seed, k)
	var e *model.Engine
	var err error
	if g.branch == 0 {
		e, err = model.NewContext(ctx, setup)
	} else {
		e, err = model.Branch(trunk, setup)
	}
	if err != nil {
		return nil, err
	}
	if a.cut != 0 {
		model.Cut(e, setup, a.cut)
	}
	e.Threads = 1
	r, err := g.world.follow(e, g.branch)
	if err != nil {
		return nil, err
	}
	if watch != nil {
		e.Observers = append(e.Observers, later{watch, g.branch})
	}
	return r, e.Run(ctx, g.branch+a.horizon)
}
