package grid

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"agglo/sim/num"
)

// couplings are the ones every property is tried on: hard borders, a sigma too small to see a market from everywhere,
// wide ones, markets wider than the grid, markets that do not exist, and markets that do not divide the grid.
func couplings(t testing.TB) []named[*Coupling] {
	t.Helper()
	var all []named[*Coupling]
	odd := func(m int) bool { return m%3 == 1 }
	last := func(m int) bool { return m == 5 }
	for _, c := range []struct {
		nx, ny        int
		market, sigma float64
		exists        func(int) bool
	}{
		{50, 50, 12.5, 15, nil}, {50, 50, 12.5, 15, odd}, {50, 50, 25, 0, nil}, {50, 40, 25, 0, odd}, {33, 70, 12.5, 1, nil},
		{33, 70, 12.5, 3, last}, {33, 70, 10, 8, odd}, {7, 5, 100, 15, nil}, {1, 1, 2, 0, nil}, {1, 9, 2, 4, odd}, {20, 20, 2, 3, nil}, {20, 9, 5, 1e200, nil},
	} {
		k, err := NewCoupling(Shape{NX: c.nx, NY: c.ny, CellKM: 2, X0: -7}, c.market, c.sigma, c.exists)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%dx%d cells, markets of %g km, sigma %g km, some missing %v", c.nx, c.ny, c.market, c.sigma, c.exists != nil)
		all = append(all, named[*Coupling]{name, k})
	}
	return all
}

func TestCouplingWeights(t *testing.T) {
	for _, each := range couplings(t) {
		name, c := each.name, each.it
		cells, markets := c.shape.Cells(), noise(4, c.Markets())
		got, work := make([]float64, cells), c.NewWork()
		c.Spread(got, markets, work)
		for cell := range cells {
			var sum, want float64
			for m, v := range markets {
				w := c.Weight(cell, m)
				if w < 0 || w > 0 && c.exists[m] == 0 {
					t.Fatalf("%s: weight of market %d from cell %d is %v", name, m, cell, w)
				}
				sum += w
				want += w * v
			}
			near(t, name+": weights of a cell", sum, 1, 1e-13)
			near(t, name+": Spread", got[cell], want, 1e-13)
		}
		c.Spread(got, ones(c.Markets()), work)
		for _, v := range got {
			near(t, name+": Spread of 1", v, 1, 1e-13)
		}
	}
}

func TestGatherConservesAndIsAdjoint(t *testing.T) {
	for _, each := range couplings(t) {
		name, c := each.name, each.it
		cells, markets := noise(1, c.shape.Cells()), noise(2, c.Markets())
		toCells, toMarkets, work := noise(3, len(cells)), noise(4, len(markets)), c.NewWork()
		c.Gather(toMarkets, cells, work)
		c.Spread(toCells, markets, work)
		near(t, name+": sum", dot(toMarkets, ones(len(markets))), dot(cells, ones(len(cells))), 1e-12)
		near(t, name+": adjoint", dot(toMarkets, markets), dot(toCells, cells), 1e-12)
		for m, v := range toMarkets {
			if c.exists[m] == 0 && v != 0 {
				t.Fatalf("%s: market %d does not exist and receives %v", name, m, v)
			}
		}
	}
}

// By hand: 4 cells of 2 km in a row, two markets of 4 km with middles at 2 and 6 km, sigma 2 km. The first cell, at
// 1 km, is 1 and 5 km away.
func TestCouplingByHand(t *testing.T) {
	s := Shape{NX: 4, NY: 1, CellKM: 2}
	c, err := NewCoupling(s, 4, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.MX != 2 || c.MY != 1 {
		t.Fatalf("got %d x %d markets, want 2 x 1", c.MX, c.MY)
	}
	near(t, "weight", c.Weight(0, 0), 1/(1+num.Exp(-25./8+1./8)), 1e-14)
	hard, err := NewCoupling(s, 4, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]float64, 4)
	hard.Spread(got, []float64{3, 5}, hard.NewWork())
	for i, want := range []float64{3, 3, 5, 5} {
		if got[i] != want {
			t.Errorf("hard borders: cell %d reads %v, want %v", i, got[i], want)
		}
	}
	sums := make([]float64, 2)
	hard.Gather(sums, []float64{1, 2, 4, 8}, hard.NewWork())
	if sums[0] != 3 || sums[1] != 12 {
		t.Errorf("hard borders: markets receive %v, want [3 12]", sums)
	}
	only, err := NewCoupling(s, 4, 0, func(m int) bool { return m == 1 })
	if err != nil {
		t.Fatal(err)
	}
	if w := only.Weight(0, 1); w != 1 {
		t.Errorf("a cell whose market does not exist gives the nearest %v, want 1", w)
	}
}

// A market that does not exist may hold anything, even no number.
func TestCouplingReadsNoMissingMarket(t *testing.T) {
	c, err := NewCoupling(Shape{NX: 10, NY: 10, CellKM: 2}, 5, 5, func(m int) bool { return m != 3 })
	if err != nil {
		t.Fatal(err)
	}
	markets, cells := ones(c.Markets()), make([]float64, 100)
	markets[3] = math.NaN()
	c.Spread(cells, markets, c.NewWork())
	for i, v := range cells {
		if math.IsNaN(v) {
			t.Fatalf("cell %d reads the market that does not exist", i)
		}
	}
}

func TestCouplingRefused(t *testing.T) {
	s := Shape{NX: 5, NY: 5, CellKM: 2}
	for _, c := range []struct {
		shape         Shape
		market, sigma float64
		exists        func(int) bool
		want          []string
	}{
		{s, 1, -3, nil, []string{"market width 1 km: want at least a cell, 2 km", "sigma -3 km: want 0 or more"}},
		{s, math.NaN(), math.NaN(), nil, []string{"market width NaN", "sigma NaN"}},
		{s, 5, 5, func(int) bool { return false }, []string{"none of the 4 markets exists"}},
		{Shape{}, 5, 5, nil, []string{"0 x 0 cells"}},
	} {
		_, err := NewCoupling(c.shape, c.market, c.sigma, c.exists)
		for _, want := range c.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("market %v sigma %v: got %v, want it to say %q", c.market, c.sigma, err, want)
			}
		}
	}
}

func BenchmarkCoupling(b *testing.B) {
	for _, n := range []int{50, 160, 500} {
		c, err := NewCoupling(Shape{NX: n, NY: n, CellKM: 2}, 12.5, 15, nil)
		if err != nil {
			b.Fatal(err)
		}
		cells, markets, work := noise(1, n*n), noise(2, c.Markets()), c.NewWork()
		for _, pass := range []named[func()]{
			{"Spread", func() { c.Spread(cells, markets, work) }},
			{"Gather", func() { c.Gather(markets, cells, work) }},
		} {
			b.Run(fmt.Sprintf("%s/%dx%d", pass.name, n, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					pass.it()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n*n), "ns/cell")
			})
		}
	}
}
