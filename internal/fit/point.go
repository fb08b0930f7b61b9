package fit

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/optimize"
)

// Search says how a point is looked for.
type Search struct {
	Dimensions int
	Points     int    // that may be looked at, at least one round
	Population int    // of a round; 0 = as many as is usual, 4 + 3 ln(dimensions)
	Seed       uint64 // of all draws
}

// A Found point is the end of a search.
type Found struct {
	Point    []float64 // the best that was looked at
	Distance float64
	Rounds   []Round
	Settled  bool // the strategy came to rest before the points were used up
}

// A Round is what became of one.
type Round struct {
	Number int
	Points int     // looked at
	Failed int     // of them
	Best   float64 // least distance so far; NaN while all have failed
	Middle float64 // median distance of those of the round that did not fail
	// Of a posterior: the distance within which particles count, how many of the round's points lie within it, and how many
	// even particles the weighted ones are worth.
	Tolerance float64
	Accepted  int
	Effective float64
}

// ErrFailed is in the error of a search in which no point gave anything.
var ErrFailed = errors.New("no run gave anything that can be compared with the targets")

// stepAtFirst is the first spread of the strategy, a part of each parameter's range.
const stepAtFirst = .3

// population is the size of a round.
func (s Search) population() int {
	if s.Population > 0 {
		return max(s.Population, 4)
	}
	return 4 + int(3*math.Log(float64(s.Dimensions)))
}

// Point looks for the point of the least distance with the evolution strategy CMA-ES (Krause, Arbones and Igel 2016, in gonum),
// from the middle of the cube. The strategy knows no bounds: a point beyond them is looked at in the mirror. When ctx ends
// early the best so far comes with ctx's error.
func (s Search) Point(ctx context.Context, evaluate Evaluate) (*Found, error) {
	if s.Dimensions < 1 || s.Points < 1 {
		return nil, fmt.Errorf("a search among %d parameters with %d points: want at least one of each", s.Dimensions, s.Points)
	}
	size := s.population()
	strategy := &optimize.CmaEsChol{InitStepSize: stepAtFirst, Population: size, StopLogDet: restAt * float64(s.Dimensions), Src: &stream{seed: seedOf(s.Seed)}}
	tasks := make([]optimize.Task, strategy.Init(s.Dimensions, size))
	for k := range tasks {
		tasks[k].Location = &optimize.Location{X: make([]float64, s.Dimensions)}
		for j := range tasks[k].X {
			tasks[k].X[j] = .5
		}
	}
	asks, answers := make(chan optimize.Task, size), make(chan optimize.Task, size)
	go strategy.Run(asks, answers, tasks)
	defer func() { // the strategy ends when it is told so and has been heard out
		answers <- optimize.Task{Op: optimize.PostIteration, Location: &optimize.Location{}}
		close(answers)
		for range asks { //nolint:revive // what it still says does not matter
		}
	}()
	found := &Found{Distance: math.NaN()}
	for looked := 0; ; {
		batch, points := make([]optimize.Task, size), make([][]float64, size)
		for k := range batch {
			batch[k] = <-asks
			points[k] = mirrored(batch[k].X)
		}
		results, err := evaluate(ctx, len(found.Rounds), points)
		if err != nil {
			return found, err
		}
		looked += size
		found.note(points, results)
		for k, task := range batch {
			task.F = results[k].Distance
			if results[k].failed() {
				task.F = math.Inf(1)
			}
			answers <- task
		}
		end := <-asks
		if end.Op == optimize.MethodDone || looked+size > s.Points {
			found.Settled = end.Op == optimize.MethodDone
			if found.Point == nil {
				return nil, ErrFailed
			}
			return found, nil
		}
		answers <- end
	}
}

// restAt is the logarithm of the variance, a dimension, at which the strategy has come to rest: a spread of a
// ten-thousandth of the range.
const restAt = -18.4

// note takes a round in.
func (f *Found) note(points [][]float64, results []Result) {
	r := Round{Number: len(f.Rounds), Points: len(points), Tolerance: math.NaN(), Effective: math.NaN()}
	var well []float64
	for k, one := range results {
		if one.failed() {
			r.Failed++
			continue
		}
		well = append(well, one.Distance)
		if f.Point == nil || one.Distance < f.Distance {
			f.Point, f.Distance = points[k], one.Distance
		}
	}
	r.Best, r.Middle = f.Distance, quantile(well, .5)
	f.Rounds = append(f.Rounds, r)
}

// mirrored folds a point of space into the unit cube, as if its walls were mirrors.
func mirrored(x []float64) []float64 {
	out := make([]float64, len(x))
	for j, v := range x {
		v = math.Mod(math.Abs(v), 2)
		out[j] = min(v, 2-v)
	}
	return out
}
