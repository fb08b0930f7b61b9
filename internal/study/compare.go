// Package study answers questions that take many runs. Compare sets policies beside the world without them: the same
// worlds, the same luck, one difference.
package study

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"agglo/model"
	"agglo/model/policy"
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/rng"
)

// An Arm is what is tried: the scenario as it stands and some policies, which act together.
type Arm struct {
	ID       string
	Policies []policy.Spec
}

// Options say how a comparison is made.
type Options struct {
	Replicates int      // pairs of worlds, >= 1; an interval takes two
	Ticks      int      // quarters, > BurnIn
	BurnIn     int      // quarters before the policies begin
	Every      int      // quarters between the rows of effects, >= 1
	Threads    int      // runs side by side, >= 1; no result depends on it
	Metrics    []string // of Metrics(); empty = all
	// Watch is shown every tick of every run, also side by side; may be nil.
	Watch sim.Observer[world.View]
}

// A Result is what a comparison has found.
type Result struct {
	Seed       uint64   // of the comparison
	Seeds      []uint64 // of the replicates that are in it
	First      int      // the last tick without a policy
	Ticks      []int    // the ticks of the effects
	Arms       []Arm
	Metrics    []string // in the order of the effects
	Effects    []Effect // by arm, metric, tick
	Costs      []Costs  // by arm
	Ledger     []LedgerRow
	Unfinished int // replicates that were asked for and not done
}

// Compare runs the setup as it stands and every arm, for every replicate under the replicate's own seed
// (rng.Replicate of the setup's), and compares them pair by pair. A draw has the same address in all arms, so the worlds of
// a pair differ by what the policy causes alone.
//
// When ctx ends early, the replicates that are done in all arms are compared and ctx's error comes with them; there is no
// result if not one is done.
func Compare(ctx context.Context, setup model.Setup, arms []Arm, o Options) (*Result, error) {
	if err := faulty(arms, &o); err != nil {
		return nil, err
	}
	r := &Result{Seed: setup.Seed, First: o.BurnIn, Arms: arms, Metrics: chosen(o.Metrics, arms)}
	for _, a := range arms {
		for _, p := range a.Policies {
			if !p.Off() {
				r.First = min(r.First, max(p.From-1, 0))
			}
		}
	}
	r.Ticks = reported(r.First, o.Ticks, o.Every)
	runs := make([]*record, o.Replicates*(1+len(arms)))
	err := each(ctx, len(runs), o.Threads, func(ctx context.Context, k int) error {
		rec, err := one(ctx, setup, arms, k, r, &o)
		if err == nil {
			runs[k] = rec
		}
		return err
	})
	if err != nil && (ctx.Err() == nil || !errors.Is(err, ctx.Err())) {
		return nil, err
	}
	done := wholeReplicates(runs, 1+len(arms))
	r.Unfinished = o.Replicates - done
	if done == 0 {
		return nil, err
	}
	for k := range done {
		r.Seeds = append(r.Seeds, rng.Replicate(setup.Seed, k))
	}
	r.evaluate(runs[:done*(1+len(arms))])
	return r, err
}

// faulty says what is wrong with arms and options, all at once.
func faulty(arms []Arm, o *Options) error {
	var faults []error
	add := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	seen := []string{}
	for _, a := range arms {
		if slices.Contains(seen, a.ID) {
			add("policy %s is given twice", a.ID)
		}
		seen = append(seen, a.ID)
	}
	if len(arms) == 0 {
		add("no policy to compare")
	}
	if o.Replicates < 1 {
		add("replicates = %d: want 1 or more", o.Replicates)
	}
	if o.BurnIn < 0 || o.Ticks <= o.BurnIn {
		add("ticks = %d quarters with a burn-in of %d: want more ticks than the burn-in", o.Ticks, o.BurnIn)
	}
	if o.Every < 1 {
		add("every = %d ticks: want 1 or more", o.Every)
	}
	for _, m := range o.Metrics {
		if !slices.Contains(Metrics(), m) {
			add("metric %s does not exist", m)
		}
	}
	return errors.Join(faults...)
}

// reported lists the ticks of the effects: from the last one without a policy, every so many, and the end.
func reported(first, end, every int) []int {
	var ticks []int
	for t := first; t < end; t += every {
		ticks = append(ticks, t)
	}
	return append(ticks, end)
}

// one makes the k-th run: replicate k/(1+arms), arm k%(1+arms), of which 0 is the baseline.
func one(ctx context.Context, setup model.Setup, arms []Arm, k int, r *Result, o *Options) (*record, error) {
	replicate, arm := k/(1+len(arms)), k%(1+len(arms))-1
	setup.Seed = rng.Replicate(setup.Seed, replicate)
	var own []string
	if arm >= 0 {
		setup.Policies = slices.Concat(setup.Policies, arms[arm].Policies)
		for _, p := range arms[arm].Policies {
			own = append(own, p.ID)
		}
	}
	e, err := model.New(setup)
	if err != nil {
		if arm >= 0 {
			return nil, fmt.Errorf("policy %s: %w", arms[arm].ID, err)
		}
		return nil, err
	}
	rec := newRecord(r, arms, own)
	e.Threads = 1
	e.Observers = []sim.Observer[world.View]{rec}
	if o.Watch != nil {
		e.Observers = append(e.Observers, o.Watch)
	}
	return rec, e.Run(ctx, o.Ticks)
}

// each does jobs 0 to n-1, so many side by side. The first fault, by number of the job, comes back; jobs not begun by then
// are left.
func each(ctx context.Context, n, threads int, do func(ctx context.Context, k int) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	next := make(chan int, n)
	for k := range n {
		next <- k
	}
	close(next)
	faults := make([]error, n)
	var group sync.WaitGroup
	for range max(1, min(threads, n)) {
		group.Go(func() {
			for k := range next {
				if ctx.Err() != nil {
					faults[k] = ctx.Err()
					continue
				}
				if faults[k] = do(ctx, k); faults[k] != nil {
					stop()
				}
			}
		})
	}
	group.Wait()
	var stopped error
	for _, err := range faults {
		if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		if stopped == nil {
			stopped = err
		}
	}
	return stopped
}

// wholeReplicates counts the leading replicates of which every arm is done.
func wholeReplicates(runs []*record, arms int) int {
	for k, r := range runs {
		if r == nil {
			return k / arms
		}
	}
	return len(runs) / arms
}
