package measure

import (
	"cmp"
	"math"
	"slices"

	"agglo/sim/num"
)

// SizeVolatility is how fast the spread of growth rates falls with size.
type SizeVolatility struct {
	Beta    float64 // sd ~ size^-Beta
	Classes int
	Count   int // firms
}

// SizeVolatilityOf sorts firms by size into so many classes of equal number, and fits the log of the standard deviation of
// their growth rates (divisor n-1) to the mean of their log sizes, by least squares over the classes; Beta is minus the
// slope (Stanley et al. 1996, doi 10.1038/379804a0; Riccaboni et al. 2008, doi 10.1073/pnas.0810478105). 1/2 is what a firm
// made of independent units of one size would show, 0 a firm that moves as one. A class that is wide in size is a mixture, which
// pulls a steep slope a little towards 0.
//
// Sizes are above 0, growth is in logs. It is undefined for fewer than two classes, for fewer than two firms a class, and
// where a class does not spread or all classes are of one size.
func SizeVolatilityOf(size, growth []float64, classes int) (SizeVolatility, error) {
	const name = "size-volatility"
	if err := regressors(name, size, growth, nil); err != nil {
		return SizeVolatility{}, err
	}
	for i, s := range size {
		if !(s > 0) {
			return SizeVolatility{}, &Invalid{name, "size", i, s, "a size above 0"}
		}
	}
	n := len(size)
	if classes < 2 || n < 2*classes {
		return SizeVolatility{}, undefined(name, "want at least two classes, and two firms a class")
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size[a], size[b]) })
	x, y := make([]float64, classes), make([]float64, classes)
	for c := range classes {
		rows := order[c*n/classes : (c+1)*n/classes]
		mean, square := 0.0, 0.0
		for _, i := range rows {
			x[c] += num.Log(size[i])
			mean += growth[i]
		}
		x[c] /= float64(len(rows))
		mean /= float64(len(rows))
		for _, i := range rows {
			square += float64((growth[i] - mean) * (growth[i] - mean))
		}
		if !(square > 0) {
			return SizeVolatility{}, undefined(name, "a class of sizes does not spread")
		}
		y[c] = num.Log(square/float64(len(rows)-1)) / 2
	}
	s, err := WeightedSlope(x, y, nil, nil, 0)
	if err != nil {
		return SizeVolatility{}, undefined(name, "all classes are of one size")
	}
	return SizeVolatility{Beta: -s.B, Classes: classes, Count: n}, nil
}

// QuantileGap is the value at one quantile less that at a lower one, both in [0, 1], by linear interpolation at position
// p(n-1) of the ordered values. From .1 to .9 of log productivity it is the gap of Syverson (2004, doi
// 10.1162/003465304323031094). It is undefined for no values.
func QuantileGap(x []float64, lower, upper float64) (float64, error) {
	const name = "quantile-gap"
	if err := finite(name, "values", x); err != nil {
		return 0, err
	}
	for _, p := range [...]float64{lower, upper} {
		if !(p >= 0 && p <= 1) {
			return 0, &Invalid{name, "quantile", -1, p, "a number from 0 to 1"}
		}
	}
	if len(x) == 0 {
		return 0, undefined(name, "no values")
	}
	sorted := slices.Clone(x)
	slices.Sort(sorted)
	return between(sorted, upper) - between(sorted, lower), nil
}

// between interpolates ordered values at position p(n-1).
func between(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	k := min(int(at), max(len(sorted)-2, 0))
	if k+1 >= len(sorted) {
		return sorted[k]
	}
	return sorted[k] + float64((float64(at)-float64(k))*(sorted[k+1]-sorted[k]))
}

// PairMoments are the sums from which the correlation of two variables is taken; pairs may come one by one.
type PairMoments struct {
	Count                      int
	meanX, meanY, xx, yy, both float64
}

// Add takes in a pair (Welford 1962, doi 10.1080/00401706.1962.10490022, for two variables).
func (m *PairMoments) Add(x, y float64) {
	m.Count++
	n := float64(m.Count)
	dx, dy := x-m.meanX, y-m.meanY
	m.meanX += dx / n
	m.meanY += dy / n
	m.xx += float64(dx * (x - m.meanX))
	m.yy += float64(dy * (y - m.meanY))
	m.both += float64(dx * (y - m.meanY))
}

// Correlation is Pearson's, in [-1, 1]; none for fewer than two pairs or where a variable does not vary.
func (m *PairMoments) Correlation() Optional {
	if m.Count < 2 || !(m.xx > 0) || !(m.yy > 0) {
		return Optional{}
	}
	return defined(num.Clamp(m.both/math.Sqrt(m.xx)/math.Sqrt(m.yy), -1, 1))
}

// Evenness is the entropy of how often each place occurs over the greatest that so many draws from so many places can have,
// ln min(draws, places), in [0, 1]: 0 if it is always the same place. Places are numbered from 0. It is undefined for fewer
// than two draws or places.
func Evenness(place []int32, places int) (float64, error) {
	const name = "evenness"
	if err := within(name, "place", place, places); err != nil {
		return 0, err
	}
	n := len(place)
	if n < 2 || places < 2 {
		return 0, undefined(name, "want at least two draws and two places")
	}
	count := make([]int, places)
	for _, p := range place {
		count[p]++
	}
	h := 0.0
	for _, k := range count {
		if k > 0 {
			share := float64(k) / float64(n)
			h -= float64(share * num.Log(share))
		}
	}
	return num.Clamp(h/num.Log(float64(min(n, places))), 0, 1), nil
}
