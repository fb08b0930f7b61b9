package rng

// Top returns 64 bits that fall to a key, for loops in which a hash is most of the cost: a deck is spread over all bits already, so that
// two rounds instead of three are enough. Of small keys the upper half of the bits is as good as those of Bits; of keys that are
// hashes, such as ids, all are, but for the lowest five of two decks that are dealt to the same ids: those may go together. Like Bits it
// is a bijection of the key.
func (d Deck) Top(key uint64) uint64 {
	x := (uint64(d) ^ key) * finale1
	return (x ^ x>>32) * finale2
}

// An Edge is a chance counted in parts of 2^63, for loops in which the comparison of two floating-point numbers is a cost. Draws are counted so too:
// bits>>1.
type Edge uint64

// EdgeAt makes the edge of a chance, which counts as 0 below 0 and as 1 above 1.
func EdgeAt(chance float64) Edge { return Edge(min(max(chance, 0), 1) * (1 << 63)) }

// Holds says whether a draw lies below the chance.
func (e Edge) Holds(draw uint64) bool { return draw < uint64(e) }

// Unit returns the draw from the open interval (0,1) that the bits of an address make: what Uniform makes of them.
func Unit(bits uint64) float64 { return unit(bits) }
