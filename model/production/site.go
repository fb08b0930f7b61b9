package production

import (
	"agglo/model/world"
	"agglo/sim/grid"
	"agglo/sim/num"
)

// together is how many visits are judged at once: what is read there and what is made of it should not fill the nearest cache.
const together = 32

// Sites judges sites: the value of each to its firm in units of log profit over sigma, which is the log of the revenue that the
// firm's price would bring there, over sigma, less rent as a share of sales, and what is left of profit after tax. Revenue per appeal is
// p^(1-sigma) (home access + reach x world demand + receipts from firms). A firm judges its present cell without itself.
func (r *Rules) Sites(w *world.World, visits []world.Visit) {
	for ; len(visits) > together; visits = visits[together:] {
		r.sites(w, visits[:together])
	}
	r.sites(w, visits)
}

// look is what a firm reads where it stands on a visit.
type look struct {
	cell              int
	there             bool // in its own cell
	supply            place
	spot, east, north int // of a plane of the firm's sector: see grid.Bilinear
	wx, wy            float64
	fields            [fieldsRead]float64
	inputs            float64 // the sum of logs in the index of input prices
	heard             float64 // has no meaning: see call
}

// The fields that are read by plane.
const (
	readPool = iota
	readAccess
	readReceipts
	fieldsRead
)

// sites is Sites of so many visits at most, in short loops: each place is far from the others in memory.
func (r *Rules) sites(w *world.World, visits []world.Visit) {
	var all [together]look
	looks := all[:len(visits)]
	for k := range looks {
		r.stand(w, &visits[k], &looks[k])
	}
	for k := range looks {
		call(w, int(visits[k].Row), &looks[k])
	}
	for n, field := range [fieldsRead][]float64{readPool: w.Fields.Pool, readAccess: w.Fields.Access, readReceipts: w.Fields.Receipts} {
		for k := range looks {
			l := &looks[k]
			l.fields[n] = grid.Bilinear(field, l.spot, l.east, l.north, l.wx, l.wy)
		}
	}
	in := r.form(w)
	r.inputs(w, in, visits, looks)
	for k := range looks {
		visits[k].Value = r.judge(w, in, int(visits[k].Row), &looks[k])
	}
	if w.TaxesDiffer() {
		for k := range looks {
			visits[k].Value += keeps(w, &visits[k], looks[k].cell)
		}
	}
}

// stand finds where a site lies in the fields.
func (r *Rules) stand(w *world.World, v *world.Visit, l *look) {
	f, g, i := &w.Firms, &w.Ground[v.Area], int(v.Row)
	l.cell = g.First + g.CellAt(v.At)
	base, wx, wy := g.Shape.Cloud(v.At.X, v.At.Y)
	if l.there = l.cell == int(f.Cell[i]); l.there {
		l.supply = r.site(w, i)
	} else {
		l.supply = r.spot(w, i, g, int(base), wx, wy)
	}
	lo, _ := w.Plane(int(v.Area)*len(w.Setting.Sectors) + l.supply.sector)
	l.spot, l.wx, l.wy = lo+int(base), wx, wy
	l.east, l.north = g.Shape.Beside()
}

// call reads a bit of all that is about to be read of the suppliers around a place, of its cell and of firm i, which brings it to
// hand. What it leaves has no meaning.
func call(w *world.World, i int, l *look) {
	at, n, f := w.Fields.SupplyAt[l.supply.at:], l.supply.north, &w.Firms
	l.heard = float64(at[0]+at[l.supply.east]+at[n]+at[n+l.supply.east]) +
		w.Fields.LogWage[l.cell] + w.Fields.Jobs[l.cell] + w.Fields.EndPoint[l.cell] +
		f.Labour[i] + f.Sales[i] + f.LogTech[i] + float64(f.Trustee[i]+f.Reach[i])
}

// inputs is the sum of logs in the index of input prices that each firm would meet on its visit; see order.
func (r *Rules) inputs(w *world.World, in form, visits []world.Visit, looks []look) {
	sectors := len(w.Setting.Sectors)
	for from := 0; from < sectors; from += chunk {
		to := min(from+chunk, sectors)
		var masses [together][chunk]float64
		for k := range looks {
			looks[k].supply.others(w, from, masses[k][:to-from])
		}
		for k := range looks {
			index, l := masses[k][:to-from], &looks[k]
			local := in.local * w.Reliance(int(visits[k].Row)) * w.EndPoint(l.cell) / w.Now.Population
			for k, mass := range index {
				s := from + k
				if w.Cut(world.ChannelInput) {
					mass = w.Cuts.Supply[s] * w.SupplyUnit(s)
				}
				pull := local / (w.Base.Supply[s] * w.Now.Demand[s])
				index[k] = 1 - in.local + float64(pull*mass)
			}
			l.inputs += num.DotLog(w.Now.Inputs[l.supply.sector*sectors:][from:to], index)
		}
	}
}

// judge is the value of a site to firm i by what it has read there.
func (r *Rules) judge(w *world.World, in form, i int, l *look) float64 {
	f, cell, sector, sigma := &w.Firms, l.cell, l.supply.sector, w.Params.Sigma
	pool, receipts, more := l.fields[readPool], l.fields[readReceipts], f.Labour[i]
	if l.there {
		pool = max(pool-float64(f.Labour[i]*float64(f.SelfPool[i])), 0)
		more = 0
	}
	if l.there && int(f.Born[i]) < w.Now.Tick { // a newborn has ordered nothing yet
		receipts = max(receipts-float64(float64(w.OrdersOf(i)[sector])*float64(f.SelfSupply[i])), 0)
	}
	input := l.inputs/in.root - w.Levers.Of(world.LeverPurchase, i)
	match := r.quality(w, in.pool, sector, pool) + w.Levers.Of(world.LeverTraining, i)
	price := r.logPrice(w, i, cell, w.Fields.LogWage[cell], input, match)
	end, final := w.EndPoint(cell), w.FinalReach(cell)
	revenue := float64(end * (float64(final*l.fields[readAccess]) + receipts))
	revenue += float64(float64(f.Reach[i]) * w.WorldDemand(sector) * final)
	share := float64(r.rent(w, cell, more) * f.Labour[i] / max(f.Sales[i], f.Labour[i]*w.Now.Wage) * (1 - w.RentPaid(cell)))
	return (num.LogQuick(revenue)+float64((1-sigma)*price))/sigma - share
}
