package model

import (
	"agglo/model/production"
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/num"
	"agglo/sim/page"
)

// split is the yearly partial split of value added over the channels of clustering: wages, capital, workers, customers
// and other firms' prices are held; the channels input sharing, labour pooling and trust are switched off in all
// combinations, and each gets its Shapley value (Shapley 1953), the mean of what it adds over all orders of switching on.
// Off means the region's mean site and the stranger's prior. Knowledge acts on the growth of technology; it enters as a
// stock, the value added that a firm would lose with the technology that it would have without what it learned from
// neighbours and partners. Where shared facilities act on the price of a firm, they are a fourth channel, off meaning without
// their training and joint purchase.
type split struct {
	production *production.Rules
	supply     []float64 // by sector: mean field of suppliers now, weighted by employment
	pool       []float64 // by sector: mean labour pool of the sector's firms now
	twins      *production.Twins
}

func newSplit(p *production.Rules) *split { return &split{production: p} }

// ready makes room for the means and for the results.
func (s *split) ready(w *world.World) {
	n := len(w.Setting.Sectors)
	w.Sums.Reset(w.Rows(), sim.BlockRows, 1+3*n)
	y := &w.Synergy
	if cap(y.Base) < w.Rows() {
		y.Base = page.Room[float64](w.Rows() + w.Rows()/32)
	}
	y.Base = y.Base[:w.Rows()]
	for _, c := range []*[]float32{&y.Input, &y.Labour, &y.Trust, &y.Knowledge, &y.Saving} {
		if cap(*c) < w.Rows() {
			*c = page.Room[float32](w.Rows() + w.Rows()/32)
		}
		*c = (*c)[:w.Rows()]
	}
	y.Club = y.Club[:0]
	if w.Levers.Acts(world.LeverTraining) || w.Levers.Acts(world.LeverPurchase) { // only facilities pull them
		if cap(y.Club) < w.Rows() {
			y.Club = page.Room[float32](w.Rows() + w.Rows()/32)
		}
		y.Club = y.Club[:w.Rows()]
		clear(y.Club)
	}
}

// means leaves the sums for the region's mean site.
func (s *split) means(w *world.World, _, lo, hi int) {
	n := len(w.Setting.Sectors)
	sums := w.Sums.Block(lo, sim.BlockRows)
	f := &w.Firms
	var pools [world.Batch]float64
	for ; lo < hi; lo += world.Batch {
		pool := pools[:min(world.Batch, hi-lo)]
		s.production.Pools(w, lo, pool)
		world.CallOwn(w, lo+len(pool), w.Fields.Pool)
		world.CallCells(w, lo+len(pool), w.Fields.EndPoint)
		for k, workers := range pool {
			i := lo + k
			if k%world.Few == 0 {
				world.CallRecords(w, i, w.Fields.SupplyAt, n)
			}
			if f.ID[i] == 0 || f.Sales[i] <= 0 || f.Capacity[i] <= 0 {
				continue
			}
			own, labour := int(f.Sector[i]), f.Labour[i]
			sums[0] += labour
			production.Suppliers(w, i, labour, sums[1:1+n])
			sums[1+n+own] += labour
			sums[1+2*n+own] += float64(labour * workers)
		}
	}
}

// reference sets the region's mean site.
func (s *split) reference(w *world.World, tick int) error {
	n := len(w.Setting.Sectors)
	s.supply, s.pool = make([]float64, n), make([]float64, n)
	for k := range n {
		if jobs := w.Sums.Total(0); jobs > 0 {
			s.supply[k] = w.Sums.Total(1+k) / jobs
		}
		if jobs := w.Sums.Total(1 + n + k); jobs > 0 {
			s.pool[k] = w.Sums.Total(1+2*n+k) / jobs
		}
	}
	s.twins = s.production.Twins(w, s.supply, s.pool)
	w.Synergy.Tick = tick
	return nil
}

// shares sets each firm's split.
func (s *split) shares(w *world.World, _, lo, hi int) {
	for ; lo < hi; lo += world.Batch {
		s.share(w, lo, min(lo+world.Batch, hi))
	}
}

