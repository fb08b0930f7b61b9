package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"agglo/model"
	"agglo/model/measure"
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/rng"
)

// ValidateOptions say how the model is held against facts.
type ValidateOptions struct {
	Seeds   int      // runs of each world, >= 1; an interval takes two
	Ticks   int      // quarters after which the statistics are taken; 0 = what the facts say
	Threads int      // runs side by side, >= 1; no result depends on it
	Only    []string // ids of facts; empty = all
	None    bool     // no fact is asked for: the folder is for something else
	// Watch is shown every tick of every run, also side by side; may be nil.
	Watch sim.Observer[world.View]
}

// Verdicts on a fact.
const (
	InBand      = "in band"
	Outside     = "outside"
	NotMeasured = "not measured" // on no seed, or on too few
	NoVerdict   = "reported"
)

// A Finding is what the model shows of a fact.
type Finding struct {
	Fact
	Value, Lo, Hi float64 // over seeds, with its 95% interval; NaN where it does not exist
	Verdict       string
	Tick          int
	Seeds         []uint64  // on which it could be measured
	Values        []float64 // seed by seed
}

// A Validation is the model beside the facts.
type Validation struct {
	Findings   []Finding
	Ticks      int
	Worlds     []string         // that were run
	Unfinished int              // runs that were asked for and not done
	Done       map[string][]int // by world: the seeds, counted from 0, whose runs are done
}

// ErrNoFact is in the error of Validate for an id that is no fact's.
var ErrNoFact = errors.New("no such fact")

// Validate runs the worlds that the facts need, each under the same seeds (rng.Replicate of the setup's own), and takes
// every fact's statistic on every run. setups are the worlds by the id of their scenario.
//
// When ctx ends early, what is done is told and ctx's error comes with it; there is no result if no run is done.
func Validate(ctx context.Context, setups map[string]model.Setup, o ValidateOptions) (*Validation, error) {
	facts, at, err := choose(o.Only)
	if err != nil {
		return nil, err
	}
	if o.Ticks > 0 {
		at = o.Ticks
	}
	if o.Seeds < 1 {
		return nil, fmt.Errorf("seeds = %d: want 1 or more", o.Seeds)
	}
	r := &Validation{Ticks: at, Worlds: WorldsOf(facts)}
	for _, id := range r.Worlds {
		if _, ok := setups[id]; !ok {
			return nil, fmt.Errorf("the facts need the world %s", id)
		}
	}
	runs := make([]*gathering, len(r.Worlds)*o.Seeds)
	wanted := func(id string) bool { return slices.ContainsFunc(facts, func(f Fact) bool { return f.ID == id }) }
	err = each(ctx, len(runs), o.Threads, func(ctx context.Context, k int) error {
		setup := setups[r.Worlds[k/o.Seeds]]
		setup.Seed = rng.Replicate(setup.Seed, k%o.Seeds)
		g := newGathering(at, setup.Seed, func(id string) bool {
			return wanted(id) && factOf(facts, id).World == r.Worlds[k/o.Seeds]
		})
		if err := g.run(ctx, setup, max(1, o.Threads/len(runs)), o.Watch); err != nil {
			return fmt.Errorf("%s, seed %d: %w", r.Worlds[k/o.Seeds], setup.Seed, err)
		}
		runs[k] = g
		return nil
	})
	if err != nil && (ctx.Err() == nil || !errors.Is(err, ctx.Err())) {
		return nil, err
	}
	done := 0
	r.Done = map[string][]int{}
	for k, g := range runs {
		if g != nil {
			done++
			id := r.Worlds[k/o.Seeds]
			r.Done[id] = append(r.Done[id], k%o.Seeds)
		}
	}
	if r.Unfinished = len(runs) - done; done == 0 {
		return nil, err
	}
	for _, f := range facts {
		k := slices.Index(r.Worlds, f.World) * o.Seeds
		r.Findings = append(r.Findings, find(f, at, runs[k:k+o.Seeds]))
	}
	return r, err
}

// ValidateWork is the number of ticks that a validation runs in all, for progress.
func ValidateWork(o ValidateOptions) int {
	facts, at, err := choose(o.Only)
	if err != nil {
		return 0
	}
	if o.Ticks > 0 {
		at = o.Ticks
	}
	work := at * len(WorldsOf(facts))
	if slices.ContainsFunc(facts, func(f Fact) bool { return f.ID == plantFact }) && at > plantTicks {
		work += plantTicks
	}
	return work * o.Seeds
}

