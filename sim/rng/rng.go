// Package rng holds addressed random streams. A draw has the address (seed, purpose, key, tick, k); its value is a hash
// of that address. So the same numbers come whatever the order of the draws or the number of workers, and a run with a
// policy and its twin without share every draw that they share a cause for.
package rng

import (
	"math"

	"agglo/sim/num"
)

// Purpose names a decision. Each decision has its own constant, declared beside its rule, so that a new decision moves no
// draw of another.
type Purpose uint64

// Seed is the seed of a run, below 2^53 so that R, pandas and JavaScript can read it.
type Seed uint64

// mix is a bijection of 64 bits that spreads every bit (Stafford's variant 13 of the finaliser of MurmurHash3, as in
// Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// step takes one part of an address into a hash. Parts are mixed one after another: with sums, tick 1 of firm 2 would
// meet tick 2 of firm 1.
func step(h, part uint64) uint64 { return mix((h ^ part) + 0x9e3779b97f4a7c15) }

// Bits is the 64-bit hash of an address.
func (s Seed) Bits(p Purpose, key uint64, tick, k int) uint64 {
	h := step(uint64(s)^uint64(p)*0xd6e8feb86659fd93, key)
	return step(h, uint64(uint32(tick))<<32|uint64(uint32(k)))
}

// Uniform is a draw from the open interval (0,1), in steps of 2^-53.
func (s Seed) Uniform(p Purpose, key uint64, tick, k int) float64 {
	return (float64(s.Bits(p, key, tick, k)>>11) + .5) * 0x1p-53
}

// Chance is true with the given probability.
func (s Seed) Chance(probability float64, p Purpose, key uint64, tick, k int) bool {
	return s.Uniform(p, key, tick, k) < probability
}

// Normal is a draw from the standard normal distribution, by inversion of one uniform.
func (s Seed) Normal(p Purpose, key uint64, tick, k int) float64 {
	return num.Quantile(s.Uniform(p, key, tick, k))
}

// Exponential is a draw from the exponential distribution of mean 1, by inversion.
func (s Seed) Exponential(p Purpose, key uint64, tick, k int) float64 {
	return -num.Log(s.Uniform(p, key, tick, k))
}

// Gumbel is a draw from the standard Gumbel distribution, by inversion. The largest of utility plus Gumbel is a logit
// choice.
func (s Seed) Gumbel(p Purpose, key uint64, tick, k int) float64 {
	return -num.Log(-num.Log(s.Uniform(p, key, tick, k)))
}

// Poisson is a count with this mean rate, by inversion of one uniform: a higher rate at the same address never gives a
// smaller count. Above a rate of 60 it inverts the normal approximation with the Wilson-Hilferty cube, which is monotone
// as well and off by less than .2 counts in the body.
func (s Seed) Poisson(rate float64, p Purpose, key uint64, tick, k int) int {
	if !(rate > 0) {
		return 0
	}
	return poisson(rate, s.Uniform(p, key, tick, k))
}

const poissonWalk = 60

func poisson(rate, u float64) int {
	if rate > poissonWalk {
		// counts below n: P(N < n) = P(gamma_n > rate), and the cube root of gamma/n is near normal
		z, n := num.Quantile(u), rate
		for range 4 { // fixed point of n (1 - 1/9n + z'/3 sqrt n)^3 = rate
			c := 1 - 1/(9*n) - z/(3*math.Sqrt(n))
			n = rate / (c * c * c)
		}
		return int(max(n, poissonWalk/4)) // never below what smaller rates give in the far tail
	}
	term := num.Exp(-rate)
	sum, n := term, 0
	for u > sum && n < 1000 {
		n++
		term *= rate / float64(n)
		sum += term
	}
	return n
}

// Geometric is a count 0, 1, 2, ... of this mean, by inversion of one uniform.
func (s Seed) Geometric(mean float64, p Purpose, key uint64, tick, k int) int {
	if !(mean > 0) {
		return 0
	}
	return geometric(mean, s.Uniform(p, key, tick, k))
}

func geometric(mean, u float64) int {
	return int(num.Log(1-u) / -num.Log1p(1/mean))
}

// NegativeBinomial is a count with this mean and variance mean + phi mean^2, by inversion of one uniform: phi 1 is
// geometric, phi 0 is Poisson.
func (s Seed) NegativeBinomial(mean, phi float64, p Purpose, key uint64, tick, k int) int {
	switch {
	case !(mean > 0):
		return 0
	case phi <= 0:
		return s.Poisson(mean, p, key, tick, k)
	case phi == 1:
		return s.Geometric(mean, p, key, tick, k)
	}
	u := s.Uniform(p, key, tick, k)
	shape := 1 / phi
	fail := mean / (mean + shape)
	term := num.Exp(shape * num.Log1p(-fail))
	sum, n := term, 0
	for u > sum && n < 1_000_000 && (term > 0x1p-80 || float64(n) < mean) {
		n++
		term *= fail * (shape + float64(n-1)) / float64(n)
		sum += term
	}
	return n
}

// Key mixes parts into one key.
func Key(parts ...uint64) uint64 {
	h := uint64(len(parts))
	for _, x := range parts {
		h = step(h, x)
	}
	if h == 0 { // 0 means: no firm
		return 1
	}
	return h
}

// Ordered is the key of an ordered pair.
func Ordered(a, b uint64) uint64 { return step(step(2, a), b) }

// Unordered is the key of a pair: the same for (a, b) and (b, a).
func Unordered(a, b uint64) uint64 { return Ordered(min(a, b), max(a, b)) }

// KeyOf is the key of a name, such as a sector's id.
func KeyOf(s string) uint64 {
	h := uint64(len(s))
	for i := range len(s) {
		h = step(h, uint64(s[i]))
	}
	return h
}

// Replicate is the seed of replicate r of a base seed: 53 bits, so that every table reader holds it exactly. Replicate 0
// is mixed too, so no replicate shares its seed with a plain run of the base seed.
func Replicate(base uint64, r int) uint64 {
	return step(step(0x5eed, base), uint64(r)) >> 11
}

// Pick is the index drawn by u in (0,1) from running sums: the first whose sum exceeds u times the total. It is -1 when
// the total is 0.
func Pick(u float64, cumulative []float64) int {
	if len(cumulative) == 0 || !(cumulative[len(cumulative)-1] > 0) {
		return -1
	}
	at := u * cumulative[len(cumulative)-1]
	lo, hi := 0, len(cumulative)-1
	for lo < hi {
		m := (lo + hi) / 2
		if cumulative[m] > at {
			hi = m
		} else {
			lo = m + 1
		}
	}
	return lo
}
