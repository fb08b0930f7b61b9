package fit

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"agglo/sim/rng"
)

// Posterior says how a sample of the posterior is made.
type Posterior struct {
	Dimensions int
	Particles  int     // that are kept, at least 10
	Points     int     // that may be looked at, at least twice as many as particles
	Least      float64 // share of new points within the tolerance at which the work ends; 0 = .05
	Seed       uint64  // of all draws
}

// A Sample is weighted particles.
type Sample struct {
	Particles []Particle
	Rounds    []Round
	Settled   bool // new points hardly improve it: the work ended by itself

	drawn   float64   // points of the first round
	kernels []*kernel // of the rounds but the first
}

// A Particle is a point within the tolerance.
type Particle struct {
	Point  []float64
	Weight float64 // they sum to 1
	Result

	density float64 // at which all rounds together have drawn at its place: the sum of their densities, times their points
}

const (
	usualLeast    = .05
	mostTries     = 10_000 // until a perturbed particle lies in the cube
	leastVariance = 1e-10  // of a perturbation along each parameter: particles never fall into one point
)

// Sample draws particles by approximate Bayesian computation with a population that is moved towards the targets: the adaptive
// population Monte Carlo of Lenormand, Jabot and Deffuant 2013 (doi 10.1007/s00180-013-0428-3), a form of the sequential
// Monte Carlo of Toni and others 2009 (doi 10.1098/rsif.2008.0172) in which no point that was looked at is wasted.
//
// The first round draws twice as many points of the prior as particles are kept, and keeps the nearer half; the greatest
// distance among these is the tolerance. Every round then draws as many new points: a particle, chosen by weight, and a normal
// step with twice the weighted covariance of the particles (Beaumont and others 2009, doi 10.1093/biomet/asp052). The nearest of
// old and new are kept. A particle weighs the density of the prior, which is even, over that of all points drawn so far at its place
// (the deterministic mixture of Cornuet and others 2012, doi 10.1111/j.1467-9469.2011.00756.x): with the density of its own round
// alone a few old particles would soon outweigh all others. The work ends when fewer than the share Least of the new points come within the tolerance of the round before, or the points are used up.
// When ctx ends early the particles so far come with ctx's error.
func (p Posterior) Sample(ctx context.Context, evaluate Evaluate) (*Sample, error) {
	if p.Dimensions < 1 || p.Particles < 10 || p.Points < 2*p.Particles {
		return nil, fmt.Errorf("a sample of %d particles of %d parameters from %d points: want a parameter, 10 particles, and points for twice as many",
			p.Particles, p.Dimensions, p.Points)
	}
	s := &Sample{}
	looked := 0
	least := cmp.Or(p.Least, usualLeast)
	for looked < p.Points {
		fresh := p.draw(s, min(p.Points-looked, p.size(len(s.Rounds))))
		points := make([][]float64, len(fresh))
		for k := range fresh {
			points[k] = fresh[k].Point
		}
		results, err := evaluate(ctx, len(s.Rounds), points)
		if err != nil {
			return s, err
		}
		looked += len(fresh)
		for k := range fresh {
			fresh[k].Result = results[k]
		}
		r := s.take(fresh, p.Particles)
		if len(s.Particles) == 0 {
			return nil, ErrFailed
		}
		if r.Number > 0 && float64(r.Accepted) < least*float64(r.Points) {
			s.Settled = true
			break
		}
	}
	return s, nil
}

// size is the number of points of a round.
func (p Posterior) size(round int) int {
	if round == 0 {
		return 2 * p.Particles
	}
	return p.Particles
}

// draw makes the points of the next round.
func (p Posterior) draw(s *Sample, n int) []Particle {
	seed, round := seedOf(p.Seed), uint64(len(s.Rounds))
	fresh := make([]Particle, n)
	if round == 0 {
		for k := range fresh {
			fresh[k].Point = make([]float64, p.Dimensions)
			for j := range p.Dimensions {
				fresh[k].Point[j] = seed.Uniform(drawPrior, uint64(j), 0, k)
			}
		}
		return fresh
	}
	step, tries := newKernel(s.Particles), 0
	for k := range fresh {
		tries += step.perturb(seed, round, k, &fresh[k])
	}
	step.points = float64(n)
	step.norm *= float64(tries) / float64(n) // over the part of the proposals that lies in the cube
	s.kernels = append(s.kernels, step)
	return fresh
}

