package rng

// Odd multipliers of 32 bits, the upper halves of those of Bits, each made odd.
const (
	short1 = finale1 >> 32
	short2 = finale2>>32 | 1
)

// Short returns 32 bits that fall to a key, for loops that take eight draws at a time (model/world has one in assembly). Half of the deck
// goes in before the first step and half after it, so that draws of one tick are not those of another in another order. The upper half of
// the bits is as good as those of Bits, as is the upper half of the product with an odd number that is a hash.
func (d Deck) Short(key uint32) uint32 {
	x := uint32(d) ^ key
	x = (x ^ x>>15) * short1
	x = (x ^ x>>15 ^ uint32(d>>32)) * short2
	return x ^ x>>16
}

// A Bar is a chance counted in parts of 2^31, for draws by Short: the last of 2^31 draws at which it holds.
type Bar int32

// BarAt makes the bar of a chance, which counts as 0 below 0 and as 1 above 1. At 0 it never holds, at 1 always.
func BarAt(chance float64) Bar { return Bar(int64(float64(min(max(chance, 0), 1)*(1<<31))) - 1) }

// Holds says whether a draw by Short lies below the chance.
func (b Bar) Holds(draw uint32) bool { return int32(draw>>1) <= int32(b) }
