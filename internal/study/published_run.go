package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"agglo/model"
	"agglo/model/policy"
	"agglo/model/world"
	"agglo/scenarios"
	"agglo/sim"
	"agglo/sim/rng"
)

// PublishedOptions say how the model is held against published effects.
type PublishedOptions struct {
	Seeds   int      // worlds, >= 1; an interval takes two
	Threads int      // worlds side by side, >= 1; no result depends on it
	Only    []string // ids of effects; empty = all
	Seed    *uint64  // of all draws; nil = the scenario's
	// Set is shown the scenario before it is resolved, for parameters of the command line; may be nil.
	Set func(s *scenarios.Scenario) error
	// Watch is shown every tick of every run, also side by side; may be nil.
	Watch sim.Observer[world.View]
}

// Verdicts on a published effect.
const (
	AsPublished = "as published"
	Otherwise   = "otherwise"
)

// A PublishedFinding is what the model shows of a published effect. Absent numbers are NaN.
type PublishedFinding struct {
	PublishedEffect
	Instrument       string  // of its arm
	Unit             string  // of the numbers
	Value, Lo, Hi    float64 // told as the study tells it, mean over worlds with its 95% interval
	Twin             float64 // the same less what it says in the world without the policy: what the policy causes
	TwinLo, TwinHi   float64
	Found            string // +, -, 0 or ?
	Verdict          string
	Seeds            []uint64 // on which it exists
	Values, TwinEach []float64
}

// A Trial is an instrument in the whole region: what it does to value added in its five years, against the twin.
type Trial struct {
	Arm, Instrument string
	Effect, Lo, Hi  float64 // % of value added, mean over the years
	Works           bool    // the interval lies above 0
}

// PublishedRun is the model beside the published effects.
type PublishedRun struct {
	Findings   []PublishedFinding
	Trials     []Trial
	Seeds      int   // asked for
	Unfinished int   // worlds that were asked for and not done
	Done       []int // the seeds, counted from 0, whose worlds are done
	Ticks      int   // of a world in all
}

// publishedPlan is what is to be run, resolved.
type publishedPlan struct {
	*Published
	setup  model.Setup
	specs  []policy.Spec // by arm
	follow int           // years that the baseline is followed
}

// planPublished resolves scenario and policies. All faults come back at once.
func planPublished(o *PublishedOptions) (*publishedPlan, error) {
	file, err := ReadPublished(o.Only)
	if err != nil {
		return nil, err
	}
	s, err := file.world()
	if err != nil {
		return nil, err
	}
	if o.Set != nil {
		if err := o.Set(s); err != nil {
			return nil, err
		}
	}
	p := &publishedPlan{Published: file}
	for _, a := range file.Arms {
		p.follow = max(p.follow, a.Follow)
	}
	if p.setup, err = settle(s, o.Seed, file.Branch+p.follow*world.TicksPerYear); err != nil {
		return nil, err
	}
	added, err := valueAdded(context.Background(), p.setup)
	if err != nil {
		return nil, err
	}
	var faults []error
	for k := range file.Arms {
		spec, err := file.policyOf(s, &file.Arms[k], added)
		p.specs, faults = append(p.specs, spec), append(faults, err)
	}
	return p, errors.Join(faults...)
}

// ticks is the number of ticks that a world takes with all arms.
func (p *publishedPlan) ticks() int {
	sum := p.Branch + p.follow*world.TicksPerYear
	for _, a := range p.Arms {
		sum += a.Follow * world.TicksPerYear
	}
	return sum
}

// PublishedWork is the number of ticks that is run in all, for progress, with the setup of the worlds; and all that is wrong.
func PublishedWork(o PublishedOptions) (int, model.Setup, error) {
	p, err := planPublished(&o)
	if err != nil {
		return 0, model.Setup{}, err
	}
	return o.Seeds * p.ticks(), p.setup, nil
}

// publishedReadings are what one world says: by effect as told and as the twin tells it, by arm the change of value added.
type publishedReadings struct {
	seed               uint64
	told, caused, work []float64
}

