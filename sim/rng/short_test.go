package rng

import (
	"math"
	"testing"
)

// The draws that a deck deals by Short are even, singly and by neighbours, and not correlated, along keys, ticks and owners; each bit of a
// key moves each of the upper half of the bits in half of the cases.
func TestShort(t *testing.T) {
	const draws, bins = 1 << 18, 1024
	deck := Seed(7).Deck(1, 3, 0)
	own := func(i int) uint32 { return uint32(Key(uint64(i))) | 1 }
	for name, at := range map[string]func(i int) uint32{
		"keys":            func(i int) uint32 { return deck.Short(uint32(i)) },
		"steps":           func(i int) uint32 { return deck.Short(uint32(i) << 10) },
		"hashed keys":     func(i int) uint32 { return deck.Short(uint32(Key(uint64(i)) >> 36)) },
		"ticks":           func(i int) uint32 { return Seed(7).Deck(1, i, 0).Short(12345) },
		"kinds":           func(i int) uint32 { return Seed(7).Deck(1, i/2, i%2).Short(12345) },
		"an owner's":      func(i int) uint32 { return deck.Short(uint32(i)) * own(9) },
		"owners'":         func(i int) uint32 { return deck.Short(77) * own(i) },
		"owners' of keys": func(i int) uint32 { return deck.Short(uint32(Key(uint64(i/8))>>36)) * own(i) },
	} {
		var single, pairs [bins]float64
		u := make([]float64, draws+64)
		for i := range u {
			u[i] = (float64(at(i))+.5)/(1<<32) - .5
		}
		before := at(draws)
		for i := range draws {
			x := at(i)
			single[x>>22]++
			pairs[x>>27<<5|before>>27]++
			before = x
		}
		even(t, name+", top bits", single[:])
		even(t, name+", neighbours", pairs[:])
		uncorrelated(t, name, u)
	}
	const trials = 4000
	for bit := range uint(28) {
		var moved [32]int
		for i := range trials {
			deck := Deck(Key(uint64(i)))
			d := deck.Short(uint32(i)) ^ deck.Short(uint32(i)^1<<bit)
			for out := range moved {
				moved[out] += int(d >> out & 1)
			}
		}
		for out := 16; out < 32; out++ { // 6 standard deviations
			if share := float64(moved[out]) / trials; math.Abs(share-.5) > .0475 {
				t.Errorf("bit %d of the key moves bit %d in %.4f of the cases", bit, out, share)
			}
		}
	}
}

// Among those who deal, by a draw that they share, the two ends' own draws are even and do not go together.
func TestShortAtTwoEnds(t *testing.T) {
	const pairs = 1 << 20
	deck, deals := Seed(3).Deck(1, 5, 0), BarAt(.35)
	var joint [8][8]float64
	n := 0.
	for i := range pairs {
		draw := deck.Short(uint32(Key(1, uint64(i)) >> 36))
		if deals.Holds(draw) {
			a, b := draw*(uint32(Key(2, uint64(i)))|1), draw*(uint32(Key(3, uint64(i)))|1)
			joint[a>>29][b>>29]++
			n++
		}
	}
	counts := []float64{}
	for _, row := range joint {
		counts = append(counts, row[:]...)
	}
	even(t, "two ends", counts)
	if share := n / pairs; math.Abs(share-.35) > .0025 {
		t.Errorf("%.4f deal, want .35", share)
	}
}

// A bar decides as the comparison with the chance does, at the ends too.
func TestBar(t *testing.T) {
	for _, chance := range []float64{-1, 0, 0x1p-31, .005, .35, .5, 1 - 0x1p-31, 1, 2} {
		bar := BarAt(chance)
		for _, draw := range []uint32{0, 1, 2, 3, 1 << 16, 1 << 31, 1<<32 - 3, 1<<32 - 2, 1<<32 - 1} {
			if got, want := bar.Holds(draw), float64(draw>>1)*0x1p-31 < chance; got != want {
				t.Errorf("chance %g, draw %x: %v", chance, draw, got)
			}
		}
	}
}
