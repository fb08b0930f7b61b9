package market

import (
	"math"
	"testing"

	"agglo/model/world"
)

// A quarter with levers, by hand: a debt of 8 costs .05 a year, .03 of which is taken off; a fifth paid on top of sales of
// 40 is 2 a quarter; half of a rent of 1 a worker on 4 workers is .5. The credit line is .1 x 40 + .5 x 20, and 3 for which
// the public stands; half as much again on sales adds 2. A debt that costs less than nothing costs nothing.
func TestQuarterWithLevers(t *testing.T) {
	w := region(t, 2)
	w.Params = world.Params{Sigma: 5, Alpha: .15, Beta: .35, Interest: .05, Depreciation: .1}
	r := New(Params{CreditSales: .1, CreditCapital: .5}, w, nil)
	i := place(w, 0, world.Point{X: 1, Y: 1}, 1)
	f := &w.Firms
	f.Sales[i], f.Demand[i], f.Labour[i], f.Capital[i], f.Cash[i], f.Rent[i] = 40, 100, 4, 20, -8, 1
	settle(w, r)
	single(t, "capital wanted and paid for", f.Invest[i], -8+10+14-.1-1-.25)
	for _, c := range []struct {
		name                      string
		push                      func(l *world.Levers)
		interest, subsidy, credit float64
	}{
		{"none", func(*world.Levers) {}, .1, 0, 14},
		{"interest", func(l *world.Levers) { l.Push(world.LeverInterest, i, .03) }, .04, 0, 14},
		{"interest, more than all", func(l *world.Levers) { l.Push(world.LeverInterest, i, .3) }, 0, 0, 14},
		{"price", func(l *world.Levers) { l.Push(world.LeverPrice, i, .2) }, .1, 2, 14},
		{"rent", func(l *world.Levers) { l.PushCell(world.LeverRent, int(f.Cell[i]), .5) }, .1, .5, 14},
		{"credit", func(l *world.Levers) { l.Push(world.LeverCredit, i, 3) }, .1, 0, 17},
		{"standing", func(l *world.Levers) { l.Push(world.LeverStanding, i, .5) }, .1, 0, 16},
		{"standing, nothing", func(l *world.Levers) { l.Push(world.LeverStanding, i, -3) }, .1, 0, 10},
		{"standing, at most twice", func(l *world.Levers) { l.Push(world.LeverStanding, i, 3) }, .1, 0, 18},
		{"agreement", func(l *world.Levers) { l.Push(world.LeverAgreement, i, math.Log(1.25)) }, .1, 0, 14},
		{"user cost", func(l *world.Levers) { l.Push(world.LeverUserCost, i, .02) }, .1, .1, 14},
	} {
		w.ClearLevers()
		c.push(&w.Levers)
		f.Capital[i], f.Cash[i] = 20, -8
		near(t, c.name+": credit", r.Credit(w, i), c.credit)
		settle(w, r)
		near(t, c.name+": interest", w.Sums.Total(sumInterest), c.interest)
		near(t, c.name+": subsidy", w.Sums.Total(sumSubsidy), c.subsidy)
		near(t, c.name+": rent", w.Sums.Total(sumOwners), 1) // owners get nothing else
		single(t, c.name+": investment", f.Invest[i], -8+10-1-.25-c.interest+c.subsidy+c.credit)
	}
}

// With money enough a firm buys the wear, .5, and half of what its 20 lack of the capital that meets orders of 100 at least cost, .15 x .8 x 100 /
// .15 = 80: 30. Where sales bring 1.25 that is 100, where it asks 1.25 times as much as alone 64, where both hold 80 again; and the
// subsidy is on sales, whatever is agreed.
func TestCapitalWithLevers(t *testing.T) {
	w := region(t, 2)
	w.Params = world.Params{Sigma: 5, Alpha: .15, Beta: .35, Interest: .05, Depreciation: .1}
	r := New(Params{}, w, nil)
	i := place(w, 0, world.Point{X: 1, Y: 1}, 1)
	f := &w.Firms
	f.Sales[i], f.Demand[i] = 40, 100
	for _, c := range []struct{ paid, agreed, invest, subsidy float64 }{
		{0, 0, 30.5, 0}, {.25, 0, 40.5, 2.5}, {0, math.Log(1.25), 22.5, 0}, {.25, math.Log(1.25), 30.5, 2.5},
	} {
		w.ClearLevers()
		w.Levers.Push(world.LeverPrice, i, c.paid)
		w.Levers.Push(world.LeverAgreement, i, c.agreed)
		f.Capital[i], f.Cash[i] = 20, 1000
		settle(w, r)
		single(t, "investment", f.Invest[i], c.invest)
		near(t, "subsidy", w.Sums.Total(sumSubsidy), c.subsidy)
	}
}

