package study

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"agglo/model"
	"agglo/model/policy"
	"agglo/model/world"
	"agglo/scenarios"
)

// A claimWorld is what tests have in common that are made in one scenario, with the same added to its file. Its trunk is the
// world in which nothing is changed: groups branch from it, and an arm that changes nothing is the trunk itself.
type claimWorld struct {
	setup   model.Setup
	target  *ClaimCircle // of outcomes that are told of a place; nil = none
	circle  *world.Point
	shock   int                // first tick of the first shock, -1 = none
	added   map[string]float64 // yearly value added at tick 0, worker-years, by world of an arm
	sectors []string           // of outcomes that are told of some
	most    int                // replicates at most, 0 = as many as are asked for
	groups  []*claimGroup      // by branch
}

// A claimGroup is what tests of a world have in common that branch from it at one tick. Its arms are run once for all of them.
type claimGroup struct {
	world  *claimWorld
	branch int
	arms   []claimRun
	tests  []groupedTest
}

// claimRun is an arm as it is run.
type claimRun struct {
	key     string
	setup   model.Setup
	cut     world.Channels
	trunk   bool // changes nothing: read from the trunk
	horizon int  // the longest of its tests
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

// A ClaimsPlan is tests of claims with the worlds in which they can be run. It is made once, which takes seconds.
type ClaimsPlan struct {
	tests  []ClaimTest
	worlds []*claimWorld
	set    []scenarios.Setting
}

// PlanClaims makes the worlds of the tests that can be run, with a seed of all draws, else the scenarios', and with values that are set in
// all arms of all tests; what an arm sets by itself stands above them. Horizons are the tests' own: no length can be given. All faults come
// back at once; when ctx is done, its error. planned is told when each test but the last is done with; may be nil.
func PlanClaims(ctx context.Context, tests []ClaimTest, given scenarios.Given, planned func()) (*ClaimsPlan, error) {
	worlds, err := plan(ctx, tests, given, planned)
	if err != nil {
		return nil, err
	}
	return &ClaimsPlan{tests, worlds, given.Set}, nil
}

// Worlds is the number of worlds that differ before any arm does anything.
func (p *ClaimsPlan) Worlds() int { return len(p.worlds) }

// Work is the number of ticks that the tests still take in all with so many replicates, for progress.
func (p *ClaimsPlan) Work(replicates int, held *ClaimPairs) int {
	sum := 0
	for _, w := range p.worlds {
		n := w.pairs(replicates)
		sum += (n - held.Held(n)) * w.work()
	}
	return sum
}

// plan makes the worlds of the tests; see PlanClaims.
func plan(ctx context.Context, tests []ClaimTest, given scenarios.Given, planned func()) ([]*claimWorld, error) {
	var worlds []*claimWorld
	byKey := map[string][]*claimWorld{}
	var faults []error
	for at := range tests {
		t := &tests[at]
		if planned != nil && at > 0 {
			planned()
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if len(t.waiting()) > 0 {
			continue
		}
		key := fmt.Sprint(t.Scenario, "\n", t.Add, "\n", t.Set, t.Sectors, t.Most)
		k := slices.IndexFunc(byKey[key], func(w *claimWorld) bool {
			return t.Target == nil || w.target == nil || *w.target == *t.Target
		})
		if k < 0 {
			w, err := newWorld(t, given)
			if err != nil {
				faults = append(faults, fmt.Errorf("%s: %w", t.ID, err))
				continue
			}
			k = len(byKey[key])
			byKey[key] = append(byKey[key], w)
			worlds = append(worlds, w)
		}
		if err := byKey[key][k].add(ctx, t, at, given); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", t.ID, err))
		}
	}
	for _, w := range worlds {
		slices.SortStableFunc(w.groups, func(a, b *claimGroup) int { return cmp.Compare(a.branch, b.branch) })
	}
	return worlds, errors.Join(faults...)
}

// settle resolves a scenario for runs of so many ticks.
func settle(s *scenarios.Scenario, seed *uint64, ticks int) (model.Setup, error) {
	return s.Setup(scenarios.Overrides{Seed: seed, Ticks: &ticks})
}

func newWorld(t *ClaimTest, given scenarios.Given) (*claimWorld, error) {
	s, err := t.readArm(&ClaimArm{}, given.Set)
	if err != nil {
		return nil, err
	}
	w := &claimWorld{shock: -1, added: map[string]float64{}, sectors: t.Sectors, most: t.Most}
	if w.setup, err = settle(s, given.Seed, t.Branch+t.Horizon); err != nil {
		return nil, err
	}
	for _, shock := range w.setup.Setting.Shocks {
		if w.shock < 0 || shock.From < w.shock {
			w.shock = shock.From
		}
	}
	return w, nil
}

// aim lets outcomes be told of a test's place.
func (w *claimWorld) aim(target *ClaimCircle) error {
	if target == nil || w.target != nil {
		return nil
	}
	k := slices.IndexFunc(w.setup.Setting.Places, func(p world.Place) bool { return p.ID == target.Place })
	if k < 0 {
		return fmt.Errorf("target: the scenario has no place %s", target.Place)
	}
	w.target, w.circle = target, &w.setup.Setting.Places[k].At
	return nil
}

// add gives a world a test, and the runs that it still lacks.
func (w *claimWorld) add(ctx context.Context, t *ClaimTest, at int, given scenarios.Given) error {
	if err := w.aim(t.Target); err != nil {
		return err
	}
	at0 := slices.IndexFunc(w.groups, func(g *claimGroup) bool { return g.branch == t.Branch })
	if at0 < 0 {
		at0 = len(w.groups)
		w.groups = append(w.groups, &claimGroup{world: w, branch: t.Branch})
	}
	g, grouped := w.groups[at0], groupedTest{at: at}
	for _, a := range t.arms() {
		text, err := json.Marshal([]any{a.Params, a.Scenario, a.Policies, a.Cut, t.worldOf(a), a.Without}) // maps in the order of their keys
		if err != nil {
			return err
		}
		k := slices.IndexFunc(g.arms, func(r claimRun) bool { return r.key == string(text) })
		if k < 0 {
			run, err := g.arm(ctx, t, a, given)
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
func (g *claimGroup) arm(ctx context.Context, t *ClaimTest, a *ClaimArm, given scenarios.Given) (claimRun, error) {
	s, err := t.readArm(a, given.Set)
	if err = errors.Join(err, ctx.Err()); err != nil {
		return claimRun{}, err
	}
	plain, err := settle(s, given.Seed, t.Branch+t.Horizon) // budgets are shares of the world's value added at its own parameters
	if err != nil {
		return claimRun{}, err
	}
	if err := setAll(s, a.Params); err != nil {
		return claimRun{}, err
	}
	r := claimRun{}
	if r.setup, err = settle(s, given.Seed, t.Branch+t.Horizon); err != nil {
		return r, err
	}
	if a.Without {
		r.setup.Policies = nil
	}
	specs, err := g.policies(ctx, a, s, fmt.Sprint(t.worldOf(a), a.Scenario), plain)
	if err != nil {
		return r, err
	}
	r.setup.Policies = slices.Concat(r.setup.Policies, specs)
	for _, name := range a.Cut {
		r.cut |= 1 << slices.Index(world.ChannelNames[:], name)
	}
	same := r.setup
	same.Ticks = g.world.setup.Ticks // how far a run goes changes none of its ticks
	r.trunk = r.cut == 0 && reflect.DeepEqual(same, g.world.setup)
	return r, nil
}

// policies makes an arm's instruments, read as a scenario's file would have them, with dates and money.
func (g *claimGroup) policies(ctx context.Context, a *ClaimArm, s *scenarios.Scenario, key string, setup model.Setup) ([]policy.Spec, error) {
	if len(a.Policies) == 0 {
		return nil, nil
	}
	added, err := g.world.addedOf(ctx, key, setup)
	if err != nil {
		return nil, err
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
	specs, err := s.ReadPolicies("claims.yaml", []byte(b.String()))
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
		specs[k].Budget = share * float64(years) * added
	}
	return specs, nil
}

// work is the number of ticks that a replicate of a world takes.
func (w *claimWorld) work() int {
	sum, trunk := 0, 0
	for _, g := range w.groups {
		trunk = max(trunk, g.branch)
		for _, a := range g.arms {
			if a.trunk {
				trunk = max(trunk, g.branch+a.horizon)
			} else {
				sum += a.horizon
			}
		}
	}
	return sum + trunk
}
