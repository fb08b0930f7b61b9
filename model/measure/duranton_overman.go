package measure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"

	"agglo/sim/rng"
)

// The addresses of the draws of this file.
const (
	purposeSite  rng.Purpose = 0x6d656173_02 // which sites a random sector takes
	purposeRange rng.Purpose = 0x6d656173_03 // which pairs the range of distances is taken from
)

const (
	exactPlants = 2000 // from this number on the observed curve, too, is taken from a tally
	exactPairs  = 2000 // up to this number of pairs the random curves are exact
)

// DensityOptions say how DurantonOverman goes about it.
type DensityOptions struct {
	Distances []float64 // where the density is wanted, ascending, >= 0; see DistanceRange
	Draws     int       // random sectors for the envelopes, at least 1/Level; 1000 is usual
	Level     float64   // of each side of the envelopes, such as .05, in (0, .5)
	Seed      uint64
	Threads   int  // at least 1; changes no number
	Weighted  bool // weigh pairs by the product of the jobs
}

// DistanceDensity is the density of distances between the plants of one sector, and the envelopes of what as many
// plants on random sites would show, each at the distances asked for, per unit of distance.
type DistanceDensity struct {
	Plants             int
	Bandwidth          float64 // in the unit of the coordinates
	Exact              bool    // the kernel went over all pairs, else over a tally of them
	Kd                 []float64
	Lo, Hi             []float64 // a random curve lies below Lo, or above Hi, with chance Level at any one distance
	GlobalLo, GlobalHi []float64 // a random curve leaves the band to one side at any distance at all with chance Level
	Localised          bool      // Kd is above GlobalHi at some distance
	Dispersed          bool      // Kd is below GlobalLo at some distance and the sector is not Localised
}

// DurantonOverman estimates K_d (Duranton and Overman 2005, doi 10.1111/0034-6527.00362):
//
//	Kd(r) = sum_p [phi((r-d_p)/h) + phi((r+d_p)/h)] / (n_p h)
//
// over the n_p distances d_p between plants of the sector, with the normal density phi, the bandwidth h by Silverman's
// rule, and reflection at 0 because no distance is negative. The envelopes come from random sectors: as many plants
// (with their jobs, if Weighted) on sites drawn without repetition from those of all plants of all sectors, so that
// towns and empty land are no finding. The global envelope is the narrowest band of equal ranks that at most the share
// Level of the random curves leaves to one side.
//
// Below 2,000 plants the observed curve is exact; the others come from tallies, whose error is below 1e-4 of the
// value, and Localised and Dispersed ask for more than that. Draws depend on the seed, on the number of plants and on
// the places only: neither the order of rows nor the sector's name plays a part.
//
// It is undefined for fewer than three plants (with jobs, if Weighted) and, unless Weighted, for a sector that has all
// the sites.
func DurantonOverman(p Points, sector int32, o DensityOptions) (DistanceDensity, error) {
	const name = "duranton-overman"
	if err := p.check(name); err != nil {
		return DistanceDensity{}, err
	}
	if err := o.check(name); err != nil {
		return DistanceDensity{}, err
	}
	sites, plants := p.places(), Points{}
	for _, i := range sites.order {
		if p.Sector[i] == sector && (!o.Weighted || p.weight(i) > 0) {
			plants.X, plants.Y = append(plants.X, p.X[i]), append(plants.Y, p.Y[i])
			plants.Weight = append(plants.Weight, p.weight(i))
		}
	}
	n := len(plants.X)
	if n < 3 {
		return DistanceDensity{}, undefined(name, "want at least three plants")
	}
	if n == len(p.X) && !o.Weighted {
		return DistanceDensity{}, undefined(name, "the sector has all the sites there are")
	}
	if !o.Weighted {
		plants.Weight = nil
	}
	out := DistanceDensity{Plants: n, Exact: n < exactPlants, Kd: make([]float64, len(o.Distances))}
	if out.Exact {
		d := distancesOf(plants.X, plants.Y, plants.Weight)
		out.Bandwidth = d.bandwidth()
		d.density(o.Distances, out.Bandwidth, out.Kd)
	} else {
		own := plants.places() // a ruler of its own pairs, all of them
		all := &curve{x: plants.X, y: plants.Y}
		out.Bandwidth = all.draw(own, newRuler(own, n*(n-1)/2, rng.Seed(o.Seed)), plants.Weight, o.Distances, out.Kd)
	}
	out.envelope(o, randomCurves(sites, plants.Weight, n, o))
	return out, nil
}

// check returns an *Invalid for options that make no sense.
func (o DensityOptions) check(name string) error {
	if err := nonNegative(name, "distances", o.Distances); err != nil {
		return err
	}
	if !slices.IsSorted(o.Distances) {
		return &Invalid{name, "distances", -1, float64(len(o.Distances)), "ascending numbers"}
	}
	if !(o.Level > 0 && o.Level < .5) {
		return &Invalid{name, "level", -1, o.Level, "a number between 0 and .5"}
	}
	if float64(o.Draws)*o.Level < 1 {
		return &Invalid{name, "draws", -1, float64(o.Draws), fmt.Sprintf("at least %v", math.Ceil(1/o.Level))}
	}
	if o.Threads < 1 {
		return &Invalid{name, "threads", -1, float64(o.Threads), "at least 1"}
	}
	return nil
}

