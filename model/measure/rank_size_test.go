package measure

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// near fails the test unless got is within tol of want.
func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s = %.12g, want %.12g", what, got, want)
	}
}

// must fails the test on an error.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// zipf gives the sizes 1000/k for k = 1..n.
func zipf(n int) []float64 {
	sizes := make([]float64, n)
	for k := range sizes {
		sizes[k] = 1000 / float64(k+1)
	}
	return sizes
}

// Closed form worked out for sizes 1000/k, k = 1..100.
func TestRankSizeOfZipf(t *testing.T) {
	fit := must[TailFit](t)(RankSize(zipf(100), 100))
	near(t, "rank-1/2 exponent", fit.Exponent, 1.059403131, 5e-10)
	near(t, "its standard error", fit.SE, .1498222, 5e-8)
	near(t, "threshold", fit.Least, 10, 0)
	hill := must[TailFit](t)(Hill(zipf(100), 99))
	near(t, "hill", hill.Exponent, 1.022963537, 5e-10)
	near(t, "hill se", hill.SE, 1.022963537/math.Sqrt(99), 1e-9)
	near(t, "hill threshold", hill.Least, 10, 0)
	// By hand: ln 4 and ln 2 above the threshold 1, so 2/(3 ln 2).
	small := must[TailFit](t)(Hill([]float64{1, 4, .5, 2}, 2))
	near(t, "hill of 4, 2 | 1", small.Exponent, 2/(3*math.Ln2), 1e-14)
}

func TestTopCount(t *testing.T) {
	for _, c := range []struct {
		n    int
		p    float64
		want int
	}{{30, .1, 3}, {31, .1, 4}, {10, 0, 0}, {10, 2, 10}, {0, .5, 0}, {10, math.NaN(), 0}, {1, .01, 1}} {
		if got := TopCount(c.n, c.p); got != c.want {
			t.Errorf("TopCount(%d, %v) = %d, want %d", c.n, c.p, got, c.want)
		}
	}
}

func TestTailRefusals(t *testing.T) {
	undefined := map[string]func() (TailFit, error){
		"no sizes":      func() (TailFit, error) { return RankSize(nil, 10) },
		"one size":      func() (TailFit, error) { return RankSize([]float64{3}, 10) },
		"all equal":     func() (TailFit, error) { return RankSize([]float64{3, 3, 3}, 3) },
		"top below two": func() (TailFit, error) { return RankSize([]float64{3, 2, 1}, -4) },
		"hill k = n":    func() (TailFit, error) { return Hill([]float64{3, 2, 1}, 3) },
		"hill k = 0":    func() (TailFit, error) { return Hill([]float64{3, 2, 1}, 0) },
		"hill equal":    func() (TailFit, error) { return Hill([]float64{3, 3, 3}, 2) },
	}
	for name, f := range undefined {
		if fit, err := f(); !errors.Is(err, ErrUndefined) || fit != (TailFit{}) {
			t.Errorf("%s: %+v, %v; want ErrUndefined and a zero fit", name, fit, err)
		}
	}
	for name, sizes := range map[string][]float64{
		"missing": {1, math.NaN(), 2}, "infinite": {1, math.Inf(1), 2}, "zero in the tail": {3, 0, 2}, "negative": {3, -1, 2},
	} {
		var invalid *Invalid
		if _, err := RankSize(sizes, 3); !errors.As(err, &invalid) || invalid.Index != 1 {
			t.Errorf("%s: %v; want an *Invalid at place 1", name, err)
		}
	}
	if _, err := RankSize([]float64{3, 0, 2}, 2); err != nil {
		t.Errorf("a zero below the top is no fault: %v", err)
	}
}

// A rank-size exponent does not change with the order or the unit of the sizes.
func TestRankSizeUnitFree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		sizes := rapid.SliceOfN(rapid.Float64Range(.5, 1e4), 3, 40).Draw(rt, "sizes")
		sizes[0], sizes[1] = 1, 2
		top := rapid.IntRange(3, len(sizes)).Draw(rt, "top")
		a, errA := RankSize(sizes, top)
		other := make([]float64, len(sizes))
		for i, j := range rand.New(rand.NewPCG(1, 2)).Perm(len(sizes)) {
			other[j] = sizes[i] * 8
		}
		b, errB := RankSize(other, top)
		if (errA == nil) != (errB == nil) {
			rt.Fatalf("%v against %v", errA, errB)
		}
		if errA == nil && math.Abs(a.Exponent-b.Exponent) > 1e-9*math.Abs(a.Exponent) {
			rt.Fatalf("%v against %v", a, b)
		}
	})
}

func BenchmarkRankSize100k(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	sizes := make([]float64, 100_000)
	for i := range sizes {
		sizes[i] = 1 / (1 - r.Float64())
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := RankSize(sizes, 10_000); err != nil {
			b.Fatal(err)
		}
	}
}

// The largest of any numbers, many of them equal, are those that sorting puts last.
func TestLargestAreThoseOfSorting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOf(rapid.OneOf(rapid.Float64Range(1, 2), rapid.Map(rapid.IntRange(1, 4), func(k int) float64 { return float64(k) }))).Draw(t, "sizes")
		top := rapid.IntRange(0, len(sizes)+2).Draw(t, "top")
		want := slices.Clone(sizes)
		slices.Sort(want)
		slices.Reverse(want)
		want = want[:min(top, len(want))]
		got, err := largest("test", sizes, top)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("largest %d of %v are %v (%v), want %v", top, sizes, got, err, want)
		}
	})
}
