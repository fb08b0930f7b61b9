package market

import (
	"slices"

	"agglo/model/world"
	"agglo/sim/num"
)

// mostAgreed bounds the share of purchases that an agreement counts: with a sigma of 5 its price is then 1.6 times what firms ask that compete
// alone. Nearer to all of them the price of a market without other sellers has no bound.
const mostAgreed = .75

// Excess is the log by which firms that agree ask more than firms that compete alone, where buyers spend a share of what they spend on the
// sector on those who agree, counted as far as they do: x in [0,1]. A firm that counts its own customers alone faces an elasticity of
// sigma; one owner of all of them would face sigma(1-x)+x, since what the sector's buyers spend in all does not hang on its price (Atkeson
// and Burstein 2008, doi 10.1257/aer.98.5.1998, for one firm with that share; the degree to which others' sales count is that of Cyert and
// DeGroot 1973, American Economic Review 63, 24-37). The prices over cost are e/(e-1), so that their ratio is
//
//	1 + x / (sigma (1-x)) .
func Excess(sigma, x float64) float64 {
	x = num.Clamp(x, 0, mostAgreed)
	return num.Log(1 + x/(sigma*(1-x)))
}

// An agreement is what Agree adds up, all by cluster, area and sector but for what is bought. A cluster lies in one area, but firms that
// have moved to another one since it was found are still in it.
type agreement struct {
	firms      []int32
	sold, home []float64 // deliveries of the last tick, value per year: all, and those to households and firms
	bought     []float64 // by area and sector: what households and firms order
}

// reset makes room for clusters, areas and sectors.
func (a *agreement) reset(clusters, areas, sectors int) {
	n := clusters * areas * sectors
	a.firms = slices.Grow(a.firms[:0], n)[:n]
	a.sold, a.home = slices.Grow(a.sold[:0], n)[:n], slices.Grow(a.home[:0], n)[:n]
	a.bought = slices.Grow(a.bought[:0], areas*sectors)[:areas*sectors]
	clear(a.firms)
	clear(a.sold)
	clear(a.home)
}

// Agree lets the firms of a sector in one cluster agree on prices, as far as they count each other's sales (Params.Collusion). They go by
// what they delivered in the last tick, as a share of what their area's firms ordered in it and its households are about to spend,
// on that part of their sales; the world has other sellers enough. A firm alone of its sector in a cluster has nobody to agree with, nor
// has one that has left for another area alone. It must run alone.
func (r *Rules) Agree(w *world.World, _ int) error {
	if r.P.Collusion == 0 || w.Rows() == 0 {
		return nil
	}
	f, a, areas, sectors := &w.Firms, &r.agreed, len(w.Ground), len(w.Setting.Sectors)
	a.reset(int(slices.Max(f.Cluster))+1, areas, sectors)
	a.orders(w)
	for i, cluster := range f.Cluster { // free rows are in none
		if cluster == 0 {
			continue
		}
		k := (int(cluster)*areas+int(f.Area[i]))*sectors + int(f.Sector[i])
		a.firms[k]++
		a.sold[k] += f.Sales[i]
		if f.Demand[i] > 0 {
			a.home[k] += float64(f.Sales[i] * (1 - float64(f.Exports[i])/f.Demand[i]))
		}
	}
	for i, cluster := range f.Cluster {
		if cluster == 0 {
			continue
		}
		at := int(f.Area[i])*sectors + int(f.Sector[i])
		if x := a.share(int(cluster)*areas*sectors+at, at); x > 0 {
			w.Levers.Push(world.LeverAgreement, i, Excess(w.Params.Sigma, r.P.Collusion*x))
		}
	}
	return nil
}

// orders adds up what the households and the firms of each area order from each sector in a year, wherever it comes from.
func (a *agreement) orders(w *world.World) {
	f, sectors := &w.Firms, len(w.Setting.Sectors)
	spent := make([]float64, len(a.bought)) // on inputs, by area and sector of the buyer
	for i, orders := range f.Orders {
		spent[int(f.Area[i])*sectors+int(f.Sector[i])] += orders
	}
	for area := range w.Ground {
		g, households := &w.Ground[area], 0.0
		for _, x := range w.Fields.Spending[g.First:][:g.Cells] {
			households += x
		}
		bought := a.bought[area*sectors:][:sectors]
		for s := range bought {
			bought[s] = w.Now.Share[s] * households
			for buyer, x := range spent[area*sectors:][:sectors] {
				bought[s] += float64(x * w.Now.Inputs[buyer*sectors+s])
			}
		}
	}
}

// share is what part of the purchases of an area and sector those of k, a cluster in it, deliver where they sell, on the mean over their
// sales; 0 where there is nobody to agree with.
func (a *agreement) share(k, at int) float64 {
	bought := a.bought[at]
	if a.firms[k] < 2 || a.sold[k] <= 0 || bought <= 0 {
		return 0
	}
	return a.home[k] / a.sold[k] * min(a.home[k]/bought, 1)
}
