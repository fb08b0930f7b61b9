package model

import (
	"fmt"
	"slices"
	"testing"

	"agglo/model/policy"
	"agglo/model/world"
)

// How a run is made shows in no column: workers, blocks, observers, phases that do nothing, a break.
// 3,300 firms are four blocks.
func TestSameColumnsHoweverRun(t *testing.T) {
	const ticks = 26
	setup := func() Setup {
		s := small(t, 5, 3300)
		s.Policies = acts()
		return s
	}
	one := begun(t, setup())
	one.Threads = 1
	want := print(to(t, one, ticks))
	for _, threads := range []int{2, 3, 8} {
		s := setup()
		s.Threads = threads
		e := begun(t, s)
		e.Threads = threads
		same(t, fmt.Sprintf("%d threads", threads), want, print(to(t, e, ticks)))
	}
	narrow := begun(t, setup()) // a firm's draws and rules do not know its block; one worker adds sums in the same order
	narrow.Threads = 1
	for k := range narrow.Phases {
		if narrow.Phases[k].Each != nil && narrow.Phases[k].Block == 0 {
			narrow.Phases[k].Block = 256
		}
	}
	same(t, "blocks of a quarter", want, print(to(t, narrow, ticks)))
	other := begun(t, setup())
	seen := 0
	other.Observers = append(other.Observers, watch(func(v world.View, tick int) error {
		for i := range v.Rows() {
			v.EachTie(i, func(world.TieKind, int, float64) { seen++ })
		}
		return nil
	}))
	idle := phase{Name: "rest", Rows: (*world.World).Rows, Each: func(*world.World, int, int, int) {}}
	alone := phase{Name: "sleep", Once: func(*world.World, int) error { return nil }}
	for k := len(other.Phases); k >= 0; k -= 5 {
		other.Phases = slices.Insert(other.Phases, k, idle, alone)
	}
	to(t, other, 9)
	same(t, "an observer, idle phases, a break", want, print(to(t, other, ticks)))
	if seen == 0 {
		t.Error("the observer saw no tie")
	}
	next := print(to(t, begun(t, small(t, 6, 3300)), ticks))
	for _, column := range []string{"Firms.ID", "Firms.Cash", "Firms.X", "Firms.TieRows", "Markets.LogWage", "Money.Stock", "Synergy", "Count"} {
		if next[column] == want[column] {
			t.Errorf("another seed gives the same %s: the hash sees nothing", column)
		}
	}
}

// A policy without strength, money or time is no policy, to the last bit, and free names are labels.
func TestNothingIsNothing(t *testing.T) {
	const ticks = 14
	want := print(to(t, begun(t, small(t, 5, 400)), ticks))
	for _, off := range []policy.Spec{
		{ID: "weak", Instrument: "subsidy", To: 99, Budget: -1}, {ID: "poor", Instrument: "infrastructure", To: 99, Intensity: 1},
		{ID: "late", Instrument: "tax_break", From: 50, To: 99, Budget: -1, Intensity: 1}, {ID: "nobody", Instrument: "subsidy", To: 99, Budget: -1, Intensity: 1, Target: policy.Target{Size: &[2]float64{1e9, 2e9}}},
	} {
		s := small(t, 5, 400)
		s.Policies = []policy.Spec{off}
		same(t, "policy "+off.ID, want, print(to(t, begun(t, s), ticks)))
	}
	s := small(t, 5, 400)
	for k := range s.Setting.Sectors {
		s.Setting.Sectors[k].Name = "a free name"
	}
	s.Setting.Regions[0].Name = "another"
	same(t, "other names", want, print(to(t, begun(t, s), ticks)))
}

// Twice as far apart, with all distances of the rules twice as long, everything but the places is the same: 2 is exact.
func TestLengthsHaveNoScale(t *testing.T) {
	const ticks = 14
	want := print(to(t, begun(t, small(t, 5, 400)), ticks))
	s := small(t, 5, 400)
	a, p := &s.Setting.Areas[0], &s.Params
	for _, km := range []*float64{&a.CellKM, &a.X0, &a.Y0, &s.Setting.Institutions[0].At.X, &s.Setting.Institutions[0].At.Y,
		&p.Production.InputKM, &p.Production.PoolKM, &p.Market.HomeKM, &p.Labour.MarketKM, &p.Labour.CommuteKM, &p.Knowledge.AirKM,
		&p.Knowledge.ScienceKM, &p.Trust.NearKM, &p.Trust.NeighbourKM, &p.Demography.StayKM, &p.Cluster.KM} {
		*km *= 2
	}
	w := to(t, begun(t, s), ticks)
	same(t, "twice as wide", want, print(w), "Firms.X", "Firms.Y", "Firms.Face", "Groups", "Ranges")
	if print(w)["Firms.X"] == want["Firms.X"] {
		t.Error("nothing was stretched")
	}
}
