package rng

import (
	"math"

	"agglo/sim/num"
)

// Poisson returns a count from the Poisson distribution with this rate, by exact inversion of one uniform: the least n with
// P(N <= n) >= u. At one address it does not fall as the rate rises. Its time is a few ns a count up to a rate of 12, and
// about that of a normal draw above.
//
// Above 12 an expansion of the quantile in powers of 1/sqrt(rate) gives the count (M. B. Giles 2016, doi 10.1145/2699466);
// where it comes near to a whole number, or in the tails, sums of the probabilities themselves decide.
func (s Seed) Poisson(rate float64, p Purpose, key uint64, tick, k int) int {
	if !counted("Poisson", "rate", rate) {
		return 0
	}
	return poisson(rate, s.Uniform(p, key, tick, k))
}

// Poisson returns a count for a key, like that of a Seed. Rare events mostly need no more than a uniform.
func (d Deck) Poisson(rate float64, key uint64) int {
	u := d.Uniform(key)
	if rate < 1 && u <= 1-rate {
		return 0
	}
	if !counted("Poisson", "rate", rate) {
		return 0
	}
	return poisson(rate, u)
}

// walkedRate is the rate up to which summing the probabilities from 0 is as fast as anything.
const walkedRate = 12

func poisson(rate, u float64) int {
	if u <= 1-rate {
		return 0 // e^-rate is no less, and most counts of rare events need it no better
	}
	if rate <= walkedRate {
		return climb(u, 0, num.Exp(-rate), rate, 0)
	}
	z := num.Quantile(u)
	z2 := z * z
	root := math.Sqrt(rate)
	x := rate + (float64(root*z) + (1./3 + float64(z2*(1./6))) - float64(z*(1./36+float64(z2*(1./72))))/root +
		(float64(z2*(7./810+float64(z2*(1./270))))-8./405)/rate)
	n := math.Floor(x)
	clear := 1/(rate*root) + float64(1e-15*rate) // twice what x is off at most for |z| < 3
	if math.Abs(z) < 3 && x-n > clear && x-n < 1-clear {
		return int(n)
	}
	n = max(n, 0)
	for n > 0 && reaches(u, n-1, rate) {
		n--
	}
	for !reaches(u, n, rate) {
		n++
	}
	return int(n)
}

// reaches says whether P(N <= n) >= u for a Poisson count N. It sums the smaller tail, whose terms fall from the first on.
func reaches(u, n, rate float64) bool {
	sum, term := 1., 1.
	if n < rate {
		for m := n; term > 0x1p-60*sum && m > 0; m-- {
			term = float64(term * (m / rate))
			sum += term
		}
		return sum*probability(n, rate) >= u
	}
	for m := n + 2; term > 0x1p-60*sum; m++ {
		term = float64(term * (rate / m))
		sum += term
	}
	return sum*probability(n+1, rate) <= 1-u
}

// stirlingLack returns log n! less Stirling's formula for it, log(sqrt(2 pi n) (n/e)^n), for n >= 16.
func stirlingLack(n float64) float64 {
	v := 1 / n
	w := v * v
	return float64(v * (1./12 - float64(w*(1./360-float64(w*(1./1260-float64(w*(1./1680-float64(w*(1./1188))))))))))
}

// probability returns P(N = n) of a Poisson count. Logarithms of n! and rate^n would cancel and lose digits; so it is
// e^-deviance/sqrt(2 pi n) with what Stirling's formula lacks (C. Loader 2000, "Fast and accurate computation of
// binomial probabilities").
func probability(n, rate float64) float64 {
	if n < 16 {
		return num.Exp(float64(n*num.Log(rate)) - rate - num.LogGamma(n+1))
	}
	return num.Exp(-deviance(n, n-rate)-stirlingLack(n)) / math.Sqrt(2*math.Pi*n)
}

// deviance returns n log(n/rate) - d for rate = n-d, by a series where the terms nearly cancel.
func deviance(n, d float64) float64 {
	v := d / (n + (n - d))
	if math.Abs(v) > .1 {
		return float64(n*num.Log(n/(n-d))) - d
	}
	// log(n/rate) = 2 (v + v^3/3 + v^5/5 + ...) and d = v (n+rate)
	sum, power := float64(d*v), 2*n*v
	for k := 3.; ; k += 2 {
		power = float64(power * float64(v*v))
		next := sum + power/k
		if next == sum {
			return sum
		}
		sum = next
	}
}

// rare is the upper tail below which a sum of probabilities from below is too coarse to tell one count from the next.
const rare = 0x1p-20

// climb returns the least n from start on with P(N <= n) >= u, for a count with P(N = start) = first, next to nothing below,
// and P(N = n+1)/P(N = n) = ratio (1 + n spread)/(n+1).
func climb(u, start, first, ratio, spread float64) int {
	sum, term, n := first, first, start
	for end := min(u, 1-rare); sum < end; n++ {
		term = float64(term * (ratio * (1 + float64(n*spread)) / (n + 1)))
		sum += term
	}
	if 1-u < rare {
		return descend(1-u, n, term, ratio, spread)
	}
	return int(n)
}

// descend returns the least n with P(N > n) <= tail for a count as in climb, of which P(N = n) = term is given for an n
// below that. It goes up to where next to nothing is left, and sums from there down, the least probabilities first.
func descend(tail, n, term, ratio, spread float64) int {
	for {
		step := ratio * (1 + float64(n*spread)) / (n + 1)
		if step < 1 && term < float64(0x1p-60*tail)*(1-step) {
			break
		}
		term = float64(term * step)
		n++
	}
	for sum := term; sum <= tail && n > 0; sum += term {
		n--
		term = float64(term * ((n + 1) / (ratio * (1 + float64(n*spread)))))
	}
	return int(n)
}