// RunPublished runs a world for every seed, lets every arm branch from it, and tells every effect as its study told it.
//
// When ctx ends early, what is done is told and ctx's error comes with it; there is no result if no world is done.
func RunPublished(ctx context.Context, o PublishedOptions) (*PublishedRun, error) {
	if o.Seeds < 1 {
		return nil, fmt.Errorf("seeds = %d: want 1 or more", o.Seeds)
	}
	p, err := planPublished(&o)
	if err != nil {
		return nil, err
	}
	all := make([]*publishedReadings, o.Seeds)
	err = each(ctx, o.Seeds, o.Threads, func(ctx context.Context, k int) error {
		var err error
		all[k], err = p.replicate(ctx, k, o.Watch)
		return err
	})
	if err != nil && (ctx.Err() == nil || !errors.Is(err, ctx.Err())) {
		return nil, err
	}
	var seeds []int
	for k := range all {
		if all[k] != nil {
			seeds = append(seeds, k)
		}
	}
	done := slices.DeleteFunc(all, func(r *publishedReadings) bool { return r == nil })
	if len(done) == 0 {
		return nil, err
	}
	r := &PublishedRun{Seeds: o.Seeds, Unfinished: o.Seeds - len(done), Done: seeds, Ticks: p.ticks()}
	for k := range p.Effects {
		r.Findings = append(r.Findings, p.judge(&p.Effects[k], done, k))
	}
	for k, a := range p.Arms {
		r.Trials = append(r.Trials, trial(&a, done, k))
	}
	if len(r.Trials) > 1 {
		r.Findings = append(r.Findings, r.every(done))
	}
	return r, err
}

// everyInstrument is the id of the row by which a model is rejected in which every instrument works.
const everyInstrument = "ALL"

// every is that row. It is of numbers of instruments, without an interval.
func (r *PublishedRun) every(done []*publishedReadings) PublishedFinding {
	working, tried := r.Working()
	none := math.NaN()
	f := PublishedFinding{
		PublishedEffect: PublishedEffect{
			ID: everyInstrument, Statistic: "not every instrument raises the region's value added beyond chance", Expected: fmt.Sprintf("<%d", tried),
			Of: Measurement{Outcome: "value_added", By: byWorld}, Smallest: 1, Role: HeldOut, Source: "nulls of E4, E6, E10, E11, E12, E19, E29, E35",
		},
		Instrument: fmt.Sprintf("all %d", tried), Unit: "instruments", Value: float64(working), Lo: none, Hi: none, Twin: none, TwinLo: none,
		TwinHi: none, Found: fmt.Sprint(working), Verdict: AsPublished,
	}
	if r.Rejected() {
		f.Verdict = Otherwise
	}
	for _, x := range done {
		f.Seeds, f.Values, f.TwinEach = append(f.Seeds, x.seed), append(f.Values, none), append(f.TwinEach, none)
	}
	return f
}

// replicate runs a world and its arms, one after another, and reads all effects.
func (p *publishedPlan) replicate(ctx context.Context, k int, watch sim.Observer[world.View]) (*publishedReadings, error) {
	const year = world.TicksPerYear
	setup := p.setup
	setup.Seed = rng.Replicate(setup.Seed, k)
	base, err := model.NewContext(ctx, setup)
	if err != nil {
		return nil, err
	}
	base.Threads = 1
	before := newPanel(p.Branch)
	base.Observers = []sim.Observer[world.View]{later{before, p.Branch - year - 1}}
	if watch != nil {
		base.Observers = append(base.Observers, watch)
	}
	if err := base.Run(ctx, p.Branch); err != nil {
		return nil, err
	}
	start, err := model.Branch(base, setup)
	if err != nil {
		return nil, err
	}
	without := before.clone()
	base.Observers[0] = without
	if err := base.Run(ctx, p.Branch+p.follow*year); err != nil {
		return nil, err
	}
	r := &publishedReadings{seed: setup.Seed, told: make([]float64, len(p.Effects)), caused: make([]float64, len(p.Effects))}
	with := make([]*panel, len(p.Arms))
	for a := range p.Arms {
		own := setup
		own.Policies = slices.Concat(setup.Policies, p.specs[a:a+1])
		e, err := model.Branch(start, own)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Arms[a].ID, err)
		}
		e.Threads, with[a] = 1, before.clone()
		e.Observers = []sim.Observer[world.View]{later{with[a], p.Branch}}
		if watch != nil {
			e.Observers = append(e.Observers, later{watch, p.Branch})
		}
		if err := e.Run(ctx, p.Branch+p.Arms[a].Follow*year); err != nil {
			return nil, err
		}
		whole := Measurement{Outcome: "value_added", By: byWorld, Years: [2]int{1, defaultYears}}
		r.work = append(r.work, whole.estimate(with[a], without, nil))
	}
	for n := range p.Effects {
		p.read(&p.Effects[n], with, without, r, n)
	}
	return r, nil
}

