package num

import "math"

// ExpQuick works on x = k ln2 + r with |r| <= ln2/2 and Taylor's series of e^r up to r^11. No table is read, so that four numbers at a time
// take the same steps (quick_amd64.s).
const (
	ln2Head      = 0x1.62e42fee00000p-1 // ln2 to 32 bits, whose products with k are exact
	ln2Tail      = 0x1.a39ef35793c76p-33
	quickLowest  = -708.
	quickHighest = 709.
)

// ExpQuick returns e^x with a relative error below 1e-14 for x from -708 to 709, and for other numbers the value at the nearer end; NaN
// for NaN. It is for loops over many firms; the same bits on every CPU.
func ExpQuick(x float64) float64 {
	x = min(max(x, quickLowest), quickHighest)
	shifted := float64(x*math.Log2E) + rounder
	k := shifted - rounder
	r := x - float64(k*ln2Head) - float64(k*ln2Tail)
	scale := math.Float64frombits((math.Float64bits(shifted) + 1023) << 52) // the last bits are k
	r2 := r * r
	r4 := r2 * r2
	a := 1 + r + float64(r2*(1./2+float64(r*(1./6))))
	b := 1./24 + float64(r*(1./120)) + float64(r2*(1./720+float64(r*(1./5040))))
	c := 1./40320 + float64(r*(1./362880)) + float64(r2*(1./3628800+float64(r*(1./39916800))))
	return scale * (a + float64(r4*(b+float64(r4*c))))
}

// Exps puts ExpQuick of each number in its place.
func Exps(x []float64) {
	n := fours(len(x))
	if n > 0 {
		expsWide(&x[0], n)
	}
	for i, v := range x[n:] {
		x[n+i] = ExpQuick(v)
	}
}
