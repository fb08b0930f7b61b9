package demography

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// layFinance lays out how much finance of founders is within reach of each cell: banks and incubators, and venture funds
// apart, because a shock can shut them. Both fall by e over FinanceKM, and neither changes.
func (r *Rules) layFinance(w *world.World) {
	cells := len(w.Cells.Region)
	for _, field := range []*[]float64{&w.Fields.Finance, &w.Fields.Venture} {
		if len(*field) != cells {
			*field = make([]float64, cells)
		}
		clear(*field) // rules are made anew for a branch
	}
	for a := range w.Ground {
		g := &w.Ground[a]
		for k := range w.Setting.Institutions {
			in := &w.Setting.Institutions[k]
			field := w.Fields.Finance
			if in.Venture() {
				field = w.Fields.Venture
			} else if !in.Finance() {
				continue
			}
			for c := range g.Cells {
				mid := g.Mid(c)
				d := num.Hypot(mid.X-in.At.X, mid.Y-in.At.Y)
				field[g.First+c] += float64(in.Capacity * num.Exp(-d/r.P.FinanceKM))
			}
		}
	}
}

// ownMoney is what a founder's wealth must cover: the cost of entry, less what the public pays of it, and the seed money, less
// what a founder need not dare who is promised a part of it back and reckons with closing.
func (r *Rules) ownMoney(cost, brought, promised float64) float64 {
	return r.P.Constraint * (cost + float64(brought*(1-float64(promised*r.P.ClosesEarly))))
}

// backed says whether a founder who leaves the firm of a row can pay for entry and bring the seed money: wealth is
// lognormal, and others close the gap with the chance 1 - e^-(backing + finance within reach), which falls with distance to
// those who finance founders. The book holds what the public owes for it.
func (r *Rules) backed(w *world.World, id uint64, sector, parent, tick int, brought float64) (world.Founding, bool) {
	cell := int(w.Firms.Cell[parent])
	cost := r.P.EntryCost * w.RegionOf(cell).EntryFactor() * w.Now.Wage
	b := world.Founding{Cell: int32(cell), Region: max(w.Cells.Region[cell], 0)}
	b.Entry = num.Clamp(w.Levers.OfCell(world.LeverEntry, cell), 0, 1) * cost
	promised := num.Clamp(w.Levers.Of(world.LeverRecovery, parent), 0, 1)
	need := r.ownMoney(float64(cost)-float64(b.Entry), brought, promised)
	if need <= 0 {
		return b, true
	}
	gap := float64(need) - float64(r.wealth(w.Seed.Normal(drawWealth, id, tick, 0))*w.Now.Wage)
	if gap <= 0 {
		return b, true
	}
	public := r.P.Finance * max(w.Levers.OfCell(world.LeverFinance, cell), 0)
	within := w.Fields.Finance[cell] + float64(w.VentureFinance(sector)*w.Fields.Venture[cell])
	all := r.P.Backing + float64(r.P.Finance*within) + float64(public)
	if w.Seed.Uniform(drawBacking, id, tick, 0) >= 1-num.Exp(-all) {
		return b, false
	}
	b.Seed = gap * public / all
	return b, true
}

// wealth is a founder's, in world wages, at a standard normal z.
func (r *Rules) wealth(z float64) float64 {
	return r.P.Wealth * num.Exp(r.P.WealthSpread*z)
}

// How finely the accepted share of founders is worked out, and what is taken for it at least, so that rates stay rates.
const (
	wealthSlices  = 64
	leastAccepted = .1
)

// accepted is the share of founders who can pay at the start, at the world's wage and with nobody to finance them but the
// usual backing. Rates of founding are those of firms founded under these conditions, so more must try: the rates are
// divided by it.
func (r *Rules) accepted(w *world.World) float64 {
	if r.P.Constraint == 0 {
		return 1
	}
	var z [wealthSlices]float64
	for k := range z {
		z[k] = num.Quantile((float64(k) + .5) / wealthSlices)
	}
	short := 0.0
	for k := range wealthSlices { // sizes in slices of equal chance
		labour := r.size(-num.Log((float64(k) + .5) / wealthSlices))
		need := r.ownMoney(r.P.EntryCost, r.brings(labour, 1, r.capital(w, labour, 1)), 0)
		for _, x := range z {
			if r.wealth(x) < need {
				short++
			}
		}
	}
	return max(1-float64(short/(wealthSlices*wealthSlices)*num.Exp(-r.P.Backing)), leastAccepted)
}

// size is a newborn's, at an exponential x.
func (r *Rules) size(x float64) float64 { return r.P.EntrantLeast * num.Exp(r.P.EntrantTail*x) }

// capital is what a newborn of a size buys.
func (r *Rules) capital(w *world.World, labour, wage float64) float64 {
	return r.Outside.Capital(w, r.Outside.SalesOf(w, labour, wage))
}

// brings is the money that founders bring for so many workers and so much capital.
func (r *Rules) brings(labour, wage, capital float64) float64 {
	return float64(r.P.Seed*wage*labour) + float64(r.P.OwnCapital*capital)
}
