package trust

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/grid"

	"pgregory.net/rapid"
)

// standard is what the tables below were worked out for.
func standard() Params {
	return Params{Dealing: .35, Gain: .08, Loss: .4, Decay: .0206, Honesty: 2.5, Regard: 3, Shadow: .5, Law: 1, Damage: .02, Loot: .8,
		Dissolution: .005, Least: .05, TieBase: 4, TieSize: 4, SupplierSearch: 1, PartnerSearch: 1, Referral: .5, NearKM: 50, NeighbourKM: 4,
		Benefit: 1, Closure: 1, Burden: .05}
}

func rules(p Params) *Rules {
	return New(p, nothing, func(prior, trust Means, n int) Means {
		for k := range n {
			trust[k] += 1 - prior[k]
		}
		return trust
	})
}

// nothing is taught.
var nothing = Teach{func(*world.World, int) float64 { return 0 }, func(*[3]float32, float64, *world.Face) float64 { return 0 }}

// near fails unless got is want to a relative tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.12g, want %.12g", what, got, want)
	}
}

// revised is trust tau of a half-tie, and what a tick in which this happened leaves of it. Both are in steps, as half-ties hold them.
func revised(r *Rules, tau float64, state uint8) (was, is float64) {
	x := &r.betrayed
	if state != world.TieBroken {
		x = &r.passing.Revised[state]
	}
	tie := world.NewHalfTie(1, 2, 3, tau, 1)
	was = tie.Trust()
	tie.Revise(x)
	return was, tie.Trust()
}

// An honoured deal makes good .08 of what is missing, a broken one destroys .4, a quarter without a deal .0206.
func TestTrust(t *testing.T) {
	r := rules(standard())
	for _, c := range []struct {
		state     uint8
		tau, want float64
	}{
		{world.TieKept, .26, .3192}, {world.TieKept, 0, .08}, {world.TieKept, 1, 1},
		{world.TieBroken, .5, .3}, {world.TieBroken, 1, .6}, {world.TieBroken, 0, 0},
		{world.TieIdle, .5, .4897}, {world.TieIdle, 0, 0},
	} {
		_, next := revised(r, c.tau, c.state)
		near(t, fmt.Sprintf("trust %g after %d", c.tau, c.state), next, c.want, 1./world.FullTrust)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := standard()
		share := rapid.Float64Range(0, 1)
		p.Gain, p.Loss, p.Decay = share.Draw(t, "gain"), share.Draw(t, "loss"), share.Draw(t, "decay")
		r, tau := rules(p), share.Draw(t, "tau")
		for _, state := range rapid.SliceOf(rapid.SampledFrom([]uint8{world.TieIdle, world.TieKept, world.TieBroken})).Draw(t, "states") {
			was, next := revised(r, tau, state)
			if next > 1 || state == world.TieKept && next < was || state != world.TieKept && next > was {
				t.Fatalf("trust %v after %d is %v", was, state, next)
			}
			tau = next
		}
	})
}

// The log odds of honouring a deal are 2.5, 3 times trust, .5 ln(1 + 4 x .35) = .4377343687 for the deals to come, and the
// quality of law above .5.
func TestBreach(t *testing.T) {
	r := rules(standard())
	for _, c := range []struct{ tau, law, odds float64 }{
		{0, .5, 2.9377343687}, {1, .5, 5.9377343687}, {.26, .5, 3.7177343687}, {0, 0, 2.4377343687}, {1, 1, 6.4377343687},
	} {
		near(t, fmt.Sprintf("%+v", c), r.Breach(c.tau, c.law), 1/(1+math.Exp(c.odds)), 1e-11)
	}
	p := standard()
	p.Dealing = 0
	near(t, "no deals to come", rules(p).Breach(0, .5), 1/(1+math.Exp(2.5)), 1e-12)
}

