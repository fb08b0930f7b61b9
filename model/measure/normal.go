package measure

import (
	"math"

	"agglo/sim/num"
)

// logRootTwoPi is ln sqrt(2 pi).
const logRootTwoPi = 0.91893853320467274178

// normalUpper is the chance that a standard normal variable exceeds x, with a relative error of about 1e-15 for x below 2
// and 1e-16*x^2 beyond. Below 2 in size it sums x + x^3/3 + x^5/15 + ... (Marsaglia 2004, Journal of Statistical
// Software 11(4), doi 10.18637/jss.v011.i04); beyond, it is the density over the inverse Mills ratio.
func normalUpper(x float64) float64 {
	if x < -2 {
		return 1 - normalUpper(-x)
	}
	density := num.Exp(float64(-.5*x*x) - logRootTwoPi)
	if x > 2 {
		return density / inverseMills(x)
	}
	sum, term, square := x, x, float64(x*x)
	for k := 3.0; math.Abs(term) > 1e-18*math.Abs(sum); k += 2 {
		term *= square / k
		sum += float64(term)
	}
	return .5 - float64(density*sum)
}

// inverseMills is density over upper tail of the standard normal at x, the hazard rate; it grows like x.
// Above 2 it is the continued fraction x + 1/(x + 2/(x + 3/(x + ...))) (Laplace).
func inverseMills(x float64) float64 {
	if x <= 2 {
		return num.Exp(float64(-.5*x*x)-logRootTwoPi) / normalUpper(x)
	}
	steps := 20 + int(400/float64(x*x))
	f := x
	for k := steps; k > 0; k-- {
		f = x + float64(k)/f
	}
	return f
}

// logNormalUpper is the logarithm of normalUpper, without underflow.
func logNormalUpper(x float64) float64 {
	if x < 2 {
		return num.Log(normalUpper(x))
	}
	return float64(-.5*x*x) - logRootTwoPi - num.Log(inverseMills(x))
}

// twoSided is the chance that a standard normal variable is further from 0 than z on either side.
func twoSided(z float64) float64 {
	return math.Min(1, 2*normalUpper(math.Abs(z)))
}
