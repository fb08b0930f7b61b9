// Package fit finds the parameters with which a program gives back what is wanted: a point by an evolution strategy, a
// posterior by approximate Bayesian computation. It knows no model. Parameters lie in the unit cube, where a level stands for
// the value below which the parameter lies with that probability, so that the prior is even on the cube; a program is a
// function that says, for points of the cube, how far its results lie from the targets.
//
// Points come in rounds. What a round asks for follows from the seed and the results of the rounds before it alone, so a search
// does not depend on how many points are looked at side by side, and one that was broken off comes to the same end when the
// results that were there are given to it again.
package fit

import (
	"context"
	"math"

	"agglo/sim/rng"
)

// A Result is what a program gave at a point.
type Result struct {
	Distance float64   // from the targets, >= 0; NaN where the program failed
	Values   []float64 // what was held against the targets, in units in which 1 is as far as each target tolerates
}

// failed says whether the program gave nothing that can be compared.
func (r Result) failed() bool { return math.IsNaN(r.Distance) || math.IsInf(r.Distance, 0) }

// Evaluate looks at the points of a round, numbered from 0.
type Evaluate func(ctx context.Context, round int, points [][]float64) ([]Result, error)

// Purposes of draws.
const (
	drawPrior    rng.Purpose = 0xd601 // a point of the prior
	drawParent   rng.Purpose = 0xd602 // which particle is perturbed
	drawStep     rng.Purpose = 0xd603 // how far
	drawStrategy rng.Purpose = 0xd604 // the numbers of the evolution strategy
)

// stream makes of addressed draws the stream that gonum wants. It implements rand.Source.
type stream struct {
	seed rng.Seed
	next int
}

// Uint64 is the next number.
func (s *stream) Uint64() uint64 {
	s.next++
	return s.seed.Bits(drawStrategy, 0, 0, s.next)
}
