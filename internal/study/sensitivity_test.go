package study

import (
	"context"
	"errors"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"agglo/internal/fit"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/batch"
	"agglo/sim/design"
)

// ishigami are the three factors of the function of that name, and what it gives.
func ishigami() ([]design.Factor, func(x []float64) float64) {
	var factors []design.Factor
	for _, name := range []string{"x1", "x2", "x3"} {
		factors = append(factors, design.Factor{Name: name, Shape: design.Uniform, Of: [3]float64{-math.Pi, math.Pi}})
	}
	return factors, func(x []float64) float64 {
		return math.Sin(x[0]) + 7*math.Sin(x[1])*math.Sin(x[1]) + .1*math.Pow(x[2], 4)*math.Sin(x[0])
	}
}

// Runs that give what is known of Ishigami's function lead to its known indices, by the way that runs of the model take; a
// trajectory or base point with a failed run is left out.
func TestSensitivityOfIshigami(t *testing.T) {
	factors, f := ishigami()
	x := &scenarios.Experiment{Factors: factors, Replicates: 2}
	s := &Sensitivity{Experiment: x, Options: SensitivityOptions{Keep: .1, By: statMean, Resamples: 50}}
	r := &Sensed{Factors: []Screened{{Name: "x1"}, {Name: "x2"}, {Name: "x3"}}}
	for _, stage := range []struct {
		name, kind string
		plan       design.Plan
	}{{"screen", "morris", design.Plan{Kind: "morris", N: 400, Seed: 1}}, {"shares", "sobol", design.Plan{Kind: "saltelli", N: 1024, Seed: 1}}} {
		d, err := stage.plan.Make(factors)
		if err != nil {
			t.Fatal(err)
		}
		var rows [][][]float64
		for _, point := range d.Points {
			y := f(point)
			rows = append(rows, [][]float64{{y + .5}}, [][]float64{{y - .5}}) // luck that is the same at all points
		}
		rows[2*7] = nil
		if err := s.judge(r, &Sweep{Experiment: x, Points: d.Points, Metrics: []string{"y"}, At: []int{0}}, rows, stage.name, stage.plan, stage.kind); err != nil {
			t.Fatal(err)
		}
	}
	s.screen(r)
	want := map[string]float64{"x1 S1": .314, "x2 S1": .442, "x3 S1": 0, "x1 ST": .558, "x2 ST": .442, "x3 ST": .244, "x2 mu_star": 7.875}
	for _, i := range r.Indices {
		known, yes := want[i.Factor+" "+i.Name]
		if i.Statistic == statMean && yes && math.Abs(i.Value-known) > .05 {
			t.Errorf("%s of %s: %.3f, want %.3f", i.Name, i.Factor, i.Value, known)
		}
		if i.Statistic == statVariance && i.Name == "mu_star" && i.Value > 1e-9 {
			t.Errorf("the variance is the same everywhere, but %s moves it by %v", i.Factor, i.Value)
		}
	}
	if r.Left != 2 || !r.Factors[0].Survives || !r.Factors[1].Survives || r.Factors[1].Part < .9 {
		t.Errorf("left out %d, %+v", r.Left, r.Factors)
	}
	s.Options.Keep = .99
	s.screen(r)
	if n := len(slices.DeleteFunc(slices.Clone(r.Factors), func(one Screened) bool { return !one.Survives })); n != 1 {
		t.Errorf("%d factors have nearly the largest effect: %+v", n, r.Factors)
	}
}

