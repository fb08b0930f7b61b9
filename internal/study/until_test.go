package study

import (
	"math"
	"slices"
	"strings"
	"testing"

	"agglo/model"
	"agglo/model/policy"
	"agglo/model/world"
)

// Pairs come in rounds until the effect is known well enough or there are as many as there may be; threads decide nothing, and
// the pairs are those that a comparison of so many pairs has.
func TestUntil(t *testing.T) {
	arms := []Arm{{"a", []policy.Spec{defaultPolicy("subsidy", 2000, 2)}}}
	o := Options{Until: &Until{HalfWidth: 100, Most: 25}, Ticks: 6, BurnIn: 2, Every: 4, Threads: 2}
	r := compare(t, small(t), arms, o)
	if len(r.Seeds) != round || !(r.Widest <= 100) || r.Unfinished != 0 || r.Until == nil {
		t.Errorf("%d pairs, half width %v", len(r.Seeds), r.Widest)
	}
	o.Until.HalfWidth, o.Until.Most = 1e-9, 13
	r = compare(t, small(t), arms, o)
	if len(r.Seeds) != 13 || !(r.Widest > 1e-9) {
		t.Errorf("%d pairs of at most 13, half width %v", len(r.Seeds), r.Widest)
	}
	fixed := compare(t, small(t), arms, Options{Replicates: 13, Ticks: 6, BurnIn: 2, Every: 4, Threads: 1})
	if !same(r.Effects, fixed.Effects) || !same(r.Costs, fixed.Costs) || !same(r.Partings, fixed.Partings) {
		t.Error("as many pairs in rounds give another result")
	}
	e, _ := r.At("a", "jobs", 6)
	lo, hi := e.Lo, e.Hi
	near(t, "half width", r.Widest, 50*(hi-lo)/e.Baseline, 1e-12)
	o.Until = &Until{Metric: "luck", Most: 1}
	_, err := Compare(t.Context(), small(t), arms, o)
	if err == nil || !strings.Contains(err.Error(), "2 or more") {
		t.Errorf("error %v", err)
	}
}

// The look at a policy's end is its last tick at work, not the first of the grid after it.
func TestEndOf(t *testing.T) {
	short := policy.Spec{ID: "a", Instrument: "subsidy", From: 3, To: 6, Budget: -1, Intensity: 1}
	poor := short
	poor.ID, poor.To, poor.Budget = "b", 11, 1e-3
	r := compare(t, small(t), []Arm{{"short", []policy.Spec{short}}, {"poor", []policy.Spec{poor}}},
		Options{Replicates: 1, Ticks: 12, BurnIn: 2, Every: 4, Threads: 1, Metrics: []string{"jobs"}})
	if got := r.EndOf("short"); got != 5 {
		t.Errorf("ends at %d of %v, want 5", got, r.Ticks)
	}
	if got := r.EndOf("poor"); got > 5 {
		t.Errorf("without money ends at %d of %v", got, r.Ticks)
	}
}

// By hand: firm 1 was given 3 and has a twin as large, 2 was given 2 and grew beyond its twin, 3 has closed, 4 has no twin, 5
// was given no more than its twin. Scale 10.
func TestWasted(t *testing.T) {
	with := []book{{1, 3, 5}, {2, 2, 6}, {3, 1, 0}, {4, 4, 2}, {5, 7, 1}}
	base := []book{{1, 0, 5}, {2, 0, 5}, {3, 0, 4}, {5, 7, 9}, {6, 0, 1}}
	traced, lost := wasted(with, base, 10)
	near(t, "traced", traced, 100, 0)
	near(t, "wasted", lost, 40, 0)
}

