package measure

import "math"

// Slope is a coefficient estimated by least squares.
type Slope struct {
	B     float64 // change of y with a unit of x
	Count int     // observations with a weight above 0
}

// WeightedSlope is the coefficient b of
//
//	y_i = a_g(i) + b x_i + error
//
// by weighted least squares with an intercept for every group: both variables are taken as distances from their weighted
// means in the group, b = sum w dx dy / sum w dx^2 (the within estimator; Wooldridge 2010, Econometric Analysis of Cross
// Section and Panel Data, section 10.5). Put to log productivity on log density with sectors as groups and jobs as weights it
// is the elasticity of the literature on agglomeration (Combes and Gobillon 2015, doi 10.1016/B978-0-444-59517-1.00005-2). It
// says nothing of causes.
//
// A nil group is one group, a nil weight weighs all alike. Weights are >= 0. It is undefined where x does not vary inside
// any group.
func WeightedSlope(x, y, weight []float64, group []int32, groups int) (Slope, error) {
	const name = "weighted-slope"
	if err := regressors(name, x, y, weight); err != nil {
		return Slope{}, err
	}
	if group == nil {
		group, groups = make([]int32, len(x)), 1
	}
	if err := length(name, "group", len(group), len(x)); err != nil {
		return Slope{}, err
	}
	if err := within(name, "group", group, groups); err != nil {
		return Slope{}, err
	}
	mass, meanX, meanY := make([]float64, groups), make([]float64, groups), make([]float64, groups)
	for i := range x {
		w := weightOf(weight, i)
		mass[group[i]] += w
		meanX[group[i]] += float64(w * x[i])
		meanY[group[i]] += float64(w * y[i])
	}
	out, sxx, sxy, scale := Slope{}, 0.0, 0.0, 0.0
	for i := range x {
		w, g := weightOf(weight, i), group[i]
		if !(w > 0) {
			continue
		}
		out.Count++
		dx, dy := x[i]-meanX[g]/mass[g], y[i]-meanY[g]/mass[g]
		sxx += float64(w * dx * dx)
		sxy += float64(w * dx * dy)
		scale += float64(w * x[i] * x[i])
	}
	if !(sxx > 1e-18*scale) {
		return Slope{}, undefined(name, "the explaining variable does not vary inside the groups")
	}
	out.B = sxy / sxx
	return out, nil
}

// Parabola is y = A + B x + C x^2 fitted by least squares.
type Parabola struct {
	A, B, C float64
	Peak    float64 // x of the highest point, -B/2C; only where C is below 0
	Inside  bool    // C is below 0 and the peak lies strictly between the least and the greatest x
	Count   int     // observations with a weight above 0
}

// FitParabola fits a parabola by weighted least squares and says whether it is a bell whose peak the data reach: a negative
// square alone may bend beyond them. A nil weight weighs all alike. It is undefined for fewer than three different x.
func FitParabola(x, y, weight []float64) (Parabola, error) {
	const name = "parabola"
	if err := regressors(name, x, y, weight); err != nil {
		return Parabola{}, err
	}
	out, mass, middle, high := Parabola{}, 0.0, 0.0, 0.0
	least, most := math.Inf(1), math.Inf(-1)
	for i := range x {
		if w := weightOf(weight, i); w > 0 {
			out.Count++
			mass += w
			middle += float64(w * x[i])
			high += float64(w * y[i])
			least, most = min(least, x[i]), max(most, x[i])
		}
	}
	if !(most > least) {
		return Parabola{}, undefined(name, "want at least three different x")
	}
	// On u = (x - mean) / half the span; the square is taken free of its mean and of u, so that no system need be solved.
	middle, high = middle/mass, high/mass
	unit := (most - least) / 2
	s := [5]float64{} // weighted sums of u^2, u^3, u^4, u y, u^2 y, over the mass
	for i := range x {
		w := weightOf(weight, i) / mass
		u, v := (x[i]-middle)/unit, y[i]-high
		square := float64(u * u)
		s[0] += float64(w * square)
		s[1] += float64(w * square * u)
		s[2] += float64(w * square * square)
		s[3] += float64(w * u * v)
		s[4] += float64(w * square * v)
	}
	spread := s[2] - float64(s[0]*s[0]) - float64(s[1]*s[1]/s[0])
	if !(s[0] > 0) || !(spread > 1e-12*s[2]) {
		return Parabola{}, undefined(name, "want at least three different x")
	}
	c := (s[4] - float64(s[1]*s[3]/s[0])) / spread
	b := (s[3] - float64(c*s[1])) / s[0]
	a := -float64(c * s[0])
	out.C = c / float64(unit*unit)
	out.B = b/unit - float64(2*out.C*middle)
	out.A = high + a - float64(b*middle/unit) + float64(out.C*middle*middle)
	if out.C < 0 {
		out.Peak = middle - float64(unit*b/(2*c))
		edge := 1e-9 * unit // a peak on the edge is not inside, whatever the last digits say
		out.Inside = out.Peak > least+float64(edge) && out.Peak < most-float64(edge)
	}
	return out, nil
}

// regressors checks the arrays of a regression.
func regressors(name string, x, y, weight []float64) error {
	if err := length(name, "y", len(y), len(x)); err != nil {
		return err
	}
	if err := finite(name, "x", x); err != nil {
		return err
	}
	if err := finite(name, "y", y); err != nil {
		return err
	}
	if weight == nil {
		return nil
	}
	if err := length(name, "weight", len(weight), len(x)); err != nil {
		return err
	}
	return nonNegative(name, "weight", weight)
}

// weightOf is the weight of an observation, 1 where none are given.
func weightOf(weight []float64, i int) float64 {
	if weight == nil {
		return 1
	}
	return weight[i]
}
