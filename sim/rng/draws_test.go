package rng

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"agglo/sim/num"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// The continuous draws against their distribution functions (Kolmogorov and Smirnov; 1.95/sqrt(n) has p = 0.001) and their
// first two moments.
func TestContinuousDraws(t *testing.T) {
	const n = 200_000
	cases := []struct {
		name           string
		draw           func(i int) float64
		cdf            func(float64) float64
		mean, variance float64
	}{
		{"Uniform", func(i int) float64 { return Seed(7).Uniform(1, uint64(i), 2, 3) }, distuv.Uniform{Max: 1}.CDF, .5, 1. / 12},
		{"Normal", func(i int) float64 { return Seed(7).Normal(1, uint64(i), 2, 4) }, distuv.UnitNormal.CDF, 0, 1},
		{"Exponential", func(i int) float64 { return Seed(7).Exponential(1, uint64(i), 2, 5) }, distuv.Exponential{Rate: 1}.CDF, 1, 1},
		{"Gumbel", func(i int) float64 { return Seed(7).Gumbel(1, uint64(i), 2, 6) }, distuv.GumbelRight{Beta: 1}.CDF,
			distuv.GumbelRight{Beta: 1}.Mean(), math.Pi * math.Pi / 6},
	}
	for _, c := range cases {
		x := make([]float64, n)
		sum, squares := 0., 0.
		for i := range x {
			x[i] = c.draw(i)
			sum += x[i]
			squares += (x[i] - c.mean) * (x[i] - c.mean)
		}
		slices.Sort(x)
		gap := 0.
		for i, v := range x {
			gap = max(gap, math.Abs(c.cdf(v)-float64(i)/n), math.Abs(c.cdf(v)-float64(i+1)/n))
		}
		if gap > 1.95/math.Sqrt(n) {
			t.Errorf("%s: the distribution function is off by %.5f", c.name, gap)
		}
		if off := math.Abs(sum/n - c.mean); off > 4*math.Sqrt(c.variance/n) {
			t.Errorf("%s: mean %.4f, want %.4f", c.name, sum/n, c.mean)
		}
		if v := squares / n; math.Abs(v/c.variance-1) > .03 {
			t.Errorf("%s: variance %.4f, want %.4f", c.name, v, c.variance)
		}
	}
}

// uniforms spreads n numbers evenly over (0,1), with some far out in both tails.
func uniforms(n int) []float64 {
	var u []float64
	for i := range n {
		u = append(u, unit(uint64((float64(i)+.37)/float64(n)*0x1p64)))
	}
	for e := 4; e <= 50; e += 3 {
		u = append(u, unit(uint64(math.Ldexp(1.3, 64-e))), 1-unit(uint64(math.Ldexp(1.3, 64-e))))
	}
	return u
}

// Poisson counts against the regularised gamma function: P(N < n) < u <= P(N <= n). In the upper tail, the complement.
func TestPoissonInverts(t *testing.T) {
	for _, rate := range []float64{1e-12, .01, .5, 1, 3, 11.99, 12, 12.01, 13.7, 20, 30, 60, 100, 1234.5, 1e4, 1e6} {
		law := distuv.Poisson{Lambda: rate}
		slack := 1e-13 * max(1, rate) // the rounding of the reference
		for _, u := range uniforms(4000) {
			n := float64(poisson(rate, u))
			if u < .5 {
				if n > 0 && law.CDF(n-1) > u*(1+slack) || law.CDF(n) < u*(1-slack) {
					t.Fatalf("rate %v, u %v: count %v, but P(N < n) = %v, P(N <= n) = %v", rate, u, n, law.CDF(n-1), law.CDF(n))
				}
				continue
			}
			upper := func(n float64) float64 { return distuv.Gamma{Alpha: n + 1, Beta: 1}.CDF(rate) } // P(N > n)
			if n > 0 && upper(n-1) < (1-u)*(1-slack)-1e-15 || upper(n) > (1-u)*(1+slack)+1e-15 {
				t.Fatalf("rate %v, 1-u %v: count %v, but P(N >= n) = %v, P(N > n) = %v", rate, 1-u, n, upper(n-1), upper(n))
			}
		}
	}
}

// Negative binomial counts against the regularised beta function: P(N <= n) = I_p(r, n+1), that is the distribution function
// of a Beta(r, n+1) at p.
func TestNegativeBinomialInverts(t *testing.T) {
	for _, c := range []struct{ mean, phi float64 }{{.01, .5}, {1, 1}, {2, .1}, {2, 5}, {30, .3}, {300, .02}, {300, 1}, {300, 1e-4}, {700, 1e-3},
		{5000, .01}, {20000, .001}} {
		p, r := 1/(1+c.phi*c.mean), 1/c.phi
		cdf := func(n float64) float64 { return distuv.Beta{Alpha: r, Beta: n + 1}.CDF(p) }
		for _, u := range uniforms(400) {
			if u < 1e-9 || u > 1-1e-9 { // where the reference is still exact
				continue
			}
			n := float64(negativeBinomial(c.mean, c.phi, u))
			if n > 0 && cdf(n-1) > u+1e-10*min(u, 1-u)+1e-13 || cdf(n) < u-1e-10*min(u, 1-u)-1e-13 {
				t.Fatalf("mean %v, phi %v, u %v: count %v, but P(N < n) = %v, P(N <= n) = %v", c.mean, c.phi, u, n, cdf(n-1), cdf(n))
			}
		}
	}
}

