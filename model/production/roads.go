package production

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// Roads sets what full roads take off the mass of sellers and buyers in each cell, from the goods that firms there sold and
// bought in the last tick. A journey's end costs Freight of the goods' value on empty roads and
// Freight (1 + RoadDelay (flow/capacity)^RoadPower) on others (Bureau of Public Roads 1964), capacity per unit of land growing
// with the world's wage as goods grow dearer. It must run alone, after firms are listed. Without a capacity roads never fill.
func (r *Rules) Roads(w *world.World, _ int) error {
	x := &w.Fields.Crowding
	if r.P.RoadCapacity == 0 {
		*x = nil
		return nil
	}
	if len(*x) != len(w.Cells.Land) {
		*x = make([]float64, len(w.Cells.Land))
	}
	clear(*x)
	for _, i := range w.Index.Rows {
		(*x)[w.Firms.Cell[i]] += w.Firms.Sales[i] + w.Firms.Orders[i]
	}
	for c, flow := range *x {
		(*x)[c] = 1
		if flow > 0 {
			full := flow / (r.P.RoadCapacity * w.Cells.Land[c] * w.Now.Wage)
			(*x)[c] = num.Exp(-(w.Params.Sigma - 1) * r.P.delay(full))
		}
	}
	return nil
}

// delay is what a road that is full by a ratio adds to the log cost of a journey's end. A road holds no more than so much:
// beyond longestDelay times the freight on an empty one, goods wait.
func (p *Params) delay(full float64) float64 {
	return p.Freight * min(p.RoadDelay*num.Pow(full, p.RoadPower), longestDelay)
}

// longestDelay bounds a power that would otherwise cut off a full cell from one tick to the next.
const longestDelay = 10