// WorldsOf lists the ids of the worlds that facts are measured on, the one that takes longest first.
func WorldsOf(facts []Fact) []string {
	var ids []string
	for _, id := range []string{Forty, Plain} {
		if slices.ContainsFunc(facts, func(f Fact) bool { return f.World == id }) {
			ids = append(ids, id)
		}
	}
	return ids
}

// choose lists the facts asked for, all if none are, with what is told beside them, and the tick of their measurement.
func choose(only []string) ([]Fact, int, error) {
	all, at, err := Facts()
	if err != nil {
		return nil, 0, err
	}
	var faults []error
	for _, id := range only {
		if !slices.ContainsFunc(all, func(f Fact) bool { return f.ID == id }) {
			faults = append(faults, fmt.Errorf("%w: %s", ErrNoFact, id))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, 0, err
	}
	return withBeside(slices.DeleteFunc(all, func(f Fact) bool { return len(only) > 0 && !slices.Contains(only, f.ID) })), at, nil
}

// factOf is the fact of an id, empty if there is none.
func factOf(facts []Fact, id string) Fact {
	k := slices.IndexFunc(facts, func(f Fact) bool { return f.ID == id })
	if k < 0 {
		return Fact{}
	}
	return facts[k]
}

// find puts the runs' values of a fact together.
func find(f Fact, tick int, runs []*gathering) Finding {
	out := Finding{Fact: f, Value: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), Verdict: NotMeasured, Tick: tick}
	for _, g := range runs {
		if g == nil {
			continue
		}
		if x, ok := g.value[f.ID]; ok {
			out.Seeds, out.Values = append(out.Seeds, g.seed), append(out.Values, x)
		}
	}
	n := len(out.Values)
	if n == 0 {
		return out
	}
	statistic := statisticOf(f.ID, out.Values)
	picks := make([]int32, n)
	for k := range picks {
		picks[k] = int32(k)
	}
	if out.Value = statistic(picks); math.IsNaN(out.Value) {
		return out
	}
	if b := newResampling(out.Seeds[0], n); comparesSeeds(f.ID) {
		out.Lo, out.Hi = b.interval(statistic)
	} else {
		out.Lo, out.Hi = b.mean(out.Values)
	}
	switch {
	case f.Band == nil || f.Role == Reported:
		out.Verdict = NoVerdict
	case out.Value >= f.Band[0] && out.Value <= f.Band[1]:
		out.Verdict = InBand
	default:
		out.Verdict = Outside
	}
	return out
}

// comparesSeeds says whether a fact is about what seeds have in common, and no mean over them.
func comparesSeeds(id string) bool { return id == "T19a" || id == "T19b" }

// placesOfMap is the number of squares of placeKM on the plain, among which T19a's places lie.
const placesOfMap = 25

// statisticOf is how a fact's values are put together over a sample of seeds: their mean, but for the two that compare
// seeds. NaN where it does not exist.
func statisticOf(id string, values []float64) func(picks []int32) float64 {
	switch id {
	case "T19a":
		return func(picks []int32) float64 {
			place := make([]int32, len(picks))
			for k, p := range picks {
				place[k] = int32(values[p])
			}
			e, err := measure.Evenness(place, placesOfMap)
			if err != nil {
				return math.NaN()
			}
			return e
		}
	case "T19b":
		return func(picks []int32) float64 {
			mean, square := meanOf(values, picks), 0.0
			for _, p := range picks {
				square += float64((values[p] - mean) * (values[p] - mean))
			}
			if len(picks) < 2 || mean == 0 {
				return math.NaN()
			}
			return math.Sqrt(square/float64(len(picks)-1)) / mean
		}
	}
	return func(picks []int32) float64 { return meanOf(values, picks) }
}

// Count is how many facts of a role have a verdict, and how many of them are in their band.
func (r *Validation) Count(role string) (in, judged int) {
	for _, f := range r.Findings {
		if f.Role == role && (f.Verdict == InBand || f.Verdict == Outside) {
			judged++
			if f.Verdict == InBand {
				in++
			}
		}
	}
	return in, judged
}
