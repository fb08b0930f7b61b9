package design

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"agglo/sim/rng"
)

const (
	drawLevel rng.Purpose = 0xd508 // the level at which a factor begins a trajectory
	drawTurn  rng.Purpose = 0xd509 // when in a trajectory a factor is changed
)

// usualLevels is the number of levels of a factor in a Morris design unless the plan says another.
const usualLevels = 4

// mostSteps bounds the work of a choice of trajectories, whose distances are all computed: some seconds.
const mostSteps = 5e9

// mostCandidates bounds the table of their distances.
const mostCandidates = 5000

// candidates is the greatest number of trajectories of d factors among which a choice is made: two trajectories have (d+1)^2
// distances between their points, of d steps each.
func candidates(d int) int {
	return int(math.Sqrt(2 * mostSteps / (float64(d+1) * float64(d+1) * float64(d))))
}

// levels is the number of levels of a Morris design.
func levels(p int) int { return cmp.Or(p, usualLevels) }

// checkChoice finds a number of candidates that allows no choice.
func (p Plan) checkChoice(factors int) error {
	if most := min(candidates(factors), mostCandidates); p.Optimise != 0 && (p.Optimise < p.N || p.Optimise > most) {
		return fmt.Errorf("optimise = %d: want a number of candidates from n = %d to %d for %d factors", p.Optimise, p.N, most, factors)
	}
	return nil
}

// morris is a design of trajectories. Each begins at a random point of a lattice of p levels a factor, and changes the
// factors one after another in random order, each by p/2 levels, up if there is room and else down. A step is thus
// p/(2(p-1)) of the range. Source: Morris 1991, doi 10.1080/00401706.1991.10484804.
func morris(factors []Factor, p Plan) [][]float64 {
	d, steps := len(factors), levels(p.Levels)
	keys := keysOf(factors)
	var paths [][][]float64
	for t := range max(p.N, p.Optimise) {
		paths = append(paths, trajectory(keys, steps, t, rng.Seed(p.Seed)))
	}
	if p.Optimise > p.N {
		paths = farthest(paths, p.N)
	}
	return lay(factors, p.N*(d+1), func(i, j int) float64 {
		level := paths[i/(d+1)][i%(d+1)][j]
		if factors[j].Unbounded() {
			return (level + .5) / float64(steps)
		}
		return level / float64(steps-1)
	})
}

// trajectory gives the levels 0 to steps-1 of the d+1 points of a trajectory.
func trajectory(keys []uint64, steps, t int, seed rng.Seed) [][]float64 {
	out := rows(len(keys)+1, len(keys))
	turn := make([]int, len(keys))
	for j, key := range keys {
		turn[j] = j
		out[0][j] = math.Floor(seed.Uniform(drawLevel, key, 0, t) * float64(steps))
	}
	slices.SortFunc(turn, func(a, b int) int {
		return cmp.Compare(seed.Bits(drawTurn, keys[a], 0, t), seed.Bits(drawTurn, keys[b], 0, t))
	})
	for k, j := range turn {
		copy(out[k+1], out[k])
		if half := float64(steps / 2); out[k][j] < half {
			out[k+1][j] += half
		} else {
			out[k+1][j] -= half
		}
	}
	return out
}

// farthest chooses n trajectories that lie far from each other: first the two that lie farthest apart, then always the one
// whose squared distances from those chosen sum to the most. The distance of two trajectories is the sum of the distances
// between their points. Source: Campolongo, Cariboni and Saltelli 2007, doi 10.1016/j.envsoft.2006.10.004; choosing one after
// another is our shortening of their search over all sets.
func farthest(from [][][]float64, n int) [][][]float64 {
	distance := rows(len(from), len(from))
	first, second := 0, 0
	for a := range from {
		for b := range a {
			sum := 0.
			for _, x := range from[a] {
				for _, y := range from[b] {
					sum += math.Sqrt(apart(x, y))
				}
			}
			distance[a][b], distance[b][a] = sum, sum
			if sum > distance[first][second] {
				first, second = b, a
			}
		}
	}
	total := make([]float64, len(from))
	taken := make([]bool, len(from))
	var out [][][]float64
	take := func(k int) {
		taken[k] = true
		out = append(out, from[k])
		for other := range total {
			total[other] += float64(distance[k][other] * distance[k][other])
		}
	}
	take(first)
	if n > 1 && second != first {
		take(second)
	}
	for len(out) < n {
		best := -1
		for k := range from {
			if !taken[k] && (best < 0 || total[k] > total[best]) {
				best = k
			}
		}
		take(best)
	}
	return out
}
