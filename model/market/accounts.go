package market

import "agglo/model/world"

// A Quarter is a firm's income statement and its use of cash in one tick, in worker-years.
type Quarter struct {
	Revenue, Wages, Inputs, Research, Rent, Interest, Wear, Subsidy float64
	Profit, Tax, Invest, Dividend                                   float64
	Short                                                           bool // of credit: it would have bought more capital
}

// Cash is what the quarter adds to cash.
func (q *Quarter) Cash() float64 {
	return q.Revenue - q.Wages - q.Inputs - q.Research - q.Rent - q.Interest + q.Subsidy - q.Tax - q.Invest - q.Dividend
}

// Close fills in profit, tax, investment and dividend. want is the capital that the firm would like to buy, line its
// credit line, cushion the cash that owners leave in it.
func (q *Quarter) Close(p *Params, cash, want, line, cushion, taxRate float64) {
	left := q.Revenue - q.Wages - q.Inputs - q.Research - q.Rent - q.Interest + q.Subsidy
	q.Profit = left - q.Wear
	q.Tax = float64(taxRate * positive(q.Profit))
	left += cash - q.Tax
	q.Invest = lesser(want, positive(left+line))
	q.Short = q.Invest < want
	q.Dividend = p.DividendShare * positive(left-q.Invest-float64(cushion))
}

// terms are what the accounts of a sector's firms share in a tick.
type terms struct {
	sector   int
	user     float64 // the yearly cost of a unit of capital
	capital  float64 // what demand is multiplied by to get the yearly cost of the capital that meets it at least cost
	usual    bool    // whether all spend their sector's share of sales on R&D
	research float64 // that share
}

func termsOf(w *world.World) terms {
	p := &w.Params
	return terms{sector: -1, user: p.UserCost(), capital: p.Alpha * p.CostShare(), usual: w.ResearchAsUsual()}
}

// turn makes them the terms of a sector.
func (t *terms) turn(w *world.World, sector int) {
	t.sector, t.research = sector, w.ResearchShare(sector)
}

// books are what a firm enters its accounts with.
type books struct{ sales, labour, capital, cash float64 }

// quarter fills in firm i's income statement for the tick; region is where it is.
func (r *Rules) quarter(w *world.World, i int, now books, region *world.Region, shared *terms, q *Quarter) {
	const share = 1.0 / world.TicksPerYear
	f, p := &w.Firms, &w.Params
	own, given := shared.research*now.sales, 0.0
	if !shared.usual {
		own, given = w.Research(i)
	}
	debt, worth, labour := positive(-now.cash), 1.0, share*now.labour
	q.Revenue = share * now.sales
	q.Wages = f.Wage[i] * labour
	q.Inputs = share * f.Orders[i]
	q.Research = share * (float64(own) + given)
	q.Rent = float64(f.Rent[i]) * labour
	q.Interest = share * p.Interest * debt
	q.Wear = float64(share * p.Depreciation * now.capital)
	q.Subsidy = 0
	rate, user := region.TaxRate, shared.user
	line := r.P.line(now.sales, now.capital-q.Wear) // as it will be: nobody buys capital with the last of a line that wears
	if w.Levers.Any {
		worth = w.Worth(i)
		q.Interest = share * max(p.Interest-w.Levers.Of(world.LeverInterest, i), 0) * debt
		q.Subsidy = float64(share * w.Levers.Of(world.LeverUserCost, i) * now.capital)
		q.Subsidy += float64(share * w.ResearchPaid(i))
		q.Subsidy += float64(share * (worth - 1) * now.sales)
		q.Subsidy += float64(w.RentPaid(int(f.Cell[i])) * q.Rent)
		rate = max(rate-w.Levers.Of(world.LeverTax, i), 0)
		user = w.UserCost(i)
		line += w.Levers.Of(world.LeverCredit, i)
	}
	target := shared.capital * (f.Demand[i] * worth) / user
	want := positive(q.Wear + float64((target-now.capital)*.5))
	q.Close(&r.P, now.cash, want, line, r.P.Cushion*now.sales, rate)
}

// positive is x where it is above 0, else 0: max without the care for what is not a number.
func positive(x float64) float64 {
	if x > 0 {
		return x
	}
	return 0
}

// Credit is firm i's credit line: a part of its yearly sales and of its capital, and what the public stands for.
func (r *Rules) Credit(w *world.World, i int) float64 {
	return r.P.line(w.Firms.Sales[i], w.Firms.Capital[i]) + w.Levers.Of(world.LeverCredit, i)
}

// line is the credit line on sales and capital.
func (p *Params) line(sales, capital float64) float64 {
	return float64(p.CreditSales*sales) + float64(p.CreditCapital*capital)
}
