package rng

// Top returns 64 bits that fall to a key, for loops in which a hash is most of the cost: a deck is spread over all bits already, so that
// two rounds instead of three are enough. Of small keys the upper half of the bits is as good as those of Bits; of keys that are
// hashes, such as ids, all are. Like Bits it is a bijection of the key.
func (d Deck) Top(key uint64) uint64 {
	x := (uint64(d) ^ key) * finale1
	return (x ^ x>>32) * finale2
}

// An Edge is a chance counted in parts of 2^63, for loops in which a branch that cannot be foreseen is a cost.
type Edge uint64

// EdgeAt makes the edge of a chance, which counts as 0 below 0 and as 1 above 1.
func EdgeAt(chance float64) Edge { return Edge(min(max(chance, 0), 1) * (1 << 63)) }

// Holds says whether the number in [0,1) that the upper bits make lies below the chance.
func (e Edge) Holds(bits uint64) bool { return bits>>1 < uint64(e) }

// Under has its highest bit set where Holds is true. What else it says has no meaning.
func (e Edge) Under(bits uint64) uint64 { return bits>>1 - uint64(e) }

// Unit returns the draw from the open interval (0,1) that the bits of an address make: what Uniform makes of them.
func Unit(bits uint64) float64 { return unit(bits) }