// What can be traced to firms is what the policies gave; what builds works cannot be.
func TestTraced(t *testing.T) {
	arms := []Arm{{"subsidy", []policy.Spec{defaultPolicy("subsidy", 5000, 2)}}, {"tax_break", []policy.Spec{defaultPolicy("tax_break", 5000, 2)}},
		{"infrastructure", []policy.Spec{defaultPolicy("infrastructure", 5000, 2)}}}
	r := compare(t, small(t), arms, Options{Replicates: 2, Ticks: 8, BurnIn: 2, Every: 2, Threads: 2})
	for _, c := range r.Costs[:2] {
		t.Logf("%s: %.1f of %.1f traced, deadweight %.1f", c.Policy, c.Traced, c.Gross, c.Deadweight)
		if math.Abs(c.Traced/c.Gross-1) > .03 || !(c.Deadweight > 0 && c.Deadweight < c.Traced) {
			t.Errorf("%s: %v of %v traced, deadweight %v", c.Policy, c.Traced, c.Gross, c.Deadweight)
		}
	}
	if c := r.Costs[2]; c.Traced != 0 || !math.IsNaN(c.Deadweight) {
		t.Errorf("works: %v traced, deadweight %v", c.Traced, c.Deadweight)
	}
}

// Histories part at the policy's first tick, at those whom it reaches; a policy that does nothing leaves one history.
func TestParting(t *testing.T) {
	local := defaultPolicy("subsidy", 5000, 4)
	local.Target.Sectors = []int{1}
	off := local
	off.ID, off.Intensity = "off", 0
	arms := []Arm{{"local", []policy.Spec{local}}, {"off", []policy.Spec{off}}, {"burn", []policy.Spec{defaultPolicy("burn", 5000, 6)}}}
	setup := small(t)
	r := compare(t, setup, arms, Options{Replicates: 2, Ticks: 12, BurnIn: 4, Every: 4, Threads: 2})
	seen := map[string]int{}
	for _, p := range r.Partings {
		seen[p.Policy]++
		switch p.Policy {
		case "off":
			if p.Tick != 0 || p.Firm != 0 {
				t.Errorf("parted without a cause: %+v", p)
			}
		case "local":
			if p.Tick != 5 || p.Firm == 0 || p.Sector != setup.Setting.Sectors[1].ID || p.Firms < mostParted {
				t.Errorf("%+v", p)
			}
		case "burn":
			if p.Tick != 7 || p.What == "" {
				t.Errorf("%+v", p)
			}
		}
	}
	if seen["off"] != 2 || seen["local"] != 2*mostParted || seen["burn"] < 2 {
		t.Errorf("rows %v", seen)
	}
}

// Neighbours in other sectors and rivals in other places are beside a target; those elsewhere in other sectors are not.
func TestTouched(t *testing.T) {
	s := defaultPolicy("subsidy", 5000, 4)
	s.Target.Within, s.Target.Sectors = &policy.Within{At: world.Point{X: -25, Y: -25}, KM: 25}, []int{1}
	arms := []Arm{{"corner", []policy.Spec{s}}}
	r := compare(t, small(t), arms, Options{Replicates: 1, Ticks: 8, BurnIn: 4, Every: 4, Threads: 1})
	rec := newRecord(r, arms, nil)
	v := viewAt(t, 8)
	if err := rec.Observe(v, 8); err != nil {
		t.Fatal(err)
	}
	want := 0.0
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		inside, rival := math.Hypot(v.X(i)+25, v.Y(i)+25) <= 25, v.Sector(i) == 1
		if inside != rival {
			want += v.Scale() * v.Jobs(i)
		}
	}
	near(t, "jobs beside the target", rec.beside[0][0], want, 1e-9*want)
}

