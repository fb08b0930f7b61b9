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

// Student's interval of the sleep data is .70 to 2.46; the bootstrap's is near it and follows the skew to the right.
func TestInterval(t *testing.T) {
	d := []float64{1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, .8, 4.6, 1.4}
	b := newResampling(1, len(d))
	lo, hi := b.mean(d)
	near(t, "lo", lo, .70011, 1e-5)
	near(t, "hi", hi, 2.45989, 1e-5)
	lo, hi = b.interval(func(picks []int32) float64 { return meanOf(d, picks) })
	near(t, "lo of the bootstrap", lo, .75, .15)
	near(t, "hi of the bootstrap", hi, 2.6, .3)
	lo, hi = newResampling(1, 3).mean([]float64{5, 5, 5})
	near(t, "lo of no spread", lo, 5, 0)
	near(t, "hi of no spread", hi, 5, 0)
	if lo, _ = newResampling(1, 1).mean([]float64{5}); !math.IsNaN(lo) {
		t.Error("one replicate has an interval")
	}
}

// In 95 of 100 samples from a normal distribution the interval holds the mean, give or take sampling error: with few pairs,
// with some, and where the bootstrap takes over. Below that it leaves out 0 just when the t-test says so.
func TestCoverage(t *testing.T) {
	for _, n := range []int{5, 10, 30} {
		held, samples := 0, 2000
		b := newResampling(7, n)
		for s := range samples {
			x := make([]float64, n)
			for k := range x {
				x[k] = testSeed.Normal(1, uint64(s), n, k)
			}
			lo, hi := b.mean(x)
			covers := lo <= 0 && hi >= 0
			if covers {
				held++
			}
			if n < few && covers != (pairedP(x) >= .05) {
				t.Errorf("n = %d: the interval %v to %v and p = %v do not agree", n, lo, hi, pairedP(x))
			}
		}
		share := float64(held) / float64(samples)
		t.Logf("n = %d: coverage %.3f", n, share)
		if share < .92 || share > .97 {
			t.Errorf("n = %d: coverage %.3f, want .92 to .97", n, share)
		}
	}
}

// By hand: costs 2, 4, 6 for gains 1, 2, 3 are 2 each, without spread. With costs 3, 3, 6: means 4 and 2, variances 3 and 1,
// covariance 1.5, t^2/n = 18.5128/3 = 6.17093, so a = 4 - 6.17 < 0: no bounds. A third gain of 2.2 and first of 1.8 leave
// variance .04, covariance .3: a = 3.75316, b = 8 - 1.85128 = 6.14872, d = 16 - 18.51279 = -2.51279;
// (b -+ sqrt(b^2 - a d))/a = -.19297 and 3.46953.
func TestFieller(t *testing.T) {
	lo, hi := fieller([]float64{2, 4, 6, 4, 4}, []float64{1, 2, 3, 2, 2})
	near(t, "lo of one price", lo, 2, 1e-7)
	near(t, "hi of one price", hi, 2, 1e-7)
	if lo, _ = fieller([]float64{3, 3, 6}, []float64{1, 2, 3}); !math.IsNaN(lo) {
		t.Errorf("gains that may be none: %v", lo)
	}
	lo, hi = fieller([]float64{3, 3, 6}, []float64{1.8, 2, 2.2})
	near(t, "lo", lo, -.19297, 1e-4)
	near(t, "hi", hi, 3.46953, 1e-4)
}

// A true effect of the size told is found in about 80 of 100 samples.
func TestDetectable(t *testing.T) {
	x := []float64{-1, 1, -1, 1, -1, 1, -1, 1, -1, 1} // s.d. 1.0541
	near(t, "ten pairs", detectable(x), (2.2622+.8834)*1.0541/math.Sqrt(10), 1e-3)
	found, samples, n := 0, 2000, 10
	effect := (2.2622 + .8834) / math.Sqrt(float64(n))
	for s := range samples {
		d := make([]float64, n)
		for k := range d {
			d[k] = effect + testSeed.Normal(2, uint64(s), 0, k)
		}
		if pairedP(d) < .05 {
			found++
		}
	}
	near(t, "found", float64(found)/float64(samples), chancePower, .03)
}

func TestSentence(t *testing.T) {
	r := &Result{Ticks: []int{40, 80}, Effects: []Effect{
		{Metric: "jobs", Policy: "a", Tick: 80, Baseline: 200, Effect: 4, Lo: 2, Hi: 6, P: .01, Replicates: 10},
		{Metric: "synergy", Policy: "a", Tick: 80, Baseline: .2, Effect: .001, Lo: -.01, Hi: .012, P: 1, Replicates: 10},
		{Metric: "jobs", Policy: "b", Tick: 80, Baseline: 200, Effect: 4, Lo: -2, Hi: 6, P: .3, Replicates: 10},
		{Metric: "jobs", Policy: "d", Tick: 80, Baseline: 200, Effect: 4, Lo: 2, Hi: 6, P: .0001, Replicates: Least - 1},
		{Metric: "jobs", Policy: "c", Tick: 80, Baseline: 200, Effect: 4, Lo: math.NaN(), Hi: math.NaN(), P: math.NaN(), Replicates: 1},
	}}
	for policy, want := range map[string]string{
		"a": "a: established at tick 80: jobs +2.00% (95% interval +1.00% to +3.00%); not established: synergy (-1.00 points to +1.20 points).",
		"b": "b: at tick 80 no effect is beyond chance; what 10 pairs leave open: jobs (-1.00% to +3.00%).",
		"c": "c: one pair of worlds establishes nothing",
		"d": "d: 5 pairs establish nothing; what they leave open at tick 80: jobs (+1.00% to +3.00%).",
	} {
		if got := r.Sentence("en", policy); !strings.HasPrefix(got, want) {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}
