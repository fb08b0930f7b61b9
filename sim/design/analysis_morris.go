package design

import (
	"fmt"
	"math"
)

// morris summarises elementary effects: the change of the result at a step of one factor, over the length of the step as a
// part of the factor's range. mu is their mean, mu_star that of their absolute values, sigma their standard deviation, large
// where a factor acts in curves or with others. All are in the unit of the results, for the whole range of the factor.
//
// Sources: Morris 1991, doi 10.1080/00401706.1991.10484804; mu_star: Campolongo, Cariboni and Saltelli 2007,
// doi 10.1016/j.envsoft.2006.10.004. Intervals come from a bootstrap of trajectories.
func (a Analysis) morris(d Design, y []float64) ([]Index, error) {
	factors := len(d.Names)
	if len(y)%(factors+1) != 0 {
		return nil, fmt.Errorf("this is no morris design of %d factors: its %d points are no multiple of %d, the length of a trajectory",
			factors, len(y), factors+1)
	}
	steps := levels(a.Levels)
	if err := checkLattice(d, steps); err != nil {
		return nil, err
	}
	size := float64(steps) / float64(2*(steps-1))
	effects := rows(factors, len(y)/(factors+1))
	for i := range effects[0] {
		if err := elementary(d, y, i, size, effects); err != nil {
			return nil, err
		}
	}
	counts := a.resamples(len(effects[0]))
	var out []Index
	for j, name := range d.Names {
		out = append(out, summary(counts, name, effects[j])...)
	}
	return out, nil
}

// checkLattice finds a factor with more levels than the design is said to have: its steps would have another length.
func checkLattice(d Design, steps int) error {
	for j, name := range d.Names {
		seen := map[float64]bool{}
		for i, point := range d.Points {
			if seen[point[j]] = true; len(seen) > steps {
				return &RowError{i, fmt.Sprintf("this is the %dth value of %s: want a morris design of %d levels (or say its levels)",
					steps+1, name, steps)}
			}
		}
	}
	return nil
}

// elementary computes the effects of trajectory i.
func elementary(d Design, y []float64, i int, size float64, effects [][]float64) error {
	factors := len(d.Names)
	begin := i * (factors + 1)
	stepped := make([]bool, factors)
	for k := begin + 1; k <= begin+factors; k++ {
		at := -1
		for j, v := range d.Points[k] {
			switch {
			case v == d.Points[k-1][j]:
			case at >= 0:
				return &RowError{k, fmt.Sprintf("%s and %s both change: want a morris design, in which one factor changes at a step",
					d.Names[at], d.Names[j])}
			case stepped[j]:
				return &RowError{k, fmt.Sprintf("%s changes twice in a trajectory of %d points: want a morris design, in which it changes once",
					d.Names[j], factors+1)}
			default:
				at = j
			}
		}
		if at < 0 {
			return &RowError{k, "no factor changes: want a morris design, in which one factor changes at a step"}
		}
		stepped[at] = true
		effects[at][i] = (y[k] - y[k-1]) / math.Copysign(size, d.Points[k][at]-d.Points[k-1][at])
	}
	return nil
}

// summary is the indices of one factor.
func summary(counts [][]uint8, name string, effects []float64) []Index {
	n := float64(len(effects))
	absolute, square := make([]float64, len(effects)), make([]float64, len(effects))
	centre := mean(effects)
	for i, e := range effects {
		absolute[i] = math.Abs(e)
		square[i] = (e - centre) * (e - centre)
	}
	mu, star, sigma := totals(counts, effects), totals(counts, absolute), totals(counts, square)
	for k := range mu {
		mu[k] /= n
		star[k] /= n
		off := mu[k] - centre
		sigma[k] = math.Sqrt(max(sigma[k]-float64(n*off*off), 0) / (n - 1)) // NaN for one effect
	}
	return []Index{interval(name, "mu", mu), interval(name, "mu_star", star), interval(name, "sigma", sigma)}
}
