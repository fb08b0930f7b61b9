package policy

import "agglo/model/world"

// Some costs are known later than the tick's plan. Rates on sales, profits and R&D are paid on those of the tick, where the
// plan knew the last tick's; help for founders is paid as firms are founded, where the plan knew how many are usual. Their
// budgets may be missed by the difference of one tick. Guarantees never are: a plan counts the most that can be lost.

// MakeGood pays what the public owes since firms have closed and founders have started: to banks, for the debts and owners'
// losses that policies stand for; to households, for the part of founders' money that they have advanced. Policies
// share a sum by how far each pushed the lever. It must run alone, behind closures and foundings and in the same tick.
func (r *Rules) MakeGood(w *world.World, _ int) error {
	for k := range w.Closures {
		c := &w.Closures[k]
		w.Money.Repaid += r.owe(w, int(c.Region), c.Guaranteed, Guarantee, func(p part, on *reach, x float64) float64 {
			if i := on.at(int(c.Row)); i >= 0 && isA[guarantee](p) {
				return x * on.cost[i]
			}
			return 0
		})
		w.Money.Repaid += r.owe(w, int(c.Region), c.Recovered, Guarantee, func(p part, on *reach, x float64) float64 {
			if g, yes := p.(recovery); yes && on.at(int(c.Row)) >= 0 {
				return x * g.share
			}
			return 0
		})
	}
	for k := range w.Foundings {
		b := &w.Foundings[k]
		for _, owed := range []struct {
			lever world.CellLever
			money float64
		}{{world.LeverEntry, b.Entry}, {world.LeverFinance, b.Seed}} {
			w.Receive(int(b.Cell), r.owe(w, int(b.Region), owed.money, AtEntry, func(_ part, on *reach, _ float64) float64 {
				pushed := 0.0
				for _, g := range on.granted {
					if g.lever == owed.lever && g.cell == int(b.Cell) {
						pushed += g.x
					}
				}
				return pushed
			}))
		}
	}
	return nil
}

// isA says whether a part is of a kind.
func isA[T part](p part) bool {
	_, yes := p.(T)
	return yes
}

// owe books a sum to the policies by their weights and gives what they pay: all of it, or nothing if no policy has a weight.
func (r *Rules) owe(w *world.World, region int, money float64, pays Payment, weight func(p part, on *reach, strength float64) float64) float64 {
	if money <= 0 {
		return 0
	}
	sum := 0.0
	each := func(visit func(k int, x float64)) {
		for k := range r.acts {
			a := &r.acts[k]
			for n := range a.parts {
				c := &a.parts[n]
				if x := a.strength(c); c.pays == pays && x > 0 {
					if x = weight(c.part, &a.reach[n], x); x > 0 {
						visit(k, x)
					}
				}
			}
		}
	}
	each(func(_ int, x float64) { sum += x })
	if sum <= 0 {
		return 0
	}
	gross := make([]float64, len(w.Money.Treasury))
	each(func(k int, x float64) {
		clear(gross)
		gross[region] = money * (x / sum)
		r.book(w, &r.acts[k].spec, pays, &w.Ledger[k], gross, world.Cost{})
	})
	return money
}