// take keeps the nearest of the old particles and the new ones, and notes the round.
func (s *Sample) take(fresh []Particle, keep int) Round {
	r := Round{Number: len(s.Rounds), Points: len(fresh), Best: math.NaN()}
	before := math.Inf(1)
	if len(s.Particles) > 0 {
		before = s.Particles[len(s.Particles)-1].Distance
	}
	if r.Number == 0 {
		s.drawn = float64(len(fresh))
	} else {
		last := s.kernels[len(s.kernels)-1]
		for k := range s.Particles {
			s.Particles[k].density += last.density(s.Particles[k].Point)
		}
	}
	all, middle := s.Particles, []float64{}
	for _, one := range fresh {
		if one.failed() {
			r.Failed++
			continue
		}
		middle = append(middle, one.Distance)
		if one.Distance < before {
			r.Accepted++
		}
		one.density = s.drawn // of the first round, which is even; it has drawn as many
		for _, step := range s.kernels {
			one.density += step.density(one.Point)
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b Particle) int { return cmp.Compare(a.Distance, b.Distance) })
	s.Particles = slices.Clone(all[:min(keep, len(all))])
	sum := 0.
	for _, one := range s.Particles {
		sum += 1 / one.density
	}
	squares := 0.
	for k := range s.Particles {
		s.Particles[k].Weight = 1 / s.Particles[k].density / sum
		squares += s.Particles[k].Weight * s.Particles[k].Weight
	}
	if len(s.Particles) > 0 {
		r.Best, r.Tolerance, r.Effective = s.Particles[0].Distance, s.Particles[len(s.Particles)-1].Distance, 1/squares
	}
	r.Middle = quantile(middle, .5)
	s.Rounds = append(s.Rounds, r)
	return r
}

// A kernel perturbs particles.
type kernel struct {
	of      []Particle
	sums    []float64    // of their weights
	root    mat.TriDense // lower root of the covariance
	inverse mat.Cholesky
	norm    float64 // of the density
	points  float64 // that it has drawn
}

// newKernel makes the kernel of particles: twice their weighted covariance.
func newKernel(of []Particle) *kernel {
	d := len(of[0].Point)
	centre := make([]float64, d)
	for _, one := range of {
		for j, v := range one.Point {
			centre[j] += one.Weight * v
		}
	}
	cov := mat.NewSymDense(d, nil)
	for _, one := range of {
		for i := range d {
			for j := i; j < d; j++ {
				cov.SetSym(i, j, cov.At(i, j)+2*one.Weight*(one.Point[i]-centre[i])*(one.Point[j]-centre[j]))
			}
		}
	}
	for i := range d {
		cov.SetSym(i, i, cov.At(i, i)*(1+1e-9)+leastVariance)
	}
	k := &kernel{of: slices.Clone(of)}
	if !k.inverse.Factorize(cov) { // particles on a line, to rounding: steps along each parameter alone
		for i := range d {
			for j := range i {
				cov.SetSym(i, j, 0)
			}
		}
		k.inverse.Factorize(cov)
	}
	k.inverse.LTo(&k.root)
	k.norm = math.Exp(-.5*k.inverse.LogDet()) * math.Pow(2*math.Pi, -.5*float64(d))
	sum := 0.
	for _, one := range of {
		sum += one.Weight
		k.sums = append(k.sums, sum)
	}
	return k
}

// perturb draws a point and counts the tries. One beyond the prior is drawn again, its particle too, so that the density within
// is that of all particles' steps, cut off at the walls and scaled.
func (k *kernel) perturb(seed rng.Seed, round uint64, at int, to *Particle) (tries int) {
	d := len(k.of[0].Point)
	point := make([]float64, d)
	to.Point = point
	for try := range mostTries {
		u := seed.Uniform(drawParent, round, at, try) * k.sums[len(k.sums)-1]
		parent, _ := slices.BinarySearch(k.sums, u)
		inside := true
		for i := range d {
			v := k.of[min(parent, len(k.of)-1)].Point[i]
			for j := range i + 1 {
				v += k.root.At(i, j) * seed.Normal(drawStep, round, at, try*d+j)
			}
			point[i] = v
			inside = inside && v > 0 && v < 1
		}
		if inside {
			return try + 1
		}
	}
	to.Point = mirrored(point)
	return mostTries
}

// density is that with which the kernel has drawn at a point, times the number of points drawn.
func (k *kernel) density(point []float64) float64 {
	d := len(point)
	off := make([]float64, d)
	sum := 0.
	for _, one := range k.of {
		square := 0.
		for i := range d { // forward substitution: |root^-1 (point - particle)|^2
			v := point[i] - one.Point[i]
			for j := range i {
				v -= k.root.At(i, j) * off[j]
			}
			off[i] = v / k.root.At(i, i)
			square += off[i] * off[i]
		}
		sum += one.Weight * math.Exp(-.5*square)
	}
	return k.points * k.norm * sum
}

// seedOf spreads seeds of users.
func seedOf(seed uint64) rng.Seed { return rng.Seed(rng.Replicate(seed, 0)) }

// quantile interpolates between ordered values; NaN of none.
func quantile(x []float64, p float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(x))
	at := p * float64(len(sorted)-1)
	k := min(int(at), max(len(sorted)-2, 0))
	if len(sorted) == 1 {
		return sorted[0]
	}
	return sorted[k] + (at-float64(k))*(sorted[k+1]-sorted[k])
}