// A firm of 4 workers keeps 4 + 4 ln 2 = 6.77 ties of a kind, one of 400 keeps 22 and is bound by its slots.
func TestRoom(t *testing.T) {
	r := rules(standard())
	for _, c := range []struct {
		held   int
		labour float64
		want   bool
	}{{5, 4, true}, {6, 4, false}, {3, 0, true}, {4, 0, false}, {11, 400, true}} {
		if r.room(c.held, c.labour) != c.want {
			t.Errorf("room for one more than %d with %g workers: %v", c.held, c.labour, !c.want)
		}
	}
}

// plain is a world of firms of one sector on a square of 40 x 40 cells of 2 km, not yet tied.
func plain(t *testing.T, firms int, at func(k int) world.Point) *world.World {
	t.Helper()
	shape := grid.Shape{NX: 40, NY: 40, CellKM: 2}
	k, err := grid.Exponential(shape, 15)
	if err != nil {
		t.Fatal(err)
	}
	w := &world.World{Seed: 3, Setting: &world.Setting{Sectors: make([]world.Sector, 1), Regions: []world.Region{{TrustPrior: .4, LawQuality: .5}}}}
	w.Ground = []world.Ground{{Shape: shape, Cells: shape.Cells(), Supply: k, Pool: k, Air: k, Home: k}}
	w.Cells.Region, w.Cells.Market = make([]int32, shape.Cells()), make([]int32, shape.Cells())
	w.Index.Start = make([]world.Bucket, shape.Cells()+1)
	w.Markets.Balance = make([]float64, 1)
	w.Now.Inputs = []float64{1}
	f := &w.Firms
	for k := range firms {
		i := f.Found(uint64(k+1)*0x9e3779b97f4a7c15, 0)
		w.Place(i, 0, at(k))
		f.Mass[i], f.Labour[i], f.Sales[i], f.Appeal[i] = 1, 4, 10, 1
		f.Face[i] = world.Face{X: float32(f.X[i]), Y: float32(f.Y[i])}
	}
	w.Reindex()
	return w
}

func scattered(k int) world.Point {
	return world.Point{X: math.Mod(float64(k)*17.3177, 80), Y: math.Mod(float64(k)*29.7131, 80)}
}

// deal lets a tick of dealings pass over all rows.
func deal(w *world.World, r *Rules, tick int) {
	w.Sums.Reset(w.Rows(), sim.BlockRows, 3)
	r.ReadyToDeal(w)
	for lo := 0; lo < w.Rows(); lo += sim.BlockRows {
		r.Deal(w, tick, lo, min(lo+sim.BlockRows, w.Rows()))
	}
}

// breachesOf lists the breaches that the ties of all firms tell of, by row, kind and slot, as Deal must have noted them.
func breachesOf(w *world.World, r *Rules) []breach {
	f, all := &w.Firms, []breach(nil)
	for i := range f.ID {
		add := func(ties world.Ties, held world.Slots, kind uint8) {
			for ; held != 0; held = held.Rest() {
				if k := held.First(); ties.Bond(k).State() == world.TieBroken {
					all = append(all, breach{int32(i), ties.Partner(k), uint8(k), kind, ties.Bond(k).Trust() < r.P.Least})
				}
			}
		}
		add(f.SupplyOf(i), f.SupplyHeld(i), supply)
		add(f.CollabOf(i), f.CollabHeld(i), collaboration)
	}
	return all
}

