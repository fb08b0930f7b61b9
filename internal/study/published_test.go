package study

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"agglo/model/policy"
	"agglo/model/world"
	"agglo/scenarios"
)

// The effects can be read and planned; every hold-out that EFFECTS.md names is there, nulls too, and all arms are used.
func TestPublishedAreComplete(t *testing.T) {
	p, err := ReadPublished(nil)
	if err != nil {
		t.Fatal(err)
	}
	ids := PublishedIDs()
	for _, id := range []string{"E1", "E3", "E5", "E6", "E10", "E11", "E12", "E13", "E15", "E19", "E24", "E28", "E29", "E35"} {
		if !slices.ContainsFunc(ids, func(x string) bool { return strings.TrimRight(x, "abcd") == id }) {
			t.Errorf("%s is not there", id)
		}
	}
	signs := map[string]int{}
	for _, e := range p.Effects {
		if e.Counted() {
			signs[e.Expected]++
		}
	}
	if signs["+"] < 8 || signs["-"] < 3 || signs["0"] < 8 {
		t.Errorf("counted effects by sign: %v", signs)
	}
	for _, a := range p.Arms {
		if !slices.ContainsFunc(p.Effects, func(e PublishedEffect) bool { return e.Of.Arm == a.ID || e.Less != nil && e.Less.Arm == a.ID }) {
			t.Errorf("no effect reads arm %s", a.ID)
		}
	}
	work, _, err := PublishedWork(PublishedOptions{Seeds: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d effects, %d arms, %d ticks a world", len(p.Effects), len(p.Arms), work)
	one, err := ReadPublished([]string{"E3b"})
	if err != nil || len(one.Effects) != 1 || len(one.Arms) != 1 || one.Arms[0].ID != "contest" {
		t.Errorf("%+v, %v", one, err)
	}
	if _, err := ReadPublished([]string{"E3z"}); !errors.Is(err, ErrNoEffect) {
		t.Errorf("E3z: %v", err)
	}
}

// What is wrong with a file of effects is told all at once.
func TestPublishedFaults(t *testing.T) {
	_, err := parsePublished([]byte(`
agglo: 1
arms: [{id: a, instrument: wand, intensity: 1, share: .1, follow: 5, target: "{}"}]
effects:
- {id: E1, statistic: x, source: y, smallest: 0, why: z, role: held_out, expected: "*", of: {arm: b, outcome: luck, by: did, years: [1, 2]}}
- {id: E1, statistic: x, source: y, smallest: 1, why: z, role: held_out, expected: "0", of: {arm: a, outcome: jobs, by: guess, years: [0, 9]},
   less: {arm: a, outcome: ties, by: did, group: elsewhere, years: [1, 2]}}
`))
	for _, want := range []string{"wand", "expected \"*\"", "smallest above 0", "arm \"b\"", "luck", "twice", "guess", "years [0 9]", "one unit", "elsewhere"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
}

// handPanel has eight firms, two in each corner of {sector 0, 1} x {place, elsewhere}, sizes 1 and 10, whose outcome rises by
// the numbers given; the ninth, treated, has closed.
func handPanel(rise [8]float64, name string) (*panel, *policy.Target) {
	t := &policy.Target{Sectors: []int{0}, Within: &policy.Within{KM: 10}}
	p := &panel{outcomes: firmOutcomes()}
	o := slices.IndexFunc(p.outcomes, func(x firmOutcome) bool { return x.name == name })
	before, after := panelYear{values: make([][]float64, len(p.outcomes)), paid: make([]float64, 9)}, panelYear{values: make([][]float64, len(p.outcomes)), paid: make([]float64, 9)}
	for k := range 9 {
		corner := k % 8 / 2
		f := panelFirm{sector: corner / 2, size: []float64{1, 10}[k%2], age: 5}
		if corner%2 == 1 {
			f.at.X = 30 // beyond the ring
		}
		p.firms = append(p.firms, f)
		before.values[o] = append(before.values[o], 2)
		x := math.NaN()
		if k < 8 {
			x = 2 + rise[k]
			after.paid[k] = .5
		}
		after.values[o] = append(after.values[o], x)
	}
	p.years = []panelYear{before, after}
	return p, t
}

// Treated firms (sector 0 in the place) rise by 5 and 7, sector 0 elsewhere by 1 and 3, sector 1 in the place by 2 and 2,
// elsewhere by 1 and 1. Treated less all others: 6 - 10/6. Less rivals: 6 - 2. Twice: (6 - 2) - (2 - 1) = 3. Small ones: 5 less
// the mean of 1, 2, 1.
func TestDifferences(t *testing.T) {
	rise := [8]float64{5, 7, 1, 3, 2, 2, 1, 1}
	p, target := handPanel(rise, "ties")
	for _, c := range []struct {
		m    Measurement
		want float64
	}{
		{Measurement{By: byFirms}, 6 - 10./6},
		{Measurement{By: byFirms, Control: "rivals"}, 4},
		{Measurement{By: byTriple}, 3},
		{Measurement{By: byFirms, Size: &[2]float64{0, 10}}, 5 - 4./3},
		{Measurement{By: byFirms, Age: &[2]float64{6, 9}}, math.NaN()},
	} {
		c.m.Outcome, c.m.Years = "ties", [2]int{1, 1}
		if got := c.m.estimate(p, p, target); math.Abs(got-c.want) > 1e-12 || math.IsNaN(got) != math.IsNaN(c.want) {
			t.Errorf("%+v: %v, want %v", c.m, got, c.want)
		}
	}
	for name, want := range map[string]float64{"own_research": 100 * (6 - 10./6) / 2, leverage: (6 - 10./6) / .5} {
		p, target := handPanel(rise, name)
		m := Measurement{Outcome: name, By: byFirms, Years: [2]int{1, 1}}
		near(t, name, m.estimate(p, p, target), want, 1e-12)
	}
	p.firms[2].at.X = 15 // of sector 0, now in the ring: alone treated, against those beyond (sector 0 or not)
	ring := Measurement{Outcome: "ties", By: byFirms, Group: "ring", Years: [2]int{1, 1}}
	near(t, "ring", ring.estimate(p, p, target), 1-(3+1+1)/3., 1e-12)
}

// Jobs in the place go from 10 to 20, elsewhere from 10 to 10 in the sector and from 20 to 40 in others.
func TestPlacesAndWorld(t *testing.T) {
	row := func(sector int, x, jobs float64) counted {
		return counted{sector: sector, at: world.Point{X: x}, sums: [len(sumNames)]float64{1, jobs, jobs, jobs}}
	}
	p := &panel{years: []panelYear{{census: []counted{row(0, 0, 10), row(0, 30, 10), row(1, 0, 20)}}, {census: []counted{row(0, 0, 20), row(0, 30, 10), row(1, 30, 40)}}}}
	target := &policy.Target{Sectors: []int{0}, Within: &policy.Within{KM: 10}}
	m := Measurement{Outcome: "jobs", By: byPlaces, Years: [2]int{1, 1}}
	near(t, "against all", m.estimate(p, p, target), 100*(math.Log(2)-math.Log(5./3)), 1e-9)
	m.Control = "rivals"
	near(t, "against the sector", m.estimate(p, p, target), 100*math.Log(2), 1e-9)
	m = Measurement{Outcome: "value_added", By: byWorld, Years: [2]int{0, 1}}
	base := &panel{years: []panelYear{p.years[0], p.years[0]}}
	near(t, "of the world", m.estimate(p, base, nil), 100*math.Log(70./40)/2, 1e-9)
}

// An effect may be what one measurement says less what another does.
func TestTold(t *testing.T) {
	of := func(m *Measurement) float64 { return map[string]float64{"a": 5, "b": 3, "c": math.Inf(1)}[m.Outcome] }
	e := PublishedEffect{Of: Measurement{Outcome: "a"}}
	near(t, "one", e.told(of), 5, 0)
	e.Less = &Measurement{Outcome: "b"}
	near(t, "less another", e.told(of), 2, 0)
	if e.Less.Outcome = "c"; !math.IsNaN(e.told(of)) {
		t.Errorf("less one that has no bounds: %v", e.told(of))
	}
}

func TestSignOf(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		want   string
	}{{.2, .9, "0"}, {-.9, .9, "0"}, {.2, 1.1, "+"}, {-3, -.1, "-"}, {-.1, 1, "?"}, {-2, 2, "?"}, {math.NaN(), math.NaN(), "?"}} {
		if got := signOf(c.lo, c.hi, 1); got != c.want {
			t.Errorf("%v to %v: %s, want %s", c.lo, c.hi, got, c.want)
		}
	}
}

// tenth makes a world of a tenth of the firms.
func tenth(s *scenarios.Scenario) error {
	return errors.Join(s.Set("scenario.scale", "10"), s.Set("areas.plain.cell_km", "5"), s.Set("areas.plain.land", "2500"))
}

// Under the placebo, paid from outside, the comparison of treated and others finds luck, and the twin finds nothing at all.
func TestPlaceboCausesNothing(t *testing.T) {
	p, err := planPublished(&PublishedOptions{Only: []string{"E4", "E24a", "E24b"}, Set: tenth})
	if err != nil {
		t.Fatal(err)
	}
	for k := range p.specs {
		p.specs[k].Instrument, p.specs[k].Finance = "burn", policy.Outside
	}
	r, err := p.replicate(context.Background(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for n, e := range p.Effects {
		if r.told[n] == 0 || math.IsNaN(r.told[n]) || r.caused[n] != 0 {
			t.Errorf("%s: told %v, caused %v", e.ID, r.told[n], r.caused[n])
		}
	}
	if !slices.Equal(r.work, []float64{0, 0}) {
		t.Errorf("the placebo works: %v", r.work)
	}
}

// Threads change nothing; money for R&D makes more R&D, of which firms pay less themselves; what is stopped keeps whole worlds.
func TestRunPublished(t *testing.T) {
	o := PublishedOptions{Seeds: 2, Threads: 1, Only: []string{"E6a", "E8"}, Set: tenth}
	one, err := RunPublished(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	o.Threads = 2
	two, err := RunPublished(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for k, f := range one.Findings {
		if f.Value != two.Findings[k].Value || f.Twin != two.Findings[k].Twin || len(f.Seeds) != 2 {
			t.Errorf("%s: %v and %v", f.ID, f, two.Findings[k])
		}
	}
	if more, own := one.Findings[0], one.Findings[1]; !(more.Twin > 2) || !(own.Twin < -2) || more.Instrument != "joint_programme" {
		t.Errorf("R&D %+v, own %+v", more, own)
	}
	if w, n := one.Working(); n != 1 || one.Rejected() {
		t.Errorf("%d of %d work", w, n)
	}
	ctx, stop := context.WithCancel(context.Background())
	o.Threads, o.Watch = 1, &watcher{90, stop} // a world takes 40 + 20 + 20 ticks and tick 0
	r, err := RunPublished(ctx, o)
	if !errors.Is(err, context.Canceled) || r == nil || r.Unfinished != 1 || len(r.Findings[0].Seeds) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}

// A model in which every instrument works is rejected; one that knows a failure is not.
func TestRejected(t *testing.T) {
	r := &PublishedRun{Trials: []Trial{{Works: true}, {Works: true}}}
	if f := r.every(nil); !r.Rejected() || f.Verdict != Otherwise {
		t.Errorf("every instrument works, and that is right: %+v", f)
	}
	r.Findings = []PublishedFinding{{PublishedEffect: PublishedEffect{Expected: "0"}, Verdict: Otherwise}, r.every(nil),
		{PublishedEffect: PublishedEffect{Expected: "+", Construction: "put in"}, Verdict: AsPublished}}
	if as, otherwise, _ := r.Count(true); as != 0 || otherwise != 1 {
		t.Errorf("nulls: %d as published, %d otherwise", as, otherwise)
	}
	if as, _, _ := r.Count(false); as != 0 {
		t.Errorf("signs: %d as published, though one is put in and the rule is none", as)
	}
	r.Trials = append(r.Trials, Trial{})
	if f := r.every(nil); r.Rejected() || f.Verdict != AsPublished || f.Expected != "<3" || f.Value != 2 {
		t.Errorf("one does not, and the model is rejected: %+v", f)
	}
}
