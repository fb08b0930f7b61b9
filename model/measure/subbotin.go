package measure

import (
	"math"
	"slices"

	"agglo/sim/num"
)

// The shapes that Subbotin looks at. Below the least the density is a spike, above the greatest a box.
const (
	leastShape    = .1
	greatestShape = 20.0
)

// SubbotinFit is an exponential-power distribution fitted by maximum likelihood.
type SubbotinFit struct {
	Location      float64 // m, in the unit of the data
	Scale         float64 // a, in the unit of the data
	Shape         float64 // b: 1 is Laplace, 2 is Gauss, less than 1 has fatter tails than Laplace
	SE            float64 // standard error of Shape; 0 where the fit ends at a bound
	LogLikelihood float64 // total, natural logarithm
	Count         int
}

// Subbotin fits the family that holds Laplace and Gauss, with density
//
//	f(x) = exp(-|(x-m)/a|^b / b) / (2 a b^(1/b) Gamma(1+1/b))
//
// (Subbotin 1923; used for growth rates by Bottazzi and Secchi 2006, RAND Journal of Economics 37). For given b and m
// the best scale is a = mean(|x-m|^b)^(1/b), which leaves a profile in one variable: it is searched over b from .1 to
// 20 on a logarithmic grid, then by golden section and by parabolas, the latter in turn with the location. For b up to 1 the location is the
// median, because the likelihood then has a cusp at every datum; above 1 it is the one minimum of sum |x-m|^b. The
// search takes no random number and always the same path. The standard error comes from the curvature of the profile.
//
// It is undefined for fewer than two values and for a sample without spread. A sample most of whose values are exactly
// equal has no inner maximum and ends at the least shape.
func Subbotin(x []float64) (SubbotinFit, error) {
	const name = "subbotin"
	if err := finite(name, "values", x); err != nil {
		return SubbotinFit{}, err
	}
	sorted := slices.Clone(x)
	slices.Sort(sorted)
	n := len(sorted)
	if n < 2 || sorted[0] == sorted[n-1] {
		return SubbotinFit{}, undefined(name, "want at least two different values")
	}
	if span := sorted[n-1] - sorted[0]; span > 1e300/float64(n) {
		return SubbotinFit{}, undefined(name, "the values are too far apart for this arithmetic")
	}
	p := profile{data: sorted, logs: make([]float64, n)}
	p.settle(medianOfSorted(sorted))
	logShape := p.bestOnGrid()
	logShape = p.narrow(lookedAt(logShape-.3), lookedAt(logShape+.3))
	for range 24 {
		old, location := logShape, medianOfSorted(sorted)
		if b := num.Exp(old); b > 1 {
			location = p.centre(b)
		}
		if location != p.location {
			p.settle(location)
		}
		if logShape = p.polish(old); math.Abs(logShape-old) < 1e-6 {
			break
		}
	}
	b := num.Exp(logShape)
	return SubbotinFit{
		Location: p.location, Scale: p.scale(b), Shape: b, SE: p.standardError(logShape),
		LogLikelihood: -p.loss(logShape) * float64(n), Count: n,
	}, nil
}

// profile is the likelihood of a sample at one location, ready for any shape.
type profile struct {
	data     []float64 // sorted
	logs     []float64 // ln |x - location|, -Inf at the location itself
	location float64
}

// settle moves the location and takes the logarithms anew.
func (p *profile) settle(location float64) {
	p.location = location
	for i, v := range p.data {
		p.logs[i] = num.Log(math.Abs(v - location))
	}
}

// logScale is ln a at shape b; the largest distance is taken out first, so that no power overflows.
func (p *profile) logScale(b float64) float64 {
	far := math.Max(p.logs[0], p.logs[len(p.logs)-1])
	sum := 0.0
	for _, l := range p.logs {
		sum += num.Exp(float64(b * (l - far)))
	}
	return far + num.Log(sum/float64(len(p.logs)))/b
}

func (p *profile) scale(b float64) float64 { return num.Exp(p.logScale(b)) }

// loss is the mean negative log-likelihood at shape exp(logShape) with the best scale.
func (p *profile) loss(logShape float64) float64 {
	b := num.Exp(logShape)
	return math.Ln2 + p.logScale(b) + (logShape+1)/b + num.LogGamma(1+1/b)
}

// fewest is how many numbers at least the grid is searched with.
const fewest = 2000

