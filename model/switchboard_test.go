package model

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"agglo/model/world"
	"agglo/sim/param"
)

// A mechanism can be switched off by parameters, and then leaves a trace that can be seen in every tick.
type mechanism struct {
	name string
	off  []string // path, value, path, value ...
	on   []string // where it is off by default
	then string   // what is true, as docs/verification.md says it
	// holds says whether that is so after a tick; before is the world of the tick before
	holds func(w, before *world.World) bool
}

// each says whether something holds for all living firms.
func each(w *world.World, holds func(f *world.Firms, i int) bool) bool {
	for i, id := range w.Firms.ID {
		if id != 0 && !holds(&w.Firms, i) {
			return false
		}
	}
	return true
}

// old says whether row i held the same firm a tick before.
func old(w, before *world.World, i int) bool {
	return i < len(before.Firms.ID) && before.Firms.ID[i] == w.Firms.ID[i]
}

// switchboard lists the mechanisms.
var switchboard = []mechanism{
	{name: "shared suppliers", off: []string{"production.local_share", "0"}, then: "inputs cost 1, no firm orders of another, to the bit",
		holds: func(w, _ *world.World) bool {
			return w.Money.LocalOrders == 0 && each(w, func(f *world.Firms, i int) bool { return f.LogInput[i] == 0 && f.Inputs[i] == 0 })
		}},
	{name: "labour pool", off: []string{"production.pool_elasticity", "0"}, then: "all matches are of quality 1, to the bit",
		holds: func(w, _ *world.World) bool {
			return each(w, func(f *world.Firms, i int) bool { return f.Match[i] == 0 })
		}},
	{name: "trust in suppliers", off: []string{"production.relational", "0"}, then: "trust changes no price, g = 1, to the bit",
		holds: func(w, _ *world.World) bool {
			return each(w, func(f *world.Firms, i int) bool { return f.Trustee[i] == 1 })
		}},
	{name: "access to others' knowledge", off: []string{"knowledge.partners", "0", "knowledge.air", "0", "knowledge.science", "0"},
		then: "S = 0, to the bit",
		holds: func(w, _ *world.World) bool {
			return each(w, func(f *world.Firms, i int) bool { return f.Spill[i] == 0 })
		}},
	{name: "innovation", off: []string{"knowledge.innovation", "0"}, then: "nobody innovates",
		holds: func(w, _ *world.World) bool { return w.Count.Innovations == 0 }},
	{name: "imitation", off: []string{"knowledge.imitation", "0", "knowledge.catchup", "0"},
		then: "technology changes by innovations alone",
		holds: func(w, before *world.World) bool {
			changed := 0
			each(w, func(f *world.Firms, i int) bool {
				if old(w, before, i) && f.LogTech[i] != before.Firms.LogTech[i] {
					changed++
				}
				return true
			})
			return changed <= w.Count.Innovations
		}},
	{name: "ties", off: []string{"trust.supplier_search", "0", "trust.partner_search", "0"}, then: "nobody knows anybody",
		holds: func(w, _ *world.World) bool {
			return each(w, func(f *world.Firms, i int) bool { return f.Suppliers(i)+f.Collaborators(i) == 0 }) && w.Count.Deals == 0
		}},
	{name: "dealings", off: []string{"trust.dealing", "0"}, then: "no deal is made or broken",
		holds: func(w, _ *world.World) bool { return w.Count.Deals == 0 && w.Count.Broken == 0 }},
	{name: "luck with customers", off: []string{"market.volatility", "0"}, then: "customers of a sector's firms keep their shares, to a billionth",
		holds: func(w, before *world.World) bool {
			ratio := map[uint16]float64{}
			return each(w, func(f *world.Firms, i int) bool {
				if !old(w, before, i) {
					return true
				}
				x := f.Appeal[i] / before.Firms.Appeal[i]
				if _, seen := ratio[f.Sector[i]]; !seen {
					ratio[f.Sector[i]] = x
				}
				return math.Abs(x/ratio[f.Sector[i]]-1) < 1e-9
			})
		}},
	{name: "exporting begins and ends", off: []string{"market.export_start", "0", "market.export_stop", "0"}, then: "exporters stay exporters, others others",
		holds: func(w, before *world.World) bool {
			return each(w, func(f *world.Firms, i int) bool {
				return !old(w, before, i) || f.Exporter[i] == before.Firms.Exporter[i]
			})
		}},
	{name: "foundings", off: []string{"demography.spin_off", "0", "demography.de_novo", "0"}, then: "no firm is founded but the first ones of a new sector",
		holds: func(w, _ *world.World) bool {
			return w.Count.SpinOffs == 0 && (w.Count.Births == 0 || w.Now.Tick == w.Setting.Sectors[3].Emerging.From.Ticks(w.Setting.Start))
		}},
	{name: "founders' finance", off: []string{"demography.constraint", "0"}, then: "nobody fails to found for lack of money",
		holds: func(w, _ *world.World) bool { return w.Count.Unfinanced == 0 && w.Base.Accepted == 1 }},
	{name: "private closures", off: []string{"demography.hazard", "0"}, then: "firms close for money only",
		holds: func(w, _ *world.World) bool {
			return w.Count.Hazard == 0 && w.Count.Deaths == w.Count.Insolvent+w.Count.Loss
		}},
	{name: "moves", off: []string{"demography.move", "0"}, then: "every firm stays where it was founded, to the bit",
		holds: func(w, before *world.World) bool {
			return w.Count.Moves == 0 && each(w, func(f *world.Firms, i int) bool {
				return !old(w, before, i) || f.X[i] == before.Firms.X[i] && f.Y[i] == before.Firms.Y[i]
			})
		}},
	{name: "migration", off: []string{"labour.migration", "0"}, then: "nobody comes to a place but those who work there",
		holds: func(w, before *world.World) bool {
			grown := math.Exp(w.Params.PopulationGrowth / 4)
			for k, x := range w.Markets.Force {
				if x > before.Markets.Force[k]*grown*(1+1e-9) && math.Abs(x/(w.Markets.Employed[k]*grown)-1) > 1e-9 {
					return false
				}
			}
			return true
		}},
	{name: "commuting", off: []string{"labour.commute_km", "0"}, then: "a cell pays the wage of its own market, to the bit",
		holds: func(w, _ *world.World) bool {
			for c, m := range w.Cells.Market {
				if m >= 0 && w.Fields.LogWage[c] != w.Markets.LogWage[m] {
					return false
				}
			}
			return true
		}},
	{name: "rent", off: []string{"production.rent", "0"}, then: "no firm pays rent, to the bit",
		holds: func(w, _ *world.World) bool {
			return each(w, func(f *world.Firms, i int) bool { return f.Rent[i] == 0 })
		}},
	{name: "growth of the world", off: []string{"economy.world_growth", "0", "economy.population_growth", "0"}, then: "the world's wage, its technology and the population stand still, to the bit",
		holds: func(w, _ *world.World) bool {
			return w.Now.Wage == 1 && w.Now.LogTech == 0 && w.Now.Population == 1
		}},
	{name: "roads fill", off: []string{"production.road_capacity", "0"}, on: []string{"production.road_capacity", "1"}, then: "there is no field of crowding (default)",
		holds: func(w, _ *world.World) bool { return w.Fields.Crowding == nil }},
	{name: "ties to the frontier", off: []string{"knowledge.pipeline", "0"}, on: []string{"knowledge.pipeline", "2"}, then: "nobody holds one (default)",
		holds: func(w, _ *world.World) bool {
			return each(w, func(f *world.Firms, i int) bool { return !f.Pipeline[i] })
		}},
	{name: "late news", off: []string{"demography.perception_lag", "0"}, on: []string{"demography.perception_lag", "2"}, then: "nothing is remembered (default)",
		holds: func(w, _ *world.World) bool { return len(w.Memory.Past) == 0 }},
	{name: "agreements on prices", off: []string{"market.collusion", "0"}, on: append([]string{"market.collusion", "1"}, everywhere...), then: "no firm asks more than one that competes alone (default)",
		holds: func(w, _ *world.World) bool { return !w.Levers.Acts(world.LeverAgreement) }},
}

