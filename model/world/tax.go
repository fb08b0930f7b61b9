package world

// A TaxOffer is a tax break as those see it who compare sites: what it would take off a firm's tax on a site. LeverTax says what
// it takes off where firms stand.
type TaxOffer interface {
	// Points are those that would be taken off the tax rate on profits of firm i were it at a point of a cell, in [0, the rate there].
	Points(v View, i, cell int, at Point) float64
}

// TaxAt is the rate at which firm i's profit would be taxed at a point of a cell, [0,1).
func (w *World) TaxAt(i, cell int, at Point) float64 {
	rate := w.TaxRate(cell)
	left := rate
	for _, o := range w.Levers.TaxOffers {
		left -= o.Points(NewView(w), i, cell, at)
	}
	return min(max(left, 0), rate)
}

// TaxesDiffer says whether the tax on profits may differ between sites in this tick.
func (w *World) TaxesDiffer() bool {
	regions := w.Setting.Regions
	for k := range regions {
		if regions[k].TaxRate != regions[0].TaxRate {
			return true
		}
	}
	return len(w.Levers.TaxOffers) > 0
}

// TaxRate is the tax rate on profits in the region of a cell, [0,1), where no policy acts.
func (w *World) TaxRate(cell int) float64 {
	return w.Setting.Regions[max(w.Cells.Region[cell], 0)].TaxRate
}

// Spared is the profit before tax, per year, that firm i would need beside its own to keep as much, at the usual rate, as it keeps
// with what it is spared of the tax: with a profit P, a rate t and x points off it, (1-t+x)P = (1-t)(P + xP/(1-t)).
func (w *World) Spared(i int) float64 {
	rate := w.TaxRate(int(w.Firms.Cell[i]))
	return min(w.Levers.Of(LeverTax, i), rate) * max(w.Firms.Profit[i], 0) / (1 - rate)
}
