package grid

import "math"

// perCell is how many samples of a profile are taken a cell, and maxSamples how many along a radius: a wide kernel is
// sampled less densely.
const (
	perCell    = 4
	maxSamples = 250
)

// enough is the root mean square error of a profile at which finer levels may be left out.
const enough = .002

// fit holds the profiles that a kernel can be made of and the kernel wanted, to find the amplitudes.
//
// A profile is what a point reads of another at a distance, averaged over where the first lies within its cells. The
// average of a product over both axes is the product of averages, so each profile is a table for one axis.
type fit struct {
	parts  [][]float64 // by part (0 the identity, l+1 level l), at multiples of a perCell-th of a cell
	stride int         // steps of a table between samples
	radius float64     // how far to sample, cells
	want   func(d2 float64) float64
	gram   []float64 // sums over the disc of part times part
	right  []float64 // and of part times the value wanted
}

// amplitudes are the weights found, and the root mean square error left in the profile with them.
type amplitudes struct {
	own   float64
	level []float64
	rms   float64
}

// newFit tabulates the profiles of levels 0..top out to a radius (cells).
func newFit(taps []float64, top int, radius float64, want func(d2 float64) float64) fit {
	n := int(radius*perCell) + 1
	f := fit{stride: max(1, n/maxSamples), radius: radius, want: want}
	blur := spline()
	f.parts = append(f.parts, blur)
	for l := 0; l <= top; l++ {
		if l > 0 {
			blur = wider(blur, perCell<<(l-1))
		}
		f.parts = append(f.parts, smoothed(blur, taps, n, l))
	}
	parts := len(f.parts)
	f.gram, f.right = make([]float64, parts*parts), make([]float64, parts)
	f.each(func(value []float64, want, weight float64) {
		for p, v := range value {
			v *= weight
			f.right[p] += float64(v * want)
			for q, u := range value {
				f.gram[p*parts+q] += float64(v * u)
			}
		}
	})
	return f
}

// spline is the cubic B-spline: the share that two points have in common when each is shared among its two nearest
// cells, averaged over the place of the first. Only one side is held, for it is even.
func spline() []float64 {
	s := make([]float64, 2*perCell+1)
	for i := range s {
		d := float64(float64(i) / perCell)
		if d < 1 {
			s[i] = 2./3 - float64(d*d) + float64(d*d*d/2)
		} else {
			s[i] = float64((2 - d) * (2 - d) * (2 - d) / 6)
		}
	}
	return s
}

// wider takes the common share of two points one level up, where cells of the level below are step samples wide. The
// weights are those of 1/4, 3/4, 3/4, 1/4 met with themselves.
func wider(blur []float64, step int) []float64 {
	weights := [...]float64{20. / 16, 15. / 16, 6. / 16, 1. / 16}
	w := make([]float64, len(blur)+3*step)
	for i := range w {
		w[i] = float64(weights[0] * even(blur, i))
		for m := 1; m < len(weights); m++ {
			w[i] += float64(weights[m] * (even(blur, i-m*step) + even(blur, i+m*step)))
		}
	}
	return w
}

// smoothed is the profile of level l at the first n samples: the common share, with the Gaussian in between.
func smoothed(blur, taps []float64, n, l int) []float64 {
	s := make([]float64, n)
	for i := range s {
		s[i] = float64(taps[0] * even(blur, i))
		for m := 1; m < len(taps); m++ {
			step := m * perCell << l
			s[i] += float64(taps[m] * (even(blur, i-step) + even(blur, i+step)))
		}
		s[i] /= float64(int(1) << l)
	}
	return s
}

// even reads a table of an even function on either side; beyond its end it is 0.
func even(table []float64, i int) float64 {
	i = max(i, -i)
	if i >= len(table) {
		return 0
	}
	return table[i]
}

// each visits the sample points of one eighth of the disc with the value of every part there, the value wanted, and
// how many points of the disc this one stands for.
func (f fit) each(visit func(value []float64, want, weight float64)) {
	value := make([]float64, len(f.parts))
	n := int(f.radius * perCell)
	for i := 0; i <= n; i += f.stride {
		for j := 0; j <= i; j += f.stride {
			d2 := float64(i*i+j*j) / (perCell * perCell)
			if d2 > float64(f.radius*f.radius) {
				break
			}
			for p, table := range f.parts {
				value[p] = even(table, i) * even(table, j)
			}
			weight := 8.
			if i == 0 {
				weight = 1
			} else if j == 0 || j == i {
				weight = 4
			}
			visit(value, f.want(d2), weight)
		}
	}
}

// coarsest is the fit that leaves out as many of the finest parts as it can: they cost most and a wide kernel hardly
// needs them.
func (f fit) coarsest() amplitudes {
	best := f.solve(0)
	for first := 1; first < len(f.parts); first++ {
		a := f.solve(first)
		if a.rms > max(enough, best.rms) {
			break
		}
		best = a
	}
	return best
}

// solve finds the amplitudes of the parts from first on, none negative, that leave the least sum of squared errors over
// the disc: as the disc grows with the distance, every firm on an even plain counts alike. The few unknowns are found
// one at a time, round and round, each at its best against the others; this ends at the least sum, for the problem is
// convex.
func (f fit) solve(first int) amplitudes {
	n := len(f.parts)
	const rounds = 20000
	amp := make([]float64, n)
	for round, moved := 0, true; moved && round < rounds; round++ {
		moved = false
		for p := first; p < n; p++ {
			slope := f.right[p]
			for q := first; q < n; q++ {
				slope -= float64(f.gram[p*n+q] * amp[q])
			}
			next := max(0, amp[p]+slope/f.gram[p*n+p])
			moved = moved || math.Abs(next-amp[p]) > 1e-13*next
			amp[p] = next
		}
	}
	return amplitudes{own: amp[0], level: amp[1:], rms: f.miss(amp)}
}

// miss is the root mean square error left in the profile, each place weighted by the kernel wanted there.
func (f fit) miss(amp []float64) float64 {
	var squares, weights float64
	f.each(func(value []float64, want, weight float64) {
		off := -want
		for p, a := range amp {
			off += float64(a * value[p])
		}
		squares += float64(weight * want * off * off)
		weights += float64(weight * want)
	})
	return math.Sqrt(squares / weights)
}
