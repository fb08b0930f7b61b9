package num

import "math"

// Pow returns x to the power y, within 0.55 units in the last place (1 where the result is subnormal). Special cases are
// those of math.Pow: anything to the power 0 is 1, 1 to any power is 1, 0 to a positive power is 0 and to a negative power
// +Inf, a negative number to a whole power has the sign of the product, to another power NaN.
//
// The power is e^(y log x). An error of the logarithm is multiplied by the result's exponent, up to 709, so the logarithm is
// carried as a sum of two numbers, good to about 67 bits, through the product and into the exponential.
func Pow(x, y float64) float64 {
	if !(x > 0 && x <= math.MaxFloat64 && math.Abs(y) < 0x1p64) || x < 0x1p-1022 {
		return powExtreme(x, y)
	}
	return powNormal(x, 0, y)
}

// powNormal returns (x 2^k)^y for a positive normal x and |y| < 2^64. It works as Log and Exp do, with every intermediate
// result in two parts.
func powNormal(x float64, k int64, y float64) float64 {
	bits := math.Float64bits(x)
	offset := bits - lowestMantissa
	inverse := &reciprocal[offset>>45&127]
	zbits := bits - offset&^fractionBits
	head := math.Float64frombits(zbits &^ (1<<21 - 1))
	r1 := float64(head*inverse.inv) - 1
	r2 := float64((math.Float64frombits(zbits) - head) * inverse.inv)
	n := float64(int64(offset)>>52 + k)
	whole := float64(n*ln2High) + inverse.high + r1 // exact
	sum := whole + r2
	low := whole - sum + r2 // exact
	r := r1 + r2
	rTop := top(r, 27)
	square := float64(-.5 * float64(rTop*rTop)) // exact
	high := sum + square
	low += sum - high + square
	s := r * r
	rest := 1./3 - float64(.25*r) + float64(s*(1./5-float64(r*(1./6))+float64(s*(1./7-float64(r*(1./8))))))
	rest = float64(r*s*rest) - float64(.5*(r-rTop)*(r+rTop))
	low += float64(n*ln2Low) + inverse.low + rest

	yTop, highTop := top(y, 27), top(high, 27)
	product := float64(yTop * highTop) // exact: 26 bits each
	correction := float64((y-yTop)*highTop) + float64(y*(high-highTop+low))
	if !(product > -700 && product < 708) {
		return powFar(product, correction)
	}
	shifted := float64(product*stepsPerUnit) + rounder
	turns := shifted - rounder
	steps := math.Float64bits(shifted)
	f := product - float64(turns*stepHigh) - float64(turns*stepLow) + correction
	power := &powerOfTwo[steps&127]
	scale := math.Float64frombits(power.bits + steps<<45)
	f2 := f * f
	growth := power.tail + f + float64(f2*(.5+float64(f*(1./6))+float64(f2*(1./24+float64(f*(1./120))))))
	return scale + float64(scale*growth)
}

// powFar returns e^(product+correction) where that, or a step towards it, may leave the normal numbers.
func powFar(product, correction float64) float64 {
	exponent := product + correction
	switch {
	case exponent > greatestExponent+1e-9:
		return math.Inf(1)
	case exponent < leastExponent-1e-9:
		return 0
	}
	return expSum(exponent, product-exponent+correction)
}

// powExtreme is Pow where x is not a positive normal number or y is beyond 2^64.
func powExtreme(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case x != x || y != y:
		return math.NaN()
	case math.Abs(y) > math.MaxFloat64:
		return powInfinite(math.Abs(x), y)
	case x == 0 || math.Abs(x) > math.MaxFloat64:
		grows := (x == 0) == (y < 0)
		result := 0.
		if grows {
			result = math.Inf(1)
		}
		if odd(y) {
			return math.Copysign(result, x)
		}
		return result
	case x < 0 && y != math.Floor(y):
		return math.NaN()
	case x < 0:
		result := Pow(-x, y)
		if odd(y) {
			return -result
		}
		return result
	case x < 0x1p-1022 && math.Abs(y) < 0x1p64:
		return powNormal(x*(1<<52), -52, y)
	}
	return powInfinite(x, y) // even 1-2^-53, the number nearest to 1, has no finite power so large but 0
}

// powInfinite is the limit of x^y for x >= 0 as y grows without bound, to the sign of y.
func powInfinite(x, y float64) float64 {
	switch {
	case x == 1:
		return 1
	case (x > 1) == (y > 0):
		return math.Inf(1)
	}
	return 0
}

// odd says whether y is an odd whole number. All numbers from 2^53 on are even.
func odd(y float64) bool {
	return math.Abs(y) < 0x1p53 && y == math.Floor(y) && int64(y)&1 != 0
}

// PowQuick returns x to the power y for a positive normal x with a relative error of about 1e-12 times |y|: whole powers from 0 to 8 by
// multiplication, others by LogQuick and Exp. It is for powers that many firms take in every tick.
func PowQuick(x, y float64) float64 {
	if n := int(y); float64(n) == y && n >= 0 && n <= 8 {
		power := 1.0
		for ; n > 0; n-- {
			power *= x
		}
		return power
	}
	return Exp(y * LogQuick(x))
}
