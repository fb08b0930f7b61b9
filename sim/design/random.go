package design

import (
	"cmp"
	"slices"

	"agglo/sim/rng"
)

const (
	drawRandom  rng.Purpose = 0xd501 // the level of a factor at a point
	drawStratum rng.Purpose = 0xd502 // which stratum of a factor a point gets
	drawWithin  rng.Purpose = 0xd503 // where in its stratum
	drawColumn  rng.Purpose = 0xd504 // the factor of an exchange
	drawPair    rng.Purpose = 0xd505 // the points of an exchange
)

// random draws every factor of every point by itself.
func random(factors []Factor, n int, seed uint64) [][]float64 {
	keys := keysOf(factors)
	return lay(factors, n, func(i, j int) float64 { return rng.Seed(seed).Uniform(drawRandom, keys[j], 0, i) })
}

// keysOf are the keys of the factors' draws: a factor keeps its draws whatever other factors there are.
func keysOf(factors []Factor) []uint64 {
	keys := make([]uint64, len(factors))
	for j, f := range factors {
		keys[j] = rng.KeyOf(f.Name)
	}
	return keys
}

// latin is a Latin hypercube: the range of each factor is cut into n strata of equal chance, and each holds one point.
// Source: McKay, Beckman and Conover 1979, doi 10.2307/1268522. Unless the plan is plain, the points are spread out.
func latin(factors []Factor, p Plan) [][]float64 {
	levels := hypercube(keysOf(factors), p)
	if !p.Plain {
		spread(levels, rng.Seed(p.Seed))
	}
	return lay(factors, p.N, func(i, j int) float64 { return levels[i][j] })
}

// hypercube gives the levels of a random Latin hypercube in [0,1].
func hypercube(keys []uint64, p Plan) [][]float64 {
	seed := rng.Seed(p.Seed)
	levels := rows(p.N, len(keys))
	order := make([]int, p.N)
	lot := make([]uint64, p.N)
	for j, key := range keys {
		for i := range order {
			order[i], lot[i] = i, seed.Bits(drawStratum, key, 0, i)
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(lot[a], lot[b]), cmp.Compare(a, b)) })
		for stratum, i := range order {
			within := .5
			if !p.Centred {
				within = seed.Uniform(drawWithin, key, 0, i)
			}
			levels[i][j] = (float64(stratum) + within) / float64(p.N)
		}
	}
	return levels
}

// The work of spreading a hypercube: so many exchanges for each point, but no more than this many distances between
// coordinates, about a second. Beyond some ten thousand points exchanges do little, and strata do the work.
const (
	exchangesEach = 100
	mostDistances = 200_000_000
)

// spread moves the points of a hypercube apart. It exchanges the levels of two points in one factor, which leaves the
// strata right, and keeps the exchange if the sum over pairs of points of distance^-20 falls: the criterion of Morris and
// Mitchell 1995, doi 10.1016/0378-3758(94)00035-T, which for a high power is the least distance. Exchanges in columns are
// due to Li and Wu 1997, doi 10.1080/00401706.1997.10485085.
func spread(x [][]float64, seed rng.Seed) {
	n, d := len(x), len(x[0])
	if n < 3 { // two points have but one distance, whatever is exchanged
		return
	}
	tries := min(exchangesEach*n, mostDistances/(2*n*d))
	for t := range tries {
		c := int(seed.Bits(drawColumn, 0, t, 0) % uint64(d))
		a := int(seed.Bits(drawPair, 0, t, 0) % uint64(n))
		b := (a + 1 + int(seed.Bits(drawPair, 0, t, 1)%uint64(n-1))) % n
		before, after := 0., 0.
		for k := range x {
			if k == a || k == b {
				continue
			}
			ofA, ofB := apart(x[a], x[k]), apart(x[b], x[k])
			stepA, stepB := x[a][c]-x[k][c], x[b][c]-x[k][c]
			change := float64(stepB*stepB) - float64(stepA*stepA)
			before += float64(near(ofA)) + float64(near(ofB))
			after += float64(near(ofA+change)) + float64(near(ofB-change))
		}
		if after < before {
			x[a][c], x[b][c] = x[b][c], x[a][c]
		}
	}
}

// apart is the square of the distance of two points.
func apart(x, y []float64) float64 {
	sum := 0.
	for c, v := range x {
		step := v - y[c]
		sum += float64(step * step)
	}
	return sum
}

// near is distance^-20 of a squared distance; where rounding leaves none, a very great number.
func near(square float64) float64 {
	inverse := 1 / max(square, 1e-15)
	second := inverse * inverse
	fourth := second * second
	return fourth * fourth * second
}
