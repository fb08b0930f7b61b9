package measure

import "math"

// Hoover is the index of concentration 1/2 sum |s_k - x_k| of the part's shares s against the whole's shares x: the
// share of the part that would have to move to be spread as the whole, in [0, 1) (Hoover 1936, doi 10.2307/1927875).
// With a sector by region it measures concentration, with a region by sector specialisation.
//
// A unit that is empty in both counts as 0. It is undefined where the part or the whole sums to 0.
func Hoover(part, whole []float64) (float64, error) {
	s, x, err := shares("hoover", part, whole)
	if err != nil {
		return 0, err
	}
	return distance(s, x) / 2, nil
}

// Krugman is the specialisation sum_i |a_i - b_i| of the shares of two regions, or of a region and the economy, in
// [0, 2]: 0 for equal structures, 2 for nothing in common (Krugman 1991, Geography and Trade). It is twice Hoover.
//
// It is undefined where either sums to 0.
func Krugman(a, b []float64) (float64, error) {
	s, x, err := shares("krugman", a, b)
	if err != nil {
		return 0, err
	}
	return distance(s, x), nil
}

// distance is the sum of absolute differences.
func distance(a, b []float64) float64 {
	sum := 0.0
	for k := range a {
		sum += math.Abs(a[k] - b[k])
	}
	return sum
}
