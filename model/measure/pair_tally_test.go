package measure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// maps are places of three kinds: a cloud, a lattice of whole numbers, and a cloud with one place far away.
func maps(n int) map[string][2][]float64 {
	r := rand.New(rand.NewPCG(12, 1))
	cloudX, cloudY := scattered(r, n, 20)
	var latticeX, latticeY []float64
	for range n {
		latticeX, latticeY = append(latticeX, float64(r.IntN(60))), append(latticeY, float64(r.IntN(40)))
	}
	farX, farY := append([]float64{4000}, cloudX[1:]...), append([]float64{-3000}, cloudY[1:]...)
	return map[string][2][]float64{"cloud": {cloudX, cloudY}, "lattice": {latticeX, latticeY}, "far place": {farX, farY}}
}

// A tally gives the exact density to 1e-4 and the exact bandwidth, for few plants and for many, on any kind of map, with
// weights and without.
func TestTallyAgainstExact(t *testing.T) {
	for name, at := range maps(2400) {
		sites := Points{X: at[0], Y: at[1]}.places()
		grid := must[[]float64](t)(DistanceRange(at[0], at[1], 12, 1))
		for _, n := range []int{70, 300, 1000} {
			x, y, weight := at[0][:n], at[1][:n], make([]float64, n)
			for i := range weight {
				weight[i] = 1 + float64(i%7)
			}
			by := newRuler(sites, min(rulerPairs, rulerShare*n*(n-1)/2), 1)
			for _, w := range [][]float64{nil, weight} {
				exact := distancesOf(x, y, w)
				h := exact.bandwidth()
				want, got := make([]float64, len(grid)), make([]float64, len(grid))
				exact.density(grid, h, want)
				c := &curve{x: x, y: y}
				near(t, name+": bandwidth", c.draw(sites, by, w, grid, got)/h, 1, 1e-4)
				for k := range grid {
					near(t, fmt.Sprintf("%s: density of %d plants at %g, weighted %v", name, n, grid[k], w != nil), got[k]/want[k], 1, 1e-4)
				}
				d := c.tally.distances(sites, by, x, y, w)
				total := 0.0
				for _, pairs := range d.count {
					total += pairs
				}
				if total != float64(n*(n-1)/2) || d.pairs != total || math.Abs(d.total/exact.total-1) > 1e-12 {
					t.Errorf("%s: %v pairs of %d, weight %v of %v", name, total, n*(n-1)/2, d.total, exact.total)
				}
			}
		}
	}
}

// The slot of a distance, by hand: the side of 1 begins a doubling, its root of 1/2 the doubling before, and 4096 slots lie
// between them. The same place is slot 0.
func TestSlotByHand(t *testing.T) {
	a := place{0, 0}
	for _, c := range []struct {
		b    place
		want uint32
	}{{a, 0}, {place{1, 0}, 63 * 4096}, {place{.5, .5}, 62 * 4096}, {place{0, .5}, 61 * 4096}, {place{.75, 1}, 63*4096 + 4096*9/16},
		{place{0, 1. / placeStep}, 3 * 4096}} {
		if got := slotOf(a, c.b); got != c.want || slotOf(c.b, a) != got {
			t.Errorf("slot of %v: %d, want %d", c.b, got, c.want)
		}
	}
}

// Every slot of a ruler lies where its distances are, and the slots ascend.
func TestRulerAscends(t *testing.T) {
	x, y := scattered(rand.New(rand.NewPCG(13, 1)), 300, 5)
	p := Points{X: x, Y: y}
	s := p.places()
	by := newRuler(s, rulerPairs, 1)
	for slot := 3*4096 + 1; slot < tallySlots; slot++ {
		if !(by[slot] > by[slot-1]*(1-1e-6)) || !(by[slot] < by[slot-1]*1.0003) {
			t.Fatalf("slot %d stands at %v, the one before at %v", slot, by[slot], by[slot-1])
		}
	}
	if by[0] != 0 || math.Abs(by[63*4096]/s.diagonal-1) > 2e-4 {
		t.Errorf("distance 0 stands at %v and the diagonal at %v of %v", by[0], by[63*4096], s.diagonal)
	}
}

// Tallied curves are the same for any number of threads, and all points on one spot have a density.
func TestTallyThreads(t *testing.T) {
	x, y := scattered(rand.New(rand.NewPCG(14, 1)), 3000, 5)
	p := Points{X: x, Y: y}
	for _, s := range []siteList{p.places(), Points{X: make([]float64, 3000), Y: make([]float64, 3000)}.places()} {
		o := DensityOptions{Distances: []float64{0, 1, 4}, Draws: 5, Level: .2, Seed: 3, Threads: 1}
		one := randomCurves(s, nil, 1500, o)
		o.Threads = 3
		if three := randomCurves(s, nil, 1500, o); fmt.Sprint(one) != fmt.Sprint(three) {
			t.Error("three threads gave other curves")
		}
		if !(one[4][0] >= 0) || math.IsInf(one[4][0], 0) {
			t.Errorf("%v", one[4])
		}
	}
}
