package num

import (
	"math"
	"testing"
)

// The bits of every function over many arguments, folded into one number each. The numbers must be the same on every
// machine. If one changes, every run of every scenario changes: say so under "Results change".
func TestSameBitsEverywhere(t *testing.T) {
	cases := []struct {
		name     string
		lo, step float64
		f        func(float64) float64
		want     uint64
	}{
		{"Exp", -740, .07, Exp, 0x4a21aca0760b165c},
		{"Expm1", -4, .0004, Expm1, 0xb39234fbba2ad94e},
		{"Log", 1e-3, 1e-3, Log, 0xcd8816203d426a4f},
		{"Log1p", -.9, .0003, Log1p, 0xb740a4835a25cfb4},
		{"Pow", 1e-3, 1e-3, func(x float64) float64 { return Pow(x, 2.3-x) }, 0xf0d42215c1f09727},
		{"Sin2Pi", 0, 1. / 20011, Sin2Pi, 0x8a70c4536b923102},
		{"Cos2Pi", 0, 1. / 20011, Cos2Pi, 0xb016c572f9e2488},
		{"Logistic", -30, .003, Logistic, 0x98518262af383454},
		{"Quantile", 0, 1. / 20011, Quantile, 0x87302cb72dbffd0b},
		{"QuantileQuick", 0, 1. / 20011, QuantileQuick, 0xd9b5fb3e7d5c048d},
		{"LogGamma", 1e-3, .0017, LogGamma, 0x4fb56e192644c69a},
		{"Hypot", -30, .003, func(x float64) float64 { return Hypot(x, float64(.3*x)+1) }, 0xa0dc61a7fbb8eabd},
	}
	for _, c := range cases {
		folded := uint64(0)
		terms := make([]float64, 0, 20_000)
		for i := range 20_000 {
			y := c.f(c.lo + float64(float64(i)*c.step))
			folded = (folded ^ math.Float64bits(y)) * 0x9e3779b97f4a7c15
			folded ^= folded >> 32
			terms = append(terms, Clamp(y, -1e6, 1e6))
		}
		folded ^= math.Float64bits(Sum(terms)) ^ math.Float64bits(Dot(terms, terms))<<1
		if folded != c.want {
			t.Errorf("%s: the bits fold to %#x, they were %#x", c.name, folded, c.want)
		}
	}
}
