package measure

import (
	"cmp"
	"math"
	"slices"
)

// Weight is one entry of a matrix of spatial weights: how much place J counts for place I.
type Weight struct {
	I, J  int32
	Value float64 // >= 0
}

// Autocorrelation is Moran's I and its test.
type Autocorrelation struct {
	I        float64 // about 0: no pattern; above: like lies near like; below: unlike does
	Expected float64 // -1/(n-1), were the values independent
	Variance float64 // were they independent and normal
	Z        float64 // (I-Expected)/sqrt(Variance)
	P        float64 // two-sided chance of a Z this far from 0
}

// Moran is the spatial autocorrelation n/S0 sum_ij w_ij z_i z_j / sum_i z_i^2 with z the deviation from the mean
// (Moran 1950, doi 10.2307/2332142). The test assumes independent normal values (Cliff and Ord 1981, Spatial Processes):
//
//	S0 = sum w_ij   S1 = 1/2 sum (w_ij+w_ji)^2   S2 = sum_i (w_i. + w_.i)^2
//	Var = (n^2 S1 - n S2 + 3 S0^2) / ((n^2-1) S0^2) - Expected^2
//
// Weights are used as given, without scaling of rows; repeated pairs add up. A place without neighbours keeps its value
// in the mean and the variance. A weight of a place for itself is an *Invalid. The index is undefined for fewer than
// three places, for values without spread and for weights that sum to 0.
func Moran(value []float64, weights []Weight) (Autocorrelation, error) {
	const name = "moran"
	if err := checkWeights(name, value, weights); err != nil {
		return Autocorrelation{}, err
	}
	n := float64(len(value))
	mean := 0.0
	for _, v := range value {
		mean += v
	}
	mean /= n
	z, squares := make([]float64, len(value)), 0.0
	for i, v := range value {
		z[i] = v - mean
		squares += float64(z[i] * z[i])
	}
	s0, cross := 0.0, 0.0
	degree := make([]float64, len(value)) // w_i. + w_.i
	for _, w := range weights {
		s0 += w.Value
		cross += float64(float64(z[w.I]*z[w.J]) * w.Value)
		degree[w.I] += w.Value
		degree[w.J] += w.Value
	}
	if len(value) < 3 || !(squares > 0) || math.IsInf(squares, 0) || !(s0 > 0) {
		return Autocorrelation{}, undefined(name, "want three places, values that differ and at least one weight above 0")
	}
	s1, s2 := symmetricSquares(weights), sumSquares(degree)
	a := Autocorrelation{I: n / s0 * cross / squares, Expected: -1 / (n - 1)}
	second := float64(float64(n*n)*s1) - float64(n*s2) + float64(3*float64(s0*s0))
	a.Variance = second/(float64(float64(n*n)-1)*float64(s0*s0)) - float64(a.Expected*a.Expected)
	if !(a.Variance > 1e-15) { // all places alike, such as every pair with the same weight: I is always Expected
		a.Variance, a.P = 0, 1
		return a, nil
	}
	a.Z = (a.I - a.Expected) / math.Sqrt(a.Variance)
	a.P = twoSided(a.Z)
	return a, nil
}

func checkWeights(name string, value []float64, weights []Weight) error {
	if err := finite(name, "value", value); err != nil {
		return err
	}
	n := int32(len(value))
	for k, w := range weights {
		switch {
		case w.I < 0 || w.I >= n || w.J < 0 || w.J >= n:
			return &Invalid{name, "weights", k, float64(max(w.I, w.J)), "places that have a value"}
		case w.I == w.J:
			return &Invalid{name, "weights", k, float64(w.I), "two different places"}
		case !(w.Value >= 0) || math.IsInf(w.Value, 0):
			return &Invalid{name, "weights", k, w.Value, "a finite number >= 0"}
		}
	}
	return nil
}

// symmetricSquares is S1, 1/2 sum over ordered pairs of (w_ij+w_ji)^2: the sum over unordered pairs of their square.
func symmetricSquares(weights []Weight) float64 {
	pairs := slices.Clone(weights)
	for k, w := range pairs {
		pairs[k].I, pairs[k].J = min(w.I, w.J), max(w.I, w.J)
	}
	slices.SortStableFunc(pairs, func(a, b Weight) int { return cmp.Or(cmp.Compare(a.I, b.I), cmp.Compare(a.J, b.J)) })
	sum := 0.0
	for k := 0; k < len(pairs); {
		first, w := pairs[k], 0.0
		for ; k < len(pairs) && pairs[k].I == first.I && pairs[k].J == first.J; k++ {
			w += pairs[k].Value
		}
		sum += float64(w * w)
	}
	return sum
}

// BandWeights gives weight 1 to every ordered pair of places at most band apart, in the unit of the coordinates.
// Places at the same point are neighbours. Pairs come in the order of I, then J.
func BandWeights(x, y []float64, band float64) ([]Weight, error) {
	const name = "moran"
	if err := checkPoints(name, x, y); err != nil {
		return nil, err
	}
	if !(band > 0) || math.IsInf(band, 0) {
		return nil, &Invalid{name, "band", -1, band, "a distance above 0"}
	}
	order := byX(x)
	var out []Weight
	for a, i := range order {
		for _, j := range order[a+1:] {
			dx := x[j] - x[i]
			if dx > band {
				break
			}
			if dy := y[j] - y[i]; float64(dx*dx)+float64(dy*dy) <= float64(band*band) {
				out = append(out, Weight{i, j, 1}, Weight{j, i, 1})
			}
		}
	}
	slices.SortFunc(out, func(a, b Weight) int { return cmp.Or(cmp.Compare(a.I, b.I), cmp.Compare(a.J, b.J)) })
	return out, nil
}

// checkPoints returns an *Invalid for coordinates of unequal number or that are not finite.
func checkPoints(name string, x, y []float64) error {
	if err := length(name, "y", len(y), len(x)); err != nil {
		return err
	}
	if err := finite(name, "x", x); err != nil {
		return err
	}
	return finite(name, "y", y)
}

// byX lists the places from west to east.
func byX(x []float64) []int32 {
	order := make([]int32, len(x))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(x[a], x[b]) })
	return order
}
