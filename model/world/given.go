package world

// Given is the public money that levers brought to firm i in the tick, worker-years per tick: for its capital, on top of its
// sales, for its rent, interest and R&D, and taxes that it was not asked for. It is reckoned with the stocks that the firm ends
// the tick with. Works and services, which nobody can share out among firms, are no part of it; a firm that is founded in
// the tick was given nothing yet.
func (v View) Given(i int) float64 {
	w := v.w
	l, f := &w.Levers, &w.Firms
	if !l.Any || int(f.Born[i]) == w.Now.Tick {
		return 0
	}
	cell := int(f.Cell[i])
	sum := float64(l.Of(LeverUserCost, i)*f.Capital[i]) + float64(l.Of(LeverPrice, i)*f.Sales[i])
	sum += w.Untaxed(i)
	sum += float64(min(l.Of(LeverInterest, i), w.Params.Interest) * max(-f.Cash[i], 0))
	sum += float64(w.RentPaid(cell) * float64(f.Rent[i]) * f.Labour[i])
	return (sum + w.ResearchPaid(i)) / TicksPerYear
}
