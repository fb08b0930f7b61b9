package demography

import (
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/num"
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
func (r *Rules) Judge(w *world.World, tick, lo, hi int) {
	f := &w.Firms
	sums := w.Sums.Block(lo, sim.BlockRows)
	for i := lo; i < hi; i++ {
		if f.ID[i] == 0 {
			continue
		}
		f.Flag[i] &^= world.FlagExit | world.FlagSpinOff | world.FlagMove
		f.Losses[i] += float64(r.P.LossWeight * (f.Profit[i] - f.Losses[i]))
		size := f.Labour[i] / w.Base.Size[f.Sector[i]]
		room := f.Cash[i] + r.Outside.Credit(w, i)
		loss := max(f.Profit[i], f.Losses[i])
		switch {
		case room < 0:
			f.Flag[i] |= world.FlagExit
			sums[sumInsolvent]++
		case loss < 0 && room < -loss:
			f.Flag[i] |= world.FlagExit
			sums[sumLoss]++
		case w.Seed.Chance(r.Closure(size)/world.TicksPerYear, drawHazard, f.ID[i], tick, 0):
			f.Flag[i] |= world.FlagExit
			sums[sumHazard]++
		}
		s := &w.Sectors[f.Sector[i]]
		if s.Firms > 0 {
			ahead := num.Exp(f.LogTech[i] - s.LogTech/s.Firms)
			mean := s.Jobs / s.Firms
			rate := r.P.SpinOff * ahead * num.Pow(f.Labour[i]/mean, .5) * r.clamp[f.Sector[i]]
			if w.Seed.Chance(rate/world.TicksPerYear, drawSpinOff, f.ID[i], tick, 0) {
				f.Flag[i] |= world.FlagSpinOff
			}
		}
		if w.Seed.Chance(r.P.Move/world.TicksPerYear, drawMove, f.ID[i], tick, 0) {
			f.Flag[i] |= world.FlagMove
		}
	}
}

// Closure is the yearly rate of closures that are not about money, for a firm of a size relative to the mean.
func (r *Rules) Closure(size float64) float64 {
	return r.P.Hazard * num.Clamp(num.Pow(max(size, 1e-3), r.P.HazardSize), .25, 2)
}

// Leave closes the marked firms: capital is sold to the outside, debts are paid first, what is left goes to the owners,
// what is missing is the bank's loss. Their workers are seekers from then on.
func (r *Rules) Leave(w *world.World, _ int) error {
	c := &w.Count
	c.Insolvent, c.Loss, c.Hazard = int(w.Sums.Total(sumInsolvent)), int(w.Sums.Total(sumLoss)), int(w.Sums.Total(sumHazard))
	c.Deaths = 0
	f, m := &w.Firms, &w.Money
	m.WrittenOff, m.Resale = 0, 0
	for i, id := range f.ID {
		if id == 0 || f.Flag[i]&world.FlagExit == 0 {
			continue
		}
		c.Deaths++
		sold := r.P.Resale * f.Capital[i]
		m.Resale += sold
		if left := f.Cash[i] + sold; left >= 0 {
			m.OwnersOut += float64((1 - w.Params.OwnersAtHome) * left)
			w.Receive(int(f.Cell[i]), w.Params.OwnersAtHome*left)
		} else {
			m.WrittenOff -= left
		}
		f.Retire(i)
	}
	return nil
}
