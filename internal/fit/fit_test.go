package fit

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"

	"agglo/sim/rng"
)

// of makes an Evaluate of a function of a point.
func of(f func(x []float64) float64) Evaluate {
	return func(_ context.Context, _ int, points [][]float64) ([]Result, error) {
		out := make([]Result, len(points))
		for k, x := range points {
			out[k] = Result{Distance: f(x)}
		}
		return out, nil
	}
}

// The strategy finds the lowest point of a valley (Rosenbrock's, laid into the cube) and of a bowl at the wall.
func TestPoint(t *testing.T) {
	valley := func(x []float64) float64 {
		a, b := 4*x[0]-2, 4*x[1]-2
		return math.Sqrt((1-a)*(1-a) + 100*(b-a*a)*(b-a*a))
	}
	found, err := Search{Dimensions: 2, Points: 4000, Seed: 1}.Point(t.Context(), of(valley))
	if err != nil || math.Abs(found.Point[0]-.75) > 1e-3 || math.Abs(found.Point[1]-.75) > 1e-3 {
		t.Errorf("%+v, %v: want (.75, .75)", found, err)
	}
	wall := func(x []float64) float64 { return math.Hypot(x[0], x[1]-.3) + math.Abs(x[2]-1) }
	found, err = Search{Dimensions: 3, Points: 3000, Seed: 2}.Point(t.Context(), of(wall))
	if err != nil || found.Distance > .01 {
		t.Errorf("at the wall: %+v, %v", found, err)
	}
	for _, r := range found.Rounds {
		if r.Points != 7 {
			t.Errorf("%+v: want rounds of 4 + 3 ln 3", r)
		}
	}
}

// Points that fail do not stop a search; a search in which all fail says so; one that is broken off keeps its best.
func TestPointFails(t *testing.T) {
	half := func(x []float64) float64 {
		if x[0] < .4 {
			return math.NaN()
		}
		return math.Abs(x[0] - .45)
	}
	found, err := Search{Dimensions: 1, Points: 300, Seed: 1}.Point(t.Context(), of(half))
	if err != nil || math.Abs(found.Point[0]-.45) > .01 {
		t.Errorf("%+v, %v", found, err)
	}
	if _, err := (Search{Dimensions: 1, Points: 20, Seed: 1}).Point(t.Context(), of(func([]float64) float64 { return math.NaN() })); !errors.Is(err, ErrFailed) {
		t.Error(err)
	}
	broken := errors.New("stopped")
	rounds := 0
	found, err = Search{Dimensions: 1, Points: 300, Seed: 1}.Point(t.Context(), func(ctx context.Context, round int, points [][]float64) ([]Result, error) {
		if rounds++; rounds == 4 {
			return nil, broken
		}
		return of(half)(ctx, round, points)
	})
	if !errors.Is(err, broken) || found == nil || len(found.Rounds) != 3 {
		t.Errorf("%+v, %v", found, err)
	}
}

// observed makes the program of a normal mean: n draws about a mean of 10 u - 5, of which the mean is compared with 1.
func observed(seed rng.Seed, n int) Evaluate {
	const draw rng.Purpose = 0xd6ff
	return func(_ context.Context, round int, points [][]float64) ([]Result, error) {
		out := make([]Result, len(points))
		for k, x := range points {
			sum := 0.
			for i := range n {
				sum += 10*x[0] - 5 + seed.Normal(draw, uint64(round), k, i)
			}
			mean := sum / float64(n)
			out[k] = Result{math.Abs(mean - 1), []float64{mean}}
		}
		return out, nil
	}
}

// The posterior of a normal mean with an even prior is normal about the sample's mean, with the deviation 1/sqrt(n).
func TestSampleOfNormalMean(t *testing.T) {
	const n = 16
	s, err := Posterior{Dimensions: 1, Particles: 400, Points: 8000, Seed: 3}.Sample(t.Context(), observed(1, n))
	if err != nil {
		t.Fatal(err)
	}
	for name, particles := range map[string][]Particle{"plain": s.Particles, "adjusted": s.Adjusted([]float64{1})} {
		span := SpanOf(particles, 0, .9)
		at := func(u float64) float64 { return 10*u - 5 }
		if math.Abs(at(span.Middle)-1) > .06 || math.Abs(at(span.Lo)-(1-1.645/4)) > .1 || math.Abs(at(span.Hi)-(1+1.645/4)) > .1 {
			t.Errorf("%s: %.3f %.3f %.3f: want 0.589, 1, 1.411", name, at(span.Lo), at(span.Middle), at(span.Hi))
		}
	}
	last := s.Rounds[len(s.Rounds)-1]
	if last.Effective < 100 || last.Effective > 400 || last.Tolerance > .1 {
		t.Errorf("%+v", last)
	}
	for k, r := range s.Rounds[1:] {
		if r.Tolerance > s.Rounds[k].Tolerance {
			t.Errorf("the tolerance rises: %+v", s.Rounds)
		}
	}
}

