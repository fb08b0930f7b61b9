package study

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"agglo/model"
	"agglo/model/policy"
	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim"
)

// small is the featureless square with few firms on few, wide cells.
func small(t *testing.T) model.Setup {
	t.Helper()
	s := scenario(t)
	setup, err := s.Setup(scenarios.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	return setup
}

func scenario(t *testing.T) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Load("plain")
	if err != nil {
		t.Fatal(err)
	}
	for path, value := range map[string]string{
		"scenario.scale": "10", "areas.plain.cell_km": "5", "areas.plain.land": "2500", "ticks": "40",
	} {
		if err := s.Set(path, value); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func compare(t *testing.T, setup model.Setup, arms []Arm, o Options) *Result {
	t.Helper()
	r, err := Compare(context.Background(), setup, arms, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// An arm that branches where its policy begins gives what a run of its own from tick 0 gives, to the bit.
func TestBranchIsARunOfItsOwn(t *testing.T) {
	setup := small(t)
	arms := []Arm{{ID: "a", Policies: []policy.Spec{{ID: "a", Instrument: "subsidy", From: 9, To: 20, Budget: -1, Intensity: 5}}}}
	o := Options{Replicates: 1, Ticks: 24, BurnIn: 8, Every: 4, Threads: 1}
	r := compare(t, setup, arms, o)
	setup.Seed = r.Seeds[0]
	setup.Policies = arms[0].Policies
	e, err := model.New(setup)
	if err != nil {
		t.Fatal(err)
	}
	rec := newRecord(r, arms, []string{"a"})
	e.Observers = []sim.Observer[world.View]{rec}
	if err := e.Run(context.Background(), o.Ticks); err != nil {
		t.Fatal(err)
	}
	for k, tick := range r.Ticks {
		for _, m := range []string{"jobs", "wage", publicCost} {
			effect, _ := r.At("a", m, tick)
			if own := rec.series(m, 0)[k]; own-effect.Baseline != effect.Effect {
				t.Errorf("%s at tick %d: %v in a run of its own, %v in the branch", m, tick, own, effect.Baseline+effect.Effect)
			}
		}
	}
	if end, _ := r.At("a", "wage", o.Ticks); end.Effect == 0 {
		t.Error("the policy did nothing: the test says nothing")
	}
}

// A policy without strength or money, and money from outside that is burnt, leave the baseline's bits: every difference is
// 0, not nearly 0.
func TestNothingChangesNothing(t *testing.T) {
	arms := []Arm{
		{"weak", []policy.Spec{{ID: "a", Instrument: "subsidy", From: 5, To: 9, Budget: -1}}},
		{"poor", []policy.Spec{{ID: "b", Instrument: "infrastructure", From: 5, To: 9, Intensity: 1}}},
		{"late", []policy.Spec{{ID: "c", Instrument: "tax_break", From: 13, To: 20, Budget: -1, Intensity: 1}}},
		{"burnt", []policy.Spec{{ID: "d", Instrument: "burn", From: 5, To: 9, Budget: -1, Intensity: 1, Finance: policy.Outside}}},
	}
	r := compare(t, small(t), arms, Options{Replicates: 1, Ticks: 12, BurnIn: 4, Every: 4, Threads: 2})
	for _, e := range r.Effects {
		burnt := e.Policy == "burnt" && e.Metric == publicCost && e.Tick == 8
		if (e.Effect != 0 && !math.IsNaN(e.Effect)) != burnt {
			t.Errorf("%s on %s at %d: %v", e.Policy, e.Metric, e.Tick, e.Effect)
		}
	}
	for _, c := range r.Costs {
		if burnt := c.Policy == "burnt"; (c.Gross != 0) != burnt || c.NetJobs != 0 || math.Abs(c.NetCost-c.Gross-c.Admin) > 1e-9 {
			t.Errorf("costs %+v", c)
		}
	}
}

// Local money that is burnt takes away what households spend. On a small region luck outweighs it in a run or two.
func TestTaxIsFelt(t *testing.T) {
	arms := []Arm{{"burnt", []policy.Spec{{ID: "d", Instrument: "burn", From: 5, To: 13, Budget: -1, Intensity: 2}}}}
	r := compare(t, small(t), arms, Options{Replicates: 16, Ticks: 12, BurnIn: 4, Every: 4, Threads: 2})
	if e, _ := r.At("burnt", "value_added", 12); !(e.Effect < 0) {
		t.Errorf("a tax of 1%% of value added for nothing changes value added by %v", e.Effect)
	}
}

// The result does not depend on the number of threads or on the order of the arms.
func TestThreadsAndOrder(t *testing.T) {
	arms := []Arm{
		{"a", []policy.Spec{defaultPolicy("subsidy", 2000, 4)}}, {"b", []policy.Spec{defaultPolicy("tax_break", 2000, 4)}},
	}
	o := Options{Replicates: 3, Ticks: 10, BurnIn: 4, Every: 4, Threads: 1}
	first := compare(t, small(t), arms, o)
	for _, threads := range []int{2, 3, 8} {
		o.Threads = threads
		r := compare(t, small(t), arms, o)
		if !same(r.Effects, first.Effects) || !same(r.Costs, first.Costs) || !same(r.Ledger, first.Ledger) {
			t.Errorf("%d threads give another result", threads)
		}
	}
	turned := compare(t, small(t), []Arm{arms[1], arms[0]}, o)
	for _, e := range turned.Effects {
		if f, _ := first.At(e.Policy, e.Metric, e.Tick); !same([]Effect{e}, []Effect{f}) {
			t.Errorf("in the other order %+v, was %+v", e, f)
		}
	}
	if !slices.Equal(first.Ticks, []int{4, 8, 10}) || first.Seeds[0] == first.Seeds[1] {
		t.Errorf("ticks %v, seeds %v", first.Ticks, first.Seeds)
	}
}

// same compares numbers bit by bit, NaN equal to NaN.
func same[T any](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	for k := range a {
		x, y := reflect.ValueOf(a[k]), reflect.ValueOf(b[k])
		for f := range x.NumField() {
			if x.Field(f).Kind() == reflect.Float64 {
				if math.Float64bits(x.Field(f).Float()) != math.Float64bits(y.Field(f).Float()) {
					return false
				}
			} else if !x.Field(f).Equal(y.Field(f)) {
				return false
			}
		}
	}
	return true
}

// On the featureless square at its full size, under common random numbers, the effect of a local subsidy on local jobs a year
// on varies at least ten times less than between worlds of their own. Pairs enough, and little to run in each.
func TestPairsReduceVariance(t *testing.T) {
	s, err := scenarios.Load("plain")
	if err != nil {
		t.Fatal(err)
	}
	setup, err := s.Setup(scenarios.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	p := defaultPolicy("subsidy", 25_000, 8)
	p.Target.Within = &policy.Within{At: world.Point{X: -25, Y: -25}, KM: 14}
	arms := []Arm{{"subsidy", []policy.Spec{p}}}
	r := compare(t, setup, arms, Options{Replicates: 24, Ticks: 12, BurnIn: 8, Every: 4, Threads: 2, Metrics: []string{"jobs", jobsTarget}})
	for _, tick := range r.Ticks[1:] {
		e, _ := r.At("subsidy", jobsTarget, tick)
		t.Logf("tick %d: %+.1f jobs (%+.1f to %+.1f), variance of worlds apart over pairs %.0f", tick, e.Effect, e.Lo, e.Hi, e.VarianceReduction)
		if !(e.VarianceReduction > 10) {
			t.Errorf("variance reduction %v: want above 10", e.VarianceReduction)
		}
	}
}

// A policy for one corner is told apart: its firms' jobs are a metric, and what others lose is displacement.
func TestTarget(t *testing.T) {
	s := defaultPolicy("subsidy", 5000, 4)
	s.Intensity = 2
	s.Target.Within = &policy.Within{At: world.Point{X: -25, Y: -25}, KM: 25}
	arms := []Arm{{"corner", []policy.Spec{s}}, {"all", []policy.Spec{defaultPolicy("subsidy", 5000, 4)}}}
	r := compare(t, small(t), arms, Options{Replicates: 2, Ticks: 12, BurnIn: 4, Every: 4, Threads: 2})
	inside, found := r.At("corner", jobsTarget, 8)
	all, _ := r.At("corner", "jobs", 8)
	if !found || !(inside.Effect > 0) || !(inside.Baseline < all.Baseline/2) {
		t.Errorf("in the target %+v, in all %+v", inside, all)
	}
	if _, found := r.At("all", jobsTarget, 12); found {
		t.Error("a policy for everyone has a target")
	}
	if d := r.Costs[0].Displacement; math.IsNaN(d) || !math.IsNaN(r.Costs[1].Displacement) {
		t.Errorf("displacement %v and %v", d, r.Costs[1].Displacement)
	}
}

// watcher stops a comparison after some ticks.
type watcher struct {
	left int
	stop func()
}

// Observe counts down.
func (w *watcher) Observe(world.View, int) error {
	if w.left--; w.left == 0 {
		w.stop()
	}
	return nil
}

// A comparison that is stopped keeps the pairs that are whole.
func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	arms := []Arm{{"a", []policy.Spec{defaultPolicy("subsidy", 2000, 4)}}}
	o := Options{Replicates: 3, Ticks: 8, BurnIn: 4, Every: 4, Threads: 1, Watch: &watcher{24, stop}}
	r, err := Compare(ctx, small(t), arms, o)
	if err == nil || r == nil || len(r.Seeds) != 1 || r.Unfinished != 2 {
		t.Fatalf("result %+v, error %v", r, err)
	}
	o.Watch = &watcher{3, stop}
	if r, err := Compare(ctx, small(t), arms, o); r != nil || err == nil {
		t.Errorf("stopped before a pair was done: %+v, %v", r, err)
	}
}

func TestFaultyOptions(t *testing.T) {
	_, err := Compare(context.Background(), small(t), []Arm{{ID: "a"}, {ID: "a"}}, Options{Ticks: 4, BurnIn: 4, Metrics: []string{"luck"}})
	for _, want := range []string{"given twice", "replicates = 0", "more ticks than the burn-in", "every = 0", "metric luck"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	bad := []Arm{{"a", []policy.Spec{{ID: "a", Instrument: "subsidi"}}}}
	if _, err = Compare(context.Background(), small(t), bad, Options{Replicates: 2, Ticks: 8, BurnIn: 4, Every: 1, Threads: 2}); err == nil ||
		!strings.Contains(err.Error(), "did you mean subsidy?") {
		t.Errorf("error %v", err)
	}
}

// Names are options of the scenario, instruments, or files, and what has no date begins with the burn-in's end.
func TestParseArms(t *testing.T) {
	s, setup := scenario(t), small(t)
	file := filepath.Join(t.TempDir(), "mix.yaml")
	if err := os.WriteFile(file, []byte("- {id: x, instrument: subsidy, budget: 4e6}\n- {id: y, instrument: burn, from: 2005}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	arms, err := ParseArms(s, setup, 12, []string{"tax_break", file})
	if err != nil {
		t.Fatal(err)
	}
	p := arms[0].Policies[0]
	if arms[0].ID != "tax_break" || p.From != 13 || p.To != 33 || p.Intensity != 1 || !(p.Budget > 0) {
		t.Errorf("default %+v", arms[0])
	}
	if q := arms[1].Policies; arms[1].ID != "mix" || q[0].From != 13 || q[1].From != 20 || q[0].Budget != 10 {
		t.Errorf("file %+v", arms[1])
	}
	added, err := valueAdded(t.Context(), setup)
	if err != nil || math.Abs(p.Budget-.025*added) > 1e-9*added {
		t.Errorf("budget %v of a value added of %v, %v", p.Budget, added, err)
	}
	_, err = ParseArms(s, setup, 12, []string{"subsidie", "tax_brake", "burn", "burn"})
	for _, want := range []string{"did you mean subsidy?", "did you mean tax_break?", "burn is given twice"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	setup.Policies = []policy.Spec{{ID: "burn"}}
	arms, err = ParseArms(s, setup, 12, []string{"burn"})
	if err != nil || arms[0].ID != "burn" || arms[0].Policies[0].ID == "burn" {
		t.Errorf("beside a policy of the same id: %+v, %v", arms, err)
	}
}

// The folder is marked until it is whole, holds what the result holds, and is not written over by another comparison.
func TestFolder(t *testing.T) {
	setup := small(t)
	arms := []Arm{{"subsidy", []policy.Spec{defaultPolicy("subsidy", 5000, 4)}}}
	dir := filepath.Join(t.TempDir(), "c")
	base := output.Manifest{Scenario: "plain", ScenarioYAML: "id: plain\n", Ticks: 8, Every: 4, Seed: 1, Runs: make([]output.Run, 2)}
	c := Comparison{BurnIn: 4, Replicates: 2, Arms: arms}
	f, err := Reserve(dir, base, c, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := output.Open(dir); err == nil {
		t.Error("a folder without tables was opened")
	}
	r := compare(t, setup, arms, Options{Replicates: 2, Ticks: 8, BurnIn: 4, Every: 4, Threads: 2})
	if err := f.Write(r, time.Second); err != nil {
		t.Fatal(err)
	}
	m, err := output.Open(dir)
	if err != nil || !m.Complete || len(m.Tables) != 6 {
		t.Errorf("manifest %+v, %v", m, err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "effects.csv"))
	if err != nil || strings.Count(string(data), "\n") != 1+len(r.Effects) ||
		!strings.HasPrefix(string(data), "metric,policy,tick,baseline,effect,effect_pct,lo,hi,p_adjusted,replicates,variance_reduction,detectable\n") {
		t.Errorf("effects.csv %.200s, %v", data, err)
	}
	if _, err := Reserve(dir, base, c, nil, false); err != nil {
		t.Errorf("the same comparison: %v", err)
	}
	c.Arms = []Arm{{"burn", []policy.Spec{defaultPolicy("burn", 5000, 4)}}}
	if _, err := Reserve(dir, base, c, nil, false); err == nil {
		t.Error("another comparison was let in")
	}
}

// gaps keeps the largest error of the region's money against a tick's turnover.
type gaps struct {
	mu    sync.Mutex
	worst float64
	spent float64
}

// Observe reads the accounts.
func (g *gaps) Observe(v world.View, _ int) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	m := v.Money()
	if m.Turnover > 0 {
		g.worst = max(g.worst, math.Abs(m.Gap)/m.Turnover)
	}
	g.spent += m.PublicCost
	return nil
}

// With every instrument at work, under either way to pay, the region's money adds up to 1e-9 of turnover every tick.
func TestMoneyAddsUp(t *testing.T) {
	var arms []Arm
	for _, pays := range []policy.Finance{policy.LocalTax, policy.Outside} {
		a := Arm{ID: []string{"local", "outside"}[pays]}
		for _, id := range policy.Instruments() {
			s := defaultPolicy(id, 3000, 2)
			s.Intensity, s.Finance = 2, pays
			a.Policies = append(a.Policies, s)
		}
		arms = append(arms, a)
	}
	var g gaps
	compare(t, small(t), arms, Options{Replicates: 1, Ticks: 24, BurnIn: 2, Every: 4, Threads: 2, Watch: &g})
	t.Logf("largest error %.1e of turnover", g.worst)
	if g.worst > 1e-9 || g.spent < 100 {
		t.Errorf("error %v of turnover while %v was spent", g.worst, g.spent)
	}
}

var _ sim.Observer[world.View] = (*record)(nil)
