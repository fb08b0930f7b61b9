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

// DotLog returns the sum of weight times natural logarithm, term by term from left to right, of positive normal numbers. Each
// logarithm has the accuracy of LogQuick. It panics when there are fewer weights than numbers.
func DotLog(weight, x []float64) float64 {
	weight = weight[:len(x)]
	sum := 0.0
	for i, v := range x {
		bits := math.Float64bits(v)
		offset := bits - lowestMantissa
		entry := &reciprocal[offset>>45&127]
		k := float64(int64(offset) >> 52)
		r := float64(math.Float64frombits(bits-offset&^fractionBits)*entry.inv) - 1
		tail := -.5 + float64(r*(1./3-float64(r*.25)))
		log := float64(k*math.Ln2) + (entry.high + (r + float64(r*float64(r*tail))))
		sum += float64(weight[i] * log)
	}
	return sum
}
