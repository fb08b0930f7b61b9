package rng

import (
	"fmt"
	"math"

	"agglo/sim/num"
)

// mostOverdispersed bounds the mean of a negative binomial count, and phi times the mean, since its distribution is walked
// count by count.
const mostOverdispersed = 1e6

// NegativeBinomial returns a count from the negative binomial distribution with this mean and variance mean + phi mean^2, by
// inversion of one uniform: phi 1 is the geometric distribution, phi 0 the Poisson one. The mean is at most
// 1e6, and so is phi times the mean; phi >= 0. At one address the count does not fall as the mean rises. It takes a few ns a count.
func (s Seed) NegativeBinomial(mean, phi float64, p Purpose, key uint64, tick, k int) int {
	if !(phi >= 0 && phi <= math.MaxFloat64) || mean > mostOverdispersed || phi*mean > mostOverdispersed {
		panic(fmt.Sprintf("rng: NegativeBinomial with mean %v, phi %v: want a mean and phi times mean of at most %v, and phi from 0 up",
			mean, phi, mostOverdispersed))
	}
	if !counted("NegativeBinomial", "mean", mean) {
		return 0
	}
	return negativeBinomial(mean, phi, s.Uniform(p, key, tick, k))
}

func negativeBinomial(mean, phi, u float64) int {
	excess := float64(phi * mean)
	if excess < 1e-18 { // not to be told from a Poisson count
		return poisson(mean, u)
	}
	ratio := mean / (1 + excess)
	if logNone := -num.Log1p(excess) / phi; logNone > -600 {
		return climb(u, 0, num.Exp(logNone), ratio, phi)
	}
	// P(N = 0) may be too small for a double. Start below the mode, where nothing has happened yet: the probabilities rise
	// up to there, so that P(N <= n) is at most (n+1) P(N = n).
	low, high := 16., float64(int(mean))
	for high-low > 1 {
		middle := float64(int((low + high) / 2))
		if overdispersed(middle, mean, phi) < 1e-40 {
			low = middle
		} else {
			high = middle
		}
	}
	return climb(u, low, overdispersed(low, mean, phi), ratio, phi)
}

// overdispersed returns P(N = n) of a negative binomial count, n >= 16 and phi < 1/16, in the manner of probability: with
// r = 1/phi, it is r/(n+r) times a binomial probability of n in n+r.
func overdispersed(n, mean, phi float64) float64 {
	r := 1 / phi
	off := (n - mean) / (1 + float64(phi*mean)) // of n from its mean in n+r trials
	lack := stirlingLack(n+r) - stirlingLack(n) - stirlingLack(r)
	density := num.Exp(lack - deviance(n, off) - deviance(r, -off))
	return density / math.Sqrt(2*math.Pi*n*(1+float64(phi*n)))
}
