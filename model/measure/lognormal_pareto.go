package measure

import (
	"math"

	"agglo/sim/num"
)

// TailContest compares two laws for the sizes above a threshold.
type TailContest struct {
	Threshold float64 // smallest size used, in the unit of the sizes
	Count     int     // sizes used
	Pareto    float64 // fitted exponent of P(size > s) ~ s^-Pareto
	Mu, Sigma float64 // fitted mean and sd of ln(size) of the lognormal that is cut off at the threshold
	Ratio     float64 // log-likelihood of the lognormal less that of the Pareto; never below 0 but for rounding
	Vuong     float64 // Ratio over its standard deviation: above 0 favours the lognormal
	P         float64 // two-sided chance of a Vuong this far from 0 if both laws were equally near the truth
}

// LognormalAgainstPareto fits a Pareto law and a lognormal cut off at the threshold to the top largest sizes, both by
// maximum likelihood, and compares them by Vuong's test (Vuong 1989, doi 10.2307/1912557; for tails Clauset, Shalizi
// and Newman 2009, doi 10.1137/070710111). The threshold is the smallest of the top sizes.
//
// With y = ln(size/threshold), the Pareto is an exponential law of y and the cut-off lognormal a normal law of y cut
// off at 0. The latter has a coefficient of variation below 1 and nears the exponential as it nears 1: for data at or
// above 1 the best lognormal is that limit, so both laws coincide and Vuong is 0 with P 1 (Sigma is then the widest the
// search allows). Because one law is a limit of the other, P is a guide and no exact level (Malevergne, Pisarenko and
// Sornette 2011, doi 10.1103/PhysRevE.83.036111).
//
// It is undefined for fewer than three sizes and for sizes without spread.
func LognormalAgainstPareto(sizes []float64, top int) (TailContest, error) {
	const name = "lognormal-against-pareto"
	tail, err := largest(name, sizes, top)
	if err != nil {
		return TailContest{}, err
	}
	n := len(tail)
	if n < 3 || tail[0] == tail[n-1] {
		return TailContest{}, undefined(name, "want at least three sizes, not all equal")
	}
	c := TailContest{Threshold: tail[n-1], Count: n}
	logThreshold := num.Log(c.Threshold)
	y := tail
	mean, square := 0.0, 0.0
	for i, s := range tail {
		y[i] = num.Log(s) - logThreshold
		mean += y[i]
		square += float64(y[i] * y[i])
	}
	mean /= float64(n)
	square /= float64(n)
	if !(mean > 0) {
		return TailContest{}, undefined(name, "the sizes differ too little")
	}
	c.Pareto = 1 / mean
	cut := cutFor(square / float64(mean*mean)) // where the normal is cut, in standard deviations above its mean
	c.Sigma = mean / overshoot(cut)
	mu := -float64(cut * c.Sigma)
	c.Mu = logThreshold + mu
	constant := -num.Log(c.Sigma) - logRootTwoPi - logNormalUpper(cut) + num.Log(mean)
	sumSquares := 0.0
	for i, v := range y {
		d := (v - mu) / c.Sigma
		y[i] = constant - float64(.5*d*d) + v/mean
		c.Ratio += y[i]
	}
	average := c.Ratio / float64(n)
	for _, l := range y {
		sumSquares += float64((l - average) * (l - average))
	}
	c.P = 1
	if spread := math.Sqrt(sumSquares); cut < greatestCut && spread > 1e-12*float64(n) {
		c.Vuong = c.Ratio / spread
		c.P = twoSided(c.Vuong)
	}
	return c, nil
}

// The cuts that the fit looks at, in standard deviations. At the greatest the law cannot be told from a Pareto.
const (
	leastCut    = -40.0
	greatestCut = 100.0
)

// overshoot is the mean excess over a cut at h of a standard normal variable that exceeds it.
func overshoot(h float64) float64 { return float64(inverseMills(h)) - float64(h) }

// cutFor is the cut h at which a normal variable cut off there has mean square excess over squared mean excess equal to
// ratio, which rises with h from 1 to 2; found by bisection.
func cutFor(ratio float64) float64 {
	lo, hi := leastCut, greatestCut
	for range 100 {
		h := .5 * (lo + hi)
		m := overshoot(h)
		if (1-float64(h*m))/float64(m*m) < ratio {
			lo = h
		} else {
			hi = h
		}
	}
	return .5 * (lo + hi)
}
