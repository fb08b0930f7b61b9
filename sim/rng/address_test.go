package rng

import (
	"math"
	"math/bits"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// Golden values. If one changes, every run of every scenario changes: say so under "Results change".
func TestKnownValues(t *testing.T) {
	cases := []struct {
		name      string
		got, want uint64
	}{
		{"Bits, all 0", Seed(0).Bits(0, 0, 0, 0), 0x77c09fda641ac7b3},
		{"Bits", Seed(7).Bits(1, 2, 3, 4), 0x72c3af840d738bc5},
		{"Bits, before the start", Seed(7).Bits(1, 2, -3, 4), 0xae11022f9a1afc12},
		{"Bits, wide", Seed(1<<53-1).Bits(0xdecade, 0xfeedfacecafebeef, 400, 1<<40), 0xb12fe25539acf3eb},
		{"Uniform", math.Float64bits(Seed(7).Uniform(1, 2, 3, 4)), 0x3fdcb0ebe1035ce2},
		{"Key()", Key(), 0x9e3779b97f4a7c15},
		{"Key(1,2,3)", Key(1, 2, 3), 0xa4148f44882f153f},
		{"Ordered(1,2)", Ordered(1, 2), 0xb11bff6cf1fefbb4},
		{"KeyOf(software)", KeyOf("software"), 0x3217638540995e84},
		{"Replicate(7,0)", Replicate(7, 0), 0x3d19718183e47},
		{"Replicate(7,1)", Replicate(7, 1), 0x16f2db7103b200},
		{"Poisson", uint64(Seed(7).Poisson(40, 1, 2, 3, 4)), 0x27},
		{"NegativeBinomial", uint64(Seed(7).NegativeBinomial(40, .5, 1, 2, 3, 4)), 0x1e},
		{"Geometric", uint64(Seed(7).Geometric(40, 1, 2, 3, 4)), 0x18},
		{"Normal", math.Float64bits(Seed(7).Normal(1, 2, 3, 4)), 0xbfc0a29475d07ebd},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s = %#x, it was %#x", c.name, c.got, c.want)
		}
	}
}

// distinct fails if two hashes agree.
func distinct(t *testing.T, what string, hashes []uint64) {
	t.Helper()
	slices.Sort(hashes)
	for i := 1; i < len(hashes); i++ {
		if hashes[i] == hashes[i-1] {
			t.Fatalf("%s: two of %d hashes are %#x", what, len(hashes), hashes[i])
		}
	}
}

// Small whole numbers in every part, as a simulation has them. By chance, 2.4 million hashes of 64 bits would agree once in
// six million such tests.
func TestNoCollisions(t *testing.T) {
	var hashes []uint64
	for seed := range Seed(2) {
		for p := range Purpose(6) {
			for key := range uint64(100) {
				for tick := range 100 {
					for k := range 20 {
						hashes = append(hashes, seed.Bits(p, key, tick, k))
					}
				}
			}
		}
	}
	distinct(t, "addresses", hashes)
	hashes = hashes[:0]
	for a := range uint64(1000) {
		for b := range uint64(1000) {
			hashes = append(hashes, Ordered(a, b))
		}
	}
	for a := range uint64(700) {
		for b := range a + 1 {
			hashes = append(hashes, Key(a, b), Key(a, b, 1))
		}
	}
	for a := range uint64(100_000) {
		hashes = append(hashes, Key(a))
	}
	distinct(t, "keys", hashes)
}

func TestSwappedPartsDiffer(t *testing.T) {
	const s = Seed(7)
	for a := range 60 {
		for b := range a {
			x, y := uint64(a), uint64(b)
			if s.Bits(1, x, b, 0) == s.Bits(1, y, a, 0) || s.Bits(1, x, 0, b) == s.Bits(1, y, 0, a) || s.Bits(1, 9, a, b) == s.Bits(1, 9, b, a) ||
				s.Bits(Purpose(a), y, 0, 0) == s.Bits(Purpose(b), x, 0, 0) || Seed(a).Bits(Purpose(b), 0, 0, 0) == Seed(b).Bits(Purpose(a), 0, 0, 0) {
				t.Fatalf("swapping %d and %d leaves the hash", a, b)
			}
			if Ordered(x, y) == Ordered(y, x) {
				t.Fatalf("the pairs (%d,%d) and (%d,%d) have one key", a, b, b, a)
			}
		}
	}
}

