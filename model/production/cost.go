package production

import (
	"agglo/model/world"
	"agglo/sim/grid"
	"agglo/sim/num"
	"agglo/sim/page"
)

// Rules are the rules of production with their parameters and scratch memory.
type Rules struct {
	P       Params
	scratch []world.Scratch // by plane
	pull    []float64       // see Ready
	near    []float64       // the same in the index of the reduced form; without it, none
	pools   []ratio         // by sector: what a labour pool is held against
	rents   []float32       // by cell: of those who are there
}

// New makes the rules for a world whose ground has its kernels.
func New(p Params, w *world.World) *Rules { return &Rules{P: p, scratch: w.Scratch()} }

// Gather fills the fields of suppliers and of workers, one plane a row: each firm of the sector is put on its four
// nearest cells and the cells are smoothed.
func (r *Rules) Gather(w *world.World, _, lo, hi int) {
	for p := lo; p < hi; p++ {
		f, scratch := &w.Firms, &r.scratch[p]
		sectors := len(w.Setting.Sectors)
		g, s := &w.Ground[p/sectors], p%sectors
		from, to := w.Plane(p)
		mass, workers := w.Fields.Rivals[from:to], w.Fields.Access[from:to] // free until demand meets supply
		rows := w.RowsOf(s, g)
		east, north := g.Shape.Beside()
		clear(mass)
		clear(workers)
		for k, i := range rows {
			if k%world.Batch == 0 {
				lo, hi := world.CallBehind(w, g, rows[k:], mass, workers)
				page.CallAll(f.Mass[lo:hi])
				page.CallAll(f.Labour[lo:hi])
			}
			supply, labour := float64(f.Mass[i])*w.EndPoint(int(f.Cell[i])), f.Labour[i]
			sw, se, nw, ne := f.Weights(int(i))
			c := int(f.Base[i])
			mass[c] += float64(sw * supply)
			workers[c] += float64(sw * labour)
			mass[c+east] += float64(se * supply)
			workers[c+east] += float64(se * labour)
			c += north
			mass[c] += float64(nw * supply)
			workers[c] += float64(nw * labour)
			mass[c+east] += float64(ne * supply)
			workers[c+east] += float64(ne * labour)
		}
		scratch.Smooth(g.Supply, scratch.Mass, mass) // until Lay
		scratch.Smooth(g.Pool, w.Fields.Pool[from:to], workers)
	}
}

// Lay lays out the fields of suppliers so that what one firm reads lies side by side; the rows are cells. They are rounded to single
// precision here, when all sums are made: of all that a firm reads they are most.
func (r *Rules) Lay(w *world.World, _, lo, hi int) {
	sectors := len(w.Setting.Sectors)
	for a := range w.Ground {
		g := &w.Ground[a]
		supplied := g.Stage() // by Gather
		for c := max(lo, g.First); c < min(hi, g.First+g.Cells); c++ {
			at := w.Fields.SupplyAt[c*sectors : (c+1)*sectors]
			for s := range at {
				at[s] = float32(supplied[s*g.Cells+c-g.First])
			}
		}
	}
}

// Ready works out what all firms of a sector, or of a cell, share in a tick. It must run alone, before Cost.
func (r *Rules) Ready(w *world.World) {
	r.pull, r.pools = r.pulls(w, r.P.LocalShare, r.pull[:0]), r.pools[:0]
	if r.P.ReducedForm {
		r.near = r.pulls(w, r.form(w).local, r.near[:0])
	}
	for s := range w.Setting.Sectors {
		r.pools = append(r.pools, r.poolOf(w, s))
	}
	if cells := len(w.Cells.Land); len(r.rents) != cells {
		r.rents = make([]float32, cells)
	}
	for c := range r.rents {
		r.rents[c] = float32(r.rent(w, c, 0))
	}
}

// pulls adds to a list, by sector, a local share over the mean mass of suppliers within reach.
func (r *Rules) pulls(w *world.World, local float64, list []float64) []float64 {
	for s := range w.Setting.Sectors {
		list = append(list, local/(w.Base.Supply[s]*w.Now.Demand[s]*w.Now.Population))
	}
	return list
}

// Cost sets each firm's price of inputs, quality of matches, wage, rent, price and orders for inputs.
func (r *Rules) Cost(w *world.World, _, lo, hi int) {
	for ; lo < hi; lo += world.Batch {
		r.cost(w, lo, min(lo+world.Batch, hi))
	}
}

