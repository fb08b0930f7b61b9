// Package grid answers "how much of this lies near me" without ever listing neighbours.
//
// Firms are shared out among the four nearest cells of a square grid (cloud in cell), the grid is smoothed by a kernel,
// and firms read it back at their own place. The cost is that of the cells plus that of the firms, however densely the
// firms are packed: with ten thousand firms in one valley everybody is everybody's neighbour, and a list of pairs would
// have a hundred million rows.
//
//   - Shape is the grid: where the cells lie, and how a point is shared among them and read from them.
//   - Kernel is a smoothing operator: a sum of Gaussians on grids of cells once, twice, four times ... as wide. It is
//     symmetric, so the same operator carries goods to buyers and money back to sellers.
//   - Coupling joins the cells to coarse square markets, as commuting does, and conserves what it carries.
//
// A plane is a []float64 with one value a cell, rows from south to north, cells from west to east.
package grid

import (
	"fmt"
	"math"
)

// maxCells is the most cells a Shape may have: indices are held in 32 bits, and a plane of this size already fills 2 GB.
const maxCells = 1 << 28

// Shape is a rectangle of square cells in a projected plane.
type Shape struct {
	NX, NY int     // cells from west to east and from south to north, at least 1 each
	CellKM float64 // width of a cell, km, above 0
	X0, Y0 float64 // south-west corner of the grid, km
}

// Check reports every way in which the shape cannot hold a grid, all in one error, or nil.
func (s Shape) Check() error {
	var faults []error
	if s.NX < 1 || s.NY < 1 {
		faults = append(faults, fmt.Errorf("%d x %d cells: want at least 1 x 1", s.NX, s.NY))
	} else if s.NX > maxCells/s.NY {
		faults = append(faults, fmt.Errorf("%d x %d cells: want at most %d in all, so a larger cell", s.NX, s.NY, maxCells))
	}
	if !(s.CellKM > 0) || math.IsInf(s.CellKM, 0) {
		faults = append(faults, fmt.Errorf("cell width %v km: want a positive number", s.CellKM))
	}
	if math.IsNaN(s.X0-s.X0) || math.IsNaN(s.Y0-s.Y0) { // NaN and both infinities
		faults = append(faults, fmt.Errorf("south-west corner (%v, %v) km: want finite numbers", s.X0, s.Y0))
	}
	return joined("grid", faults)
}

// Cells is the number of cells, the length of a plane.
func (s Shape) Cells() int { return s.NX * s.NY }

// Centre gives the middle of a cell, km. The cell's index is iy*NX + ix.
func (s Shape) Centre(cell int) (x, y float64) {
	ix, iy := cell%s.NX, cell/s.NX
	return s.X0 + float64((float64(ix)+.5)*s.CellKM), s.Y0 + float64((float64(iy)+.5)*s.CellKM)
}

// CellAt is the index of the cell that holds the point (km). A point outside belongs to the nearest cell of the border.
// A point that is not a number is a broken invariant and panics.
func (s Shape) CellAt(x, y float64) int {
	ix, _ := stand((x-s.X0)/s.CellKM, s.NX-1)
	iy, _ := stand((y-s.Y0)/s.CellKM, s.NY-1)
	return iy*s.NX + ix
}

// Cloud says how a point (km) is shared among the four cells whose centres lie nearest: base is the index of the
// south-west one, wx and wy in [0,1] are the shares of the eastern and the northern pair. The four weights are
// (1-wx)(1-wy), wx(1-wy), (1-wx)wy and wx*wy. A point outside the centres of the border cells is moved to that line; on
// a grid one cell wide that axis has weight 0. Cloud in cell: Hockney and Eastwood, Computer Simulation Using
// Particles, 1981. A point that is not a number is a broken invariant and panics.
func (s Shape) Cloud(x, y float64) (base int32, wx, wy float64) {
	ix, wx := stand((x-s.X0)/s.CellKM-.5, s.NX-2)
	iy, wy := stand((y-s.Y0)/s.CellKM-.5, s.NY-2)
	return int32(iy*s.NX + ix), wx, wy
}

// stand splits a place on an axis, counted in cells, into the cell below it and the share of the way to the next one.
// Cells run from 0 to last; below them the share is 0, above them 1. An axis without a second cell (last < 0) has only
// its first one.
func stand(place float64, last int) (cell int, share float64) {
	switch {
	case math.IsNaN(place):
		panic("grid: a point whose coordinates are not numbers")
	case place <= 0 || last < 0:
		return 0, 0
	case place >= float64(last+1):
		return last, 1
	}
	cell = int(place)
	return cell, place - float64(cell)
}

// Beside gives the steps from a cell to its eastern and northern neighbour in a plane, 0 where the axis has one cell.
func (s Shape) Beside() (east, north int) {
	return min(1, s.NX-1), min(1, s.NY-1) * s.NX
}

// Deposit adds mass to the four cells of a cloud. The plane's sum grows by mass. It is the adjoint of Read.
func (s Shape) Deposit(plane []float64, base int32, wx, wy, mass float64) {
	east, north := s.Beside()
	i := int(base)
	upper := float64(mass * wy)
	lower := mass - upper
	toEast := float64(lower * wx)
	plane[i] += lower - toEast
	plane[i+east] += toEast
	toEast = float64(upper * wx)
	plane[i+north] += upper - toEast
	plane[i+north+east] += toEast
}

// Read gives the value of a plane at a cloud: bilinear between the four cell centres. It is the adjoint of Deposit.
func (s Shape) Read(plane []float64, base int32, wx, wy float64) float64 {
	east, north := s.Beside()
	return Bilinear(plane, int(base), east, north, wx, wy)
}

// Bilinear is Read by the steps that Beside gives: small enough to be compiled into the loop that reads.
func Bilinear(plane []float64, i, east, north int, wx, wy float64) float64 {
	a, b := plane[i], plane[i+north]
	lower := a + float64(wx*(plane[i+east]-a))
	upper := b + float64(wx*(plane[i+north+east]-b))
	return lower + float64(wy*(upper-lower))
}

// joined makes one error of many: what they speak of, then each on its own.
func joined(of string, faults []error) error {
	if len(faults) == 0 {
		return nil
	}
	text := of + ": " + faults[0].Error()
	for _, f := range faults[1:] {
		text += "; " + f.Error()
	}
	return fmt.Errorf("%s", text)
}

// Weights are the parts of a cloud that fall to its south-western, south-eastern, north-western and north-eastern cell; with
// Beside it is what a loop needs that reads or writes several planes at once.
func Weights(wx, wy float64) (sw, se, nw, ne float64) {
	nw = float64((1 - wx) * wy)
	ne = float64(wx * wy)
	return 1 - wx - nw, wx - ne, nw, ne
}

// Corners are the four cells that a firm is spread over, and their weights: south-west, south-east, north-west,
// north-east. On a grid of one column or row the cells that do not exist repeat others, with weight 0.
func (s Shape) Corners(base int32, wx, wy float64) (cell [4]int, weight [4]float64) {
	east, north := s.Beside()
	b := int(base)
	weight[0], weight[1], weight[2], weight[3] = Weights(wx, wy)
	return [4]int{b, b + east, b + north, b + east + north}, weight
}
