package design

import "fmt"

// grid is the full factorial: every level of each factor with every level of the others; the last factor changes fastest.
func grid(factors []Factor, n int) [][]float64 {
	points := 1
	for _, f := range factors {
		points *= f.count(n)
	}
	out := rows(points, len(factors))
	run := points // points in a row over which a factor keeps its level
	for j, f := range factors {
		levels := f.count(n)
		run /= levels
		for i := range out {
			out[i][j] = f.level(i/run%levels, levels)
		}
	}
	return out
}

// listLength is the number of points of a list: that of its longest factor.
func listLength(factors []Factor) int {
	n := 0
	for _, f := range factors {
		n = max(n, len(f.Values))
	}
	return n
}

// checkList finds factors that do not fit into a list.
func checkList(factors []Factor) error {
	n := listLength(factors)
	for _, f := range factors {
		switch {
		case f.Shape != Listed:
			return fmt.Errorf("%s has a distribution: a design list wants values", f.Name)
		case len(f.Values) != n && len(f.Values) != 1:
			return fmt.Errorf("%s has %d values: a design list wants %d, as many as its longest factor has, or one for all points",
				f.Name, len(f.Values), n)
		}
	}
	return nil
}

// list takes the first value of each factor, then the second of each, and so on. A factor of one value keeps it.
func list(factors []Factor) [][]float64 {
	out := rows(listLength(factors), len(factors))
	for i := range out {
		for j, f := range factors {
			out[i][j] = f.Values[min(i, len(f.Values)-1)]
		}
	}
	return out
}

// oneAtATime gives the base point and then, for each factor in turn, the base with that factor at each of its other levels.
func oneAtATime(factors []Factor, n int) [][]float64 {
	base := make([]float64, len(factors))
	for j, f := range factors {
		switch {
		case f.Base != nil:
			base[j] = *f.Base
		case f.Shape == Listed:
			base[j] = f.Values[0]
		default:
			base[j] = f.At(.5)
		}
	}
	out := [][]float64{base}
	for j, f := range factors {
		levels := f.count(n)
		for i := range levels {
			if v := f.level(i, levels); v != base[j] {
				point := append([]float64(nil), base...)
				point[j] = v
				out = append(out, point)
			}
		}
	}
	return out
}
