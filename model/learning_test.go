package model

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"agglo/model/knowledge"
	"agglo/model/market"
	"agglo/model/world"
	"agglo/sim"
)

// learners is a small world in which ideas are protected, licensed and passed on, firms hold ties to the world's frontier,
// learn late of how places look, and foresee what they would learn there.
func learners(t testing.TB, firms int) Setup {
	s := small(t, 7, firms)
	s.Setting.Regions[0].IP, s.Setting.Regions[1].IP = .3, .9
	k := &s.Params.Knowledge
	k.Referral, k.Licence, k.Pipeline, k.PipelineCost = .3, 2, .3, .01
	s.Params.Demography.PerceptionLag, s.Params.Demography.Move, s.Params.Demography.LearningYears = 3, .5, 5
	return s
}

// pulled lets something act on an engine's levers in every tick; what R&D costs the public comes from outside.
func pulled(t testing.TB, e *Engine, act func(w *world.World, tick int)) {
	e.Check = nil // the public pays here without a ledger
	after(t, e, "policy acts", phase{Name: "levers", Once: func(w *world.World, tick int) error {
		act(w, tick)
		return nil
	}})
	after(t, e, "policy is charged", phase{Name: "public R&D", Once: func(w *world.World, _ int) error {
		w.Money.PolicyIn = 0
		for i, id := range w.Firms.ID {
			if id != 0 {
				w.Money.PolicyIn += w.ResearchPaid(i) / world.TicksPerYear
			}
		}
		return nil
	}})
}

// everything pulls all levers of knowledge and trust on every other row, and lets firms meet.
func everything(w *world.World, tick int) {
	for i := tick % 2; i < w.Rows(); i += 2 {
		for lever, x := range []float64{world.LeverResearch: .5, world.LeverResearchPrice: .3, world.LeverProtection: .2, world.LeverScience: 2,
			world.LeverContacts: .2, world.LeverSanction: 1, world.LeverInformation: 1.5} {
			if x != 0 {
				w.Levers.Push(world.FirmLever(lever), i, x)
			}
		}
		if j := (i*7 + tick) % w.Rows(); w.Firms.Living(i) && w.Firms.Living(j) && i%20 == 0 {
			w.Levers.Meetings = append(w.Levers.Meetings, world.Meeting{From: int32(i), To: int32(j), Near: 10, Forced: i%40 == 0})
		}
	}
}

// How many rows are walked at once shows in no sum and in no column: 64, as many as are at hand, a whole block. With licences and
// pipelines at work what firms learn is paid for twice into one sum.
func TestPiecesDoNotMatter(t *testing.T) {
	p := learners(t, 3000)
	p.Params.Knowledge.Pipeline, p.Params.Knowledge.PipelineCost = 2, .2
	e := begun(t, p)
	w := to(t, e, 6)
	r := newRules(w, &p.Params)
	priced(r.production)(w) // newborn firms have rows, and no room for orders yet
	each := func(w *world.World, sums int, piece int, do func(w *world.World, tick, lo, hi int)) *world.World {
		c := w.Clone()
		c.Levers = w.Levers
		c.Sums.Reset(c.Rows(), sim.BlockRows, sums)
		for block := 0; block < c.Rows(); block += sim.BlockRows {
			for lo, end := block, min(block+sim.BlockRows, c.Rows()); lo < end; lo += piece {
				do(c, 7, lo, min(lo+piece, end))
			}
		}
		return c
	}
	for name, phase := range map[string]struct {
		sums int
		do   func(w *world.World, tick, lo, hi int)
	}{
		"learning": {knowledge.Sums(w), r.knowledge.Learn}, "sales": {market.SellSums, r.market.Sell}, "accounts": {market.SettleSums(w), r.market.Settle},
	} {
		want := each(w, phase.sums, world.Summed, phase.do)
		for _, piece := range []int{atHand, sim.BlockRows} {
			got := each(w, phase.sums, piece, phase.do)
			for k := range phase.sums {
				if a, b := want.Sums.Total(k), got.Sums.Total(k); a != b {
					t.Errorf("%s, sum %d: %v by %d rows, %v by %d", name, k, b, piece, a, world.Summed)
				}
			}
			if !slices.Equal(want.Firms.Cash, got.Firms.Cash) || !slices.Equal(want.Firms.LogTech, got.Firms.LogTech) || !slices.Equal(want.Firms.Sales, got.Firms.Sales) {
				t.Errorf("%s: columns by %d rows are not those by %d", name, piece, world.Summed)
			}
		}
	}
}