// everywhere lets any neighbours of a group be a cluster.
var everywhere = []string{"cluster.density", "0", "cluster.quotient", "0", "cluster.ties", "0"}

// set sets parameters by path.
func set(t *testing.T, s *Setup, pairs ...string) {
	t.Helper()
	for k := 0; k < len(pairs); k += 2 {
		if err := param.Set(&s.Params, pairs[k], pairs[k+1]); err != nil {
			t.Fatal(err)
		}
	}
}

// Each mechanism is switched off by its parameters, and only then: with the default, or switched on, the trace shows within
// some ticks. The table of docs/verification.md is this one.
func TestSwitchboard(t *testing.T) {
	page, err := os.ReadFile("../docs/verification.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range switchboard {
		var settings []string
		for k := 0; k < len(m.off); k += 2 {
			settings = append(settings, fmt.Sprintf("`%s` %s", m.off[k], m.off[k+1]))
		}
		if row := fmt.Sprintf("| %s | %s | %s |\n", m.name, strings.Join(settings, ", "), m.then); !strings.Contains(string(page), row) {
			t.Errorf("docs/verification.md has no row\n%s", row)
		}
		trace := func(pairs []string) (always bool) {
			s := small(t, 11, 300)
			set(t, &s, pairs...)
			e, always := begun(t, s), true
			for tick := 1; tick <= 16; tick++ {
				before := branched(t, e, s).World
				always = m.holds(to(t, e, tick), before) && always
			}
			return always
		}
		if !trace(m.off) {
			t.Errorf("%s: off by %v, and yet it is not so that %s", m.name, m.off, m.then)
		}
		if trace(m.on) {
			t.Errorf("%s: on, and yet %s: the test sees nothing", m.name, m.then)
		}
	}
}

