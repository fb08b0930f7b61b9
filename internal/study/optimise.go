package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"agglo/internal/fit"
	"agglo/internal/table"
	"agglo/model"
	"agglo/model/policy"
	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim"
	"agglo/sim/rng"
)

// An Optimiser looks for the best mix of instruments for some money: the same worlds, with each mix and without any.
type Optimiser struct {
	Plan  *scenarios.BudgetPlan
	Money float64 // in all, worker-years of the agents' scale

	base  *scenarios.Scenario
	setup model.Setup
	parts [][]policy.Spec // by instrument
}

// A Mixed is a mix with what it does on some worlds, pair by pair with the same worlds without it.
type Mixed struct {
	Shares  []float64 // of the budget, by instrument
	Round   int       // in which the search tried it
	Found   Look      // on the worlds of the search
	Fresh   *Look     // on other worlds; nil if it was not looked at again
	Front   bool      // on fresh worlds no other that was looked at again costs less and does as much
	Chance  float64   // of being the best of those looked at again, by the bootstrap of fresh worlds; NaN if it was not
	nothing bool
}

// A Look is what a mix does on some worlds. Absent numbers are NaN.
type Look struct {
	Score, Lo, Hi       float64   // weighted sum of effects, each in percent of the baseline; 95% interval
	P                   float64   // that the score is 0, adjusted for the number of mixes looked at again; NaN in the search
	Effects             []float64 // by goal, percent of the baseline
	EffectLo, EffectHi  []float64
	Cost, CostLo        float64 // public money spent, in the scenario's currency
	CostHi              float64
	NetCost             float64 // less taxes that came back
	scores, costs, nets []float64
	effects             [][]float64 // by goal, by world
}

// A BestMix is what an optimisation has found.
type BestMix struct {
	Mixes     []Mixed
	Searched  int // worlds of the search
	Looked    int // fresh worlds; 0 if the work was stopped before
	Choice    int // place of the search's best
	Winner    int // place of the best on fresh worlds; that of doing nothing where no mix does better
	Baselines []float64
	Stopped   bool
}

// NewOptimiser resolves a budget.
func NewOptimiser(b *scenarios.BudgetPlan) (*Optimiser, error) {
	o := &Optimiser{Plan: b, base: b.Base()}
	var err error
	if o.setup, err = o.base.Setup(scenarios.Overrides{Seed: b.Seed, Ticks: b.Ticks}); err != nil {
		return nil, err
	}
	if o.Money = o.base.WorkerYears(b.Money); b.Share > 0 {
		added, err := valueAdded(context.Background(), o.setup)
		if err != nil {
			return nil, err
		}
		o.Money = b.Share * float64(b.Years) * added
	}
	for _, name := range b.Instruments {
		specs, err := o.part(name)
		if err != nil {
			return nil, err
		}
		o.parts = append(o.parts, specs)
	}
	start, err := model.New(o.setup)
	if err != nil {
		return nil, err
	}
	even := slices.Repeat([]float64{1 / float64(len(o.parts))}, len(o.parts))
	arm := o.arm(even)
	_, _, err = branch(start, o.setup, &arm) // what is wrong with a policy is told before the runs
	return o, err
}

// part gives the policies of an instrument, an option or a file, without their money.
func (o *Optimiser) part(name string) ([]policy.Spec, error) {
	from, to := o.Plan.BurnIn+1, o.Plan.BurnIn+1+o.Plan.Years*world.TicksPerYear
	specs, option := o.base.Option(name)
	if _, known := policy.Find(name); !option && known {
		return []policy.Spec{{ID: name, Instrument: name, From: from, To: to, Budget: 1, Intensity: 1}}, nil
	}
	if text, file := o.Plan.Files[name]; !option && file {
		var err error
		if specs, err = o.base.ReadPolicies(name, []byte(text)); err != nil {
			return nil, err
		}
	}
	sum := 0.0
	for _, s := range specs {
		sum += max(s.Budget, 0)
	}
	for k := range specs {
		s := &specs[k]
		if s.From == 0 {
			s.From, s.To = from, to
		}
		if s.From <= o.Plan.BurnIn {
			return nil, fmt.Errorf("instrument %s: its policy %s begins at tick %d, within the burn-in of %d", name, s.ID, s.From, o.Plan.BurnIn)
		}
		if sum > 0 { // shares of the money as they were
			s.Budget = max(s.Budget, 0) / sum
		} else {
			s.Budget = 1 / float64(len(specs))
		}
	}
	return specs, nil
}

