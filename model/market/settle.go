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

// totals are the sums of a sector.
type totals [sectorSums]float64

// add adds a firm to its sector's.
func (t *totals) add(labour, sales, profit, logTech, logPrice float64) {
	t[sectorFirms]++
	t[sectorJobs] += labour
	t[sectorSales] += sales
	t[sectorProfit] += profit
	t[sectorLogTech] += logTech
	t[sectorLogPrice] += logPrice
	t[sectorRatio] += float64(labour * logTech)
}

// SettleSums is how many sums Settle leaves in a world.
func SettleSums(w *world.World) int {
	return settleSums + sectorSums*len(w.Setting.Sectors) + len(w.Setting.Regions)
}

// Settle closes each firm's quarter.
func (r *Rules) Settle(w *world.World, _, lo, hi int) {
	world.CallCells(w, hi, w.Cells.Region)
	for ; lo < hi; lo += world.Summed {
		r.settle(w, lo, min(lo+world.Summed, hi))
	}
}

// settle is Settle of rows that are added up by themselves.
func (r *Rules) settle(w *world.World, lo, hi int) {
	f := &w.Firms
	sums := w.Sums.Block(lo, sim.BlockRows)
	sectors := sums[settleSums:]
	treasuries := sums[settleSums+sectorSums*len(w.Setting.Sectors):]
	id, sector, cell, flag := f.ID[lo:hi], f.Sector[lo:hi], f.Cell[lo:hi], f.Flag[lo:hi]
	labour, wage, rent, orders := f.Labour[lo:hi], f.Wage[lo:hi], f.Rent[lo:hi], f.Orders[lo:hi]
	sales, demand, tech, price := f.Sales[lo:hi], f.Demand[lo:hi], f.LogTech[lo:hi], f.LogPrice[lo:hi]
	cash, capital, gain, invest, paid := f.Cash[lo:hi], f.Capital[lo:hi], f.Profit[lo:hi], f.Invest[lo:hi], f.Paid[lo:hi]
	home, shared := w.Params.OwnersAtHome, ratesOf(w)
	var sum [settleSums]float64
	var q Quarter
	var of *totals
	var treasury *float64
	for k, key := range id {
		if key == 0 {
			continue
		}
		s, at := int(sector[k]), int(max(w.Cells.Region[cell[k]], 0))
		if s != shared.sector || at != shared.region { // rows lie by sector and cell
			shared.turn(w, s, at)
			of, treasury = (*totals)(sectors[s*sectorSums:]), &treasuries[at]
		}
		last := flag[k] &^ (world.FlagCut | world.FlagShort)
		if flag[k]&world.FlagCut != 0 { // R&D answers to the last quarter, in the accounts and when firms learn
			last |= world.FlagShort
		}
		flag[k] = last
		now := books{sales[k], labour[k], capital[k], cash[k]}
		q.state(&shared, now, wage[k], float64(rent[k]), orders[k])
		line := r.P.line(now.sales, now.capital-q.Wear) // as it will be: nobody buys capital with the last of a line that wears
		t := terms{demand[k], shared.user, line, shared.tax}
		if !shared.usual {
			t = r.helped(w, lo+k, now, &q, t)
			sum[sumSubsidy] += q.Subsidy
		}
		left, wish := q.left(), shared.wish(now.capital, q.Wear, t)
		profit, tax, bought, dividend := r.P.close(left, q.Wear, now.cash, wish, t.line, float64(r.P.Cushion*now.sales), t.tax)
		if bought < wish {
			flag[k] = last | world.FlagCut
		}
		cash[k] = now.cash + (left - tax - bought - dividend)
		capital[k] = now.capital + (bought - q.Wear)
		gain[k] = profit * world.TicksPerYear
		invest[k] = float32(bought)
		owners := q.Rent + dividend
		paid[k] = q.Wages + q.Research + bought + float64(home*owners)
		sum[sumOwners] += float64((1 - home) * owners)
		sum[sumInterest] += q.Interest
		sum[sumTaxed] += tax
		*treasury += tax
		of.add(now.labour, now.sales, gain[k], tech[k], price[k])
	}
	for k, x := range sum {
		sums[k] += x
	}
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