// viewAt is the small world after some ticks.
func viewAt(t *testing.T, ticks int) world.View {
	t.Helper()
	e, err := model.New(small(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Run(t.Context(), ticks); err != nil {
		t.Fatal(err)
	}
	return world.NewView(e.World)
}

// Holm over policies takes a price away that one policy alone would have had: p = .03 of two is .06.
func TestAdjustCosts(t *testing.T) {
	r := &Result{Costs: []Costs{{NetJobsP: .03, addedP: .001, PerJob: 5, PerAdded: 2}, {NetJobsP: .9, addedP: .9, PerJob: 5}}}
	r.adjustCosts(Least)
	a := r.Costs[0]
	near(t, "p", a.NetJobsP, .06, 1e-15)
	if !math.IsNaN(a.PerJob) || a.PerAdded != 2 || !math.IsNaN(r.Costs[1].PerJob) {
		t.Errorf("costs %+v", r.Costs)
	}
	if r.adjustCosts(Least - 1); !math.IsNaN(r.Costs[0].PerAdded) {
		t.Errorf("too few pairs have a price: %+v", r.Costs)
	}
}

// What little of a policy's cost happens to be traced, such as fees that a facility pays back, makes no deadweight.
func TestDeadweightNeedsATrace(t *testing.T) {
	for _, c := range []struct {
		traced float64
		told   bool
	}{{0, false}, {.9, false}, {1.1, true}, {100, true}} {
		r := &Result{Arms: []Arm{{ID: "works"}}}
		with := &record{flows: []flow{{cost: world.Cost{Gross: 100}}}, traced: c.traced, wasted: c.traced / 2}
		p := &pairs{base: []*record{{flows: []flow{{}}}, {flows: []flow{{}}}}, with: []*record{with, with}}
		if got := r.costs(p, newResampling(1, 2)); math.IsNaN(got.Deadweight) == c.told {
			t.Errorf("%v of 100 traced: deadweight %v", c.traced, got.Deadweight)
		}
	}
}

// Jobs are counted from each policy's own first quarter on, not from that of the first of all: 3 more in each of the 4 last quarters of 10
// are 3, not 1.2. An effect is tested behind that quarter only, and a year behind it is looked at.
func TestPoliciesThatBeginLater(t *testing.T) {
	from := func(tick int) []policy.Spec {
		p := defaultPolicy("subsidy", 2000, 2)
		p.From, p.To = tick, 99
		return []policy.Spec{p}
	}
	arms := []Arm{{"early", from(3)}, {"late", from(9)}, {"none", nil}}
	o := Options{BurnIn: 5, Ticks: 12, Every: 5}
	r := &Result{Arms: arms, First: o.First(arms), Metrics: []string{"jobs"}}
	r.Ticks = reported(r.First, o.Ticks, o.Every, arms)
	if want := []int{2, 6, 7, 12}; r.First != 2 || !slices.Equal(r.Ticks, want) {
		t.Fatalf("looked at from tick %d, at %v: want from 2, at %v", r.First, r.Ticks, want)
	}
	for policy, want := range map[string]int{"early": 2, "late": 8, "none": 2} {
		if got := r.BeginOf(policy); got != want {
			t.Errorf("%s begins behind tick %d, want %d", policy, got, want)
		}
	}
	history := func(jobs float64, from int) *record {
		rec := &record{flows: make([]flow, 10), values: make([][]float64, len(Metrics()))}
		for m := range rec.values {
			rec.values[m] = make([]float64, len(r.Ticks))
		}
		for k := range rec.flows {
			if r.First+1+k >= from {
				rec.flows[k].jobs = jobs
			}
		}
		for k, tick := range r.Ticks {
			if tick >= from {
				rec.values[slices.Index(Metrics(), "jobs")][k] = jobs
			}
		}
		return rec
	}
	base := []*record{history(0, 0), history(0, 0)}
	late := &pairs{arm: 1, base: base, with: []*record{history(3, 9), history(3, 9)}}
	near(t, "net jobs", r.costs(late, newResampling(1, 2)).NetJobs, 3, 1e-12)
	early := &pairs{arm: 0, base: base, with: []*record{history(3, 3), history(3, 3)}}
	near(t, "net jobs from the start", r.costs(early, newResampling(1, 2)).NetJobs, 3, 1e-12)
	r.effects(late, newResampling(1, 2))
	for _, e := range r.Effects {
		if tested := !math.IsNaN(e.P); tested != (e.Tick > 8) {
			t.Errorf("tick %d: p = %v", e.Tick, e.P)
		}
	}
}
