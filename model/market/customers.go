package market

import (
	"math"

	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/num"
	"agglo/sim/rng"
)

// Purposes of random draws.
const (
	drawOpportunities rng.Purpose = 0x3301
	drawCustomers     rng.Purpose = 0x3302
	drawExport        rng.Purpose = 0x3303
)

// Win moves each firm's customer base. Opportunities come in clumps by firm and year: their number N is geometric, so
// that a year's growth is a Gauss variable of random variance, which is Laplace (Bottazzi and Secchi 2006). Drawing the
// clump tick by tick would take the year half-way back to Gauss. Sums by sector are left for Share.
func (r *Rules) Win(w *world.World, tick, lo, hi int) {
	sums, deck := w.Sums.Block(lo, sim.BlockRows), w.Seed.Deck(drawCustomers, tick, 0)
	for ; lo < hi; lo += world.Batch {
		to := min(lo+world.Batch, hi)
		r.swings(w, tick, lo, to)
		r.win(w, lo, to, deck, sums)
	}
}

// win is Win of at most a batch of rows whose swings are drawn. Free rows have no swing and no customers, and stay so.
func (r *Rules) win(w *world.World, lo, hi int, deck rng.Deck, sums []float64) {
	f := &w.Firms
	var steps [world.Batch]float64
	step := steps[:hi-lo]
	id, swing := f.ID[lo:][:len(step)], f.Swing[lo:][:len(step)]
	for k := range step {
		step[k] = float64(swing[k]) * num.QuantileQuick(rng.Unit(deck.Top(id[k])))
	}
	if r.P.Reversion > 0 {
		r.revert(w, lo, step)
	}
	num.Exps(step)
	appeal, sector := f.Appeal[lo:][:len(step)], f.Sector[lo:][:len(step)]
	for k, times := range step {
		appeal[k] = float64(appeal[k] * times)
		sums[sector[k]] += appeal[k]
	}
}

// revert adds the pull of appeals from row lo on back to the sector's mean.
func (r *Rules) revert(w *world.World, lo int, step []float64) {
	f := &w.Firms
	for k := range step {
		i := lo + k
		if s := &w.Sectors[f.Sector[i]]; f.ID[i] != 0 && s.Firms > 0 && s.Appeal > 0 {
			step[k] -= float64(r.P.Reversion / world.TicksPerYear * num.Log(f.Appeal[i]*s.Firms/s.Appeal))
		}
	}
}

// swings draws the standard deviation of a tick's change of log customer base in this year for firms that have none yet, and for
// all when the year begins: from their size and age then and the year's opportunities. Owners whose losses others bear take more
// risk, and the young in a sheltered place less.
func (r *Rules) swings(w *world.World, tick, lo, hi int) {
	f := &w.Firms
	var rows [world.Batch]int
	n, begins := 0, (tick-1)%world.TicksPerYear == 0
	for k, swing := range f.Swing[lo:hi] {
		if i := lo + k; (swing == 0 || begins) && f.ID[i] != 0 {
			rows[n] = i
			n++
		}
	}
	if n == 0 {
		return
	}
	var sizes, ages, counts [world.Batch]float64
	size, age, count := sizes[:n], ages[:n], counts[:n]
	for k, i := range rows[:n] {
		size[k] = f.Labour[i] / w.Base.Size[f.Sector[i]]
		age[k] = float64(tick-int(f.Born[i])) / world.TicksPerYear
	}
	r.volatility(size, age)
	r.opportunities(w, rows[:n], (tick-1)/world.TicksPerYear, count)
	for k, i := range rows[:n] {
		yearly := size[k] * (1 + float64(age[k]*(1-min(w.Levers.Of(world.LeverShelter, i), 1)))) * math.Sqrt(count[k]/r.P.Opportunities)
		risk := 1 + float64(r.P.RiskResponse*min(w.Levers.Of(world.LeverRecovery, i), 1))
		f.Swing[i] = float32(max(float64(yearly*risk)/math.Sqrt(world.TicksPerYear), 1e-12))
	}
}

// opportunities counts those that firms meet in a year. By bunches of one they are geometric, in closed form: the whole part of
// log(1-u) over log(q), with q = mean/(1+mean), see rng.Seed.Geometric.
func (r *Rules) opportunities(w *world.World, rows []int, year int, count []float64) {
	if r.P.Clumping != 1 {
		for k, i := range rows {
			count[k] = float64(w.Seed.NegativeBinomial(r.P.Opportunities, r.P.Clumping, drawOpportunities, w.Firms.ID[i], year, 0))
		}
		return
	}
	deck := w.Seed.Deck(drawOpportunities, year, 0)
	for k, i := range rows {
		count[k] = 1 - rng.Unit(deck.Top(w.Firms.ID[i]))
	}
	num.Logs(count)
	perLog := -1 / num.Log1p(1/r.P.Opportunities)
	for k, log := range count {
		count[k] = float64(int64(log * perLog))
	}
}

// leastSize is the size, in mean sizes of the sector, below which a firm's customers come and go no more wildly.
const leastSize = .01

// volatility puts the yearly standard deviation of firms' log customer base once they are old in the place of their sizes, in
// mean sizes of the sector at the start: smaller for large firms (Riccaboni et al. 2008). In the place of their ages, in years, it
// puts the share that youth adds to it where they are not sheltered.
func (r *Rules) volatility(size, age []float64) {
	for k, x := range size {
		size[k] = max(x, leastSize)
		age[k] = -max(age[k], 0) / r.P.YoungYears
	}
	num.Logs(size)
	for k := range size {
		size[k] *= r.P.SizeExponent
	}
	num.Exps(size)
	num.Exps(age)
	for k := range size {
		size[k] *= r.P.Volatility
		age[k] *= r.P.YoungVolatility
	}
}

// Share scales the appeals of each sector so that their sum grows with the population and the sector only: the customers
// of firms that died return to the pool. Where firms are too few for that, as in a sector that emerges, customers come only
// as fast as firms can take them in, and the rest buys from the world.
func (r *Rules) Share(w *world.World, _ int) error {
	for s := range w.Sectors {
		sum := w.Sums.Total(s)
		w.Sectors[s].Appeal = w.Base.Appeal[s] * w.Now.Population * w.Now.Demand[s]
		r.scale[s] = 0
		if sum > 0 {
			r.scale[s] = min(w.Sectors[s].Appeal/sum, 1+r.P.Intake)
		}
		w.Sectors[s].Appeal = r.scale[s] * sum
	}
	return nil
}

// Rescale applies Share to each firm.
func (r *Rules) Rescale(w *world.World, _, lo, hi int) {
	sector := w.Firms.Sector[lo:hi]
	appeal := w.Firms.Appeal[lo:][:len(sector)]
	for k, s := range sector {
		appeal[k] *= r.scale[s] // nobody buys from a free row
	}
}