// Each bit of an address moves every bit of the hash in half of the cases, also where all parts are small.
func TestAvalanche(t *testing.T) {
	const trials = 4000
	flips := map[string]func(i int, bit uint) uint64{
		"seed": func(i int, bit uint) uint64 {
			return Seed(uint64(i)^1<<bit).Bits(1, 5, 3, 0) ^ Seed(i).Bits(1, 5, 3, 0)
		},
		"purpose": func(i int, bit uint) uint64 {
			return Seed(3).Bits(Purpose(uint64(i)^1<<bit), 5, 3, 0) ^ Seed(3).Bits(Purpose(i), 5, 3, 0)
		},
		"key": func(i int, bit uint) uint64 {
			return Seed(3).Bits(1, uint64(i)^1<<bit, 3, 0) ^ Seed(3).Bits(1, uint64(i), 3, 0)
		},
		"tick": func(i int, bit uint) uint64 { return Seed(3).Bits(1, 5, i^1<<bit, 0) ^ Seed(3).Bits(1, 5, i, 0) },
		"k":    func(i int, bit uint) uint64 { return Seed(3).Bits(1, 5, 3, i^1<<bit) ^ Seed(3).Bits(1, 5, 3, i) },
	}
	for part, flip := range flips {
		for bit := range uint(64) {
			var moved [64]int
			total := 0
			for i := range trials {
				d := flip(i, bit)
				total += bits.OnesCount64(d)
				for out := range moved {
					moved[out] += int(d >> out & 1)
				}
			}
			if mean := float64(total) / trials / 64; math.Abs(mean-.5) > .006 {
				t.Errorf("bit %d of the %s moves %.4f of the bits", bit, part, mean)
			}
			for out, m := range moved { // 6 standard deviations
				if share := float64(m) / trials; math.Abs(share-.5) > .0475 {
					t.Errorf("bit %d of the %s moves bit %d in %.4f of the cases", bit, part, out, share)
				}
			}
		}
	}
}

// walks are ways through the addresses one after another.
var walks = []struct {
	name string
	at   func(i int) uint64
}{
	{"keys", func(i int) uint64 { return Seed(7).Bits(1, uint64(i), 3, 0) }},
	{"ticks", func(i int) uint64 { return Seed(7).Bits(1, 12345, i, 0) }},
	{"purposes", func(i int) uint64 { return Seed(7).Bits(Purpose(i), 12345, 3, 0) }},
	{"ks", func(i int) uint64 { return Seed(7).Bits(1, 12345, 3, i) }},
	{"seeds", func(i int) uint64 { return Seed(i).Bits(1, 12345, 3, 0) }},
	{"hashed keys", func(i int) uint64 { return Seed(7).Bits(1, Key(uint64(i)), 3, 0) }},
	{"pairs", func(i int) uint64 { return Seed(7).Bits(1, Ordered(uint64(i%512), uint64(i/512)), 3, 0) }},
	{"keys in steps of 2^32", func(i int) uint64 { return Seed(7).Bits(1, uint64(i)<<32, 3, 0) }},
	{"diagonal of tick and key", func(i int) uint64 { return Seed(7).Bits(1, uint64(i), 1_000_000-i, 0) }},
	{"replicates", func(i int) uint64 { return Seed(Replicate(7, i)).Bits(1, 12345, 3, 0) }},
}

// Hashes along each walk are even over 1,024 bins of the top bits and of the low bits, and over pairs of neighbours.
func TestEvenness(t *testing.T) {
	const draws, bins = 1 << 18, 1024
	law := distuv.ChiSquared{K: bins - 1}
	for _, w := range walks {
		var high, low, pairs [bins]float64
		before := w.at(draws)
		for i := range draws {
			x := w.at(i)
			high[x>>54]++
			low[x&(bins-1)]++
			pairs[x>>59<<5|before>>59]++
			before = x
		}
		for what, count := range map[string][bins]float64{"top bits": high, "low bits": low, "neighbours": pairs} {
			chi := 0.
			for _, c := range count {
				chi += (c - draws/bins) * (c - draws/bins) / (draws / bins)
			}
			if p := law.Survival(chi); p < 1e-5 || p > 1-1e-5 {
				t.Errorf("%s, %s: chi-squared %.0f on %d, p = %.2g", w.name, what, chi, bins-1, p)
			}
		}
	}
}

