package production

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// Suppliers adds to sums, by sector, the mass of suppliers within firm i's reach, its own left out, times a weight.
func (r *Rules) Suppliers(w *world.World, i int, weight float64, sums []float64) {
	p := r.site(w, i)
	var masses [chunk]float64
	for from := 0; from < len(sums); from += chunk {
		to := min(from+chunk, len(sums))
		p.others(w, from, masses[:to-from])
		for k, mass := range masses[:to-from] {
			sums[from+k] += float64(weight * mass)
		}
	}
}

// Workers is the number of workers of firm i's occupation within its reach, its own left out, as in the last tick.
func (r *Rules) Workers(w *world.World, i int) float64 {
	f := &w.Firms
	lo, hi := w.Plane(int(f.Area[i])*len(w.Setting.Sectors) + int(f.Sector[i]))
	n := w.Read(w.Fields.Pool[lo:hi], i)
	return max(n-float64(f.Labour[i]*float64(f.SelfPool[i])), 0)
}

// Twins are the prices that firms would ask with other suppliers, labour pools and trust in suppliers than they have. They are
// of one goroutine.
type Twins struct {
	r      *Rules
	w      *world.World
	pull   []float64          // see pulls
	given  []float64          // by sector: the given suppliers
	plain  buyer              // at the given suppliers without trust: the same for all firms of a sector where roads are alike
	lo     int                // the row from which on the buyers are, of at most a batch of rows
	own    [world.Batch]buyer // at their own suppliers, without trust in them
	trusts [world.Batch]buyer // at their own suppliers, with it
	away   [world.Batch]buyer // at the given suppliers, with it
	orders []float32          // has no meaning: what they would order
}

// Twins prepares twins for the given suppliers by sector.
func (r *Rules) Twins(w *world.World, suppliers []float64) *Twins {
	return &Twins{r: r, w: w, pull: r.pulls(w, nil), given: suppliers, plain: buyer{own: -1}, orders: make([]float32, len(suppliers))}
}

// Meet readies the twins of at most a batch of rows.
func (t *Twins) Meet(lo, hi int) {
	r, w, f, n := t.r, t.w, &t.w.Firms, hi-lo
	t.lo = lo
	for k := range n {
		i := lo + k
		own, trusts, away := &t.own[k], &t.trusts[k], &t.away[k]
		if f.ID[i] == 0 {
			*own, *trusts, *away = buyer{}, buyer{}, buyer{}
			continue
		}
		r.buys(w, i, t.pull, 1, own)
		r.buys(w, i, t.pull, float64(f.Trustee[i]), trusts)
		own.orders, trusts.orders = 0, 0
		*away = t.at(trusts.local, trusts.omega)
	}
	t.meet(w.Fields.SupplyAt, t.own[:n])
	t.meet(w.Fields.SupplyAt, t.trusts[:n])
	t.meet(t.given, t.away[:n])
}

// at is a buyer at the given suppliers.
func (t *Twins) at(local float64, omega int) buyer {
	return buyer{weight: [4]float64{0: 1}, local: local, own: -1, omega: omega}
}

func (t *Twins) meet(at []float64, buyers []buyer) {
	meet(at, t.pull, t.w.Now.Inputs, t.orders, buyers, 1-t.r.P.LocalShare, wide())
}

// inputs is the sum of logs in the index of input prices of a row that is ready, with its own suppliers (bit 0) and its own trust (bit 1) on
// or off.
func (t *Twins) inputs(i int) [4]float64 {
	k := i - t.lo
	if own, p := &t.own[k], &t.plain; p.own == 0 || own.omega != p.omega || own.local != p.local {
		one := [1]buyer{t.at(own.local, own.omega)}
		t.meet(t.given, one[:])
		*p = one[0]
	}
	return [4]float64{t.plain.index(), t.own[k].index(), t.away[k].index(), t.trusts[k].index()}
}

// Of is the log prices that firm i, one of the rows that are ready, would ask at its wage in all combinations of its suppliers (bit 0), its
// labour pool (bit 1) and its trust in suppliers (bit 2), on or off; off means the given suppliers, the given pool and the stranger's prior.
func (t *Twins) Of(i int, pool float64) (price [8]float64) {
	r, w, f, own := t.r, t.w, &t.w.Firms, int(t.w.Firms.Sector[i])
	p := &w.Params
	input := t.inputs(i)
	saved, trained := w.Levers.Of(world.LeverPurchase, i), w.Levers.Of(world.LeverTraining, i)
	share, lift := p.InputShare(), 1/(1-p.Sigma)
	for c := range input {
		input[c] = share * (float64(input[c]*lift) - saved)
	}
	wage := num.LogQuick(f.Wage[i])
	var labour [2]float64
	for c, n := range [2]float64{pool, r.Workers(w, i)} {
		match := float64(r.P.PoolElasticity*num.LogQuick(r.Pool(w, own, n))) + trained
		labour[c] = float64(p.Beta * (wage - match))
	}
	rest := r.taxed(w, i, int(f.Cell[i]), -f.LogTech[i])
	for c := range price {
		price[c] = labour[c>>1&1] + input[c&1|c>>1&2] + rest
	}
	return price
}
