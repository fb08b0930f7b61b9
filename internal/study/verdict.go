package study

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"
)

// Verdicts on a test.
const (
	Supported    = "supported"    // the whole interval lies beyond the smallest effect, on the side of the claim
	Contradicted = "contradicted" // the whole interval lies beyond it on the other side
	NoEffect     = "no effect worth naming"
	Undecided    = "undecided"
	Waiting      = "waiting" // for an instrument
)

// A ClaimResult is what a test has found. Effects are in the test's unit. Absent numbers are NaN.
type ClaimResult struct {
	Test       ClaimTest
	Pairs      int
	A, B       float64 // means of the outcome in arms a and b
	Effect     float64
	Lo, Hi     float64 // its 95% interval
	Verdict    string
	Detectable float64 // effect that so many pairs find against none with a chance of 80%
	P          float64 // that an effect no larger than the smallest would look so large, two-sided
	Holm       float64 // P adjusted for all counted tests; NaN for one that is not counted
	SpentA     float64 // public money since the branch, worker-years
	SpentB     float64
	Note       string
	Menu       []MenuRow // of a test that seeks the best of several: each of them, by outcome
}

// Relative is the effect over the smallest effect of interest, turned so that the claim's side is positive.
func (r *ClaimResult) Relative(x float64) float64 {
	if r.Test.Expected == "-" {
		x = -x
	}
	return x / r.Test.Smallest
}

// verdict judges an interval.
func verdict(lo, hi, smallest float64, expected string) string {
	if expected == "-" {
		lo, hi = -hi, -lo
	}
	switch {
	case lo > smallest:
		return Supported
	case hi < -smallest:
		return Contradicted
	case lo > -smallest && hi < smallest:
		return NoEffect
	}
	return Undecided // also without an interval
}

// judge compares the arms of the n-th test of a group.
func judge(t *ClaimTest, done []*claimReadings, n int, seed uint64) ClaimResult {
	r := untested(t)
	r.Pairs, r.Note, r.Verdict = len(done), "", Undecided
	if len(done) == 0 {
		r.Note = "stopped before a pair was done"
		return r
	}
	of := func(read func(x *claimReadings) [][]float64, arm int) []float64 {
		list := make([]float64, len(done))
		for k, x := range done {
			list[k] = read(x)[n][arm]
		}
		return list
	}
	outcome := func(arm int) []float64 { return of(func(x *claimReadings) [][]float64 { return x.outcome }, arm) }
	spent := func(arm int) float64 {
		mean, _ := moments(of(func(x *claimReadings) [][]float64 { return x.spent }, arm))
		return mean
	}
	b := newResampling(seed, len(done))
	switch t.Contrast {
	case Spread:
		r.A, r.B, r.SpentA, r.SpentB = mean(outcome(0)), mean(outcome(1)), spent(0), spent(1)
		r.spread(b, outcome(0), outcome(1))
	case Best:
		arms := make([][]float64, 1+len(t.Best))
		for k := range arms {
			arms[k] = outcome(k)
		}
		r.B, r.SpentB, r.Menu = mean(arms[0]), spent(0), t.menu(b, done, n)
		if len(done) < 2 {
			r.Note = "takes two pairs"
			return r
		}
		r.pairwise(b, r.best(arms))
	case Country, Level, Nearer:
		r.A, r.SpentA = mean(outcome(0)), spent(0)
		if t.Contrast != Level {
			r.B, r.SpentB = mean(outcome(1)), spent(1)
		}
		r.overCases(b, outcome)
	default:
		x := contrast(t.Unit, outcome(0), outcome(1))
		if t.Contrast == Interaction {
			for k, y := range contrast(t.Unit, outcome(2), outcome(3)) {
				x[k] -= y
			}
		}
		r.A, r.B, r.SpentA, r.SpentB = mean(outcome(0)), mean(outcome(1)), spent(0), spent(1)
		r.pairwise(b, x)
	}
	r.Verdict = verdict(r.Lo, r.Hi, t.Smallest, t.Expected)
	return r
}

// mean is the mean of values.
func mean(x []float64) float64 {
	m, _ := moments(x)
	return m
}

