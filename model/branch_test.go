package model

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"agglo/model/policy"
	"agglo/model/world"
)

// whole is print with what print leaves out of a world and lasts: the books.
func whole(w *world.World) map[string]uint64 {
	prints := print(w)
	prints["Ledger"] = hash(reflect.ValueOf(w.Ledger), 1)
	return prints
}

// branched is a branch that must work.
func branched(t testing.TB, e *Engine, s Setup) *Engine {
	t.Helper()
	b, err := Branch(e, s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// withPolicies is a small setup whose policies are over at tick 40, in force then, or still to begin.
func withPolicies(t testing.TB, firms int) Setup {
	s := small(t, 5, firms)
	s.Policies = append(acts(), policy.Spec{ID: "e", Instrument: "infrastructure", From: 30, To: 50, Budget: -1, Intensity: 2, Target: policy.Target{Cluster: "any"}},
		policy.Spec{ID: "f", Instrument: "tax_break", From: 33, To: 99, Budget: 300, Intensity: 1},
		policy.Spec{ID: "late", Instrument: "subsidy", From: 45, To: 60, Budget: -1, Intensity: 2, Target: policy.Target{Cluster: "existing"}})
	return s
}

// 40 ticks, a branch, 40 ticks are 80 ticks, to the last bit of every column, for any number of workers; the trunk does not
// feel its branches, nor one branch another.
func TestABranchGoesOnAsTheRunWould(t *testing.T) {
	const at, end = 40, 80
	for name, s := range map[string]Setup{"no policy": small(t, 4, 1200), "policies": withPolicies(t, 3300)} {
		want := whole(to(t, begun(t, s), end))
		for _, threads := range []int{1, 2, 3} {
			name := fmt.Sprintf("%s, %d threads: ", name, threads)
			e := begun(t, s)
			e.Threads = threads
			before := whole(to(t, e, at))
			left, right := branched(t, e, s), branched(t, e, s)
			if left.Tick != at || left.Threads != threads {
				t.Fatalf("%sa branch at tick %d with %d threads", name, left.Tick, left.Threads)
			}
			same(t, name+"a branch itself", before, whole(left.World))
			same(t, name+"a branch", want, whole(to(t, left, end)))
			same(t, name+"the trunk behind its branch", before, whole(e.World))
			to(t, right, at+7)
			same(t, name+"a branch of a branch", want, whole(to(t, branched(t, right, s), end)))
			same(t, name+"the trunk", want, whole(to(t, e, end)))
		}
	}
}

// 40 ticks, a checkpoint, 40 ticks in another process are 80 ticks, to the last bit, for any number of workers.
func TestARunResumes(t *testing.T) {
	const at, end = 40, 80
	for name, s := range map[string]Setup{"no policy": small(t, 4, 400), "policies": withPolicies(t, 3300)} {
		e := begun(t, s)
		data := saved(t, e, at)
		want := whole(to(t, e, end))
		for _, threads := range []int{1, 2, 3} {
			r, err := Resume(s, bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatal(err)
			}
			if again := saved(t, r, at); !bytes.Equal(again, data) {
				t.Errorf("%s: what was read is written otherwise", name)
			}
			r.Threads = threads
			same(t, fmt.Sprintf("%s, resumed with %d threads", name, threads), want, whole(to(t, r, end)))
		}
	}
}

// saved takes an engine to a tick and writes it.
func saved(t testing.TB, e *Engine, at int) []byte {
	t.Helper()
	to(t, e, at)
	var b bytes.Buffer
	if err := Save(e, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Bytes that are no world, of another seed, another map or another scenario, are errors, never a panic.
func TestResumeRefuses(t *testing.T) {
	s := small(t, 5, 60)
	data := saved(t, begun(t, s), 4)
	for n := 0; n < len(data); n += len(data) / 23 {
		if _, err := Resume(s, bytes.NewReader(data[:n]), int64(n)); err == nil {
			t.Fatalf("%d of %d bytes are a world", n, len(data))
		}
	}
	for _, change := range []func(s *Setup){
		func(s *Setup) { s.Seed = 6 }, func(s *Setup) { s.Params.Labour.MarketKM = 20 }, func(s *Setup) { s.Params.Market.HomeKM = 7 },
		func(s *Setup) { s.Setting.Areas = append(slices.Clone(s.Setting.Areas), s.Setting.Areas[0]) }, func(s *Setup) { s.Params.Trust.Loss = 7 },
		func(s *Setup) { s.Setting.Sectors = s.Setting.Sectors[:3] },
	} {
		other := s
		change(&other)
		if _, err := Resume(other, bytes.NewReader(data), int64(len(data))); err == nil {
			t.Error("a state of another run is gone on from")
		}
	}
}

// A policy that begins behind a branch is the same whether it was announced at the start or only then: many policies can
// share one burn-in. A branch can also drop it again.
func TestPoliciesBranchFromOneBurnIn(t *testing.T) {
	const at, end = 9, 21
	plain := small(t, 5, 400)
	trunk := begun(t, plain)
	to(t, trunk, at)
	none := whole(to(t, branched(t, trunk, plain), end))
	for _, k := range policy.Instruments() {
		s := plain
		s.Policies = []policy.Spec{{ID: k, Instrument: k, From: at + 1, To: 16, Budget: -1, Intensity: 3, Target: policy.Target{Regions: []int{0}}}}
		straight := begun(t, s)
		branch := branched(t, trunk, s)
		same(t, k, whole(to(t, straight, end)), whole(to(t, branch, end)))
		idle := k == "inter_cluster_links" // there are no two clusters in the west
		if total := branch.World.Ledger[0].Total.Sum(); (total <= 0) != idle {
			t.Errorf("%s cost %g in a branch", k, total)
		}
		if whole(branch.World)["Firms.Cash"] == none["Firms.Cash"] && k != "burn" && !idle {
			t.Errorf("%s changes nobody's cash", k)
		}
	}
}

// A policy left out keeps its book and its works, and spends no more; one added has an empty book; others go on with theirs.
func TestBooksOfABranch(t *testing.T) {
	s := small(t, 5, 400)
	s.Policies = acts()
	e := begun(t, s)
	to(t, e, 9)
	other := s
	other.Policies = []policy.Spec{acts()[0], {ID: "aa", Instrument: "subsidy", From: 0, To: 50, Budget: -1, Intensity: 1}}
	b := branched(t, e, other)
	to(t, b, 12)
	ids := []string{}
	for k, book := range b.World.Ledger {
		ids = append(ids, book.Policy)
		was := slices.IndexFunc(e.World.Ledger, func(x world.LedgerEntry) bool { return x.Policy == book.Policy })
		switch spent := book.Total.Sum(); book.Policy {
		case "aa":
			if spent <= 0 {
				t.Error("the new policy does nothing")
			}
		case "a":
			if spent <= e.World.Ledger[was].Total.Sum() {
				t.Error("a policy that stays has stopped")
			}
		default:
			if book.Now != (world.Cost{}) || book.Total != e.World.Ledger[was].Total {
				t.Errorf("policy %s, left out, goes on: %+v", book.Policy, book)
			}
			if works := e.World.Ledger[was].Works; works > 0 && !(book.Works > 0 && book.Works < works) {
				t.Errorf("works of %s: %g, were %g: want them standing and worn", book.Policy, b.World.Ledger[k].Works, works)
			}
		}
	}
	if !slices.Equal(ids, []string{"a", "aa", "b", "c", "d"}) {
		t.Errorf("books %v: want them by id", ids)
	}
	none := s
	none.Policies = nil
	idle := branched(t, e, none)
	to(t, idle, 10)
	if l := &idle.World.Levers; idle.World.Money.PublicCost != 0 || l.Pulled(world.LeverUserCost) || l.Pulled(world.LeverTax) {
		t.Errorf("without policies the public pays %g", idle.World.Money.PublicCost)
	}
	if !slices.ContainsFunc(idle.World.Fields.EndPoint, func(x float64) bool { return x > 1 }) {
		t.Error("the roads are gone with the policy that built them")
	}
}

// A branch may change parameters, those of the kernels too, and then goes another way.
func TestABranchUnderOtherParameters(t *testing.T) {
	s := small(t, 5, 400)
	e := begun(t, s)
	to(t, e, 9)
	want := whole(to(t, branched(t, e, s), 13))
	for name, set := range map[string]func(p *Params){
		"trust.loss": func(p *Params) { p.Trust.Loss = 1 }, "production.input_km": func(p *Params) { p.Production.InputKM *= 1.5 },
		"labour.commute_km": func(p *Params) { p.Labour.CommuteKM *= 1.5 }, "economy.sigma": func(p *Params) { p.Economy.Sigma = 6 },
		"knowledge.science_km": func(p *Params) { p.Knowledge.ScienceKM *= 2 },
	} {
		other := s
		set(&other.Params)
		b := branched(t, e, other)
		got := whole(to(t, b, 13))
		if !slices.ContainsFunc([]string{"Firms.Spill", "Firms.TieRows", "Firms.Cash"}, func(c string) bool { return got[c] != want[c] }) {
			t.Errorf("%s changes nothing", name)
		}
		if err := b.World.Invariants(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBranchRefuses(t *testing.T) {
	s := small(t, 5, 200)
	e := begun(t, s)
	to(t, e, 2)
	for _, c := range []struct {
		change func(s *Setup)
		want   string
	}{
		{func(s *Setup) { s.Seed = 6 }, "branch at tick 2: seed 6: want 5, as before"},
		{func(s *Setup) {
			s.Setting.Sectors = slices.Clone(s.Setting.Sectors)
			s.Setting.Sectors[0].Tradable = .3
		}, "the setting has other Sectors"},
		{func(s *Setup) { s.Params.Labour.MarketKM = 7 }, "labour.market_km = 7: want"},
		{func(s *Setup) { s.Params.Trust.Loss = 7 }, "trust.loss = 7"},
		{func(s *Setup) { s.Policies = []policy.Spec{{ID: "x", Instrument: "gift"}} }, `instrument "gift" does not exist`},
	} {
		other := s
		c.change(&other)
		if _, err := Branch(e, other); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v: want one with %q", err, c.want)
		}
	}
}

// Columns that are made late, when people first arrive from outside and when roads first fill, are no obstacle to going on.
func TestARunResumesWithLateColumns(t *testing.T) {
	const at, end = 7, 12
	s := small(t, 5, 300)
	s.Policies = []policy.Spec{{ID: "t", Instrument: "talent", From: 1, To: 99, Budget: 50, Intensity: 1}}
	s.Params.Production.RoadCapacity = 2
	e := begun(t, s)
	data := saved(t, e, at)
	if len(e.World.Markets.Arrived) == 0 || len(e.World.Fields.Crowding) == 0 {
		t.Fatal("nobody has come, or no road has filled")
	}
	r, err := Resume(s, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "resumed", whole(to(t, e, end)), whole(to(t, r, end)))
}
