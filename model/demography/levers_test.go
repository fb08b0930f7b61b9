package demography

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim"
)

// Capital of 10 brings 5 and loses 5. Of a firm with debt, what is made good goes to the debt; then the public stands for
// the rest as far as it does.
func TestClosingWithHelp(t *testing.T) {
	for _, c := range []struct {
		name                           string
		cash, recovery, credit         float64
		recovered, guaranteed, written float64
		toOwners                       float64 // all of them
	}{
		{"no help", -7, 0, 0, 0, 0, 2, 0},
		{"debt stood for", -7, 0, 9, 0, 2, 0, 0},
		{"a part of it", -7, 0, .5, 0, .5, 1.5, 0},
		{"no debt left, nothing to stand for", -2, 0, 9, 0, 0, 0, 3},
		{"loss made good by half", -2, .5, 0, 2.5, 0, 0, 5.5},
		{"debt first and no further", -7, .8, 0, 2, 0, 0, 0},
		{"both", -9, .4, 1.5, 2, 1.5, .5, 0},
		{"made good more than whole", 1, 3, 0, 5, 0, 0, 11},
	} {
		w, r := plain(t, Params{Resale: .5})
		i := add(w, 0, world.Point{X: 9, Y: 9}, 4)
		f, m := &w.Firms, &w.Money
		f.Cash[i], f.Capital[i], f.Flag[i] = c.cash, 10, world.FlagExit
		w.ClearLevers()
		w.Levers.Push(world.LeverRecovery, i, c.recovery)
		w.Levers.Push(world.LeverCredit, i, c.credit)
		before := w.Total()
		w.Sums.Reset(w.Rows(), sim.BlockRows, JudgeSums)
		if err := r.Leave(w, 1); err != nil {
			t.Fatal(err)
		}
		var book world.Closure
		if help := c.recovered + c.guaranteed; help > 0 != (len(w.Closures) == 1) {
			t.Fatalf("%s: %d closures in the book", c.name, len(w.Closures))
		} else if help > 0 {
			book = w.Closures[0]
			near(t, c.name+": written off, in the book", book.WrittenOff, c.written)
		}
		near(t, c.name+": recovered", book.Recovered, c.recovered)
		near(t, c.name+": guaranteed", book.Guaranteed, c.guaranteed)
		near(t, c.name+": advanced", m.Advanced, c.recovered+c.guaranteed)
		near(t, c.name+": written off", m.WrittenOff, c.written)
		near(t, c.name+": to owners outside", m.OwnersOut, c.toOwners/2)
		near(t, c.name+": to owners at home", w.Markets.Balance[0]-1e6, c.toOwners/2)
		near(t, c.name+": money", w.Total()-before, m.Resale+m.WrittenOff+m.Advanced-m.OwnersOut)
		if err := r.Leave(w, 2); err != nil || len(w.Closures) > 0 || m.Advanced != 0 {
			t.Errorf("%s: the book of the last tick is still open", c.name)
		}
	}
}

// purse is a world in which 50 firms are left by an employee each; a founder with 2 workers has to bring .5 + 5.1 and to pay
// .5 for entry: 6.1 in all.
func purse(t *testing.T, p Params, levers func(w *world.World)) (*world.World, *Rules) {
	t.Helper()
	p.SpinOff, p.Stay, p.StayKM, p.EntrantLeast, p.Seed, p.OwnCapital, p.EntryCost = 1, 1, 3, 2, .25, .425, .5
	w, r := plain(t, p)
	w.Markets.Balance[0] = 1e9
	for range 8000 {
		i := add(w, 0, world.Point{X: 21, Y: 21}, 4)
		w.Firms.Flag[i] = world.FlagSpinOff
	}
	w.ClearLevers()
	if levers != nil {
		levers(w)
	}
	if err := enter(r, w, 1); err != nil {
		t.Fatal(err)
	}
	return w, r
}

