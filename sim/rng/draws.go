package rng

import (
	"fmt"

	"agglo/sim/num"
)

// Chance is true with the given probability: never for 0, always for 1. At one address it is true for all probabilities
// above some threshold.
func (s Seed) Chance(probability float64, p Purpose, key uint64, tick, k int) bool {
	if probability != probability {
		panic("rng: Chance of probability NaN")
	}
	return s.Uniform(p, key, tick, k) < probability
}

// Normal returns a draw from the standard normal distribution, by inversion of one uniform.
func (s Seed) Normal(p Purpose, key uint64, tick, k int) float64 {
	return num.Quantile(s.Uniform(p, key, tick, k))
}

// Exponential returns a draw from the exponential distribution with mean 1, above 0, by inversion of one uniform.
func (s Seed) Exponential(p Purpose, key uint64, tick, k int) float64 {
	return exponential(s.Uniform(p, key, tick, k))
}

func exponential(u float64) float64 { return -num.Log(1 - u) } // 1-u is exact

// Gumbel returns a draw from the standard Gumbel distribution, with distribution function exp(-e^-x), by inversion of one
// uniform. The option with the greatest utility plus Gumbel is a logit choice.
func (s Seed) Gumbel(p Purpose, key uint64, tick, k int) float64 {
	return -num.LogQuick(-num.Log(s.Uniform(p, key, tick, k)))
}

// Geometric returns a count 0, 1, 2, ... from the geometric distribution with this mean, by inversion of one uniform. At one
// address it does not fall as the mean rises.
func (s Seed) Geometric(mean float64, p Purpose, key uint64, tick, k int) int {
	if !counted("Geometric", "mean", mean) {
		return 0
	}
	return geometric(mean, s.Uniform(p, key, tick, k))
}

// geometric inverts P(N > n) = q^(n+1), with q = mean/(1+mean).
func geometric(mean, u float64) int {
	return int(exponential(u) / num.Log1p(1/mean))
}

// mostCounts bounds rates and means. A world has no events so many; a rule that asks for them is broken.
const mostCounts = 1e12

// counted says whether a rate or mean is above 0, and panics if it is not a number that counts can have.
func counted(draw, what string, value float64) bool {
	if value > 0 && value <= mostCounts {
		return true
	}
	if value <= 0 {
		return false
	}
	panic(fmt.Sprintf("rng: %s with %s %v: want at most %v", draw, what, value, mostCounts))
}
