package demography

import (
	"math"

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
// a bound on it.
func (r *Rules) Judge(w *world.World, tick, lo, hi int) {
	f := &w.Firms
	sums := w.Sums.Block(lo, sim.BlockRows)
	const quarter = 1.0 / world.TicksPerYear
	deck := w.Seed.Deck(drawHazard, tick, 0)
	hazard, move := float64(float64(quarter*r.P.Hazard)*hazardMost), float64(quarter*r.P.Move)
	for i := lo; i < hi; i++ {
		if f.ID[i] == 0 {
			continue
		}
		mark, s := f.Flag[i]&^(world.FlagExit|world.FlagSpinOff|world.FlagMove), f.Sector[i]
		losses := float64(f.Losses[i])
		losses += float64(r.P.LossWeight * (f.Profit[i] - losses))
		f.Losses[i] = float32(losses)
		bits := deck.Bits(f.ID[i])
		room := f.Cash[i] + r.Outside.Credit(w, i)
		loss := max(f.Profit[i], losses)
		u := rng.Third(bits, 0)
		switch {
		case room < 0:
			mark |= world.FlagExit
			sums[sumInsolvent]++
		case loss < 0 && room < -loss:
			mark |= world.FlagExit
			sums[sumLoss]++
		case u < hazard && u < quarter*r.Closure(f.Labour[i]/w.Base.Size[s]):
			mark |= world.FlagExit
			sums[sumHazard]++
		}
		if r.jobs[s] > 0 && r.leaves(rng.Third(bits, 1)*world.TicksPerYear, f.LogTech[i]-r.tech[s], f.Labour[i]/r.jobs[s], r.clamp[s]*w.RegionOf(int(f.Cell[i])).EnterpriseFactor()/w.Base.Accepted) {
			mark |= world.FlagSpinOff
		}
		if rng.Third(bits, 2) < move {
			mark |= world.FlagMove
		}
		f.Flag[i] = mark
	}
}

// leaves says whether u lies below the yearly rate of spin-offs: it grows with technology ahead of the sector's mean (log) and with
// the root of size, in mean sizes. e^x is at most 1/(1-x) below 1, which settles most cases.
func (r *Rules) leaves(u, ahead, size, clamp float64) bool {
	rate := r.P.SpinOff * clamp * math.Sqrt(size)
	if ahead < 1 && u*(1-ahead) >= rate {
		return false
	}
	return u < rate*num.Exp(ahead)
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
	for i, id := range f.ID {
		if id == 0 || f.Flag[i]&world.FlagExit == 0 {
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
