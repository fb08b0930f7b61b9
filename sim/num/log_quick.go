package num

import "math"

// LogQuick works on x = 2^k m with m from sqrt(1/2) to sqrt(2): log x = k ln2 + 2 artanh s with s = (m-1)/(m+1), |s| below .1716. No table
// is read, so that four numbers at a time take the same steps (quick_amd64.s).
const (
	halfRoot   = 0x3fe6a09e667f3bcd // the bits of sqrt(1/2)
	exponentOf = 1023 << 52         // the bits of 1, whose exponent is kept 1023 too high
	logLast    = 2./13 + .0031      // the last of Taylor's coefficients with what the ones left out add at |s| = .15
)

// LogQuick returns the natural logarithm of a positive normal number with an absolute error below 5e-13, in half the time
// of Log. It is for sums of many logarithms where nothing is divided by a small difference; the same bits on every CPU.
// What it gives for other numbers has no meaning.
func LogQuick(x float64) float64 {
	bits := math.Float64bits(x)
	above := bits - halfRoot + exponentOf
	k := float64(int64(above>>52)) - 1023
	m := math.Float64frombits(bits - above&^fractionBits + exponentOf)
	s := (m - 1) / (m + 1)
	z := s * s
	z2 := z * z
	low := 2./3 + float64(z*(2./5))
	mid := 2./7 + float64(z*(2./9))
	high := 2./11 + float64(z*logLast)
	return float64(k*math.Ln2) + float64(s*(2+float64(z*(low+float64(z2*(mid+float64(z2*high)))))))
}

// Logs puts LogQuick of each number in its place.
func Logs(x []float64) {
	n := fours(len(x))
	if n > 0 {
		logsWide(&x[0], n)
	}
	for i, v := range x[n:] {
		x[n+i] = LogQuick(v)
	}
}

// DotLog returns the sum of weight times natural logarithm of positive normal numbers: four sums, each of every fourth term from left
// to right, added in pairs. Each logarithm is LogQuick's. It panics when there are fewer weights than numbers.
func DotLog(weight, x []float64) float64 {
	weight = weight[:len(x)]
	var sums [4]float64
	n := fours(len(x))
	if n > 0 {
		dotLogWide(&weight[0], &x[0], &sums, n)
	}
	for i := n; i < len(x); i++ {
		sums[i&3] += float64(weight[i] * LogQuick(x[i]))
	}
	return sums[0] + sums[1] + (sums[2] + sums[3])
}
