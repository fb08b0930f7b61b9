package model

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim/num"
)

// A pull is a lever as these tests pull it: on all rows or all cells, in all ticks.
type pull struct {
	name string
	x    float64
	on   func(w *world.World, x float64)
	// what firms got for it with their accounts in this tick; nil when no money goes with it there
	paid func(w *world.World, i int, x float64) float64
}

// pulls are the levers that production, market, labour and demography read.
func pulls() []pull {
	firm := func(lever world.FirmLever) func(*world.World, float64) {
		return func(w *world.World, x float64) {
			for i := range w.Firms.ID {
				w.Levers.Push(lever, i, x)
			}
		}
	}
	cell := func(lever world.CellLever) func(*world.World, float64) {
		return func(w *world.World, x float64) {
			for c := range w.Cells.Land {
				w.Levers.PushCell(lever, c, x)
			}
		}
	}
	return []pull{
		{name: "price", x: .05, on: firm(world.LeverPrice), paid: func(w *world.World, i int, x float64) float64 { return x * w.Firms.Sales[i] / 4 }},
		{name: "interest", x: .03, on: firm(world.LeverInterest)},
		{name: "credit", x: .5, on: firm(world.LeverCredit)},
		{name: "export", x: .1, on: firm(world.LeverExport)},
		{name: "recovery", x: .8, on: firm(world.LeverRecovery)},
		{name: "shelter", x: .5, on: firm(world.LeverShelter)},
		{name: "training", x: .02, on: firm(world.LeverTraining)},
		{name: "purchase", x: .01, on: firm(world.LeverPurchase)},
		{name: "agreement", x: .05, on: firm(world.LeverAgreement)},
		{name: "standing", x: .5, on: firm(world.LeverStanding)},
		{name: "reach", x: .01, on: cell(world.LeverReach)},
		{name: "land", x: 50, on: cell(world.LeverLand)},
		{name: "running", x: .01, on: cell(world.LeverRunning)},
		{name: "rent", x: .5, on: cell(world.LeverRent), paid: func(w *world.World, i int, x float64) float64 {
			return x * float64(w.Firms.Rent[i]) * w.Firms.Labour[i] / 4
		}},
		{name: "entry", x: .9, on: cell(world.LeverEntry)},
		{name: "finance", x: 100, on: cell(world.LeverFinance)},
	}
}

// withPull is a small world without policies in which a lever is pulled from the first tick, and a treasury pays what goes
// with it: with the firms' accounts, and what banks and households have advanced when firms closed and were founded.
func withPull(t *testing.T, p pull, ticks int) (w *world.World, closures, foundings int) {
	t.Helper()
	e := begun(t, small(t, 3, 500))
	e.Check = nil // the public pays here without a ledger
	after(t, e, "policy acts", phase{Name: "levers", Once: func(w *world.World, _ int) error {
		m := &w.Money
		m.Repaid = m.Advanced
		m.Treasury[0] -= m.Repaid
		for _, f := range w.Foundings {
			m.Treasury[f.Region] -= f.Entry + f.Seed
			w.Receive(int(f.Cell), f.Entry+f.Seed)
		}
		p.on(w, p.x)
		return nil
	}})
	after(t, e, "policy is charged", phase{Name: "payment", Once: func(w *world.World, _ int) error {
		for i, id := range w.Firms.ID {
			if id != 0 && p.paid != nil {
				w.Money.Treasury[0] -= p.paid(w, i, p.x)
			}
		}
		return nil
	}})
	for tick := 1; tick <= ticks; tick++ {
		w = to(t, e, tick)
		if err := w.Invariants(); err != nil {
			t.Fatalf("%s, tick %d: %v", p.name, tick, err)
		}
		if m := &w.Money; !(math.Abs(m.Gap) <= 1e-12*m.Turnover) {
			t.Fatalf("%s, tick %d: %g of money came from nowhere, turnover %g", p.name, tick, m.Gap, m.Turnover)
		}
		advanced := 0.0
		for _, c := range w.Closures {
			advanced += c.Guaranteed + c.Recovered
		}
		if math.Abs(advanced-w.Money.Advanced) > 1e-12 {
			t.Errorf("%s, tick %d: %g advanced, %g in the books of closures", p.name, tick, w.Money.Advanced, advanced)
		}
		closures, foundings = closures+len(w.Closures), foundings+len(w.Foundings)
	}
	return w, closures, foundings
}

// No lever makes money, or loses it; pulled by nothing it leaves no trace; pulled, it changes the world.
func TestLeversAddUp(t *testing.T) {
	const ticks = 12
	base, _, _ := withPull(t, pull{name: "none", on: func(*world.World, float64) {}}, ticks)
	still := print(base)
	for _, p := range pulls() {
		zero := p
		zero.x = 0
		w, closures, foundings := withPull(t, zero, ticks)
		same(t, p.name+" pulled by nothing", still, print(w))
		if closures+foundings > 0 {
			t.Errorf("%s pulled by nothing: %d closures, %d foundings on the public's books", p.name, closures, foundings)
		}
		w, closures, foundings = withPull(t, p, ticks)
		if print(w)["Firms.Sales"] == still["Firms.Sales"] {
			t.Errorf("%s pulled by %g changes nothing", p.name, p.x)
		}
		helps := p.name == "credit" || p.name == "recovery"
		founds := p.name == "entry" || p.name == "finance"
		if (closures > 0) != helps || (foundings > 0) != founds {
			t.Errorf("%s: %d closures, %d foundings on the public's books", p.name, closures, foundings)
		}
	}
}

