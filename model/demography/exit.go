package demography

import (
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/num"
	"agglo/sim/rng"
)

// Reasons of closing, as sums that Judge leaves.
const (
	sumInsolvent = iota
	sumLoss
	sumHazard
	JudgeSums // how many sums Judge leaves
)

// Judge marks the firms that close, those that an employee leaves to found another, and those that compare sites. A firm
// closes when it owes more than its credit line, when it loses money and could not pay another year's losses, or for
// reasons of its owner's own.
//
// One hash holds the three draws. A rate that needs a power or an exponential is worked out only where the draw lies below
// a bound on it, and a credit line only where cash alone would not do.
func (r *Rules) Judge(w *world.World, tick, lo, hi int) {
	sums := w.Sums.Block(lo, sim.BlockRows)
	deck, alike := w.Seed.Deck(drawHazard, tick, 0), alike(w.Setting.Regions)
	var draws [world.Batch]uint64
	for ; lo < hi; lo += len(draws) {
		bits := draws[:min(len(draws), hi-lo)]
		for k, id := range w.Firms.ID[lo:][:len(bits)] {
			bits[k] = deck.Top(id)
		}
		r.closings(w, lo, bits, sums)
		r.departures(w, lo, bits, alike)
	}
}

// closings notes the profit of the firms from row lo on and marks those that close; all other marks of Judge are taken off them.
func (r *Rules) closings(w *world.World, lo int, bits []uint64, sums []float64) {
	f, n, levers := &w.Firms, len(bits), w.Levers.Any
	hazard := rng.Below(r.P.Hazard * hazardMost / world.TicksPerYear)
	id, flag, losses, profit, cash := f.ID[lo:][:n], f.Flag[lo:][:n], f.Losses[lo:][:n], f.Profit[lo:][:n], f.Cash[lo:][:n]
	for k, id := range id {
		if id == 0 {
			continue
		}
		smoothed, loss, room := float64(losses[k]), profit[k], cash[k]
		smoothed += float64(r.P.LossWeight * (loss - smoothed))
		losses[k] = float32(smoothed)
		loss = max(loss, smoothed)
		mark := flag[k] &^ (world.FlagExit | world.FlagSpinOff | world.FlagMove)
		need := max(-loss, 0) // of cash and credit, not to close
		if levers || room < need {
			room = beside(room, r.Outside.Credit(w, lo+k))
		}
		if short := room < need; short || hazard.Holds(bits[k], 0) {
			switch {
			case room < 0:
				mark |= world.FlagExit
				sums[sumInsolvent]++
			case short:
				mark |= world.FlagExit
				sums[sumLoss]++
			case r.hit(w, lo+k, bits[k]):
				mark |= world.FlagExit
				sums[sumHazard]++
			}
		}
		flag[k] = mark
	}
}

// rounded is how much of a credit line sums may miss by rounding.
const rounded = 1e-9

// beside is what cash and a credit line leave. A firm that wished for more capital than it could pay has used its line to the full: it owes as
// much as it may and no more, whatever the last bit of the sums says.
func beside(cash, line float64) float64 {
	room := cash + line
	if room < 0 && room >= -rounded*line {
		return 0
	}
	return room
}

// hit says whether firm i closes for reasons of its owner's own.
func (r *Rules) hit(w *world.World, i int, bits uint64) bool {
	f := &w.Firms
	return rng.Third(bits, 0)*world.TicksPerYear < r.Closure(f.Labour[i]/w.Base.Size[f.Sector[i]])
}

// The rate of closures of the smallest and the largest firms stays within these multiples of that of a mean firm.
const (
	hazardLeast = .25
	hazardMost  = 2
)

// Closure is the yearly rate of closures that are not about money, for a firm of a size relative to the mean.
func (r *Rules) Closure(size float64) float64 {
	return r.P.Hazard * num.Clamp(num.Pow(max(size, 1e-3), r.P.HazardSize), hazardLeast, hazardMost)
}

// Leave closes the marked firms: capital is sold to the outside, debts are paid first, what is left goes to the owners,
// what is missing is the bank's loss. Their workers are seekers from then on. Where the public stands for owners' losses
// or for debts, banks advance its part.
func (r *Rules) Leave(w *world.World, _ int) error {
	c := &w.Count
	c.Insolvent, c.Loss, c.Hazard = int(w.Sums.Total(sumInsolvent)), int(w.Sums.Total(sumLoss)), int(w.Sums.Total(sumHazard))
	c.Deaths = 0
	f, m := &w.Firms, &w.Money
	m.WrittenOff, m.Resale, m.Advanced = 0, 0, 0
	w.Closures = w.Closures[:0]
	r.rows = f.Flagged(0, len(f.ID), world.FlagExit, r.rows[:0])
	for k, row := range r.rows {
		f.CallRetired(r.rows, k)
		i := int(row)
		if f.ID[i] == 0 {
			continue
		}
		c.Deaths++
		sold := r.P.Resale * f.Capital[i]
		m.Resale += float64(sold)
		left := f.Cash[i] + float64(sold)
		if w.Levers.Any {
			left += assist(w, i, left, f.Capital[i]-float64(sold))
		}
		if left >= 0 {
			m.OwnersOut += float64((1 - w.Params.OwnersAtHome) * left)
			w.Receive(int(f.Cell[i]), w.Params.OwnersAtHome*left)
		} else {
			m.WrittenOff -= left
		}
		f.Retire(i)
	}
	return nil
}

// assist is the money that banks advance for the public when firm i closes with so much left, and so much capital lost by its
// sale: the share of the lost capital that is made good, which goes to the debt first and no further where there is one;
// then debt that the public stands for.
func assist(w *world.World, i int, left, lost float64) float64 {
	c := world.Closure{Row: int32(i), Region: max(w.Cells.Region[w.Firms.Cell[i]], 0)}
	c.Recovered = num.Clamp(w.Levers.Of(world.LeverRecovery, i), 0, 1) * lost
	if left < 0 {
		c.Recovered = min(c.Recovered, -left)
	}
	owed := max(-(left + c.Recovered), 0)
	c.Guaranteed = min(owed, max(w.Levers.Of(world.LeverCredit, i), 0))
	c.WrittenOff = owed - c.Guaranteed
	advanced := c.Recovered + c.Guaranteed
	if advanced > 0 {
		w.Closures = append(w.Closures, c)
		w.Money.Advanced += advanced
	}
	return advanced
}
