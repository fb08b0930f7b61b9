package num

import "math"

// LogQuick returns the natural logarithm of a positive normal number with an absolute error below 1e-12, in half the time
// of Log. It is for sums of many logarithms where nothing is divided by a small difference; the same bits on every CPU.
// What it gives for other numbers has no meaning.
func LogQuick(x float64) float64 {
	bits := math.Float64bits(x)
	offset := bits - lowestMantissa
	entry := &reciprocal[offset>>45&127]
	k := float64(int64(offset) >> 52)
	r := float64(math.Float64frombits(bits-offset&^fractionBits)*entry.inv) - 1
	tail := -.5 + float64(r*(1./3-float64(r*.25)))
	return float64(k*math.Ln2) + (entry.high + (r + float64(r*float64(r*tail))))
}
