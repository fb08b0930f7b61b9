package grid

import (
	"fmt"
	"math"
	"slices"
)

// couplingReach is how many sigmas away a market is still seen, along either axis.
const couplingReach = 4

// Coupling joins the cells of a grid to coarse square markets, as commuting joins homes and workplaces:
//
//	k_cm = gx(cx, mx) * gy(cy, my) * exists(m) / norm_c,   g(d) = exp(-d^2 / (2 sigma^2)) up to 4 sigma
//
// where norm_c makes the weights of every cell add to 1. A cell that sees no market belongs wholly to the nearest one;
// so sigma 0 gives hard borders. Spread and Gather are each other's adjoint, and Gather conserves sums: what cells pay
// out, markets receive. The weights are a product of the axes, so both cost two short sums a cell.
// A Coupling is never written after it is made: any number of goroutines may share it.
type Coupling struct {
	shape  Shape
	MX, MY int // markets from west to east and from south to north

	x, y   axis
	exists []float64 // 1 or 0 by market
	norm   []float64 // by cell: 1 over the sum of its weights, or 0 where it sees no market
	alone  []lone    // the cells that see no market
}

// lone is a cell without a market in reach, and the market it belongs to.
type lone struct{ cell, market int32 }

// CouplingWork is the scratch of one Spread or Gather at a time. Make one a goroutine.
type CouplingWork struct {
	half   []float64 // markets along y, cells along x
	scaled []float64 // cells
}

// NewCoupling covers the grid with square markets of width marketKM, from its south-west corner, so that the last
// column and row may stand out beyond it. A market's index is my*MX + mx, its place its middle. exists says which
// markets there are (nil: all). sigmaKM is the width of the Gaussian, km, 0 or more. Returned errors say which number
// is out of range, or that no market exists.
func NewCoupling(shape Shape, marketKM, sigmaKM float64, exists func(market int) bool) (*Coupling, error) {
	if err := shape.Check(); err != nil {
		return nil, err
	}
	var faults []error
	if !(marketKM >= shape.CellKM) || math.IsInf(marketKM, 0) {
		faults = append(faults, fmt.Errorf("market width %v km: want at least a cell, %v km", marketKM, shape.CellKM))
	}
	if !(sigmaKM >= 0) || math.IsInf(sigmaKM, 0) {
		faults = append(faults, fmt.Errorf("commuting sigma %v km: want 0 or more", sigmaKM))
	}
	if len(faults) > 0 {
		return nil, joined("coupling", faults)
	}
	c := &Coupling{
		shape: shape,
		x:     newAxis(shape.NX, shape.CellKM, marketKM, sigmaKM),
		y:     newAxis(shape.NY, shape.CellKM, marketKM, sigmaKM),
	}
	c.MX, c.MY = c.x.markets, c.y.markets
	c.exists = make([]float64, c.Markets())
	var there []int
	for m := range c.exists {
		if exists == nil || exists(m) {
			c.exists[m] = 1
			there = append(there, m)
		}
	}
	if len(there) == 0 {
		return nil, fmt.Errorf("coupling: none of the %d markets exists", c.Markets())
	}
	c.normalise(there)
	return c, nil
}

// normalise finds what every cell's weights add to. A cell that sees nothing goes to the market in whose square it lies
// or, where that does not exist, to the nearest; of two as near, to the one with the lower index.
func (c *Coupling) normalise(there []int) {
	c.norm = make([]float64, c.shape.Cells())
	c.spread(c.norm, c.exists, c.NewWork())
	for cell, sum := range c.norm {
		if sum > 0 {
			c.norm[cell] = 1 / sum
			continue
		}
		c.alone = append(c.alone, lone{int32(cell), int32(c.nearest(cell, there))})
	}
}

// nearest is the market a cell belongs to when it sees none, of those that are there.
func (c *Coupling) nearest(cell int, there []int) int {
	ix, iy := cell%c.shape.NX, cell/c.shape.NX
	if own := c.y.under(iy)*c.MX + c.x.under(ix); c.exists[own] != 0 {
		return own
	}
	best, least := there[0], math.Inf(1)
	for _, m := range there {
		dx, dy := c.x.away(ix, m%c.MX), c.y.away(iy, m/c.MX)
		if d2 := float64(dx*dx) + float64(dy*dy); d2 < least {
			best, least = m, d2
		}
	}
	return best
}

