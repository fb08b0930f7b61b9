package policy

import "agglo/model/world"

// offer is a tax break as those see it who compare sites. All but places is judged by what the firm is now: nobody foresees that it will
// grow, make friends or join a cluster.
type offer struct {
	rules *Rules
	act   *act
	book  *world.LedgerEntry
	on    *reach
	sites bool // it is for those on the sites of works
	off   taxBreak
	share float64
}

// offers lets movers and founders see a part of a policy, if it is a tax break. It must run alone.
func (r *Rules) offers(w *world.World, a *act, e *world.LedgerEntry, k int, share float64) {
	if off, is := a.parts[k].part.(taxBreak); is {
		w.Levers.TaxOffers = append(w.Levers.TaxOffers, offer{r, a, e, &a.reach[k], a.parts[k].at == onSites, off, share})
	}
}

// Points are those that the policy would take off firm i's tax rate on a site; see world.TaxOffer.
func (o offer) Points(v world.View, i, cell int, at world.Point) float64 {
	if !o.reaches(v, i, cell, at) {
		return 0
	}
	return o.share * min(o.off.points, v.TaxRate(v.CellRegion(cell)))
}

// reaches says whether the policy would reach firm i at a point of a cell.
func (o offer) reaches(v world.View, i, cell int, at world.Point) bool {
	if o.sites {
		return built(o.book, cell)
	}
	s := &o.act.spec
	among := func(region, cell int, at world.Point) bool {
		return s.Target.place(region, at) && o.rules.promises(v, s, v.CellMarket(cell), v.Sector(i))
	}
	if !among(v.CellRegion(cell), cell, at) {
		return false
	}
	newborn := v.Age(i) == 0
	switch {
	case newborn && (s.Style != Everyone || s.Conditions.Membership == "facility"):
		return false // it does not know yet whether it will be chosen
	case !newborn && (s.Style != Everyone || among(v.Region(i), v.Cell(i), world.Point{X: v.X(i), Y: v.Y(i)})):
		return o.on.at(i) >= 0 // as where it is
	}
	return o.rules.suits(v, o.act, i, cell, v.Tick())
}
