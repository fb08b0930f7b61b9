package market

import (
	"math"
	"testing"

	"agglo/model/world"

	"pgregory.net/rapid"
)

// near fails unless got is want to a relative 1e-12.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.15g, want %.15g", what, got, want)
	}
}

// single is near for a column of 32 bits.
func single(t *testing.T, what string, got float32, want float64) {
	t.Helper()
	if !(math.Abs(float64(got)-want) <= 2e-7*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.9g, want %.9g", what, got, want)
	}
}

// A quarter by hand: revenue 25 less wages 10, inputs 8, research 1, rent .5 and wear 1.5 is a profit of 4; a fifth is tax;
// wear costs no cash, so 4.7 comes in before investment.
func TestClose(t *testing.T) {
	good := Quarter{Revenue: 25, Wages: 10, Inputs: 8, Research: 1, Rent: .5, Wear: 1.5}
	bad := good
	bad.Revenue = 15
	indebted := good
	indebted.Interest = .5
	helped := good
	helped.Subsidy = .5
	for _, c := range []struct {
		name                                   string
		q                                      Quarter
		cash, want, line                       float64
		profit, tax, invest, dividend, atClose float64
	}{
		{"enough cash", good, 10, 3, 5, 4, .8, 3, 1.675, 10.025}, // owners take .25 (10 + 4.7 - 3 - 5)
		{"no wish to invest", good, 1, 0, 5, 4, .8, 0, .175, 5.525},
		{"bound by credit", good, -4, 3, 2, 4, .8, 2.7, 0, -2}, // the overdraft goes to the line and no further
		{"no credit left", good, -9, 3, 2, 4, .8, 0, 0, -4.3},
		{"a loss", bad, 1, 3, 2, -6, 0, 0, 0, -3.5},
		{"a loss with cash", bad, 30, 3, 2, -6, 0, 3, 4.375, 18.125}, // .25 (30 - 4.5 - 3 - 5)
		{"interest is a cost", indebted, -10, 0, 20, 3.5, .7, 0, 0, -5.7},
		{"a subsidy is income", helped, 0, 0, 0, 4.5, .9, 0, .025, 5.075},
	} {
		q := c.q
		q.Close(&Params{DividendShare: .25}, c.cash, c.want, c.line, 5, .2)
		near(t, c.name+": profit", q.Profit, c.profit)
		near(t, c.name+": tax", q.Tax, c.tax)
		near(t, c.name+": investment", q.Invest, c.invest)
		near(t, c.name+": dividend", q.Dividend, c.dividend)
		near(t, c.name+": cash", c.cash+q.Cash(), c.atClose)
	}
}

// Owners never take the cushion, investment never breaks the credit line, and every unit is somebody's.
func TestCloseBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := func(name string, lo float64) float64 { return rapid.Float64Range(lo, 100).Draw(t, name) }
		q := Quarter{Revenue: x("revenue", 0), Wages: x("wages", 0), Inputs: x("inputs", 0), Research: x("research", 0), Rent: x("rent", 0),
			Interest: x("interest", 0), Wear: x("wear", 0), Subsidy: x("subsidy", 0)}
		cash, want, line, cushion := x("cash", -100), x("want", 0), x("line", 0), x("cushion", 0)
		q.Close(&Params{DividendShare: .25}, cash, want, line, cushion, .3)
		end := cash + q.Cash()
		switch {
		case q.Invest < 0 || q.Invest > want || q.Dividend < 0 || q.Tax < 0:
			t.Errorf("%+v", q)
		case q.Invest > 0 && end < -line-1e-9:
			t.Errorf("invested to %v below the line %v", end, line)
		case q.Dividend > 0 && end < cushion-1e-9:
			t.Errorf("owners left %v of a cushion of %v", end, cushion)
		case q.Profit <= 0 && q.Tax != 0:
			t.Errorf("tax %v on %v", q.Tax, q.Profit)
		}
		if gap := q.Profit + q.Wear - q.Tax - q.Invest - q.Dividend - q.Cash(); math.Abs(gap) > 1e-9 {
			t.Errorf("%v is nobody's", gap)
		}
	})
}

// quarter is firm i's income statement.
func quarter(r *Rules, w *world.World, i int) (q Quarter) {
	f, shared := &w.Firms, termsOf(w)
	shared.turn(w, int(f.Sector[i]))
	r.quarter(w, i, books{f.Sales[i], f.Labour[i], f.Capital[i], f.Cash[i]}, w.RegionOf(int(f.Cell[i])), &shared, &q)
	return q
}
