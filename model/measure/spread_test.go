package measure

import (
	"errors"
	"math"
	"testing"

	"agglo/sim/rng"
)

// Growth rates that were given a spread of size^-.18 show it.
func TestSizeVolatility(t *testing.T) {
	for _, truth := range []float64{0, .18, .5} {
		var size, growth []float64
		for i := range 20000 {
			s := math.Exp(3 * rng.Seed(3).Uniform(drawTruth, uint64(i), 1, 0))
			size = append(size, s)
			growth = append(growth, .02+.3*math.Pow(s, -truth)*rng.Seed(3).Normal(drawTruth, uint64(i), 1, 1))
		}
		v, err := SizeVolatilityOf(size, growth, 10)
		if err != nil || math.Abs(v.Beta-truth) > .02 || v.Classes != 10 || v.Count != 20000 {
			t.Errorf("%+v, %v: want beta %v within .02", v, err, truth)
		}
	}
	// By hand: two classes of two, log sizes 0 and 2, growth +-a and +-b: sd sqrt(2) a, sqrt(2) b; beta = ln(a/b)/2.
	v, err := SizeVolatilityOf([]float64{1, math.E * math.E, 1, math.E * math.E}, []float64{.4, -.1, -.4, .1}, 2)
	if err != nil || math.Abs(v.Beta-math.Log(4)/2) > 1e-12 {
		t.Errorf("%+v, %v: want beta %v", v, err, math.Log(4)/2)
	}
}

func TestSizeVolatilityRefusals(t *testing.T) {
	one := []float64{1, 1, 1, 1}
	for name, err := range map[string]error{
		"few firms":     second(SizeVolatilityOf([]float64{1, 2, 3}, []float64{1, 2, 3}, 2)),
		"one class":     second(SizeVolatilityOf([]float64{1, 2, 3, 4}, []float64{1, 2, 3, 4}, 1)),
		"no growth":     second(SizeVolatilityOf([]float64{1, 2, 3, 4}, one, 2)),
		"all of a size": second(SizeVolatilityOf(one, []float64{1, 2, 3, 4}, 2)),
	} {
		if !errors.Is(err, ErrUndefined) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var bad *Invalid
	if _, err := SizeVolatilityOf([]float64{1, 0}, []float64{1, 2}, 2); !errors.As(err, &bad) {
		t.Errorf("a size of 0: %v", err)
	}
}

func TestQuantileGap(t *testing.T) {
	x := []float64{10, 0, 3, 1, 2, 4, 5, 6, 7, 8, 9} // 0 to 10: quantile p is 10p
	if gap, err := QuantileGap(x, .1, .9); err != nil || math.Abs(gap-8) > 1e-12 {
		t.Errorf("gap %v, %v: want 8", gap, err)
	}
	if gap, err := QuantileGap([]float64{7}, .1, .9); err != nil || gap != 0 {
		t.Errorf("gap of one value %v, %v: want 0", gap, err)
	}
	// Between the deciles of a normal law lie 2 x 1.2815516 standard deviations.
	var normal []float64
	for i := range 40000 {
		normal = append(normal, .25*rng.Seed(5).Normal(drawTruth, uint64(i), 2, 0))
	}
	if gap, err := QuantileGap(normal, .1, .9); err != nil || math.Abs(gap-.6408) > .01 {
		t.Errorf("gap %v, %v: want .6408 within .01", gap, err)
	}
	if _, err := QuantileGap(nil, .1, .9); !errors.Is(err, ErrUndefined) {
		t.Errorf("no values: %v", err)
	}
	var bad *Invalid
	if _, err := QuantileGap(x, .1, 1.5); !errors.As(err, &bad) {
		t.Errorf("quantile 1.5: %v", err)
	}
}

// Spin-offs made of their parents' technology (sd .3) and noise (sd .15) correlate by .3/sqrt(.3^2+.15^2) = .8944.
func TestPairMoments(t *testing.T) {
	var m, none PairMoments
	for i := range 20000 {
		parent := .3 * rng.Seed(6).Normal(drawTruth, uint64(i), 3, 0)
		m.Add(1e6+parent, 5+parent+.15*rng.Seed(6).Normal(drawTruth, uint64(i), 3, 1))
	}
	if r := m.Correlation(); !r.Defined || math.Abs(r.Value-.8944) > .01 {
		t.Errorf("correlation %+v: want .8944 within .01", r)
	}
	for k, x := range []float64{1, 2, 3} { // by hand: y = 2, 1, 3 gives 1/2
		none.Add(x, []float64{2, 1, 3}[k])
	}
	if r := none.Correlation(); math.Abs(r.Value-.5) > 1e-14 {
		t.Errorf("correlation %+v: want .5", r)
	}
	if r := (&PairMoments{}).Correlation(); r.Defined {
		t.Errorf("correlation of nothing %+v", r)
	}
}

func TestEvenness(t *testing.T) {
	for name, c := range map[string]struct {
		place  []int32
		places int
		want   float64
	}{
		"always the same":            {[]int32{3, 3, 3}, 5, 0},
		"never the same":             {[]int32{0, 4, 2}, 5, 1},
		"more draws than places":     {[]int32{0, 1, 0, 1}, 2, 1},
		"two of four draws, by hand": {[]int32{0, 0, 1, 2}, 9, .75}, // (.5 ln 2 + .5 ln 4)/ln 4
	} {
		if got, err := Evenness(c.place, c.places); err != nil || math.Abs(got-c.want) > 1e-14 {
			t.Errorf("%s: %v, %v: want %v", name, got, err, c.want)
		}
	}
	if _, err := Evenness([]int32{0}, 5); !errors.Is(err, ErrUndefined) {
		t.Errorf("one draw: %v", err)
	}
}