// With a wide tolerance the regression takes away the width that it adds.
func TestAdjustedNarrows(t *testing.T) {
	s, err := Posterior{Dimensions: 1, Particles: 300, Points: 600, Seed: 3}.Sample(t.Context(), observed(1, 100))
	if err != nil {
		t.Fatal(err)
	}
	plain, adjusted := SpanOf(s.Particles, 0, .9), SpanOf(s.Adjusted([]float64{1}), 0, .9)
	if wide, narrow := plain.Hi-plain.Lo, adjusted.Hi-adjusted.Lo; wide < .3 || narrow > .05 || narrow < .02 {
		t.Errorf("90%% of the particles: %.3f plain, %.3f adjusted; want half of the range, and .033", wide, narrow)
	}
}

// A target that no level reaches leaves particles that differ, near the end of the prior that is nearest to it, and not all of them at the end.
func TestAdjustedBeyondThePrior(t *testing.T) {
	of := func(_ context.Context, round int, points [][]float64) ([]Result, error) {
		out := make([]Result, len(points))
		for k, x := range points {
			out[k] = Result{math.Abs(x[0] - 1.5), []float64{x[0]}}
		}
		return out, nil
	}
	s, err := Posterior{Dimensions: 1, Particles: 100, Points: 300, Seed: 3}.Sample(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	span := SpanOf(s.Adjusted([]float64{1.5}), 0, .9)
	if width := span.Hi - span.Lo; width < .05 || span.Hi < .9 {
		t.Errorf("%+v: want a span of some width below 1", span)
	}
}

// A target that a parameter does not move leaves its prior; weights make up for walls, so that the sample is even there.
func TestSampleKeepsThePrior(t *testing.T) {
	s, err := Posterior{Dimensions: 2, Particles: 500, Points: 6000, Seed: 5}.Sample(t.Context(), of(func(x []float64) float64 { return math.Abs(x[0] - .1) }))
	if err != nil {
		t.Fatal(err)
	}
	if span := SpanOf(s.Particles, 1, .9); math.Abs(span.Lo-.05) > .03 || math.Abs(span.Middle-.5) > .07 || math.Abs(span.Hi-.95) > .03 {
		t.Errorf("%+v: want .05, .5, .95", span)
	}
	if span := SpanOf(s.Particles, 0, .9); math.Abs(span.Middle-.1) > .01 {
		t.Errorf("%+v", span)
	}
}

// The same seed gives the same sample; another one another; a broken round keeps what was there.
func TestSampleRepeats(t *testing.T) {
	p := Posterior{Dimensions: 2, Particles: 20, Points: 200, Seed: 5}
	f := of(func(x []float64) float64 { return math.Hypot(x[0]-.3, x[1]-.6) })
	a, _ := p.Sample(t.Context(), f)
	b, _ := p.Sample(t.Context(), f)
	p.Seed++
	c, _ := p.Sample(t.Context(), f)
	if !reflect.DeepEqual(a, b) || reflect.DeepEqual(a, c) {
		t.Error("a sample hangs on more, or less, than its seed")
	}
	p.Points = 10
	if _, err := p.Sample(t.Context(), f); err == nil {
		t.Error("points for fewer than the first round are taken")
	}
	p.Points = 200
	s, err := p.Sample(t.Context(), func(ctx context.Context, round int, points [][]float64) ([]Result, error) {
		if round == 2 {
			return nil, context.Canceled
		}
		return f(ctx, round, points)
	})
	if !errors.Is(err, context.Canceled) || len(s.Particles) != 20 || len(s.Rounds) != 2 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestSpanOf(t *testing.T) {
	var of []Particle
	for k, w := range []float64{.25, .25, .25, .25} {
		of = append(of, Particle{Point: []float64{float64(3 - k)}, Weight: w})
	}
	if got := SpanOf(of, 0, .5); got != (Span{.5, 1.5, 2.5}) {
		t.Errorf("%+v", got)
	}
	of[0].Weight = 1e6
	if got := SpanOf(of, 0, .9); got.Middle < 2.99 {
		t.Errorf("%+v: nearly all weight lies on 3", got)
	}
}
