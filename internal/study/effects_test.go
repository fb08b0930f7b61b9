package study

import (
	"math"
	"slices"
	"testing"

	"agglo/model"
	"agglo/model/policy"
	"agglo/model/world"
	"agglo/output"
	"agglo/sim"
)

// steadyRun is a record of four quarters that are all alike, and of jobs beside the target at three ticks.
func steadyRun(f flow, beside [3]float64, traced, wasted float64) *record {
	return &record{flows: []flow{f, f, f, f}, beside: [][]float64{beside[:]}, traced: traced, wasted: wasted}
}

// twoPairs are two pairs of worlds with a policy for one place, from quarter 3 to quarter 6.
func twoPairs() (*Result, *pairs) {
	s := policy.Spec{ID: "a", Instrument: "subsidy", From: 3, To: 7, Budget: -1, Intensity: 1}
	s.Target.Sectors = []int{0}
	r := &Result{First: 2, Ticks: []int{2, 4, 6}, Arms: []Arm{{"a", []policy.Spec{s}}}}
	base := steadyRun(flow{jobs: 100, added: 30, taxes: 20}, [3]float64{50, 52, 54}, 0, 0)
	one := steadyRun(flow{jobs: 104, added: 31, taxes: 21,
		cost: world.Cost{Gross: 10, Forgone: 2, Admin: 1, GuaranteeLoss: .5, PrivateLevered: 4}}, [3]float64{50, 50, 51}, 8, 2)
	two := steadyRun(flow{jobs: 106, added: 32, taxes: 23,
		cost: world.Cost{Gross: 12, Forgone: 3, Admin: 1, GuaranteeLoss: .5, PrivateLevered: 4}}, [3]float64{50, 51, 53}, 12, 4)
	return r, &pairs{base: []*record{base, base}, with: []*record{one, two}}
}

// By hand, over four quarters. Public money: 4 x 11.5 = 46 and 4 x 13.5 = 54. Taxes that came back, those not asked for put
// aside: 4 x (1 + 2) = 12 and 4 x (3 + 3) = 24, so net costs are 34 and 30. Jobs are means, 4 and 6; value added is a sum, 4 and
// 8. Others lost (2 + 3)/2 = 2.5 and (1 + 1)/2 = 1 jobs behind the first tick.
func TestCostsByHand(t *testing.T) {
	r, p := twoPairs()
	c := r.costs(p, newResampling(1, 2))
	for _, x := range []struct {
		what      string
		got, want float64
	}{
		{"gross", c.Gross, 44}, {"administration", c.Admin, 4}, {"losses on guarantees", c.GuaranteeLoss, 2}, {"levered", c.Levered, 16},
		{"taxes back", c.TaxBack, 18}, {"net cost", c.NetCost, 32}, {"net jobs", c.NetJobs, 5}, {"displacement", c.Displacement, 1.75},
		{"traced", c.Traced, 10}, {"deadweight", c.Deadweight, 3},
	} {
		near(t, x.what, x.got, x.want, 1e-12)
	}
	if want := []Pair{{"a", 0, 34, 4, 4, 2.5, 2}, {"a", 1, 30, 6, 8, 1, 4}}; !slices.Equal(r.Pairs, want) {
		t.Errorf("pairs %+v, want %+v", r.Pairs, want)
	}
	r.ledger(p)
	for k, row := range r.Ledger {
		if want := (LedgerRow{3 + k, "a", 11, 1, .5, 4.5, 4}); row != want {
			t.Errorf("ledger %+v, want %+v", row, want)
		}
	}
	if len(r.Ledger) != 4 {
		t.Errorf("%d rows of the ledger, want 4", len(r.Ledger))
	}
}