// contrast is a less b, pair by pair, in a unit.
func contrast(unit string, a, b []float64) []float64 {
	x := make([]float64, len(a))
	for k := range a {
		x[k] = a[k] - b[k]
		switch unit {
		case "%":
			x[k] *= 100 / math.Abs(b[k])
		case "points":
			x[k] *= 100
		}
		if a[k] == b[k] {
			x[k] = 0 // also where both are 0
		}
	}
	return x
}

// pairwise fills in the mean of paired effects. An effect that does not exist in some pair (a share of nothing) does not
// exist.
func (r *ClaimResult) pairwise(b *resampling, x []float64) {
	var variance float64
	r.Effect, variance = moments(x)
	if math.IsNaN(r.Effect) || math.IsInf(r.Effect, 0) {
		r.Effect = math.NaN()
		r.Note = note(r.Note, "the outcome does not exist in some world")
		return
	}
	r.Lo, r.Hi = b.mean(x)
	if n := float64(len(x)); n > 1 {
		r.weigh(math.Sqrt(variance/n), n-1)
	}
}

// weigh fills in p-value and power from a standard error.
func (r *ClaimResult) weigh(se, freedom float64) {
	t := distuv.StudentsT{Sigma: 1, Nu: freedom}
	r.Detectable = (t.Quantile(.975) + t.Quantile(.8)) * se
	switch beyond := math.Abs(r.Effect) - r.Test.Smallest; {
	case beyond <= 0:
		r.P = 1
	case se == 0:
		r.P = 0
	default:
		r.P = 2 * t.CDF(-beyond/se)
	}
}

// spread compares the spread of an outcome over worlds: P90 - P10 of a less that of b, in % of b's or in the unit. Pairs are
// drawn together, so that what they have in common stays in common.
func (r *ClaimResult) spread(b *resampling, x, y []float64) {
	of := func(values []float64, picks []int32) float64 {
		list := make([]float64, len(picks))
		for k, p := range picks {
			list[k] = values[p]
		}
		slices.Sort(list)
		return quantile(list, .9) - quantile(list, .1)
	}
	statistic := func(picks []int32) float64 {
		return contrast(r.Test.Unit, []float64{of(x, picks)}, []float64{of(y, picks)})[0]
	}
	if len(x) < 2 {
		return
	}
	all := make([]int32, len(x))
	for k := range all {
		all[k] = int32(k)
	}
	r.Effect = statistic(all)
	r.Lo, r.Hi = b.interval(statistic)
	values := make([]float64, len(b.picks))
	for k, picks := range b.picks {
		values[k] = statistic(picks)
	}
	_, variance := moments(values)
	r.weigh(math.Sqrt(variance), float64(len(x)-1))
}

// best is the effect, pair by pair, of the policy that did best in the other half of the pairs (even and odd): a policy is
// never judged by the luck that made it look best. arms[0] is what they are set beside.
func (r *ClaimResult) best(arms [][]float64) []float64 {
	n := len(arms[0])
	effects := make([][]float64, len(arms)-1)
	for k := range effects {
		effects[k] = contrast(r.Test.Unit, arms[1+k], arms[0])
	}
	x := make([]float64, n)
	var names []string
	for half := range 2 {
		most, at := math.Inf(-1), -1
		for k, e := range effects {
			sum, count := 0.0, 0.0
			for p := 1 - half; p < n; p += 2 {
				sum += e[p]
				count++
			}
			if m := r.Relative(sum / count); m > most {
				most, at = m, k
			}
		}
		for p := half; p < n; p += 2 {
			x[p] = math.NaN()
			if at >= 0 {
				x[p] = effects[at][p]
			}
		}
		if at >= 0 {
			names = append(names, r.Test.Best[at].Instrument)
		}
	}
	r.Note = note(r.Note, "best in one half and the other: "+strings.Join(names, ", "))
	r.A = math.NaN()
	return x
}

// note puts two notes together.
func note(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// holmOver adjusts the p-values of counted tests for their number.
func holmOver(results []ClaimResult) {
	p := make([]float64, len(results))
	for k := range results {
		p[k] = math.NaN()
		if results[k].Test.Counted() {
			p[k] = results[k].P
		}
	}
	for k, x := range holm(p) {
		results[k].Holm = x
	}
}