// Both ends of a collaboration see the same deals and the same end, and each its own breaches. Frequencies are those of the
// parameters: deals .35, ends .005, breaches 1/(1+e^3.7177) = .0237 at a stranger's trust.
func TestDeal(t *testing.T) {
	const pairs, ticks = 4000, 12
	p := standard()
	p.Gain, p.Loss, p.Decay = 0, 0, 0 // trust stays at .26
	w, r := plain(t, 2*pairs, scattered), rules(p)
	f := &w.Firms
	for k := range pairs {
		f.Join(2*k, 2*k+1, .26, 1)
		f.TakeSupplier(2*k, world.NewHalfTie(int32(2*k+1), f.ID[2*k], f.ID[2*k+1], .26, 1))
	}
	halves, ended, dealt, broke, both := 0., 0., 0., 0., 0.
	for tick := 1; tick <= ticks; tick++ {
		dealings, breaches := 0., 0.
		for k := range pairs {
			halves += float64(f.Collaborators(2*k) + f.Collaborators(2*k+1) + f.Suppliers(2*k))
		}
		deal(w, r, tick)
		for k := range pairs {
			a, b := f.CollabOf(2*k).Bond(0), f.CollabOf(2*k+1).Bond(0)
			if f.Collaborators(2*k) != f.Collaborators(2*k+1) {
				t.Fatalf("pair %d: one end ended the tie", k)
			}
			states := []uint8{}
			if f.Collaborators(2*k) > 0 {
				if (a.State() == world.TieIdle) != (b.State() == world.TieIdle) {
					t.Fatalf("pair %d: one end had a deal", k)
				}
				if a.State() == world.TieBroken && b.State() == world.TieBroken {
					both++
				}
				states = append(states, a.State(), b.State())
			}
			if f.Suppliers(2*k) > 0 {
				states = append(states, f.SupplyOf(2*k).Bond(0).State())
			}
			flagged := false
			for n, s := range states {
				if s != world.TieIdle {
					dealings++
				}
				if s == world.TieBroken {
					breaches++
					flagged = flagged || n != 1
				}
			}
			if flagged != (f.Flag[2*k]&world.FlagBroken != 0) {
				t.Fatalf("pair %d: a broken deal without a mark, or a mark without one", k)
			}
		}
		if noted := slices.Concat(r.breaches...); !slices.Equal(noted, breachesOf(w, r)) {
			t.Fatalf("tick %d: %d breaches are noted, or in another order than the %d that happened", tick, len(noted), len(breachesOf(w, r)))
		}
		if w.Sums.Total(1) != dealings || w.Sums.Total(2) != breaches {
			t.Fatalf("tick %d: %g deals and %g breaches are summed, %g and %g happened", tick, w.Sums.Total(1), w.Sums.Total(2), dealings, breaches)
		}
		dealt += dealings
		broke += breaches
	}
	for k := range pairs {
		ended += float64(3 - f.Collaborators(2*k) - f.Collaborators(2*k+1) - f.Suppliers(2*k))
	}
	frequency := func(what string, n, of, want, halves float64) {
		t.Helper()
		if sd := math.Sqrt(want * (1 - want) / of * halves); math.Abs(n/of-want) > 4*sd {
			t.Errorf("%s: %.5f of %g, want %.5f within %.5f", what, n/of, of, want, 4*sd)
		}
	}
	breach := r.Breach(.26, .5)
	frequency("ends", ended, halves, .005, 2) // two halves draw as one
	frequency("deals", dealt, halves*.995, .35, 2)
	frequency("breaches", broke, dealt, breach, 1)
	frequency("breaches at both ends", both, dealt/3, breach*breach, 1) // of three halves two make a pair: a third of the deals
	for k := range 2 * pairs {
		near(t, "what trust is worth", float64(f.Trustee[k]), 1, 2e-5)
	}
}

// Trust in suppliers counts against two strangers: ties of .8 and .5 and two of .26 have a mean of .455.
func TestTrustInSuppliers(t *testing.T) {
	p := standard()
	p.Dealing, p.Decay, p.Dissolution = 0, 0, 0
	w, r := plain(t, 3, scattered), rules(p)
	f := &w.Firms
	f.TakeSupplier(0, world.NewHalfTie(1, 1, 2, .8, 1))
	f.TakeSupplier(0, world.NewHalfTie(2, 1, 3, .5, 1))
	f.Join(0, 1, 1, 1)
	deal(w, r, 1)
	near(t, "discount", float64(f.Trustee[0]), 1+(.8+.5+2*.26)/4-.26, 2e-5)
	near(t, "discount without suppliers", float64(f.Trustee[1]), 1, 1e-12)
}

