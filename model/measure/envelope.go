package measure

import (
	"math"
	"slices"
)

// slack is the share by which a curve must leave its band: what histograms may err, and more.
const slack = 1e-4

// envelope fills in the bands from the random curves and the verdicts.
func (d *DistanceDensity) envelope(o DensityOptions, curves [][]float64) {
	ranked := make([][]float64, len(o.Distances)) // the random values at each distance, ascending
	for k := range ranked {
		for _, c := range curves {
			ranked[k] = append(ranked[k], c[k])
		}
		slices.Sort(ranked[k])
	}
	n := len(curves)
	one := max(1, int(math.Floor(float64(o.Level*float64(n))+1e-9)))
	high, low := bandRank(curves, ranked, o.Level, true), bandRank(curves, ranked, o.Level, false)
	for k, at := range ranked {
		d.Lo, d.Hi = append(d.Lo, at[one-1]), append(d.Hi, at[n-one])
		d.GlobalLo, d.GlobalHi = append(d.GlobalLo, at[low-1]), append(d.GlobalHi, at[n-high])
		if d.Kd[k] > d.GlobalHi[k]*(1+slack) {
			d.Localised = true
		}
		if d.Kd[k] < d.GlobalLo[k]*(1-slack) {
			d.Dispersed = true
		}
	}
	d.Dispersed = d.Dispersed && !d.Localised
}

// bandRank is the largest rank, 1 being the most extreme, such that at most the share level of the curves ever lies
// beyond the value of that rank: above it if high, else below it.
func bandRank(curves, ranked [][]float64, level float64, high bool) int {
	n := len(curves)
	extreme := make([]int, n) // the most extreme rank each curve ever has
	for m, c := range curves {
		extreme[m] = n
		for k, v := range c {
			beyond, _ := slices.BinarySearch(ranked[k], v) // values below v
			if high {
				at, _ := slices.BinarySearchFunc(ranked[k], v, func(have, want float64) int {
					if have <= want {
						return -1
					}
					return 1
				})
				beyond = n - at // values above v
			}
			extreme[m] = min(extreme[m], beyond+1)
		}
	}
	slices.Sort(extreme)
	allowed := int(math.Floor(float64(level*float64(n)) + 1e-9))
	// With rank k, the curves whose most extreme rank is below k leave the band; extreme[allowed] is the largest k that
	// leaves no more than allowed of them.
	return extreme[min(allowed, n-1)]
}
