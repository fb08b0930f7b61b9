package policy

import (
	"math"

	"agglo/model/world"
)

// strength is the part of a component's strength that acts. Where firms bring money of their own to those who build and
// serve, the whole acts; else only what the public pays.
func (a *act) strength(c *component) float64 {
	switch {
	case a.tail > 0 && c.pays == Guarantee:
		return a.tail
	case c.pays.pooled():
		return a.share
	}
	return a.share * (1 - a.spec.Conditions.Match)
}

// want is what all parts at full strength would cost the public in this tick, at most.
func (a *act) want() float64 {
	sum := 0.0
	for k := range a.reach {
		sum += a.reach[k].planned()
	}
	return sum * (1 - a.spec.Conditions.Match)
}

// begin notes what firms add themselves, and what is left for the tick.
func (a *act) begin(left float64) {
	m := a.spec.Conditions.Match
	for k := range a.reach {
		on := &a.reach[k]
		on.left = left
		if m > 0 && a.parts[k].pays.pooled() {
			for n, c := range on.cost {
				on.own[n] += float64(m * a.share * c)
			}
		}
	}
}

// crumb is the part of a budget that is left alone: what rounding leaves, and what later cost leaves of its last tick.
const crumb = 1e-3

// left is what is left of a budget.
func left(e *world.LedgerEntry) float64 {
	if e.Budget < 0 {
		return math.Inf(1)
	}
	if x := e.Budget - e.Total.Sum(); x > crumb*e.Budget {
		return x
	}
	return 0
}

// money is what a policy may spend in a tick of what is left to it: all, or what falls to a quarter of those left.
func (a *act) money(left float64, tick int) float64 {
	if a.spec.Pace == Even {
		return left / float64(a.spec.To-tick)
	}
	return left
}

// affordable is the share of a sum wanted that what is left pays for.
func (a *act) affordable(want, left float64) float64 {
	if want <= 0 {
		return 0
	}
	return min(1, left/want)
}
