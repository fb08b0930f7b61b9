package grid

import (
	"math"

	"agglo/sim/num"
)

// samples is how many pairs of places the error of a kernel is measured at.
const samples = 1200

// Error says how far the operator is from the kernel asked for, which is 1 at d = 0: the root mean square over pairs of
// places out to eight widths, weighted by the kernel between them, and the greatest difference seen. Where the places
// lie within their cells counts, as it does for firms. The greatest is nearly always at d = 0, where a grid rounds off
// the peak: a firm's own contribution, which Self takes out.
func (k *Kernel) Error() (rms, most float64) { return k.measure(k.wanted.radius(), k.wanted.at) }

// measure tries pairs of places: distances in even steps from 0 to radius (cells), in all directions, from all places
// within the widest cell. Directions and places follow multiples of irrational numbers, which fill their range evenly
// and are the same on every machine.
func (k *Kernel) measure(radius float64, want func(d2 float64) float64) (rms, most float64) {
	wide := float64(int(1) << (len(k.amp) - 1))
	var squares, weights float64
	for i := range samples {
		n := float64(i)
		d := radius * n / samples
		turn := fraction(float64(n * math.Phi))
		x, y := float64(wide*fraction(float64(n*math.Sqrt2))), float64(wide*fraction(float64(n*math.Sqrt(3))))
		// Far enough from 0 that no place is negative, and by whole widest cells, so that nothing else changes.
		away := float64(wide * math.Ceil(radius/wide))
		dx, dy := float64(d*num.Cos2Pi(turn)), float64(d*num.Sin2Pi(turn))
		value := want(float64(d * d))
		off := math.Abs(k.between(away+x, away+y, away+x+dx, away+y+dy) - value)
		most = max(most, off)
		squares += float64(d * value * off * off)
		weights += float64(d * value)
	}
	return math.Sqrt(squares / weights), most
}

// fraction is what lies behind the point of a number that is not negative.
func fraction(x float64) float64 { return x - math.Floor(x) }

// between is what a place reads of a unit at another through the operator, on an endless grid: coordinates in cells,
// none negative, centres of cells at whole numbers.
func (k *Kernel) between(x1, y1, x2, y2 float64) float64 {
	ax, bx, ay, by := cloudOf(x1), cloudOf(x2), cloudOf(y1), cloudOf(y2)
	same := []float64{1}
	sum := float64(k.own * ax.heard(bx, same) * ay.heard(by, same))
	for _, amp := range k.amp {
		if amp != 0 {
			sum += float64(amp * ax.heard(bx, k.taps) * ay.heard(by, k.taps))
		}
		ax, bx, ay, by = ax.coarser(), bx.coarser(), ay.coarser(), by.coarser()
	}
	return sum
}

// cloud is a place shared between two cells on one axis, and where both lie on some level.
type cloud struct {
	cell [2]share
	part [2]float64
}

func cloudOf(x float64) cloud {
	i := int(x)
	w := x - float64(i)
	one := [3]float64{1, 0, 0}
	return cloud{cell: [2]share{{first: i, part: one}, {first: i + 1, part: one}}, part: [2]float64{1 - w, w}}
}

// coarser moves a cloud up one level.
func (c cloud) coarser() cloud {
	c.cell[0], c.cell[1] = c.cell[0].coarser(), c.cell[1].coarser()
	return c
}

// heard is what cloud c reads of cloud d through the Gaussian.
func (c cloud) heard(d cloud, taps []float64) float64 {
	sum := 0.
	for i, p := range c.part {
		for j, q := range d.part {
			sum += float64(p * q * c.cell[i].heard(d.cell[j], taps))
		}
	}
	return sum
}
