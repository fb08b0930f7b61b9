package num

import "math"

// Quantile returns the standard normal quantile: the z below which a standard normal number falls with probability p. It is
// -Inf for 0, +Inf for 1, NaN outside [0,1]. Its relative error is about 1e-15.
//
// Algorithm AS 241, PPND16: M. J. Wichura (1988), doi 10.2307/2347330. Three ratios of polynomials, for the middle and for
// two stretches of the tails.
func Quantile(p float64) float64 {
	q := p - .5
	if math.Abs(q) <= .425 {
		r := .180625 - float64(q*q)
		return q * ratio(r, &quantileMiddle)
	}
	tail := p
	if q > 0 {
		tail = 1 - p
	}
	if !(tail > 0) {
		switch p {
		case 0:
			return math.Inf(-1)
		case 1:
			return math.Inf(1)
		}
		return math.NaN()
	}
	r := math.Sqrt(-Log(tail))
	z := 0.
	if r <= 5 {
		z = ratio(r-1.6, &quantileTail)
	} else {
		z = ratio(r-5, &quantileFarTail)
	}
	if q < 0 {
		return -z
	}
	return z
}

// ratio returns the ratio of two polynomials of degree 7 in r; coefficients of the numerator, then of the denominator, from
// the constant term up.
func ratio(r float64, c *[16]float64) float64 {
	r2 := r * r
	r4 := r2 * r2
	above := c[0] + float64(r*c[1]) + float64(r2*(c[2]+float64(r*c[3]))) +
		float64(r4*(c[4]+float64(r*c[5])+float64(r2*(c[6]+float64(r*c[7])))))
	below := c[8] + float64(r*c[9]) + float64(r2*(c[10]+float64(r*c[11]))) +
		float64(r4*(c[12]+float64(r*c[13])+float64(r2*(c[14]+float64(r*c[15])))))
	return above / below
}

// The published coefficients, for |p-1/2| <= 0.425, then for the square root of -log of the tail up to 5, then beyond.
var (
	quantileMiddle = [16]float64{
		3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
		4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
		1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
		2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
	}
	quantileTail = [16]float64{
		1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
		1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
		1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
		1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
	}
	quantileFarTail = [16]float64{
		6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
		2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
		1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
		7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
	}
)
