package num

import "math"

// ln2 as a sum: a multiple of 2^-42, whose products with an exponent are exact, and the rest.
const (
	ln2High = 0x1.62e42fefa38p-1
	ln2Low  = 0x1.ef35793c7673p-45
)

// lowestMantissa has the bits at which the intervals of the table of reciprocals begin, about 0.6855.
const lowestMantissa = 0x3fe5f00000000000

const fractionBits = 1<<52 - 1

// Log returns the natural logarithm of x > 0, within 0.52 units in the last place. It is -Inf for 0, NaN for a negative
// number or NaN, +Inf for +Inf.
//
// x = 2^k z, and log x = k ln2 - log inv + log(1+r) with r = z inv - 1, where inv is a short number from a table near 1/z, so
// that r is known exactly in two parts and below 0.0043. The method is that of P. T. P. Tang (1990),
// doi 10.1145/98267.98294, with short reciprocals in place of exact points.
func Log(x float64) float64 {
	bits := math.Float64bits(x)
	if bits-0x0010000000000000 >= 0x7ff0000000000000-0x0010000000000000 {
		return logExtreme(x)
	}
	offset := bits - lowestMantissa
	entry := &reciprocal[offset>>45&127]
	k := float64(int64(offset) >> 52)
	zbits := bits - offset&^fractionBits
	head := math.Float64frombits(zbits &^ (1<<21 - 1))
	r1 := float64(head*entry.inv) - 1                               // exact: a multiple of 2^-43
	r2 := float64((math.Float64frombits(zbits) - head) * entry.inv) // exact
	high := float64(k*ln2High) + entry.high + r1                    // exact: multiples of 2^-43 below 2^10
	low := float64(k*ln2Low) + entry.low + r2
	r := r1 + r2
	return high + (low + logRest(r))
}

// logRest returns log(1+r) - r for |r| < 0.0043, by Taylor's series up to r^8.
func logRest(r float64) float64 {
	s := r * r
	a := -.5 + float64(r*(1./3))
	b := -.25 + float64(r*(1./5))
	c := -1./6 + float64(r*(1./7)) - float64(s*(1./8))
	return float64(s * (a + float64(s*(b+float64(s*c)))))
}

// logExtreme is Log of what is not a positive normal number.
func logExtreme(x float64) float64 {
	switch {
	case x == 0:
		return math.Inf(-1)
	case x < 0:
		return math.NaN()
	case x > math.MaxFloat64 || x != x:
		return x
	}
	high, low := logParts(x*(1<<52), 0, -52)
	return high + low
}

// logParts returns log(x+c) + k ln2 as high + low. x is a positive normal number and c a correction of at most half a unit
// in its last place, or x is 1 and c below 2^-52. What high + low loses is of the size of 2^-53 times low.
func logParts(x, c float64, k int64) (high, low float64) {
	bits := math.Float64bits(x)
	offset := bits - lowestMantissa
	entry := &reciprocal[offset>>45&127]
	exponent := int64(offset) >> 52
	zbits := bits - offset&^fractionBits
	c = float64(c * math.Float64frombits(uint64(1023-exponent)<<52))
	head := math.Float64frombits(zbits &^ (1<<21 - 1))
	r1 := float64(head*entry.inv) - 1
	r2 := float64((math.Float64frombits(zbits) - head + c) * entry.inv)
	n := float64(exponent + k)
	high = float64(n*ln2High) + entry.high + r1
	return high, float64(n*ln2Low) + entry.low + r2 + logRest(r1+r2)
}

// Log1p returns log(1+x) for x > -1, exact to the last bits where x is near 0 and a plain Log(1+x) would lose them. Within
// 0.6 units in the last place. It is -Inf for -1, NaN below -1 or for NaN, +Inf for +Inf.
func Log1p(x float64) float64 {
	switch {
	case x != x || x > math.MaxFloat64 || x == 0:
		return x
	case x <= -1:
		return Log(1 + x)
	}
	u := 1 + x
	back := u - x // with u and back, c is what the sum lost
	c := x - (u - back) + (1 - back)
	if math.Abs(x) < 0x1p-30 { // the series of two terms is exact here, down to the least numbers
		return x - float64(.5*x*x)
	}
	high, low := logParts(u, c, 0)
	return high + low
}
