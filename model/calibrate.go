package model

import (
	"fmt"

	"agglo/model/market"
	"agglo/model/production"
	"agglo/model/world"
	"agglo/sim/num"
)

// meet lays out orders and lets demand meet supply.
func (r *rules) meet(w *world.World) {
	r.market.Order(w, 0, 0, market.Bands)
	r.market.Sort(w, 0, 0, len(w.Cells.Region))
	r.market.Meet(w, 0, 0, w.Planes())
}

// What is supposed at the start, before anything has been worked out.
const (
	idleSales   = .01 // sales of a firm that is all overhead, over its wages
	pastProfit  = .1  // moving average of a firm's profit, over its sales
	usualProfit = .15 // profit of a sector, over its sales, until the first quarter tells it
	leastAtHome = .05 // what firms leave of a sector's sales to households at least, and how far these take to one that trades freely
)

// calibrate sets the yardsticks of the start, so that at tick 0 every firm sells what its workers make at the base price
// and the region's demand adds up: mean fields, customer bases, households' money, the world's rivals and demand.
func calibrate(w *world.World, p *Params, r rules) error {
	f := &w.Firms
	sectors := len(w.Setting.Sectors)
	for s := range sectors {
		w.Base.Supply[s], w.Base.Pool[s], w.Base.Rivals[s], w.Base.Share[s] = 1, 1, 1, 1
	}
	w.Base.Research, w.Base.Stock = 1, 1
	w.Advance(0)
	for i := range f.ID {
		wage := w.Setting.Areas[f.Area[i]].Wage
		f.Sales[i] = production.SalesOf(&w.Params, f.Labour[i], wage)
		if f.Sales[i] <= 0 {
			f.Sales[i] = idleSales * wage * f.Labour[i] // nothing but overhead: it will grow or close
		}
		f.Demand[i], f.Mass[i], f.Trustee[i] = f.Sales[i], float32(f.Sales[i]), 1
		f.Capital[i] = production.CapitalFor(&w.Params, f.Sales[i], w.Params.UserCost())
		f.Cash[i] = p.Start.Cash * f.Sales[i]
		own, _ := w.Research(i)
		f.Stock[i] = float32(own / p.Knowledge.Obsolescence)
		f.Losses[i] = float32(pastProfit * f.Sales[i])
	}
	w.Reindex()
	r.production.Gather(w, 0, 0, w.Planes())
	r.production.Lay(w, 0, 0, len(w.Cells.Region))
	means(w)
	w.Advance(0) // input shares, now that mature sectors' yardsticks are known
	r.labour.Start(w)
	r.production.Ready(w)
	r.production.Cost(w, 0, 0, w.Rows())
	for i := range f.ID {
		f.Appeal[i] = f.Sales[i] * num.Exp((w.Params.Sigma-1)*f.LogPrice[i])
		f.Weight[i] = float32(f.Sales[i])
		w.Base.Appeal[f.Sector[i]] += f.Appeal[i]
	}
	income(w, p)
	if err := trade(w, r); err != nil {
		return err
	}
	r.knowledge.Lay(w, 0, 0, r.knowledge.Strips(w))
	r.knowledge.Gather(w, 0, 0, r.knowledge.Lanes(w))
	research(w)
	r.knowledge.Publish(w, 0, 0, w.Rows())
	return nil
}

