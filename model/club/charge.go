package club

import "agglo/model/world"

// Charge lets members pay their fees and the treasury its grants, pays the households around who run the facilities, and pays
// the rents that facilities bear on their sites. It must run alone, after firms have settled their accounts and before any of
// them closes or moves.
func (r *Rules) Charge(w *world.World, _ int) error {
	m := &w.Money
	for k := range w.Facilities {
		f := &w.Facilities[k]
		s, region := &f.Now, max(w.Cells.Region[f.Cell], 0)
		for n := range f.Members {
			x := &f.Members[n]
			w.Firms.Cash[x.Row] -= x.Fee
		}
		if all := w.Levers.OfCell(world.LeverRent, int(f.Cell)); r.levers[k].rent > 0 {
			s.Relief = w.RentPaid(int(f.Cell)) * rents(w, int(f.Cell)) * (r.levers[k].rent / all)
		}
		f.Balance += s.Fees + s.Grant - s.Cost
		m.Treasury[region] -= s.Grant + s.Relief
		m.PublicCost += s.Grant + s.Relief
		w.Receive(int(f.Cell), s.Cost)
		// what is put by beyond a year's cost is the treasury's
		if most := world.TicksPerYear * s.Cost; f.Balance > most {
			m.Treasury[region] += f.Balance - float64(most)
			f.Balance = most
		}
	}
	return nil
}

// rents are those of the tick in a cell.
func rents(w *world.World, cell int) float64 {
	sum := 0.0
	for i, id := range w.Firms.ID {
		if id != 0 && int(w.Firms.Cell[i]) == cell {
			sum += float64(float64(w.Firms.Rent[i]) * w.Firms.Labour[i] / world.TicksPerYear)
		}
	}
	return sum
}

// MakeGood pays the households who advanced it the facilities' part of what founders on their sites did not have to pay. It must
// run alone, behind foundings and before the policies make good: what is left of a book is theirs. It closes the books of the
// tick.
func (r *Rules) MakeGood(w *world.World, _ int) error {
	for n := range w.Foundings {
		b := &w.Foundings[n]
		all, mine := w.Levers.OfCell(world.LeverEntry, int(b.Cell)), 0.0
		for k := range w.Facilities {
			f := &w.Facilities[k]
			if f.Cell != b.Cell || r.levers[k].entry <= 0 || b.Entry <= 0 {
				continue
			}
			owed := b.Entry * (r.levers[k].entry / all)
			w.Receive(int(b.Cell), owed)
			w.Money.Treasury[b.Region] -= float64(owed)
			w.Money.PublicCost += float64(owed)
			f.Now.Relief += float64(owed)
			mine += float64(owed)
		}
		b.Entry -= mine
	}
	for k := range w.Facilities {
		w.Facilities[k].Year.Add(w.Facilities[k].Now)
	}
	return nil
}
