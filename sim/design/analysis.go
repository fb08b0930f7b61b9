package design

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"agglo/sim/rng"
)

// Analyses are the kinds of analyses in the order of the documents.
var Analyses = []string{"sobol", "morris", "regression", "correlation", "oat", "grid"}

// usualResamples is the number of bootstrap resamples of an interval unless the analysis says another.
const usualResamples = 1000

// MostResamples bounds the bootstrap resamples of an interval.
const MostResamples = 100_000

// An Analysis says how to read the results of a design.
type Analysis struct {
	Kind      string // one of Analyses
	Levels    int    // morris: levels of each factor in the design; 0 stands for 4
	Resamples int    // of the bootstrap of sobol and morris, at least 20; 0 stands for 1000
	Seed      uint64 // of the bootstrap
}

// An Index says what a factor, or two of them, do to the results.
type Index struct {
	Factor string  // its name, or a:b for the interaction of two
	Name   string  // S1, ST, S2, mu, mu_star, sigma ...
	Value  float64 // NaN where it does not exist
	Lo, Hi float64 // of an interval of 95 percent; NaN where there is none
}

// A RowError is a point of a design, or a result, that an analysis cannot use.
type RowError struct {
	Row int // from 0
	Why string
}

// Error counts rows from 1.
func (e *RowError) Error() string { return fmt.Sprintf("row %d: %s", e.Row+1, e.Why) }

// Of computes the indices of a design from its results, one for each point in order. The error says what in the design or
// the results does not fit the analysis, and is a *RowError if it lies in one row.
func (a Analysis) Of(d Design, y []float64) ([]Index, error) {
	switch {
	case !slices.Contains(Analyses, a.Kind):
		return nil, fmt.Errorf("there is no analysis %q: want one of %s", a.Kind, strings.Join(Analyses, ", "))
	case a.Resamples != 0 && a.Resamples < 20 || a.Resamples > MostResamples:
		return nil, fmt.Errorf("resamples = %d: want 20 to %d", a.Resamples, MostResamples)
	case a.Levels < 0 || a.Levels%2 != 0 || a.Levels > mostLevels:
		return nil, fmt.Errorf("levels = %d: want an even number from 2 to %d", a.Levels, mostLevels)
	case len(d.Points) != len(y):
		return nil, fmt.Errorf("%d results for %d points: want one for each", len(y), len(d.Points))
	case len(d.Points) == 0 || len(d.Names) == 0:
		return nil, fmt.Errorf("a design of %d points of %d factors: want at least one of each", len(d.Points), len(d.Names))
	}
	if err := checkRows(d, y); err != nil {
		return nil, err
	}
	switch a.Kind {
	case "sobol":
		return a.sobol(d, y)
	case "morris":
		return a.morris(d, y)
	case "regression":
		return regression(d, y)
	case "correlation":
		return correlation(d, y)
	case "oat":
		return oatRanges(d, y)
	}
	return mainEffects(d, y)
}

// checkRows finds the first row with a value that no analysis can use.
func checkRows(d Design, y []float64) error {
	for i, point := range d.Points {
		if !usable(y[i]) {
			return &RowError{i, fmt.Sprintf("the result is %v: want a number between -%v and %v", y[i], greatest, greatest)}
		}
		if len(point) != len(d.Names) {
			return &RowError{i, fmt.Sprintf("%d values: want %d, one for each factor", len(point), len(d.Names))}
		}
		for j, v := range point {
			if !usable(v) {
				return &RowError{i, fmt.Sprintf("%s is %v: want a number between -%v and %v", d.Names[j], v, greatest, greatest)}
			}
			if j < len(d.Words) && d.Words[j] != nil && !(v >= 0 && v < float64(len(d.Words[j])) && v == math.Trunc(v)) {
				return &RowError{i, fmt.Sprintf("%s is %v: want the number of a word, 0 to %d", d.Names[j], v, len(d.Words[j])-1)}
			}
		}
	}
	return nil
}

// greatest is a number whose squares, summed over all points, do not overflow.
const greatest = 1e140

// drawResample is which observation a place of a resample takes.
const drawResample rng.Purpose = 0xd50a

// mostDrawn bounds the observations drawn for all resamples together, a byte each: for more, fewer resamples do.
const mostDrawn = 200_000_000

// resamples draws how often each of n observations stands in each resample of the bootstrap: Efron 1979,
// doi 10.1214/aos/1176344552. The first row, the sample itself, has each once.
func (a Analysis) resamples(n int) [][]uint8 {
	times := usualResamples
	if a.Resamples != 0 {
		times = a.Resamples
	}
	if n < 2 {
		times = 0
	}
	times = min(times, max(20, mostDrawn/n))
	all := make([]uint8, (times+1)*n)
	out := make([][]uint8, times+1)
	for b := range out {
		out[b] = all[b*n : (b+1)*n]
		for i := range n {
			if b == 0 {
				out[b][i] = 1
				continue
			}
			// A hash of 64 bits, modulo at most a million: even to 14 digits. A count above 255 has no chance worth the name.
			out[b][rng.Seed(a.Seed).Bits(drawResample, 0, b, i)%uint64(n)]++
		}
	}
	return out
}

// totals sums terms over the sample, which is first, and each resample.
func totals(counts [][]uint8, terms []float64) []float64 {
	out := make([]float64, len(counts))
	for b, count := range counts {
		sum := 0.
		for i, times := range count {
			sum += float64(float64(times) * terms[i])
		}
		out[b] = sum
	}
	return out
}

// interval makes an index of a statistic's values in the sample, which is first, and the resamples: percentiles 2.5 and 97.5.
func interval(factor, name string, values []float64) Index {
	index := Index{factor, name, values[0], math.NaN(), math.NaN()}
	sorted := slices.Clone(values[1:])
	if len(sorted) == 0 || math.IsNaN(values[0]) || slices.ContainsFunc(sorted, math.IsNaN) {
		return index
	}
	slices.Sort(sorted)
	index.Lo, index.Hi = quantile(sorted, .025), quantile(sorted, .975)
	return index
}

// quantile lies between the two sorted values next to it, in proportion.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	k := min(int(at), len(sorted)-2)
	rest := float64(at) - float64(k)
	return float64((1-rest)*sorted[k]) + float64(rest*sorted[k+1])
}

// mean is the arithmetic mean.
func mean(y []float64) float64 {
	sum := 0.
	for _, v := range y {
		sum += v / float64(len(y))
	}
	return sum
}

// steady says whether all results are the same.
func steady(y []float64) bool {
	for _, v := range y {
		if v != y[0] {
			return false
		}
	}
	return true
}
