package study

import (
	"math"
	"strings"
	"testing"

	"agglo/sim/rng"
)

const testSeed rng.Seed = 3

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s = %v: want %v", what, got, want)
	}
}

// Student's sleep data (1908): ten patients' extra hours of sleep under two drugs; differences have mean 1.58, and the
// paired t-test gives t = 4.0621, p = .002833.
func TestPairedP(t *testing.T) {
	d := []float64{1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, .8, 4.6, 1.4}
	near(t, "p", pairedP(d), .002833, 5e-7)
	near(t, "no difference", pairedP([]float64{0, 0, 0}), 1, 0)
	near(t, "the same difference", pairedP([]float64{2, 2, 2}), 0, 0)
	if !math.IsNaN(pairedP([]float64{2})) {
		t.Error("one pair has a p-value")
	}
}

// By hand: .01 x 4 = .04, .02 x 3 = .06, .03 x 2 = .06, .005 x 5 = .025; NaN is no test.
func TestHolm(t *testing.T) {
	got := holm([]float64{.01, .03, math.NaN(), .02, .005, .9})
	for k, want := range []float64{.04, .06, math.NaN(), .06, .025, .9} {
		if math.IsNaN(want) != math.IsNaN(got[k]) || math.Abs(got[k]-want) > 1e-15 {
			t.Errorf("%d: %v, want %v", k, got[k], want)
		}
	}
}

// The interval of a mean is nearly Student's: for the sleep data .70 to 2.46 (Student), and the bootstrap follows the skew
// to the right.
func TestInterval(t *testing.T) {
	d := []float64{1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, .8, 4.6, 1.4}
	lo, hi := newResampling(1, len(d)).mean(d)
	near(t, "lo", lo, .75, .15)
	near(t, "hi", hi, 2.6, .3)
	lo, hi = newResampling(1, 3).mean([]float64{5, 5, 5})
	near(t, "lo of no spread", lo, 5, 0)
	near(t, "hi of no spread", hi, 5, 0)
	if lo, _ = newResampling(1, 1).mean([]float64{5}); !math.IsNaN(lo) {
		t.Error("one replicate has an interval")
	}
}

// In 95 of 100 samples of ten from a normal distribution the interval holds the mean, give or take sampling error.
func TestCoverage(t *testing.T) {
	held, samples := 0, 400
	b := newResampling(7, 10)
	for s := range samples {
		x := make([]float64, 10)
		for k := range x {
			x[k] = testSeed.Normal(1, uint64(s), 0, k)
		}
		if lo, hi := b.mean(x); lo <= 0 && hi >= 0 {
			held++
		}
	}
	t.Logf("coverage %.3f", float64(held)/float64(samples))
	near(t, "coverage", float64(held)/float64(samples), .95, .03)
}

func TestSentence(t *testing.T) {
	r := &Result{Ticks: []int{40, 80}, Effects: []Effect{
		{Metric: "jobs", Policy: "a", Tick: 80, Baseline: 200, Effect: 4, Lo: 2, Hi: 6, P: .01, Replicates: 10},
		{Metric: "synergy", Policy: "a", Tick: 80, Baseline: .2, Effect: .001, Lo: -.01, Hi: .012, P: 1, Replicates: 10},
		{Metric: "jobs", Policy: "b", Tick: 80, Baseline: 200, Effect: 4, Lo: -2, Hi: 6, P: .3, Replicates: 10},
		{Metric: "jobs", Policy: "c", Tick: 80, Baseline: 200, Effect: 4, Lo: math.NaN(), Hi: math.NaN(), P: math.NaN(), Replicates: 1},
	}}
	for policy, want := range map[string]string{
		"a": "a: established at tick 80: jobs +2.00% (95% interval +1.00% to +3.00%); not established: synergy (-1.00 points to +1.20 points).",
		"b": "b: at tick 80 no effect is beyond chance; what 10 pairs leave open: jobs (-1.00% to +3.00%).",
		"c": "c: one pair of worlds establishes nothing",
	} {
		if got := r.Sentence(policy); !strings.HasPrefix(got, want) {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}