// sensitivity resolves an experiment beside this file and runs it.
func sensitivity(t *testing.T, text, dir string, threads int) *Sensed {
	t.Helper()
	x, err := scenarios.ReadSensitivity("e.yaml", []byte(text), output.Metrics(), nil, scenarios.Given{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSensitivity(x, os.DirFS("testdata"), SensitivityOptions{Trajectories: 2, Points: 2, Keep: .2, By: statMean, Resamples: 20})
	if err != nil {
		t.Fatal(err)
	}
	q, err := BeginInquiry(dir, "sensitivity", s.Settings(), output.Manifest{ScenarioYAML: string(x.Base().YAML()), Seed: s.base.Seed, Ticks: s.base.Ticks}, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Run(t.Context(), q, Work{Threads: threads})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Finish(q, r, 0); err != nil {
		t.Fatal(err)
	}
	return r
}

// A factor that cannot matter is screened out and stays at its middle; the tables do not depend on threads; with policies every
// one has indices of its own.
func TestSensitivityThreads(t *testing.T) {
	const text = `agglo: 1
scenario: testdata/tiny.yaml
ticks: 4
burn_in: 2
replicates: 2
policies: [none, burn]
factors:
  - {name: demography.de_novo, dist: {uniform: [.02, .2]}}
  - {name: knowledge.science_km, dist: {uniform: [6, 7]}}
metrics: [births]
`
	one, two := t.TempDir(), t.TempDir()
	r := sensitivity(t, text, one, 1)
	sensitivity(t, text, two, 3)
	if !reflect.DeepEqual(tablesOf(t, one), tablesOf(t, two)) {
		t.Error("tables hang on threads")
	}
	if !r.Factors[0].Survives || r.Factors[1].Survives || r.Factors[1].Fixed != "6.5" {
		t.Errorf("%+v: science has no university here", r.Factors)
	}
	policies := map[string]bool{}
	for _, i := range r.Indices {
		policies[i.Policy] = true
		if i.Stage == "shares" && i.Factor != "demography.de_novo" {
			t.Errorf("%+v: it did not survive", i)
		}
	}
	if len(policies) != 2 || len(r.Swings) != 4 {
		t.Errorf("%v, %d swings", policies, len(r.Swings))
	}
	if x := r.Swings[0]; x.Factor != "demography.de_novo" || !(x.AtLow[0] < 0 && x.AtHigh[0] > 0) {
		t.Errorf("%+v: more founders, more births", x)
	}
}

// optimised runs an optimisation in a folder.
func optimised(t *testing.T, ctx context.Context, dir string, threads int, resume bool) (*Optimiser, *BestMix, error) {
	t.Helper()
	b, err := scenarios.ReadBudget("b.yaml", []byte(`agglo: 1
scenario: testdata/tiny.yaml
budget_share: .02
years: 1
burn_in: 2
ticks: 6
instruments: [subsidy, burn]
objective: [{metric: value_added}, {metric: unemployment, at: 4, weight: -.1}]
evaluations: 13
replicates: 2
fresh: 3
`), output.Metrics(), scenarios.Given{})
	if err != nil {
		t.Fatal(err)
	}
	o, err := NewOptimiser(b)
	if err != nil {
		t.Fatal(err)
	}
	q, err := BeginInquiry(dir, "optimise", o.Settings(), output.Manifest{ScenarioYAML: string(b.Base().YAML()), Seed: o.setup.Seed, Ticks: o.setup.Ticks}, nil, resume)
	if err != nil {
		return o, nil, err
	}
	r, err := o.Run(ctx, q, Work{Threads: threads, Owner: batch.Owner{}})
	if err == nil {
		err = o.Finish(q, r, 0)
	}
	return o, r, err
}

// A failed world of an optimisation says the tick, and the mix behind the burn-in.
func TestOptimiseFaultPlace(t *testing.T) {
	o, _, err := optimised(t, t.Context(), t.TempDir(), 2, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		tick   int
		policy string
	}{{1, ""}, {2, ""}, {5, "nothing"}} {
		err := placed(func(at *RunFault) error {
			_, err := o.worlds(t.Context(), [][]float64{{.25, .75}}, 1, 1, trap{c.tick, errors.New("no money")}, at)
			return err
		})
		var at *RunFault
		if !errors.As(err, &at) || at.Stage != stageRun || at.Tick != c.tick || at.Policy != c.policy {
			t.Errorf("tick %d: %+v", c.tick, at)
		}
	}
}

// Nothing scores and costs exactly nothing; a mix spends no more than its share, with administration in it; chances sum to 1; the
// bytes do not depend on threads.
func TestOptimiseThreads(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	o, b, err := optimised(t, t.Context(), one, 1, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := optimised(t, t.Context(), two, 3, false); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(tablesOf(t, one), tablesOf(t, two)) {
		t.Error("tables hang on threads")
	}
	if len(b.Mixes) != 13 || b.Looked != 3 {
		t.Fatalf("%d mixes, %d fresh worlds", len(b.Mixes), b.Looked)
	}
	chance, front, looked := 0., 0, 0
	for k := range b.Mixes {
		m := &b.Mixes[k]
		if spent := sum(m.Shares) * o.Budget(); m.Found.Cost > spent*1.02 {
			t.Errorf("mix %d costs %v, of %v", k, m.Found.Cost, spent)
		}
		if m.nothing && (m.Found.Score != 0 || m.Found.Cost != 0) {
			t.Errorf("nothing does something: %+v", m.Found)
		}
		if m.Fresh == nil {
			continue
		}
		looked++
		chance += m.Chance
		if m.Front {
			front++
		}
	}
	if math.Abs(chance-1) > 1e-9 || front == 0 || looked != mostAgain {
		t.Errorf("chances sum to %v, %d on the front, %d looked at again", chance, front, looked)
	}
	if b.Mixes[0].Fresh == nil || len(o.Sentences("en", b)) < 3 {
		t.Errorf("%q", o.Sentences("en", b))
	}
}

// A choice of the search that fresh worlds do not bear out is told as what it is.
func TestOptimiseTellsTheCurse(t *testing.T) {
	look := func(scores ...float64) *Look {
		l := &Look{scores: scores, costs: make([]float64, len(scores)), nets: make([]float64, len(scores))}
		l.estimate(newResampling(1, len(scores)))
		l.P = 1
		return l
	}
	b := &BestMix{Looked: 4, Choice: 1, Mixes: []Mixed{
		{Shares: []float64{0}, Found: *look(0, 0), Fresh: look(0, 0, 0, 0), nothing: true},
		{Shares: []float64{1}, Found: *look(3, 4), Fresh: look(-1, 1, -2, 1)},
	}}
	b.rank(1, []int{0, 1})
	o := &Optimiser{Plan: &scenarios.BudgetPlan{Instruments: []string{"burn"}}}
	o.setup.Setting.Scale, o.setup.Setting.Currency.LabourCost, o.Money = 1, 1, 1
	says := strings.Join(o.Sentences("en", b), " ")
	if b.Winner != 0 || b.Sure() || !strings.Contains(says, "keep the money") || !strings.Contains(says, "had promised 3.50") || !strings.Contains(says, "scores -0.25") {
		t.Errorf("winner %d: %s", b.Winner, says)
	}
	if c := b.Mixes[0].Chance + b.Mixes[1].Chance; math.Abs(c-1) > 1e-9 || b.Mixes[1].Chance < .1 {
		t.Errorf("chances %v and %v", b.Mixes[0].Chance, b.Mixes[1].Chance)
	}
	if !reflect.DeepEqual(fit.Front([]float64{0, -.25}, []float64{0, 0}), []bool{true, false}) {
		t.Error("what costs as much and does less is on the front")
	}
}