// read tells an effect from the panels of a world.
func (p *publishedPlan) read(e *PublishedEffect, with []*panel, without *panel, r *publishedReadings, n int) {
	armOf := func(m *Measurement) int {
		return slices.IndexFunc(p.Arms, func(a PublishedArm) bool { return a.ID == m.Arm })
	}
	r.told[n] = e.told(func(m *Measurement) float64 {
		a := armOf(m)
		return m.estimate(with[a], without, &p.specs[a].Target)
	})
	r.caused[n] = r.told[n] - e.told(func(m *Measurement) float64 {
		return m.estimate(without, without, &p.specs[armOf(m)].Target)
	})
}

// judge puts the worlds' values of an effect together.
func (p *publishedPlan) judge(e *PublishedEffect, done []*publishedReadings, n int) PublishedFinding {
	none := math.NaN()
	f := PublishedFinding{PublishedEffect: *e, Unit: unitOfOutcome(e.Of.Outcome), Value: none, Lo: none, Hi: none, Twin: none, TwinLo: none, TwinHi: none,
		Found: "?", Verdict: Undecided}
	for _, m := range []*Measurement{&e.Of, e.Less} {
		if m == nil {
			continue
		}
		k := slices.IndexFunc(p.Arms, func(a PublishedArm) bool { return a.ID == m.Arm })
		if x := p.Arms[k].Instrument; !strings.Contains(f.Instrument, x) {
			f.Instrument = strings.TrimPrefix(f.Instrument+", "+x, ", ")
		}
	}
	for _, r := range done {
		if !math.IsNaN(r.told[n]) {
			f.Seeds, f.Values, f.TwinEach = append(f.Seeds, r.seed), append(f.Values, r.told[n]), append(f.TwinEach, r.caused[n])
		}
	}
	if len(f.Values) == 0 {
		f.Verdict = NotMeasured
		return f
	}
	b := newResampling(p.setup.Seed, len(f.Values))
	f.Value, f.Lo, f.Hi = b.estimate(f.Values)
	f.Twin, f.TwinLo, f.TwinHi = b.estimate(f.TwinEach)
	f.Found = signOf(f.Lo, f.Hi, e.Smallest)
	switch f.Found {
	case "?":
	case e.Expected:
		f.Verdict = AsPublished
	default:
		f.Verdict = Otherwise
	}
	return f
}

// signOf reads an interval: a null when all of it is nearer to 0 than the smallest effect of interest, else the sign of the
// side of 0 on which all of it lies, else ?.
func signOf(lo, hi, smallest float64) string {
	switch {
	case lo > -smallest && hi < smallest:
		return "0"
	case lo > 0:
		return "+"
	case hi < 0:
		return "-"
	}
	return "?"
}

// trial tells what an arm does to the whole region.
func trial(a *PublishedArm, done []*publishedReadings, k int) Trial {
	x := make([]float64, len(done))
	for n, r := range done {
		x[n] = r.work[k]
	}
	t := Trial{Arm: a.ID, Instrument: a.Instrument}
	t.Effect, t.Lo, t.Hi = newResampling(done[0].seed, len(x)).estimate(x)
	t.Works = t.Lo > 0
	return t
}

// Working counts the instruments that raise the region's value added beyond chance, and those that were tried. A model in which
// every one of several does is rejected: published studies find no effect of many.
func (r *PublishedRun) Working() (working, tried int) {
	for _, t := range r.Trials {
		if t.Works {
			working++
		}
	}
	return working, len(r.Trials)
}

// Rejected says whether every instrument that was tried works; one alone says nothing.
func (r *PublishedRun) Rejected() bool {
	working, tried := r.Working()
	return tried > 1 && working == tried
}

// Count is how many counted effects with a published sign, or nulls, came out as published, otherwise, or undecided.
func (r *PublishedRun) Count(nulls bool) (as, otherwise, undecided int) {
	for _, f := range r.Findings {
		if !f.Counted() || f.ID == everyInstrument || (f.Expected == "0") != nulls {
			continue
		}
		switch f.Verdict {
		case AsPublished:
			as++
		case Otherwise:
			otherwise++
		default:
			undecided++
		}
	}
	return as, otherwise, undecided
}