// Beside an arm that begins earlier, which adds looks in which nothing differs, a policy has the same net jobs and displaces the same:
// by hand as above, 4 and 6 jobs and 2.5 and 1.
func TestCostsBesideAnEarlierPolicy(t *testing.T) {
	r, p := twoPairs()
	early := r.Arms[0].Policies[0]
	early.ID, early.From = "early", 1
	r.First, r.Ticks, r.Arms = 0, []int{0, 1, 2, 4, 6}, append(r.Arms, Arm{"early", []policy.Spec{early}})
	for k := range p.base {
		for _, run := range []*record{p.base[k], p.with[k]} {
			if quiet := p.base[0].flows[0]; len(run.flows) == 4 { // both pairs have one baseline
				run.flows = append([]flow{quiet, quiet}, run.flows...)
				run.beside[0] = append([]float64{50, 50}, run.beside[0]...)
			}
		}
	}
	r.costs(p, newResampling(1, 2))
	if want := []Pair{{"a", 0, 34, 4, 4, 2.5, 2}, {"a", 1, 30, 6, 8, 1, 4}}; !slices.Equal(r.Pairs, want) {
		t.Errorf("pairs %+v, want %+v", r.Pairs, want)
	}
}

// By hand: differences 2, 1, 0 of a baseline of -10 are +10% of it. Variances are 4 and 9 apart and 1 in pairs. Student's t of two
// degrees of freedom is 4.302653 at 97.5% and 1.060660 at 80%, the standard error 1/sqrt(3); t = sqrt(3) has p = .225403.
func TestEffectByHand(t *testing.T) {
	r := &Result{First: 2, Ticks: []int{6}, Metrics: []string{"jobs"}, Arms: []Arm{{ID: "a"}}}
	run := func(x float64) *record {
		rec := &record{values: make([][]float64, len(metrics))}
		rec.values[slices.Index(Metrics(), "jobs")] = []float64{x}
		return rec
	}
	r.effects(&pairs{base: []*record{run(-8), run(-10), run(-12)}, with: []*record{run(-6), run(-9), run(-12)}}, newResampling(1, 3))
	e, se := r.Effects[0], 1/math.Sqrt(3)
	for _, x := range []struct {
		what      string
		got, want float64
	}{
		{"baseline", e.Baseline, -10}, {"effect", e.Effect, 1}, {"percent", e.Percent, 10}, {"variance reduction", e.VarianceReduction, 13},
		{"lo", e.Lo, 1 - 4.302653*se}, {"hi", e.Hi, 1 + 4.302653*se}, {"detectable", e.Detectable, (4.302653 + 1.060660) * se},
		{"p", e.P, .225403},
	} {
		near(t, x.what, x.got, x.want, 2e-6)
	}
}

// A price is the mean cost over the mean gain, not the mean of the pairs' prices: gains of 1 and 3 for 4 each cost 2, where these
// are 4 and 4/3. The standard error of 24 such gains is 1/sqrt(23) = .2085, a part .104 of their mean: about 1.65 to 2.5. What
// gains nothing beyond chance has none.
func TestPricePerUnit(t *testing.T) {
	var cost, gain []float64
	for k := range 24 {
		cost, gain = append(cost, 4), append(gain, float64(1+2*(k%2)))
	}
	ratio, lo, hi := perUnit(newResampling(1, 24), cost, gain, 1.6)
	near(t, "price", ratio, 2, 1e-12)
	near(t, "lo", lo, 1.65, .08)
	near(t, "hi", hi, 2.5, .12)
	if ratio, _, _ = perUnit(newResampling(1, 24), cost, gain, 0); !math.IsNaN(ratio) {
		t.Errorf("the price of a gain that may be nothing: %v", ratio)
	}
	// Few pairs take Fieller's interval: that of TestFieller.
	ratio, lo, hi = perUnit(newResampling(1, 3), []float64{3, 3, 6}, []float64{1.8, 2, 2.2}, 1)
	near(t, "price of three pairs", ratio, 2, 1e-12)
	near(t, "lo of three pairs", lo, -.19297, 1e-4)
	near(t, "hi of three pairs", hi, 3.46953, 1e-4)
}

