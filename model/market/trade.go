package market

import (
	"math"

	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/grid"
	"agglo/sim/page"
	"agglo/sim/rng"
)

// Rules are the rules of trade with their parameters and scratch memory.
type Rules struct {
	P       Params
	scale   []float64            // by sector: what appeals are multiplied by in this tick
	scratch []world.Scratch      // by plane
	commute []*grid.CouplingWork // by area
	// deliver sets the capacity of firms from a row to before another; the technology lies in another package.
	deliver func(w *world.World, lo, hi int)
	agreed  agreement
}

// New makes the rules. deliver sets the value that each firm from row lo to before row hi can deliver in a year.
func New(p Params, w *world.World, deliver func(w *world.World, lo, hi int)) *Rules {
	r := &Rules{P: p, deliver: deliver, scale: make([]float64, len(w.Setting.Sectors)), scratch: w.Scratch()}
	for a := range w.Ground {
		r.commute = append(r.commute, w.Ground[a].Commute.NewWork())
	}
	return r
}

// Meet fills, one plane a row, what a firm needs to know of its customers: the access to home demand and the field of
// receipts from firms. Households of a cell spread their spending over local sellers within reach and the world's in the
// way of Dixit and Stiglitz (1977); access is the sum over cells of spending over competing mass, which the same kernel
// gives, because it is its own adjoint.
func (r *Rules) Meet(w *world.World, _, lo, hi int) {
	costly := w.Levers.PulledAt(world.LeverReach)
	for p := lo; p < hi; p++ {
		sectors := len(w.Setting.Sectors)
		area, s := p/sectors, p%sectors
		f, g := &w.Firms, &w.Ground[area]
		from, to := w.Plane(p)
		scratch := &r.scratch[p]
		mass := scratch.Mass
		rivals, access := w.Fields.Rivals[from:to], w.Fields.Access[from:to]
		east, north := g.Shape.Beside()
		clear(mass)
		cell := f.Cell
		base, weight, wx, wy := f.Base[:len(cell)], f.Weight[:len(cell)], f.WX[:len(cell)], f.WY[:len(cell)]
		rows := w.RowsOf(s, g)
		for k, i := range rows {
			if k%world.Batch == 0 {
				lo, hi := world.CallBehind(w, g, rows[k:], mass)
				page.CallAll(weight[lo:hi])
			}
			at := int(cell[i])
			x := float64(weight[i]) * w.EndPoint(at)
			if costly {
				x *= w.FinalReach(at)
			}
			upper, c := float64(x*float64(wy[i])), int(base[i])
			lower := x - upper
			toEast := float64(lower * float64(wx[i]))
			mass[c] += lower - toEast
			mass[c+east] += toEast
			c += north
			toEast = float64(upper * float64(wx[i]))
			mass[c] += upper - toEast
			mass[c+east] += toEast
		}
		scratch.Smooth(g.Home, rivals, mass)
		world, share := w.Base.Rivals[s]*w.Now.Population*w.Now.Demand[s], w.Now.Share[s]
		spending, rivals := w.Fields.Spending[g.First:][:len(mass)], rivals[:len(mass)]
		for c := range mass {
			mass[c] = share * spending[c] / (rivals[c] + float64(world))
		}
		scratch.Smooth(g.Home, access, mass)

		copy(mass, w.Fields.Receipts[from:to]) // orders until here, see Sort
		scratch.Smooth(g.Supply, w.Fields.Receipts[from:to], mass)
	}
}

// Bands is how many parts the firms are cut into when their orders are put on the map. It is fixed, so that the sums do
// not depend on the number of workers.
const Bands = 3

// band is where the orders of a band of firms in an area are put, by cell x sector: in what nobody reads before Meet fills it anew.
func band(w *world.World, b int, g *world.Ground) []float64 {
	from, n := g.First*len(w.Setting.Sectors), g.Cells*len(w.Setting.Sectors)
	return [Bands][]float64{w.Fields.Rivals[from:][:n], w.Fields.Access[from:][:n], g.Stage()}[b]
}

// Order puts the orders of firms on their four nearest cells, all sectors at once, one band of firms a row.
func (r *Rules) Order(w *world.World, _, lo, hi int) {
	f := &w.Firms
	for b := lo; b < hi; b++ {
		for a := range w.Ground {
			clear(band(w, b, &w.Ground[a]))
		}
		from, to := b*w.Rows()/Bands, (b+1)*w.Rows()/Bands
		n := len(w.Setting.Sectors)
		for from < to { // the rows of one area after the other; free ones order nothing
			g, next := w.OneArea(from, to)
			east, north := g.Shape.Beside()
			for at := band(w, b, g); from < next; {
				to := min(from+world.Few, next)
				first, end := world.Ahead(from, next)
				page.Call(at, f.Base[first:end], n, 0, 2*n)
				page.Call(at, f.Base[first:end], n, north*n, 2*n)
				grid.Strew(at, n, east, north, f.Base[from:to], f.WX[from:to], f.WY[from:to], w.Fields.Orders[from*n:to*n])
				from = to
			}
		}
	}
}