// means sets the mean sizes and fields of each sector, weighted by employment, own mass left out; an emerging sector's are
// those of the others, scaled to its mature size.
func means(w *world.World) {
	f, sectors := &w.Firms, len(w.Setting.Sectors)
	supply, pool, jobs := make([]float64, sectors), make([]float64, sectors), make([]float64, sectors)
	total := 0.0
	for i := range f.ID {
		own := int(f.Sector[i])
		for s := range sectors {
			v := w.Supply(i, s)
			if s == own {
				lo, hi := w.Plane(int(f.Area[i])*sectors + s)
				v -= float64(float64(f.Mass[i]) * float64(f.SelfSupply[i]))
				n := w.Read(w.Fields.Pool[lo:hi], i)
				n -= float64(f.Labour[i] * float64(f.SelfPool[i]))
				pool[s] += float64(f.Labour[i] * max(n, 0))
			}
			supply[s] += float64(f.Labour[i] * max(v, 0))
		}
		jobs[own] += f.Labour[i]
		total += f.Labour[i]
		w.Base.Firms[own]++
		w.Base.Sales[own] += f.Sales[i]
		k := &w.Sectors[own]
		k.Firms++
		k.Jobs += f.Labour[i]
		k.Sales += f.Sales[i]
		k.Profit += float64(usualProfit * f.Sales[i])
		k.LogTech += f.LogTech[i]
	}
	for s := range sectors {
		if n := w.Base.Firms[s]; n > 0 {
			w.Base.Supply[s] = max(supply[s]/total, 1e-6*w.Base.Sales[s])
			w.Base.Pool[s] = max(pool[s]/jobs[s], 1e-3)
			w.Base.Sales[s] /= n
			w.Base.Size[s] = jobs[s] / n
		}
	}
	for s := range sectors {
		e := w.Setting.Sectors[s].Emerging
		if e == nil {
			continue
		}
		w.Base.Size[s] = mean(w, w.Base.Size, nil)
		w.Base.Sales[s] = mean(w, w.Base.Sales, nil)
		w.Base.Firms[s] = e.Mature / w.Base.Size[s]
		w.Base.Supply[s] = e.Mature * mean(w, w.Base.Supply, jobs)
		w.Base.Pool[s] = e.Mature * mean(w, w.Base.Pool, jobs)
	}
}

// mean averages a yardstick, or its ratio to another, over the sectors that are there from the start.
func mean(w *world.World, of, per []float64) float64 {
	sum, n := 0.0, 0.0
	for s := range of {
		if w.Setting.Sectors[s].Emerging == nil && w.Base.Firms[s] > 0 {
			x := of[s]
			if per != nil {
				x /= per[s]
			}
			sum += x
			n++
		}
	}
	return sum / n
}

// income gives households the money that a tick of the start would have brought them, taken from outside.
func income(w *world.World, p *Params) {
	f := &w.Firms
	for i := range f.ID {
		wages, rent := f.Wage[i]*f.Labour[i], float64(f.Rent[i])*f.Labour[i]
		research, _ := w.Research(i)
		wear := w.Params.Depreciation * f.Capital[i]
		profit := max(f.Sales[i]-float64(wages)-f.Orders[i]-float64(research)-float64(rent)-float64(wear), 0)
		tax := w.RegionOf(int(f.Cell[i])).TaxRate * profit
		paid := float64(wages) + float64(research) + float64(wear) + float64(tax) + float64(w.Params.OwnersAtHome*(float64(rent)+profit-float64(tax)))
		f.Profit[i] = profit
		w.Receive(int(f.Cell[i]), paid/world.TicksPerYear)
	}
	for c := range w.Cells.Region {
		if m := w.Cells.Market[c]; m >= 0 {
			w.Fields.Spending[c] = world.TicksPerYear * w.Markets.Balance[m] * w.Cells.Share[c]
		}
	}
}