// A comparison as a whole: p-values of effects are adjusted for the policies of the tick, those of jobs and value added for the policies, and only
// what is then beyond chance has a price. Of two degrees of freedom p is 1 - sqrt(t^2/(t^2 + 2)): differences of 10, 11, 12 have t^2 = 363, of
// 5, 6, 10 t^2 = 21. Alone p of the second is .044; among three it is twice that.
func TestEvaluateAdjusts(t *testing.T) {
	spec := func(id string) Arm {
		return Arm{id, []policy.Spec{{ID: id, Instrument: "subsidy", From: 3, To: 7, Budget: -1, Intensity: 1}}}
	}
	r := &Result{Seed: 1, First: 2, Ticks: []int{2, 6}, Metrics: []string{"jobs"}, Arms: []Arm{spec("a"), spec("b"), spec("c")}}
	run := func(more float64) *record {
		rec := steadyRun(flow{jobs: 100 + more, added: 30 + 2*more, cost: world.Cost{Gross: 10 + more*more}}, [3]float64{}, 0, 0)
		rec.values = make([][]float64, len(metrics))
		rec.values[slices.Index(Metrics(), "jobs")] = []float64{100, 100 + more}
		return rec
	}
	var runs []*record
	for _, more := range [][3]float64{{10, 5, -1}, {11, 6, 0}, {12, 10, 1}} {
		runs = append(runs, run(0), run(more[0]), run(more[1]), run(more[2]))
	}
	r.evaluate(runs)
	p := map[string]float64{"a": 3 * (1 - math.Sqrt(363./365)), "b": 2 * (1 - math.Sqrt(21./23)), "c": 1}
	for k, c := range r.Costs {
		e, _ := r.At(c.Policy, "jobs", 6)
		near(t, c.Policy+": effect", e.Effect, []float64{11, 7, 0}[k], 1e-12)
		near(t, c.Policy+": p of the effect", e.P, p[c.Policy], 1e-9)
		near(t, c.Policy+": p of net jobs", c.NetJobsP, p[c.Policy], 1e-9)
		if e, _ = r.At(c.Policy, "jobs", 2); !math.IsNaN(e.P) {
			t.Errorf("%s is tested before it begins: %v", c.Policy, e.P)
		}
		if !(math.IsNaN(c.PerJob) && math.IsNaN(c.PerAddedHi)) {
			t.Errorf("%s has a price by three pairs: %+v", c.Policy, c)
		}
	}
	if len(r.Pairs) != 9 || len(r.Ledger) != 12 {
		t.Errorf("%d pairs, %d rows of the ledger", len(r.Pairs), len(r.Ledger))
	}
	r = &Result{Seed: r.Seed, First: r.First, Ticks: r.Ticks, Metrics: r.Metrics, Arms: r.Arms}
	r.evaluate(append(runs, runs...)) // pairs enough
	if c := r.Costs[2]; !math.IsNaN(c.PerJob) || !math.IsNaN(c.PerAddedHi) {
		t.Errorf("what gains nothing has a price: %+v", c)
	}
	// Costs are 4 x (10 + 365/3) on average, for 11 jobs, and for 4 x 22 of value added.
	near(t, "price of a job", r.Costs[0].PerJob, 4*(10+365./3)/11, 1e-9)
	near(t, "price of value added", r.Costs[0].PerAdded, (10+365./3)/22, 1e-9)
	if c := r.Costs[0]; !(c.PerJobLo < c.PerJob && c.PerJob < c.PerJobHi && c.PerAddedLo < c.PerAdded && c.PerAdded < c.PerAddedHi) {
		t.Errorf("intervals of prices: %+v", c)
	}
}

