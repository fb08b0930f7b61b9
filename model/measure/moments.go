package measure

import (
	"math"
	"slices"
)

// GaussFit is a normal distribution fitted by maximum likelihood.
type GaussFit struct {
	Mean     float64 // location, in the unit of the data
	SD       float64 // standard deviation (divisor n), in the unit of the data
	Kurtosis float64 // fourth moment about the mean over the squared variance: 3 for Gauss, 6 for Laplace
	Count    int
}

// Gauss gives mean, standard deviation and kurtosis, m4/m2^2 with divisor n and without subtracting 3.
// They are undefined for an empty sample and for one without spread.
func Gauss(x []float64) (GaussFit, error) {
	if err := finite("gauss", "values", x); err != nil {
		return GaussFit{}, err
	}
	n := float64(len(x))
	if len(x) == 0 {
		return GaussFit{}, undefined("gauss", "no values")
	}
	mean := 0.0
	for _, v := range x {
		mean += v
	}
	mean /= n
	m2, m4 := 0.0, 0.0
	for _, v := range x {
		d := v - mean
		square := float64(d * d)
		m2 += square
		m4 += float64(square * square)
	}
	m2 /= n
	m4 /= n
	if square := float64(m2 * m2); square > 0 && !math.IsInf(m4, 0) {
		return GaussFit{Mean: mean, SD: math.Sqrt(m2), Kurtosis: m4 / square, Count: len(x)}, nil
	}
	return GaussFit{}, undefined("gauss", "the values have no spread that can be measured")
}

// LaplaceFit is a Laplace distribution, density exp(-|x-Location|/Scale)/(2*Scale), fitted by maximum likelihood.
type LaplaceFit struct {
	Location float64 // the median, in the unit of the data
	Scale    float64 // mean absolute deviation from the median, in the unit of the data; sd is sqrt(2) times it
	Count    int
}

// Laplace fits the tent-shaped distribution of growth rates (Bottazzi and Secchi 2006, RAND Journal of Economics 37).
// With an even number of values the location is the middle of the two central ones; every point between them has the
// same likelihood. It is undefined for an empty sample and for one without spread.
func Laplace(x []float64) (LaplaceFit, error) {
	if err := finite("laplace", "values", x); err != nil {
		return LaplaceFit{}, err
	}
	if len(x) == 0 {
		return LaplaceFit{}, undefined("laplace", "no values")
	}
	sorted := slices.Clone(x)
	slices.Sort(sorted)
	location := medianOfSorted(sorted)
	sum := 0.0
	for _, v := range sorted {
		sum += math.Abs(v - location)
	}
	if !(sum > 0) || math.IsInf(sum, 0) {
		return LaplaceFit{}, undefined("laplace", "the values have no spread that can be measured")
	}
	return LaplaceFit{Location: location, Scale: sum / float64(len(x)), Count: len(x)}, nil
}

// medianOfSorted is the middle value, or the middle of the two central ones, of a sorted sample that is not empty.
func medianOfSorted(sorted []float64) float64 {
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return float64(sorted[n/2-1]*.5) + float64(sorted[n/2]*.5)
}