// The exponents of a firm's split: what the lack of each takes off demand, in logs.
const (
	atPool    = iota // its labour pool, with any other channels
	atSite           // its suppliers and trust
	atTrust          // trust
	atSupply         // its suppliers
	atLearned        // what it learned
	exponents
)

// share is shares of at most a batch of rows.
func (s *split) share(w *world.World, lo, hi int) {
	f, y := &w.Firms, &w.Synergy
	spent := w.Params.InputShare() * w.Params.CostShare() // on inputs, of sales
	lift, agreed := 1-w.Params.Sigma, w.Levers.Pulled(world.LeverAgreement)
	var every [world.Batch]production.Lack
	var all [world.Batch * exponents]float64
	var rows [world.Batch]int32
	n, lacks := 0, every[:hi-lo]
	world.CallOwn(w, hi, w.Fields.Pool)
	world.CallCells(w, hi, w.Fields.EndPoint)
	s.twins.Of(w, lo, lacks)
	for k := range lacks {
		i, lack := lo+k, &lacks[k]
		if f.ID[i] == 0 || f.Sales[i] <= 0 || f.Capacity[i] <= 0 { // a newborn has not sold yet
			y.Base[i], y.Input[i], y.Labour[i], y.Trust[i], y.Knowledge[i], y.Saving[i] = 0, 0, 0, 0, 0, 0
			continue
		}
		y.Saving[i] = float32(lack.Trust)
		e := all[n*exponents:][:exponents]
		e[atPool], e[atLearned] = lift*lack.Pool, lift*(f.LogTech[i]-f.OwnLogTech[i])
		e[atSite], e[atTrust], e[atSupply] = lift*lack.SupplyAndTrust, lift*lack.Trust, lift*lack.Supply
		rows[n] = int32(i)
		n++
	}
	num.Exps(all[:n*exponents])
	var value, alone [8]float64
	for k, row := range rows[:n] {
		i, e := int(row), all[k*exponents:][:exponents]
		bought := spent
		if agreed {
			bought *= w.Competing(i)
		}
		at := seller{1 - float64(bought), f.Demand[i], float64(f.Capacity[i])}
		at.coalitions(&value, e, 1)
		own := at.added(e[atLearned])
		site, pool, tie := shapley(&value)
		input, labour, trust, knowledge := float32(site), float32(pool), float32(tie), float32(value[7]-own)
		y.Input[i], y.Labour[i], y.Trust[i], y.Knowledge[i] = input, labour, trust, knowledge
		parts := float64(input) + float64(labour) + float64(trust) + float64(knowledge)
		if len(y.Club) > 0 {
			if saved := clubSaving(w, i); saved != 0 {
				at.coalitions(&alone, e, num.Exp(lift*saved))
				four := shapleyOfFour(&alone, &value)
				y.Input[i], y.Labour[i], y.Trust[i], y.Club[i] = float32(four[0]), float32(four[1]), float32(four[2]), float32(four[3])
				parts = float64(y.Input[i]) + float64(y.Labour[i]) + float64(y.Trust[i]) + float64(y.Knowledge[i]) + float64(y.Club[i])
			}
		}
		y.Base[i] = value[7] - parts // as rounded, so that base and parts are value added to the bit
	}
}

// seller is what a firm's value added hangs on at a given price.
type seller struct{ kept, demand, capacity float64 }

// added is the value added at a multiple of the demand that the firm had.
func (s *seller) added(demand float64) float64 {
	return float64(s.kept * min(s.demand*demand, s.capacity))
}

// coalitions sets the values added with channels off, by the exponents of a firm: bit 0 input, bit 1 labour, bit 2 trust are on. Demand
// is a multiple, club, of what these leave.
func (s *seller) coalitions(value *[8]float64, e []float64, club float64) {
	e = e[:exponents]
	site, trust, supply, pool := e[atSite]*club, e[atTrust]*club, e[atSupply]*club, e[atPool]
	value[0], value[1], value[2], value[3] = s.added(site*pool), s.added(trust*pool), s.added(site), s.added(trust)
	value[4], value[5], value[6], value[7] = s.added(supply*pool), s.added(club*pool), s.added(supply), s.added(club)
}
