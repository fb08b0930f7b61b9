// Package rng holds addressed random streams: there is no generator with a state, only a hash of where and why a number is
// wanted. The address of a draw is (seed, purpose, key, tick, k). So the same numbers come whatever the order of the
// draws or the number of workers, and a run with a policy and its twin without share every draw that they share a cause
// for.
//
// Every draw comes from one uniform by its inverse distribution function: it rises with its uniform,
// and a small change of a rate changes few counts.
//
// A rate, mean or probability that is NaN, or a rate or mean above 1e12, is a fault of the calling rule: the functions panic
// and name the value. Rates and means of 0 or below give 0.
package rng

import "math"

// A Purpose names a decision. Each decision has its own constant, declared beside its rule, so that a new decision moves no
// draw of another.
type Purpose uint64

// A Seed is the seed of a run. Those of replicates lie below 2^53, so that R, pandas and JavaScript read them exactly.
type Seed uint64

// Odd multipliers, each used at one place only. Golden is 2^64 over the golden ratio: its small multiples are far apart.
const (
	golden  = 0x9e3779b97f4a7c15
	second  = 0xd6e8feb86659fd93
	third   = 0xc2b2ae3d27d4eb4f
	fourth  = 0xa0761d6478bd642f
	finale1 = 0xbf58476d1ce4e5b9
	finale2 = 0x94d049bb133111eb
)

// Bits returns the 64 bits of an address.
//
// The parts are mixed one after another, not added, so that (tick 1, firm 2) and (tick 2, firm 1) differ. Each step is a
// bijection of the hash so far and of the part, so two addresses that differ in one part never meet. A step xors the part
// in, multiplies by an odd constant and folds the high half of the product onto the low half; the last one is the
// finisher of SplitMix64 (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195), which lets every bit of the address
// move every bit of the result.
func (s Seed) Bits(p Purpose, key uint64, tick, k int) uint64 {
	h := (uint64(s) + golden) * second
	h = (h ^ h>>32 ^ uint64(p)) * third
	h = (h ^ h>>32 ^ key) * fourth
	h = (h ^ h>>32 ^ uint64(tick)) * golden
	h = h ^ h>>32 ^ uint64(k) + golden // from here on: finish, written out, so that the compiler can put Bits in line
	h = (h ^ h>>30) * finale1
	h = (h ^ h>>27) * finale2
	return h ^ h>>31
}

// finish is a bijection of 64 bits in which every bit of x moves about half of the bits of the result.
func finish(x uint64) uint64 {
	x += golden
	x = (x ^ x>>30) * finale1
	x = (x ^ x>>27) * finale2
	return x ^ x>>31
}

// Uniform returns a draw from the open interval (0,1): an odd multiple of 2^-53, so that u and 1-u are equally likely and
// both exact.
func (s Seed) Uniform(p Purpose, key uint64, tick, k int) float64 {
	return unit(s.Bits(p, key, tick, k))
}

// unit makes a number in (0,1) of the top 52 bits.
func unit(bits uint64) float64 { return float64(float64(int64(bits>>11|1)) * 0x1p-53) }

// Third returns one of three draws from (0,1) that the bits of an address hold, which = 0, 1 or 2. They are independent of
// each other and odd multiples of 2^-22: fine enough for chances above a thousandth of a percent.
func Third(bits uint64, which int) float64 {
	return (float64(int64(lot(bits, which))) + .5) * 0x1p-21
}

// lot is the 21 bits of a third.
func lot(bits uint64, which int) uint64 { return bits >> (21*uint(which) + 1) & (1<<21 - 1) }

// A Limit is a chance counted in thirds, for loops in which the comparison of two floating-point numbers is a cost.
type Limit uint64

// Below makes the limit of a chance: a third lies below it as Third lies below the chance.
func Below(chance float64) Limit {
	return Limit(math.Ceil(float64(min(max(chance, 0), 1)*(1<<21)) - .5))
}

// Holds says whether a third of the bits lies below the limit.
func (l Limit) Holds(bits uint64, which int) bool { return lot(bits, which) < uint64(l) }

// Mark is 1 where Holds is true, 0 elsewhere, for loops in which a branch that cannot be foreseen is a cost.
func (l Limit) Mark(bits uint64, which int) uint64 { return (lot(bits, which) - uint64(l)) >> 63 }

// A Deck is the draws of one purpose in one tick, to be dealt to many keys: the part of the address that they share is
// hashed once.
type Deck uint64

// Deck makes the deck of a purpose, a tick and k.
func (s Seed) Deck(p Purpose, tick, k int) Deck { return Deck(s.Bits(p, 0, tick, k)) }

// Bits returns the 64 bits that fall to a key. For one deck it is a bijection of the key.
func (d Deck) Bits(key uint64) uint64 { return finish(uint64(d) ^ key) }

// Uniform returns a draw from (0,1) for a key, like that of a Seed.
func (d Deck) Uniform(key uint64) float64 { return unit(d.Bits(key)) }
