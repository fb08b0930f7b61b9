package grid

import (
	"math"

	"agglo/sim/num"
)

// axis holds the weights of the markets seen from each cell, on one axis: as many for each, 0 where there are fewer.
type axis struct {
	markets  int
	cellKM   float64
	marketKM float64
	first    []int32 // by cell: the first market seen
	taps     int     // markets seen from a cell, at most
	table    []float64
}

// newAxis lays markets of width marketKM along cells of width cellKM.
func newAxis(cells int, cellKM, marketKM, sigmaKM float64) axis {
	// A market that would cover less than a millionth of a cell is rounding, not a market.
	markets := max(1, int(math.Ceil(float64(float64(cells)*cellKM)/marketKM-float64(1e-6*cellKM)/marketKM)))
	a := axis{markets: markets, cellKM: cellKM, marketKM: marketKM, first: make([]int32, cells)}
	reach := float64(couplingReach * sigmaKM)
	a.taps = int(min(float64(markets), float64(2*reach)/marketKM+2)) // compared as numbers: a sigma may be beyond any int
	a.table = make([]float64, cells*a.taps)
	for i := range cells {
		middle := float64((float64(i) + .5) * cellKM)
		west := math.Ceil(float64(middle-reach)/marketKM - .5)
		from := int(max(0, min(west, float64(markets-a.taps))))
		a.first[i] = int32(from)
		for t := range a.taps {
			d := a.away(i, from+t)
			switch {
			case d == 0:
				a.table[i*a.taps+t] = 1
			case math.Abs(d) <= reach:
				a.table[i*a.taps+t] = num.Exp(-float64(d*d) / float64(2*sigmaKM*sigmaKM))
			}
		}
	}
	return a
}

// away is how far a market's middle lies from a cell's, km, negative to the west or south.
func (a axis) away(cell, market int) float64 {
	return float64((float64(market)+.5)*a.marketKM) - float64((float64(cell)+.5)*a.cellKM)
}

// under is the market in whose square the middle of a cell lies.
func (a axis) under(cell int) int {
	return min(a.markets-1, int(float64((float64(cell)+.5)*a.cellKM)/a.marketKM))
}

// weights are those of the markets from first[cell] on.
func (a axis) weights(cell int) []float64 { return a.table[cell*a.taps : (cell+1)*a.taps] }

// weight is that of one market.
func (a axis) weight(cell, market int) float64 {
	if t := market - int(a.first[cell]); t >= 0 && t < a.taps {
		return a.table[cell*a.taps+t]
	}
	return 0
}