func TestGeometricInverts(t *testing.T) {
	for _, mean := range []float64{1e-6, .1, 1, 7, 300, 1e6} {
		q := mean / (1 + mean)
		for _, u := range uniforms(1000) {
			n := float64(geometric(mean, u))
			// P(N >= n) = q^n > 1-u >= q^(n+1)
			if math.Pow(q, n) < (1-u)*(1-1e-9) || math.Pow(q, n+1) > (1-u)*(1+1e-9) {
				t.Fatalf("mean %v, u %v: count %v", mean, u, n)
			}
			if other := negativeBinomial(min(mean, 300), 1, u); mean <= 300 && math.Abs(n-float64(other)) > 1e-9*n && u < 1-1e-9 {
				t.Fatalf("mean %v, u %v: geometric %v, negative binomial with phi 1 %v", mean, u, n, other)
			}
		}
	}
}

// Mean and variance of counts over many addresses.
func TestCountMoments(t *testing.T) {
	const n = 200_000
	check := func(name string, mean, variance float64, draw func(i int) int) {
		t.Helper()
		sum, squares := 0., 0.
		for i := range n {
			x := float64(draw(i)) - mean
			sum += x
			squares += x * x
		}
		if off := math.Abs(sum / n); off > 4*math.Sqrt(variance/n) {
			t.Errorf("%s: the mean is off %v by %v", name, mean, off)
		}
		if v := squares / n; math.Abs(v/variance-1) > .05 {
			t.Errorf("%s: the variance is %v, want %v", name, v, variance)
		}
	}
	for _, rate := range []float64{.2, 3, 40, 1e6} {
		check(fmt.Sprint("Poisson ", rate), rate, rate, func(i int) int { return Seed(7).Poisson(rate, 1, uint64(i), 2, 3) })
	}
	for _, mean := range []float64{.2, 3, 40} {
		check(fmt.Sprint("Geometric ", mean), mean, mean+mean*mean, func(i int) int { return Seed(7).Geometric(mean, 2, uint64(i), 2, 3) })
		for _, phi := range []float64{.01, .5, 2} {
			check(fmt.Sprintf("NegativeBinomial %v %v", mean, phi), mean, mean+phi*mean*mean,
				func(i int) int { return Seed(7).NegativeBinomial(mean, phi, 3, uint64(i), 2, 3) })
		}
	}
	hits := 0.
	for i := range n {
		if Seed(7).Chance(.3, 4, uint64(i), 2, 3) {
			hits++
		}
	}
	if off := math.Abs(hits/n - .3); off > 4*math.Sqrt(.21/n) {
		t.Errorf("Chance(.3) is true in %v of the cases", hits/n)
	}
}

// With one uniform, a higher rate or mean never gives a smaller count, nor a higher uniform.
func TestCountsAreMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.Uint64().Draw(t, "bits")
		u := unit(bits)
		exponent := rapid.Float64Range(-8, 14).Draw(t, "exponent")
		rate := math.Exp(exponent)
		higher := rate * (1 + math.Exp(-rapid.Float64Range(0, 30).Draw(t, "closeness")))
		if a, b := poisson(rate, u), poisson(higher, u); a > b {
			t.Fatalf("Poisson of %v is %d, of %v is %d", rate, a, higher, b)
		}
		if a, b := geometric(rate, u), geometric(higher, u); a > b {
			t.Fatalf("geometric of %v is %d, of %v is %d", rate, a, higher, b)
		}
		mean, more := min(rate, 3000), min(higher, 3000)
		phi := math.Exp(rapid.Float64Range(-50, 2).Draw(t, "phi"))
		if a, b := negativeBinomial(mean, phi, u), negativeBinomial(more, phi, u); a > b {
			t.Fatalf("negative binomial (phi %v) of %v is %d, of %v is %d", phi, mean, a, more, b)
		}
		if v := unit(rapid.Uint64Min(bits).Draw(t, "more bits")); poisson(rate, u) > poisson(rate, v) ||
			negativeBinomial(mean, phi, u) > negativeBinomial(mean, phi, v) || geometric(rate, u) > geometric(rate, v) {
			t.Fatalf("counts fall between u = %v and %v", u, v)
		}
	})
}

