package study

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// few is the number of pairs below which intervals are Student's: samples of so few values do not reach far enough into the
// tails for a bootstrap.
const few = 20

// Least is the number of pairs below which no interval should be relied upon: whether differences are near enough to normal
// for Student's interval cannot be seen in so few.
const Least = 6

// chancePower is the chance with which the smallest detectable effect is found.
const chancePower = .8

// tQuantile is a quantile of Student's t over n values.
func tQuantile(p float64, n int) float64 {
	return distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.Quantile(p)
}

// student is the 95% interval of a mean (Student 1908); NaN for one value.
func student(x []float64) (lo, hi float64) {
	if len(x) < 2 {
		return math.NaN(), math.NaN()
	}
	mean, variance := moments(x)
	half := tQuantile(.975, len(x)) * math.Sqrt(variance/float64(len(x)))
	return mean - float64(half), mean + float64(half)
}

// fieller is the 95% interval of the ratio of two means over the same replicates (Fieller 1954, J. R. Statist. Soc. B 16,
// 175-185): all ratios rho for which the mean of cost - rho gain is not beyond chance. It has bounds just when the interval
// of the gain leaves out 0; else both ends are NaN.
func fieller(cost, gain []float64) (lo, hi float64) {
	n := len(cost)
	if n < 2 {
		return math.NaN(), math.NaN()
	}
	c, varC := moments(cost)
	g, varG := moments(gain)
	both := 0.0
	for k := range cost {
		both += float64((cost[k] - c) * (gain[k] - g))
	}
	both /= float64(n - 1)
	t := tQuantile(.975, n)
	t2 := float64(t*t) / float64(n)
	// (g^2 - t2 varG) rho^2 - 2 (c g - t2 both) rho + (c^2 - t2 varC) <= 0
	a, b, d := float64(g*g)-float64(t2*varG), float64(c*g)-float64(t2*both), float64(c*c)-float64(t2*varC)
	under := float64(b*b) - float64(a*d)
	if a <= 0 || under < 0 {
		return math.NaN(), math.NaN()
	}
	return (b - math.Sqrt(under)) / a, (b + math.Sqrt(under)) / a
}

// detectable is the smallest true mean that a paired t-test at 5% finds with a chance of 80% in so many differences of this
// spread: (t_.975 + t_.8) s / sqrt(n). It is that of one test alone; adjusting for many takes more. NaN for one value.
func detectable(x []float64) float64 {
	if len(x) < 2 {
		return math.NaN()
	}
	_, variance := moments(x)
	return (tQuantile(.975, len(x)) + tQuantile(chancePower, len(x))) * math.Sqrt(variance/float64(len(x)))
}