// A firm whose debt stands at its line buys no capital with the part of the line that wears in the same quarter.
func TestLineAfterWear(t *testing.T) {
	w := region(t, 2)
	w.Params = world.Params{Sigma: 5, Alpha: .15, Beta: .35, Interest: 0, Depreciation: .1}
	r := New(Params{CreditCapital: .5}, w, nil)
	i := place(w, 0, world.Point{X: 1, Y: 1}, 1)
	f := &w.Firms
	f.Demand[i] = 100
	for _, c := range []struct{ cash, invest float64 }{{-9.5, .25}, {-9.75, 0}, {-9.9, 0}, {-8, 1.75}} {
		f.Cash[i], f.Capital[i] = c.cash, 20 // wears by .5, so the line falls from 10 to 9.75
		settle(w, r)
		single(t, "investment", f.Invest[i], c.invest)
		if left := f.Cash[i] + .5*f.Capital[i]; f.Invest[i] > 0 && left < 0 {
			t.Errorf("cash %g: %g below the line after buying %g", c.cash, -left, f.Invest[i])
		}
	}
}

// Final reach in a cell makes households and the world see its sellers e^(4 x .1) times; firms that buy inputs see them as
// they are.
func TestFinalReach(t *testing.T) {
	w := region(t, 3)
	w.Params.Sigma = 5
	w.Base.Rivals, w.Base.World = []float64{1e12, 1e12}, []float64{2, 2} // so many rivals that sellers do not feel each other
	for c := range w.Fields.Spending {
		w.Fields.Spending[c] = 1e12
	}
	i := place(w, 1, world.Point{X: 1, Y: 1}, 1)
	j := place(w, 1, world.Point{X: 5, Y: 5}, 1)
	f := &w.Firms
	f.Reach[i], f.Reach[j] = .5, .5
	w.Fields.Orders[2*j+1] = 3
	r := New(Params{}, w, nil)
	meet(w, r)
	home, inputs, exports, other := f.Home(i), f.Inputs[i], f.Exports[i], f.Home(j)
	w.ClearLevers()
	w.Levers.PushCell(world.LeverReach, int(f.Cell[i]), .1)
	meet(w, r)
	if times := math.Exp(.4); math.Abs(f.Home(i)/home/times-1) > 1e-9 {
		t.Errorf("home demand grew %g times, want %g", f.Home(i)/home, times)
	}
	single(t, "exports", f.Exports[i], float64(exports)*math.Exp(.4))
	near(t, "orders of firms", f.Inputs[i], inputs)
	if math.Abs(f.Home(j)/other-1) > 1e-9 || inputs <= 0 {
		t.Errorf("another firm's home demand went from %g to %g; orders %g", other, f.Home(j), inputs)
	}
}

// Of 40000 firms without the lever 1/4 x .02 become exporters in a quarter, with .1 more a year six times as many.
func TestExportLever(t *testing.T) {
	const firms = 40000
	for _, more := range []float64{0, .1} {
		w, r := crowd(firms, Params{ExportStart: .02, ExportStop: .05})
		w.ClearLevers()
		n := 0.0
		for i := range firms {
			w.Levers.Push(world.LeverExport, i, more)
			r.export(w, 1, i, i+1)
			if w.Firms.Exporter[i] {
				n++
			}
		}
		chance := (.02 + more) / 4
		if sd := math.Sqrt(firms * chance); math.Abs(n-firms*chance) > 4*sd {
			t.Errorf("%g became exporters, want %g", n, firms*chance)
		}
	}
}

// At birth volatility is doubled, half sheltered 1.5 times that of the old, wholly once; the old are not sheltered. Owners whose
// losses are made good whole take half as much risk again.
func TestRiskLevers(t *testing.T) {
	swing := func(lever world.FirmLever, x float64, born int32) float64 {
		w, r := crowd(1, Params{Volatility: .35, YoungVolatility: 1, YoungYears: 3, Clumping: 1, Opportunities: 100, RiskResponse: .5})
		w.Firms.Born[0] = born
		w.ClearLevers()
		w.Levers.Push(lever, 0, x)
		r.swings(w, 5, 0, 1)
		return float64(w.Firms.Swing[0])
	}
	old, newborn := swing(world.LeverShelter, 0, -4000), swing(world.LeverShelter, 0, 5)
	single(t, "a newborn's swing", float32(newborn/old), 2)
	for _, c := range []struct {
		name        string
		got, before float64
		want        float64
	}{
		{"insured", swing(world.LeverRecovery, 1, -4000), old, 1.5},
		{"insured twice", swing(world.LeverRecovery, 1.6, -4000), old, 1.5},
		{"insured by .4", swing(world.LeverRecovery, .4, -4000), old, 1.2},
		{"sheltered newborn", swing(world.LeverShelter, .5, 5), newborn, .75},
		{"more than all shelter", swing(world.LeverShelter, 3, 5), newborn, .5},
		{"sheltered, but old", swing(world.LeverShelter, 1, -4000), old, 1},
	} {
		if math.Abs(c.got/c.before-c.want) > 1e-6 {
			t.Errorf("%s: %g times the volatility, want %g", c.name, c.got/c.before, c.want)
		}
	}
}