// A policy is at work as long as it costs anything, losses on its guarantees too, but for what is paid behind its last quarter; the look at its
// end is the last one by then, yet behind the first tick.
func TestEndOfByHand(t *testing.T) {
	spec := policy.Spec{ID: "a", Instrument: "subsidy", From: 3, To: 9, Budget: -1, Intensity: 1}
	r := &Result{First: 2, Ticks: []int{2, 4, 6, 8, 12}, Arms: []Arm{{"a", []policy.Spec{spec}}}}
	for _, c := range []struct {
		gross, loss int // last ticks of either
		want        int
	}{{3, 0, 4}, {4, 0, 4}, {5, 0, 4}, {3, 7, 6}, {12, 0, 8}, {3, 12, 8}, {0, 0, 12}} {
		r.Ledger = nil
		for tick := 3; tick <= 12; tick++ {
			row := LedgerRow{Tick: tick, Policy: "a"}
			if tick <= c.gross {
				row.Gross = 1
			}
			if tick == c.loss {
				row.GuaranteeLoss = 1
			}
			r.Ledger = append(r.Ledger, row, LedgerRow{Tick: tick, Policy: "b", Gross: 1})
		}
		if got := r.EndOf("a"); got != c.want {
			t.Errorf("money until %d, losses at %d: ends at %d, want %d", c.gross, c.loss, got, c.want)
		}
	}
}

// A record of a comparison has the numbers of the tables: at its ticks those of a gauge, and in every quarter its flows.
func TestRecordAgreesWithTables(t *testing.T) {
	setup := small(t)
	spec := defaultPolicy("subsidy", 5000, 2)
	setup.Policies = []policy.Spec{spec}
	e, err := model.New(setup)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"productivity", "jobs", "synergy", publicCost, "value_added", "wage", "firms", "exports"}
	g := output.NewGauge(append(slices.Clone(names), "tax_revenue"), 1)
	r := &Result{First: 2, Ticks: []int{2, 4, 8}}
	arms := []Arm{{ID: "a", Policies: setup.Policies}}
	rec := newRecord(r, arms, []string{spec.ID})
	var rows [][]float64
	watch := observer(func(v world.View, tick int) error {
		if err := g.Observe(v, tick); err != nil {
			return err
		}
		if slices.Contains(r.Ticks, tick) {
			rows = append(rows, g.Row(v, 0))
		}
		return nil
	})
	e.Observers = []sim.Observer[world.View]{rec, watch}
	if err := e.Run(t.Context(), 8); err != nil {
		t.Fatal(err)
	}
	for k := range r.Ticks {
		for m, name := range names {
			got, want := rec.series(name, 0)[k], rows[k][m]
			if (name != publicCost || k > 0) && !(math.Abs(got-want) <= 1e-9*math.Abs(want) || math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("%s at tick %d: %v, in the tables %v", name, r.Ticks[k], got, want)
			}
		}
	}
	v := e.View(e.World)
	bill, jobs, added, taxes, spent := 0.0, 0.0, 0.0, 0.0, 0.0
	for i := range v.Rows() {
		if v.Living(i) {
			bill, jobs, added = bill+v.Jobs(i)*v.LogEfficiency(i), jobs+v.Jobs(i), added+v.ValueAdded(i)
		}
	}
	near(t, "efficiency", rec.series("efficiency", 0)[2], math.Exp(bill/jobs), 1e-9)
	for _, f := range rec.flows {
		taxes, spent = taxes+f.taxes, spent+f.cost.Sum()
	}
	last := rec.flows[5]
	near(t, "jobs of the last quarter", last.jobs, v.Scale()*jobs, 1e-9*jobs)
	near(t, "value added in it", last.added, v.Scale()*added/4, 1e-9*added)
	near(t, "taxes", taxes, rows[1][8]+rows[2][8], 1e-9*taxes)
	if want := rows[1][3] + rows[2][3]; !(spent > 0 && math.Abs(spent-want) < 1e-9*want) {
		t.Errorf("%v was spent, in the tables %v", spent, want)
	}
}

// observer is an observer of one function.
type observer func(v world.View, tick int) error

// Observe calls it.
func (o observer) Observe(v world.View, tick int) error { return o(v, tick) }
