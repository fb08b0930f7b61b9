package production

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// Suppliers adds to sums, by sector, the mass of suppliers within firm i's reach, its own left out, times a weight.
func (r *Rules) Suppliers(w *world.World, i int, weight float64, sums []float64) {
	p := r.site(w, i)
	for s := range sums {
		sums[s] += float64(weight * p.mass(w, s))
	}
}

// Workers is the number of workers of firm i's occupation within its reach, its own left out, as in the last tick.
func (r *Rules) Workers(w *world.World, i int) float64 {
	f := &w.Firms
	lo, hi := w.Plane(int(f.Area[i])*len(w.Setting.Sectors) + int(f.Sector[i]))
	n := w.Read(w.Fields.Pool[lo:hi], i)
	return max(n-float64(f.Labour[i]*float64(f.SelfPool[i])), 0)
}

// Twins are the log prices that firm i would ask at its wage in all combinations of its suppliers (bit 0), its labour pool
// (bit 1) and its trust in suppliers (bit 2), on or off; off means the given suppliers by sector, the given pool and the
// stranger's prior.
func (r *Rules) Twins(w *world.World, i int, suppliers []float64, pool float64) (price [8]float64) {
	f, own, sectors := &w.Firms, int(w.Firms.Sector[i]), len(w.Setting.Sectors)
	p := r.site(w, i)
	plain := r.P.LocalShare * w.EndPoint(int(f.Cell[i])) / w.Now.Population
	trusting, rest := plain*float64(f.Trustee[i]), 1-r.P.LocalShare
	omegas := w.Now.Inputs[own*sectors:][:sectors]
	var input [4]float64 // bit 0 own suppliers, bit 1 own trust
	for from := 0; from < sectors; from += chunk {
		omega := omegas[from:min(from+chunk, sectors)]
		var index [4][chunk]float64
		for k := range omega {
			s := from + k
			base := 1 / (w.Base.Supply[s] * w.Now.Demand[s])
			there, mean := p.mass(w, s)*base, suppliers[s]*base
			index[0][k] = rest + float64(plain*mean)
			index[1][k] = rest + float64(plain*there)
			index[2][k] = rest + float64(trusting*mean)
			index[3][k] = rest + float64(trusting*there)
		}
		for c := range input {
			input[c] += num.DotLog(omega, index[c][:len(omega)])
		}
	}
	match := [2]float64{r.P.PoolElasticity * num.LogQuick(r.Pool(w, own, pool)), r.P.PoolElasticity * num.LogQuick(r.Pool(w, own, r.Workers(w, i)))}
	saved, trained := w.Levers.Of(world.LeverPurchase, i), w.Levers.Of(world.LeverTraining, i)
	wage := num.LogQuick(f.Wage[i])
	for c := range price {
		price[c] = r.LogPrice(w, i, wage, input[c&1|c>>1&2]/(1-w.Params.Sigma)-saved, match[c>>1&1]+trained)
	}
	return price
}