// bestOnGrid is the best of a grid of logarithms of shapes.
func (p *profile) bestOnGrid() float64 {
	if far := len(p.data) / fewest; far > 1 { // every so manieth of the sorted numbers shows as much
		few := profile{location: p.location}
		for i := far / 2; i < len(p.data); i += far {
			few.data, few.logs = append(few.data, p.data[i]), append(few.logs, p.logs[i])
		}
		if few.data[0] != few.data[len(few.data)-1] {
			return few.bestOnGrid()
		}
	}
	lo, hi := num.Log(leastShape), num.Log(greatestShape)
	const steps = 22
	best, at := math.Inf(1), lo
	for k := range steps + 1 {
		s := lo + float64((hi-lo)*float64(k)/steps)
		if l := p.loss(s); l < best {
			best, at = l, s
		}
	}
	return at
}

// lookedAt is the logarithm of a shape that is looked at.
func lookedAt(logShape float64) float64 {
	return num.Clamp(logShape, num.Log(leastShape), num.Log(greatestShape))
}

// narrow brings the logarithm of the best shape in [lo, hi] into a short interval, by golden section.
func (p *profile) narrow(lo, hi float64) float64 {
	const ratio = 0.61803398874989484820
	a, b := lo, hi
	c, d := b-float64(ratio*(b-a)), a+float64(ratio*(b-a))
	lc, ld := p.loss(c), p.loss(d)
	for b-a > .02 {
		if lc <= ld {
			b, d, ld = d, c, lc
			c = b - float64(ratio*(b-a))
			lc = p.loss(c)
		} else {
			a, c, lc = c, d, ld
			d = a + float64(ratio*(b-a))
			ld = p.loss(d)
		}
	}
	return float64(.5*a) + float64(.5*b)
}

// polish goes from a logarithm of a shape near the best one to the vertex of the parabola through three near points, twice, which is
// exact enough and saves most passes over the data.
func (p *profile) polish(at float64) float64 {
	for _, h := range []float64{.01, .001} {
		left, middle, right := p.loss(at-h), p.loss(at), p.loss(at+h)
		if bend := left - float64(2*middle) + right; bend > 0 {
			step := .5 * h * (left - right) / bend
			at = lookedAt(at + num.Clamp(step, -.02, .02))
		}
	}
	return at
}

// centre is the m that makes sum |x-m|^b least, for b > 1: the zero of its derivative, which falls as m rises. The zero
// is bracketed around the last location and found by false position, with the weight of an end that stays put halved (the
// Illinois rule).
func (p *profile) centre(b float64) float64 {
	median, width := medianOfSorted(p.data), 0.0
	for _, v := range p.data {
		width += math.Abs(v - median)
	}
	width /= float64(len(p.data))
	pull := func(m float64) float64 {
		sum := 0.0
		for _, v := range p.data {
			if d := (v - m) / width; math.Abs(d) > 0x1p-1022 { // what is smaller adds nothing
				sum += math.Copysign(num.PowQuick(math.Abs(d), b-1), d)
			}
		}
		return sum
	}
	step := float64(width / 64)
	lo, hi := p.location-step, p.location+step
	atLo, atHi := pull(lo), pull(hi)
	for ; atLo < 0; step *= 4 {
		hi, atHi = lo, atLo
		lo -= step
		atLo = pull(lo)
	}
	for ; atHi > 0; step *= 4 {
		lo, atLo = hi, atHi
		hi += step
		atHi = pull(hi)
	}
	m, side := p.location, 0 // side: which end moved last
	for range 60 {
		if hi-lo < 1e-7*width || atLo == atHi {
			break
		}
		m = lo + float64((hi-lo)*(atLo/(atLo-atHi)))
		v := pull(m)
		if math.Abs(v) < 1e-12*float64(len(p.data)) {
			break
		}
		if v > 0 {
			if side == 1 {
				atHi *= .5
			}
			lo, atLo, side = m, v, 1
		} else {
			if side == -1 {
				atLo *= .5
			}
			hi, atHi, side = m, v, -1
		}
	}
	return m
}

// standardError is that of the shape, from the second difference of the loss in ln b, or 0 at a bound.
func (p *profile) standardError(logShape float64) float64 {
	const h = 1e-3
	if logShape-num.Log(leastShape) < 1e-3 || num.Log(greatestShape)-logShape < 1e-3 {
		return 0
	}
	bend := (p.loss(logShape-h) - float64(2*p.loss(logShape)) + p.loss(logShape+h)) / (h * h)
	if !(bend > 0) {
		return 0
	}
	return num.Exp(logShape) / math.Sqrt(bend*float64(len(p.data)))
}
