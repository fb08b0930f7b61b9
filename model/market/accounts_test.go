package market

import (
	"fmt"
	"math"
	"testing"

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
		cash, wish, line                       float64
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
		p, left := Params{DividendShare: .25}, c.q.left()
		profit, tax, invest, dividend := p.close(left, c.q.Wear, c.cash, c.wish, c.line, 5, .2)
		near(t, c.name+": profit", profit, c.profit)
		near(t, c.name+": tax", tax, c.tax)
		near(t, c.name+": investment", invest, c.invest)
		near(t, c.name+": dividend", dividend, c.dividend)
		near(t, c.name+": cash", c.cash+left-tax-invest-dividend, c.atClose)
	}
}

// Owners never take the cushion, investment never breaks the credit line, and every unit is somebody's.
func TestCloseBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := func(name string, lo float64) float64 { return rapid.Float64Range(lo, 100).Draw(t, name) }
		q := Quarter{Revenue: x("revenue", 0), Wages: x("wages", 0), Inputs: x("inputs", 0), Research: x("research", 0), Rent: x("rent", 0),
			Interest: x("interest", 0), Wear: x("wear", 0), Subsidy: x("subsidy", 0)}
		cash, wish, line, cushion := x("cash", -100), x("wish", 0), x("line", 0), x("cushion", 0)
		p, left := Params{DividendShare: .25}, q.left()
		profit, tax, invest, dividend := p.close(left, q.Wear, cash, wish, line, cushion, .3)
		end := cash + left - tax - invest - dividend
		switch {
		case invest < 0 || invest > wish || dividend < 0 || tax < 0:
			t.Errorf("%+v: invests %v of %v, pays %v to owners and %v in tax", q, invest, wish, dividend, tax)
		case invest > 0 && end < -line-1e-9:
			t.Errorf("invested to %v below the line %v", end, line)
		case dividend > 0 && end < cushion-1e-9:
			t.Errorf("owners left %v of a cushion of %v", end, cushion)
		case profit <= 0 && tax != 0:
			t.Errorf("tax %v on %v", tax, profit)
		}
		if gap := q.Revenue + q.Subsidy - q.Wages - q.Inputs - q.Research - q.Rent - q.Interest - q.Wear - profit; math.Abs(gap) > 1e-9 {
			t.Errorf("%v is nobody's", gap)
		}
	})
}

// At a yearly user cost of .1 the capital that meets a demand of 80 at least cost is .12 x 80 / .1 = 96. A firm wishes what wears and
// half of what it lacks, and nothing when it has more than it will lose.
func TestWish(t *testing.T) {
	r := rates{capital: .12}
	for _, c := range []struct{ capital, wear, user, want float64 }{
		{96, 2, .1, 2}, {90, 2, .1, 5}, {98, 2, .1, 1}, {100, 2, .1, 0}, {200, 2, .1, 0}, {0, 0, .1, 48}, {90, 2, .12, 0}, {90, 2, .096, 7},
	} {
		near(t, fmt.Sprintf("wish of %+v", c), r.wish(c.capital, c.wear, terms{demand: 80, user: c.user}), c.want)
	}
}
