package world

import "agglo/sim/num"

// A Closure is the book of a firm that closed in the present tick with the public's help. Money is in worker-years. Banks
// advance what the public owes here; the public pays them back in the same tick, see Money.Advanced.
type Closure struct {
	Row, Region int32   // of the firm, which is free now; where it was
	WrittenOff  float64 // debt that the bank lost for good
	Guaranteed  float64 // debt that the public stands for, see LeverCredit
	Recovered   float64 // of the owner's loss, what the public makes good, see LeverRecovery
}

// A Founding is the book of a firm that was founded in the present tick with the public's help. Money is in worker-years.
// Households of the place have advanced it, and the public owes it to them.
type Founding struct {
	Row    int32   // of the newborn
	Cell   int32   // where the founder worked, whose households are owed the money
	Region int32   // of that cell
	Entry  float64 // part of the cost of entry, see LeverEntry
	Seed   float64 // part of the seed money, see LeverFinance
}

// An Arrival is people from outside who join the labour force of a cell's market in this tick.
type Arrival struct {
	Cell    int     // numbered through all areas
	Workers float64 // at least 0
}

// Worth is what a unit of firm i's sales is worth in goods, over what one is worth to a firm that competes alone and is paid nothing:
// more by what the public pays on top, see LeverPrice, and less by what firms agree to ask, see LeverAgreement. Its workers, its
// capital and its inputs are those of sales times Worth.
func (w *World) Worth(i int) float64 {
	return w.PaidOnTop(i) * w.Competing(i)
}

// Competing is the price that firm i would ask if it competed alone, over the one that it asks: 1 where firms agree on nothing.
func (w *World) Competing(i int) float64 {
	if !w.Levers.Pulled(LeverAgreement) {
		return 1
	}
	return num.Exp(-w.Levers.Of(LeverAgreement, i))
}

// PaidOnTop is what firm i gets for a unit of sales: 1, and what the public pays on top, see LeverPrice.
func (w *World) PaidOnTop(i int) float64 { return 1 + w.Levers.Of(LeverPrice, i) }

// Unlike says that some firms' Worth is not 1.
func (l *Levers) Unlike() bool { return l.Pulled(LeverPrice) || l.Pulled(LeverAgreement) }

// FinalReach is how many times households and the world see the mass of sellers in a cell, e^((sigma-1) saving), see
// LeverReach; 1 where nobody acts.
func (w *World) FinalReach(cell int) float64 {
	if saving := w.Levers.OfCell(LeverReach, cell); saving != 0 {
		return num.Exp((w.Params.Sigma - 1) * saving)
	}
	return 1
}

// EndPoint is how many times the mass of sellers and buyers in a cell counts, by the cost of a journey's end there: public
// works raise it, full roads lower it.
func (w *World) EndPoint(cell int) float64 {
	if len(w.Fields.Crowding) == 0 {
		return w.Fields.EndPoint[cell]
	}
	return w.Fields.EndPoint[cell] * w.Fields.Crowding[cell]
}

// RentPaid is the share of the rent that is paid for the firms of a cell, see LeverRent.
func (w *World) RentPaid(cell int) float64 { return min(w.Levers.OfCell(LeverRent, cell), 1) }

// Forget takes all levers off a row, which goes to another firm. It must run alone.
func (l *Levers) Forget(i int) {
	for k, on := range l.onFirm {
		if on && i < len(l.firm[k]) {
			l.firm[k][i] = 0
		}
	}
}
