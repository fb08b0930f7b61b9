package rng

// Key mixes parts into one key, which is the same for the same parts in the same order and never 0. The number of parts
// counts: Key(a) and Key(a, 0) differ.
func Key(parts ...uint64) uint64 {
	h := uint64(len(parts)) * third
	for _, part := range parts {
		h = finish(h ^ part)
	}
	return named(h)
}

// named keeps keys off 0, which stands for nobody.
func named(h uint64) uint64 {
	if h == 0 {
		return golden
	}
	return h
}

// Ordered returns the key of the pair from a to b. It differs from that of the pair from b to a.
func Ordered(a, b uint64) uint64 {
	return named(finish(finish(second^a) ^ b))
}

// KeyOf returns the key of a name, such as the id of a sector or a place.
func KeyOf(s string) uint64 {
	h := uint64(len(s)) * golden
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * second
		h ^= h >> 32
	}
	return named(finish(h))
}

// Replicate returns the seed of replicate r = 0, 1, ... of a base seed: 53 bits, which a double holds exactly. Replicate 0 is
// mixed like the others, so a run of the base seed itself is none of its replicates.
//
// For one base it is a bijection of r on 53 bits, so replicates never share a seed.
func Replicate(base uint64, r int) uint64 {
	const bits53 = 1<<53 - 1
	first := finish(base ^ second)
	x := (uint64(r) ^ first) & bits53
	for _, turn := range [3]uint64{golden, third, fourth} {
		x = (x + finish(first^turn)) * finale2 & bits53
		x ^= x >> 27
	}
	return x
}

// Pick returns the index that u in (0,1) draws, each with a chance in proportion to its mass. cumulative holds the running
// sums of the masses, which do not fall. It is the first index whose sum exceeds u times the total, so no index without
// mass is drawn. It is -1 when there is no mass at all. It takes time in the logarithm of the length.
//
// Masses laid out in a fixed order, places or ids, let a small change of the world move few picks.
func Pick(u float64, cumulative []float64) int {
	last := len(cumulative) - 1
	if last < 0 || !(cumulative[last] > 0) {
		return -1
	}
	mark := min(u, 1-0x1p-53) * cumulative[last] // below the total even where the product is rounded
	low, high := 0, last
	for low < high {
		middle := int(uint(low+high) / 2)
		if cumulative[middle] > mark {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}
