package production

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// Suppliers adds to sums, by sector, the mass of suppliers within firm i's reach, its own left out, times a weight.
func Suppliers(w *world.World, i int, weight float64, sums []float64) {
	f, n, s := &w.Firms, len(sums), int(w.Firms.Sector[i])
	g := &w.Ground[f.Area[i]]
	east, north := g.Shape.Beside()
	at := w.Fields.SupplyAt[(g.First+int(f.Base[i]))*n:]
	sw, se, nw, ne := at[:n], at[east*n:][:n], at[north*n:][:n], at[(north+east)*n:][:n]
	a, b, c, d := f.Weights(i)
	a, b, c, d = weight*a, weight*b, weight*c, weight*d
	for s := range sums {
		sums[s] += float64(a*float64(sw[s])) + float64(b*float64(se[s])) + (float64(c*float64(nw[s])) + float64(d*float64(ne[s])))
	}
	mass := float64(a*float64(sw[s])) + float64(b*float64(se[s])) + (float64(c*float64(nw[s])) + float64(d*float64(ne[s])))
	own := float64(f.Mass[i]) * w.EndPoint(int(f.Cell[i])) * float64(f.SelfSupply[i])
	sums[s] -= min(float64(weight*own), mass)
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

// Twins are what firms would ask with other suppliers, labour pools and trust in suppliers than they have. Any number of goroutines may
// ask them.
type Twins struct {
	r     *Rules
	form  form
	pull  []float64 // see pulls
	given []float32 // by sector: the given suppliers, as a record of the field
	pool  []float64 // by sector: the given labour pool, generalists included
	floor []float64 // by sector: the generalists
}

// Lack is how much more a firm would ask, in logs, if it lacked something that it has where it is and, instead, had the given suppliers,
// the given labour pool, or a stranger's trust in suppliers. Its labour pool and its inputs stand side by side in cost: lacking both
// adds up.
type Lack struct{ Pool, Supply, Trust, SupplyAndTrust float64 }

// Twins prepares twins for the given suppliers and labour pools, by sector.
func (r *Rules) Twins(w *world.World, suppliers, pools []float64) *Twins {
	t := &Twins{r: r, form: r.form(w)}
	t.pull = r.pulls(w, t.form.local, nil)
	for _, mass := range suppliers {
		t.given = append(t.given, float32(mass))
	}
	for s, n := range pools {
		floor := r.poolOf(w, s).floor
		t.floor, t.pool = append(t.floor, floor), append(t.pool, floor+n)
	}
	return t
}

// Of sets what each firm from row lo on lacks, at most a batch of them. What it sets for free rows has no meaning.
func (t *Twins) Of(w *world.World, lo int, lacks []Lack) {
	r, n := t.r, len(lacks)
	var ratios [world.Batch]float64
	pool, sector := ratios[:n], w.Firms.Sector[lo:][:n]
	r.Pools(w, lo, pool)
	for k, s := range sector {
		pool[k] = (t.floor[s] + pool[k]) / t.pool[s]
	}
	num.Logs(pool)
	p := &w.Params
	matches, inputs := p.Beta*t.form.pool, p.InputShare()/t.form.root
	var here, relying, there [world.Few]buyer
	neither := [1]buyer{{omega: -1}} // without trust at the given suppliers: the same for firms of a sector where roads are alike
	for first := 0; first < n; first += world.Few {
		some := lacks[first:min(first+world.Few, n)]
		own, trusts, away := here[:len(some)], relying[:len(some)], there[:len(some)] // without trust in suppliers, with it, and with it at the given suppliers
		world.CallRecords(w, lo+first, w.Fields.SupplyAt, len(t.pull))
		r.buyers(w, lo+first, t.pull, false, own)
		r.buyers(w, lo+first, t.pull, true, trusts)
		for k := range away {
			t.at(trusts[k].local, trusts[k].omega, &away[k])
		}
		t.meet(w, w.Fields.SupplyAt, own)
		t.meet(w, w.Fields.SupplyAt, trusts)
		t.meet(w, t.given, away)
		for k := range some {
			if a, b := &neither[0], &own[k]; a.omega != b.omega || a.local != b.local {
				t.at(b.local, b.omega, a)
				t.meet(w, t.given, neither[:])
			}
			l, on := &some[k], trusts[k].index()
			l.Pool = matches * pool[first+k]
			l.Supply, l.Trust, l.SupplyAndTrust = inputs*(away[k].index()-on), inputs*(own[k].index()-on), inputs*(neither[0].index()-on)
		}
	}
}

// at makes a buyer one at the given suppliers.
func (t *Twins) at(local float64, omega int, b *buyer) {
	b.at, b.east, b.north = 0, 0, 0
	b.weight = [4]float64{0: 1}
	b.local, b.own, b.self, b.omega = local, -1, 0, omega
}

// meet lets buyers meet suppliers and order nothing.
func (t *Twins) meet(w *world.World, at []float32, buyers []buyer) {
	meet(at, t.pull, w.Now.Inputs, nil, buyers, 1-t.form.local, wide())
}
