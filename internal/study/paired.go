package study

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"agglo/sim/rng"
)

// resamples is the number of bootstrap samples.
const resamples = 2000

// drawResample is the purpose of the bootstrap's draws.
const drawResample rng.Purpose = 0x6201

// resampling holds which replicates each bootstrap sample takes: the same for every policy, metric and tick, so that
// intervals of several outcomes are of the same samples.
type resampling struct {
	n     int
	picks [][]int32 // by sample
	level float64   // of the lower end of an interval
}

// newResampling draws the samples for n replicates.
func newResampling(seed uint64, n int) *resampling {
	b := &resampling{n: n, picks: make([][]int32, resamples)}
	for s := range b.picks {
		b.picks[s] = make([]int32, n)
		for k := range n {
			b.picks[s][k] = int32(rng.Seed(seed).Uniform(drawResample, uint64(s), 0, k) * float64(n))
		}
	}
	if n > 1 {
		t := distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.Quantile(.025)
		b.level = distuv.UnitNormal.CDF(math.Sqrt(float64(n)/float64(n-1)) * t)
	}
	return b
}

// interval is the 95% interval of a statistic of a sample: the bootstrap percentile interval, with levels widened so that
// the mean of a small sample is covered as often as Student's t would (the expanded percentile of Hesterberg 2015,
// doi 10.1080/00031305.2015.1089789). NaN for one replicate, or where the statistic does not exist in some sample.
func (b *resampling) interval(statistic func(picks []int32) float64) (lo, hi float64) {
	if b.n < 2 {
		return math.NaN(), math.NaN()
	}
	values := make([]float64, resamples)
	for s, picks := range b.picks {
		values[s] = statistic(picks)
		if math.IsNaN(values[s]) {
			return math.NaN(), math.NaN()
		}
	}
	slices.Sort(values)
	return quantile(values, b.level), quantile(values, 1-b.level)
}

// mean is the interval of a mean over replicates: Student's where pairs are few, so that it leaves out 0 just when the paired
// t-test says so, else that of the bootstrap.
func (b *resampling) mean(x []float64) (lo, hi float64) {
	if b.n < few {
		return student(x)
	}
	return b.interval(func(picks []int32) float64 { return meanOf(x, picks) })
}

// meanOf is the mean of a sample's values.
func meanOf(x []float64, picks []int32) float64 {
	sum := 0.0
	for _, k := range picks {
		sum += x[k]
	}
	return sum / float64(len(picks))
}

// quantile interpolates between ordered values, position p(n-1).
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	k := min(int(at), len(sorted)-2)
	return sorted[k] + float64((float64(at)-float64(k))*(sorted[k+1]-sorted[k]))
}

// moments are mean and variance (n-1 below) of a sample; the variance of one value is NaN.
func moments(x []float64) (mean, variance float64) {
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	for _, v := range x {
		variance += float64((v - mean) * (v - mean))
	}
	return mean, variance / float64(len(x)-1)
}

// pairedP is the two-sided p-value of the paired t-test that the mean difference is 0 (Student 1908). It is 1 where all
// differences are 0, and NaN for one pair.
func pairedP(difference []float64) float64 {
	n := len(difference)
	if n < 2 {
		return math.NaN()
	}
	mean, variance := moments(difference)
	switch {
	case mean == 0:
		return 1
	case variance == 0:
		return 0
	}
	t := math.Abs(mean) / math.Sqrt(variance/float64(n))
	return 2 * distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.CDF(-t)
}

// holm adjusts p-values for being many: ordered from the smallest, the k-th of m becomes the largest of (m-j+1) p_j, j up
// to k, at most 1 (Holm 1979, Scandinavian Journal of Statistics 6, 65-70). NaNs are no tests and stay.
func holm(p []float64) []float64 {
	adjusted := slices.Clone(p)
	var order []int
	for k, x := range p {
		if !math.IsNaN(x) {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	least := 0.0
	for rank, k := range order {
		least = max(least, min(1, float64(len(order)-rank)*p[k]))
		adjusted[k] = least
	}
	return adjusted
}
