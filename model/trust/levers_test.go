package trust

import (
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim"
)

// pull makes levers and pushes one of them on every row.
func pull(w *world.World, lever world.FirmLever, x float64) {
	w.ClearLevers()
	for i := range w.Firms.ID {
		w.Levers.Push(lever, i, x)
	}
}

// search lets a tick of search and matching pass over all rows.
func search(t *testing.T, w *world.World, r *Rules, tick int) {
	t.Helper()
	r.Ready(w)
	for lo := 0; lo < w.Rows(); lo += sim.BlockRows {
		r.Search(10)(w, tick, lo, min(lo+sim.BlockRows, w.Rows()))
	}
	if err := r.Match(w, tick); err != nil {
		t.Fatal(err)
	}
}

// A sanction of 1 beside a trust of .26 makes the log odds of keeping a deal 4.7177: .0088 of deals are broken, not .0237,
// and those broken would have been broken without it. One below 0 does nothing.
func TestSanction(t *testing.T) {
	const pairs = 20000
	p := standard()
	p.Gain, p.Loss, p.Decay, p.Dissolution, p.Dealing = 0, 0, 0, 0, 1
	r := rules(p)
	broken := func(guard float64) map[int]bool {
		w := plain(t, 2*pairs, scattered)
		for k := range pairs {
			w.Firms.Join(2*k, 2*k+1, .26, 1)
		}
		if guard != 0 {
			pull(w, world.LeverSanction, guard)
		}
		deal(w, r, 3)
		all := map[int]bool{}
		for i := range 2 * pairs {
			if w.Firms.CollabOf(i).Bond(0).State() == world.TieBroken {
				all[i] = true
			}
		}
		return all
	}
	without, with := broken(0), broken(1)
	want := 1 / (1 + math.Exp(2.5+3*.26+.5*math.Log(5)+1))
	if got := float64(len(with)) / (2 * pairs); math.Abs(got-want) > 4*math.Sqrt(want/(2*pairs)) {
		t.Errorf("%g of deals are broken under sanction, want %g", got, want)
	}
	for i := range with {
		if !without[i] {
			t.Fatalf("the deal of firm %d is broken because of the sanction", i)
		}
	}
	if len(broken(-2)) != len(without) {
		t.Error("a negative sanction breaks deals")
	}
}

// Contacts of .3 beside a chance of .2 let half of all firms search, those among them who would have searched anyway.
func TestContacts(t *testing.T) {
	const firms = 20000
	p := standard()
	p.SupplierSearch, p.PartnerSearch = 0, .2
	w, r := plain(t, firms, scattered), rules(p)
	count := func() map[int]bool {
		r.Ready(w)
		for lo := 0; lo < firms; lo += sim.BlockRows {
			r.Search(10)(w, 1, lo, min(lo+sim.BlockRows, firms))
		}
		all := map[int]bool{}
		for _, asked := range r.asked {
			for _, p := range asked {
				all[int(p.from)] = true
			}
		}
		return all
	}
	few := count()
	pull(w, world.LeverContacts, .3)
	more := count()
	if ratio := float64(len(more)) / float64(len(few)); math.Abs(ratio-2.5) > .1 {
		t.Errorf("%d firms ask, %d with contacts: want 2.5 times as many", len(few), len(more))
	}
	for i := range few {
		if !more[i] {
			t.Fatalf("firm %d asks no longer", i)
		}
	}
	pull(w, world.LeverContacts, 5)
	if all := count(); len(all) < len(more) {
		t.Errorf("only %d of %d ask when all search", len(all), firms)
	}
}

// Information of 2.5 brings two or three further strangers before a firm, by even chances; never more than there is room for.
func TestInformationOnPartners(t *testing.T) {
	const firms = 2000
	w, r := plain(t, firms, scattered), rules(standard())
	mean := func(x float64) (sum float64) {
		pull(w, world.LeverInformation, x)
		for i := range firms {
			q := quest{row: int32(i)}
			r.meetFurther(w, &q, 1)
			if n := float64(q.candidates); n < min(math.Floor(x), further) || n > min(math.Ceil(x), further) {
				t.Fatalf("%g further candidates for %g", n, x)
			}
			sum += float64(q.candidates)
		}
		return sum / firms
	}
	if got := mean(2.5); math.Abs(got-2.5) > 4*.5/math.Sqrt(firms) {
		t.Errorf("%g further candidates on the mean, want 2.5", got)
	}
	for _, x := range []float64{0, 1, 3, 40} {
		near(t, "further candidates", mean(x), min(x, further), 0)
	}
	pull(w, world.LeverInformation, 40)
	for tick := range 20 { // full lists of candidates do no harm
		search(t, w, r, tick)
	}
}