// Sort brings the orders of all bands from cells to planes, where the receipts will be; the rows are cells. In a phase of
// its own, because a plane alone would fetch a line of memory for each number.
func (r *Rules) Sort(w *world.World, _, lo, hi int) {
	sectors := len(w.Setting.Sectors)
	for a := range w.Ground {
		g := &w.Ground[a]
		all := [Bands][]float64{band(w, 0, g), band(w, 1, g), band(w, 2, g)}
		for c := max(lo, g.First) - g.First; c < min(hi-g.First, g.Cells); c++ {
			at := c * sectors
			first, second, third := all[0][at:][:sectors], all[1][at:][:sectors], all[2][at:][:sectors]
			to := g.First*sectors + c
			for s := range first {
				w.Fields.Receipts[to] = first[s] + second[s] + third[s]
				to += g.Cells
			}
		}
	}
}

// Sums that Sell leaves.
const (
	sumDemand = iota
	sumSales
	sumHome
	sumInputs
	sumExports
	sumAsked // orders of firms to local suppliers, before rationing
	sumSpent // spending on inputs
	SellSums // how many sums Sell leaves
)

// Sell adds up each firm's demand from households, firms and the world, and what it delivers. What it cannot deliver is
// imported by those who ordered it.
func (r *Rules) Sell(w *world.World, tick, lo, hi int) {
	sums := w.Sums.Block(lo, sim.BlockRows)
	for ; lo < hi; lo += world.Batch {
		to := min(lo+world.Batch, hi)
		world.CallOwn(w, to, w.Fields.Access)
		world.CallOwn(w, to, w.Fields.Receipts)
		world.CallCells(w, to, w.Fields.EndPoint)
		r.export(w, tick, lo, to)
		demand(w, lo, to)
		r.deliver(w, lo, to)
		for k := lo; k < to; k += world.Summed {
			deliver(w, k, min(k+world.Summed, to), sums)
		}
	}
}

// deliver lets some firms deliver what they can of what is asked.
func deliver(w *world.World, lo, hi int, sums []float64) {
	f := &w.Firms
	id := f.ID[lo:hi]
	n := len(id)
	weight, mass, capacity, asked, sale := f.Weight[lo:][:n], f.Mass[lo:][:n], f.Capacity[lo:][:n], f.Demand[lo:][:n], f.Sales[lo:][:n]
	inputs, exports, orders := f.Inputs[lo:][:n], f.Exports[lo:][:n], f.Orders[lo:][:n]
	var all, sold, atHome, toFirms, abroad, wanted, spent float64
	for k, key := range id {
		if key == 0 {
			continue
		}
		mass[k] = weight[k] // what input buyers will know of it next time
		demand, sales, fill := asked[k], 0.0, 0.0
		if demand > 0 {
			sales = min(demand, float64(capacity[k])) // without a branch: who cannot deliver all is not foreseen
			fill = sales / demand
		}
		sale[k] = sales
		fromFirms, fromWorld := inputs[k], float64(exports[k])
		all += demand
		sold += sales
		atHome += float64(fill * (demand - fromFirms - fromWorld))
		toFirms += float64(fill * fromFirms)
		abroad += float64(fill * fromWorld)
		wanted += fromFirms
		spent += orders[k]
	}
	for k, x := range [SellSums]float64{sumDemand: all, sumSales: sold, sumHome: atHome, sumInputs: toFirms, sumExports: abroad,
		sumAsked: wanted, sumSpent: spent} {
		sums[k] += x
	}
}

// lesser is min with a branch, for where it is nearly always a.
func lesser(a, b float64) float64 {
	if b < a {
		return b
	}
	return a
}

// Ask sets what households, firms and the world order from firm i in a year.
func (r *Rules) Ask(w *world.World, i int) { demand(w, i, i+1) }

