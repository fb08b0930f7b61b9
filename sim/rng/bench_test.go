package rng

import "testing"

var (
	sinkBits  uint64
	sinkFloat float64
	sinkInt   int
)

func benchmarkFloat(b *testing.B, draw func(key uint64) float64) {
	b.ReportAllocs()
	for i := range b.N {
		sinkFloat += draw(uint64(i))
	}
}

func benchmarkInt(b *testing.B, draw func(key uint64) int) {
	b.ReportAllocs()
	for i := range b.N {
		sinkInt += draw(uint64(i))
	}
}

func BenchmarkBits(b *testing.B) {
	b.ReportAllocs()
	for i := range b.N {
		sinkBits += Seed(7).Bits(1, uint64(i), 3, 4)
	}
}

func BenchmarkUniform(b *testing.B) {
	benchmarkFloat(b, func(key uint64) float64 { return Seed(7).Uniform(1, key, 3, 4) })
}

func BenchmarkChance(b *testing.B) {
	benchmarkInt(b, func(key uint64) int {
		if Seed(7).Chance(.1, 1, key, 3, 4) {
			return 1
		}
		return 0
	})
}

func BenchmarkNormal(b *testing.B) {
	benchmarkFloat(b, func(key uint64) float64 { return Seed(7).Normal(1, key, 3, 4) })
}

func BenchmarkExponential(b *testing.B) {
	benchmarkFloat(b, func(key uint64) float64 { return Seed(7).Exponential(1, key, 3, 4) })
}

func BenchmarkGumbel(b *testing.B) {
	benchmarkFloat(b, func(key uint64) float64 { return Seed(7).Gumbel(1, key, 3, 4) })
}

func BenchmarkPoisson1(b *testing.B)       { benchmarkPoisson(b, 1) }
func BenchmarkPoisson12(b *testing.B)      { benchmarkPoisson(b, 12) }
func BenchmarkPoisson13(b *testing.B)      { benchmarkPoisson(b, 13) }
func BenchmarkPoisson100(b *testing.B)     { benchmarkPoisson(b, 100) }
func BenchmarkPoisson1000000(b *testing.B) { benchmarkPoisson(b, 1e6) }

func benchmarkPoisson(b *testing.B, rate float64) {
	benchmarkInt(b, func(key uint64) int { return Seed(7).Poisson(rate, 1, key, 3, 4) })
}

func BenchmarkGeometric(b *testing.B) {
	benchmarkInt(b, func(key uint64) int { return Seed(7).Geometric(5, 1, key, 3, 4) })
}

func BenchmarkNegativeBinomial(b *testing.B) {
	benchmarkInt(b, func(key uint64) int { return Seed(7).NegativeBinomial(5, .5, 1, key, 3, 4) })
}

func BenchmarkKey(b *testing.B) {
	b.ReportAllocs()
	for i := range b.N {
		sinkBits += Key(uint64(i), 1, 2, 3)
	}
}

func BenchmarkKeyOf(b *testing.B) {
	b.ReportAllocs()
	for range b.N {
		sinkBits += KeyOf("semiconductors")
	}
}

func BenchmarkPick(b *testing.B) {
	sums := make([]float64, 10_000)
	for i := range sums {
		sums[i] = float64(i + 1)
	}
	benchmarkInt(b, func(key uint64) int { return Pick(Seed(7).Uniform(1, key, 3, 4), sums) })
}