// Firms 60 km apart that meet: a forced tie always comes about, at half the prior; one with a nearness cap of 5 km counts as
// near; an ordinary one by two logits of the wish closure x prior - 60/50 = .26 - 1.2, both with chance .2809.
func TestMeetings(t *testing.T) {
	const pairs = 4000
	apart := func(k int) world.Point { return world.Point{X: 10 + 60*float64(k%2), Y: 41} }
	p := standard()
	p.SupplierSearch, p.PartnerSearch = 0, 0
	run := func(m world.Meeting) (w *world.World, joined int) {
		w = plain(t, 2*pairs, apart)
		w.ClearLevers()
		for k := range pairs {
			m.From, m.To = int32(2*k), int32(2*k+1)
			w.Levers.Meetings = append(w.Levers.Meetings, m)
		}
		search(t, w, rules(p), 1)
		for k := range pairs {
			joined += w.Firms.Collaborators(2 * k)
			if w.Firms.Collaborators(2*k) != w.Firms.Collaborators(2*k+1) {
				t.Fatal("a tie with one end")
			}
		}
		return w, joined
	}
	half := 1 / (1 + math.Exp(1.2-.26))
	if _, n := run(world.Meeting{}); math.Abs(float64(n)/pairs-half*half) > 4*math.Sqrt(half*half/pairs) {
		t.Errorf("%d of %d meetings make a tie, want %g", n, pairs, half*half)
	}
	near5 := 1 / (1 + math.Exp(5./50-.26))
	if _, n := run(world.Meeting{Near: 5}); math.Abs(float64(n)/pairs-near5*near5) > 4*math.Sqrt(near5*near5/pairs) {
		t.Errorf("%d of %d meetings that count as 5 km make a tie, want %g", n, pairs, near5*near5)
	}
	w, n := run(world.Meeting{Forced: true, Near: 5})
	tie := w.Firms.CollabOf(0).Bond(0)
	if n != pairs {
		t.Errorf("%d of %d forced ties", n, pairs)
	}
	near(t, "forced trust", tie.Trust(), .13, 1e-4)
	near(t, "forced nearness", tie.Nearness(), math.Exp(-.1), 3e-3)
	if w, n = run(world.Meeting{Forced: true, Near: 500}); n != pairs {
		t.Errorf("%d of %d forced ties", n, pairs)
	}
	near(t, "nearness is never worse than the distance", w.Firms.CollabOf(0).Bond(0).Nearness(), math.Exp(-1.2), 3e-3)
}

// Who is tied already is brought nearer at both ends and keeps one tie; nobody meets itself or a row without a firm.
func TestMeetingAgain(t *testing.T) {
	w, r := plain(t, 3, func(k int) world.Point { return world.Point{X: 10 + 30*float64(k), Y: 41} }), rules(standard())
	f := &w.Firms
	f.Join(0, 1, .6, math.Exp(-.6))
	w.ClearLevers()
	f.Retire(2)
	w.Levers.Meetings = []world.Meeting{{From: 1, To: 0, Near: 5}, {From: 0, To: 1, Forced: true, Near: 10}, {From: 0, To: 0, Forced: true}, {From: 0, To: 2, Forced: true}}
	r.meetings(w, 1)
	if f.Collaborators(0) != 1 || f.Collaborators(1) != 1 {
		t.Fatalf("%d and %d ties", f.Collaborators(0), f.Collaborators(1))
	}
	for i := range 2 {
		near(t, "nearness", f.CollabOf(i).Bond(0).Nearness(), math.Exp(-.1), 3e-3)
		near(t, "trust", f.CollabOf(i).Bond(0).Trust(), .6, 1e-4)
	}
}

// Both ends of a collaboration broke a deal, and trust is too low to go on: both damages are paid, whichever row is first.
func TestPayInAnyOrder(t *testing.T) {
	for _, first := range []int{0, 1} {
		w, r := plain(t, 2, scattered), rules(standard())
		f := &w.Firms
		f.Sales[first] = 4
		f.Join(0, 1, .04, 1)
		for i := range 2 {
			f.CollabOf(i).Bond(0).SetState(world.TieBroken)
			f.Flag[i] = world.FlagBroken
		}
		r.breaches = [][]breach{breachesOf(w, r)}
		if err := r.Pay(w, 1); err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			near(t, "loss and loot", f.Cash[i], -.08+.064, 1e-12)
		}
		near(t, "households", w.Markets.Balance[0], .032, 1e-12)
		if f.Collaborators(0) != 0 || f.Collaborators(1) != 0 {
			t.Error("the tie goes on")
		}
	}
}

// When a firm has moved from next door to 50 km away, both ends of a collaboration, its customers and itself as a buyer see
// it, in the tick in which they are told; ties between others stay as they were.
func TestMoved(t *testing.T) {
	w, r := plain(t, 4, func(int) world.Point { return world.Point{X: 10, Y: 41} }), rules(standard())
	f := &w.Firms
	f.Join(0, 1, .5, 1)
	f.Join(2, 1, .5, .25)
	f.TakeSupplier(3, world.NewHalfTie(0, 4, 1, .5, 1))
	f.TakeSupplier(0, world.NewHalfTie(2, 1, 3, .5, 1))
	f.TakeSupplier(3, world.NewHalfTie(2, 4, 3, .5, .25))
	w.Place(0, 0, world.Point{X: 60, Y: 41})
	f.Face[0].X = 60
	told := func(tick int) {
		r.listMoved(f)
		r.see(w)
		r.Sever(w, tick, 0, 4)
	}
	told(1)
	near(t, "not told yet", f.CollabOf(1).Bond(0).Nearness(), 1, 1e-4)
	f.Flag[0] = world.FlagMoved
	told(2)
	for name, tie := range map[string]*world.Bond{"the mover": f.CollabOf(0).Bond(0), "its partner": f.CollabOf(1).Bond(0), "a customer": f.SupplyOf(3).Bond(0), "its supplier": f.SupplyOf(0).Bond(0)} {
		near(t, name, tie.Nearness(), math.Exp(-1), 3e-3)
	}
	near(t, "others who collaborate", f.CollabOf(1).Bond(1).Nearness(), .25, 3e-3)
	near(t, "others who deal", f.SupplyOf(3).Bond(1).Nearness(), .25, 3e-3)
}