// A share s of sales paid on top of them lets a firm ask less by a factor 1+s; its workers, capital and inputs are those of
// sales times 1+s, so in money of goods made nothing else changes: half of the capacity at s = 1, twice the workers.
func TestWorth(t *testing.T) {
	w := begun(t, small(t, 3, 100)).World
	w.ClearLevers()
	w.Levers.Push(world.LeverPrice, 7, .25)
	for i, want := range map[int]float64{6: 1, 7: 1.25, 8: 1, 1e6: 1} {
		if got := w.Worth(i); got != want || w.Competing(i) != 1 {
			t.Errorf("row %d: a unit of sales is worth %g, want %g", i, got, want)
		}
	}
	w.Levers.Push(world.LeverAgreement, 7, math.Log(2)) // and it asks twice as much as alone, as the next one does
	w.Levers.Push(world.LeverAgreement, 8, math.Log(2))
	for i, want := range map[int]float64{6: 1, 7: .625, 8: .5, 1e6: 1} {
		if got := w.Worth(i); math.Abs(got-want) > 1e-15 {
			t.Errorf("row %d: a unit of sales is worth %g where firms agree, want %g", i, got, want)
		}
	}
	w.Levers.PushCell(world.LeverReach, 9, .1)
	for cell, want := range map[int]float64{8: 1, 9: math.Exp(.4)} {
		if got := w.FinalReach(cell); math.Abs(got-want) > 1e-12 {
			t.Errorf("cell %d is seen %g times, want %g", cell, got, want)
		}
	}
	w.Levers.PushCell(world.LeverRent, 9, .7)
	w.Levers.PushCell(world.LeverRent, 9, .7)
	if got := w.RentPaid(9); got != 1 {
		t.Errorf("%g of the rent is paid, want all of it and no more", got)
	}
	w.Levers.Forget(7)
	if got := w.Worth(7); got != 1 {
		t.Errorf("a unit of sales of a newborn in the row is worth %g", got)
	}
}

// A firm founded in a row that another one has left in the same tick has none of its levers.
func TestLeversOfNewborns(t *testing.T) {
	e := begun(t, small(t, 3, 300))
	after(t, e, "policy acts", phase{Name: "levers", Once: func(w *world.World, _ int) error {
		for i := range w.Rows() {
			w.Levers.Push(world.LeverAgreement, i, .1)
		}
		return nil
	}})
	reused := 0
	for tick := 1; tick <= 8; tick++ {
		rows := e.World.Rows()
		w := to(t, e, tick)
		for i, born := range w.Firms.Born[:rows] {
			if w.Firms.ID[i] != 0 && int(born) == tick {
				reused++
				if x := w.Levers.Of(world.LeverAgreement, i); x != 0 {
					t.Errorf("tick %d: row %d agrees on %g", tick, i, x)
				}
			}
		}
	}
	if reused < 5 {
		t.Errorf("%d rows were used again: want some", reused)
	}
}

// People who come from outside stay and are counted apart; where nobody lives they do not come.
func TestArrivals(t *testing.T) {
	e := begun(t, small(t, 3, 300))
	after(t, e, "policy acts", phase{Name: "arrivals", Once: func(w *world.World, tick int) error {
		if tick == 3 {
			w.Levers.Arrivals = append(w.Levers.Arrivals, world.Arrival{Cell: 210, Workers: 40}, world.Arrival{Cell: 399, Workers: 9}, world.Arrival{Cell: 210, Workers: 2})
		}
		return nil
	}})
	people := num.Sum(e.World.Markets.Force)
	for tick := 1; tick <= 6; tick++ {
		w := to(t, e, tick)
		if err := w.Invariants(); err != nil {
			t.Fatal(err)
		}
		grow := math.Exp(w.Params.PopulationGrowth / 4)
		people *= grow
		arrived := 0.0
		if tick >= 3 {
			arrived = 42
		}
		if tick == 3 {
			people += 42 * grow
		}
		if now := w.Count.Arrived; (now == 42) != (tick == 3) {
			t.Errorf("tick %d: %g came", tick, now)
		}
		if got := num.Sum(w.Markets.Force); math.Abs(got/people-1) > 1e-12 {
			t.Errorf("tick %d: %g people, want %g", tick, got, people)
		}
		if got := num.Sum(w.Markets.Arrived); got != arrived {
			t.Errorf("tick %d: %g came from outside since the start, want %g", tick, got, arrived)
		}
	}
}

// Firms that are put somewhere are there at the end of the tick and have paid for the move; where there is no land they stay.
func TestPlacements(t *testing.T) {
	e := begun(t, small(t, 3, 300))
	at := world.Point{X: 17.25, Y: 21.5}
	var cash, cost float64
	after(t, e, "policy acts", phase{Name: "moves", Once: func(w *world.World, tick int) error {
		if tick == 1 {
			w.Levers.Moves = append(w.Levers.Moves, world.Placement{Row: 20, At: at}, world.Placement{Row: 21, At: world.Point{X: 10, Y: 45.5}})
		}
		return nil
	}})
	after(t, e, "firms are founded", phase{Name: "before", Once: func(w *world.World, tick int) error {
		cash, cost = w.Firms.Cash[20], .05*w.Firms.Sales[20]
		return nil
	}})
	w := to(t, e, 1)
	f := &w.Firms
	if f.X[20] != at.X || f.Y[20] != at.Y || math.Abs(f.Cash[20]-(cash-cost)) > 1e-12 {
		t.Errorf("at %g %g with cash %g, want %v and %g", f.X[20], f.Y[20], f.Cash[20], at, cash-cost)
	}
	if f.Y[21] > 44 {
		t.Error("a firm was put into the sea")
	}
	if err := w.Invariants(); err != nil {
		t.Error(fmt.Errorf("after moves: %w", err))
	}
}
