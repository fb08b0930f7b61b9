package study

import (
	"context"
	"time"

	"agglo/model"
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/rng"
)

// Estimate says what the pairs of a comparison take that are not there; with auto at most. Its runs are pairs.
func (o Options) Estimate(ctx context.Context, setup model.Setup, arms []Arm, patience time.Duration) (Estimate, error) {
	if err := faulty(arms, &o); err != nil {
		return Estimate{}, err
	}
	pairs := o.Replicates
	if o.Until != nil {
		pairs = o.Until.Most
	}
	left := pairs - o.Pairs.Held(pairs)
	if left == 0 {
		return Estimate{Threads: 1, Memory: held()}, nil
	}
	r := &Result{First: o.First(arms), Arms: arms, Metrics: chosen(o.Metrics, arms)}
	r.Ticks = reported(r.First, o.Ticks, o.Every, arms)
	return estimate(ctx, left, int64(o.Work(arms)), o.Threads, comparedWorlds, r.First, patience,
		func(ctx context.Context, threads int, watch sim.Observer[world.View], _ *RunFault) error {
			one := o
			one.Pairs, one.Watch = nil, watch
			_, err := r.replicate(ctx, setup, &one, threads, 0, make([]*record, 1+len(arms)))
			return err
		})
}

// A kind is runs of one sort among several that an estimate is of.
type kind struct {
	runs  int
	ticks int64 // in all
	pilot func(ctx context.Context, watch sim.Observer[world.View]) error
}

// leastPilot is how long the pilot of a kind of runs may take at least: starting a world takes some tenths of it.
const leastPilot = time.Second

// estimateAll is estimate of runs of several kinds, which do not work inside on several threads. Their pilots share the time. worlds are
// those that a run keeps; the pilot may not come so far.
func estimateAll(ctx context.Context, kinds []kind, threads, worlds int, patience time.Duration) (Estimate, error) {
	var all Estimate
	before := held()
	for _, k := range kinds {
		if k.runs == 0 {
			continue
		}
		e, err := estimate(ctx, k.runs, k.ticks, threads, 1, 0, max(patience/time.Duration(len(kinds)), leastPilot),
			func(ctx context.Context, _ int, watch sim.Observer[world.View], _ *RunFault) error {
				return k.pilot(ctx, watch)
			})
		if err != nil {
			return all, err
		}
		all.Runs, all.Ticks, all.Seconds = all.Runs+e.Runs, all.Ticks+e.Ticks, all.Seconds+e.Seconds
		all.PilotTicks, all.PilotSeconds = all.PilotTicks+e.PilotTicks, all.PilotSeconds+e.PilotSeconds
	}
	all.Threads = max(1, min(threads, all.Runs))
	all.Memory = before + int64(all.Threads*worlds)*(held()-before) + tablesMemory
	return all, nil
}

// Estimate says what the pairs of the tests take that are not there. Its runs are worlds with all that branches from them.
func (p *ClaimsPlan) Estimate(ctx context.Context, o ClaimOptions, patience time.Duration) (Estimate, error) {
	var kinds []kind
	for _, w := range p.worlds {
		n := w.pairs(o.Replicates)
		left := n - o.Pairs.Held(n)
		kinds = append(kinds, kind{left, int64(left * w.work()), func(ctx context.Context, watch sim.Observer[world.View]) error {
			_, err := w.replicate(ctx, p.tests, 0, watch)
			return err
		}})
	}
	return estimateAll(ctx, kinds, o.Threads, branchingWorlds, patience)
}

// EstimateValidation says what facts on these worlds, and published effects, take.
func EstimateValidation(ctx context.Context, setups map[string]model.Setup, o ValidateOptions, of PublishedOptions, patience time.Duration) (Estimate, error) {
	facts, at, err := choose(o.Only)
	if err != nil {
		return Estimate{}, err
	}
	if o.Ticks > 0 {
		at = o.Ticks
	}
	var kinds []kind
	if !o.None {
		for _, id := range WorldsOf(facts) {
			wanted := func(fact string) bool { return factOf(facts, fact).World == id }
			ticks := at
			if wanted(plantFact) && at > plantTicks {
				ticks += plantTicks
			}
			kinds = append(kinds, kind{o.Seeds, int64(o.Seeds * ticks), func(ctx context.Context, watch sim.Observer[world.View]) error {
				setup := setups[id]
				setup.Seed = rng.Replicate(setup.Seed, 0)
				return newGathering(at, setup.Seed, wanted).run(ctx, setup, 1, watch)
			}})
		}
	}
	if of.Seeds > 0 {
		p, err := planPublished(&of)
		if err != nil {
			return Estimate{}, err
		}
		kinds = append(kinds, kind{of.Seeds, int64(of.Seeds * p.ticks()), func(ctx context.Context, watch sim.Observer[world.View]) error {
			_, err := p.replicate(ctx, 0, watch)
			return err
		}})
	}
	return estimateAll(ctx, kinds, o.Threads, branchingWorlds, patience)
}

// EstimateSwitches says what assumptions that are switched off take, all in worlds like the first.
func EstimateSwitches(ctx context.Context, setups []model.Setup, o ValidateOptions, patience time.Duration) (Estimate, error) {
	runs := len(setups) * o.Seeds
	return estimateAll(ctx, []kind{{runs, int64(runs * o.Ticks), func(ctx context.Context, watch sim.Observer[world.View]) error {
		e, err := model.NewContext(ctx, setups[0])
		if err != nil {
			return err
		}
		e.Threads, e.Observers = 1, []sim.Observer[world.View]{watch}
		return e.Run(ctx, o.Ticks)
	}}}, o.Threads, 1, patience)
}
