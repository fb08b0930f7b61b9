package study

import (
	"slices"
	"strings"
	"testing"

	"agglo/scenarios"
)

// A value that is set is that of all arms, from the start on, as if each arm said so; an arm that sets it by itself keeps its own, and the
// page says which.
func TestClaimSet(t *testing.T) {
	run := func(set []scenarios.Setting, tests ...ClaimTest) *ClaimsRun {
		t.Helper()
		p, err := PlanClaims(t.Context(), tests, scenarios.Given{Set: set}, nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Run(t.Context(), ClaimOptions{Replicates: 2, Threads: 2})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	with := func(volatility string, more ...string) ClaimArm {
		a := ClaimArm{Params: map[string]string{}}
		if volatility != "" {
			a.Params["market.volatility"] = volatility
		}
		for _, path := range more {
			a.Params[path] = "0"
		}
		return a
	}
	pair := func(a, b ClaimArm) ClaimTest {
		x := tiny("C1", a, b)
		x.Branch = 0
		return x
	}
	set := []scenarios.Setting{{Path: "params.market.volatility", Value: ".1"}}
	plain := run(nil, pair(with(""), with("", "demography.stay")))
	given := run(set, pair(with(""), with("", "demography.stay")))
	said := run(nil, pair(with(".1"), with(".1", "demography.stay")))
	if csvOf(given) != csvOf(said) || csvOf(given) == csvOf(plain) {
		t.Errorf("set:\n%s\nsaid by each arm:\n%s\nneither:\n%s", csvOf(given), csvOf(said), csvOf(plain))
	}
	above := run(set, pair(with(".5"), with("")))
	if want := run(nil, pair(with(".5"), with(".1"))); csvOf(above) != csvOf(want) {
		t.Errorf("an arm's own value:\n%s\nwant\n%s", csvOf(above), csvOf(want))
	}
	if says := above.Results[0].Test.Above("market.volatility"); !slices.Equal(says, []string{"a"}) {
		t.Errorf("arms that stand above: %v", says)
	}
	const line = "With params.market.volatility = .1 in all arms of all tests (--set)"
	for r, want := range map[*ClaimsRun]string{given: "**" + line + ".**", above: "**" + line + ", but in those that set it by themselves: C1 (a).**"} {
		if !strings.Contains(r.Page(), want) {
			t.Errorf("no %q in\n%s", want, r.Page()[:600])
		}
	}
	if strings.Contains(plain.Page(), "--set") {
		t.Error("the page tells of what was not set")
	}
}
