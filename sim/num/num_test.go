package num

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

var inf, nan = math.Inf(1), math.NaN()

func same(a, b float64) bool {
	return a == b && math.Signbit(a) == math.Signbit(b) || a != a && b != b
}

func TestSpecialValues(t *testing.T) {
	cases := []struct {
		name      string
		got, want float64
	}{
		{"Exp(0)", Exp(0), 1}, {"Exp(+Inf)", Exp(inf), inf}, {"Exp(-Inf)", Exp(-inf), 0}, {"Exp(NaN)", Exp(nan), nan},
		{"Exp(710)", Exp(710), inf}, {"Exp(-746)", Exp(-746), 0}, {"Exp(1e-300)", Exp(1e-300), 1},
		{"Exp(-745.13)", Exp(-745.13), 5e-324},
		{"Expm1(0)", Expm1(0), 0}, {"Expm1(1e-300)", Expm1(1e-300), 1e-300}, {"Expm1(+Inf)", Expm1(inf), inf},
		{"Expm1(-Inf)", Expm1(-inf), -1}, {"Expm1(NaN)", Expm1(nan), nan}, {"Expm1(5e-324)", Expm1(5e-324), 5e-324},
		{"Log(1)", Log(1), 0}, {"Log(0)", Log(0), -inf}, {"Log(-1)", Log(-1), nan}, {"Log(+Inf)", Log(inf), inf},
		{"Log(-Inf)", Log(-inf), nan}, {"Log(NaN)", Log(nan), nan},
		{"Log1p(0)", Log1p(0), 0}, {"Log1p(-1)", Log1p(-1), -inf}, {"Log1p(-2)", Log1p(-2), nan}, {"Log1p(+Inf)", Log1p(inf), inf},
		{"Log1p(NaN)", Log1p(nan), nan}, {"Log1p(5e-324)", Log1p(5e-324), 5e-324}, {"Log1p(1e-300)", Log1p(1e-300), 1e-300},
		{"Log1p(-Inf)", Log1p(-inf), nan},
		{"Logistic(0)", Logistic(0), .5}, {"Logistic(+Inf)", Logistic(inf), 1}, {"Logistic(-Inf)", Logistic(-inf), 0},
		{"Logistic(-800)", Logistic(-800), 0}, {"Logistic(800)", Logistic(800), 1}, {"Logistic(NaN)", Logistic(nan), nan},
		{"Sin2Pi(0)", Sin2Pi(0), 0}, {"Sin2Pi(1/4)", Sin2Pi(.25), 1}, {"Sin2Pi(3/4)", Sin2Pi(.75), -1}, {"Cos2Pi(0)", Cos2Pi(0), 1},
		{"Cos2Pi(1/2)", Cos2Pi(.5), -1}, {"Sin2Pi(NaN)", Sin2Pi(nan), nan}, {"Cos2Pi(+Inf)", Cos2Pi(inf), nan},
		{"Sin2Pi(1/12)", Sin2Pi(1. / 12), .5}, {"|Cos2Pi(1/4)|", math.Abs(Cos2Pi(.25)), 0},
		{"Quantile(0)", Quantile(0), -inf}, {"Quantile(1)", Quantile(1), inf}, {"Quantile(1/2)", Quantile(.5), 0},
		{"Quantile(-1)", Quantile(-1), nan}, {"Quantile(2)", Quantile(2), nan}, {"Quantile(NaN)", Quantile(nan), nan},
		{"LogGamma(1)", LogGamma(1), 0}, {"LogGamma(2)", LogGamma(2), 0}, {"LogGamma(0)", LogGamma(0), inf},
		{"LogGamma(-1/2)", LogGamma(-.5), nan}, {"LogGamma(+Inf)", LogGamma(inf), inf}, {"LogGamma(NaN)", LogGamma(nan), nan},
		{"Clamp(2,0,1)", Clamp(2, 0, 1), 1}, {"Clamp(-2,0,1)", Clamp(-2, 0, 1), 0}, {"Clamp(.3,0,1)", Clamp(.3, 0, 1), .3},
		{"Clamp(NaN,0,1)", Clamp(nan, 0, 1), nan},
		{"Hypot(3,-4)", Hypot(3, -4), 5}, {"Hypot(0,0)", Hypot(0, 0), 0}, {"Hypot(NaN,-Inf)", Hypot(nan, -inf), inf},
		{"Hypot(NaN,1)", Hypot(nan, 1), nan}, {"Hypot(3e200,4e200)", Hypot(3*0x1p900, 4*0x1p900), 5 * 0x1p900},
	}
	for _, c := range cases {
		if !same(c.got, c.want) {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
}

// Package math's Pow is asked for every pair of special arguments. Its own error is large for bases next to 1.
func TestPowSpecialValues(t *testing.T) {
	values := []float64{0, math.Copysign(0, -1), 1, -1, 2, -2, .5, -.5, 3, -3, 1.5, -1.5, inf, -inf, nan, 1e300, -1e300, 1e-300, 5e-324, -5e-324,
		1 + 0x1p-52, 1 - 0x1p-53, 0x1p53, 0x1p53 - 1, 0x1p60, -0x1p61, 0x1p64, -0x1p65, 1e19, 700, -1100, 1075}
	for _, x := range values {
		for _, y := range values {
			got, want := Pow(x, y), math.Pow(x, y)
			if near := math.Abs(x - 1); near > 0 && near < 1e-15 && math.Abs(y) <= 0x1p61 {
				want, _ = seriesExp(fresh().Mul(number(y), bigLogOf(x))).Float64()
			}
			if !same(got, want) && !(math.Abs(got-want) <= 1e-12*math.Abs(want)) {
				t.Errorf("Pow(%v, %v) = %v, package math says %v", x, y, got, want)
			}
		}
	}
	for k := -1074; k <= 1023; k++ {
		if got := Pow(2, float64(k)); got != math.Ldexp(1, k) {
			t.Errorf("Pow(2, %d) = %v", k, got)
		}
	}
}

// Every entry of both tables, from series of whole numbers.
func TestTables(t *testing.T) {
	for i, e := range powerOfTwo {
		power := seriesExp(fresh().Mul(logTwo[0], fresh().Quo(number(float64(i)), number(128))))
		scale := math.Float64frombits(e.bits + uint64(i)<<45)
		if nearest, _ := power.Float64(); scale != nearest {
			t.Errorf("2^(%d/128) is %v, the table has %v", i, nearest, scale)
		}
		tail, _ := fresh().Sub(fresh().Quo(power, number(scale)), number(1)).Float64()
		if !(math.Abs(tail-e.tail) <= 1e-30) { // 2^-53 of a tail of 2^-53 is 1.2e-32
			t.Errorf("the tail of 2^(%d/128) is %v, the table has %v", i, tail, e.tail)
		}
	}
	for i, e := range reciprocal {
		from := math.Float64frombits(lowestMantissa + uint64(i)<<45)
		to := math.Float64frombits(lowestMantissa + uint64(i+1)<<45)
		for _, z := range []float64{from, to} {
			if r := math.Abs(z*e.inv - 1); r > .0043 {
				t.Errorf("interval %d: %v times %v is %v from 1", i, z, e.inv, r)
			}
		}
		if s := e.inv * 1024; s != math.Floor(s) {
			t.Errorf("interval %d: %v is no multiple of 1/1024", i, e.inv)
		}
		if s := e.high * 0x1p42; s != math.Floor(s) {
			t.Errorf("interval %d: %v is no multiple of 2^-42", i, e.high)
		}
		want := fresh().Neg(bigLog(number(e.inv)))
		if low, _ := fresh().Sub(want, number(e.high)).Float64(); !(math.Abs(low-e.low) <= 1e-28) {
			t.Errorf("interval %d: the logarithm's low part is %v, the table has %v", i, low, e.low)
		}
	}
	if i := (math.Float64bits(1) - lowestMantissa) >> 45 & 127; reciprocal[i].inv != 1 {
		t.Errorf("the interval around 1 has inverse %v", reciprocal[i].inv)
	}
	for name, split := range map[string][2]*big.Float{
		"log 2":     {logTwo[0], fresh().Add(number(ln2High), number(ln2Low))},
		"log 2/128": {fresh().Quo(logTwo[0], number(128)), fresh().Add(number(stepHigh), number(stepLow))},
		"2 pi":      {fresh().Mul(number(2), referencePi[0]), fresh().Add(number(fullTurnHigh), number(fullTurnLow))},
	} {
		if off, _ := fresh().Sub(split[0], split[1]).Float64(); math.Abs(off) > 1e-23 {
			t.Errorf("the parts of %s miss it by %v", name, off)
		}
	}
}

func TestSums(t *testing.T) {
	x := make([]float64, 3000)
	for i := range x {
		x[i] = 1 / float64(i+1)
	}
	// by hand: three blocks, then the blocks
	blocks := 0.
	for _, b := range [][]float64{x[:1024], x[1024:2048], x[2048:]} {
		part := 0.
		for _, v := range b {
			part += v
		}
		blocks += part
	}
	if got := Sum(x); got != blocks {
		t.Errorf("Sum = %v, block by block %v", got, blocks)
	}
	ones := make([]float64, 3000)
	for i := range ones {
		ones[i] = 1
	}
	if got := Dot(x, ones); got != blocks {
		t.Errorf("Dot with ones = %v, Sum is %v", got, blocks)
	}
	if got := Dot([]float64{1, 2, 3}, []float64{4, 5, 6}); got != 32 {
		t.Errorf("Dot = %v, want 32", got)
	}
	if Sum(nil) != 0 || Dot(nil, nil) != 0 {
		t.Error("an empty sum is not 0")
	}
	defer func() {
		if got, want := fmt.Sprint(recover()), "num: Dot of 2 terms with 1"; got != want {
			t.Errorf("panic says %q, want %q", got, want)
		}
	}()
	Dot([]float64{1, 2}, []float64{3})
}

// Rules that hold whatever the numbers.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(-700, 700).Draw(t, "a"), rapid.Float64Range(-700, 700).Draw(t, "b")
		if lo, hi := min(a, b), max(a, b); Exp(lo) > Exp(hi) || Logistic(lo) > Logistic(hi)*(1+1e-15) || Expm1(lo) > Expm1(hi) {
			t.Fatalf("not increasing between %v and %v", lo, hi)
		}
		if off := math.Abs(Log(Exp(a)) - a); off > 1e-15*max(1, math.Abs(a)) {
			t.Fatalf("log e^%v is off by %v", a, off)
		}
		if off := math.Abs(Logistic(a) + Logistic(-a) - 1); off > 3e-16 {
			t.Fatalf("Logistic(%v) and its mirror miss 1 by %v", a, off)
		}
		u := rapid.Float64Range(0, 1).Draw(t, "u")
		s, c := Sin2Pi(u), Cos2Pi(u)
		if off := math.Abs(s*s + c*c - 1); off > 5e-16 {
			t.Fatalf("sine and cosine of %v turns are off the circle by %v", u, off)
		}
		v := rapid.Float64Range(0, 1).Draw(t, "v")
		if (u < v) && Quantile(u) > Quantile(v) {
			t.Fatalf("the quantile falls between %v and %v", u, v)
		}
	})
}
