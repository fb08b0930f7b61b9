package measure

import (
	"math"
	"slices"

	"agglo/sim/num"
)

// TailFit is an estimate of the exponent of a power law P(size > s) ~ s^-Exponent.
type TailFit struct {
	Exponent float64 // tail exponent, above 0; 1 is Zipf's law
	SE       float64 // its standard error
	Count    int     // sizes used
	Least    float64 // smallest size used, in the unit of the sizes
}

// TopCount is how many of n sizes make up the top share, a number in [0, 1]: n*share rounded up.
func TopCount(n int, share float64) int {
	if n <= 0 || !(share > 0) {
		return 0
	}
	if share >= 1 {
		return n
	}
	// The small amount keeps .1 of 30 at 3, where binary fractions would make it 4.
	return int(math.Ceil(float64(float64(n)*share) - 1e-9))
}

// RankSize fits the tail exponent to the top largest sizes by least squares of ln(rank-1/2) on ln(size), rank 1 being
// the largest; the half removes the bias of small samples, and the standard error is Exponent*sqrt(2/Count), since that
// of least squares is far too small (Gabaix and Ibragimov 2011, doi 10.1198/jbes.2009.06157).
//
// Equal sizes take consecutive ranks. A top above the number of sizes means all of them. Sizes may hold zeros, but not
// among the top. The exponent is undefined for fewer than two different sizes.
func RankSize(sizes []float64, top int) (TailFit, error) {
	const name = "rank-size"
	tail, err := largest(name, sizes, top)
	if err != nil {
		return TailFit{}, err
	}
	n := len(tail)
	if n < 2 || tail[0] == tail[n-1] {
		return TailFit{}, undefined(name, "want at least two different sizes")
	}
	least, meanX, meanY := tail[n-1], 0.0, 0.0
	logRank := make([]float64, n)
	for i, s := range tail {
		tail[i], logRank[i] = num.Log(s), num.Log(float64(i+1)-.5)
		meanX += tail[i]
		meanY += logRank[i]
	}
	meanX /= float64(n)
	meanY /= float64(n)
	sxx, sxy := 0.0, 0.0
	for i, logSize := range tail {
		dx, dy := logSize-meanX, logRank[i]-meanY
		sxx += float64(dx * dx)
		sxy += float64(dx * dy)
	}
	if !(sxx > 0) {
		return TailFit{}, undefined(name, "the sizes differ too little")
	}
	b := -sxy / sxx
	return TailFit{Exponent: b, SE: b * math.Sqrt(2/float64(n)), Count: n, Least: least}, nil
}

// Hill is the maximum-likelihood estimator of the tail exponent from the k largest sizes against the next one:
// k / sum_{i<=k} ln(x_(i)/x_(k+1)), with standard error Exponent/sqrt(k) (Hill 1975, doi 10.1214/aos/1176343247).
// Least is the threshold x_(k+1).
//
// It wants 1 <= k < number of sizes and a positive threshold; it is undefined where the k sizes all equal it.
func Hill(sizes []float64, k int) (TailFit, error) {
	if k < 1 || k >= len(sizes) {
		return TailFit{}, undefined("hill", "want k from 1 to the number of sizes less one")
	}
	tail, err := largest("hill", sizes, k+1)
	if err != nil {
		return TailFit{}, err
	}
	sum, threshold := 0.0, num.Log(tail[k])
	for _, s := range tail[:k] {
		sum += num.Log(s) - threshold
	}
	if !(sum > 0) {
		return TailFit{}, undefined("hill", "the largest sizes are all equal")
	}
	b := float64(k) / sum
	return TailFit{Exponent: b, SE: b / math.Sqrt(float64(k)), Count: k, Least: tail[k]}, nil
}

// largest returns the top largest sizes, largest first, in a new slice. All must be positive.
func largest(name string, sizes []float64, top int) ([]float64, error) {
	if err := finite(name, "sizes", sizes); err != nil {
		return nil, err
	}
	sorted := slices.Clone(sizes)
	if top < len(sorted) {
		sorted = leading(sorted, max(top, 0))
	}
	slices.Sort(sorted)
	slices.Reverse(sorted)
	if n := len(sorted); n > 0 && sorted[n-1] <= 0 {
		at := slices.Index(sizes, sorted[n-1])
		return nil, &Invalid{name, "sizes", at, sorted[n-1], "a size above 0 among the largest that are asked for"}
	}
	return sorted, nil
}

// leading moves the n largest numbers of x to its front, in no order, and returns them (Hoare 1961, doi 10.1145/366622.366647: find).
// None is NaN.
func leading(x []float64, n int) []float64 {
	for lo, hi := 0, len(x)-1; lo < hi && n > 0 && n < len(x); {
		a, b, c := x[lo], x[lo+(hi-lo)/2], x[hi]
		middle := max(min(a, b), min(max(a, b), c))
		i, j := lo, hi
		for i <= j {
			for x[i] > middle {
				i++
			}
			for x[j] < middle {
				j--
			}
			if i <= j {
				x[i], x[j] = x[j], x[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case n-1 <= j:
			hi = j
		case n-1 >= i:
			lo = i
		default:
			return x[:n]
		}
	}
	return x[:n]
}
