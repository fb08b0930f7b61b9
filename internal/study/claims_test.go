package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"agglo/internal/table"
	"agglo/internal/text"
	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim"
	"agglo/sim/checkpoint"
)

// Every claim of the article is there, in order, and its tests can be planned.
func TestClaimsAreComplete(t *testing.T) {
	c, err := ReadClaims()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, x := range c.Tests {
		if !slices.Contains(ids, x.Claim()) {
			ids = append(ids, x.Claim())
		}
		if !text.Has("claim." + x.ID) {
			t.Errorf("%s has no short name for the figure: claim.%s in internal/text", x.ID, x.ID)
		}
	}
	for k := range 30 {
		if want := fmt.Sprintf("C%d", k+1); k >= len(ids) || ids[k] != want {
			t.Fatalf("claims %v: want C1 to C30 in order", ids)
		}
	}
	planned := 0
	p, err := PlanClaims(t.Context(), c.Tests, scenarios.Given{}, func() { planned++ })
	if err != nil || planned != len(c.Tests)-1 {
		t.Fatalf("progress was told of %d of %d tests, %v", planned, len(c.Tests), err)
	}
	t.Logf("%d tests, %d ticks a replicate", len(c.Tests), p.Work(1, nil))
}

// tiny is a test of a few ticks.
func tiny(id string, a, b ClaimArm) ClaimTest {
	a.Says, b.Says = "a", "b"
	return ClaimTest{
		ID: id, Quote: ClaimQuote{"да", "yes"}, Scenario: "plain", Branch: 2, Horizon: 4, A: &a, B: &b, Contrast: Difference,
		Outcome: "value_added", Unit: "%", Expected: "+", Smallest: 1, Why: "a test", Literature: "none",
	}
}

