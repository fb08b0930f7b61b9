package grid

import (
	"fmt"
	"math"

	"agglo/sim/num"
)

// tapReach is how many of its own widths a Gaussian is followed outwards before it is cut off (2 parts in a thousand).
const tapReach = 3.5

// widest is the widest kernel, in cells: to fit it still takes less than 50 megabytes and a second.
const widest = 4096

// Kernel is a smoothing operator k(d) on a grid: what a unit of mass at one point adds to the field at another, at the
// distance d. It is realised as a pyramid,
//
//	S = own*I + sum over levels l of a_l * U_l G D_l
//
// where D_l shares the mass out on cells 2^l times as wide (weights 1/4, 3/4, 3/4, 1/4 on either axis, l times over),
// G is a narrow Gaussian and U_l, the transpose of D_l, brings the result back. Each level is then close to a Gaussian
// twice as wide as the one before, and a sum of those in octaves comes close to any kernel that falls smoothly. All
// levels together cost a third more than the first. The idea of smoothing on ever coarser grids: Burt and Adelson,
// IEEE Transactions on Communications 31, 1983, doi:10.1109/TCOM.1983.1095851.
//
// S is symmetric, hence its own adjoint. Outside the grid there is nothing: what smooths beyond the border is lost, and
// inside the grid S is exactly what it would be on an endless plane. A Kernel is never written after it is made: any
// number of goroutines may share it.
type Kernel struct {
	shape  Shape
	own    float64     // amplitude of the identity
	amp    []float64   // amplitude by level
	taps   []float64   // the Gaussian G from its middle outwards; sums to 1 over both sides
	scaled [][]float64 // taps times amp, by level
	nx, ny []int       // cells by level, with a margin wide enough that no D_l loses mass
	near   [][]pair    // what a cell hears from itself and its neighbour on one axis, by level and phase
	wanted request     // what it was fitted to
	step   stepper     // how rows are smoothed
}

// Exponential makes the kernel exp(-d/width), width in km. Its parts are fitted without negative weights, so the field
// of positive masses is positive. A width below half a cell is refused, for the grid cannot show it; Error says how
// near the fit comes.
func Exponential(shape Shape, widthKM float64) (*Kernel, error) {
	if err := resolves(shape, "exponential kernel of width", widthKM); err != nil {
		return nil, err
	}
	width := widthKM / shape.CellKM
	top := 0
	// exp(-d) is a mixture of Gaussians, to whose peak those wider than 3 add three parts in a thousand.
	for math.Sqrt(1.5)*float64(int(1)<<top) < 3*width {
		top++
	}
	k := &Kernel{shape: shape, taps: gaussianTaps(1, 3), wanted: request{width: width}}
	k.adopt(fits.get(k.wanted, func() amplitudes { return newFit(k.taps, top, k.wanted.radius(), k.wanted.at).coarsest() }))
	return k, nil
}

// Gaussian makes the kernel exp(-d^2/(2 sigma^2)), sigma in km, on the one level that suits it. A sigma below half a
// cell is refused, for the grid cannot show it; Error says how near the fit comes.
func Gaussian(shape Shape, sigmaKM float64) (*Kernel, error) {
	if err := resolves(shape, "Gaussian kernel of sigma", sigmaKM); err != nil {
		return nil, err
	}
	sigma := sigmaKM / shape.CellKM
	level, left := gaussianLevel(float64(sigma * sigma))
	k := &Kernel{shape: shape, taps: gaussianTaps(left, int(math.Ceil(tapReach*math.Sqrt(left)))), wanted: request{gaussian: true, width: sigma}}
	k.adopt(fits.get(k.wanted, func() amplitudes { return newFit(k.taps, level, k.wanted.radius(), k.wanted.at).solve(level + 1) }))
	return k, nil
}

// resolves checks the shape and that a kernel of this width can be seen on its cells.
func resolves(shape Shape, what string, km float64) error {
	if err := shape.Check(); err != nil {
		return err
	}
	if !(km >= shape.CellKM/2) || math.IsInf(km, 0) {
		return fmt.Errorf("grid: %s %v km: want at least %v km, half a cell of %v km; a smaller cell resolves it",
			what, km, shape.CellKM/2, shape.CellKM)
	}
	if km > widest*shape.CellKM {
		return fmt.Errorf("grid: %s %v km: want at most %v km, %d cells of %v km; a larger cell carries it",
			what, km, widest*shape.CellKM, widest, shape.CellKM)
	}
	return nil
}

// gaussianTaps gives a Gaussian of the given variance (cells squared) at 0, 1 ... reach cells, summing to 1 over both
// sides.
func gaussianTaps(variance float64, reach int) []float64 {
	taps := make([]float64, reach+1)
	taps[0] = 1
	sum := 1.
	for i := 1; i <= reach; i++ {
		taps[i] = num.Exp(-float64(i*i) / (2 * variance))
		sum += float64(2 * taps[i])
	}
	for i := range taps {
		taps[i] /= sum
	}
	return taps
}

// gaussianLevel finds the level for a Gaussian of this variance (cells squared), and the variance left for G there
// (in cells of that level). Sharing and reading add 1/3 between them, each step up and down adds 3/4 of its own cells
// twice. Above the first level at least 1.2 is left, or the cells would show through.
func gaussianLevel(variance float64) (level int, left float64) {
	for {
		wide := float64(int(1) << (2 * level))
		left = (variance - 1./3 - float64((wide-1)/2)) / wide
		if left <= 6.3 {
			return level, max(left, 0)
		}
		level++
	}
}

// adopt takes the amplitudes that a fit found and lays out the levels for them.
func (k *Kernel) adopt(a amplitudes) {
	k.own, k.step = a.own, stepper(widens())
	top := len(a.level) - 1
	for top > 0 && a.level[top] == 0 {
		top--
	}
	k.amp = a.level[:top+1]
	nx, ny := k.shape.NX, k.shape.NY
	for _, amp := range k.amp {
		k.nx, k.ny = append(k.nx, nx), append(k.ny, ny)
		nx, ny = nx/2+2, ny/2+2
		scaled := make([]float64, len(k.taps))
		for i, t := range k.taps {
			scaled[i] = float64(amp * t)
		}
		k.scaled = append(k.scaled, scaled)
	}
	k.near = nearby(k.taps, top)
}

// Shape is the grid the kernel was made for.
func (k *Kernel) Shape() Shape { return k.shape }

// Total is the sum of the kernel over an endless grid: what a field of 1 in every cell reads away from borders.
func (k *Kernel) Total() float64 {
	total, cells := k.own, 1.
	for _, amp := range k.amp {
		total += float64(amp * cells)
		cells *= 4
	}
	return total
}