// With all of it at work money comes from named sources only, ties and workers stay whole, and threads and a branch in the
// middle show in no column.
func TestLearningAddsUp(t *testing.T) {
	const ticks = 24
	e := begun(t, learners(t, 1200))
	pulled(t, e, everything)
	held, paid := 0, 0.0
	for tick := 1; tick <= ticks; tick++ {
		w := to(t, e, tick)
		if err := w.Invariants(); err != nil {
			t.Fatalf("tick %d: %v", tick, err)
		}
		if m := &w.Money; math.Abs(m.Gap) > 1e-12*m.Turnover {
			t.Errorf("tick %d: %g of money came from nowhere, turnover %g", tick, m.Gap, m.Turnover)
		}
		paid += w.Money.PolicyIn
	}
	for _, p := range e.World.Firms.Pipeline {
		if p {
			held++
		}
	}
	if held < 10 || paid <= 0 || len(e.World.Memory.Past) != 4 {
		t.Errorf("%d pipelines, %g paid for R&D, %d looks remembered: too quiet to show anything", held, paid, len(e.World.Memory.Past))
	}
	want := print(e.World)
	for _, threads := range []int{1, 3} {
		e := begun(t, learners(t, 1200))
		pulled(t, e, everything)
		e.Threads = threads
		same(t, fmt.Sprintf("%d threads", threads), want, print(to(t, e, ticks)))
	}
	trunk := begun(t, learners(t, 1200))
	pulled(t, trunk, everything)
	to(t, trunk, 11)
	b, err := Branch(trunk, learners(t, 1200))
	if err != nil {
		t.Fatal(err)
	}
	pulled(t, b, everything)
	same(t, "a branch", want, print(to(t, b, ticks)))
}

// Each lever alone, and each parameter that is off by default, moves something.
func TestEachLeverOfLearningActs(t *testing.T) {
	const ticks = 16
	want := print(to(t, begun(t, small(t, 7, 400)), ticks))
	moved := func(name string, got map[string]uint64) {
		for _, column := range []string{"Firms.Spill", "Firms.Ahead", "Firms.TieRows", "Firms.Cash", "Firms.X"} {
			if got[column] != want[column] {
				return
			}
		}
		t.Errorf("%s moves nothing", name)
	}
	for _, lever := range []world.FirmLever{world.LeverResearch, world.LeverResearchPrice, world.LeverProtection, world.LeverScience,
		world.LeverContacts, world.LeverSanction, world.LeverInformation} {
		e := begun(t, small(t, 7, 400))
		pulled(t, e, func(w *world.World, _ int) {
			for i := range w.Rows() {
				w.Levers.Push(lever, i, .5)
			}
		})
		moved(fmt.Sprintf("lever %d", lever), print(to(t, e, ticks)))
	}
	for name, set := range map[string]func(s *Setup){
		"protection": func(s *Setup) { s.Setting.Regions[0].IP = .5 },
		"referral":   func(s *Setup) { s.Params.Knowledge.Referral = .2 },
		"pipelines":  func(s *Setup) { s.Params.Knowledge.Pipeline = .5 },
		"late news":  func(s *Setup) { s.Params.Demography.PerceptionLag, s.Params.Demography.Move = 8, .05 },
		"licences":   func(s *Setup) { s.Setting.Regions[0].IP, s.Params.Knowledge.Licence = .5, 3 },
		"foresight":  func(s *Setup) { s.Params.Demography.LearningYears = 5 },
		"contagion":  func(s *Setup) { s.Params.Demography.Contagion = .5 },
	} {
		s := small(t, 7, 400)
		set(&s)
		moved(name, print(to(t, begun(t, s), ticks)))
	}
}

// Partners who deal with each other grow alike, and then have less to teach: of the most that a partner could teach, at the cognitive
// distance that is best, two fifths are left after ten years, and four fifths where dealings draw nobody together. That is lock-in; nobody is
// told to stay.
func TestPartnersGrowAlike(t *testing.T) {
	left := func(convergence float64) float64 {
		p := small(t, 7, 3000)
		p.Params.Knowledge.Convergence = convergence
		w := to(t, begun(t, p), 40)
		r, f := knowledge.New(p.Params.Knowledge, w), &w.Firms
		sum, n := 0.0, 0.0
		for i := range f.ID {
			for _, tie := range f.AllCollaborations(i) {
				if face := &f.Face[tie.Partner]; face.Know > 0 {
					sum += knowledge.Lesson(&f.Z[i], r.Reach(w, i), face) / float64(face.Know)
					n++
				}
			}
		}
		return sum / n
	}
	if drawn, apart := left(.02), left(0); drawn < .2 || drawn > .45 || apart < .7 || apart > .9 {
		t.Errorf("partners teach %.3f of what they could, %.3f where dealings draw nobody together: want about .38 and .80", drawn, apart)
	}
}
