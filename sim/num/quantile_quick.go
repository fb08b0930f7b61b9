package num

import "math"

// QuantileQuick cuts the tail probability, from 2^-quickTails to 1/2, into pieces, quickParts of each factor of two, and takes a
// polynomial of the third degree on each.
const (
	quickTails = 13
	quickBits  = 4
	quickParts = 1 << quickBits
	quickLow   = (1023 - quickTails) << quickBits // exponent and first bits of the fraction of the least tail
)

// A quantilePiece is minus the quantile near a tail probability: a polynomial in the distance from it, from the constant term up.
type quantilePiece struct {
	middle float64
	c      [4]float64
}

var quantilePieces = makeQuantilePieces()

// QuantileQuick returns the standard normal quantile of p in (0,1) with an absolute error below 2e-8, for draws of many firms; the
// same bits on every CPU. It rises with p but for such an error. Far out in the tails it is Quantile.
func QuantileQuick(p float64) float64 {
	q := p - .5
	tail := .5 - math.Abs(q)
	piece := math.Float64bits(tail)>>(52-quickBits) - quickLow
	if piece >= uint64(len(quantilePieces)) {
		return Quantile(p)
	}
	t := &quantilePieces[piece]
	d := tail - t.middle
	z := t.c[0] + float64(d*(t.c[1]+float64(d*(t.c[2]+float64(d*t.c[3])))))
	return math.Copysign(z, q)
}

// makeQuantilePieces fits each piece at the four zeros of Chebyshev's polynomial, where the error is spread evenly.
func makeQuantilePieces() (pieces [(quickTails-1)*quickParts + 1]quantilePiece) {
	for k := range pieces {
		low := math.Float64frombits((quickLow + uint64(k)) << (52 - quickBits))
		high := math.Float64frombits((quickLow + uint64(k) + 1) << (52 - quickBits))
		half := float64((high - low) / 2)
		t := &pieces[k]
		t.middle = low + half
		if low == .5 { // the middle itself, the one number of the last piece
			t.middle = low
			continue
		}
		far, near := float64(0.9238795325112867*half), float64(0.3826834323650898*half)
		a, b, c, d := -Quantile(t.middle-far), -Quantile(t.middle-near), -Quantile(t.middle+near), -Quantile(t.middle+far)
		even, evenFar := float64((b+c)/2), float64((a+d)/2)
		odd, oddFar := (c-b)/(2*near), (d-a)/(2*far)
		near2, far2 := float64(near*near), float64(far*far)
		t.c[2] = (evenFar - even) / (far2 - near2)
		t.c[3] = (oddFar - odd) / (far2 - near2)
		t.c[0] = even - float64(t.c[2]*near2)
		t.c[1] = odd - float64(t.c[3]*near2)
	}
	return pieces
}