// siteList is the places of all plants in an order that depends on the places alone.
type siteList struct {
	x, y     []float64
	order    []int32
	middle   [2]float64 // the median x and the median y
	diagonal float64    // of the rectangle around them: no distance is longer
}

// places lists all sites by x, then y, then weight.
func (p Points) places() siteList {
	s := siteList{order: byX(p.X), diagonal: p.diagonal()}
	slices.SortStableFunc(s.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(p.X[a], p.X[b]), cmp.Compare(p.Y[a], p.Y[b]), cmp.Compare(p.weight(a), p.weight(b)))
	})
	for _, i := range s.order {
		s.x, s.y = append(s.x, p.X[i]), append(s.y, p.Y[i])
	}
	if len(s.x) > 0 {
		s.middle = [2]float64{medianOfSorted(s.x), medianOfSorted(slices.Sorted(slices.Values(s.y)))}
	}
	return s
}

// diagonal is that of the rectangle around the points.
func (p Points) diagonal() float64 {
	if len(p.X) == 0 {
		return 0
	}
	return span(slices.Max(p.X)-slices.Min(p.X), slices.Max(p.Y)-slices.Min(p.Y))
}

// curve is the memory for one random curve after the other.
type curve struct {
	tally tally
	site  []int32
	x, y  []float64
}

// draw fills kd with the density of distances between the points of c, and returns the bandwidth. Without a ruler it goes
// over all pairs.
func (c *curve) draw(s siteList, by ruler, weight, r, kd []float64) float64 {
	if by == nil {
		d := distancesOf(c.x, c.y, weight)
		h := d.bandwidth()
		d.density(r, h, kd)
		return h
	}
	d := c.tally.distances(s, by, c.x, c.y, weight)
	h := d.bandwidth()
	d.joined(h/binsBandwidth).density(r, h, kd)
	return h
}

// randomCurves gives the densities of random sectors of n plants, one row a draw.
func randomCurves(s siteList, weight []float64, n int, o DensityOptions) [][]float64 {
	curves := make([][]float64, o.Draws)
	var by ruler
	if pairs := n * (n - 1) / 2; pairs > exactPairs {
		by = newRuler(s, min(rulerPairs, rulerShare*pairs), rng.Seed(o.Seed))
	}
	var work sync.WaitGroup
	for t := range o.Threads {
		work.Go(func() {
			c := &curve{site: make([]int32, len(s.x)), x: make([]float64, n), y: make([]float64, n)}
			for k := t; k < o.Draws; k += o.Threads {
				c.scatter(s, rng.Seed(o.Seed), k)
				curves[k] = make([]float64, len(o.Distances))
				c.draw(s, by, weight, o.Distances, curves[k])
			}
		})
	}
	work.Wait()
	return curves
}

// scatter puts the plants on sites drawn without repetition.
func (c *curve) scatter(s siteList, seed rng.Seed, draw int) {
	for i := range c.site {
		c.site[i] = int32(i)
	}
	for i := range c.x {
		left := len(c.site) - i
		j := i + min(int(seed.Uniform(purposeSite, uint64(len(c.x)), draw, i)*float64(left)), left-1)
		c.site[i], c.site[j] = c.site[j], c.site[i]
		c.x[i], c.y[i] = s.x[c.site[i]], s.y[c.site[i]]
	}
}

// DistanceRange gives steps+1 distances from 0 to the median distance between two plants of any sector, the range of
// Duranton and Overman: beyond it, closeness here is farness there. Up to 2,000 plants the median is exact, beyond it is
// that of two million pairs drawn by the seed. It is undefined for fewer than two plants and where the median is 0.
func DistanceRange(x, y []float64, steps int, seed uint64) ([]float64, error) {
	const name = "duranton-overman"
	if err := checkPoints(name, x, y); err != nil {
		return nil, err
	}
	if steps < 1 {
		return nil, &Invalid{name, "steps", -1, float64(steps), "at least 1"}
	}
	s := Points{X: x, Y: y}.places()
	n := len(x)
	var d []float64
	if n <= exactPlants {
		d = distancesOf(x, y, nil).at
	} else {
		for k := range 2_000_000 {
			i := min(int(rng.Seed(seed).Uniform(purposeRange, 0, k, 0)*float64(n)), n-1)
			j := min(int(rng.Seed(seed).Uniform(purposeRange, 0, k, 1)*float64(n)), n-1)
			if i != j {
				d = append(d, span(s.x[i]-s.x[j], s.y[i]-s.y[j]))
			}
		}
		slices.Sort(d)
	}
	if len(d) == 0 || !(medianOfSorted(d) > 0) {
		return nil, undefined(name, "the median distance is 0")
	}
	out := make([]float64, steps+1)
	for k := range out {
		out[k] = medianOfSorted(d) * float64(k) / float64(steps)
	}
	return out, nil
}