// All combinations of mechanisms on and off run, and money and workers add up in each: no mechanism needs another one.
func TestEveryCombinationRuns(t *testing.T) {
	const ticks = 12
	factors := [][]string{
		{"production.local_share", "0", "production.rent", "0"},
		{"production.pool_elasticity", "0"},
		{"production.relational", "0", "trust.dealing", "0"},
		{"knowledge.partners", "0", "knowledge.air", "0", "knowledge.science", "0"},
		{"knowledge.innovation", "0", "knowledge.imitation", "0", "knowledge.catchup", "0"},
		{"trust.supplier_search", "0", "trust.partner_search", "0"},
		{"market.volatility", "0", "market.export_start", "0", "market.export_stop", "0"},
		{"demography.spin_off", "0", "demography.de_novo", "0", "demography.hazard", "0", "demography.constraint", "0"},
		{"demography.move", "0", "labour.migration", "0", "economy.world_growth", "0", "economy.population_growth", "0"},
		append([]string{"production.road_capacity", "1", "knowledge.licence", ".5", "knowledge.pipeline", "1", "knowledge.referral", ".3", "demography.perception_lag", "2", "market.reversion", ".05",
			"demography.learning_years", "5", "demography.contagion", ".5", "market.collusion", "1", "club.known", "1"}, everywhere...),
	}
	s := small(t, 12, 60)
	s.Setting.Regions[0].IP = .5
	s.Setting.Institutions = append(s.Setting.Institutions, world.Institution{ID: "office", Kind: "cluster_organisation", At: world.Point{X: 16, Y: 26}, Capacity: 1, Budget: -1, Fee: -1})
	s.Policies = acts()
	trunk := begun(t, s)
	ends := map[uint64]bool{}
	for off := range 1 << len(factors) {
		other := s
		for k, pairs := range factors {
			if off>>k&1 == 1 {
				set(t, &other, pairs...)
			}
		}
		e := branched(t, trunk, other)
		for tick := 1; tick <= ticks; tick++ {
			if err := to(t, e, tick).Invariants(); err != nil {
				t.Fatalf("without %v, tick %d: %v", chosen(factors, off), tick, err)
			}
		}
		if w := e.World; math.Abs(w.Money.Gap) > 1e-11*w.Money.Turnover {
			t.Errorf("without %v: %g of money came from nowhere", chosen(factors, off), w.Money.Gap)
		}
		ends[print(e.World)["Firms.Cash"]] = true
	}
	if n := 1 << len(factors); len(ends) < n*5/8 { // who neither innovates nor imitates does not care for access to knowledge
		t.Errorf("%d combinations end in %d different states only", n, len(ends))
	}
}

// chosen lists the factors of a combination.
func chosen(factors [][]string, off int) []string {
	var all []string
	for k, pairs := range factors {
		if off>>k&1 == 1 {
			all = append(all, slices.Clone(pairs)...)
		}
	}
	return all
}
