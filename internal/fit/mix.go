package fit

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Mixes says how the best mix of parts is looked for. A mix is a share of each part; shares are at least 0 and sum to 1 at most:
// the rest is left over.
type Mixes struct {
	Parts  int
	Points int    // mixes that are tried, at least Parts + 2
	Seed   uint64 // of all draws
}

// A Mix is one that was tried.
type Mix struct {
	Shares []float64
	Score  float64 // the more the better; NaN where it failed
}

// Weigh tries the mixes of a round, numbered from 0, and gives their scores.
type Weigh func(ctx context.Context, round int, mixes [][]float64) (scores []float64, err error)

// How a search is parted: the share of the points in the first round, how many rounds follow, the part of the best whose mixes
// the next ones are like, and the part of these that spend less.
const (
	firstPart  = .4
	moreRounds = 3
	elitePart  = .2
	leanPart   = .25
)

// Bounds of how closely new mixes follow the best, as the sum of the parameters of Dirichlet's distribution, and what is added to
// each so that no part dies out.
const (
	leastPrecision = 4
	mostPrecision  = 200
	leastShare     = .02
)

// Search looks for mixes by the cross-entropy method (Rubinstein 1999, doi 10.1023/A:1010091220143): the first round tries
// nothing at all, each part alone, all parts evenly, and mixes spread over all that there are; the next ones are drawn from
// Dirichlet's distribution with mean and spread of the best fifth so far, a quarter of them scaled down to see what less would
// do. When ctx ends early the mixes so far come with ctx's error.
func (m Mixes) Search(ctx context.Context, weigh Weigh) ([]Mix, error) {
	if m.Parts < 1 || m.Points < m.Parts+2 {
		return nil, fmt.Errorf("%d mixes of %d parts: want at least %d", m.Points, m.Parts, m.Parts+2)
	}
	src := &stream{seed: seedOf(m.Seed)}
	var tried []Mix
	for round := 0; len(tried) < m.Points; round++ {
		var next [][]float64
		if round == 0 {
			next = m.first(src, max(m.Parts+2, int(firstPart*float64(m.Points))))
		} else {
			n := (m.Points - len(tried) + moreRounds - round) / max(moreRounds-round+1, 1)
			next = m.like(src, tried, min(max(n, 1), m.Points-len(tried)))
		}
		scores, err := weigh(ctx, round, next)
		if err != nil {
			return tried, err
		}
		for k, shares := range next {
			tried = append(tried, Mix{shares, scores[k]})
		}
	}
	return tried, nil
}

// first are the mixes of the first round.
func (m Mixes) first(src *stream, n int) [][]float64 {
	out := [][]float64{make([]float64, m.Parts)}
	for j := range m.Parts {
		alone := make([]float64, m.Parts)
		alone[j] = 1
		out = append(out, alone)
	}
	even := slices.Repeat([]float64{1 / float64(m.Parts)}, m.Parts)
	if m.Parts > 1 {
		out = append(out, even)
	}
	ones := slices.Repeat([]float64{1}, m.Parts+1)
	for len(out) < n {
		out = append(out, dirichlet(src, ones))
	}
	return out[:n]
}

// like draws mixes like the best.
func (m Mixes) like(src *stream, tried []Mix, n int) [][]float64 {
	best := slices.DeleteFunc(slices.Clone(tried), func(one Mix) bool { return math.IsNaN(one.Score) })
	if len(best) == 0 {
		return m.first(src, m.Parts+2+n)[m.Parts+2:]
	}
	slices.SortStableFunc(best, func(a, b Mix) int { return cmp.Compare(b.Score, a.Score) })
	best = best[:max(min(3, len(best)), int(elitePart*float64(len(best))))]
	mean, precision := spreadOf(best, m.Parts)
	for j := range mean {
		mean[j] = precision*mean[j] + leastShare*precision
	}
	var out [][]float64
	for k := range n {
		shares := dirichlet(src, mean)
		if float64(k) < leanPart*float64(n) {
			part := .25 + .5*distuv.Uniform{Min: 0, Max: 1, Src: src}.Rand()
			for j := range shares {
				shares[j] *= part
			}
		}
		out = append(out, shares)
	}
	return out
}

// spreadOf gives the mean of mixes, what is left over being the last part, and how closely they lie about it.
func spreadOf(best []Mix, parts int) (mean []float64, precision float64) {
	mean = make([]float64, parts+1)
	whole := make([][]float64, len(best))
	for k, one := range best {
		left := 1.
		for _, share := range one.Shares {
			left -= share
		}
		whole[k] = append(slices.Clone(one.Shares), max(left, 0))
		for j, share := range whole[k] {
			mean[j] += share / float64(len(best))
		}
	}
	var found []float64
	for j := range mean {
		variance := 0.
		for _, shares := range whole {
			variance += (shares[j] - mean[j]) * (shares[j] - mean[j]) / float64(len(best))
		}
		if variance > 0 {
			found = append(found, mean[j]*(1-mean[j])/variance-1) // of Dirichlet's distribution, by its moments
		}
	}
	precision = mostPrecision
	if len(found) > 0 {
		precision = quantile(found, .5)
	}
	return mean, min(max(precision, leastPrecision), mostPrecision)
}

// dirichlet draws shares, of which the last is left out.
func dirichlet(src *stream, alpha []float64) []float64 {
	out, sum := make([]float64, len(alpha)), 0.
	for j, a := range alpha {
		out[j] = distuv.Gamma{Alpha: a, Beta: 1, Src: src}.Rand()
		sum += out[j]
	}
	for j := range out {
		out[j] /= sum
	}
	return out[:len(out)-1]
}

// Front marks the mixes that no other beats: none costs as little or less and scores more, or costs less and scores as much.
func Front(scores, costs []float64) []bool {
	front := make([]bool, len(scores))
	for a := range scores {
		front[a] = !math.IsNaN(scores[a])
		for b := range scores {
			if scores[b] >= scores[a] && costs[b] <= costs[a] && (scores[b] > scores[a] || costs[b] < costs[a]) {
				front[a] = false
			}
		}
	}
	return front
}
