package world

import "slices"

// A FirmLever is where policies and clubs act on a firm: a price, a constraint, an endowment or a hazard that a rule reads.
// Pushes add up, so those who act need not know each other, and nothing is left when nobody acts.
type FirmLever uint8

// Levers on firms. What a lever gives is taken with the rule that reads it; money that goes with it is booked there too.
const (
	LeverUserCost      FirmLever = iota // part of the yearly cost of a unit of capital that is paid for the firm, 1/year
	LeverTax                            // points taken off the tax rate on profits
	LeverPrice                          // money paid on top of sales, as a share of sales: the firm asks less for its goods
	LeverInterest                       // points taken off the interest on the firm's debt, 1/year
	LeverCredit                         // added to the credit line, worker-years
	LeverResearch                       // money given for R&D, worker-years per year
	LeverResearchPrice                  // share of the cost of the firm's own R&D that it gets back
	LeverExport                         // added to the rate at which a firm becomes an exporter, 1/year
	LeverContacts                       // added to the chance of a search for a collaborator, 1/tick
	LeverSanction                       // added to the log odds that a partner keeps a deal
	LeverProtection                     // points added to the strength of intellectual property against those who imitate
	LeverScience                        // added to what the firm learns from science, in universities at its door
	LeverInformation                    // how far the firm knows sites and partners better, in further ones looked at
	LeverRecovery                       // share of an owner's loss at closing that is made good
	LeverShelter                        // share by which the extra volatility of the young is lowered
	LeverTraining                       // added to the log quality of matches with workers
	LeverPurchase                       // taken off the log price of inputs
	LeverLaboratory                     // added to effective R&D, as a share of it
	LeverAgreement                      // log by which the firm asks more than one that competes alone; no policy pulls it, see market.Excess
	LeverStanding                       // added to the part of the credit line that rests on sales, as a share of it; no policy pulls it, see club.Standing
	FirmLevers                          // how many there are
)

// A CellLever is where policies and clubs act on a place.
type CellLever uint8

// Levers on cells.
const (
	LeverAccess  CellLever = iota // log saving of freight at this end of a journey
	LeverReach                    // log saving of what it costs to sell to households and to the world from here
	LeverLand                     // land added, in workers that it carries at base rent
	LeverRunning                  // log saving of running cost (unit cost) here
	LeverRent                     // share of rents that is paid for firms here
	LeverEntry                    // share of a founder's cost of entry that is paid here
	LeverFinance                  // seed money within reach of founders here, in venture funds at their door
	CellLevers                    // how many there are
)

// Levers are where policies and clubs act. They start at zero in each tick.
type Levers struct {
	Any       bool // whether anybody acts in this tick
	rows      int
	cells     int
	onFirm    [FirmLevers]bool
	onCell    [CellLevers]bool
	firm      [FirmLevers][]float64
	cell      [CellLevers][]float64
	Meetings  []Meeting   // firms that are brought together in this tick
	Moves     []Placement // firms that are put elsewhere in this tick
	Arrivals  []Arrival   // people who come from outside in this tick
	TaxOffers []TaxOffer  // what firms are spared of the tax on profits by where they are, in this tick
}

// A Meeting brings two firms together: the first of them may propose a collaboration, see the rules of trust.
type Meeting struct {
	From, To int32   // rows
	Near     float64 // distance counts as at most so many km; 0 = as it is
	Forced   bool    // the tie is made without asking either
}

// A Placement puts a firm on a site that it has not chosen.
type Placement struct {
	Row  int32 // of the firm
	Area int   // index in the setting
	At   Point // on land of the area, km
}

// ClearLevers makes all levers zero, with room for every row and cell. It must run alone.
func (w *World) ClearLevers() {
	l := &w.Levers
	l.rows, l.cells, l.Any = w.Rows(), len(w.Cells.Region), false
	l.onFirm, l.onCell = [FirmLevers]bool{}, [CellLevers]bool{}
	l.Meetings, l.Moves, l.Arrivals, l.TaxOffers = l.Meetings[:0], l.Moves[:0], l.Arrivals[:0], l.TaxOffers[:0]
}

// Push adds x to what a lever does to row i. It must run alone.
func (l *Levers) Push(lever FirmLever, i int, x float64) {
	if !l.onFirm[lever] {
		l.firm[lever] = zero(resize(l.firm[lever], l.rows))
		l.onFirm[lever], l.Any = true, true
	}
	l.firm[lever][i] += float64(x)
}

// PushCell adds x to what a lever does to a cell. It must run alone.
func (l *Levers) PushCell(lever CellLever, cell int, x float64) {
	if !l.onCell[lever] {
		l.cell[lever] = zero(resize(l.cell[lever], l.cells))
		l.onCell[lever], l.Any = true, true
	}
	l.cell[lever][cell] += float64(x)
}

// Of is what a lever does to row i in this tick; 0 for rows that are newer than the levers.
func (l *Levers) Of(lever FirmLever, i int) float64 {
	if !l.onFirm[lever] || i >= len(l.firm[lever]) {
		return 0
	}
	return l.firm[lever][i]
}

// OfCell is what a lever does to a cell in this tick.
func (l *Levers) OfCell(lever CellLever, cell int) float64 {
	if !l.onCell[lever] {
		return 0
	}
	return l.cell[lever][cell]
}

// Pulled says whether a lever on firms acts on anybody in this tick.
func (l *Levers) Pulled(lever FirmLever) bool { return l.onFirm[lever] }

// Acts says whether a lever on firms does anything to anybody in this tick; one that is pulled by nothing does not.
func (l *Levers) Acts(lever FirmLever) bool {
	if !l.onFirm[lever] {
		return false
	}
	for _, x := range l.firm[lever] {
		if x != 0 {
			return true
		}
	}
	return false
}

// PulledAt says whether a lever on cells acts anywhere in this tick.
func (l *Levers) PulledAt(lever CellLever) bool { return l.onCell[lever] }

// Sum adds all that all levers do; 0 when nobody acts. It is for tests and books.
func (l *Levers) Sum() float64 {
	total := 0.0
	add := func(column []float64) {
		for _, x := range column {
			total += x
		}
	}
	for k, on := range l.onFirm {
		if on {
			add(l.firm[k])
		}
	}
	for k, on := range l.onCell {
		if on {
			add(l.cell[k])
		}
	}
	return total
}

// Column is a copy of what a lever does, by row; nil when it acts on nobody.
func (l *Levers) Column(lever FirmLever) []float64 {
	if !l.onFirm[lever] {
		return nil
	}
	return slices.Clone(l.firm[lever])
}

// CellColumn is a copy of what a lever does, by cell; nil when it acts nowhere.
func (l *Levers) CellColumn(lever CellLever) []float64 {
	if !l.onCell[lever] {
		return nil
	}
	return slices.Clone(l.cell[lever])
}