// demand is Ask of a batch of firms.
func demand(w *world.World, lo, hi int) {
	f, sectors := &w.Firms, len(w.Setting.Sectors)
	var homes, inputs [world.Batch]float64
	access, receipts := homes[:hi-lo], inputs[:hi-lo]
	w.ReadBoth(w.Fields.Access, w.Fields.Receipts, lo, access, receipts)
	id := f.ID[lo:hi]
	n := len(id)
	sector, cell, weight, mass, self := f.Sector[lo:][:n], f.Cell[lo:][:n], f.Weight[lo:][:n], f.Mass[lo:][:n], f.SelfSupply[lo:][:n]
	reach, byFirms, byWorld, asked := f.Reach[lo:][:n], f.Inputs[lo:][:n], f.Exports[lo:][:n], f.Demand[lo:][:n]
	own := w.Fields.Orders[lo*sectors:][:n*sectors]
	costly := w.Levers.PulledAt(world.LeverReach)
	of, outside := -1, 0.0
	for k, key := range id {
		if key == 0 {
			continue
		}
		s := int(sector[k])
		if s != of { // rows lie by sector
			of, outside = s, w.WorldDemand(s)
		}
		end, final := w.EndPoint(int(cell[k])), 1.0
		if costly {
			final = w.FinalReach(int(cell[k]))
		}
		seen := float64(weight[k]) * final
		received := receipts[k] - float64(float64(own[k*sectors+s])*float64(self[k]))
		if received < 0 {
			received = 0
		}
		fromFirms := float64(float64(mass[k]) * end * received)
		fromWorld := float32(float64(reach[k]) * outside * seen)
		byFirms[k], byWorld[k] = fromFirms, fromWorld
		asked[k] = float64(seen*end*access[k]) + fromFirms + float64(fromWorld)
	}
}

// export moves the reach of a batch of firms: becoming an exporter is rare, more likely below the sector's mean price, and takes
// years to bear fruit.
func (r *Rules) export(w *world.World, tick, lo, hi int) {
	f, deck := &w.Firms, w.Seed.Deck(drawExport, tick, 0)
	stop, start := rng.EdgeAt(r.P.ExportStop/world.TicksPerYear), float64(r.P.ExportStart/world.TicksPerYear)
	chance, likely, helped := rng.EdgeAt(start), rng.EdgeAt(float64(2*start)), w.Levers.Pulled(world.LeverExport)
	targets, speed := [2]float64{r.P.Reach, 1}, r.P.ReachSpeed // of firms at home, of exporters
	id := f.ID[lo:hi]
	exporter, reach := f.Exporter[lo:][:len(id)], f.Reach[lo:][:len(id)]
	for k, key := range id {
		if key == 0 {
			continue
		}
		if helped {
			p := start + float64(w.Levers.Of(world.LeverExport, lo+k)/world.TicksPerYear)
			chance, likely = rng.EdgeAt(p), rng.EdgeAt(float64(2*p))
		}
		draw, turns := deck.Top(key)>>1, likely
		if exporter[k] {
			turns = stop
		}
		if turns.Holds(draw) {
			if exporter[k] {
				exporter[k] = false
			} else {
				s := &w.Sectors[f.Sector[lo+k]]
				exporter[k] = chance.Holds(draw) || s.Firms > 0 && f.LogPrice[lo+k] < s.LogPrice/s.Firms
			}
		}
		abroad := 0
		if exporter[k] {
			abroad = 1
		}
		before := float64(reach[k])
		reach[k] = float32(before + float64(speed*(targets[abroad]-before)))
	}
}

// Clear books the region's trade of the tick: receipts, and what had to come from the world.
func (r *Rules) Clear(w *world.World, _ int) error {
	m, quarter := &w.Money, 1.0/world.TicksPerYear
	m.Turnover = quarter * w.Sums.Total(sumSales)
	m.HomeSales = quarter * w.Sums.Total(sumHome)
	m.InputReceipts = quarter * w.Sums.Total(sumInputs)
	m.Exports = quarter * w.Sums.Total(sumExports)
	m.LocalOrders = quarter * w.Sums.Total(sumAsked)
	m.InputSpending = quarter * w.Sums.Total(sumSpent)
	m.Imports = float64(m.InputSpending) - float64(m.InputReceipts)
	spent := 0.0
	for k := range w.Markets.Balance {
		if w.Markets.Balance[k] > 0 { // households spend all they have; what they owe stays owed
			spent += w.Markets.Balance[k]
			w.Markets.Balance[k] = 0
		}
	}
	m.Imports += spent - m.HomeSales
	w.Count.Rationed = 0
	if d := w.Sums.Total(sumDemand); d > 0 {
		w.Count.Rationed = math.Max(0, 1-w.Sums.Total(sumSales)/d)
	}
	return nil
}
