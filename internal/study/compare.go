// Package study answers questions that take many runs. Compare sets policies beside the world without them: the same
// worlds, the same luck, one difference.
package study

import (
	"context"
	"errors"
	"fmt"
	"math"
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
	Replicates int      // pairs of worlds, >= 1; an interval takes two; not read when Until is set
	Until      *Until   // pairs are added until an effect is known well enough; nil = as many as Replicates
	Ticks      int      // quarters, > BurnIn
	BurnIn     int      // quarters before the policies begin
	Every      int      // quarters between the rows of effects, >= 1
	Threads    int      // runs side by side, >= 1; no result depends on it
	Metrics    []string // of Metrics(); empty = all
	Pairs      *Pairs   // that are there, and where those that are done stay; nil = nowhere
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
	Pairs      []Pair   // by arm, replicate
	Ledger     []LedgerRow
	Partings   []Parting // by replicate, arm
	Unfinished int       // replicates that were asked for and not done; with Until, those of the round that was broken off
	scale      float64   // real firms an agent stands for
	Until      *Until    // what decided on the number of pairs; nil = it was given
	Widest     float64   // half width that Until asked for as it was in the end, %
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
	r := &Result{Seed: setup.Seed, scale: setup.Setting.Scale, First: o.First(arms), Arms: arms, Metrics: chosen(o.Metrics, arms)}
	r.Ticks = reported(r.First, o.Ticks, o.Every, arms)
	var runs []*record
	for {
		k, n := len(r.Seeds), o.Replicates
		if o.Until != nil {
			n = min(k+round, o.Until.Most)
		}
		more, err := r.pairs(ctx, setup, &o, k, n)
		runs = append(runs, more...)
		for at := k; at < len(runs)/(1+len(arms)); at++ {
			r.Seeds = append(r.Seeds, rng.Replicate(setup.Seed, at))
		}
		if err != nil && (ctx.Err() == nil || !errors.Is(err, ctx.Err()) || len(r.Seeds) == 0) {
			return nil, err
		}
		r.Unfinished = n - len(r.Seeds)
		if o.Until != nil {
			r.Until, r.Widest = o.Until, r.widest(o.Until, runs)
		}
		if err != nil || o.Until == nil || r.Widest <= o.Until.HalfWidth || n == o.Until.Most {
			r.evaluate(runs)
			return r, err
		}
	}
}

