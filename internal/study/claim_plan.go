package study

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"agglo/model"
	"agglo/model/policy"
	"agglo/model/world"
	"agglo/scenarios"
)

// A claimGroup is what tests have in common: scenario, branch and target. Its arms are run once for all of them.
type claimGroup struct {
	scenario *scenarios.Scenario
	setup    model.Setup // of the runs up to the branch
	branch   int
	target   *ClaimCircle
	circle   *world.Point
	shock    int
	added    float64 // yearly value added at tick 0, worker-years; 0 = not asked for yet
	arms     []claimRun
	tests    []groupedTest
}

// claimRun is an arm as it is run.
type claimRun struct {
	key     string
	setup   model.Setup
	cut     world.Channels
	horizon int // the longest of its tests
}

// groupedTest is a test with the places of its arms among the runs of its group.
type groupedTest struct {
	at   int // in the list of tests
	runs []int
}

// waiting says which instruments of a test do not exist.
func (t *ClaimTest) waiting() []string {
	var list []string
	for _, a := range t.arms() {
		for _, p := range a.Policies {
			if _, found := policy.Find(p.Instrument); !found && !slices.Contains(list, p.Instrument) {
				list = append(list, p.Instrument)
			}
		}
	}
	return list
}

// plan makes groups of the tests that can be run. All faults come back at once.
func plan(tests []ClaimTest, seed *uint64) ([]*claimGroup, error) {
	var groups []*claimGroup
	byKey := map[string]*claimGroup{}
	var faults []error
	for at := range tests {
		t := &tests[at]
		if t.Needs != nil || len(t.waiting()) > 0 {
			continue
		}
		key := fmt.Sprint(t.Scenario, "\n", t.Add, "\n", t.Branch)
		if t.Target != nil {
			key += fmt.Sprint(*t.Target)
		}
		g := byKey[key]
		if g == nil {
			var err error
			if g, err = newGroup(t, seed); err != nil {
				faults = append(faults, fmt.Errorf("%s: %w", t.ID, err))
				continue
			}
			byKey[key] = g
			groups = append(groups, g)
		}
		if err := g.add(t, at, seed); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", t.ID, err))
		}
	}
	return groups, errors.Join(faults...)
}

// readWorld reads a test's scenario with what the test adds to its file.
func (t *ClaimTest) readWorld() (*scenarios.Scenario, error) {
	s, err := scenarios.Load(t.Scenario)
	if err != nil || t.Add == "" {
		return s, err
	}
	return scenarios.Parse("claims.yaml", append(s.YAML(), []byte("\n"+t.Add+"\n")...), nil)
}

// settle resolves a scenario for runs of so many ticks.
func settle(s *scenarios.Scenario, seed *uint64, ticks int) (model.Setup, error) {
	return s.Setup(scenarios.Overrides{Seed: seed, Ticks: &ticks})
}

func newGroup(t *ClaimTest, seed *uint64) (*claimGroup, error) {
	s, err := t.readWorld()
	if err != nil {
		return nil, err
	}
	g := &claimGroup{scenario: s, branch: t.Branch, target: t.Target, shock: -1}
	if g.setup, err = settle(s, seed, t.Branch+t.Horizon); err != nil {
		return nil, err
	}
	for _, shock := range g.setup.Setting.Shocks {
		if g.shock < 0 || shock.From < g.shock {
			g.shock = shock.From
		}
	}
	if t.Target != nil {
		k := slices.IndexFunc(g.setup.Setting.Places, func(p world.Place) bool { return p.ID == t.Target.Place })
		if k < 0 {
			return nil, fmt.Errorf("target: the scenario has no place %s", t.Target.Place)
		}
		g.circle = &g.setup.Setting.Places[k].At
	}
	return g, nil
}

// add gives a group a test, and the runs that it still lacks.
func (g *claimGroup) add(t *ClaimTest, at int, seed *uint64) error {
	grouped := groupedTest{at: at}
	for _, a := range t.arms() {
		text, err := json.Marshal([]any{a.Params, a.Scenario, a.Policies, a.Cut}) // maps in the order of their keys
		if err != nil {
			return err
		}
		k := slices.IndexFunc(g.arms, func(r claimRun) bool { return r.key == string(text) })
		if k < 0 {
			run, err := g.arm(t, a, seed)
			if err != nil {
				return fmt.Errorf("arm %q: %w", a.Says, err)
			}
			run.key = string(text)
			k = len(g.arms)
			g.arms = append(g.arms, run)
		}
		g.arms[k].horizon = max(g.arms[k].horizon, t.Horizon)
		grouped.runs = append(grouped.runs, k)
	}
	g.tests = append(g.tests, grouped)
	return nil
}

// arm resolves an arm.
func (g *claimGroup) arm(t *ClaimTest, a *ClaimArm, seed *uint64) (claimRun, error) {
	s, err := t.readWorld()
	if err != nil {
		return claimRun{}, err
	}
	var faults []error
	for _, values := range []map[string]string{a.Scenario, a.Params} {
		for _, path := range slices.Sorted(maps.Keys(values)) {
			faults = append(faults, s.Set(path, values[path]))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return claimRun{}, err
	}
	r := claimRun{}
	if r.setup, err = settle(s, seed, t.Branch+t.Horizon); err != nil {
		return r, err
	}
	specs, err := g.policies(a)
	if err != nil {
		return r, err
	}
	r.setup.Policies = slices.Concat(r.setup.Policies, specs)
	for _, name := range a.Cut {
		r.cut |= 1 << slices.Index(world.ChannelNames[:], name)
	}
	return r, nil
}

// policies makes an arm's instruments, read as a scenario's file would have them, with dates and money.
func (g *claimGroup) policies(a *ClaimArm) ([]policy.Spec, error) {
	if len(a.Policies) == 0 {
		return nil, nil
	}
	if g.added == 0 {
		var err error
		if g.added, err = valueAdded(g.setup); err != nil {
			return nil, err
		}
	}
	var b strings.Builder
	for k, p := range a.Policies {
		fmt.Fprintf(&b, "- {id: claim-%d, instrument: %s, budget: 1, to: 2100Q1", k+1, p.Instrument) // the true budget and date follow below
		if p.Intensity != 0 {
			fmt.Fprintf(&b, ", intensity: %v", p.Intensity)
		}
		if p.Style != "" {
			fmt.Fprintf(&b, ", style: %s", p.Style)
		}
		switch {
		case p.Within != nil:
			fmt.Fprintf(&b, ", target: {within: {place: %s, km: %v}}", p.Within.Place, p.Within.KM)
		case p.Cluster != "":
			fmt.Fprintf(&b, ", target: {cluster: %s}", p.Cluster)
		}
		b.WriteString("}\n")
	}
	specs, err := g.scenario.ReadPolicies("claims.yaml", []byte(b.String()))
	if err != nil {
		return nil, err
	}
	for k, p := range a.Policies {
		years, share := p.Years, p.Share
		if years == 0 {
			years = defaultYears
		}
		if share == 0 {
			share = defaultBudget
		}
		specs[k].From = g.branch + 1
		specs[k].To = specs[k].From + years*world.TicksPerYear
		specs[k].Budget = share * float64(years) * g.added
	}
	return specs, nil
}

// work is the number of ticks that a replicate of a group takes.
func (g *claimGroup) work() int {
	sum := g.branch
	for _, a := range g.arms {
		sum += a.horizon
	}
	return sum
}