// The two ways to a Poisson count, and the two to a negative binomial one, meet without a step.
func TestMethodsMeet(t *testing.T) {
	for _, u := range uniforms(20_000) {
		if walked, sought := poisson(walkedRate, u), poisson(math.Nextafter(walkedRate, 13), u); walked != sought {
			t.Errorf("at rate %v and u %v the count goes from %d to %d", walkedRate, u, walked, sought)
		}
	}
	for _, u := range uniforms(300) {
		if u > 1-1e-12 {
			continue
		}
		// P(N = 0) crosses e^-600 near this mean
		phi := .001
		mean := num.Expm1(600*phi) / phi
		if a, b := negativeBinomial(mean*(1-1e-12), phi, u), negativeBinomial(mean*(1+1e-12), phi, u); a != b {
			t.Errorf("u %v: the count goes from %d to %d", u, a, b)
		}
		if a, b := negativeBinomial(250, 1e-13, u), poisson(250, u); a != b {
			t.Errorf("u %v: with next to no overdispersion the count is %d, Poisson %d", u, a, b)
		}
	}
}

func TestDegenerateRates(t *testing.T) {
	s := Seed(7)
	for _, zero := range []float64{0, -1, math.Inf(-1)} {
		if s.Poisson(zero, 1, 2, 3, 4) != 0 || s.Geometric(zero, 1, 2, 3, 4) != 0 || s.NegativeBinomial(zero, 1, 1, 2, 3, 4) != 0 {
			t.Errorf("a count of mean %v is not 0", zero)
		}
	}
	if s.Poisson(5e-324, 1, 2, 3, 4) != 0 || s.Geometric(5e-324, 1, 2, 3, 4) != 0 || s.NegativeBinomial(5e-324, 1e6, 1, 2, 3, 4) != 0 {
		t.Error("a count of the least mean is not 0")
	}
	if s.Chance(0, 1, 2, 3, 4) || !s.Chance(1, 1, 2, 3, 4) {
		t.Error("probability 0 or 1 is not certain")
	}
	nan := math.NaN()
	for want, draw := range map[string]func(){
		"rng: Poisson with rate NaN":                     func() { s.Poisson(nan, 1, 2, 3, 4) },
		"rng: Poisson with rate +Inf":                    func() { s.Poisson(math.Inf(1), 1, 2, 3, 4) },
		"rng: Geometric with mean NaN":                   func() { s.Geometric(nan, 1, 2, 3, 4) },
		"rng: NegativeBinomial with mean NaN":            func() { s.NegativeBinomial(nan, 1, 1, 2, 3, 4) },
		"rng: NegativeBinomial with mean 1, phi -1":      func() { s.NegativeBinomial(1, -1, 1, 2, 3, 4) },
		"rng: NegativeBinomial with mean 1, phi NaN":     func() { s.NegativeBinomial(1, nan, 1, 2, 3, 4) },
		"rng: NegativeBinomial with mean 2e+06, phi 0.5": func() { s.NegativeBinomial(2e6, .5, 1, 2, 3, 4) },
		"rng: Chance of probability NaN":                 func() { s.Chance(nan, 1, 2, 3, 4) },
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.HasPrefix(got, want) {
					t.Errorf("panic says %q, want %q first", got, want)
				}
			}()
			draw()
		}()
	}
}

func TestPick(t *testing.T) {
	cases := []struct {
		u    float64
		sums []float64
		want int
	}{
		{.5, nil, -1}, {.5, []float64{0, 0}, -1}, {.5, []float64{math.NaN()}, -1},
		{.001, []float64{1}, 0}, {.999, []float64{1}, 0},
		{.49, []float64{1, 2}, 0}, {.5, []float64{1, 2}, 1}, {.51, []float64{1, 2}, 1},
		{.0001, []float64{0, 0, 3, 3, 4, 4}, 2}, {.7499, []float64{0, 0, 3, 3, 4, 4}, 2}, {.7501, []float64{0, 0, 3, 3, 4, 4}, 4},
		{1 - 0x1p-53, []float64{0, 0, 3, 3, 4, 4}, 4}, {1, []float64{0, 2, 2}, 1},
	}
	for _, c := range cases {
		if got := Pick(c.u, c.sums); got != c.want {
			t.Errorf("Pick(%v, %v) = %d, want %d", c.u, c.sums, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		masses := rapid.SliceOfN(rapid.Float64Range(0, 3), 1, 40).Draw(t, "masses")
		sums := make([]float64, len(masses))
		total := 0.
		for i, m := range masses {
			if m < 1 {
				m = 0
			}
			masses[i] = m
			total += m
			sums[i] = total
		}
		u := unit(rapid.Uint64().Draw(t, "u"))
		want := slices.IndexFunc(sums, func(s float64) bool { return s > u*total })
		if got := Pick(u, sums); got != want || want >= 0 && masses[got] == 0 {
			t.Fatalf("Pick(%v, %v) = %d, one by one %d", u, sums, got, want)
		}
	})
}
