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
	if p.Style != policy.Network || p.Strategy != "" || p.Conditions != (policy.Conditions{Match: .5, Membership: "cluster", Trust: .3}) {
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