// Markets is the number of squares, existing or not: the length of a plane of markets.
func (c *Coupling) Markets() int { return c.MX * c.MY }

// NewWork makes the scratch for this coupling.
func (c *Coupling) NewWork() *CouplingWork {
	return &CouplingWork{half: make([]float64, c.MY*c.shape.NX), scaled: make([]float64, c.shape.Cells())}
}

// Weight is k_cm, the weight of a market seen from a cell, in [0,1]. It is meant for reports and tests.
func (c *Coupling) Weight(cell, market int) float64 {
	if c.norm[cell] == 0 {
		i, _ := slices.BinarySearchFunc(c.alone, int32(cell), func(l lone, cell int32) int { return int(l.cell - cell) })
		if int(c.alone[i].market) == market {
			return 1
		}
		return 0
	}
	x := c.x.weight(cell%c.shape.NX, market%c.MX)
	y := c.y.weight(cell/c.shape.NX, market/c.MX)
	return x * y * c.exists[market] * c.norm[cell]
}

// Spread writes into cells the mean of the markets that each one sees, cells[c] = sum over m of k_cm * markets[m].
// Markets that do not exist are not read. Nothing is allocated.
func (c *Coupling) Spread(cells, markets []float64, work *CouplingWork) {
	c.fits(cells, markets, work)
	c.spread(cells, markets, work)
	for i, n := range c.norm {
		cells[i] *= n
	}
	for _, a := range c.alone {
		cells[a.cell] = markets[a.market]
	}
}

// Gather writes into markets what the cells send them, markets[m] = sum over c of k_cm * cells[c]. The sum over markets
// is the sum over cells. Markets that do not exist receive 0. Nothing is allocated.
func (c *Coupling) Gather(markets, cells []float64, work *CouplingWork) {
	c.fits(cells, markets, work)
	nx, scaled, step := c.shape.NX, work.scaled, stepper(widens())
	for i, n := range c.norm {
		scaled[i] = n * cells[i]
	}
	clear(work.half)
	for iy := range c.shape.NY {
		row := scaled[iy*nx : (iy+1)*nx]
		for t, w := range c.y.weights(iy) {
			if w != 0 {
				at := (int(c.y.first[iy]) + t) * nx
				step.addScaled(work.half[at:at+nx], row, w)
			}
		}
	}
	clear(markets)
	for my := range c.MY {
		out := markets[my*c.MX : (my+1)*c.MX]
		for ix, v := range work.half[my*nx : (my+1)*nx] {
			first := int(c.x.first[ix])
			for t, w := range c.x.weights(ix) {
				out[first+t] += float64(w * v)
			}
		}
	}
	for m, there := range c.exists {
		if there == 0 {
			markets[m] = 0
		}
	}
	for _, a := range c.alone {
		markets[a.market] += cells[a.cell]
	}
}

// spread is Spread before norms: sums over existing markets along x, then along y.
func (c *Coupling) spread(cells, markets []float64, work *CouplingWork) {
	nx := c.shape.NX
	for my := range c.MY {
		row, there := markets[my*c.MX:(my+1)*c.MX], c.exists[my*c.MX:(my+1)*c.MX]
		out := work.half[my*nx : (my+1)*nx]
		for ix := range out {
			sum, first := 0., int(c.x.first[ix])
			for t, w := range c.x.weights(ix) {
				if there[first+t] != 0 {
					sum += float64(w * row[first+t])
				}
			}
			out[ix] = sum
		}
	}
	clear(cells)
	step := stepper(widens())
	for iy := range c.shape.NY {
		out := cells[iy*nx : (iy+1)*nx]
		for t, w := range c.y.weights(iy) {
			if w != 0 {
				at := (int(c.y.first[iy]) + t) * nx
				step.addScaled(out, work.half[at:at+nx], w)
			}
		}
	}
}

// fits panics when a plane or the scratch is not this coupling's.
func (c *Coupling) fits(cells, markets []float64, work *CouplingWork) {
	if len(cells) != c.shape.Cells() || len(markets) != c.Markets() || len(work.scaled) != len(cells) ||
		len(work.half) != c.MY*c.shape.NX {
		panic("grid: coupling with planes or scratch of another shape")
	}
}
