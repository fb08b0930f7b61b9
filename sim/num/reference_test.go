package num

import (
	"math"
	"math/big"
)

// bits of precision of the reference values: enough that their own error never shows.
const precise = 260

func number(x float64) *big.Float { return new(big.Float).SetPrec(precise).SetFloat64(x) }

func fresh() *big.Float { return new(big.Float).SetPrec(precise) }

// pi to 80 digits, and log 2 from the reference logarithm's own series.
var referencePi = func() [1]*big.Float {
	v, _, err := big.ParseFloat("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899", 10, precise, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	return [1]*big.Float{v}
}()

// seriesExp returns e^x: Taylor's series of x/2^k, squared k times.
func seriesExp(x *big.Float) *big.Float {
	const halvings = 24
	small := fresh().SetMantExp(x, -halvings)
	sum, term := number(1), number(1)
	for n := 1; n < 40; n++ {
		term = fresh().Quo(fresh().Mul(term, small), number(float64(n)))
		sum.Add(sum, term)
	}
	for range halvings {
		sum = fresh().Mul(sum, sum)
	}
	return sum
}

// atanhLog returns log x of a number between 1/2 and 2, as 2 atanh((x-1)/(x+1)).
func atanhLog(x *big.Float) *big.Float {
	t := fresh().Quo(fresh().Sub(x, number(1)), fresh().Add(x, number(1)))
	square := fresh().Mul(t, t)
	sum, power := fresh(), t
	for n := 1; n < 170; n += 2 {
		sum.Add(sum, fresh().Quo(power, number(float64(n))))
		power = fresh().Mul(power, square)
	}
	return sum.Mul(sum, number(2))
}

var logTwo = [1]*big.Float{atanhLog(number(2))}

// bigLog returns log x of a positive number.
func bigLog(x *big.Float) *big.Float {
	mantissa := fresh()
	exponent := x.MantExp(mantissa)
	if mantissa.Cmp(number(.7)) < 0 {
		mantissa.SetMantExp(mantissa, 1)
		exponent--
	}
	return fresh().Add(atanhLog(mantissa), fresh().Mul(logTwo[0], number(float64(exponent))))
}

// seriesSine returns the sine of 2 pi u, seriesCosine the cosine, of |u| <= 1.
func seriesSine(u float64) *big.Float {
	x := fresh().Mul(fresh().Mul(referencePi[0], number(2)), number(u))
	return alternating(x, x, 1)
}

func seriesCosine(u float64) *big.Float {
	x := fresh().Mul(fresh().Mul(referencePi[0], number(2)), number(u))
	return alternating(number(1), x, 0)
}

// alternating sums first - first x^2/((n+1)(n+2)) + ...
func alternating(first, x *big.Float, n int) *big.Float {
	sum, term := fresh().Set(first), fresh().Set(first)
	square := fresh().Mul(x, x)
	for ; n < 90; n += 2 {
		term = fresh().Quo(fresh().Mul(term, square), number(float64(-(n+1)*(n+2))))
		sum.Add(sum, term)
	}
	return sum
}

// units returns the distance of got from want in units in the last place of want.
func units(got float64, want *big.Float) float64 {
	near, _ := want.Float64()
	if math.IsInf(near, 0) || near == 0 {
		if got == near {
			return 0
		}
		return math.Inf(1)
	}
	_, exponent := math.Frexp(near)
	unit := math.Ldexp(1, max(exponent-53, -1074))
	off, _ := fresh().Quo(fresh().Sub(number(got), want), number(unit)).Float64()
	return math.Abs(off)
}
