package num

import "math"

// Exp works on x = (k + f) ln2/128 with |f| <= 1/2: a table gives 2^(k/128), five terms of Taylor's series the rest. The
// step ln2/128 is kept as a sum of a short number, whose products with k are exact, and a correction.
const (
	stepsPerUnit = 0x1.71547652b82fep+7  // 128/ln2
	stepHigh     = 0x1.62e42fef8p-8      // ln2/128 to 34 bits
	stepLow      = 0x1.1cf79abc9e3b4p-43 // and the rest of it
	rounder      = 0x1.8p+52             // added to a number below 2^51, it leaves the nearest integer in the last 51 bits
)

// The arguments beyond which e^x is infinite, or nearer to 0 than to the least positive number.
const (
	greatestExponent = 0x1.62e42fefa39efp+9  // about 709.78
	leastExponent    = -0x1.74910d52d3051p+9 // about -745.13
)

// Exp returns e^x for any x, within 0.52 units in the last place (1 where the result is subnormal). It is +Inf above
// 709.78, 0 below -745.13, and NaN for NaN.
//
// The method, a table and a short polynomial, is that of P. T. P. Tang (1989), doi 10.1145/63522.214389.
func Exp(x float64) float64 {
	if !(x > -700 && x < 709) {
		return expExtreme(x)
	}
	shifted := float64(x*stepsPerUnit) + rounder
	k := shifted - rounder
	steps := math.Float64bits(shifted)
	r := x - float64(k*stepHigh) - float64(k*stepLow)
	entry := &powerOfTwo[steps&127]
	scale := math.Float64frombits(entry.bits + steps<<45)
	r2 := r * r
	high := float64(r2 * (1./24 + float64(r*(1./120))))
	growth := entry.tail + r + float64(r2*(.5+float64(r*(1./6))+high))
	return scale + float64(scale*growth)
}

// expExtreme is Exp where the result, or a step towards it, leaves the normal numbers.
func expExtreme(x float64) float64 {
	switch {
	case x != x || x > greatestExponent:
		return x * math.Inf(1)
	case x < leastExponent:
		return 0
	}
	return expSum(x, 0)
}

// expSum returns e^(x+low) where low is a correction of x, of at most a millionth, and x lies between leastExponent
// and greatestExponent.
func expSum(x, low float64) float64 {
	scale, growth, exponent := expParts(x, low)
	y := scale + float64(scale*growth)
	if exponent > -1022 && exponent < 1023 {
		return math.Float64frombits(math.Float64bits(y) + uint64(exponent)<<52)
	}
	half := exponent / 2 // one factor alone may be no normal number; the first product is exact
	return y * math.Float64frombits(uint64(1023+half)<<52) * math.Float64frombits(uint64(1023+exponent-half)<<52)
}

// expParts returns e^(x+low) as scale*(1+growth)*2^exponent, with scale in [1,2) and |growth| < 0.003.
func expParts(x, low float64) (scale, growth float64, exponent int64) {
	shifted := float64(x*stepsPerUnit) + rounder
	k := shifted - rounder
	steps := int64(math.Float64bits(shifted)<<13) >> 13 // the last 51 bits are k; those above are the rounder's own
	r := x - float64(k*stepHigh) - float64(k*stepLow) + low
	entry := &powerOfTwo[steps&127]
	scale = math.Float64frombits(entry.bits + uint64(steps&127)<<45)
	r2 := r * r
	high := float64(r2 * (1./24 + float64(r*(1./120))))
	return scale, entry.tail + r + float64(r2*(.5+float64(r*(1./6))+high)), steps >> 7
}

// Expm1 returns e^x - 1 for any x, exact to the last bits where x is near 0 and a plain Exp(x)-1 would lose them. Within
// 0.8 units in the last place.
func Expm1(x float64) float64 {
	switch {
	case x != x || x > 60:
		return Exp(x)
	case x < -40:
		return -1
	case math.Abs(x) < .35:
		return expm1Small(x)
	}
	scale, growth, exponent := expParts(x, 0)
	scale = float64(scale * math.Float64frombits(uint64(1023+exponent)<<52))
	less := scale - 1
	lost := scale - (less + 1) // what the difference rounded away; the larger of the two goes first
	if scale > 1 {
		lost = scale - less - 1
	}
	return less + (lost + float64(scale*growth))
}

// expm1Small sums Taylor's series of e^x - 1 for |x| < 0.35, the small terms first and in pairs, which shortens the wait.
func expm1Small(x float64) float64 {
	x2 := x * x
	x4 := x2 * x2
	x8 := x4 * x4
	a := 1./6 + float64(x*(1./24)) + float64(x2*(1./120+float64(x*(1./720))))
	b := 1./5040 + float64(x*(1./40320)) + float64(x2*(1./362880+float64(x*(1./3628800))))
	c := 1./39916800 + float64(x*(1./479001600)) + float64(x2*(1./6227020800+float64(x*(1./87178291200))))
	return x + (float64(.5*x2) + float64(float64(x2*x)*(a+float64(x4*b)+float64(x8*c))))
}

// Logistic returns 1/(1+e^-x), the share between 0 and 1 that log odds x stand for. It never overflows: 1 for +Inf, 0 for
// -Inf, NaN for NaN. Within 2 units in the last place.
func Logistic(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + Exp(-x))
	}
	e := Exp(x) // for a large -x, 1/(1+e^-x) would overflow on the way
	return e / (1 + e)
}
