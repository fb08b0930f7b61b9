package model

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"agglo/model/policy"
	"agglo/model/world"
	"agglo/sim/param"
)

// Any world under any policies: every tick keeps the invariants, and money, people, ledgers and goods add up.
func TestRandomWorldsAddUp(t *testing.T) {
	ran := 0
	rapid.Check(t, func(rt *rapid.T) {
		s := randomSetup(t, rt)
		e, err := New(s)
		if err != nil {
			return // refused before tick 0, with a reason
		}
		ran++
		a := Audit(e, &s)
		e.Threads = 1
		for tick := range rapid.IntRange(1, 16).Draw(rt, "ticks") {
			if err := e.Run(context.Background(), tick+1); err != nil {
				rt.Fatal(err)
			}
			if err := e.World.Invariants(); err != nil {
				rt.Fatalf("tick %d: %v", tick+1, err)
			}
			if err := a.Err(); err != nil {
				rt.Fatal(err)
			}
		}
	})
	if ran < 50 {
		t.Errorf("%d worlds ran: the others were refused", ran)
	}
}

// randomSetup draws a small world: how many firms, who taxes, institutions, shocks, policies, and some parameters.
func randomSetup(t *testing.T, rt *rapid.T) Setup {
	s := small(t, rapid.Uint64().Draw(rt, "seed"), rapid.IntRange(3, 90).Draw(rt, "firms"))
	unit := func(name string) float64 { return rapid.Float64Range(0, 1).Draw(rt, name) }
	spot := func() world.Point { return world.Point{X: -4 + 40*unit("x"), Y: 6 + 38*unit("y")} }
	s.Setting.Areas[0].LabourForce *= 1 + unit("jobless")
	for k := range s.Setting.Regions {
		s.Setting.Regions[k].TaxRate, s.Setting.Regions[k].EntryCost = .9*unit("tax"), .1+2*unit("entry cost")
	}
	kinds := []string{"college", "bank", "venture_fund", "incubator", "test_laboratory", "chamber", "science_park", "cluster_organisation"}
	for k := range rapid.IntRange(0, 3).Draw(rt, "institutions") {
		in := world.Institution{ID: fmt.Sprintf("i%d", k), Kind: rapid.SampledFrom(kinds).Draw(rt, "kind"), At: spot(), Capacity: .5 + unit("capacity"), Budget: -1, Fee: -1}
		switch rapid.IntRange(0, 3).Draw(rt, "money") {
		case 1:
			in.Budget = 20 * unit("budget")
		case 2:
			in.Fee = .2 * unit("fee")
		case 3:
			in.Sharing = true
		}
		s.Setting.Institutions = append(s.Setting.Institutions, in)
	}
	s.Setting.Shocks[0].From, s.Setting.Shocks[0].Change = rapid.IntRange(0, 8).Draw(rt, "shock"), -.6+1.2*unit("change")
	for k := range rapid.IntRange(0, 5).Draw(rt, "policies") {
		s.Policies = append(s.Policies, randomPolicy(rt, k, spot))
	}
	randomParams(rt, &s)
	if rapid.Bool().Draw(rt, "agreements") {
		s.Params.Market.Collusion, s.Params.Club.Known = unit("collusion"), unit("known")
		c := &s.Params.Cluster // nearly all firms are in one
		c.Density, c.Quotient, c.Ties, c.Firms = 0, 0, 0, 2
	}
	return s
}

// randomPolicy draws an instrument with its dates, money, target and wrappers.
func randomPolicy(rt *rapid.T, k int, spot func() world.Point) policy.Spec {
	p := policy.Spec{ID: fmt.Sprintf("p%d", k), Instrument: rapid.SampledFrom(policy.Instruments()).Draw(rt, "instrument"), Budget: -1}
	p.From = rapid.IntRange(0, 8).Draw(rt, "from")
	p.To = p.From + rapid.IntRange(0, 12).Draw(rt, "for")
	p.Intensity = rapid.Float64Range(0, 4).Draw(rt, "intensity")
	if rapid.Bool().Draw(rt, "limited") {
		p.Budget = rapid.Float64Range(0, 200).Draw(rt, "budget")
	}
	if p.Budget >= 0 && rapid.Bool().Draw(rt, "even") {
		p.Pace = policy.Even
	}
	if rapid.Bool().Draw(rt, "outside") {
		p.Finance = policy.Outside
	}
	if rapid.Bool().Draw(rt, "of a region") {
		p.Target.Regions = []int{rapid.IntRange(0, 1).Draw(rt, "region")}
	}
	if rapid.Bool().Draw(rt, "in a circle") {
		p.Target.Within = &policy.Within{At: spot(), KM: rapid.Float64Range(1, 30).Draw(rt, "km")}
	}
	if e, _ := policy.Find(p.Instrument); e.Local() {
		return p // serves all who pass
	}
	if rapid.Bool().Draw(rt, "of a sector") {
		p.Target.Sectors = []int{rapid.IntRange(0, 3).Draw(rt, "sector")}
	}
	if p.Budget >= 0 {
		p.Style = policy.Style(rapid.IntRange(0, 2).Draw(rt, "style"))
	}
	if rapid.Bool().Draw(rt, "matched") {
		p.Conditions.Match = rapid.Float64Range(0, .9).Draw(rt, "match")
	}
	return p
}

// randomParams moves up to four parameters within their bounds.
func randomParams(rt *rapid.T, s *Setup) {
	entries := Describe()
	for range rapid.IntRange(0, 4).Draw(rt, "parameters") {
		p := rapid.SampledFrom(entries).Draw(rt, "parameter")
		x, err := strconv.ParseFloat(p.Default, 64)
		if err != nil {
			continue // a word
		}
		y := max(x, .1) * math.Exp(rapid.Float64Range(-1, 1).Draw(rt, "by"))
		if strings.HasPrefix(p.In, "[-") && rapid.Bool().Draw(rt, "below zero") {
			y = -y
		}
		if p.Kind == "int" {
			y = math.Round(y)
		}
		was := s.Params
		if err := param.Set(&s.Params, p.Path, strconv.FormatFloat(y, 'g', -1, 64)); err != nil || len(param.Check(&s.Params)) > 0 {
			s.Params = was
		}
	}
}
