package design

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// plain is an index without an interval.
func plain(factor, name string, value float64) Index {
	return Index{factor, name, value, math.NaN(), math.NaN()}
}

// oatRanges gives, for each factor of a design in which one changes at a time, the least and the greatest result among the
// base point, which is first, and the points that differ from it in this factor; and their distance.
func oatRanges(d Design, y []float64) ([]Index, error) {
	low, high := make([]float64, len(d.Names)), make([]float64, len(d.Names))
	for j := range low {
		low[j], high[j] = y[0], y[0]
	}
	for i, point := range d.Points[1:] {
		at := -1
		for j, v := range point {
			if v == d.Points[0][j] {
				continue
			}
			if at >= 0 {
				return nil, &RowError{i + 1, fmt.Sprintf("%s and %s both differ from the first point: want a design oat, in which one factor does",
					d.Names[at], d.Names[j])}
			}
			at = j
		}
		if at >= 0 {
			low[at], high[at] = min(low[at], y[i+1]), max(high[at], y[i+1])
		}
	}
	var out []Index
	for j, name := range d.Names {
		out = append(out, plain(name, "min", low[j]), plain(name, "max", high[j]), plain(name, "range", high[j]-low[j]))
	}
	return out, nil
}

// mainEffects gives, for each factor of a full factorial, the mean result at each of its levels, named mean@level; the range
// of these means; and eta2, the share of the results' variance that lies between them. In a full factorial all other
// factors are balanced, so the means differ by this factor alone and by its interactions, averaged.
func mainEffects(d Design, y []float64) ([]Index, error) {
	values := make([][]float64, len(d.Names)) // distinct ones, sorted
	cells := 1
	for j, name := range d.Names {
		for _, point := range d.Points {
			values[j] = append(values[j], point[j])
		}
		slices.Sort(values[j])
		values[j] = slices.Compact(values[j])
		if cells *= len(values[j]); cells > len(d.Points) {
			return nil, fmt.Errorf("this is no grid: up to %s its factors have %d combinations of values, and it has %d points", name,
				cells, len(d.Points))
		}
	}
	if err := checkFull(d, values, cells); err != nil {
		return nil, err
	}
	centre, total := mean(y), 0.
	for _, v := range y {
		total += float64((v - centre) * (v - centre))
	}
	var out []Index
	for j, name := range d.Names {
		sums := make([]float64, len(values[j]))
		for i, point := range d.Points {
			k, _ := slices.BinarySearch(values[j], point[j])
			sums[k] += y[i]
		}
		between, each := 0., float64(len(y)/len(sums))
		for k := range sums {
			sums[k] /= each
			between += float64(each * (sums[k] - centre) * (sums[k] - centre))
			out = append(out, plain(name, "mean@"+d.text(j, values[j][k]), sums[k]))
		}
		eta := math.NaN()
		if !steady(y) {
			eta = between / total
		}
		out = append(out, plain(name, "range", slices.Max(sums)-slices.Min(sums)), plain(name, "eta2", eta))
	}
	return out, nil
}

// checkFull finds a combination that a grid holds twice, or more often than others.
func checkFull(d Design, values [][]float64, cells int) error {
	if len(d.Points)%cells != 0 {
		return fmt.Errorf("this is no grid: its %d points are no multiple of %d, the combinations of its factors' values", len(d.Points), cells)
	}
	each := len(d.Points) / cells // a grid that was run several times over
	met := make([]int, cells)
	for i, point := range d.Points {
		cell := 0
		for j, v := range point {
			k, _ := slices.BinarySearch(values[j], v)
			cell = cell*len(values[j]) + k
		}
		if met[cell]++; met[cell] > each {
			return &RowError{i, "this point stands more often than another one: want a full grid, in which all stand equally often"}
		}
	}
	return nil
}

// text is a value as it stands in a table.
func (d Design) text(j int, v float64) string {
	if j < len(d.Words) && d.Words[j] != nil {
		return d.Words[j][int(v)]
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
