package scenarios

import (
	"math"
	"strings"
	"testing"

	"agglo/model/policy"
)

// A strategy becomes a policy for every instrument, with its share of the money, and its own target and strength where it has
// one. All wrappers reach the model.
func TestStrategy(t *testing.T) {
	s := parse(t, with(`currency: {code: EUR, price_year: 2000, labour_cost: 40000}
policies:
  - id: s
    instruments:
      - {instrument: rd_grant, share: .75}
      - {instrument: transport, share: .25, intensity: 2, target: {within: {at_km: [1, 2], km: 5}}}
    learning: true
    to: 2005
    budget: 4e6
    intensity: .5
    potential_assessment: 1.5
  - id: p
    instrument: rd_grant
    to: 2005
    budget: 0
    style: network
    pace: even
    conditions: {match: .5, membership: cluster, trust: .3}
`))
	all := setup(t, s).Policies
	if len(all) != 3 {
		t.Fatalf("policies %+v", all)
	}
	a, b, p := all[0], all[1], all[2]
	if a.ID != "s.rd_grant" || a.Strategy != "s" || !a.Learning || math.Abs(a.Budget-75) > 1e-12 || a.Intensity != .5 || a.Potential != 1.5 || a.To != 20 {
		t.Errorf("a = %+v", a)
	}
	if b.ID != "s.transport" || math.Abs(b.Budget-25) > 1e-12 || b.Intensity != 2 || b.Target.Within == nil || b.Target.Within.KM != 5 {
		t.Errorf("b = %+v", b)
	}
	if p.Style != policy.Network || p.Pace != policy.Even || a.Pace != policy.Full || p.Strategy != "" || p.Conditions != (policy.Conditions{Match: .5, Membership: "cluster", Trust: .3}) {
		t.Errorf("p = %+v", p)
	}
}

func TestDoublesAreSaid(t *testing.T) {
	s := parse(t, with("policies: [{id: a, instrument: burn, to: 2005}, {id: b, instrument: burn, from: 2004}, {id: c, instrument: burn, from: 2006, target: {size: [0, 5]}}]\n"))
	notes := strings.Join(s.Notes, "\n")
	if !strings.Contains(notes, "policies a and b are the same instrument on the same target at the same time") || strings.Contains(notes, "and c") {
		t.Errorf("notes %q", notes)
	}
}

// Policies that are legal and odd are said: without money or strength, and those that tell firms to go to two places.
func TestOddPoliciesAreSaid(t *testing.T) {
	s := parse(t, with(`policies:
- {id: poor, instrument: subsidy, to: 2005, budget: 0}
- {id: weak, instrument: subsidy, to: 2005, budget: 5, intensity: 0}
- {id: here, instrument: directive_creation, to: 2005, budget: 5, target: {within: {at_km: [5, 0], km: 3}}}
- {id: there, instrument: directive_creation, from: 2004, budget: 5, target: {within: {at_km: [-5, 0], km: 3}}}
- {id: later, instrument: directive_creation, from: 2006, to: 2007, budget: 5, target: {within: {at_km: [5, 0], km: 3}}}
`))
	notes := strings.Join(s.Notes, "\n")
	for _, want := range []string{"policy poor has a budget of 0", "policy weak has an intensity of 0", "policies here and there contradict each other", "policies there and later contradict"} {
		if !strings.Contains(notes, want) {
			t.Errorf("no %q in %q", want, notes)
		}
	}
	if strings.Contains(notes, "policies here and later contradict") {
		t.Errorf("one after the other, and to one place: %q", notes)
	}
}

// What no policy can mean is refused, all at once: no land in its circle, dates outside the run or the wrong way round, less
// than no money, names that are none.
func TestImpossiblePoliciesAreRefused(t *testing.T) {
	for text, want := range map[string][]string{
		"policies: [{id: far, instrument: subsidy, budget: 1, target: {within: {at_km: [900, 0], km: 30}}}]": {"policies[0].target.within: holds no land of any area"},
		"policies: [{id: a, instrument: subsidy, from: 1990, to: 1995, budget: -1, target: {sectors: [b]}}, {id: a, instrument: subsidi, from: 2009, to: 2005}]": {
			"policies[0].budget: -1", "policies[0].to: 1995Q1 is outside the run", "policies[0].target.sectors[0]", "policies[1].id: a is used twice",
			"policies[1].instrument", "policies[1].to: 2005Q1 is not after from",
		},
	} {
		_, err := Parse("x.yaml", []byte(with(text+"\n")), nil)
		for _, part := range want {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%s: no %q in %v", text, part, err)
			}
		}
	}
}

// Regions that overlap are legal: the first has the cells, and that is said; regions side by side are nothing to be said.
func TestOverlappingRegionsAreSaid(t *testing.T) {
	notes := func(second string) string {
		s := parse(t, with("origin: [0, 0]\nregions: [{id: one, shape: {box_km: [10, 10]}}, {id: two, shape: {box_km: [20, 10]"+second+"}}]\n"))
		return strings.Join(s.Notes, "\n")
	}
	if got := notes(""); !strings.Contains(got, "regions one and two overlap in ") || !strings.Contains(got, "belong to one") {
		t.Errorf("notes %q", got)
	}
	s := parse(t, with("regions: [{id: one, shape: {box_km: [10, 10]}}, {id: rest}]\n"))
	if got := strings.Join(s.Notes, "\n"); strings.Contains(got, "overlap") {
		t.Errorf("notes %q", got)
	}
}
