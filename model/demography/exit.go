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
// a bound on it, and a credit line only where cash alone would not do.
func (r *Rules) Judge(w *world.World, tick, lo, hi int) {
	f := &w.Firms
	sums := w.Sums.Block(lo, sim.BlockRows)
	const quarter = 1.0 / world.TicksPerYear
	deck := w.Seed.Deck(drawHazard, tick, 0)
	hazard, move := rng.Below(quarter*r.P.Hazard*hazardMost), rng.Below(quarter*r.P.Move)
	levers, alike := w.Levers.Any, alike(w.Setting.Regions)
	id := f.ID[lo:hi]
	n := len(id)
	flag, sector, losses, profit := f.Flag[lo:][:n], f.Sector[lo:][:n], f.Losses[lo:][:n], f.Profit[lo:][:n]
	cash, labour, tech, cell := f.Cash[lo:][:n], f.Labour[lo:][:n], f.LogTech[lo:][:n], f.Cell[lo:][:n]
	of := judged{sector: -1}
	for k, id := range id {
		if id == 0 {
			continue
		}
		if s := int(sector[k]); s != of.sector {
			of = r.judged(w, s)
		}
		mark := flag[k] &^ (world.FlagExit | world.FlagSpinOff | world.FlagMove)
		smoothed := float64(losses[k])
		smoothed += float64(r.P.LossWeight * (profit[k] - smoothed))
		losses[k] = float32(smoothed)
		bits := deck.Bits(id)
		loss, room := profit[k], cash[k]
		if smoothed > loss {
			loss = smoothed
		}
		if levers || room < 0 || room < -loss {
			room += r.Outside.Credit(w, lo+k)
		}
		switch {
		case room < 0:
			mark |= world.FlagExit
			sums[sumInsolvent]++
		case loss < 0 && room < -loss:
			mark |= world.FlagExit
			sums[sumLoss]++
		case hazard.Holds(bits, 0) && rng.Third(bits, 0) < quarter*r.Closure(labour[k]/of.base):
			mark |= world.FlagExit
			sums[sumHazard]++
		}
		response := of.response
		if !alike {
			response *= w.RegionOf(int(cell[k])).EnterpriseFactor()
		}
		if r.leaves(rng.Third(bits, 1)*world.TicksPerYear, tech[k]-of.tech, labour[k]*of.perJob, response) {
			mark |= world.FlagSpinOff
		}
		if move.Holds(bits, 2) {
			mark |= world.FlagMove
		}
		flag[k] = mark
	}
}

// judged is what Judge knows of a sector.
type judged struct {
	sector   int
	base     float64 // its firms' mean size at the start, workers
	tech     float64 // their mean log technology
	perJob   float64 // 1 over their mean size, workers; 0 without firms, so that nobody leaves them
	response float64 // of foundings, over the share of founders who can pay
}

// judged is what Judge knows of sector s.
func (r *Rules) judged(w *world.World, s int) judged {
	of := judged{sector: s, base: w.Base.Size[s], tech: r.tech[s], response: r.clamp[s] / w.Base.Accepted}
	if r.jobs[s] > 0 {
		of.perJob = 1 / r.jobs[s]
	}
	return of
}

// alike says whether people found firms as often in one region as in another.
func alike(regions []world.Region) bool {
	for r := range regions {
		if regions[r].EnterpriseFactor() != 1 {
			return false
		}
	}
	return true
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
	for i, flag := range f.Flag {
		if flag&world.FlagExit == 0 || f.ID[i] == 0 {
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
