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
// (rng.Replicate of the setup's), and compares them pair by pair. The arms branch from the baseline where the first policy
// begins; a draw has the same address in all arms, so the worlds of a pair differ by what the policy causes alone.
//
// When ctx ends early, the replicates that are done in all arms are compared and ctx's error comes with them; there is no
// result if not one is done.
func Compare(ctx context.Context, setup model.Setup, arms []Arm, o Options) (*Result, error) {
	if err := faulty(arms, &o); err != nil {
		return nil, err
	}
	r := &Result{Seed: setup.Seed, First: o.first(arms), Arms: arms, Metrics: chosen(o.Metrics, arms)}
	r.Ticks = reported(r.First, o.Ticks, o.Every)
	runs := make([]*record, o.Replicates*(1+len(arms)))
	err := each(ctx, o.Replicates, o.Threads, func(ctx context.Context, k int) error {
		return replicate(ctx, setup, r, &o, k, runs[k*(1+len(arms)):(k+1)*(1+len(arms))])
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

// first is the last tick without any policy of the arms: the worlds of a pair are one world until then.
func (o *Options) first(arms []Arm) int {
	first := o.BurnIn
	for _, a := range arms {
		for _, p := range a.Policies {
			if !p.Off() {
				first = min(first, max(p.From-1, 0))
			}
		}
	}
	return first
}

// Work is the number of ticks that a comparison runs in all, for progress.
func (o *Options) Work(arms []Arm) int {
	first := o.first(arms)
	return o.Replicates * (first + (1+len(arms))*(o.Ticks-first))
}

// replicate makes the runs of the k-th replicate: the baseline, and the arms, which branch from it at the last tick without
// a policy. A branch gives the bits that a run of its own from tick 0 would give.
func replicate(ctx context.Context, setup model.Setup, r *Result, o *Options, k int, runs []*record) error {
	setup.Seed = rng.Replicate(setup.Seed, k)
	threads := max(1, o.Threads/o.Replicates)
	base, err := model.New(setup)
	if err != nil {
		return err
	}
	for a := range r.Arms { // a faulty arm is told before the burn-in, once
		if k > 0 {
			break
		}
		if _, _, err := branch(base, setup, &r.Arms[a]); err != nil {
			return err
		}
	}
	base.Threads = threads
	if o.Watch != nil {
		base.Observers = []sim.Observer[world.View]{o.Watch}
	}
	if err := base.Run(ctx, r.First); err != nil {
		return err
	}
	done := make([]*record, len(runs)) // the arms first, because the baseline's engine goes on
	for a := len(runs) - 1; a >= 0; a-- {
		e := base
		var own []string
		if a > 0 {
			if e, own, err = branch(base, setup, &r.Arms[a-1]); err != nil {
				return err
			}
			e.Threads = threads
		}
		done[a] = newRecord(r, r.Arms, own)
		if err := done[a].Observe(world.NewView(e.World), r.First); err != nil {
			return err
		}
		e.Observers = []sim.Observer[world.View]{later{done[a], r.First}}
		if o.Watch != nil {
			e.Observers = append(e.Observers, later{o.Watch, r.First})
		}
		if err := e.Run(ctx, o.Ticks); err != nil {
			return err
		}
	}
	copy(runs, done)
	return nil
}

// branch lets an arm go on from where the baseline stands, and lists the ids of the arm's policies.
func branch(base *model.Engine, setup model.Setup, a *Arm) (*model.Engine, []string, error) {
	setup.Policies = slices.Concat(setup.Policies, a.Policies)
	var own []string
	for _, p := range a.Policies {
		own = append(own, p.ID)
	}
	e, err := model.Branch(base, setup)
	if err != nil {
		return nil, nil, fmt.Errorf("policy %s: %w", a.ID, err)
	}
	return e, own, nil
}

// later shows an observer the ticks behind one; a branched engine shows the tick that it starts from, too.
type later struct {
	to    sim.Observer[world.View]
	after int
}

// Observe passes a later tick on.
func (l later) Observe(v world.View, tick int) error {
	if tick <= l.after {
		return nil
	}
	return l.to.Observe(v, tick)
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
