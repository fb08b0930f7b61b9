package num

import "math"

// 2 pi as a sum: 26 bits, whose products with 27 bits are exact, and the rest.
const (
	fullTurnHigh = 0x1.921fb58p+2
	fullTurnLow  = -0x1.dde973dcb3b3ap-25
)

// Sin2Pi returns the sine of u turns, that is of 2 pi u radians, within 0.8 units in the last place. A draw in [0,1) needs no
// reduction and no rounded pi. Any |u| < 2^51 will do; quarter turns are exact. NaN or an infinity gives NaN.
func Sin2Pi(u float64) float64 {
	quarter, sine, cosine := turn(u)
	switch quarter & 3 {
	case 0:
		return sine
	case 1:
		return cosine
	case 2:
		return -sine
	}
	return -cosine
}

// Cos2Pi returns the cosine of u turns, like Sin2Pi.
func Cos2Pi(u float64) float64 {
	quarter, sine, cosine := turn(u)
	switch quarter & 3 {
	case 0:
		return cosine
	case 1:
		return -sine
	case 2:
		return -cosine
	}
	return sine
}

// turn returns the quarter turn nearest to u, and sine and cosine of what is left, which is within an eighth of a turn. The
// angle a+low in radians is carried as two numbers; the series are Taylor's.
func turn(u float64) (quarter int64, sine, cosine float64) {
	whole := math.Floor(float64(4*u) + .5)
	f := u - float64(.25*whole) // exact
	fTop := top(f, 26)
	high := float64(fTop * fullTurnHigh) // exact
	rest := float64((f-fTop)*fullTurnHigh) + float64(f*fullTurnLow)
	a := high + rest
	low := high - a + rest
	z := a * a
	z2 := z * z
	s := -1./6 + float64(z*(1./120)) + float64(z2*(-1./5040+float64(z*(1./362880)))) +
		float64(float64(z2*z2)*(-1./39916800+float64(z*(1./6227020800))+float64(z2*(-1./1307674368000+float64(z*(1./355687428096000))))))
	sine = a + (low + float64(a*z*s) - float64(.5*z*low))
	c := 1./24 + float64(z*(-1./720)) + float64(z2*(1./40320+float64(z*(-1./3628800)))) +
		float64(float64(z2*z2)*(1./479001600+float64(z*(-1./87178291200))+float64(z2*(1./20922789888000))))
	half := float64(.5 * z)
	near := 1 - half
	cosine = near + (1 - near - half + float64(z2*c) - float64(a*low))
	return int64(whole), sine, cosine
}