// arm makes the policies of a mix.
func (o *Optimiser) arm(shares []float64) Arm {
	a := Arm{ID: "mix"}
	for j, share := range shares {
		for _, s := range o.parts[j] {
			if s.Budget *= share * o.Money; s.Budget > 0 {
				s.ID = fmt.Sprintf("%s.%d", s.ID, j+1) // two options may have parts of one name
				a.Policies = append(a.Policies, s)
			}
		}
	}
	return begin(a, o.setup.Policies, o.Plan.BurnIn)
}

// Base is the setup without any mix.
func (o *Optimiser) Base() model.Setup { return o.setup }

// Settings are what decides on the results, beside scenario, seed and ticks.
func (o *Optimiser) Settings() any {
	b := o.Plan
	return struct {
		Budget      float64           `json:"budget_worker_years"`
		Years       int               `json:"years"`
		BurnIn      int               `json:"burn_in"`
		Instruments []string          `json:"instruments"`
		Files       map[string]string `json:"policy_files"`
		Objective   []scenarios.Goal  `json:"objective"`
		Evaluations int               `json:"evaluations"`
		Replicates  int               `json:"replicates"`
		Fresh       int               `json:"fresh"`
	}{o.Money, b.Years, b.BurnIn, b.Instruments, b.Files, b.Objective, b.Evaluations, b.Replicates, b.Fresh}
}

// mixesPerRun is how many mixes share a burn-in: a run that is lost costs so many.
const mixesPerRun = 10

// chunks is the number of runs for mixes in one world.
func chunks(mixes int) int { return (mixes + mixesPerRun - 1) / mixesPerRun }

// Work is the number of ticks that the work takes at most.
func (o *Optimiser) Work() int {
	b, horizon := o.Plan, o.setup.Ticks-o.Plan.BurnIn
	of := func(mixes, worlds int) int {
		return worlds * (chunks(mixes)*(b.BurnIn+horizon) + mixes*horizon)
	}
	return of(b.Evaluations+4*mixesPerRun, b.Replicates) + of(mostAgain, b.Fresh)
}

// look tries mixes on worlds: by mix, by world, the goals, the public money and the taxes; nil where a run failed. The first is
// the world without any mix.
func (o *Optimiser) look(ctx context.Context, q *Inquiry, w Work, name string, mixes [][]float64, worlds int, seed uint64) ([][][]float64, error) {
	n := chunks(len(mixes))
	outcomes := []string{"cost", "taxes"}
	for k := range o.Plan.Objective {
		outcomes = append(outcomes, fmt.Sprintf("goal_%d", k+1))
	}
	for j := range o.parts {
		outcomes = append(outcomes, fmt.Sprintf("share_%d", j+1))
	}
	points := make([][]float64, n) // nothing of the scenario changes
	rows, err := q.Do(ctx, Round{
		Name: name, Points: points, Replicates: worlds, Outcomes: outcomes, Rows: mixesPerRun + 1,
		Seed: func(run int) uint64 { return rng.Replicate(seed, run%worlds) },
		Do: func(ctx context.Context, run int, seed uint64, threads int, at *RunFault) ([][]float64, error) {
			from := run / worlds * mixesPerRun
			return o.worlds(ctx, mixes[from:min(from+mixesPerRun, len(mixes))], seed, threads, w.Watch, at)
		},
	}, w)
	if err != nil {
		return nil, err
	}
	out := make([][][]float64, 1+len(mixes))
	for m := range out {
		out[m] = make([][]float64, worlds)
		for k := range worlds {
			at, row := 0, 0
			if m > 0 {
				at, row = (m-1)/mixesPerRun, 1+(m-1)%mixesPerRun
			}
			if one := rows[at*worlds+k]; one != nil {
				if m > 0 && !slices.Equal(one[row][2+len(o.Plan.Objective):], mixes[m-1]) {
					return nil, fmt.Errorf("%s: round %s holds other mixes", q.Dir, name)
				}
				out[m][k] = one[row]
			}
		}
	}
	return out, nil
}

