package num

import "fmt"

// blockLength is how many terms Sum and Dot add before they start a new partial sum.
const blockLength = 1024

// Sum returns the sum of x; 0 for none. The terms are added from left to right in blocks of 1024, then the blocks' sums from
// left to right.
//
// Addition of floating-point numbers depends on the order, so the order is fixed, and it is that of workers who take a block
// each: a sum over firms has the same bits on one worker and on eight. Blocks also keep the error smaller than one long
// chain would.
func Sum(x []float64) float64 {
	total := 0.
	for len(x) > 0 {
		n := min(len(x), blockLength)
		part := 0.
		for _, v := range x[:n] {
			part += v
		}
		total += part
		x = x[n:]
	}
	return total
}

// Dot returns the sum of products of x and y term by term, added in the order of Sum. It panics if their lengths differ.
func Dot(x, y []float64) float64 {
	if len(x) != len(y) {
		panic(fmt.Sprintf("num: Dot of %d terms with %d", len(x), len(y)))
	}
	total := 0.
	for len(x) > 0 {
		n := min(len(x), blockLength)
		part := 0.
		block := y[:n]
		for i, v := range x[:n] {
			part += float64(v * block[i])
		}
		total += part
		x, y = x[n:], y[n:]
	}
	return total
}
