package production

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// A form is how the nearness of others enters what a unit costs: the quality of matches is a power of the labour pool, generalists
// included, over that of a mean site, and the price of inputs a power of an index that is 1 where suppliers are as near as on the mean,
// in logs sum over sectors of omega ln[(1-local) + local g V/V0] over root.
type form struct {
	pool  float64 // power of the pool
	local float64 // share of local suppliers in the index at a mean site
	root  float64 // one over the power of the index
}

// form is that of the rules: cost shares with the elasticities of matches and of CES demand, or the reduced form.
//
// The reduced form sets efficiency, (ln A + beta ln m - (1-alpha-beta) ln q)/(alpha+beta), to ln A/(alpha+beta) plus
// gL ln(1+P_L) + gI ln(1+P_I), less what that is at a mean site. P_L is the labour pool over the generalists of the floor n0, P_I the
// suppliers of a sector, as trust and the end of the journey let a firm count on them, over n0 of those of a mean site, and
// ln(1+P_I) its mean over sectors by shares of inputs. So elasticities are known beforehand: they test what estimates them.
func (r *Rules) form(w *world.World) form {
	p := &w.Params
	if !r.P.ReducedForm {
		return form{pool: r.P.PoolElasticity, local: r.P.LocalShare, root: 1 - p.Sigma}
	}
	unit := p.Alpha + p.Beta // value added in output
	return form{
		pool:  unit * r.P.ReducedPool / p.Beta,
		local: 1 / (1 + r.P.PoolFloor),                      // (1-local) + local V/V0 = (n0 + V/V0)/(n0 + 1)
		root:  -p.InputShare() / (unit * r.P.ReducedSupply), // without end where suppliers are no use: a log over it is 0
	}
}

// reduce sets the sums of the buyers from row lo on anew, to what the index of the reduced form needs. What they order stays: who buys of
// whom is the same in either form.
func (r *Rules) reduce(w *world.World, lo int, trusting, cut bool, buyers []buyer) {
	local := r.form(w).local
	r.buyers(w, lo, r.near, trusting, buyers)
	if !cut {
		meet(w.Fields.SupplyAt, r.near, w.Now.Inputs, nil, buyers, 1-local, wide())
		return
	}
	for k := range buyers { // all firms meet the mean site
		b := &buyers[k]
		b.sums = [4]float64{}
		for s, supply := range w.Cuts.Supply {
			index := 1 - local + float64(b.local*local*supply)
			b.sums[s&3] += float64(w.Now.Inputs[b.omega+s] * num.LogQuick(index))
		}
	}
}