// worlds runs one world without and with each mix, from one burn-in.
func (o *Optimiser) worlds(ctx context.Context, mixes [][]float64, seed uint64, threads int, watch sim.Observer[world.View], at *RunFault) ([][]float64, error) {
	setup := o.setup
	setup.Seed = seed
	at.Stage = stageStart
	start, err := model.NewContext(ctx, setup)
	if err != nil {
		return nil, err
	}
	start.Threads, at.Stage, at.Tick = threads, stageRun, 0
	trunk := o.purse(nil)
	watched := func(e *model.Engine, p *purse, after int) {
		e.Observers = []sim.Observer[world.View]{later{p, after}}
		if watch != nil {
			e.Observers = append(e.Observers, later{watch, after})
		}
		e.Observers = append(e.Observers, at)
	}
	watched(start, trunk, -1)
	if err := start.Run(ctx, o.Plan.BurnIn); err != nil {
		return nil, err
	}
	var out [][]float64
	for _, shares := range append([][]float64{make([]float64, len(o.parts))}, mixes...) {
		arm := o.arm(shares)
		at.Policy = o.Name(&Mixed{Shares: shares})
		e, own, err := branch(start, setup, &arm)
		if err != nil {
			return nil, err
		}
		p := trunk.branch(own)
		watched(e, p, o.Plan.BurnIn)
		if err := e.Run(ctx, setup.Ticks); err != nil {
			return nil, err
		}
		money := o.setup.Setting.Scale * o.setup.Setting.Currency.LabourCost
		row := append([]float64{p.cost * money, p.taxes * money}, p.goals...)
		out = append(out, append(row, shares...))
	}
	return out, nil
}

// A purse reads a run: the goals, the public money of the mix and the taxes since the burn-in. It is an observer.
type purse struct {
	o           *Optimiser
	gauge       *output.Gauge
	own         []string // ids of the mix's policies
	goals       []float64
	cost, taxes float64 // worker-years at the agents' scale
}

func (o *Optimiser) purse(own []string) *purse {
	p := &purse{o: o, own: own, goals: make([]float64, len(o.Plan.Objective))}
	var metrics []string
	for k, g := range o.Plan.Objective {
		metrics = append(metrics, g.Metric)
		p.goals[k] = math.NaN()
	}
	p.gauge = output.NewGauge(metrics, len(metrics))
	return p
}

func (p *purse) branch(own []string) *purse {
	c := *p
	c.own, c.gauge, c.goals = own, p.gauge.Clone(), slices.Clone(p.goals)
	return &c
}

// Observe reads a tick. What is counted over a period is counted from the burn-in on.
func (p *purse) Observe(v world.View, tick int) error {
	if err := p.gauge.Observe(v, tick); err != nil {
		return err
	}
	for k, g := range p.o.Plan.Objective {
		if tick == p.o.Plan.BurnIn {
			p.gauge.Row(v, k)
		} else if tick == g.At {
			p.goals[k] = p.gauge.Row(v, k)[k]
		}
	}
	if tick <= p.o.Plan.BurnIn {
		return nil
	}
	p.taxes += v.Money().TaxRevenue
	for k := range v.Policies() {
		if e := v.Ledger(k); slices.Contains(p.own, e.Policy) {
			p.cost += e.Now.Sum()
			p.taxes += e.Now.Forgone // taxes not asked for are in the cost already
		}
	}
	return nil
}

// Run does the work. When ctx ends early what the search found so far comes with ctx's error.
func (o *Optimiser) Run(ctx context.Context, q *Inquiry, w Work) (*BestMix, error) {
	b := &BestMix{Searched: o.Plan.Replicates}
	search := fit.Mixes{Parts: len(o.parts), Points: o.Plan.Evaluations, Seed: o.setup.Seed}
	_, err := search.Search(ctx, func(ctx context.Context, round int, mixes [][]float64) (scores []float64, err error) {
		rows, err := o.look(ctx, q, w, fmt.Sprintf("%03d", round), mixes, o.Plan.Replicates, o.setup.Seed)
		if err != nil {
			return nil, err
		}
		for k, shares := range mixes {
			l, err := o.score(b, rows[0], rows[1+k])
			if err != nil {
				return nil, err
			}
			b.Mixes = append(b.Mixes, Mixed{Shares: shares, Round: round, Found: *l, Chance: math.NaN(), nothing: allZero(shares)})
			scores = append(scores, l.Score)
		}
		return scores, nil
	})
	if err == nil {
		err = o.again(ctx, q, w, b)
	}
	if b.Stopped = err != nil; err != nil && (ctx.Err() == nil || !errors.Is(err, ctx.Err()) || len(b.Mixes) == 0) {
		return nil, err
	}
	return b, err
}

func allZero(shares []float64) bool {
	return !slices.ContainsFunc(shares, func(x float64) bool { return x != 0 })
}

// Finish writes the tables and completes the folder.
func (o *Optimiser) Finish(q *Inquiry, b *BestMix, took time.Duration) error {
	return q.finish(o.tables(b), func(*table.Writer) {}, !b.Stopped, took)
}
