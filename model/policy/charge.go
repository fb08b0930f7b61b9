package policy

import (
	"agglo/model/world"
)

// Charge books what each policy did cost and lets the payer pay. It must run alone, after firms have settled their
// accounts and before any of them closes or moves.
func (r *Rules) Charge(w *world.World, _ int) error {
	v := world.NewView(w)
	for k := range r.acts {
		a, e := &r.acts[k], &w.Ledger[k]
		e.Works -= float64(r.P.Wear / world.TicksPerYear * e.Works)
		for n := range a.parts {
			r.charge(w, a, &a.parts[n], &a.reach[n], e)
		}
		if a.spec.Learning && a.share > 0 {
			r.measure(v, a, e)
		}
	}
	return nil
}

// charge books one part of a policy for the tick. Firms have their subsidies already, with their accounts; what comes
// otherwise is brought here.
func (r *Rules) charge(w *world.World, a *act, c *component, on *reach, e *world.LedgerEntry) {
	if a.share <= 0 && e.Works <= 0 {
		return
	}
	v := world.NewView(w)
	gross, all := make([]float64, len(w.Money.Treasury)), 0.0
	public, x := 1.0, a.strength(c)
	if c.pays.pooled() {
		public -= a.spec.Conditions.Match
	}
	own := 0.0
	for k, row := range on.rows {
		i := int(row)
		paid := 0.0
		if x > 0 && c.pays != Guarantee && c.pays != AtEntry {
			paid = public * c.spent(v, &w.Levers, i, x, float64(x*on.cost[k]))
		}
		gross[v.Region(i)] += paid
		brought := paid*c.private/(1-c.private) + on.own[k]
		all += paid + brought
		own += brought
		w.Firms.Cash[i] -= on.own[k]
		w.Money.PolicyIn += paid * c.private / (1 - c.private)
		r.pass(w, c, on, i, paid, brought)
	}
	r.book(w, &a.spec, c.pays, e, gross, world.Cost{PrivateLevered: own})
	if c.pays == ToBuilders {
		e.Works += all
	}
}

// pass brings money on account of firm i to those who get it: paid by the public, brought by firms and investors.
func (r *Rules) pass(w *world.World, c *component, on *reach, i int, paid, brought float64) {
	cell := int(w.Firms.Cell[i])
	if c.single && len(on.sites) > 0 {
		cell = int(on.sites[0])
	}
	switch c.pays {
	case ToBuilders, ToProviders:
		w.Receive(cell, paid+brought)
	case ToPurses:
		w.Firms.Cash[i] += paid
	case ToBanks:
		w.Money.Interest += paid
	}
}

// book adds to a ledger what a part gave by region, with administration on top, and lets the payer pay. more is what is
// booked beside and paid by others.
func (r *Rules) book(w *world.World, s *Spec, pays Payment, e *world.LedgerEntry, gross []float64, more world.Cost) {
	for region, given := range gross {
		if given == 0 {
			continue
		}
		cost := world.Cost{Gross: given, Admin: float64(r.P.Admin * given)}
		if pays == Guarantee {
			cost.Gross, cost.GuaranteeLoss = 0, given
		}
		if pays == NotAsked {
			cost.Forgone = given
		}
		if pays == Burnt {
			w.Money.PolicyBurnt += cost.Sum()
		} else if !w.Pay(region, cost.Admin) {
			cost.Admin = 0 // nobody lives here who could administer
		}
		r.pay(w, s, region, cost)
		e.Now.Add(cost)
		e.Total.Add(cost)
	}
	e.Now.Add(more)
	e.Total.Add(more)
}

// pay lets the payer of a policy pay a cost in a region.
func (r *Rules) pay(w *world.World, s *Spec, region int, cost world.Cost) {
	m := &w.Money
	if s.Finance == Outside {
		m.PolicyIn += cost.Sum()
		m.Treasury[region] += cost.Forgone // what is not asked of firms is made good
	} else {
		m.Treasury[region] -= cost.Sum() - cost.Forgone
	}
	m.PublicCost += cost.Sum()
}
