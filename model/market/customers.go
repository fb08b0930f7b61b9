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
	f := &w.Firms
	sums := w.Sums.Block(lo, sim.BlockRows)
	deck := w.Seed.Deck(drawCustomers, tick, 0)
	for i := lo; i < hi; i++ {
		if f.ID[i] == 0 {
			continue
		}
		s := int(f.Sector[i])
		if f.Swing[i] == 0 || (tick-1)%world.TicksPerYear == 0 {
			f.Swing[i] = float32(r.swing(w, i, tick))
		}
		step := float64(float64(f.Swing[i]) * num.Quantile(deck.Uniform(f.ID[i])))
		if r.P.Reversion > 0 && w.Sectors[s].Firms > 0 && w.Sectors[s].Appeal > 0 {
			mean := w.Sectors[s].Appeal / w.Sectors[s].Firms
			step -= float64(r.P.Reversion / world.TicksPerYear * num.Log(f.Appeal[i]/mean))
		}
		f.Appeal[i] *= num.Exp(step)
		sums[s] += f.Appeal[i]
	}
}

// swing is the standard deviation of a tick's change of firm i's log customer base in this year, from its size and age at
// the year's start and the year's opportunities. Owners whose losses others bear take more risk, and the young in a
// sheltered place less.
func (r *Rules) swing(w *world.World, i, tick int) float64 {
	f := &w.Firms
	age := float64(tick-int(f.Born[i])) / world.TicksPerYear
	n := r.opportunities(w, f.ID[i], (tick-1)/world.TicksPerYear)
	shelter := min(w.Levers.Of(world.LeverShelter, i), 1)
	risk := 1 + float64(r.P.RiskResponse*w.Levers.Of(world.LeverRecovery, i))
	yearly := risk * r.Volatility(f.Labour[i]/w.Base.Size[f.Sector[i]], age, shelter) * math.Sqrt(float64(n)/r.P.Opportunities)
	return max(yearly/math.Sqrt(world.TicksPerYear), 1e-12)
}

// opportunities is the number that a firm meets in a year.
func (r *Rules) opportunities(w *world.World, id uint64, year int) int {
	if r.P.Clumping == 1 { // the same law, in closed form
		return w.Seed.Geometric(r.P.Opportunities, drawOpportunities, id, year, 0)
	}
	return w.Seed.NegativeBinomial(r.P.Opportunities, r.P.Clumping, drawOpportunities, id, year, 0)
}

// Volatility is the yearly standard deviation of a firm's log customer base: smaller for large firms (Riccaboni et al.
// 2008), larger for young ones, unless they are sheltered by a share. size is in mean sizes of the sector at the start,
// age in years.
func (r *Rules) Volatility(size, age, shelter float64) float64 {
	v := r.P.Volatility
	if r.P.SizeExponent != 0 {
		v *= num.PowQuick(max(size, .01), r.P.SizeExponent)
	}
	return v * (1 + float64(r.P.YoungVolatility*num.Exp(-max(age, 0)/r.P.YoungYears)*(1-shelter)))
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
	f := &w.Firms
	for i := lo; i < hi; i++ {
		if f.ID[i] != 0 {
			f.Appeal[i] *= r.scale[f.Sector[i]]
		}
	}
}
