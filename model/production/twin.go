package production

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// Suppliers is the mass of a sector's suppliers within firm i's reach, its own left out, as in the last tick.
func (r *Rules) Suppliers(w *world.World, i, sector int) float64 {
	f := &w.Firms
	g := &w.Ground[f.Area[i]]
	lo, hi := w.Plane(int(f.Area[i])*len(w.Setting.Sectors) + sector)
	v := g.Shape.Read(w.Fields.Supply[lo:hi], f.Base[i], f.WX[i], f.WY[i])
	if sector == int(f.Sector[i]) {
		v -= f.Mass[i] * w.Fields.EndPoint[f.Cell[i]] * g.Supply.Self(f.Base[i], f.WX[i], f.WY[i])
	}
	return max(v, 0)
}

// Workers is the number of workers of firm i's occupation within its reach, its own left out, as in the last tick.
func (r *Rules) Workers(w *world.World, i int) float64 {
	f := &w.Firms
	g := &w.Ground[f.Area[i]]
	lo, hi := w.Plane(int(f.Area[i])*len(w.Setting.Sectors) + int(f.Sector[i]))
	n := g.Shape.Read(w.Fields.Pool[lo:hi], f.Base[i], f.WX[i], f.WY[i])
	return max(n-f.Labour[i]*g.Pool.Self(f.Base[i], f.WX[i], f.WY[i]), 0)
}

// Twin is the log price that firm i would ask at its wage with other suppliers (by sector), another labour pool, or no
// trust in its suppliers beyond the stranger's prior; nil and true mean: what it has.
func (r *Rules) Twin(w *world.World, i int, suppliers, pool []float64, trust bool) float64 {
	f, own := &w.Firms, int(w.Firms.Sector[i])
	sectors := len(w.Setting.Sectors)
	discount := 1.0
	if trust {
		discount = f.Trustee[i]
	}
	local := r.P.LocalShare * discount * w.Fields.EndPoint[f.Cell[i]] / w.Now.Population
	sum := 0.0
	for s, omega := range w.Now.Inputs[own*sectors : (own+1)*sectors] {
		if omega == 0 {
			continue
		}
		v := 0.0
		if suppliers != nil {
			v = suppliers[s]
		} else {
			v = r.Suppliers(w, i, s)
		}
		sum += float64(omega * num.Log(1-r.P.LocalShare+float64(local/(w.Base.Supply[s]*w.Now.Demand[s])*v)))
	}
	n := 0.0
	if pool != nil {
		n = pool[own]
	} else {
		n = r.Workers(w, i)
	}
	match := r.P.PoolElasticity * num.Log(r.Pool(w, own, n))
	return r.LogPrice(w, i, num.Log(f.Wage[i]), sum/(1-w.Params.Sigma), match)
}
