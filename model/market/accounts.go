package market

import (
	"agglo/model/world"
	"agglo/sim"
)

// Sums that Settle leaves: a few of all firms, then sectorSums by sector, then one by region.
const (
	sumOwners = iota
	sumInterest
	sumTaxed
	sumSubsidy
	settleSums
)

const (
	sectorFirms = iota
	sectorJobs
	sectorSales
	sectorProfit
	sectorLogTech
	sectorLogPrice
	sectorRatio
	sectorSums
)

// SettleSums is how many sums Settle leaves in a world.
func SettleSums(w *world.World) int {
	return settleSums + sectorSums*len(w.Setting.Sectors) + len(w.Setting.Regions)
}

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
	q.Tax = float64(taxRate * max(q.Profit, 0))
	left += cash - q.Tax
	q.Invest = min(want, max(left+line, 0))
	q.Short = q.Invest < want
	q.Dividend = p.DividendShare * max(left-q.Invest-float64(cushion), 0)
}

// Settle closes each firm's quarter.
func (r *Rules) Settle(w *world.World, _, lo, hi int) {
	f := &w.Firms
	sums := w.Sums.Block(lo, sim.BlockRows)
	sectors := sums[settleSums:]
	regions := sums[settleSums+sectorSums*len(w.Setting.Sectors):]
	home := w.Params.OwnersAtHome
	for i := lo; i < hi; i++ {
		if f.ID[i] == 0 {
			continue
		}
		s := int(f.Sector[i])
		if f.Flag[i]&world.FlagCut != 0 { // R&D answers to the last quarter, in the accounts and when firms learn
			f.Flag[i] = f.Flag[i]&^world.FlagCut | world.FlagShort
		} else {
			f.Flag[i] &^= world.FlagShort
		}
		q := r.quarter(w, i)
		if q.Short {
			f.Flag[i] |= world.FlagCut
		}
		f.Cash[i] += q.Cash()
		f.Capital[i] += q.Invest - q.Wear
		f.Profit[i] = q.Profit * world.TicksPerYear
		f.Invest[i] = float32(q.Invest)
		f.Paid[i] = q.Wages + q.Research + q.Invest + float64(home*(q.Rent+q.Dividend))
		sums[sumOwners] += float64((1 - home) * (q.Rent + q.Dividend))
		sums[sumInterest] += q.Interest
		sums[sumSubsidy] += q.Subsidy
		sums[sumTaxed] += q.Tax
		regions[max(w.Cells.Region[f.Cell[i]], 0)] += q.Tax
		of := sectors[s*sectorSums : (s+1)*sectorSums]
		of[sectorFirms]++
		of[sectorJobs] += f.Labour[i]
		of[sectorSales] += f.Sales[i]
		of[sectorProfit] += f.Profit[i]
		of[sectorLogTech] += f.LogTech[i]
		of[sectorLogPrice] += f.LogPrice[i]
		of[sectorRatio] += float64(f.Labour[i] * f.LogTech[i])
	}
}

// quarter is firm i's income statement for the tick.
func (r *Rules) quarter(w *world.World, i int) Quarter {
	const share = 1.0 / world.TicksPerYear
	f, p := &w.Firms, &w.Params
	own, given := w.Research(i)
	q := Quarter{
		Revenue:  share * f.Sales[i],
		Wages:    share * f.Wage[i] * f.Labour[i],
		Inputs:   share * f.Orders[i],
		Research: share * (own + given),
		Rent:     share * float64(f.Rent[i]) * f.Labour[i],
		Interest: share * p.Interest * max(-f.Cash[i], 0),
		Wear:     share * p.Depreciation * f.Capital[i],
	}
	rate := w.RegionOf(int(f.Cell[i])).TaxRate
	user := p.UserCost()
	if w.Levers.Any {
		q.Interest = share * max(p.Interest-w.Levers.Of(world.LeverInterest, i), 0) * max(-f.Cash[i], 0)
		q.Subsidy = share * w.Levers.Of(world.LeverUserCost, i) * f.Capital[i]
		q.Subsidy += float64(share * w.ResearchPaid(i))
		q.Subsidy += float64(share * (w.Worth(i) - 1) * f.Sales[i])
		q.Subsidy += float64(w.RentPaid(int(f.Cell[i])) * q.Rent)
		rate = max(rate-w.Levers.Of(world.LeverTax, i), 0)
		user = w.UserCost(i)
	}
	target := p.Alpha * p.CostShare() * (f.Demand[i] * w.Worth(i)) / user
	want := max(float64(q.Wear)+float64((float64(target)-f.Capital[i])/2), 0)
	line := r.Credit(w, i) - float64(r.P.CreditCapital*q.Wear) // as it will be: nobody buys capital with the last of a line that wears
	q.Close(&r.P, f.Cash[i], want, line, r.P.Cushion*f.Sales[i], rate)
	return q
}