// ahead calls what the batch of firms behind row hi reads of the cells around it, but for suppliers.
func (r *Rules) ahead(w *world.World, hi int) {
	world.CallOwn(w, hi, w.Fields.Pool)
	world.CallCells(w, hi, w.Fields.EndPoint)
	world.CallCells(w, hi, w.Fields.Wage)
	world.CallCells(w, hi, w.Fields.LogWage)
	world.CallCells(w, hi, r.rents)
}

// cost is Cost of at most a batch of rows.
func (r *Rules) cost(w *world.World, lo, hi int) {
	r.ahead(w, hi)
	f, p := &w.Firms, &w.Params
	var inputs, matches [world.Batch]float64
	input, match := inputs[:hi-lo], matches[:hi-lo]
	r.order(w, lo, r.pull, input)
	r.qualities(w, lo, match)
	if w.Levers.Any {
		for k := range input {
			input[k] -= w.Levers.Of(world.LeverPurchase, lo+k)
			match[k] += w.Levers.Of(world.LeverTraining, lo+k)
		}
	}
	lift, share := 1-p.Sigma, p.InputShare()
	id, cell, tech, price, appeal := f.ID[lo:hi], f.Cell[lo:hi], f.LogTech[lo:hi], f.LogPrice[lo:hi], f.Appeal[lo:hi]
	logInput, logMatch, wage, rent, weight := f.LogInput[lo:hi], f.Match[lo:hi], f.Wage[lo:hi], f.Rent[lo:hi], f.Weight[lo:hi]
	var weights [world.Batch]float64
	log := weights[:hi-lo]
	for k, key := range id {
		if key == 0 {
			continue
		}
		c := int(cell[k])
		logInput[k], logMatch[k] = float32(input[k]), float32(match[k])
		wage[k], rent[k] = w.Fields.Wage[c], r.rents[c]
		price[k] = asked(p, share, w.Fields.LogWage[c], match[k], input[k], tech[k])
		if w.Levers.Any {
			price[k] = r.taxed(w, lo+k, c, price[k])
		}
		log[k] = lift * price[k]
	}
	num.Exps(log)
	for k, x := range log { // the appeal of free rows is 0
		weight[k] = float32(appeal[k] * x)
	}
}

// LogPrice is the log of the price that a firm asks: the Cobb-Douglas unit cost times the markup of Dixit and Stiglitz
// (1977), 1 at the base: ln p = -ln A + alpha ln(u/u0) + beta (ln w - ln m) + (1-alpha-beta) ln q. What the public pays on
// top of sales, and what it saves at the place, is passed on to customers.
func (r *Rules) LogPrice(w *world.World, i int, logWage, logInput, match float64) float64 {
	return r.logPrice(w, i, int(w.Firms.Cell[i]), logWage, logInput, match)
}

// asked is LogPrice without the public; share is that of inputs in cost.
func asked(p *world.Params, share, logWage, match, logInput, tech float64) float64 {
	return float64(p.Beta*(logWage-match)) + float64(share*logInput) - tech
}

// logPrice is LogPrice in any cell.
func (r *Rules) logPrice(w *world.World, i, cell int, logWage, logInput, match float64) float64 {
	p := &w.Params
	return r.taxed(w, i, cell, asked(p, p.InputShare(), logWage, match, logInput, w.Firms.LogTech[i]))
}

// taxed is a log price with what the public pays on top of it or saves the firm passed on.
func (r *Rules) taxed(w *world.World, i, cell int, price float64) float64 {
	if !w.Levers.Any {
		return price
	}
	p := &w.Params
	if w.Levers.Of(world.LeverUserCost, i) != 0 {
		price += float64(p.Alpha * num.Log(w.UserCost(i)/p.UserCost()))
	}
	if w.Levers.Unlike() {
		price -= num.Log(w.Worth(i))
	}
	return price - w.Levers.OfCell(world.LeverRunning, cell)
}

const chunk = 16 // sectors taken at once

// place is where the field of suppliers is read: where the record of the south-western of the four nearest cells begins, the steps
// to its neighbours, the cells' weights, and the reader's own mass, which is taken out of its own sector.
type place struct {
	at, east, north int
	sw, se, nw, ne  float64
	sector          int
	own             float64
}

// site is firm i's own place.
func (r *Rules) site(w *world.World, i int) place {
	f := &w.Firms
	p := r.spot(w, i, &w.Ground[f.Area[i]], int(f.Base[i]), float64(f.WX[i]), float64(f.WY[i]))
	p.own = float64(f.Mass[i]) * w.EndPoint(int(f.Cell[i])) * float64(f.SelfSupply[i])
	return p
}

