package world

import "agglo/sim/num"

// Money holds the treasuries and the flows of a tick, in worker-years per tick. Firms' cash, households' balances, the
// treasuries and what facilities hold are the money of the region; its change in a tick is exports less imports and the named flows with banks and
// the outside. Gap holds that identity's error.
type Money struct {
	Treasury []float64 // by region

	Exports     float64 // received from the world
	Imports     float64 // paid for final goods and inputs from the world, unmet local orders among them
	OwnersOut   float64 // dividends, rents and leftovers to owners outside
	Interest    float64 // to banks
	WrittenOff  float64 // debts that banks lost
	Resale      float64 // received for capital of closed firms
	PolicyIn    float64 // money from outside for policies financed outside
	PolicyBurnt float64 // spent by policies on nothing
	Advanced    float64 // by banks for the public, when firms close: debts that it stands for, owners' losses that it makes good
	Repaid      float64 // by the public to banks, of what they advanced before
	Gap         float64 // error of the identity
	Turnover    float64 // sum of sales, the identity's yardstick

	HomeSales     float64 // received from households
	InputReceipts float64 // received from firms
	InputSpending float64 // paid for inputs, local and imported
	LocalOrders   float64 // what suppliers were asked for
	TaxRevenue    float64 // taxes on profits
	PublicCost    float64 // of policies and facilities, taxes not asked for among it
	Stock         float64 // firms' cash, households' balances and treasuries at the end of the tick
}

// Total is the money of the region: firms' cash, households' balances, treasuries, facilities, added in a fixed order.
func (w *World) Total() float64 {
	t := num.Sum(w.Firms.Cash) // a free row has none
	for _, b := range w.Markets.Balance {
		t += b
	}
	for _, b := range w.Money.Treasury {
		t += b
	}
	for k := range w.Facilities {
		t += w.Facilities[k].Balance
	}
	return t
}

func zero(s []float64) []float64 {
	for i := range s {
		s[i] = 0
	}
	return s
}

// ResearchShare is the share of sales that a sector spends on R&D.
func (w *World) ResearchShare(sector int) float64 {
	if x := w.Setting.Sectors[sector].RDIntensity; x > 0 {
		return x
	}
	return w.Params.Research
}

// Receive brings money to the households of a cell's labour market.
func (w *World) Receive(cell int, money float64) {
	w.Markets.Balance[w.Cells.Market[cell]] += float64(money)
}
