package fit

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// slack is added to the diagonal of the regression, in observations: targets that move together, or do not move, leave their
// coefficients small instead of wild.
const slack = 1e-3

// Adjusted moves each particle to where it would lie had its results met the targets: the local linear regression of Beaumont,
// Zhang and Balding 2002 (doi 10.1093/genetics/162.4.2025) of the parameters on the results, with their weights times 1 -
// (distance / tolerance)^2. It takes away most of the width that the tolerance adds. What is left of a particle, its distance
// from the line, is widened for the coefficients that were fitted, and a particle that would leave the prior stays at its end: a
// transformation that keeps all within, such as the logit, bends the line near the ends so far that it misleads. wanted are the
// targets in the units of Values. With fewer than four particles for each coefficient the particles are left as they are, and so are the levels of a
// parameter where the line would put the targets outside of the prior: all particles would come to lie at its end, as if nothing were better known.
func (s *Sample) Adjusted(wanted []float64) []Particle {
	out := slices.Clone(s.Particles)
	m := len(wanted)
	if len(out) < 4*(m+1) {
		return out
	}
	d, tolerance := len(out[0].Point), out[len(out)-1].Distance
	for k := range out {
		if tolerance > 0 {
			near := out[k].Distance / tolerance
			out[k].Weight *= 1 - near*near
		}
	}
	if sum := total(out); sum > 0 {
		for k := range out {
			out[k].Weight /= sum
		}
	} else {
		return slices.Clone(s.Particles)
	}
	slopes := regress(out, wanted)
	if slopes == nil {
		return out
	}
	squares := 0.
	for _, one := range out {
		squares += one.Weight * one.Weight
	}
	even := 1 / squares
	wider := math.Sqrt(even / max(even-float64(m+1), 1))
	for k := range out {
		point := make([]float64, d)
		for j := range d {
			if level := slopes.At(0, j); level < 0 || level > 1 {
				point[j] = out[k].Point[j]
				continue
			}
			rest := out[k].Point[j] - slopes.At(0, j)
			for i := range m {
				rest -= slopes.At(i+1, j) * (out[k].Values[i] - wanted[i])
			}
			point[j] = min(max(slopes.At(0, j)+wider*rest, 0), 1)
		}
		out[k].Point = point
	}
	return out
}

// total sums weights.
func total(of []Particle) float64 {
	sum := 0.
	for _, one := range of {
		sum += one.Weight
	}
	return sum
}

// regress gives the coefficients of the levels on the results less what is wanted, a column a parameter, the
// first row being the level at the target; nil if they cannot be told.
func regress(of []Particle, wanted []float64) *mat.Dense {
	m, d := len(wanted), len(of[0].Point)
	normal, right := mat.NewSymDense(m+1, nil), mat.NewDense(m+1, d, nil)
	row := make([]float64, m+1)
	for _, one := range of {
		row[0] = 1
		for i := range m {
			row[i+1] = one.Values[i] - wanted[i]
			if math.IsNaN(row[i+1]) {
				return nil
			}
		}
		for i := range m + 1 {
			for j := i; j <= m; j++ {
				normal.SetSym(i, j, normal.At(i, j)+one.Weight*row[i]*row[j])
			}
			for j := range d {
				right.Set(i, j, right.At(i, j)+one.Weight*row[i]*one.Point[j])
			}
		}
	}
	for i := 1; i <= m; i++ {
		normal.SetSym(i, i, normal.At(i, i)*(1+slack)+1e-12)
	}
	var root mat.Cholesky
	var slopes mat.Dense
	if !root.Factorize(normal) || root.SolveTo(&slopes, right) != nil {
		return nil
	}
	return &slopes
}

// A Span is the interval that holds a share of a weighted sample, and its middle.
type Span struct{ Lo, Middle, Hi float64 }

// SpanOf gives the interval of a parameter's levels that leaves out equal parts on both sides.
func SpanOf(of []Particle, parameter int, share float64) Span {
	order := make([]int, len(of))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := of[a].Point[parameter], of[b].Point[parameter]; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	at := func(p float64) float64 { // between the middles of the particles' parts of the whole
		whole, sum := total(of), 0.
		before, level := math.NaN(), 0.
		for _, k := range order {
			here, mid := of[k].Point[parameter], (sum+of[k].Weight/2)/whole
			if mid >= p {
				if math.IsNaN(before) || mid == level {
					return here
				}
				return before + (here-before)*(p-level)/(mid-level)
			}
			before, level = here, mid
			sum += of[k].Weight
		}
		return before
	}
	return Span{at((1 - share) / 2), at(.5), at((1 + share) / 2)}
}
