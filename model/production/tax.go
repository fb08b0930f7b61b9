package production

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// keeps is what the tax on profits adds to the value of a site, in units of log profit over sigma: the log of the share of profit that
// is left after tax there, over the share left at the usual rate where firm i stands, over sigma. It is 0 where the two are the same.
func keeps(w *world.World, v *world.Visit, cell int) float64 {
	i := int(v.Row)
	usual, there := w.TaxRate(int(w.Firms.Cell[i])), w.TaxAt(i, cell, v.At)
	if usual == there {
		return 0
	}
	return num.Log((1-there)/(1-usual)) / w.Params.Sigma
}