// spot is any place, read by a firm that is not there.
func (r *Rules) spot(w *world.World, i int, g *world.Ground, base int, wx, wy float64) (p place) {
	n := len(w.Setting.Sectors)
	east, north := g.Shape.Beside()
	p.at, p.east, p.north, p.sector = (g.First+base)*n, east*n, north*n, int(w.Firms.Sector[i])
	p.sw, p.se, p.nw, p.ne = grid.Weights(wx, wy)
	return p
}

// masses is the mass of suppliers within reach of a place, of the sectors from a first one on.
func (p *place) masses(w *world.World, first int, mass []float64) {
	n := len(mass)
	at := w.Fields.SupplyAt[first+p.at:]
	sw, se, nw, ne := at[:n], at[p.east:][:n], at[p.north:][:n], at[p.north+p.east:][:n]
	a, b, c, d := p.sw, p.se, p.nw, p.ne
	for k := range mass {
		mass[k] = float64(a*float64(sw[k])) + float64(b*float64(se[k])) + (float64(c*float64(nw[k])) + float64(d*float64(ne[k])))
	}
}

// others is masses without the reader's own.
func (p *place) others(w *world.World, first int, mass []float64) {
	p.masses(w, first, mass)
	if own := p.sector - first; own >= 0 && own < len(mass) {
		mass[own] = max(mass[own]-p.own, 0)
	}
}

// qualities is the log quality of matches of each firm from row lo on, ln m = gL ln((n0+n)/(n0+nbar)), with n the workers of the
// occupation within reach but for the firm's own, and nbar the same at the start, grown with the population and the sector. What it gives
// for free rows has no meaning.
func (r *Rules) qualities(w *world.World, lo int, match []float64) {
	power := r.form(w).pool
	if power == 0 {
		clear(match)
		return
	}
	f, cut := &w.Firms, w.Cut(world.ChannelLabour)
	r.Pools(w, lo, match)
	for k, n := range match {
		i := lo + k
		if f.ID[i] == 0 {
			match[k] = 1
			continue
		}
		s := int(f.Sector[i])
		if cut {
			n = w.Cuts.Pool[s] * w.PoolUnit(s)
		}
		match[k] = r.pools[s].of(n)
	}
	num.Logs(match)
	for k := range match {
		match[k] *= power
	}
}

// quality is qualities of one firm of a sector with a labour pool of n, of which it is a power.
func (r *Rules) quality(w *world.World, power float64, sector int, n float64) float64 {
	if power == 0 {
		return 0
	}
	if w.Cut(world.ChannelLabour) {
		n = w.Cuts.Pool[sector] * w.PoolUnit(sector)
	}
	return float64(power * num.LogQuick(r.Pool(w, sector, n)))
}

// Pool is a labour pool relative to the mean of the start, generalists included.
func (r *Rules) Pool(w *world.World, sector int, n float64) float64 { return r.poolOf(w, sector).of(n) }

// A ratio is a labour pool relative to another one, generalists included in both.
type ratio struct{ floor, unit float64 }

func (q ratio) of(n float64) float64 { return (q.floor + n) * q.unit }

// poolOf is what Pool divides by in a sector.
func (r *Rules) poolOf(w *world.World, sector int) ratio {
	mean := w.Base.Pool[sector] * w.Now.Population * w.Now.Demand[sector]
	floor := float64(r.P.PoolFloor * mean)
	return ratio{floor: floor, unit: 1 / (floor + float64(mean))}
}

// rent is a cell's yearly rent per worker when more workers come: rent0 (1+used/land)^xi, in world wages.
func (r *Rules) rent(w *world.World, cell int, more float64) float64 {
	land := w.Cells.Land[cell]
	if land <= 0 {
		return 0
	}
	crowd := 1 + (w.Fields.Jobs[cell]+more)/(land+w.Levers.OfCell(world.LeverLand, cell))
	if r.P.RentElasticity != 1 {
		crowd = num.Pow(crowd, r.P.RentElasticity)
	}
	return r.P.Rent * crowd * w.Now.Wage
}

// Discounts makes of trust in suppliers the relational factors g on local mass: a share rho of inputs needs trust, and guarding
// against a supplier placed at trust tau raises the price by kappa(1-tau). It is 1 when trust is at the stranger's prior:
// g = (1-rho) + rho [(1+kappa(1-prior))/(1+kappa(1-trust))]^(sigma-1).
func (r *Rules) Discounts(prior, trust []float64, sigma float64) {
	k, rho := r.P.Governance, r.P.Relational
	for n, tau := range trust {
		trust[n] = (1 + float64(k*(1-prior[n]))) / (1 + float64(k*(1-tau)))
	}
	num.Logs(trust)
	for n := range trust {
		trust[n] *= sigma - 1
	}
	num.Exps(trust)
	for n, x := range trust {
		trust[n] = 1 - rho + float64(rho*x)
	}
}
