package model

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"agglo/model/policy"
	"agglo/model/world"
)

// instrumentTicks is long enough for firms to close, start and move.
const instrumentTicks = 16

// spec is an instrument at three times its ordinary strength, paid from outside, so that no tax moves the world.
func spec(id string) policy.Spec {
	return policy.Spec{ID: id, Instrument: id, From: 1, To: 13, Budget: -1, Intensity: 3, Finance: policy.Outside}
}

// under runs a small world under policies; blind takes the levers away before any rule can read them.
func under(t *testing.T, blind bool, watch func(w *world.World), specs ...policy.Spec) map[string]uint64 {
	t.Helper()
	s := small(t, 5, 300)
	s.Policies = specs
	e := begun(t, s)
	twoClusters(t, e)
	if blind {
		blindfold(t, e)
	}
	for tick := 1; tick <= instrumentTicks; tick++ {
		to(t, e, tick)
		if watch != nil {
			watch(e.World)
		}
	}
	return printFirms(e.World)
}

// printFirms is the fingerprint of the columns of firms.
func printFirms(w *world.World) map[string]uint64 {
	prints := print(w)
	for part := range prints {
		if !strings.HasPrefix(part, "Firms.") {
			delete(prints, part)
		}
	}
	return prints
}

// twoClusters lets every firm belong to the cluster of its region.
func twoClusters(t *testing.T, e *Engine) {
	t.Helper()
	after(t, e, "time passes", phase{Name: "two clusters", Once: func(w *world.World, _ int) error {
		for i := range w.Firms.ID {
			w.Firms.Cluster[i] = 1 + w.Cells.Region[w.Firms.Cell[i]]
		}
		return nil
	}})
}

// blindfold takes the levers away before any rule can read them; the money goes as before.
func blindfold(t *testing.T, e *Engine) {
	t.Helper()
	e.Check = nil // what levers do not pay is missing
	after(t, e, "policy acts", phase{Name: "levers are taken away", Once: func(w *world.World, _ int) error {
		w.ClearLevers()
		for c := range w.Fields.EndPoint {
			w.Fields.EndPoint[c] = 1
		}
		return nil
	}})
}

// What every instrument but the placebo does reaches firms through its levers: the same money without the levers leaves other
// firms, in one tick or another; some firms are as they would have been soon after a programme has ended. The placebo leaves the
// firms of the baseline.
func TestLeversReachTheRules(t *testing.T) {
	for _, id := range policy.Instruments() {
		var with, without [instrumentTicks + 1]map[string]uint64 // by tick
		into := func(prints *[instrumentTicks + 1]map[string]uint64) func(w *world.World) {
			return func(w *world.World) { prints[w.Now.Tick] = printFirms(w) }
		}
		under(t, false, into(&with), spec(id))
		under(t, true, into(&without), spec(id))
		differs := false
		for tick := range with {
			differs = differs || !maps.Equal(with[tick], without[tick])
		}
		if differs == (id == "burn") {
			t.Errorf("%s: its levers make a difference: %v", id, differs)
		}
	}
	same(t, "the placebo", under(t, false, nil), under(t, false, nil, spec("burn")))
}

// Under every instrument alone, and under all at once, paid by tax: money adds up in every tick, the ledger is what the
// treasuries have paid, and nobody is paid less than nothing.
func TestLedgersOfAllInstruments(t *testing.T) {
	var all []policy.Spec
	for _, id := range policy.Instruments() {
		s := spec(id)
		s.Finance = policy.LocalTax
		all = append(all, s)
	}
	for k := range len(all) + 1 {
		specs := all
		if k < len(all) {
			specs = all[k : k+1]
		}
		name, spent := specs[0].ID, 0.0
		under(t, false, func(w *world.World) {
			m, cost, paid := &w.Money, world.Cost{}, 0.0
			for _, e := range w.Ledger {
				cost.Add(e.Now)
				if e.Now.Gross < 0 || e.Now.Admin < 0 || e.Now.GuaranteeLoss < 0 || e.Now.PrivateLevered < 0 || e.Now.Forgone > e.Now.Gross {
					t.Errorf("%s, tick %d: %+v", name, w.Now.Tick, e.Now)
				}
			}
			for _, x := range m.Treasury {
				paid -= x
			}
			if gap := math.Abs(m.Gap); gap > 1e-12*m.Turnover {
				t.Errorf("%s, tick %d: money is off by %g of turnover", name, w.Now.Tick, gap/m.Turnover)
			}
			if gap := math.Abs(paid - (cost.Sum() - cost.Forgone)); gap > 1e-9*m.Turnover || math.Abs(cost.Sum()-m.PublicCost) > 1e-9*m.Turnover {
				t.Errorf("%s, tick %d: treasuries paid %g, the ledger has %+v", name, w.Now.Tick, paid, cost)
			}
			spent += cost.Sum()
		}, specs...)
		if spent <= 0 {
			t.Errorf("%s never cost anything", name)
		}
	}
}

// The order in which policies are listed changes no bit, and neither do policies without strength, money or time.
func TestAllInstrumentsInAnyOrder(t *testing.T) {
	var all, off []policy.Spec
	for k, id := range policy.Instruments() {
		s := spec(id)
		all = append(all, s)
		switch k % 3 {
		case 0:
			s.Intensity = 0
		case 1:
			s.Budget = 0
		default:
			s.To = s.From
		}
		off = append(off, s)
	}
	back := slices.Clone(all)
	slices.Reverse(back)
	same(t, "listed backwards", under(t, false, nil, all...), under(t, false, nil, back...))
	same(t, "all off", under(t, false, nil), under(t, false, nil, off...))
}

// A run that goes on, on a copy of its world, remembers all that policies have done.
func TestBranchRemembersInstruments(t *testing.T) {
	s := small(t, 5, 300)
	for _, id := range policy.Instruments() {
		p := spec(id)
		p.Budget, p.Strategy, p.Learning = 5, "all", true
		s.Policies = append(s.Policies, p)
	}
	whole := begun(t, s)
	to(t, whole, 7)
	b, err := Branch(whole, s)
	if err != nil {
		t.Fatal(err)
	}
	to(t, whole, instrumentTicks)
	to(t, b, instrumentTicks)
	same(t, "a branch", print(whole.World), print(b.World))
	for k, e := range whole.World.Ledger {
		if got := b.World.Ledger[k]; got.Total != e.Total || got.Budget != e.Budget || got.Works != e.Works || got.Measured != e.Measured {
			t.Errorf("%s: %+v, want %+v", e.Policy, got, e)
		}
	}
}
