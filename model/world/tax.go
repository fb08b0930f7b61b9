package world

// A TaxOffer is a tax break as those see it who compare sites: what it would take off a firm's tax on a site. LeverTax says what
// it takes off where firms stand.
type TaxOffer interface {
	// Points are those that would be taken off the tax rate on profits of firm i were it at a point of a cell, at least 0. More than the rate there is
	// as much as the rate.
	Points(v View, i, cell int, at Point) float64
}

// A CellTaxOffer is a tax break for all firms in a cell.
type CellTaxOffer struct {
	Cell int     // numbered through all areas
	Off  float64 // points, at least 0; of more than the rate nobody has anything
}

// Points are those that are taken off in the cell.
func (o CellTaxOffer) Points(_ View, _, cell int, _ Point) float64 {
	if cell != o.Cell {
		return 0
	}
	return o.Off
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

// Untaxed is the tax, per year, that firm i's profit is not asked for. Nobody can pay less than no tax, and a loss pays none.
func (w *World) Untaxed(i int) float64 {
	return float64(min(w.Levers.Of(LeverTax, i), w.TaxRate(int(w.Firms.Cell[i]))) * max(w.Firms.Profit[i], 0))
}

// Spared is the profit before tax, per year, that firm i would need beside its own to keep as much, at the usual rate, as it keeps
// with what it is spared of the tax: with a profit P, a rate t and x points off it, (1-t+x)P = (1-t)(P + xP/(1-t)).
func (w *World) Spared(i int) float64 {
	return w.Untaxed(i) / (1 - w.TaxRate(int(w.Firms.Cell[i])))
}
