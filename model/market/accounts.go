package market

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// inTick is the part of a year that a tick is.
const inTick = 1.0 / world.TicksPerYear

// books are what a firm enters its accounts with.
type books struct{ sales, labour, capital, cash float64 }

// rates are what the accounts of a sector's firms in a region share in a tick, but for what policies do.
type rates struct {
	sector, region int
	usual          bool    // whether policies do nothing, and all spend their sector's share of sales on R&D
	research       float64 // that share
	interest       float64 // on debt, in a tick
	wear           float64 // part of capital that is lost in a tick
	user           float64 // the yearly cost of a unit of capital
	capital        float64 // what demand is multiplied by to get the yearly cost of the capital that meets it at least cost
	tax            float64 // rate on profits
}

func ratesOf(w *world.World) rates {
	p := &w.Params
	return rates{sector: -1, usual: w.ResearchAsUsual(), interest: inTick * p.Interest, wear: inTick * p.Depreciation,
		user: p.UserCost(), capital: p.Alpha * p.CostShare()}
}

// turn makes them the rates of a sector in a region.
func (r *rates) turn(w *world.World, sector, region int) {
	r.sector, r.region = sector, region
	r.research, r.tax = w.ResearchShare(sector), w.Setting.Regions[region].TaxRate
}

// A Quarter is a firm's income statement in one tick, in worker-years; Subsidy is received, the rest but Revenue is spent.
type Quarter struct {
	Revenue, Wages, Inputs, Research, Rent, Interest, Wear, Subsidy float64
}

// state fills the statement in, but for what policies do.
func (q *Quarter) state(r *rates, now books, wage, rent, orders float64) {
	labour := inTick * now.labour
	q.Revenue = inTick * now.sales
	q.Wages = float64(wage * labour)
	q.Inputs = float64(inTick * orders)
	q.Research = float64(inTick * float64(r.research*now.sales))
	q.Rent = float64(rent * labour)
	q.Interest = float64(r.interest * positive(-now.cash))
	q.Wear = float64(r.wear * now.capital)
}

// left is what the quarter leaves in cash before tax, capital goods and dividends.
func (q *Quarter) left() float64 {
	return q.Revenue - q.Wages - q.Inputs - q.Research - q.Rent - q.Interest + q.Subsidy
}

// terms are on what terms a firm buys capital.
type terms struct {
	demand float64 // orders, value per year
	user   float64 // the yearly cost of a unit of capital
	line   float64 // the credit line
	tax    float64 // rate on profits
}

// built is the share of the capital that a firm lacks, beyond what wears, that it would buy in a quarter.
const built = .5

// wish is the capital that a firm would like to buy: what wears, and a share of what it lacks of the capital that meets demand at least
// cost.
func (r *rates) wish(capital, wear float64, t terms) float64 {
	target := r.capital * t.demand / t.user
	return positive(wear + float64((target-capital)*built))
}

// close says what becomes of what the quarter leaves: the tax on profit; capital goods, as much of the wish as cash and the credit line
// pay for; and what owners take of the rest above the cushion that they leave in the firm.
func (p *Params) close(left, wear, cash, wish, line, cushion, taxRate float64) (profit, tax, invest, dividend float64) {
	profit = left - wear
	tax = float64(taxRate * positive(profit))
	left += cash - tax
	invest = lesser(wish, positive(left+line))
	return profit, tax, invest, float64(p.DividendShare * positive(left-invest-cushion))
}

// helped enters what policies do for firm i in its statement, and returns its terms as they make them.
func (r *Rules) helped(w *world.World, i int, now books, q *Quarter, t terms) terms {
	own, given := w.Research(i)
	q.Research, q.Subsidy = inTick*(float64(own)+given), 0
	if l := &w.Levers; l.Any {
		q.Interest = inTick * max(w.Params.Interest-l.Of(world.LeverInterest, i), 0) * positive(-now.cash)
		q.Subsidy = float64(inTick * l.Of(world.LeverUserCost, i) * now.capital)
		q.Subsidy += float64(inTick * w.ResearchPaid(i))
		q.Subsidy += float64(inTick * (w.PaidOnTop(i) - 1) * now.sales)
		q.Subsidy += float64(w.RentPaid(int(w.Firms.Cell[i])) * q.Rent)
		t.demand *= w.Worth(i)
		t.user = w.UserCost(i)
		t.line += r.P.standing(w, i, now.sales) + l.Of(world.LeverCredit, i)
		t.tax = max(t.tax-l.Of(world.LeverTax, i), 0)
	}
	return t
}

// positive is x where it is above 0, else 0. There is no branch, because the processor could not foresee it: who is in debt, or at a loss,
// stands anywhere in the rows.
func positive(x float64) float64 { return max(x, 0) }

// Credit is firm i's credit line: a part of its yearly sales and of its capital, what lenders make of its record, and what the public
// stands for.
func (r *Rules) Credit(w *world.World, i int) float64 {
	sales := w.Firms.Sales[i]
	return r.P.line(sales, w.Firms.Capital[i]) + (r.P.standing(w, i, sales) + w.Levers.Of(world.LeverCredit, i))
}

// standing is what lenders who know firm i's record add to its credit line, see world.LeverStanding: at least what takes off all that
// rests on sales, and at most as much again.
func (p *Params) standing(w *world.World, i int, sales float64) float64 {
	known := num.Clamp(w.Levers.Of(world.LeverStanding, i), -1, 1)
	return float64(float64(known*p.CreditSales) * sales)
}

// line is the credit line on sales and capital.
func (p *Params) line(sales, capital float64) float64 {
	return float64(p.CreditSales*sales) + float64(p.CreditCapital*capital)
}