// pairs runs the replicates from k to n-1 and gives the runs of those that are whole, up to the first that is not.
func (r *Result) pairs(ctx context.Context, setup model.Setup, o *Options, k, n int) ([]*record, error) {
	width := 1 + len(r.Arms)
	runs, parted := make([]*record, (n-k)*width), make([][]Parting, n-k)
	var left []int
	for at := range n - k {
		if pair := o.Pairs.pair(k + at); pair.records(runs[at*width : (at+1)*width]) {
			parted[at] = pair.Partings
		} else {
			left = append(left, at)
		}
	}
	err := each(ctx, len(left), o.Threads, func(ctx context.Context, job int) (err error) {
		at := left[job]
		parted[at], err = r.replicate(ctx, setup, o, max(1, o.Threads/len(left)), k+at, runs[at*width:(at+1)*width])
		return err
	})
	done := wholeReplicates(runs, width)
	for _, p := range parted[:done] {
		r.Partings = append(r.Partings, p...)
	}
	return runs[:done*width], err
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
	switch u := o.Until; {
	case u == nil && o.Replicates < 1:
		add("replicates = %d: want 1 or more", o.Replicates)
	case u != nil && u.Most < 2:
		add("at most %d pairs: want 2 or more", u.Most)
	case u != nil && !(u.HalfWidth > 0):
		add("half width = %g%%: want above 0", u.HalfWidth)
	case u != nil && u.Metric == publicCost:
		add("metric %s: pairs cannot be added until it is known; it is what is decided, no effect", u.Metric)
	case u != nil && u.Metric != "" && !slices.Contains(Metrics(), u.Metric):
		add("metric %s does not exist", u.Metric)
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

// reported lists the ticks of the effects: from the last one without a policy, every so many, a year on and the last ticks of policies,
// and the end.
func reported(first, end, every int, arms []Arm) []int {
	ticks := []int{end}
	for t := first; t < end; t += every {
		ticks = append(ticks, t)
	}
	for k := range arms {
		ticks = append(ticks, max(scheduled(&arms[k], end), first), min(begins(&arms[k], first)+world.TicksPerYear, end))
	}
	slices.Sort(ticks)
	return slices.Compact(ticks)
}

// First is the last tick without any policy of the arms: the worlds of a pair are one world until then.
func (o *Options) First(arms []Arm) int {
	first := o.BurnIn
	for k := range arms {
		first = min(first, max(before(&arms[k]), 0))
	}
	return first
}

// before is the last tick before the policies of an arm; beyond all ticks where it has none.
func before(a *Arm) int {
	tick := math.MaxInt
	for k := range a.Policies {
		if p := &a.Policies[k]; !p.Off() {
			tick = min(tick, p.From-1)
		}
	}
	return tick
}

// begins is before of an arm among others, whose policies begin behind first at the earliest; first where it has none.
func begins(a *Arm, first int) int {
	if tick := before(a); tick < math.MaxInt {
		return max(tick, first)
	}
	return first
}

// BeginOf is the last tick before a policy's first one; no policy is before First.
func (r *Result) BeginOf(policy string) int {
	if k := slices.IndexFunc(r.Arms, func(a Arm) bool { return a.ID == policy }); k >= 0 {
		return begins(&r.Arms[k], r.First)
	}
	return r.First
}

// Work is the number of ticks that a comparison is still to run in all, at most, for progress.
func (o *Options) Work(arms []Arm) int {
	first := o.First(arms)
	pairs := o.Replicates
	if o.Until != nil {
		pairs = o.Until.Most
	}
	return (pairs - o.Pairs.Held(pairs)) * (first + (1+len(arms))*(o.Ticks-first))
}

// replicate makes the runs of the k-th replicate: the baseline, and the arms, which branch from it at the last tick without
// a policy. A branch gives the bits that a run of its own from tick 0 would give. It tells where the histories part.
func (r *Result) replicate(ctx context.Context, setup model.Setup, o *Options, threads, k int, runs []*record) ([]Parting, error) {
	setup.Seed = rng.Replicate(setup.Seed, k)
	start, err := model.NewContext(ctx, setup)
	if err != nil {
		return nil, err
	}
	for a := range r.Arms { // a faulty arm is told before the burn-in, once
		if k > 0 {
			break
		}
		if _, _, err := branch(start, setup, &r.Arms[a]); err != nil {
			return nil, err
		}
	}
	start.Threads = threads
	if o.Watch != nil {
		start.Observers = []sim.Observer[world.View]{o.Watch}
	}
	if err := start.Run(ctx, r.First); err != nil {
		return nil, err
	}
	done := make([]*record, len(runs))
	for a := range runs {
		if done[a], err = r.history(ctx, start, setup, o, a); err != nil {
			return nil, err
		}
	}
	var parted []Parting
	for a := range r.Arms {
		p, err := r.parting(ctx, start, setup, a, k, done[1+a], done[0])
		if err != nil {
			return nil, err
		}
		parted = append(parted, p...)
		done[1+a].traced, done[1+a].wasted = wasted(done[1+a].census[a], done[0].census[a], setup.Setting.Scale)
	}
	for _, d := range done { // what is large goes: a comparison may have hundreds of pairs
		d.books, d.census, d.prints = books{}, nil, nil
	}
	if o.Pairs != nil {
		if err := o.Pairs.keep(k, keptOf(done, parted)); err != nil {
			return nil, err
		}
	}
	copy(runs, done)
	return parted, nil
}

// history runs on from the start to the end: the baseline for run = 0, then the arms.
func (r *Result) history(ctx context.Context, start *model.Engine, setup model.Setup, o *Options, run int) (*record, error) {
	arm := Arm{}
	if run > 0 {
		arm = r.Arms[run-1]
	}
	e, own, err := branch(start, setup, &arm)
	if err != nil {
		return nil, err
	}
	rec := newRecord(r, r.Arms, own)
	for k := range r.Arms {
		if run == 0 || run == 1+k {
			rec.ends[k] = scheduled(&r.Arms[k], o.Ticks)
		}
	}
	if err := rec.Observe(world.NewView(e.World), r.First); err != nil {
		return nil, err
	}
	e.Observers = []sim.Observer[world.View]{later{rec, r.First}}
	if o.Watch != nil {
		e.Observers = append(e.Observers, later{o.Watch, r.First})
	}
	return rec, e.Run(ctx, o.Ticks)
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
