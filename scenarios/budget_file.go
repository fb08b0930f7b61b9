package scenarios

import (
	"fmt"
	"math"
	"slices"

	"go.yaml.in/yaml/v4"
)

// A BudgetPlan asks for the best mix of instruments for some money.
type BudgetPlan struct {
	*Experiment          // replicates are those of the search
	Money       float64  // in all, in the scenario's currency; 0 if Share is given
	Share       float64  // of the region's yearly value added at tick 0, for each year; 0 if Money is given
	Years       int      // in which it is spent, from the burn-in's end
	Instruments []string // instruments, or options of the scenario
	Objective   []Goal
	Evaluations int // mixes that are tried
	Fresh       int // replicates of the second look, on other seeds
}

// A Goal is a part of what is wanted.
type Goal struct {
	Metric string
	At     int     // tick; the last if the file does not say
	Weight float64 // of one percent of the baseline, below 0 if less is better
}

// What a budget has if the file does not say.
const (
	usualBurnIn      = 40
	usualHorizon     = 40 // ticks behind it
	usualYears       = 5
	usualPairs       = 12
	usualFresh       = 40
	usualEvaluations = 80
	mostEvaluations  = 100_000
	mostInstruments  = 30
)

// budgetReader reads BUDGET.yaml.
type budgetReader struct {
	*experimentReader
	b *BudgetPlan
}

// ReadBudget reads a file that asks for a mix of policies:
//
//	agglo: 1
//	scenario: plain
//	budget_share: .005        # of the yearly value added, each year; or budget: 14e6, in all
//	years: 5
//	instruments: [subsidy, rd_grant, infrastructure]
//	objective: [{metric: jobs, at: 80, weight: 1}]
//	evaluations: 80
//
// The error is Faults when the bytes, or those of the scenario, have any.
func ReadBudget(file string, data []byte, metrics []string, given Given) (*BudgetPlan, error) {
	root, err := parseYAML(file, data, "agglo optimise --help shows what it holds")
	if err != nil {
		return nil, err
	}
	r := &budgetReader{experimentReader: newExperimentReader(file, root, metrics, nil, given)}
	r.x.BurnIn, r.x.Replicates = usualBurnIn, usualPairs
	r.b = &BudgetPlan{Experiment: r.x, Years: usualYears, Evaluations: usualEvaluations, Fresh: usualFresh}
	keys := r.mapping(root, "", []string{"agglo", "scenario", "set", "budget", "budget_share", "years", "instruments", "objective", "evaluations",
		"fresh", "replicates", "seed", "ticks", "burn_in"}, r.key)
	for _, key := range []string{"instruments", "objective"} {
		if keys != nil && !keys[key] {
			r.fault(root, key, "is missing: want a list")
		}
	}
	switch {
	case keys == nil:
	case !keys["budget"] && !keys["budget_share"]:
		r.fault(root, "budget", "is missing: want money in the scenario's currency, or budget_share, a part of the yearly value added")
	case keys["budget"] && keys["budget_share"]:
		r.faultAt("budget_share", "stands beside budget: want one of them")
	}
	r.resolve(root, keys)
	r.weigh()
	if err := r.faults.or(); err != nil {
		return nil, err
	}
	return r.b, nil
}

// key reads the value of a key.
func (r *budgetReader) key(key string, n *yaml.Node) {
	r.at[key] = n
	b := r.b
	switch key {
	case "budget":
		b.Money = r.bounded(n, key, func(v float64) bool { return v > 0 && v <= 1e18 }, "money above 0, at most 1e18, in the scenario's currency, in all")
	case "budget_share":
		b.Share = r.bounded(n, key, func(v float64) bool { return v > 0 && v <= 1 }, "a part of the yearly value added in (0,1]")
	case "years":
		r.count(n, &b.Years, 1, 1000, key)
	case "instruments":
		r.words(n, &b.Instruments, field{ref: key}, key)
		if n.Kind == yaml.SequenceNode && (len(n.Content) == 0 || len(n.Content) > mostInstruments) {
			r.fault(n, key, "%d instruments: want 1 to %d", len(n.Content), mostInstruments)
		}
	case "objective":
		r.objective(n, key)
	case "evaluations":
		r.count(n, &b.Evaluations, 2, mostEvaluations, key)
	case "fresh":
		r.count(n, &b.Fresh, 2, 1_000_000, key)
	case "replicates":
		r.count(n, &r.x.Replicates, 2, 1_000_000, key)
	default:
		r.experimentReader.key(key, n)
	}
}

// objective reads the list of goals.
func (r *budgetReader) objective(n *yaml.Node, path string) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		r.fault(n, path, "%s: want a list such as [{metric: jobs, at: 80, weight: 1}]", found(n))
		return
	}
	for i, item := range n.Content {
		here := fmt.Sprintf("%s[%d]", path, i)
		r.at[here] = item
		g := Goal{Weight: 1, At: -1}
		given := r.mapping(item, here, []string{"metric", "at", "weight"}, func(key string, value *yaml.Node) {
			at := join(here, key)
			r.at[at] = value
			switch key {
			case "metric":
				r.word(value, &g.Metric, field{words: r.metrics}, at)
			case "at":
				r.count(value, &g.At, 0, mostTicks, at)
			case "weight":
				g.Weight = r.bounded(value, at, func(float64) bool { return true }, "a number")
			}
		})
		if given != nil && !given["metric"] {
			r.fault(item, join(here, "metric"), "is missing: want a column of series.csv")
		}
		r.b.Objective = append(r.b.Objective, g)
	}
}

// weigh looks at what one value cannot tell.
func (r *budgetReader) weigh() {
	b, x := r.b, r.x
	if x.Ticks == nil {
		ticks := min(x.BurnIn+usualHorizon, mostTicks)
		x.Ticks = &ticks
	}
	if x.BurnIn >= *x.Ticks {
		r.faultAt("burn_in", "%d quarters of %d: want fewer than the run has", x.BurnIn, *x.Ticks)
	}
	heaviest := 0.
	for i := range b.Objective {
		g, path := &b.Objective[i], fmt.Sprintf("objective[%d]", i)
		if g.At < 0 {
			g.At = *x.Ticks
		}
		switch {
		case g.At > *x.Ticks:
			r.faultAt(path+".at", "%d is behind the end of the runs, %d", g.At, *x.Ticks)
		case g.At <= x.BurnIn:
			r.faultAt(path+".at", "%d lies in the burn-in, which ends at %d: no policy acts by then", g.At, x.BurnIn)
		case slices.ContainsFunc(b.Objective[:i], func(h Goal) bool { return h.Metric == g.Metric && h.At == g.At && g.Metric != "" }):
			r.faultAt(path, "%s at %d stands here twice", g.Metric, g.At)
		}
		heaviest = max(heaviest, math.Abs(g.Weight))
	}
	if len(b.Objective) > 0 && heaviest == 0 {
		r.faultAt("objective", "all weights are 0: want at least one that is not")
	}
	if least := len(b.Instruments) + 2; len(b.Instruments) > 0 && b.Evaluations < least {
		r.faultAt("evaluations", "%d mixes: want at least %d, each instrument alone, an even mix and nothing", b.Evaluations, least)
	}
	if x.base != nil {
		for i, name := range b.Instruments {
			r.named(r.x.base, fmt.Sprintf("instruments[%d]", i), name, "neither")
		}
	}
}
