package study

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Contrasts of tests over real cases.
const (
	Country = "country" // share of the variance of a less b that lies between worlds and not within them
	Level   = "level"   // a less a published level
	Nearer  = "nearer"  // distance of a from c less the distance of b from c
)

// country takes the share of the variance of effects that lies between worlds: the intraclass correlation of a balanced
// one-way layout with random effects, with its exact interval under normality (Searle, Casella and McCulloch 1992, section 3.7).
// effects are by world, by replicate; a share is told in points.
func (r *ClaimResult) country(effects [][]float64) {
	k, n := float64(len(effects)), float64(len(effects[0]))
	if n < 2 {
		r.Note = note(r.Note, "takes two pairs")
		return
	}
	within, grand := 0.0, 0.0
	means := make([]float64, len(effects))
	for w, x := range effects {
		m, variance := moments(x)
		means[w] = m
		grand += m / k
		within += variance / k
	}
	between := 0.0
	for _, m := range means {
		between += n * (m - grand) * (m - grand) / (k - 1)
	}
	if math.IsNaN(between) || math.IsNaN(within) || within <= 0 {
		r.Note = note(r.Note, "the outcome does not exist, or does not vary, in some world")
		return
	}
	ratio := between / within
	law := distuv.F{D1: k - 1, D2: k * (n - 1)}
	share := func(f float64) float64 { return 100 * (f - 1) / (f + n - 1) }
	r.Effect, r.Lo, r.Hi = share(ratio), share(ratio/law.Quantile(.975)), share(ratio/law.Quantile(.025))
	least := r.Test.Smallest / 100
	r.P = math.Min(1, 2*law.Survival(ratio/(1+n*least/(1-least))))
	r.Detectable = math.NaN()
}

// away is the distance of x from y in % of y, pair by pair, less that of z.
func away(x, z, y []float64) []float64 {
	out := make([]float64, len(x))
	for k := range x {
		out[k] = 100 * (math.Abs(x[k]-y[k]) - math.Abs(z[k]-y[k])) / math.Abs(y[k])
	}
	return out
}

// overCases judges the contrasts of real cases.
func (r *ClaimResult) overCases(b *resampling, outcome func(arm int) []float64) {
	t := &r.Test
	switch t.Contrast {
	case Country:
		effects := make([][]float64, len(t.Worlds))
		for w := range effects {
			effects[w] = contrast("%", outcome(2*w), outcome(2*w+1))
		}
		r.country(effects)
	case Level:
		x := outcome(0)
		r.A, r.B = mean(x), t.Level
		for k := range x {
			x[k] -= t.Level
		}
		r.pairwise(b, x)
	case Nearer:
		r.pairwise(b, away(outcome(0), outcome(1), outcome(2)))
	}
}
