package model_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"testing"

	"agglo/model"
	"agglo/model/world"
	"agglo/scenarios"
	"agglo/sim"
)

// plainEngine is the built-in plain at tick 0.
func plainEngine(t *testing.T, seed uint64, set ...string) *model.Engine {
	t.Helper()
	return builtIn(t, "plain", seed, set...)
}

// builtIn is a built-in scenario at tick 0, with parameters set by path and value.
func builtIn(t *testing.T, name string, seed uint64, set ...string) *model.Engine {
	t.Helper()
	s, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	for k := 0; k < len(set); k += 2 {
		if err := s.Set(set[k], set[k+1]); err != nil {
			t.Fatal(err)
		}
	}
	setup, err := s.Setup(scenarios.Overrides{Seed: &seed})
	if err != nil {
		t.Fatal(err)
	}
	e, err := model.New(setup)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// stateHash is a hash of all that a world's firms, ties, markets and money are.
func stateHash(w *world.World) uint64 {
	h := fnv.New64a()
	f := &w.Firms
	for i, id := range f.ID {
		fmt.Fprintln(h, id, f.Parent[i], f.Sector[i], f.Born[i], f.Cell[i], f.Exporter[i], f.Cluster[i], f.Z[i])
		for _, x := range []float64{f.X[i], f.Y[i], f.LogTech[i], f.OwnLogTech[i], f.Labour[i], f.Capital[i], f.Cash[i], f.Appeal[i],
			float64(f.Reach[i]), float64(f.Stock[i]), f.LogPrice[i], f.Demand[i], f.Sales[i], f.Profit[i], float64(f.Spill[i])} {
			fmt.Fprint(h, math.Float64bits(x), " ")
		}
		for k, t := range f.AllSupplies(i) {
			fmt.Fprintln(h, k, t)
		}
		for k, t := range f.AllCollaborations(i) {
			fmt.Fprintln(h, k, t)
		}
	}
	fmt.Fprintln(h, w.Markets, w.Money, w.Count, w.Sectors)
	return h.Sum64()
}

func runTo(t *testing.T, e *model.Engine, ticks int) *world.World {
	t.Helper()
	if err := e.Run(context.Background(), ticks); err != nil {
		t.Fatal(err)
	}
	return e.World
}

func TestSameBitsForAnyThreads(t *testing.T) {
	const ticks = 24
	one := plainEngine(t, 7)
	one.Threads = 1
	want := stateHash(runTo(t, one, ticks))
	for _, threads := range []int{2, 3, 8} {
		e := plainEngine(t, 7)
		e.Threads = threads
		if got := stateHash(runTo(t, e, ticks)); got != want {
			t.Errorf("%d threads give state %x, one gives %x", threads, got, want)
		}
	}
	if other := stateHash(runTo(t, plainEngine(t, 8), ticks)); other == want {
		t.Error("another seed gives the same state: the hash sees nothing")
	}
}

// What runs beside a phase may as well run behind it: neither reads what the other writes. The world has policies and facilities, ties that
// end for want of trust, and firms that move, close and are founded.
func TestBesideMayComeBehind(t *testing.T) {
	const ticks = 9
	engine := func() *model.Engine {
		return builtIn(t, "ukraine-directive", 3, "trust.least", ".6", "trust.damage", ".5", "demography.move", ".6", "market.reversion", ".2")
	}
	want := runTo(t, engine(), ticks).Fingerprint()
	e, seen := engine(), 0
	for k := range e.Phases {
		if p := e.Phases[k]; p.Beside != "" {
			if e.Phases[k+1].Name != p.Beside {
				t.Fatalf("%q is to run beside %q, but %q comes next", p.Name, p.Beside, e.Phases[k+1].Name)
			}
			p.Beside = ""
			e.Phases[k], e.Phases[k+1] = e.Phases[k+1], p
			seen++
		}
	}
	if seen == 0 {
		t.Error("no phase runs beside another: this test sees nothing")
	}
	if got := runTo(t, e, ticks).Fingerprint(); !maps.Equal(got, want) {
		t.Error("a phase that runs beside another changes the state when it comes behind")
	}
}

func TestAnIdlePhaseChangesNothing(t *testing.T) {
	const ticks = 12
	want := stateHash(runTo(t, plainEngine(t, 3), ticks))
	e := plainEngine(t, 3)
	idle := sim.Phase[world.World]{Name: "idle", Rows: (*world.World).Rows, Each: func(*world.World, int, int, int) {}}
	alone := sim.Phase[world.World]{Name: "idle alone", Once: func(*world.World, int) error { return nil }}
	var phases []sim.Phase[world.World]
	for k, p := range e.Phases {
		if k%3 == 0 {
			phases = append(phases, idle, alone)
		}
		phases = append(phases, p)
	}
	e.Phases = phases
	if got := stateHash(runTo(t, e, ticks)); got != want {
		t.Error("idle phases change the state")
	}
}

func TestARunCutInTwoIsTheSame(t *testing.T) {
	want := stateHash(runTo(t, plainEngine(t, 4), 16))
	e := plainEngine(t, 4)
	runTo(t, e, 5)
	if got := stateHash(runTo(t, e, 16)); got != want {
		t.Error("stopping at tick 5 and going on changes the state")
	}
}

// What buyers spend on local suppliers must reach them: the field of receipts is the adjoint of the field of suppliers. Buyers read that
// field in single precision, and by it they pay as much up to single precision.
func TestReceiptsEqualPayments(t *testing.T) {
	e := plainEngine(t, 5)
	worst, rounded := 0.0, 0.0
	var exact []float64
	check := sim.Phase[world.World]{Name: "receipts", Once: func(w *world.World, _ int) error {
		paid, read, asked := 0.0, 0.0, 0.0
		for i, id := range w.Firms.ID {
			if id == 0 {
				continue
			}
			asked += w.Firms.Inputs[i]
			for s, per := range w.OrdersOf(i) {
				order := float64(per) * w.Fields.EndPoint[w.Firms.Cell[i]]
				paid += order * others(w, i, s, w.Read(exact[s*len(exact)/len(w.Setting.Sectors):], i))
				read += order * others(w, i, s, w.Supply(i, s))
			}
		}
		worst, rounded = max(worst, math.Abs(asked/paid-1)), max(rounded, math.Abs(asked/read-1))
		return nil
	}}
	var phases []sim.Phase[world.World]
	for _, p := range e.Phases {
		if p.Name == "fields are laid out" {
			phases = append(phases, sim.Phase[world.World]{Name: "suppliers", Once: func(w *world.World, _ int) error {
				exact = append(exact[:0], w.Ground[0].Stage()...)
				return nil
			}})
		}
		phases = append(phases, p)
		if p.Name == "demand meets supply" {
			phases = append(phases, sim.Phase[world.World]{Name: "masses", Once: remember})
		}
		if p.Name == "sales, vacancies and layoffs" {
			phases = append(phases, check)
		}
	}
	e.Phases = phases
	runTo(t, e, 8)
	t.Logf("largest difference of receipts and payments: %.1e, by the field that buyers read %.1e", worst, rounded)
	if worst > 1e-12 || worst == 0 || rounded > 1e-7 || rounded == 0 {
		t.Errorf("receipts differ from payments by %g, and %g as buyers read the field: want below 1e-12 and 1e-7, and measured", worst, rounded)
	}
}

// massThen is the mass by which suppliers stood in the field of the present tick; Sell replaces it.
var massThen []float32

func remember(w *world.World, _ int) error {
	massThen = append(massThen[:0], w.Firms.Mass...)
	return nil
}

// others is a mass of a sector's suppliers within reach of firm i, its own left out.
func others(w *world.World, i, sector int, v float64) float64 {
	f := &w.Firms
	if sector == int(f.Sector[i]) {
		v -= float64(massThen[i]) * w.Fields.EndPoint[f.Cell[i]] * float64(f.SelfSupply[i])
	}
	return v
}

// With no growth, no learning and no reason to cluster, wages and technology stay where they are.
func TestNothingGrowsWithoutGrowth(t *testing.T) {
	e := plainEngine(t, 1, "economy.world_growth", "0", "economy.population_growth", "0", "knowledge.innovation", "0",
		"knowledge.imitation", "0", "demography.entrant_noise", "0", "production.local_share", "0", "production.pool_elasticity", "0")
	w := runTo(t, e, 80) // the first 20 years are the start finding its feet
	before := meanWage(w)
	w = runTo(t, e, 240)
	after := meanWage(w)
	t.Logf("wage %.4f at year 20, %.4f at year 60", before, after)
	if math.Abs(before-1) > .04 || math.Abs(after-1) > .04 {
		t.Errorf("wage %g at year 20, %g at year 60: want both within 4%% of 1", before, after)
	}
	for i, id := range w.Firms.ID {
		if id != 0 && w.Firms.LogTech[i] != 0 {
			t.Fatalf("firm %d has log technology %g: want 0 exactly", id, w.Firms.LogTech[i])
		}
	}
}

func meanWage(w *world.World) float64 {
	sum, jobs := 0.0, 0.0
	for k, employed := range w.Markets.Employed {
		sum += employed * math.Exp(w.Markets.LogWage[k])
		jobs += employed
	}
	return sum / jobs
}

func TestMoneyAndWorkersAddUp(t *testing.T) {
	e := plainEngine(t, 2)
	for tick := 1; tick <= 60; tick++ {
		w := runTo(t, e, tick)
		if err := w.Invariants(); err != nil {
			t.Fatalf("tick %d: %v", tick, err)
		}
		if gap := math.Abs(w.Money.Gap); gap > 1e-12*w.Money.Turnover {
			t.Fatalf("tick %d: money gap %g of turnover %g", tick, gap, w.Money.Turnover)
		}
	}
}
