package production

import (
	"agglo/model/world"
	"agglo/sim/grid"
	"agglo/sim/num"
)

// A buyer is what the index of input prices needs of a firm.
type buyer struct {
	at, east, north int        // where the record of suppliers in the south-western cell begins, and the steps to its neighbours
	weight          [4]float64 // of the four nearest cells
	local           float64    // how much a local supplier counts: trust in suppliers times the end of the journey
	own             float64    // the firm's sector, and
	self            float64    // its own mass at its place, as local suppliers count
	omega, orders   int        // where the shares of inputs and the orders begin
	spending        float64    // yearly, on inputs, times local
	sums            [4]float64 // of omega ln index, each of every fourth sector
}

// index is the sum of logs in the index of input prices.
func (b *buyer) index() float64 { return b.sums[0] + b.sums[1] + (b.sums[2] + b.sums[3]) }

// order is the index of input prices of the firms from row lo on, ln q = sum over sectors of omega ln q_s, with
// q_s^(1-sigma) = (1-l) + l g V_s/V0_s: Cobb-Douglas over sectors, CES inside, where local suppliers within reach (V) stand
// beside the world's. It leaves what the firms' orders to each sector add to the field of receipts. Free rows order nothing.
func (r *Rules) order(w *world.World, lo int, pull, input []float64) {
	f := &w.Firms
	spent := w.Params.InputShare() * w.Params.CostShare()
	orders, sales := f.Orders[lo:][:len(input)], f.Sales[lo:][:len(input)]
	for k := range orders {
		orders[k] = spent * sales[k]
	}
	if w.Levers.Unlike() {
		for k := range orders {
			orders[k] *= w.Worth(lo + k)
		}
	}
	rest, trusting, cut := 1-r.P.LocalShare, !w.Cut(world.ChannelTrust), w.Cut(world.ChannelInput)
	lift := 1 / r.form(w).root
	var all [world.Few]buyer
	for k := 0; k < len(input); k += world.Few {
		index := input[k:min(k+world.Few, len(input))]
		buyers := all[:len(index)]
		world.CallRecords(w, lo+k, w.Fields.SupplyAt, len(pull))
		r.buyers(w, lo+k, pull, trusting, buyers)
		if cut {
			for n := range buyers {
				r.flat(w, &buyers[n], rest, pull)
			}
		} else {
			meet(w.Fields.SupplyAt, pull, w.Now.Inputs, w.Fields.Orders, buyers, rest, wide())
		}
		if r.P.ReducedForm {
			r.reduce(w, lo+k, trusting, cut, buyers)
		}
		for n := range index {
			index[n] = buyers[n].index() * lift
		}
	}
}

// buyers notes what the index of input prices needs of the firms from row lo on, with the trust that they have in local suppliers or
// with a stranger's.
func (r *Rules) buyers(w *world.World, lo int, pull []float64, trusting bool, list []buyer) {
	f, n, m := &w.Firms, len(pull), len(list)
	area, cell, sector, base := f.Area[lo:][:m], f.Cell[lo:][:m], f.Sector[lo:][:m], f.Base[lo:][:m]
	wx, wy, mass, self := f.WX[lo:][:m], f.WY[lo:][:m], f.Mass[lo:][:m], f.SelfSupply[lo:][:m]
	trustee, orders := f.Trustee[lo:][:m], f.Orders[lo:][:m]
	var g *world.Ground
	var east, north int
	for k := range list {
		if k == 0 || area[k] != area[k-1] {
			g = &w.Ground[area[k]]
			east, north = g.Shape.Beside()
			east, north = east*n, north*n
		}
		b, end, own := &list[k], w.EndPoint(int(cell[k])), int(sector[k])
		b.at, b.east, b.north = (g.First+int(base[k]))*n, east, north
		b.weight[0], b.weight[1], b.weight[2], b.weight[3] = grid.Weights(float64(wx[k]), float64(wy[k]))
		b.local = end
		if trusting {
			b.local *= float64(trustee[k])
		}
		b.own, b.self = float64(own), b.local*pull[own]*(float64(mass[k])*end*float64(self[k]))
		b.omega, b.orders, b.spending = own*n, (lo+k)*n, orders[k]*b.local
	}
}

// meet lets buyers meet suppliers, each at its own place and without itself: q_s^(1-sigma) of each sector, its logarithm into the sums, and
// the orders to it, where there is room for them. Where the processor can, four sectors are taken at a time, in assembly (order_amd64.s), with the same bits.
func meet(at []float32, pull, omega []float64, orders []float32, buyers []buyer, rest float64, wide bool) {
	n := len(pull)
	if wide && n > 0 && len(buyers) > 0 {
		for k := range buyers { // the assembly does not look whether what it reads is there
			b := &buyers[k]
			if b.at < 0 || b.east < 0 || b.north < 0 || b.at+b.east+b.north > len(at)-n ||
				b.omega < 0 || b.omega > len(omega)-n || len(orders) > 0 && (b.orders < 0 || b.orders > len(orders)-n) {
				panic("production: a buyer whose records are not there")
			}
		}
		meetWide(&at[0], &pull[0], &omega[0], first(orders), &buyers[0], len(buyers), rest, n)
		return
	}
	for k := range buyers {
		b := &buyers[k]
		b.sums = [4]float64{}
		for s := range n {
			c := b.at + s
			mass := float64(b.weight[0]*float64(at[c])) + float64(b.weight[1]*float64(at[c+b.east])) +
				(float64(b.weight[2]*float64(at[c+b.north])) + float64(b.weight[3]*float64(at[c+b.north+b.east])))
			index := rest + float64(float64(b.local*pull[s])*mass)
			if float64(s) == b.own {
				index -= b.self
			}
			index = max(index, rest)
			share := omega[b.omega+s]
			b.sums[s&3] += float64(share * num.LogQuick(index))
			if len(orders) == 0 {
				continue
			}
			orders[b.orders+s] = float32(float64(float64(b.spending*share)*pull[s]) / index)
		}
	}
}

// first is where a list begins, nil where it is empty.
func first(x []float32) *float32 {
	if len(x) == 0 {
		return nil
	}
	return &x[0]
}

// told is how many times as large as all others of its sector a firm may be and still order of them where orders are divided by their
// mass: the field holds seven digits, and of so little too few would be left.
const told = 1 << 16

// flat is meet for a buyer when all firms meet the mean site. The orders that it leaves are such that local suppliers receive what the
// mean site says.
func (r *Rules) flat(w *world.World, b *buyer, rest float64, pull []float64) {
	at := w.Fields.SupplyAt[b.at:]
	b.sums = [4]float64{}
	for s, x := range pull {
		mass := float64(b.weight[0]*float64(at[s])) + float64(b.weight[1]*float64(at[b.east+s])) +
			(float64(b.weight[2]*float64(at[b.north+s])) + float64(b.weight[3]*float64(at[b.north+b.east+s])))
		there := rest + float64(b.local*x*mass)
		if float64(s) == b.own {
			if there -= b.self; there-rest < b.self/told {
				there = rest
			}
		}
		met := b.local * r.P.LocalShare * w.Cuts.Supply[s]
		index := float64(rest) + float64(met)
		share, order := w.Now.Inputs[b.omega+s], 0.0
		if there > rest {
			order = b.spending * share * x / index * met / (there - rest)
		}
		w.Fields.Orders[b.orders+s] = float32(order)
		b.sums[s&3] += float64(share * num.LogQuick(index))
	}
}