// Founders need 6.1 world wages. Half of them have it where the median is 6.1; the others are financed with the chance
// 1 - e^-(backing + finance within reach). Help with entry, and a promise to bear losses, lower what they need.
func TestFounders(t *testing.T) {
	const founders = 8000
	own := func(need, median float64) float64 { return .5 * math.Erfc(math.Log(need/median)/math.Sqrt2) } // chance of enough wealth, spread 1
	here := func(w *world.World) int { return w.Ground[0].CellAt(world.Point{X: 21, Y: 21}) }
	for _, c := range []struct {
		name   string
		p      Params
		levers func(w *world.World)
		want   float64
	}{
		{"switched off", Params{Wealth: 1e-9, WealthSpread: 1}, nil, 1},
		{"the rich", Params{Constraint: 1, Wealth: 6.2}, nil, 1},
		{"the poor", Params{Constraint: 1, Wealth: 6}, nil, 0},
		{"the poor, half constrained", Params{Constraint: .5, Wealth: 6}, nil, 1},
		{"half of them", Params{Constraint: 1, Wealth: 6.1, WealthSpread: 1}, nil, .5},
		{"some", Params{Constraint: 1, Wealth: 3, WealthSpread: 1}, nil, own(6.1, 3)},
		{"and backing", Params{Constraint: 1, Wealth: 3, WealthSpread: 1, Backing: .7}, nil, own(6.1, 3) + (1-own(6.1, 3))*(1-math.Exp(-.7))},
		{"entry paid", Params{Constraint: 1, Wealth: 3, WealthSpread: 1}, func(w *world.World) { w.Levers.PushCell(world.LeverEntry, here(w), 1) }, own(5.6, 3)},
		{"public seed money", Params{Constraint: 1, Wealth: 1e-9, Backing: .2, Finance: .02},
			func(w *world.World) { w.Levers.PushCell(world.LeverFinance, here(w), 25) }, 1 - math.Exp(-.7)},
		{"losses borne", Params{Constraint: 1, Wealth: 3, WealthSpread: 1, ClosesEarly: .5}, func(w *world.World) {
			for i := range founders {
				w.Levers.Push(world.LeverRecovery, i, .4)
			}
		}, own(.5+5.6*.8, 3)},
	} {
		w, _ := purse(t, c.p, c.levers)
		if w.Count.Refused > 0 || w.Count.SpinOffs+w.Count.Unfinanced != founders {
			t.Fatalf("%s: %+v", c.name, w.Count)
		}
		frequency(t, c.name, float64(w.Count.SpinOffs), founders, c.want)
		near(t, c.name+": money", w.Total(), 1e9)
	}
}

// The public owes what its levers paid: all of the cost of entry at a lever of 1, and of the gaps the part of its seed money
// in all finance, .5 of .7 here. The poor have nothing, so their gap is all they need.
func TestFoundingsAreBooked(t *testing.T) {
	here := func(w *world.World) int { return w.Ground[0].CellAt(world.Point{X: 21, Y: 21}) }
	w, _ := purse(t, Params{Constraint: 1, Wealth: 1e-9, Backing: .2, Finance: .02}, func(w *world.World) {
		w.Levers.PushCell(world.LeverFinance, here(w), 25)
		w.Levers.PushCell(world.LeverEntry, here(w), .6)
	})
	if len(w.Foundings) != w.Count.SpinOffs || w.Count.SpinOffs == 0 {
		t.Fatalf("%d foundings in the book of %d", len(w.Foundings), w.Count.SpinOffs)
	}
	for _, b := range w.Foundings {
		near(t, "entry paid", b.Entry, .3)
		if want := (.2 + 5.6) * .5 / .7; math.Abs(b.Seed-want) > 1e-8 {
			t.Fatalf("seed money of %g, want %g", b.Seed, want)
		}
		if f := &w.Firms; f.Born[b.Row] != 1 || b.Region != 0 || int(b.Cell) != here(w) {
			t.Fatalf("%+v", b)
		}
	}
	if w, _ = purse(t, Params{Constraint: 1, Wealth: 20}, nil); len(w.Foundings) > 0 {
		t.Errorf("%d foundings in the book, and nobody helped", len(w.Foundings))
	}
}

// A fund of 50 at its door, with .02 each, finances 1 - e^-1 of those without wealth; 30 km away, at e^-1 of that, fewer; a
// shock of venture finance halves a fund's and leaves a bank's.
func TestFinanceFallsWithDistance(t *testing.T) {
	p := Params{Constraint: 1, Finance: .02, FinanceKM: 30, Wealth: 1, WealthSpread: 0}
	for _, c := range []struct {
		kind  string
		east  float64
		shock float64
		want  float64 // exponent
	}{{"venture_fund", 0, 0, 1}, {"venture_fund", 30, 0, math.Exp(-1)}, {"bank", 0, 0, 1}, {"incubator", 30, 0, math.Exp(-1)},
		{"university", 0, 0, 0}, {"venture_fund", 0, -.5, .5}, {"bank", 0, -.5, 1}} {
		w, _ := plain(t, p)
		at := w.Ground[0].Mid(210)
		w.Setting.Institutions = []world.Institution{{Kind: c.kind, At: world.Point{X: at.X + c.east, Y: at.Y}, Capacity: 50}}
		if c.shock != 0 {
			w.Setting.Shocks = []world.Shock{{What: "venture", From: 3, To: 5, Change: c.shock}}
		}
		w.Now.Tick = 4
		r := New(p, w, Outside{SalesOf: func(*world.World, float64, float64) float64 { return 1 }, Capital: func(*world.World, float64) float64 { return 1 }})
		i := add(w, 0, at, 4)
		n := 0.0
		const tries = 20000
		for k := range tries {
			if _, ok := r.backed(w, uint64(k+1)*0x9e3779b97f4a7c15, 0, i, 4, 8); ok {
				n++
			}
		}
		frequency(t, fmt.Sprintf("%+v", c), n, tries, 1-math.Exp(-c.want))
	}
}

