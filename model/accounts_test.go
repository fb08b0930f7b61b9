package model

import (
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim/num"
)

// With policies at work, a shock, births, deaths and moves: money comes from named sources only, nobody is lost, treasuries
// pass on what they have, and trade adds up.
func TestSmallWorldAddsUp(t *testing.T) {
	s := small(t, 9, 900)
	s.Policies = acts()
	e := begun(t, s)
	after(t, e, "sales, vacancies and layoffs", phase{Name: "home market", Once: func(w *world.World, tick int) error {
		homeMarket(t, w, tick)
		return nil
	}})
	people := num.Sum(e.World.Markets.Force)
	births, deaths, moves := 0, 0, 0
	for tick := 1; tick <= 40; tick++ {
		w := to(t, e, tick)
		if err := w.Invariants(); err != nil {
			t.Fatalf("tick %d: %v", tick, err)
		}
		m := &w.Money
		if math.Abs(m.Gap) > 1e-12*m.Turnover {
			t.Errorf("tick %d: %g of money came from nowhere, turnover %g", tick, m.Gap, m.Turnover)
		}
		grown := people * math.Exp(s.Params.Economy.PopulationGrowth*float64(tick)/4)
		if force := num.Sum(w.Markets.Force); math.Abs(force/grown-1) > 1e-12 {
			t.Errorf("tick %d: a labour force of %g, want %g", tick, force, grown)
		}
		if gap := m.HomeSales + m.InputReceipts + m.Exports - m.Turnover; math.Abs(gap) > 1e-12*m.Turnover {
			t.Errorf("tick %d: sales by customer miss those by firm by %g", tick, gap)
		}
		if m.Imports < 0 || m.InputReceipts > m.LocalOrders*(1+1e-12) || m.LocalOrders > m.InputSpending {
			t.Errorf("tick %d: imports %g, receipts %g of orders %g of spending %g", tick, m.Imports, m.InputReceipts, m.LocalOrders, m.InputSpending)
		}
		firms, jobs := 0.0, 0.0
		for _, k := range w.Sectors {
			firms += k.Firms
			jobs += k.Jobs
		}
		if c := &w.Count; int(firms) != w.Firms.Alive+c.Deaths-c.Births || c.Deaths != c.Insolvent+c.Loss+c.Hazard {
			t.Errorf("tick %d: %g firms in the accounts, %d alive, %+v", tick, firms, w.Firms.Alive, *c)
		}
		births, deaths, moves = births+w.Count.Births, deaths+w.Count.Deaths, moves+w.Count.Moves
	}
	w := e.World
	if births < 20 || deaths < 20 || moves < 10 || w.Sectors[3].Firms < 3 {
		t.Errorf("%d births, %d deaths, %d moves, %g firms in the emerging sector: too quiet to show anything", births, deaths, moves, w.Sectors[3].Firms)
	}
	for _, b := range w.Ledger {
		if b.Total.Gross <= 0 {
			t.Errorf("policy %s never paid", b.Policy)
		}
	}
}

// homeMarket holds what households order from local firms and buy from the world against what they spend, by sector.
func homeMarket(t *testing.T, w *world.World, tick int) {
	f := &w.Firms
	for s := range w.Setting.Sectors {
		ordered, imported, spent := 0.0, 0.0, 0.0
		for i, id := range f.ID {
			if id != 0 && int(f.Sector[i]) == s {
				ordered += f.Home(i)
			}
		}
		lo, hi := w.Plane(s)
		rivals := w.Base.Rivals[s] * w.Now.Population * w.Now.Demand[s]
		for c, local := range w.Fields.Rivals[lo:hi] {
			x := w.Now.Share[s] * w.Fields.Spending[c]
			imported += x * rivals / (local + rivals)
			spent += x
		}
		if math.Abs((ordered+imported)/spent-1) > 1e-12 {
			t.Errorf("tick %d, sector %d: orders %g and imports %g of a spending of %g", tick, s, ordered, imported, spent)
		}
	}
}

// At the start demand is what firms make, sector by sector, everybody's price is near 1 and unemployment is natural. A sector
// that emerges already draws a little demand from the others, which is why it is left out here.
func TestStartIsInBalance(t *testing.T) {
	s := small(t, 4, 900)
	s.Setting.Sectors, s.Setting.Inputs = s.Setting.Sectors[:3], [][]float64{{.6, .2, .2}, {.2, .6, .2}, {.2, .3, .5}}
	w := begun(t, s).World
	f := &w.Firms
	var demand, sales [3]float64
	for i := range f.ID {
		demand[f.Sector[i]] += f.Demand[i]
		sales[f.Sector[i]] += f.Sales[i]
		if math.Abs(f.LogPrice[i]) > 1 {
			t.Errorf("firm %d asks e^%g", i, f.LogPrice[i])
		}
	}
	for k := range demand {
		if math.Abs(demand[k]/sales[k]-1) > 1e-8 {
			t.Errorf("sector %d: demand %g for sales of %g", k, demand[k], sales[k])
		}
	}
	force, employed := num.Sum(w.Markets.Force), num.Sum(w.Markets.Employed)
	if math.Abs(1-employed/force-.06) > 1e-9 {
		t.Errorf("unemployment %g", 1-employed/force)
	}
}