// trade sets households' taste, the world's rivals and the world's demand so that each sector's demand equals its sales.
// Households buy the home share from local firms. What neither they nor firms buy of a sector is exported; taste leans
// to sectors that trade little.
func trade(w *world.World, r rules) error {
	sectors := len(w.Setting.Sectors)
	even := 1 / float64(sectors)
	for s := range sectors {
		w.Now.Share[s], w.Base.World[s] = even, 0
	}
	r.meet(w)
	spending := num.Sum(w.Fields.Spending)
	for s := range sectors {
		rivals := 0.0
		for a := range w.Ground {
			g := &w.Ground[a]
			lo, _ := w.Plane(a*sectors + s)
			rivals += num.Dot(w.Fields.Spending[g.First:g.First+g.Cells], w.Fields.Rivals[lo:lo+g.Cells])
		}
		w.Base.Rivals[s] = rivals / spending * (1 - w.Params.HomeShare) / w.Params.HomeShare
	}
	sales, inputs, weight := make([]float64, sectors), make([]float64, sectors), make([]float64, sectors)
	for i := range w.Firms.ID {
		r.market.Ask(w, i)
		s := w.Firms.Sector[i]
		sales[s] += w.Firms.Sales[i]
		inputs[s] += w.Firms.Inputs[i]
		weight[s] += float64(float64(w.Firms.Reach[i]) * float64(w.Firms.Weight[i]))
	}
	share, sum := make([]float64, sectors), 0.0
	for s := range sectors {
		if w.Setting.Sectors[s].Emerging == nil {
			share[s] = max(sales[s]-inputs[s], leastAtHome*sales[s]) * (1 + leastAtHome - w.Setting.Sectors[s].Tradable)
			sum += float64(share[s])
		}
	}
	for s := range sectors {
		w.Now.Share[s] = share[s] / sum
	}
	r.meet(w)
	home := make([]float64, sectors)
	for i := range w.Firms.ID {
		r.market.Ask(w, i)
		home[w.Firms.Sector[i]] += w.Firms.Home(i)
	}
	return foreign(w, r, sales, inputs, home, weight)
}

// foreign sets world demand to what is left of each sector's sales.
func foreign(w *world.World, r rules, sales, inputs, home, weight []float64) error {
	for s := range sales {
		if w.Setting.Sectors[s].Emerging != nil || sales[s] == 0 {
			w.Base.Share[s] = 0 // nobody makes it yet
			continue
		}
		w.Base.Share[s] = w.Now.Share[s]
		left := sales[s] - inputs[s] - home[s]
		if left < 0 {
			// households and firms want more than the sector makes: taste shrinks, the rest is imported
			w.Base.Share[s] *= max(0, sales[s]-inputs[s]) / home[s]
			left = 0
		}
		if left > 0 && !(weight[s] > 0) {
			return fmt.Errorf("sector %s sells to the world, but no firm reaches it: want market.reach or start.exporters above 0",
				w.Setting.Sectors[s].ID)
		}
		if left > 0 {
			w.Base.World[s] = left / weight[s]
		}
	}
	base := num.Sum(w.Base.Share)
	if !(base > 0) {
		return fmt.Errorf("sectors sell all to each other: no demand of households is left")
	}
	for s := range sales {
		if e := w.Setting.Sectors[s].Emerging; e != nil {
			jobs := make([]float64, len(sales))
			for k := range jobs {
				jobs[k] = w.Base.Firms[k] * w.Base.Size[k]
			}
			w.Base.Share[s] = 0
			w.Base.World[s] = mean(w, w.Base.World, nil)
			w.Base.Share[s] = e.Mature * mean(w, w.Base.Share, jobs)
			w.Base.Rivals[s] = e.Mature * mean(w, w.Base.Rivals, jobs)
			w.Base.Appeal[s] = e.Mature * mean(w, w.Base.Appeal, jobs)
		}
	}
	w.Advance(0)
	r.meet(w)
	for i := range w.Firms.ID {
		r.market.Ask(w, i)
		w.Firms.Capacity[i] = float32(w.Firms.Sales[i])
	}
	return nil
}

// research sets the yardsticks of knowledge: the mean field of R&D, weighted by employment, and the mean stock.
func research(w *world.World) {
	f := &w.Firms
	field, stock, jobs := 0.0, 0.0, 0.0
	for i := range f.ID {
		g := &w.Ground[f.Area[i]]
		x := w.Read(w.Fields.Research[g.First:g.First+g.Cells], i)
		own, _ := w.Research(i)
		x -= float64(own * float64(f.SelfAir[i]))
		field += float64(f.Labour[i] * max(x, 0))
		jobs += f.Labour[i]
		stock += float64(f.Stock[i])
	}
	w.Base.Research = max(field/jobs, 1e-9)
	w.Base.Stock = max(stock/float64(f.Alive), 1e-9)
}
