package production

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// Suppliers adds to sums, by sector, the mass of suppliers within firm i's reach, its own left out, times a weight.
func (r *Rules) Suppliers(w *world.World, i int, weight float64, sums []float64) {
	p, n := r.site(w, i), len(sums)
	at := w.Fields.SupplyAt[p.at:]
	sw, se, nw, ne := at[:n], at[p.east:][:n], at[p.north:][:n], at[p.north+p.east:][:n]
	a, b, c, d := weight*p.sw, weight*p.se, weight*p.nw, weight*p.ne
	for s := range sums {
		sums[s] += float64(a*sw[s]) + float64(b*se[s]) + (float64(c*nw[s]) + float64(d*ne[s]))
	}
	s := p.sector
	mass := float64(a*sw[s]) + float64(b*se[s]) + (float64(c*nw[s]) + float64(d*ne[s]))
	sums[s] -= min(float64(weight*p.own), mass)
}

// Workers is the number of workers of firm i's occupation within its reach, its own left out, as in the last tick.
func (r *Rules) Workers(w *world.World, i int) float64 {
	var n [1]float64
	r.Pools(w, i, n[:])
	return n[0]
}

// Pools is Workers of each firm from row lo on. What it gives for free rows has no meaning.
func (r *Rules) Pools(w *world.World, lo int, n []float64) {
	f := &w.Firms
	w.ReadOwn(w.Fields.Pool, lo, n)
	labour, self := f.Labour[lo:][:len(n)], f.SelfPool[lo:][:len(n)]
	for k := range n {
		n[k] = max(n[k]-float64(labour[k]*float64(self[k])), 0)
	}
}

// Twins are what firms would ask with other suppliers, labour pools and trust in suppliers than they have. They are of one
// goroutine.
type Twins struct {
	r      *Rules
	w      *world.World
	pull   []float64          // see pulls
	given  []float64          // by sector: the given suppliers
	pool   []float64          // by sector: the given labour pool, generalists included
	floor  []float64          // by sector: the generalists
	plain  buyer              // at the given suppliers without trust, the last one: the same for a sector where roads are alike
	met    bool               // plain has met
	own    [world.Batch]buyer // at their own suppliers, without trust in them
	trusts [world.Batch]buyer // at their own suppliers, with it
	away   [world.Batch]buyer // at the given suppliers, with it
	orders []float32          // has no meaning: what they would order
}

// Lack is how much more a firm would ask, in logs, if it lacked something that it has where it is and, instead, had the given suppliers,
// the given labour pool, or a stranger's trust in suppliers. Its labour pool and its inputs stand side by side in cost: lacking both
// adds up.
type Lack struct{ Pool, Supply, Trust, SupplyAndTrust float64 }

// Twins prepares twins for the given suppliers and labour pools, by sector.
func (r *Rules) Twins(w *world.World, suppliers, pools []float64) *Twins {
	t := &Twins{r: r, w: w, pull: r.pulls(w, nil), given: suppliers, orders: make([]float32, len(suppliers))}
	for s, n := range pools {
		floor := r.poolOf(w, s).floor
		t.floor, t.pool = append(t.floor, floor), append(t.pool, floor+n)
	}
	return t
}

// Of sets what each firm from row lo on lacks, at most a batch of them. What it sets for free rows has no meaning.
func (t *Twins) Of(lo int, lacks []Lack) {
	r, w, f, n := t.r, t.w, &t.w.Firms, len(lacks)
	var all [world.Batch]float64
	pool := all[:n]
	r.Pools(w, lo, pool)
	for k := range n {
		i := lo + k
		own, trusts, away := &t.own[k], &t.trusts[k], &t.away[k]
		if f.ID[i] == 0 {
			*own, *trusts, *away, pool[k] = buyer{}, buyer{}, buyer{}, 1
			continue
		}
		r.buys(w, i, t.pull, 1, own)
		r.buys(w, i, t.pull, float64(f.Trustee[i]), trusts)
		own.orders, trusts.orders = 0, 0
		*away = t.at(trusts.local, trusts.omega)
		s := f.Sector[i]
		pool[k] = (t.floor[s] + pool[k]) / t.pool[s]
	}
	num.Logs(pool)
	t.meet(w.Fields.SupplyAt, t.own[:n])
	t.meet(w.Fields.SupplyAt, t.trusts[:n])
	t.meet(t.given, t.away[:n])
	p := &w.Params
	matches, inputs := p.Beta*r.P.PoolElasticity, p.InputShare()/(1-p.Sigma)
	for k := range lacks {
		l, on := &lacks[k], t.trusts[k].index()
		l.Pool = matches * pool[k]
		l.Supply, l.Trust = inputs*(t.away[k].index()-on), inputs*(t.own[k].index()-on)
		l.SupplyAndTrust = inputs * (t.without(&t.own[k]) - on)
	}
}

// at is a buyer at the given suppliers.
func (t *Twins) at(local float64, omega int) buyer {
	return buyer{weight: [4]float64{0: 1}, local: local, own: -1, omega: omega}
}

func (t *Twins) meet(at []float64, buyers []buyer) {
	meet(at, t.pull, t.w.Now.Inputs, t.orders, buyers, 1-t.r.P.LocalShare, wide())
}

// without is the sum of logs in the index of input prices of a buyer that has the given suppliers and no trust in them.
func (t *Twins) without(b *buyer) float64 {
	if p := &t.plain; !t.met || b.omega != p.omega || b.local != p.local {
		one := [1]buyer{t.at(b.local, b.omega)}
		t.meet(t.given, one[:])
		*p, t.met = one[0], true
	}
	return t.plain.index()
}
