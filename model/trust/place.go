package trust

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// How finely places are drawn: radii of equal chance and directions. A place takes a third of a hash.
const (
	radii      = 1 << 11
	directions = 1 << 10
)

// places are the radii and directions at which searches look: the kernel e^(-d/km) in the plane, in its own units. The mass of
// the kernel at d grows with d, so that the radius has a gamma distribution of shape 2; the table holds the middle of each
// slice of equal chance. Looked up, a place costs a tenth of what its logarithm, sine and cosine would.
type places struct {
	radius [radii]float32
	way    [directions]struct{ east, north float32 }
}

func newPlaces() *places {
	p := new(places)
	d := 0.0
	for k := range p.radius {
		d = within(d, (float64(k)+.5)/radii)
		p.radius[k] = float32(d)
	}
	for k := range p.way {
		u := (float64(k) + .5) / directions
		p.way[k].east, p.way[k].north = float32(num.Cos2Pi(u)), float32(num.Sin2Pi(u))
	}
	return p
}

// within is the radius in which a share of the kernel lies, by Newton's steps from a smaller one: share = 1 - (1+d) e^-d.
func within(d, share float64) float64 {
	for range 100 {
		left := num.Exp(-d)
		off := share - 1 + float64((1+d)*left)
		if off < 1e-14 && off > -1e-14 {
			break
		}
		if d == 0 {
			d = num.Clamp(share, .01, 1) // the slope is none at 0
			continue
		}
		d = max(d+off/(d*left), d/2)
	}
	return d
}

// around sets the cells of places drawn by thirds of a hash around a point, which lies so many cells east and north of the
// corner; -1 where a place falls off the grid, else the cell's number and first. reach is the kernel's width in cells.
func (p *places) around(cells *[tries]int32, g *world.Ground, x, y, reach float32, lots uint64, first int32) {
	wide, high := g.Shape.NX, g.Shape.NY
	first += int32(g.First)
	x, y = x+1, y+1 // numbers are cut off towards 0, on either side of it
	for k := range cells {
		d := float32(reach * p.radius[lots%radii])
		way := &p.way[lots/radii%directions]
		lots >>= 21
		column, row := int(x+float32(d*way.east))-1, int(y+float32(d*way.north))-1
		cell := first + int32(row*wide+column) // and -1 instead without a jump: near borders a processor could not foresee it
		if uint(column) >= uint(wide) {
			cell = -1
		}
		if uint(row) >= uint(high) {
			cell = -1
		}
		cells[k] = cell
	}
}

// sectorParts is how many parts of equal chance a sector's draw of another begins with.
const sectorParts = 64

// sectorDraw draws sectors by the shares of input spending of a tick.
type sectorDraw struct {
	sectors int
	running []float64 // by buyer x seller: sum of shares up to the seller; above 1 from the last one on
	from    []uint16  // by buyer and part: the seller that a draw in the part begins with
}

// lay notes the shares of a tick, by buyer x seller.
func (d *sectorDraw) lay(shares []float64, sectors int) {
	if d.sectors != sectors {
		*d = sectorDraw{sectors, make([]float64, sectors*sectors), make([]uint16, sectors*sectorParts)}
	}
	for own := range sectors {
		row, running := shares[own*sectors:][:sectors], d.running[own*sectors:][:sectors]
		sum, last := 0.0, 0
		for s, x := range row {
			if x > 0 {
				last = s
			}
			sum += x
			running[s] = sum
		}
		for s := last; s < sectors; s++ {
			running[s] = 2
		}
		s := 0
		for k := range sectorParts {
			for running[s] <= float64(k)/sectorParts {
				s++
			}
			d.from[own*sectorParts+k] = uint16(s)
		}
	}
}

// pick is the sector that u in (0,1) draws for a buyer's.
func (d *sectorDraw) pick(own int, u float64) int {
	s := int(d.from[own*sectorParts+int(u*sectorParts)])
	for running := d.running[own*d.sectors:][:d.sectors]; s < d.sectors-1 && u >= running[s]; s++ {
	}
	return s
}
