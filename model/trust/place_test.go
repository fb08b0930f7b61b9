package trust

import (
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim/grid"
	"agglo/sim/rng"
)

// Places fall around a point as the kernel e^-d says: the share within d is 1 - (1+d) e^-d, and directions are even. The
// farthest of the table lies at 10.785.
func TestPlaces(t *testing.T) {
	p := newPlaces()
	for k, d := range p.radius {
		want := (float64(k) + .5) / radii
		if got := 1 - (1+float64(d))*math.Exp(-float64(d)); math.Abs(got-want) > 1e-6 {
			t.Fatalf("radius %d: a share of %v lies within %v, want %v", k, got, d, want)
		}
	}
	near(t, "the farthest", float64(p.radius[radii-1]), 10.785, .001)
	const side, reach, draws = 401, 10, 200_000
	g := &world.Ground{Shape: grid.Shape{NX: side, NY: side, CellKM: 1}, First: 7}
	within, east, north := [4]float64{}, 0., 0.
	cells := [tries]int32{}
	for k := range draws {
		if k%tries == 0 {
			p.around(&cells, g, side/2., side/2., reach, rng.Seed(1).Bits(1, uint64(k), 0, 0), 100)
		}
		c := int(cells[k%tries]) - 107
		x, y := float64(c%side-side/2)/reach, float64(c/side-side/2)/reach
		for n := range within {
			if math.Hypot(x, y) < float64(n+1) {
				within[n]++
			}
		}
		east, north = east+x, north+y
	}
	for n, got := range within {
		d := float64(n + 1)
		near(t, "share within", got/draws, 1-(1+d)*math.Exp(-d), .006)
	}
	near(t, "mean east", east/draws, 0, .02)
	near(t, "mean north", north/draws, 0, .02)
	for way := range uint64(directions) { // far off on all sides
		if p.around(&cells, g, .5, .5, 100, radii-1|way<<11, 0); cells[0] != -1 && (way > directions/4 || cells[0] < 7) {
			t.Errorf("direction %d: a place off the grid is cell %d", way, cells[0])
		}
	}
	if p.around(&cells, g, .5, .5, .001, 0, 0); cells[0] != 7 {
		t.Errorf("a place beside the point is in cell %d", cells[0])
	}
}

// A sector is drawn by its share, whatever lies between; shares of nothing are never drawn.
func TestSectorDraw(t *testing.T) {
	const sectors, draws = 5, 100_000
	shares := make([]float64, sectors*sectors)
	copy(shares[sectors:], []float64{0, .5, 0, .499, .001})
	for own := range sectors {
		if own != 1 {
			shares[own*sectors+own] = 1
		}
	}
	var d sectorDraw
	d.lay(shares, sectors)
	n := [sectors]float64{}
	for k := range draws {
		n[d.pick(1, (float64(k)+.5)/draws)]++
	}
	for s, x := range n {
		near(t, "share drawn", x/draws, shares[sectors+s], 2e-5)
	}
	for own := range sectors {
		if s := d.pick(own, 1-1e-7); own != 1 && s != own {
			t.Errorf("sector %d draws %d, want itself", own, s)
		}
	}
}
