package world

import (
	"errors"
	"fmt"
	"math"

	"agglo/sim/num"
)

// An Audit holds the accounts of every tick that one tick's state cannot show by itself: people, the books of policies against
// the treasuries, and goods. It keeps the first fault of each kind; what it reads it leaves as it is.
type Audit struct {
	Outside map[string]bool // ids of the policies that are paid from outside

	People  error // the labour force is what it was, grown, with those who came
	Ledgers error // what policies and facilities booked is what treasuries and the outside paid
	Goods   error // orders for inputs reach suppliers, and sales are to somebody

	force, treasury float64 // as the tick began
	totals          []Cost
	balances        []float64
	paid            float64 // what buyers order of local suppliers, per year
	own             float64 // what they would order of themselves, which is left out
}

// Begin notes what there is as a tick begins. It must run alone, before anything else.
func (a *Audit) Begin(w *World) {
	a.force, a.treasury = num.Sum(w.Markets.Force), num.Sum(w.Money.Treasury)
	a.totals, a.balances = a.totals[:0], a.balances[:0]
	for k := range w.Ledger {
		a.totals = append(a.totals, w.Ledger[k].Total)
	}
	for k := range w.Facilities {
		a.balances = append(a.balances, w.Facilities[k].Balance)
	}
}

// Orders adds up what each buyer orders of the suppliers that it meets. It must run alone, when orders and suppliers are laid
// out and before anybody sells.
func (a *Audit) Orders(w *World) {
	f := &w.Firms
	a.paid, a.own = 0, 0
	for i, id := range f.ID {
		if id == 0 {
			continue
		}
		for s, order := range w.OrdersOf(i) {
			if order == 0 {
				continue
			}
			met := w.Supply(i, s)
			if s == int(f.Sector[i]) {
				own := float64(f.Mass[i]) * w.EndPoint(int(f.Cell[i])) * float64(f.SelfSupply[i])
				met -= float64(own)
				a.own += float64(float64(order) * own)
			}
			a.paid += float64(float64(order) * max(met, 0))
		}
	}
}

// Close holds the tick's accounts. It must run alone, behind everything else.
func (a *Audit) Close(w *World) {
	keep := func(first *error, now error) {
		if *first == nil && now != nil {
			*first = fmt.Errorf("tick %d: %w", w.Now.Tick, now)
		}
	}
	keep(&a.People, a.people(w))
	keep(&a.Ledgers, a.ledgers(w))
	keep(&a.Goods, a.goods(w))
}

// Err is all that has been found so far.
func (a *Audit) Err() error { return errors.Join(a.People, a.Ledgers, a.Goods) }

// rounding is the part of a sum by which it may be missed; single is that of numbers held in single precision; haired is that of a firm's
// own mass, of which a hair more is left out (see Place), and of which nobody meets less than nothing; nothing is what is left of nothing.
const (
	rounding = 1e-9
	single   = 6e-8
	haired   = 4e-7
	nothing  = 1e-18
)

// misses says whether a sum is not what it should be, up to the rounding of a sum as large as of.
func misses(is, want, of float64) bool {
	return !(math.Abs(float64(is)-float64(want)) <= float64(rounding*math.Abs(of))+nothing)
}

// people asks for the labour force of before, those who came among it, grown as the population grows.
func (a *Audit) people(w *World) error {
	want := (a.force + w.Count.Arrived) * num.Exp(w.Params.PopulationGrowth/TicksPerYear)
	if is := num.Sum(w.Markets.Force); misses(is, want, want) {
		return fmt.Errorf("world: a labour force of %.12g: want %.12g, %g before and %g who came, grown", is, want, a.force, w.Count.Arrived)
	}
	return nil
}

// ledgers holds the books of policies and facilities against what the public paid, from treasuries and from outside.
func (a *Audit) ledgers(w *World) error {
	m, public, treasury, outside, levered := &w.Money, 0.0, 0.0, 0.0, 0.0
	for k := range w.Ledger {
		e := &w.Ledger[k]
		public += e.Now.Sum()
		levered += e.Now.PrivateLevered
		if a.Outside[e.Policy] {
			treasury += e.Now.Forgone
			outside += e.Now.Sum()
		} else {
			treasury -= e.Now.Sum() - e.Now.Forgone
		}
		if is, want := e.Total.Sum(), a.totals[k].Sum()+e.Now.Sum(); misses(is, want, want) {
			return fmt.Errorf("world: policy %s booked %.12g until now: want %.12g, %g of it in this tick", e.Policy, is, want, e.Now.Sum())
		}
	}
	for k := range w.Facilities {
		f := &w.Facilities[k]
		public += f.Now.Grant + f.Now.Relief
		spare := a.balances[k] + f.Now.Fees + f.Now.Grant - f.Now.Cost - f.Balance // goes to the treasury
		treasury += spare - f.Now.Grant - f.Now.Relief
	}
	if a.force+w.Count.Arrived <= 0 { // nobody to pass money on to
		treasury += a.treasury + m.TaxRevenue
	}
	of := public + m.Turnover + math.Abs(a.treasury)
	slack := float64(rounding * of)
	switch is := num.Sum(m.Treasury); {
	case misses(m.PublicCost, public, of):
		return fmt.Errorf("world: ledgers of %.12g: the public paid %.12g", public, m.PublicCost)
	case misses(is, treasury, of):
		return fmt.Errorf("world: ledgers leave treasuries with %.12g: they have %.12g", treasury, is)
	case m.PolicyIn < outside-slack || m.PolicyIn > outside+levered+slack:
		return fmt.Errorf("world: %.12g came from outside for policies: want %.12g, and up to %g from investors", m.PolicyIn, outside, levered)
	}
	return nil
}

// goods asks whether what buyers order of suppliers is what suppliers are asked for, and whether every sale has a buyer.
func (a *Audit) goods(w *World) error {
	m := &w.Money
	paid, own := a.paid/TicksPerYear, a.own/TicksPerYear
	of := m.InputSpending + float64(single/rounding*paid) + float64(haired/rounding*own) // buyers read suppliers in single precision
	slack := float64(rounding * m.InputSpending)
	switch sold := m.HomeSales + m.InputReceipts + m.Exports; {
	case misses(m.LocalOrders, paid, of):
		return fmt.Errorf("world: suppliers are asked for %.12g: firms order %.12g", m.LocalOrders, paid)
	case m.InputReceipts > m.LocalOrders+slack || m.LocalOrders > m.InputSpending+float64(rounding*of):
		return fmt.Errorf("world: receipts of %.12g for orders of %.12g out of a spending of %.12g", m.InputReceipts, m.LocalOrders, m.InputSpending)
	case misses(sold, m.Turnover, m.Turnover):
		return fmt.Errorf("world: sales of %.12g to %.12g of buyers", m.Turnover, sold)
	}
	return nil
}