// Credit is firm i's credit line: a part of its yearly sales and of its capital, and what the public stands for.
func (r *Rules) Credit(w *world.World, i int) float64 {
	line := float64(r.P.CreditSales*w.Firms.Sales[i]) + float64(r.P.CreditCapital*w.Firms.Capital[i])
	return line + w.Levers.Of(world.LeverCredit, i)
}

// Book adds the firms' quarters up by sector and region, and brings to households what firms paid them: by the
// commuting pattern of the cell, to the markets where the workers live.
func (r *Rules) Book(w *world.World, _ int) error {
	m := &w.Money
	m.OwnersOut = w.Sums.Total(sumOwners)
	m.Interest = w.Sums.Total(sumInterest)
	m.TaxRevenue = w.Sums.Total(sumTaxed)
	for s := range w.Sectors {
		k := settleSums + s*sectorSums
		w.Sectors[s].Firms = w.Sums.Total(k + sectorFirms)
		w.Sectors[s].Jobs = w.Sums.Total(k + sectorJobs)
		w.Sectors[s].Sales = w.Sums.Total(k + sectorSales)
		w.Sectors[s].Profit = w.Sums.Total(k + sectorProfit)
		w.Sectors[s].LogTech = w.Sums.Total(k + sectorLogTech)
		w.Sectors[s].LogPrice = w.Sums.Total(k + sectorLogPrice)
		w.Sectors[s].JobsLogTech = w.Sums.Total(k + sectorRatio)
	}
	first := settleSums + sectorSums*len(w.Setting.Sectors)
	for k := range m.Treasury {
		m.Treasury[k] += w.Sums.Total(first + k)
	}
	r.pay(w)
	r.spend(w)
	return nil
}

// pay brings firms' payments to households.
func (r *Rules) pay(w *world.World) {
	cells := w.Fields.Spending // free until the next tick's spending is laid out
	clear(cells)
	paid := w.Firms.Paid[:len(w.Firms.Cell)]
	for i, cell := range w.Firms.Cell { // free rows pay nothing
		cells[cell] += paid[i]
	}
	for a := range w.Ground {
		g := &w.Ground[a]
		income := w.Markets.Income[g.FirstMarket : g.FirstMarket+g.Commute.Markets()]
		g.Commute.Gather(income, cells[g.First:g.First+g.Cells], r.commute[a])
	}
	for k, x := range w.Markets.Income {
		w.Markets.Balance[k] += x
	}
}

// spend passes each treasury's balance on to the households of its region, by residents, or to all where nobody lives in
// the region. A negative balance is a tax: it pays for what policies of the last tick cost.
func (r *Rules) spend(w *world.World) {
	for k, balance := range w.Money.Treasury {
		if w.Pay(k, balance) {
			w.Money.Treasury[k] = 0
		}
	}
}

// Lay spreads households' money over the cells where it will be spent in the next tick, per year.
func (r *Rules) Lay(w *world.World, _, lo, hi int) {
	for c := lo; c < hi; c++ {
		w.Fields.Spending[c] = 0
		if m := w.Cells.Market[c]; m >= 0 {
			w.Fields.Spending[c] = world.TicksPerYear * max(w.Markets.Balance[m], 0) * w.Cells.Share[c]
		}
	}
}

// Balance checks the region's money at the end of a tick: its change must be exports less imports and the named flows.
func (r *Rules) Balance(w *world.World, _ int) error {
	m := &w.Money
	stock := w.Total()
	flows := m.Exports - m.Imports - m.OwnersOut - m.Interest + m.WrittenOff + m.Resale + m.PolicyIn - m.PolicyBurnt + m.Advanced - m.Repaid
	m.Gap = stock - m.Stock - flows
	m.Stock = stock
	return nil
}