// A broken deal between firms of sales 10 and 4 costs the victim .02 x 4 = .08; the taker gains .064, the rest goes to
// households. A tie below the least trust ends, at both ends.
func TestPay(t *testing.T) {
	w, r := plain(t, 3, scattered), rules(standard())
	f := &w.Firms
	f.Sales[1] = 4
	f.Join(0, 1, .04, 1)
	f.Join(0, 2, .5, 1)
	f.TakeSupplier(0, world.NewHalfTie(2, 1, 2, .01, 1))
	f.TakeSupplier(1, world.NewHalfTie(0, 2, 1, .01, 1))
	f.CollabOf(0).Bond(0).SetState(world.TieBroken)
	f.SupplyOf(0).Bond(0).SetState(world.TieBroken)
	f.Flag[0] = world.FlagBroken
	f.CollabOf(2).Bond(0).SetState(world.TieKept)
	r.breaches = [][]breach{nil, breachesOf(w, r)}
	if err := r.Pay(w, 1); err != nil {
		t.Fatal(err)
	}
	near(t, "the victim", f.Cash[0], -.08-.2, 1e-12)
	near(t, "the taker", f.Cash[1], .064, 1e-12)
	near(t, "the supplier", f.Cash[2], .16, 1e-12)
	near(t, "households", w.Markets.Balance[0], .016+.04, 1e-12)
	if f.Collaborators(0) != 1 || f.Collaborators(1) != 0 || f.Collaborators(2) != 1 || f.Suppliers(0) != 0 || f.Suppliers(1) != 1 {
		t.Errorf("ties left: %d, %d, %d; suppliers %d, %d", f.Collaborators(0), f.Collaborators(1), f.Collaborators(2), f.Suppliers(0), f.Suppliers(1))
	}
}

// A deal is broken, and trust enough is left: the damage is paid, the ties go on.
func TestPayAndGoOn(t *testing.T) {
	w, r := plain(t, 2, scattered), rules(standard())
	f := &w.Firms
	f.Join(0, 1, .5, 1)
	f.TakeSupplier(0, world.NewHalfTie(1, 1, 2, .5, 1))
	f.CollabOf(0).Bond(0).SetState(world.TieBroken)
	f.SupplyOf(0).Bond(0).SetState(world.TieBroken)
	r.breaches = [][]breach{breachesOf(w, r)}
	if err := r.Pay(w, 1); err != nil {
		t.Fatal(err)
	}
	near(t, "the victim", f.Cash[0], -.4, 1e-12)
	if f.Collaborators(0) != 1 || f.Collaborators(1) != 1 || f.Suppliers(0) != 1 {
		t.Errorf("ties left: %d, %d; suppliers %d", f.Collaborators(0), f.Collaborators(1), f.Suppliers(0))
	}
}

// Before a search those who have moved are listed, because marks change while partners see it.
func TestMoversAreListed(t *testing.T) {
	w, r := plain(t, 70, scattered), rules(standard())
	for _, i := range []int{3, 69} {
		w.Firms.Flag[i] = world.FlagMoved | world.FlagBroken
	}
	w.Firms.Flag[5] = world.FlagMove
	r.Ready(w)
	if want := []int32{3, 69}; !slices.Equal(r.moved, want) {
		t.Errorf("rows %v have moved, want %v", r.moved, want)
	}
}

func TestSever(t *testing.T) {
	w, r := plain(t, 4, scattered), rules(standard())
	f := &w.Firms
	for _, j := range []int32{1, 2, 3} {
		f.TakeSupplier(0, world.NewHalfTie(j, 1, 2, .5, 1))
	}
	f.DropSupplier(0, 0)
	f.Flag[2] = world.FlagExit | world.FlagMove
	r.Sever(w, 1, 0, 4)
	if f.Suppliers(0) != 1 || f.SupplyHeld(0) != 1<<2 || f.SupplyOf(0).Partner(2) != 3 {
		t.Errorf("suppliers left: in slots %b, %d in the third", f.SupplyHeld(0), f.SupplyOf(0).Partner(2))
	}
}

