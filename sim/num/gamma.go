package num

import "math"

const halfLog2Pi = 0.918938533204672741780329736406 // log(2 pi)/2

// LogGamma returns the natural logarithm of the gamma function of x > 0; for a count n, LogGamma(n+1) is log n!. It is
// +Inf for 0 and +Inf, NaN below 0 and for NaN. Its error is below 2e-15 of the larger of the result and 1.
//
// From 8 on: Stirling's series. From 1.5 to 2.5: Taylor's series around 2 (Abramowitz and Stegun 1964, 6.1.33). Between and
// below: the same, moved by gamma(x+1) = x gamma(x).
func LogGamma(x float64) float64 {
	switch {
	case x >= 8:
		if x > math.MaxFloat64 {
			return x
		}
		return float64((x-.5)*(Log(x)-1)) + (halfLog2Pi - .5 + stirling(x))
	case x > 2.5:
		product := 1.
		for x > 2.5 {
			x--
			product *= x
		}
		return logGammaNear2(x-2) + Log(product)
	case x >= 1.5:
		return logGammaNear2(x - 2)
	case x >= .5:
		return logGammaNear2(x-1) - Log1p(x-1)
	case x > 0:
		return logGammaNear2(x) - Log1p(x) - Log(x)
	case x == 0:
		return math.Inf(1)
	}
	return math.NaN()
}

// stirling returns what Stirling's formula for log gamma leaves out, 1/(12x) - 1/(360x^3) + ..., for x >= 8.
func stirling(x float64) float64 {
	v := 1 / x
	w := v * v
	w2 := w * w
	a := 1./12 - float64(w*(1./360))
	b := 1./1260 - float64(w*(1./1680))
	c := 1./1188 - float64(w*(691./360360)) + float64(w2*(1./156-float64(w*(3617./122400))))
	return float64(v * (a + float64(w2*(b+float64(w2*c)))))
}

// logGammaNear2 returns log gamma(2+t) for |t| <= 1/2.
func logGammaNear2(t float64) float64 {
	sum := 0.
	for i := len(gammaSeries) - 1; i >= 0; i-- {
		sum = float64(sum*t) + gammaSeries[i]
	}
	return float64(sum * t)
}

// gammaSeries holds 1 - Euler's constant, then (zeta(k)-1)/k for k = 2, 3, ... with signs in turn.
var gammaSeries = [...]float64{
	0x1.b0ee6072093cep-2,
	0x1.4a34cc4a60fa6p-2, -0x1.13e001a557607p-4, 0x1.51322ac7d8483p-6, -0x1.e404fc218f5f2p-8,
	0x1.7add6eadb6c3p-9, -0x1.38ac5c2bf8e08p-10, 0x1.0b36af86396e9p-11, -0x1.d3fd4c76d2fc8p-13,
	0x1.a127b0f17d65ap-14, -0x1.78de5bd7c81efp-15, 0x1.580dcee66eb02p-16, -0x1.3cbc963ce2243p-17,
	0x1.2597a39f34aacp-18, -0x1.11b2eb7679541p-19, 0x1.0064cdeb22f0fp-20, -0x1.e2600d93cfd2fp-22,
	0x1.c76bbb3f07a4dp-23, -0x1.af5a6cbbf8a97p-24, 0x1.99b93c2070b0fp-25, -0x1.862c734df3eacp-26,
	0x1.7469daccfadcdp-27, -0x1.6434a8447aeadp-28, 0x1.555a877ffd2c3p-29,
}
