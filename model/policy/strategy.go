package policy

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// learn lets strategies that learn move, once a year, what is left of their money between their instruments, by how the
// value added of those reached has grown beyond that of all firms. What an instrument did is not known to anybody inside:
// an authority that funds winners learns that funding wins.
func (r *Rules) learn(w *world.World, tick int) {
	for k := range r.acts {
		s := &r.acts[k].spec
		if !s.Learning || r.first(s.Strategy) != k || tick <= s.From || (tick-s.From)%world.TicksPerYear != 0 {
			continue
		}
		total, weight, sum := 0.0, make([]float64, len(r.acts)), 0.0
		for n := k; n < len(r.acts); n++ {
			if e := &w.Ledger[n]; r.acts[n].spec.Strategy == s.Strategy && e.Budget >= 0 {
				rest := max(e.Budget-e.Total.Sum(), 0)
				total += rest
				weight[n] = rest * num.Exp(num.Clamp(r.P.Learning*e.Measured, -1, 1))
				sum += float64(weight[n])
			}
		}
		for n, x := range weight {
			if e := &w.Ledger[n]; x > 0 {
				e.Budget = e.Total.Sum() + float64(total*(x/sum))
				e.Measured = 0
			}
		}
	}
}

// first is the first act of a strategy.
func (r *Rules) first(strategy string) int {
	for k := range r.acts {
		if r.acts[k].spec.Strategy == strategy {
			return k
		}
	}
	return -1
}

// measure adds to an instrument's result how the value added of those reached has changed in the tick, in logs, beyond
// that of all firms.
func (r *Rules) measure(v world.View, a *act, e *world.LedgerEntry) {
	reached, all := 0.0, 0.0
	for _, i := range a.target {
		reached += v.ValueAdded(int(i))
	}
	for i := range v.Rows() {
		if v.Living(i) {
			all += v.ValueAdded(i)
		}
	}
	if a.added > 0 && reached > 0 && all > 0 && r.added > 0 {
		e.Measured += num.Log(reached/a.added) - num.Log(all/r.added)
	}
}
