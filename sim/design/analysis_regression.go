package design

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"agglo/sim/num"
)

// regression fits a straight line through all factors by least squares. src, the standardised coefficient, is the change of
// the result in its standard deviations for one standard deviation of the factor; r2 of all factors together, named *,
// is the share of variance that the line explains. Where r2 is well below 1 the coefficients do not tell the story. Source:
// Saltelli and others 2008, Global Sensitivity Analysis, chapter 1.
//
// Intervals are those of least squares with the design as given: src +- t sqrt((1-r2)/(n-d-1) c_j), c_j being the place of
// factor j on the diagonal of the inverse of the factors' correlations, t Student's. There is none with fewer than five points
// more than coefficients.
func regression(d Design, y []float64) ([]Index, error) {
	factors := len(d.Names)
	if len(y) < factors+2 {
		return nil, fmt.Errorf("%d points of %d factors: a regression wants at least %d", len(y), factors, factors+2)
	}
	columns, err := numeric(d, "regression")
	if err != nil {
		return nil, err
	}
	matrix, right := correlations(columns, y)
	if at := cholesky(matrix); at >= 0 {
		return nil, fmt.Errorf("%s follows from the factors before it in this design: leave one of them out", d.Names[at])
	}
	beta := solve(matrix, slices.Clone(right))
	r2 := min(num.Dot(beta, right), 1) // NaN if the results are all the same
	freedom := len(y) - factors - 1
	var out []Index
	for j, name := range d.Names {
		index := plain(name, "src", beta[j])
		if freedom >= leastFreedom {
			unit := make([]float64, factors)
			unit[j] = 1
			half := student(freedom) * math.Sqrt((1-r2)/float64(freedom)*solve(matrix, unit)[j])
			index.Lo, index.Hi = beta[j]-float64(half), beta[j]+float64(half)
		}
		out = append(out, index)
	}
	return append(out, plain("*", "r2", r2)), nil
}

// leastFreedom is the number of degrees of freedom from which student is right to three digits.
const leastFreedom = 5

// student is the quantile .975 of Student's distribution: Abramowitz and Stegun 1964, formula 26.7.5.
func student(freedom int) float64 {
	z, v := num.Quantile(.975), float64(freedom)
	z2 := float64(z * z)
	g1 := float64((z2 + 1) / 4)
	g2 := (float64((float64(5*z2)+16)*z2) + 3) / 96
	g3 := (float64((float64((float64(3*z2)+19)*z2)+17)*z2) - 15) / 384
	g4 := (float64((float64((float64((float64(79*z2)+776)*z2)+1482)*z2)-1920)*z2) - 945) / 92160
	return z * (1 + float64((g1+float64((g2+float64((g3+float64(g4/v))/v))/v))/v))
}

// numeric gives the columns of a design as numbers. Words are none, but for false and true, 0 and 1.
func numeric(d Design, analysis string) ([][]float64, error) {
	columns := rows(len(d.Names), len(d.Points))
	for j, name := range d.Names {
		var words []string
		if j < len(d.Words) {
			words = d.Words[j]
		}
		for i, point := range d.Points {
			columns[j][i] = point[j]
			if words == nil {
				continue
			}
			k := slices.Index([]string{"false", "true"}, strings.ToLower(words[int(point[j])]))
			if k < 0 {
				return nil, fmt.Errorf("%s has words for values: %s wants numbers, or true and false", name, analysis)
			}
			columns[j][i] = float64(k)
		}
		if steady(columns[j]) {
			return nil, fmt.Errorf("%s has one value only: %s wants factors that change", name, analysis)
		}
	}
	return columns, nil
}

// correlations gives the correlations of columns with each other, lower half, and with y, which are NaN if y never changes.
func correlations(columns [][]float64, y []float64) (matrix [][]float64, right []float64) {
	d := len(columns)
	scaled := rows(d+1, len(y)) // of mean 0 and length 1
	for j, x := range append(slices.Clone(columns), y) {
		centre, sum := mean(x), 0.
		for i, v := range x {
			scaled[j][i] = v - centre
			sum += float64(scaled[j][i] * scaled[j][i])
		}
		if steady(x) {
			sum = math.NaN()
		}
		for i := range x {
			scaled[j][i] /= math.Sqrt(sum)
		}
	}
	matrix, right = rows(d, d), make([]float64, d)
	for j := range d {
		for k := range j + 1 {
			matrix[j][k] = num.Dot(scaled[j], scaled[k])
		}
		right[j] = num.Dot(scaled[j], scaled[d])
	}
	return matrix, right
}

// leastPivot is the share of a factor's variance that the factors before it must leave unexplained. Below, rounding is all that
// is left of it.
const leastPivot = 1e-9

// cholesky replaces the lower half of a symmetric matrix by its root, whose product with its transpose is the matrix. It gives
// the row that follows from those before it, or -1 if there is none.
func cholesky(m [][]float64) int {
	for j := range m {
		for k := range j + 1 {
			sum := m[j][k]
			for l := range k {
				sum -= float64(m[j][l] * m[k][l])
			}
			switch {
			case j != k:
				m[j][k] = sum / m[k][k]
			case !(sum > leastPivot):
				return j
			default:
				m[j][j] = math.Sqrt(sum)
			}
		}
	}
	return -1
}

// solve solves a system for the right side x, given the root of its matrix.
func solve(root [][]float64, x []float64) []float64 {
	for j := range x {
		for l := range j {
			x[j] -= float64(root[j][l] * x[l])
		}
		x[j] /= root[j][j]
	}
	for j := len(x) - 1; j >= 0; j-- {
		for l := j + 1; l < len(x); l++ {
			x[j] -= float64(root[l][j] * x[l])
		}
		x[j] /= root[j][j]
	}
	return x
}

// correlation is Spearman's rank correlation of each factor with the results: 1 where the result rises whenever the factor
// does. The interval is that of Fieller, Hartley and Pearson 1957, doi 10.1093/biomet/44.3-4.470: the inverse hyperbolic
// tangent of the correlation has a variance of about 1.06/(n-3).
func correlation(d Design, y []float64) ([]Index, error) {
	columns, err := numeric(d, "correlation")
	if err != nil {
		return nil, err
	}
	var out []Index
	ranked := ranks(y)
	for j, name := range d.Names {
		_, right := correlations([][]float64{ranks(columns[j])}, ranked)
		index := plain(name, "spearman", num.Clamp(right[0], -1, 1))
		if n := float64(len(y)); n > 3 && !math.IsNaN(index.Value) {
			index.Lo, index.Hi = index.Value, index.Value
			if math.Abs(index.Value) < 1 {
				turned := num.Log((1+index.Value)/(1-index.Value)) / 2
				half := num.Quantile(.975) * math.Sqrt(1.06/(n-3))
				index.Lo, index.Hi = tanh(float64(turned)-float64(half)), tanh(float64(turned)+float64(half))
			}
		}
		out = append(out, index)
	}
	return out, nil
}

// tanh is the hyperbolic tangent.
func tanh(x float64) float64 { return 1 - 2/(num.Exp(2*x)+1) }

// ranks are the places of numbers in their order, from 1; equal ones share the mean of their places.
func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return x[order[a]] < x[order[b]] })
	out := make([]float64, len(x))
	for low := 0; low < len(order); {
		high := low
		for high < len(order) && x[order[high]] == x[order[low]] {
			high++
		}
		for _, i := range order[low:high] {
			out[i] = float64(low+high+1) / 2
		}
		low = high
	}
	return out
}
