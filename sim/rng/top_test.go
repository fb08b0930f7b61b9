package rng

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// Two decks of a tick that are dealt to the same ids are independent in all bits that decide: nibbles from the seventh bit on.
func TestTopOfTwoDecks(t *testing.T) {
	const draws = 1 << 17
	law := distuv.ChiSquared{K: 225}
	for tick := range 6 {
		a, b := Seed(13).Deck(0x3605, tick, 100), Seed(13).Deck(0x3607, tick, 1)
		for _, low := range []int{7, 18, 39, 60} {
			for _, high := range []int{7, 18, 39, 60} {
				var joint [256]float64
				for i := range draws {
					id := Key(KeyOf("start"), 3, uint64(i))
					joint[a.Top(id)>>low&15<<4|b.Top(id)>>high&15]++
				}
				chi := 0.
				for _, c := range joint {
					chi += (c - draws/256) * (c - draws/256) / (draws / 256)
				}
				if p := law.Survival(chi); p < 1e-5 {
					t.Errorf("tick %d, bits from %d and %d on: chi-squared %.0f, p = %.2g", tick, low, high, chi, p)
				}
			}
		}
	}
}

// The top bits that a deck deals are even, singly and by neighbours, and not correlated, along keys and along ticks; each bit of
// a key moves each of the upper half of the bits in half of the cases.
func TestTop(t *testing.T) {
	const draws, bins = 1 << 18, 1024
	deck := Seed(7).Deck(1, 3, 0)
	wide := map[string]bool{"ids": true, "an id's ticks": true, "pairs of ids": true} // all bits are good
	for name, at := range map[string]func(i int) uint64{
		"keys":          func(i int) uint64 { return deck.Top(uint64(i)) },
		"steps":         func(i int) uint64 { return deck.Top(uint64(i) << 10) },
		"hashed keys":   func(i int) uint64 { return deck.Top(Key(uint64(i)) >> 36) },
		"ticks":         func(i int) uint64 { return Seed(7).Deck(1, i, 0).Top(12345) },
		"ids":           func(i int) uint64 { return deck.Top(Key(uint64(i))) },
		"an id's ticks": func(i int) uint64 { return Seed(7).Deck(1, i, 0).Top(Key(5)) },
		"pairs of ids":  func(i int) uint64 { return Deck(deck.Top(Key(uint64(i / 512)))).Top(Key(uint64(i % 512))) },
		"an owner's":    func(i int) uint64 { return deck.Top(uint64(i)) * (Key(9) | 1) },
		"owners'":       func(i int) uint64 { return deck.Top(77) * (Key(uint64(i)) | 1) },
	} {
		var single, low, pairs [bins]float64
		u := make([]float64, draws+64)
		for i := range u {
			u[i] = unit(at(i)) - .5
		}
		before := at(draws)
		for i := range draws {
			x := at(i)
			single[x>>54]++
			low[x%bins]++
			pairs[x>>59<<5|before>>59]++
			before = x
		}
		for what, count := range map[string][bins]float64{"top bits": single, "low bits": low, "neighbours": pairs} {
			if what == "low bits" && !wide[name] {
				continue
			}
			even(t, name+", "+what, count[:])
		}
		uncorrelated(t, name, u)
	}
	const trials = 4000
	for bit := range uint(32) {
		var moved [64]int
		for i := range trials {
			d := Deck(Key(uint64(i))).Top(uint64(i)) ^ Deck(Key(uint64(i))).Top(uint64(i)^1<<bit)
			for out := range moved {
				moved[out] += int(d >> out & 1)
			}
		}
		for out := 32; out < 64; out++ { // 6 standard deviations
			if share := float64(moved[out]) / trials; math.Abs(share-.5) > .0475 {
				t.Errorf("bit %d of the key moves bit %d in %.4f of the cases", bit, out, share)
			}
		}
	}
}

// even fails unless counts are those of even draws.
func even(t *testing.T, name string, counts []float64) {
	t.Helper()
	all, chi := 0., 0.
	for _, c := range counts {
		all += c
	}
	mean := all / float64(len(counts))
	for _, c := range counts {
		chi += (c - mean) * (c - mean) / mean
	}
	if p := (distuv.ChiSquared{K: float64(len(counts) - 1)}).Survival(chi); p < 1e-5 || p > 1-1e-5 {
		t.Errorf("%s: chi-squared %.0f on %d, p = %.2g", name, chi, len(counts)-1, p)
	}
}

// uncorrelated fails unless numbers from (-1/2, 1/2) hang on none before them. The last 64 are there for the others' sake.
func uncorrelated(t *testing.T, name string, u []float64) {
	t.Helper()
	draws := len(u) - 64
	for _, lag := range []int{1, 2, 3, 4, 7, 8, 16, 32, 64} {
		sum := 0.
		for i := range draws {
			sum += u[i] * u[i+lag] * 12
		}
		if r := sum / float64(draws); math.Abs(r) > 5/math.Sqrt(float64(draws)) {
			t.Errorf("%s: the correlation at lag %d is %.4f", name, lag, r)
		}
	}
}

// An edge must decide as the comparison with the chance does, at the ends too.
func TestEdge(t *testing.T) {
	for _, chance := range []float64{-1, 0, 0x1p-30, .005, .35, .5, 1 - 0x1p-30, 1, 2} {
		edge := EdgeAt(chance)
		for _, bits := range []uint64{0, 1, 1 << 32, 1 << 62, 1<<63 - 1<<12, 1 << 63, 1<<64 - 1<<12} {
			if got, want := edge.Holds(bits>>1), float64(bits>>1)*0x1p-63 < chance; got != want {
				t.Errorf("chance %g, bits %x: %v", chance, bits, got)
			}
		}
		for k := range 20_000 {
			bits := Seed(4).Bits(drawThird, uint64(k), 1, 0)
			if got, want := edge.Holds(bits>>1), float64(bits>>1)*0x1p-63 < chance; got != want {
				t.Fatalf("chance %g, bits %x: %v", chance, bits, got)
			}
		}
	}
	if !EdgeAt(1).Holds(math.MaxInt64) || EdgeAt(0).Holds(0) {
		t.Error("a chance of 1 fails, or one of 0 holds")
	}
}