func planned(t *testing.T, tests ...ClaimTest) *ClaimsPlan {
	t.Helper()
	p, err := PlanClaims(t.Context(), tests, scenarios.Given{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func runTiny(t *testing.T, tests []ClaimTest, o ClaimOptions) *ClaimsRun {
	t.Helper()
	r, err := planned(t, tests...).Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// csvOf is claims.csv.
func csvOf(r *ClaimsRun) string {
	var b strings.Builder
	w := table.NewWriter(&b, columnsOf("claims")...)
	r.rows(w)
	_ = w.Close() // a builder takes all
	return b.String()
}

// Pairs that are there are not run again, and others are added to them, also where one test takes fewer than another.
func TestClaimsGoOn(t *testing.T) {
	few := tiny("C2", ClaimArm{}, ClaimArm{Cut: []string{"trust"}})
	few.Most, few.Horizon = 2, 3
	tests := []ClaimTest{tiny("C1", ClaimArm{}, ClaimArm{Cut: []string{"input", "labour"}}), few}
	fresh := runTiny(t, tests, ClaimOptions{Replicates: 3, Threads: 2})
	dir, facts := t.TempDir(), []checkpoint.Fact{{Name: "tests", Value: "C1 C2"}}
	work := 0
	for n := range 3 {
		pairs, err := OpenClaimPairs(dir, "", facts, true)
		if err != nil || pairs.Held(3) != n {
			t.Fatalf("%d pairs held, want %d: %v", pairs.Held(3), n, err)
		}
		r := runTiny(t, tests, ClaimOptions{Replicates: n + 1, Threads: 2, Pairs: pairs})
		if work = planned(t, tests...).Work(n+1, pairs); n == 2 && csvOf(r) != csvOf(fresh) {
			t.Errorf("%s\nand fresh\n%s", csvOf(r), csvOf(fresh))
		}
	}
	if want := planned(t, tests[0]).Work(1, nil); work != want {
		t.Errorf("the third pair takes %d ticks, want %d: the second test has none", work, want)
	}
	if _, err := OpenClaimPairs(dir, "", []checkpoint.Fact{{Name: "tests", Value: "C1"}}, true); !errors.Is(err, output.ErrOccupied) {
		t.Errorf("pairs of other tests: %v", err)
	}
}

// Arms that are alike have an effect of 0 to the bit, whether they branch or begin at the start, which is no effect worth
// naming; arms that differ have one, and no number of threads changes it.
func TestNullClaim(t *testing.T) {
	low := ClaimArm{Params: map[string]string{"market.volatility": ".2"}}
	again := ClaimArm{Params: map[string]string{"market.volatility": "0.2"}} // another text, so a run of its own
	fromStart := tiny("C2", ClaimArm{Scenario: map[string]string{"regions.plain.trust_prior": ".6"}},
		ClaimArm{Scenario: map[string]string{"regions.plain.trust_prior": "0.6"}})
	fromStart.Branch = 0
	cut := tiny("C3", ClaimArm{}, ClaimArm{Cut: []string{"input", "labour"}})
	tests := []ClaimTest{tiny("C1", low, again), fromStart, cut}
	first := runTiny(t, tests, ClaimOptions{Replicates: 3, Threads: 1})
	for _, r := range first.Results[:2] {
		if r.Effect != 0 || r.Lo != 0 || r.Hi != 0 || r.Verdict != NoEffect || r.P != 1 || r.Detectable != 0 || r.Pairs != 3 {
			t.Errorf("%s: %+v", r.Test.ID, r)
		}
	}
	if r := first.Results[2]; r.Effect == 0 || math.IsNaN(r.Effect) {
		t.Errorf("nearness does nothing: the test says nothing: %+v", r)
	}
	second := runTiny(t, tests, ClaimOptions{Replicates: 3, Threads: 3})
	for k, r := range second.Results {
		if r.Effect != first.Results[k].Effect || r.Lo != first.Results[k].Lo || r.A != first.Results[k].A {
			t.Errorf("%s: with three threads %+v", r.Test.ID, r)
		}
	}
}

// readings makes the readings of a single test from the outcomes of its arms, by replicate.
func readings(arms ...[]float64) []*claimReadings {
	list := make([]*claimReadings, len(arms[0]))
	for k := range list {
		var outcome []float64
		for _, a := range arms {
			outcome = append(outcome, a[k])
		}
		list[k] = &claimReadings{outcome: [][]float64{outcome}, spent: [][]float64{make([]float64, len(arms))}}
	}
	return list
}

// worlds draws outcomes of n worlds about a mean, and the same with an effect in %, which varies a little from pair to pair.
func worlds(n int, effect float64) (base, with []float64) {
	for k := range n {
		b := 100 + 20*testSeed.Normal(2, 0, 0, k)
		base = append(base, b)
		with = append(with, b*(1+(effect+.2*testSeed.Normal(2, 1, 0, k))/100))
	}
	return base, with
}

// With a known effect the verdict is known, although worlds differ a hundred times more than arms.
func TestKnownTruth(t *testing.T) {
	for _, c := range []struct {
		effect   float64
		expected string
		want     string
	}{{3, "+", Supported}, {3, "-", Contradicted}, {-3, "+", Contradicted}, {-3, "-", Supported}, {.2, "+", NoEffect}, {1, "+", Undecided}} {
		x := tiny("C1", ClaimArm{}, ClaimArm{})
		x.Expected = c.expected
		base, with := worlds(30, c.effect)
		r := judge(&x, readings(with, base), 0, 1)
		if r.Verdict != c.want || math.Abs(r.Effect-c.effect) > .2 || (r.P < .05) != (c.want == Supported || c.want == Contradicted) {
			t.Errorf("effect %v, expected %s: %+v", c.effect, c.expected, r)
		}
		// By hand: standard error .2/sqrt(30) = .0365, (2.045 + .854) of which is .106.
		near(t, "detectable effect", r.Detectable, .106, .04)
	}
}

// (110/100 - 1) - (102/100 - 1) is 8%; in points .5 - .4 is 10.
func TestContrasts(t *testing.T) {
	x := tiny("C1", ClaimArm{}, ClaimArm{})
	x.Contrast = Interaction
	r := judge(&x, readings([]float64{110, 110}, []float64{100, 100}, []float64{102, 102}, []float64{100, 100}), 0, 1)
	near(t, "interaction", r.Effect, 8, 1e-9)
	near(t, "points", contrast("points", []float64{.5}, []float64{.4})[0], 10, 1e-9)
	near(t, "own unit", contrast("quarters", []float64{5}, []float64{8})[0], -3, 0)

	x.Contrast = Spread
	var calm, wild []float64
	for k := range 101 {
		calm, wild = append(calm, float64(100+k)), append(wild, float64(100+2*k))
	}
	r = judge(&x, readings(wild, calm), 0, 1)
	near(t, "spread", r.Effect, 100, 1e-9) // P10 and P90 of 0..100 are 10 and 90, of twice that 20 and 180

	// Policy 1 is lucky in even worlds and bad in odd ones, policy 2 does 1 everywhere. Chosen in even worlds policy 1 is
	// judged in odd ones; chosen in odd worlds policy 2 is judged in even ones.
	x.Contrast, x.A, x.Unit = Best, nil, "workers"
	x.Best = []ClaimPolicy{{Instrument: "one"}, {Instrument: "two"}}
	r = judge(&x, readings([]float64{0, 0, 0, 0}, []float64{9, -5, 9, -5}, []float64{1, 1, 1, 1}), 0, 1)
	near(t, "best", r.Effect, (1+1-5-5)/4., 1e-9)
	if !strings.Contains(r.Note, "two, one") {
		t.Errorf("note %q", r.Note)
	}
}

// Two pairs, two instruments. Beside 100 jobs in arm b the first has 110 and 120 for 5 worker-years a pair, the second 104 twice for 1: 15 over 5 is
// less than 4 over 1, so that the second comes first. Nothing was spent on the third, which has no rank.
func TestMenu(t *testing.T) {
	x := ClaimTest{ID: "C", Contrast: Best, Unit: "%", Outcome: "jobs", Expected: "+", Smallest: 1, B: &ClaimArm{Says: "none"},
		Best: []ClaimPolicy{{Instrument: "one"}, {Instrument: "two"}, {Instrument: "three"}}}
	pair := func(jobs ...float64) *claimReadings {
		r := &claimReadings{outcome: [][]float64{jobs}, spent: [][]float64{{9, 5, 1, 0}}, menu: [][][]float64{make([][]float64, len(jobs))}}
		for arm, j := range jobs {
			r.menu[0][arm] = []float64{1, j, 7, 2}
		}
		return r
	}
	r := judge(&x, []*claimReadings{pair(100, 110, 104, 100), pair(100, 120, 104, 100)}, 0, 1)
	if len(r.Menu) != 3*len(menuOutcomes) {
		t.Fatalf("%d rows", len(r.Menu))
	}
	for k, want := range []MenuRow{
		{"one", "jobs", "workers", 5, 15, 0, 0, 15, 2},
		{"two", "jobs", "workers", 1, 4, 0, 0, 4, 1},
		{"three", "jobs", "workers", 0, 0, 0, 0, 0, 0},
	} {
		got := r.Menu[3+k]
		near(t, "effect", got.Effect, want.Effect, 1e-9)
		if got.Lo > got.Effect || got.Hi < got.Effect {
			t.Errorf("%+v", got)
		}
		got.Effect, got.Lo, got.Hi = want.Effect, 0, 0
		if got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	for _, even := range []int{0, 6, 9} { // what no instrument changes ranks them as the menu does
		if r.Menu[even].Effect != 0 || r.Menu[even].Rank != 1 || r.Menu[even+2].Rank != 0 {
			t.Errorf("%+v", r.Menu[even:even+3])
		}
	}
	run := ClaimsRun{Results: []ClaimResult{r}}
	page := run.Page()
	two, one := strings.Index(page, "| `two` | 1.00 |"), strings.Index(page, "| `one` | 5.00 |")
	if two < 0 || one < two || !strings.Contains(page, "| `three` | 0 |") {
		t.Errorf("page\n%s", page)
	}
}

// By hand: an effect of -5 with a standard error of 1 and two degrees of freedom is 3 beyond a smallest one of 2, which has the chance 1 - sqrt(9/11);
// t is 4.302653 at 97.5% and 1.060660 at 80%. The spread of few worlds has a p-value too.
func TestWeigh(t *testing.T) {
	r := ClaimResult{Effect: -5, Test: ClaimTest{Smallest: 2}}
	r.weigh(1, 2)
	near(t, "p", r.P, 1-math.Sqrt(9./11), 1e-9)
	near(t, "detectable", r.Detectable, 4.302653+1.060660, 1e-5)
	r.weigh(0, 2)
	near(t, "p without spread", r.P, 0, 0)
	r.Effect = 2
	r.weigh(1, 2)
	near(t, "p of an effect of no interest", r.P, 1, 0)
	x := tiny("C1", ClaimArm{}, ClaimArm{})
	x.Contrast, x.Smallest = Spread, .1
	if r = judge(&x, readings([]float64{1, 2, 3, 4}, []float64{10, 20, 30, 40}), 0, 1); math.IsNaN(r.Detectable) || !(r.P >= 0 && r.P <= 1) || r.A != 2.5 || r.B != 25 {
		t.Errorf("%+v", r)
	}
}

func TestVerdict(t *testing.T) {
	none := math.NaN()
	for _, c := range []struct {
		lo, hi   float64
		expected string
		want     string
	}{
		{1.1, 2, "+", Supported}, {1, 2, "+", Undecided}, {-.9, .9, "+", NoEffect}, {-1, .9, "+", Undecided}, {-.5, 1.5, "+", Undecided},
		{-2, -1.1, "+", Contradicted}, {-2, -1.1, "-", Supported}, {1.1, 2, "-", Contradicted}, {.1, .9, "-", NoEffect},
		{none, none, "+", Undecided}, {-2, 2, "-", Undecided},
	} {
		if got := verdict(c.lo, c.hi, 1, c.expected); got != c.want {
			t.Errorf("%v to %v, expected %s: %s, want %s", c.lo, c.hi, c.expected, got, c.want)
		}
	}
}

// Only counted tests share the correction: .01 of three is .03, .02 of two left is .04.
func TestHolmOverCounted(t *testing.T) {
	r := []ClaimResult{{P: .01}, {P: .02}, {P: .001, Test: ClaimTest{Construction: "by it"}}, {P: .5}, {P: math.NaN()}}
	holmOver(r)
	for k, want := range []float64{.03, .04, math.NaN(), .5, math.NaN()} {
		if math.IsNaN(want) != math.IsNaN(r[k].Holm) || math.Abs(r[k].Holm-want) > 1e-15 {
			t.Errorf("%d: %v, want %v", k, r[k].Holm, want)
		}
	}
}

// Value added at a rate of 4 a year falls to 2 for five quarters: 5/4 of a year at half the value added are missing, .625 years.
// A quarter later 3 above is no help, and half a quarter at 3 more adds 1/16.
func TestShortfall(t *testing.T) {
	r := &claimRecord{first: 10, shock: 16}
	for k := range 30 {
		x := 4.
		switch {
		case k >= 6 && k < 11:
			x = 2
		case k == 12:
			x = 7
		case k == 14:
			x = 3
		}
		r.rows = append(r.rows, claimGauges{added: x})
	}
	near(t, "shortfall", shortfall(r, 29), .625+1./16, 1e-12)
	near(t, "until the seventh quarter", shortfall(r, 12), .625, 1e-12)
	near(t, "in the second quarter", shortfall(r, 7), .25, 1e-12)
	if r.shock = -1; !math.IsNaN(shortfall(r, 29)) {
		t.Error("a shortfall without a shock")
	}
}

// The trunk of a world gives the readings that arms of their own would give, to the bit, from the start and behind a branch.
func TestTrunkIsAnArm(t *testing.T) {
	branched := tiny("C1", ClaimArm{Params: map[string]string{"market.volatility": ".2"}}, ClaimArm{})
	begun := branched
	begun.ID, begun.Branch, begun.Outcome = "C2", 0, "survival"
	begun.Unit = "points"
	tests := []ClaimTest{branched, begun}
	worlds := planned(t, tests...).worlds
	if len(worlds) != 1 || len(worlds[0].groups) != 2 {
		t.Fatalf("%d worlds", len(worlds))
	}
	read := func() (all [][][]float64) {
		x, err := worlds[0].replicate(context.Background(), tests, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range x {
			all = append(all, r.outcome)
		}
		return all
	}
	from := worlds[0].work()
	shared := read()
	for _, g := range worlds[0].groups {
		for a := range g.arms {
			if g.arms[a].trunk == (g.arms[a].setup.Params.Market.Volatility == .2) {
				t.Errorf("arm %d: trunk %v", a, g.arms[a].trunk)
			}
			g.arms[a].trunk = false
		}
	}
	if apart := read(); !reflect.DeepEqual(shared, apart) {
		t.Errorf("read from the trunk %v, from arms %v", shared, apart)
	}
	if more := worlds[0].work(); from != 2+4+4+4 || more != 2+4*4 {
		t.Errorf("%d ticks shared, %d apart", from, more)
	}
}

// What is stopped keeps the pairs that are whole; a test without one is undecided and says so.
func TestClaimsStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	o := ClaimOptions{Replicates: 4, Threads: 1, Watch: &watcher{14, stop}} // a pair takes 2 + 4 + 4 ticks, and tick 0
	r, err := planned(t, tiny("C1", ClaimArm{}, ClaimArm{Cut: []string{"trust"}})).Run(ctx, o)
	if !errors.Is(err, context.Canceled) || r == nil || r.Results[0].Pairs != 1 || r.Unfinished != 3 {
		t.Fatalf("%+v, %v", r, err)
	}
	o.Watch = &watcher{3, stop}
	if r, _ = planned(t, tiny("C1", ClaimArm{}, ClaimArm{})).Run(ctx, o); r.Results[0].Pairs != 0 || r.Results[0].Verdict != Undecided {
		t.Errorf("%+v", r.Results[0])
	}
	for at, waits := range []func(){nil, stop} { // before the first test, and behind it
		if at == 1 {
			ctx, stop = context.WithCancel(t.Context())
			waits = stop
		}
		tests := []ClaimTest{tiny("C1", ClaimArm{}, ClaimArm{}), tiny("C2", ClaimArm{}, ClaimArm{})}
		if p, err := PlanClaims(ctx, tests, scenarios.Given{}, waits); !errors.Is(err, context.Canceled) || p != nil {
			t.Errorf("planned, stopped before test %d: %v, %v", at, p, err)
		}
	}
}

// A test of an instrument that does not exist waits; the others run.
func TestWaiting(t *testing.T) {
	none := tiny("C1", ClaimArm{Policies: []ClaimPolicy{{Instrument: "magic"}}}, ClaimArm{})
	some := tiny("C3", ClaimArm{Policies: []ClaimPolicy{{Instrument: "subsidy", Within: &ClaimCircle{"middle", 20}}}}, ClaimArm{})
	r := runTiny(t, []ClaimTest{none, some}, ClaimOptions{Replicates: 1, Threads: 1}).Results
	if r[0].Verdict != Waiting || !strings.Contains(r[0].Note, "magic") || !(r[1].SpentA > 0) || r[1].SpentB != 0 {
		t.Errorf("%+v", r)
	}
}

// What is wrong with a file of tests is told all at once.
func TestClaimFaults(t *testing.T) {
	_, err := parseClaims([]byte(`
agglo: 1
tests:
- {id: C1, quote: {ru: a, en: b}, literature: x, expected: "?", scenario: plain, branch: 4, horizon: 2, outcome: luck, unit: "%", smallest: 0,
   contrast: best, a: {says: x, cut: [wires], scenario: {ticks: 4}}, b: {says: ""}}
- {id: C1, quote: {ru: a, en: b}, literature: x, expected: "+"}
`))
	for _, want := range []string{
		"C1 is there twice", `expected "?"`, "outcome \"luck\"", "smallest 0", "horizon 2", "for best b alone", "best: want two", "and why",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	if _, err := parseClaims([]byte("agglo: 1\ntests: []\nfoo: 1\n")); err == nil {
		t.Error("an unknown key is let in")
	}
	c, _ := ReadClaims()
	if some, err := c.Choose([]string{"C3"}); err != nil || len(some) != 2 {
		t.Errorf("%v, %v", some, err)
	}
	if _, err := c.Choose([]string{"C31"}); !errors.Is(err, ErrNoClaim) {
		t.Errorf("C31: %v", err)
	}
	wrong := tiny("C1", ClaimArm{Params: map[string]string{"market.volatilty": ".2"}}, ClaimArm{})
	if _, err := PlanClaims(t.Context(), []ClaimTest{wrong}, scenarios.Given{}, nil); err == nil || !strings.Contains(err.Error(), "market.volatility") {
		t.Errorf("a parameter that does not exist: %v", err)
	}
}

var _ sim.Observer[world.View] = (*claimRecord)(nil)
