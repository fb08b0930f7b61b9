// Package num is the arithmetic of the simulator: exponentials, logarithms, powers, circular functions, the normal
// quantile and the log gamma function in pure Go, and sums in a fixed order.
//
// Package math answers some of these in assembly that differs between processors, and a compiler may fuse a product and a
// sum into one rounding where the processor can. One differing bit makes two runs of the same world drift apart. Here
// every step is an addition, a multiplication, a division or a square root, each rounded once by the rules of IEEE 754,
// and every product that feeds a sum is written float64(x*y), which forbids fusing; that it is held by a variable or returned by
// a function before it is added does not. So all machines give the same bits.
//
// No function allocates or returns an error. Arguments outside a function's domain give NaN or an infinity, as in package
// math.
package num

import "math"

// Clamp returns x, or lo if x is below it, or hi if x is above it. It wants lo <= hi. A NaN stays NaN.
func Clamp(x, lo, hi float64) float64 {
	if x < lo {
		return lo
	}
	if x > hi {
		return hi
	}
	return x
}

// Hypot returns the length of the vector (x, y), such as a distance in km, within 1.1 units in the last place. It is +Inf if
// either is infinite, else NaN if either is NaN. Squares that would overflow or vanish are scaled first.
func Hypot(x, y float64) float64 {
	square := float64(x*x) + float64(y*y)
	if square > 0x1p-960 && square <= math.MaxFloat64 {
		return math.Sqrt(square)
	}
	x, y = math.Abs(x), math.Abs(y)
	switch {
	case x > math.MaxFloat64 || y > math.MaxFloat64:
		return math.Inf(1)
	case max(x, y) > 1:
		x, y = x*0x1p-600, y*0x1p-600
		return 0x1p600 * math.Sqrt(float64(x*x)+float64(y*y))
	}
	x, y = x*0x1p600, y*0x1p600
	return 0x1p-600 * math.Sqrt(float64(x*x)+float64(y*y))
}

// top returns x without its last n bits of mantissa: the first half of a split into two parts whose products are exact.
func top(x float64, n int) float64 {
	return math.Float64frombits(math.Float64bits(x) >> n << n)
}