// Who searches finds near firms more often than far ones and large ones more often than small; never itself, nobody twice,
// and no more than it can keep.
func TestSearch(t *testing.T) {
	const searchers = 3000
	place := func(k int) world.Point {
		switch k {
		case 0, 1:
			return world.Point{X: 45, Y: 41} // 4 km away
		case 2:
			return world.Point{X: 41, Y: 71} // 30 km
		}
		return world.Point{X: 41, Y: 41}
	}
	w, r := plain(t, 3+searchers, place), rules(standard())
	f := &w.Firms
	for i := range f.ID {
		f.Mass[i] = 0
	}
	f.Mass[0], f.Mass[1], f.Mass[2] = 1, 3, 3
	w.Reindex()
	r.Ready(w)
	for tick := range 8 {
		for lo := 3; lo < w.Rows(); lo += sim.BlockRows {
			r.Search(10)(w, tick, lo, min(lo+sim.BlockRows, w.Rows()))
		}
		if tick > 0 {
			continue
		}
		n := map[int32]float64{}
		for i := 3; i < w.Rows(); i++ {
			if f.Suppliers(i) == 1 {
				n[f.SupplyOf(i).Partner(0)]++
			}
		}
		if ratio := n[1] / n[0]; ratio < 2.3 || ratio > 3.9 {
			t.Errorf("a supplier three times as large is chosen %.2f times as often: %v", ratio, n)
		}
		if far := n[2] / n[1]; far > .4 || n[2] == 0 {
			t.Errorf("a supplier 26 km further away is chosen %.2f times as often", far)
		}
	}
	for i := 3; i < w.Rows(); i++ {
		seen := map[int32]bool{}
		for _, s := range f.AllSupplies(i) {
			if s.Partner > 2 || seen[s.Partner] {
				t.Fatalf("firm %d took supplier %d twice, or one without mass", i, s.Partner)
			}
			seen[s.Partner] = true
			if s.Partner == 0 {
				near(t, "nearness at 4 km", s.Nearness(), math.Exp(-4./50), 2e-3)
			}
			near(t, "trust in a stranger", s.Trust(), .26, 2e-5)
		}
	}
}

// Collaborations are agreed on by both, each once, and within what both can keep.
func TestMatch(t *testing.T) {
	w, r := plain(t, 600, scattered), rules(standard())
	f := &w.Firms
	r.Ready(w)
	most := 0
	for tick := range 60 {
		r.Search(10)(w, tick, 0, 600)
		if err := r.Match(w, tick); err != nil {
			t.Fatal(err)
		}
		for i := range f.ID {
			seen := map[int32]bool{int32(i): true}
			for _, c := range f.AllCollaborations(i) {
				if seen[c.Partner] {
					t.Fatalf("firm %d collaborates with %d twice, or with itself", i, c.Partner)
				}
				seen[c.Partner] = true
			}
			most = max(most, f.Collaborators(i))
		}
	}
	if most != 6 && most != 7 { // 6.77: one that asked and was asked in one tick may end with one more
		t.Errorf("firms of 4 workers keep up to %d collaborators, want 6", most)
	}
	for i := range f.ID {
		mine := f.CollabOf(i)
		for k, c := range f.AllCollaborations(i) {
			theirs, slot := f.CollabOf(int(c.Partner)), mine.Back(k)
			if int(theirs.Partner(slot)) != i || theirs.Back(slot) != k || theirs.Pair(slot) != mine.Pair(k) || theirs.Bond(slot).Trust() != c.Trust() {
				t.Fatalf("the halves of a tie differ: %+v, %+v", c, theirs.Half(slot))
			}
		}
	}
}

func TestInherit(t *testing.T) {
	w := plain(t, 2, func(k int) world.Point { return world.Point{X: 10 + 3*float64(k), Y: 10 + 4*float64(k)} })
	Inherit(w, 0, 1, .3, 50)
	tie := w.Firms.CollabOf(0).Half(0)
	near(t, "nearness at 5 km", tie.Nearness(), math.Exp(-.1), 2e-3)
	near(t, "trust", tie.Trust(), .3, 2e-5)
	if tie.Partner != 1 || w.Firms.Collaborators(1) != 1 {
		t.Errorf("%+v", tie)
	}
}