// Uniforms along each walk are not correlated with those up to 64 steps on, nor over a grid of firms and ticks.
func TestCorrelations(t *testing.T) {
	const draws = 1 << 17
	bound := 5 / math.Sqrt(draws)
	for _, w := range walks {
		u := make([]float64, draws+64)
		for i := range u {
			u[i] = unit(w.at(i)) - .5
		}
		for _, lag := range []int{1, 2, 3, 4, 7, 8, 16, 32, 64} {
			sum := 0.
			for i := range draws {
				sum += u[i] * u[i+lag] * 12
			}
			if r := sum / draws; math.Abs(r) > bound {
				t.Errorf("%s: the correlation at lag %d is %.4f", w.name, lag, r)
			}
		}
	}
	const side = 360
	at := func(key, tick, k int) float64 { return Seed(7).Uniform(2, uint64(key), tick, k) - .5 }
	for name, next := range map[string]func(key, tick int) float64{
		"next firm":          func(key, tick int) float64 { return at(key+1, tick, 0) },
		"next tick":          func(key, tick int) float64 { return at(key, tick+1, 0) },
		"next firm and tick": func(key, tick int) float64 { return at(key+1, tick+1, 0) },
		"firm before":        func(key, tick int) float64 { return at(key-1, tick+1, 0) },
		"next draw":          func(key, tick int) float64 { return at(key, tick, 1) },
		"firm and tick swapped": func(key, tick int) float64 {
			if key == tick {
				return 0
			}
			return at(tick, key, 0)
		},
		"next purpose": func(key, tick int) float64 { return Seed(7).Uniform(3, uint64(key), tick, 0) - .5 },
		"next seed":    func(key, tick int) float64 { return Seed(8).Uniform(2, uint64(key), tick, 0) - .5 },
	} {
		sum := 0.
		for key := range side {
			for tick := range side {
				sum += at(key, tick, 0) * next(key, tick) * 12
			}
		}
		if r := sum / (side * side); math.Abs(r) > 7./side { // a swap counts each product twice
			t.Errorf("%s: the correlation is %.4f", name, r)
		}
	}
}

func TestUniformStaysInside(t *testing.T) {
	if u := unit(0); u != 0x1p-53 {
		t.Errorf("the least uniform is %v", u)
	}
	if u := unit(math.MaxUint64); u != 1-0x1p-53 {
		t.Errorf("the greatest uniform is %v", u)
	}
	for i := range 100_000 {
		u := Seed(i).Uniform(1, 2, 3, 4)
		if scaled := u * 0x1p53; !(u > 0 && u < 1) || scaled != math.Floor(scaled) || 1-(1-u) != u {
			t.Fatalf("uniform %v is not an odd multiple of 2^-53 inside (0,1)", u)
		}
	}
}

func TestReplicates(t *testing.T) {
	var seeds []uint64
	for base := range uint64(20) {
		for r := range 20_000 {
			s := Replicate(base, r)
			if s>>53 != 0 {
				t.Fatalf("replicate %d of %d has seed %d, above 2^53", r, base, s)
			}
			if s == base {
				t.Fatalf("replicate %d of %d has the seed of its base", r, base)
			}
			seeds = append(seeds, s)
		}
	}
	distinct(t, "seeds of replicates", seeds)
	// even over the bits, and not shifted copies from one base to the next
	var ones [53]int
	for r := range 10_000 {
		for bit := range ones {
			ones[bit] += int(Replicate(1, r) >> bit & 1)
		}
	}
	for bit, n := range ones {
		if n < 4750 || n > 5250 {
			t.Errorf("bit %d is set in %d of 10,000 replicates", bit, n)
		}
	}
}

func TestNames(t *testing.T) {
	var hashes []uint64
	for a := range 256 {
		for b := range 256 {
			hashes = append(hashes, KeyOf(string([]byte{byte(a), byte(b)})), KeyOf(string([]byte{byte(a), byte(b), 0})))
		}
	}
	hashes = append(hashes, KeyOf(""), KeyOf("\x00"), KeyOf("software"), KeyOf("softwares"), KeyOf("Software"))
	distinct(t, "names", hashes)
	if Key() == 0 || named(0) == 0 {
		t.Error("a key is 0")
	}
}