// Rates of founding are those of firms founded at the start: as many more try as cannot pay. Where half of the founders have
// the money and the others find it with chance 1 - e^-.7, .7517 of them can.
func TestAccepted(t *testing.T) {
	p := Params{EntrantLeast: 2, Seed: .25, OwnCapital: .425, EntryCost: .5, Constraint: 1, Wealth: 6.1, WealthSpread: 1, Backing: .7}
	w, _ := plain(t, p)
	near(t, "half of them rich", w.Base.Accepted, 1-.5*math.Exp(-.7))
	p.Constraint = 0
	w, _ = plain(t, p)
	near(t, "switched off", w.Base.Accepted, 1)
	p.Constraint, p.Wealth, p.Backing = 1, 1e-6, 0
	w, _ = plain(t, p)
	near(t, "nobody", w.Base.Accepted, leastAccepted)
}

// A region of twice the enterprise founds twice as often; one where entry costs three times as much asks three times as much
// of founders.
func TestTraits(t *testing.T) {
	p := Params{DeNovo: .08, OwnTrade: .5, NormalProfit: .2, ProfitResponse: 2, SpinOff: .4, LossWeight: .2}
	w, r := plain(t, p)
	w.Setting.Regions = []world.Region{{}, {Enterprise: 2, EntryCost: 3}}
	for c := range w.Cells.Region {
		w.Cells.Region[c] = int32(c % 20 / 10)
	}
	const firms = 4000
	for k := range firms {
		i := add(w, k%2, world.Point{X: 11 + 18*float64(k/2%2), Y: math.Mod(float64(k)*7.7, 39)}, 10)
		w.Fields.Jobs[w.Firms.Cell[i]] += 10
		w.Firms.Cash[i] = 1e6
	}
	w.Sectors[0] = world.SectorState{Firms: firms / 2, Jobs: 5 * firms, Profit: firms}
	w.Sectors[1] = w.Sectors[0]
	w.Base.Firms = []float64{1000, 1000}
	w.Reindex()
	var founders, leavers [2]float64
	for tick := range 40 {
		if err := r.Respond(w, tick); err != nil {
			t.Fatal(err)
		}
		r.Conceive(w, tick, 0, 400)
		for c, n := range r.births {
			founders[w.Cells.Region[c]] += float64(n)
		}
		w.Sums.Reset(firms, sim.BlockRows, JudgeSums)
		for lo := 0; lo < firms; lo += sim.BlockRows {
			r.Judge(w, tick, lo, min(lo+sim.BlockRows, firms))
		}
		for i := range firms {
			if w.Firms.Flag[i]&world.FlagSpinOff != 0 {
				leavers[w.Cells.Region[w.Firms.Cell[i]]]++
			}
		}
	}
	frequency(t, "founders of the enterprising", founders[1], founders[0]+founders[1], 2./3)
	frequency(t, "spin-offs of the enterprising", leavers[1], leavers[0]+leavers[1], 2./3)
	if founders[0] < 300 || leavers[0] < 300 {
		t.Errorf("%g founders, %g spin-offs: too few to show anything", founders[0], leavers[0])
	}
	r.P.Constraint, r.P.EntryCost, r.P.Wealth = 1, 2, 5
	for i, want := range []bool{true, false} { // entry at 2 and at 6, wealth of 5
		row := 2 * i // firms lie west, west, east, east
		if _, ok := r.backed(w, 77, 0, row, 3, 0); ok != want {
			t.Errorf("region %d: founded %v", w.Cells.Region[w.Firms.Cell[row]], ok)
		}
	}
}

// Firms that are put on a site go there, pay, and do not choose in that tick; the closed, the newborn and the sea are left.
func TestPlacements(t *testing.T) {
	w, r := plain(t, Params{Move: 1, Strangers: 2, MoveCost: .1, Horizon: 5})
	f := &w.Firms
	for range 5 {
		i := add(w, 0, world.Point{X: 21, Y: 3}, 10)
		f.Flag[i] = world.FlagMove
	}
	w.Reindex()
	f.Born[1] = 5
	f.Retire(2)
	f.Flag[4] = 0
	w.ClearLevers()
	at := world.Point{X: 9, Y: 31}
	for _, row := range []int32{0, 1, 2} {
		w.Levers.Moves = append(w.Levers.Moves, world.Placement{Row: row, At: at})
	}
	w.Levers.Moves = append(w.Levers.Moves, world.Placement{Row: 4, At: world.Point{X: .5, Y: 9}}, world.Placement{Row: 4, At: world.Point{X: -9, Y: 9}})
	if err := r.Relocate(w, 5); err != nil {
		t.Fatal(err)
	}
	for row, x := range map[int]float64{0: 9, 1: 21, 4: 21} {
		if f.X[row] != x {
			t.Errorf("firm %d at %g, want %g", row, f.X[row], x)
		}
	}
	near(t, "cost of a move", f.Cash[0], -3)
	if f.ID[2] != 0 || f.X[2] != 0 {
		t.Error("a closed firm moved")
	}
}
