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
	r     *Rules
	w     *world.World
	unit  []float64 // by sector: 1 over the mass of suppliers at a mean site of the start
	mean  []float64 // by sector: the given suppliers in that unit
	own   int       // the sector of which plain and index hold; -1 = none yet
	plain float64
	index float64 // of input prices at the given suppliers without trust: the same for all firms of a sector where roads are alike
}

// Twins prepares twins for the given suppliers by sector.
func (r *Rules) Twins(w *world.World, suppliers []float64) *Twins {
	t := &Twins{r: r, w: w, unit: make([]float64, len(suppliers)), mean: make([]float64, len(suppliers)), own: -1}
	for s, mass := range suppliers {
		t.unit[s] = 1 / (w.Base.Supply[s] * w.Now.Demand[s])
		t.mean[s] = mass * t.unit[s]
	}
	return t
}

// Of is the log prices that firm i would ask at its wage in all combinations of its suppliers (bit 0), its labour pool (bit 1) and
// its trust in suppliers (bit 2), on or off; off means the given suppliers, the given pool and the stranger's prior.
func (t *Twins) Of(i int, pool float64) (price [8]float64) {
	r, w, f, own := t.r, t.w, &t.w.Firms, int(t.w.Firms.Sector[i])
	p := &w.Params
	input := t.inputs(i) // bit 0 own suppliers, bit 1 own trust
	saved, trained := w.Levers.Of(world.LeverPurchase, i), w.Levers.Of(world.LeverTraining, i)
	for c := range input {
		input[c] = float64(p.InputShare() * (input[c]/(1-p.Sigma) - saved))
	}
	wage := num.LogQuick(f.Wage[i])
	var labour [2]float64
	for c, n := range [2]float64{pool, r.Workers(w, i)} {
		match := float64(r.P.PoolElasticity*num.LogQuick(r.Pool(w, own, n))) + trained
		labour[c] = float64(p.Beta * (wage - match))
	}
	for c := range price {
		price[c] = r.taxed(w, i, int(f.Cell[i]), labour[c>>1&1]+input[c&1|c>>1&2]-f.LogTech[i])
	}
	return price
}

// inputs is firm i's sum of logs in the index of input prices with its own suppliers (bit 0) and its own trust (bit 1) on or off.
func (t *Twins) inputs(i int) (input [4]float64) {
	r, w, f, own := t.r, t.w, &t.w.Firms, int(t.w.Firms.Sector[i])
	place := r.site(w, i)
	plain := r.P.LocalShare * w.EndPoint(int(f.Cell[i])) / w.Now.Population
	trusting := plain * float64(f.Trustee[i])
	omegas := w.Now.Inputs[own*len(t.unit):][:len(t.unit)]
	if own != t.own || plain != t.plain {
		t.own, t.plain, t.index = own, plain, 0
		for from := 0; from < len(omegas); from += chunk {
			to := min(from+chunk, len(omegas))
			t.index += r.dotLog(omegas[from:to], t.mean[from:to], plain)
		}
	}
	input[0] = t.index
	for from := 0; from < len(omegas); from += chunk {
		to := min(from+chunk, len(omegas))
		var masses [chunk]float64
		there, omega := masses[:to-from], omegas[from:to]
		place.others(w, from, there)
		for k, unit := range t.unit[from:to] {
			there[k] *= unit
		}
		input[1] += r.dotLog(omega, there, plain)
		if trusting != plain {
			input[2] += r.dotLog(omega, t.mean[from:to], trusting)
			input[3] += r.dotLog(omega, there, trusting)
		}
	}
	if trusting == plain {
		input[2], input[3] = input[0], input[1]
	}
	return input
}

// dotLog is the sum of omega ln q^(1-sigma) over at most a chunk of sectors, of which suppliers of some mass stand within reach and
// local ones count so much.
func (r *Rules) dotLog(omega, mass []float64, local float64) float64 {
	var indices [chunk]float64
	index := indices[:len(mass)]
	rest := 1 - r.P.LocalShare
	for k, m := range mass {
		index[k] = rest + float64(local*m)
	}
	return num.DotLog(omega, index)
}
