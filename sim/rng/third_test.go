package rng

import (
	"math"
	"testing"
)

const drawThird Purpose = 0xf00d

// The three thirds of a hash are uniform, and tell nothing of each other.
func TestThirds(t *testing.T) {
	const n = 200_000
	var sum, square [3]float64
	var cross [3]float64 // 01, 02, 12
	for k := range n {
		bits := Seed(9).Bits(drawThird, uint64(k), 3, 1)
		var u [3]float64
		for i := range u {
			u[i] = Third(bits, i)
			if !(u[i] > 0 && u[i] < 1) {
				t.Fatalf("third %d of %x is %g: want within (0,1)", i, bits, u[i])
			}
			sum[i] += u[i]
			square[i] += u[i] * u[i]
		}
		for c, p := range [3][2]int{{0, 1}, {0, 2}, {1, 2}} {
			cross[c] += (u[p[0]] - .5) * (u[p[1]] - .5)
		}
	}
	for i := range sum {
		if z := (sum[i]/n - .5) * math.Sqrt(12*n); math.Abs(z) > 4 {
			t.Errorf("third %d has mean %g, %.1f standard errors off", i, sum[i]/n, z)
		}
		if math.Abs(square[i]/n-1./3) > .003 {
			t.Errorf("third %d has mean square %g: want 1/3", i, square[i]/n)
		}
		if z := cross[i] / n * 12 * math.Sqrt(n); math.Abs(z) > 4 {
			t.Errorf("pair %d of thirds is correlated, %.1f standard errors", i, z)
		}
	}
}

// A limit must decide as the comparison of the draw with the chance does, at the ends too.
func TestLimitDecidesAsThirdDoes(t *testing.T) {
	for _, chance := range []float64{-1, 0, 0x1p-22, 0x1p-21, .005, .35, .5, 1 - 0x1p-22, 1, 2} {
		limit := Below(chance)
		held := 0
		for k := range 20_000 {
			bits := Seed(4).Bits(drawThird, uint64(k), 1, 0)
			for i := range 3 {
				if got, want := limit.Holds(bits, i), Third(bits, i) < chance; got != want {
					t.Fatalf("chance %g, bits %x, third %d: Holds %v, Third below it %v", chance, bits, i, got, want)
				} else if got {
					held++
				}
			}
		}
		if chance >= 1 && held != 60_000 || chance <= 0 && held != 0 {
			t.Errorf("chance %g holds %d times of 60,000", chance, held)
		}
	}
}

// A deck gives every key its own bits, and other bits in another tick, purpose or seed.
func TestDeckDealsApart(t *testing.T) {
	decks := []Deck{Seed(1).Deck(drawThird, 1, 0), Seed(1).Deck(drawThird, 2, 0), Seed(1).Deck(drawThird, 1, 1),
		Seed(1).Deck(drawThird+1, 1, 0), Seed(2).Deck(drawThird, 1, 0)}
	seen := map[uint64]bool{}
	mean := 0.0
	for key := range uint64(40_000) {
		for _, d := range decks {
			bits := d.Bits(key)
			if seen[bits] {
				t.Fatalf("key %d meets bits %x again", key, bits)
			}
			seen[bits] = true
		}
		mean += decks[0].Uniform(key)
	}
	if mean /= 40_000; math.Abs(mean-.5) > 4/math.Sqrt(12*40_000) {
		t.Errorf("uniforms of a deck have mean %g", mean)
	}
}

// A deck's count is the least whose probability, with all below, reaches the uniform that falls to the key.
func TestDeckPoisson(t *testing.T) {
	deck := Seed(3).Deck(drawThird, 4, 5)
	for _, rate := range []float64{-1, 0, 1e-9, .02, .7, 1, 3, 40, 1e6} {
		for key := range uint64(500) {
			want := 0
			if rate > 0 {
				want = poisson(rate, deck.Uniform(key))
			}
			if n := deck.Poisson(rate, key); n != want {
				t.Fatalf("a count of %d at a rate of %g and key %d: want %d", n, rate, key, want)
			}
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a rate that is no number was taken")
		}
	}()
	deck.Poisson(math.NaN(), 1)
}
