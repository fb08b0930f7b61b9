package production

import (
	"agglo/model/world"
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
// beside the world's. It leaves what the firms' orders to each sector add to the field of receipts.
func (r *Rules) order(w *world.World, lo int, pull, input []float64) {
	f := &w.Firms
	spent := w.Params.InputShare() * w.Params.CostShare()
	var all [world.Batch]buyer
	buyers := all[:0]
	for i := lo; i < lo+len(input); i++ {
		if f.ID[i] == 0 {
			clear(w.OrdersOf(i))
			continue
		}
		f.Orders[i] = spent * f.Sales[i] * w.Worth(i)
		buyers = buyers[:len(buyers)+1]
		r.buys(w, i, pull, w.Reliance(i), &buyers[len(buyers)-1])
	}
	rest := 1 - r.P.LocalShare
	if w.Cut(world.ChannelInput) {
		for k := range buyers {
			r.flat(w, &buyers[k], rest, pull)
		}
	} else {
		meet(w.Fields.SupplyAt, pull, w.Now.Inputs, w.Fields.Orders, buyers, rest, wide())
	}
	b := 0
	for k := range input {
		if input[k] = 0; f.ID[lo+k] != 0 {
			input[k] = buyers[b].index() / (1 - w.Params.Sigma)
			b++
		}
	}
}

// buys notes what the index of input prices needs of firm i, which relies on local suppliers so much.
func (r *Rules) buys(w *world.World, i int, pull []float64, reliance float64, b *buyer) {
	f, g, n := &w.Firms, &w.Ground[w.Firms.Area[i]], len(pull)
	east, north := g.Shape.Beside()
	end, own := w.EndPoint(int(f.Cell[i])), int(f.Sector[i])
	b.at, b.east, b.north = (g.First+int(f.Base[i]))*n, east*n, north*n
	b.weight[0], b.weight[1], b.weight[2], b.weight[3] = f.Weights(i)
	b.local = reliance * end
	b.own, b.self = float64(own), b.local*pull[own]*(float64(f.Mass[i])*end*float64(f.SelfSupply[i]))
	b.omega, b.orders, b.spending = own*n, i*n, f.Orders[i]*b.local
}

// meet lets buyers meet suppliers, each at its own place and without itself: q_s^(1-sigma) of each sector, its logarithm into the sums, and
// the orders to it. Where the processor can, four sectors are taken at a time, in assembly (order_amd64.s), with the same bits.
func meet(at, pull, omega []float64, orders []float32, buyers []buyer, rest float64, wide bool) {
	n, m := len(pull), 0
	if wide && n >= 4 && len(buyers) > 0 {
		m = n &^ 3
		for k := range buyers { // the assembly does not look whether what it reads is there
			b := &buyers[k]
			_, _, _ = at[b.at+b.north+b.east:][:n], omega[b.omega:][:n], orders[b.orders:][:n]
		}
		meetWide(&at[0], &pull[0], &omega[0], &orders[0], &buyers[0], len(buyers), rest, m)
		if m == n {
			return
		}
	}
	for k := range buyers {
		b := &buyers[k]
		if m == 0 {
			b.sums = [4]float64{}
		}
		for s := m; s < n; s++ {
			c := b.at + s
			mass := float64(b.weight[0]*at[c]) + float64(b.weight[1]*at[c+b.east]) +
				(float64(b.weight[2]*at[c+b.north]) + float64(b.weight[3]*at[c+b.north+b.east]))
			index := rest + float64(float64(b.local*pull[s])*mass)
			if float64(s) == b.own {
				index -= b.self
			}
			index = max(index, rest)
			share := omega[b.omega+s]
			b.sums[s&3] += float64(share * num.LogQuick(index))
			orders[b.orders+s] = float32(float64(float64(b.spending*share)*pull[s]) / index)
		}
	}
}

// flat is meet for a buyer when all firms meet the mean site. The orders that it leaves are such that local suppliers receive what the
// mean site says.
func (r *Rules) flat(w *world.World, b *buyer, rest float64, pull []float64) {
	at := w.Fields.SupplyAt[b.at:]
	b.sums = [4]float64{}
	for s, x := range pull {
		mass := float64(b.weight[0]*at[s]) + float64(b.weight[1]*at[b.east+s]) +
			(float64(b.weight[2]*at[b.north+s]) + float64(b.weight[3]*at[b.north+b.east+s]))
		there := rest + float64(b.local*x*mass)
		if float64(s) == b.own {
			there = max(there-b.self, rest)
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
