package world

import "testing"

// taxed is a world of two cells in regions with rates of .2 and .36 and one firm, in the first.
func taxed() *World {
	w := &World{Setting: &Setting{Regions: []Region{{TaxRate: .2}, {TaxRate: .36}}}, Cells: Cells{Region: []int32{0, 1, -1}}}
	w.Firms.Found(7, 0)
	w.Firms.Cell[0], w.Firms.Profit[0] = 0, 16
	w.ClearLevers()
	return w
}

// Offers add up and leave a rate between none and the usual one. Water counts as the first region.
func TestTaxAt(t *testing.T) {
	w := taxed()
	at := func(what string, cell int, want float64) {
		t.Helper()
		if got := w.TaxAt(0, cell, Point{}); got-want > 1e-15 || want-got > 1e-15 {
			t.Errorf("%s: a rate of %v, want %v", what, got, want)
		}
	}
	at("nobody acts", 0, .2)
	at("nobody acts, other region", 1, .36)
	at("water", 2, .2)
	w.Levers.TaxOffers = []TaxOffer{CellTaxOffer{1, .1}, CellTaxOffer{1, .06}}
	at("two offers", 1, .2)
	at("elsewhere", 0, .2)
	w.Levers.TaxOffers = append(w.Levers.TaxOffers, CellTaxOffer{1, .3})
	at("more than all", 1, 0)
	w.Levers.TaxOffers = []TaxOffer{CellTaxOffer{0, -1}}
	at("no offer takes anything", 0, .2)
	if w.ClearLevers(); len(w.Levers.TaxOffers) > 0 {
		t.Error("offers outlast their tick")
	}
}

// Taxes differ where regions do, or where somebody offers to take something off.
func TestTaxesDiffer(t *testing.T) {
	w := taxed()
	if !w.TaxesDiffer() {
		t.Error("rates of .2 and .36 do not differ")
	}
	w.Setting.Regions[1].TaxRate = .2
	if w.TaxesDiffer() {
		t.Error("rates of .2 differ")
	}
	if w.Levers.TaxOffers = []TaxOffer{CellTaxOffer{}}; !w.TaxesDiffer() {
		t.Error("an offer makes no difference")
	}
}

// A profit of 16 at a rate of .2 keeps 12.8, with five points off 13.6, as 17 would at .2. Nobody is spared more than the rate, and a loss
// is spared nothing.
func TestSpared(t *testing.T) {
	for _, c := range []struct{ profit, points, want float64 }{{16, .05, 1}, {16, 0, 0}, {16, .2, 4}, {16, .9, 4}, {-16, .05, 0}} {
		w := taxed()
		w.Firms.Profit[0] = c.profit
		w.Levers.Push(LeverTax, 0, c.points)
		if got := w.Spared(0); got-c.want > 1e-14 || c.want-got > 1e-14 {
			t.Errorf("a profit of %g, %g points: %v, want %v", c.profit, c.points, got, c.want)
		}
	}
}
