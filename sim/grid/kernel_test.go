package grid

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"

	"agglo/sim/num"
)

// kernels makes one of every sort on a shape: with and without the identity, without the finest level, Gaussians with
// short and long taps.
func kernels(t *testing.T, s Shape) []named[*Kernel] {
	t.Helper()
	var all []named[*Kernel]
	for _, c := range []struct {
		what string
		make func(Shape, float64) (*Kernel, error)
		km   []float64
	}{{"exponential", Exponential, []float64{2, 4, 15, 40}}, {"Gaussian", Gaussian, []float64{1, 3.9, 12}}} {
		for _, km := range c.km {
			k, err := c.make(s, km)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, named[*Kernel]{fmt.Sprintf("%s %g km on %d x %d", c.what, km, s.NX, s.NY), k})
		}
	}
	return all
}

// named is a thing under test and what to call it in a failure.
type named[T any] struct {
	name string
	it   T
}

func TestFit(t *testing.T) {
	s := Shape{NX: 50, NY: 50, CellKM: 2}
	for _, c := range []struct{ width, rms, most float64 }{
		{1, .15, .8}, {2, .06, .6}, {4, .025, .35}, {10, .006, .15}, {15, .006, .1}, {40, .006, .08}, {100, .006, .08},
	} {
		k, err := Exponential(s, c.width)
		if err != nil {
			t.Fatal(err)
		}
		rms, most := k.Error()
		want := 2 * math.Pi * c.width * c.width / 4 // the kernel's integral, in cells of 4 km2
		cells := c.width / s.CellKM
		profile := newFit(k.taps, len(k.amp)-1, 8*cells, func(d2 float64) float64 { return num.Exp(-math.Sqrt(d2) / cells) })
		mean := profile.miss(append([]float64{k.own}, k.amp...))
		t.Logf("exp(-d/%g km): rms %.4f (of the mean over places in a cell %.4f), greatest %.3f, sum %.1f against %.1f, %d levels",
			c.width, rms, mean, most, k.Total(), want, len(k.amp))
		if mean > .01 && c.width >= 4 || mean > .002 && c.width >= 10 {
			t.Errorf("exp(-d/%g km): rms of the mean %v", c.width, mean)
		}
		if rms > c.rms || most > c.most || math.Abs(k.Total()/want-1) > .1 {
			t.Errorf("exp(-d/%g km): want rms <= %g, greatest <= %g", c.width, c.rms, c.most)
		}
	}
	for _, c := range []struct{ sigma, rms float64 }{{1, .2}, {2, .06}, {3, .03}, {5, .01}, {8, .006}, {15, .006}, {40, .006}} {
		k, err := Gaussian(s, c.sigma)
		if err != nil {
			t.Fatal(err)
		}
		rms, most := k.Error()
		t.Logf("exp(-d2/2(%g km)2): rms %.4f, greatest %.3f", c.sigma, rms, most)
		if rms > c.rms {
			t.Errorf("Gaussian of %g km: want rms <= %g", c.sigma, c.rms)
		}
	}
}

// The widest kernel on a grid of any size is flat on it, and made without trouble.
func TestWidestKernel(t *testing.T) {
	s := Shape{NX: 5, NY: 4, CellKM: 2}
	for _, kernel := range []func(Shape, float64) (*Kernel, error){Exponential, Gaussian} {
		k, err := kernel(s, widest*s.CellKM)
		if err != nil {
			t.Fatal(err)
		}
		field := ones(s.Cells())
		k.Smooth(field, ones(s.Cells()), k.NewWork())
		for i, v := range field {
			if math.Abs(v/field[0]-1) > 1e-4 || math.Abs(v/float64(s.Cells())-1) > .12 {
				t.Errorf("cell %d reads %v of %d, cell 0 %v", i, v, s.Cells(), field[0])
			}
		}
	}
}

func TestKernelRefused(t *testing.T) {
	good := Shape{NX: 5, NY: 5, CellKM: 2}
	for _, c := range []struct {
		shape Shape
		width float64
		want  string
	}{
		{good, .9, "width 0.9 km: want at least 1 km, half a cell of 2 km"},
		{good, math.NaN(), "width NaN km: want at least 1 km"},
		{good, math.Inf(1), "width +Inf km"},
		{good, 1e9, "want at most 8192 km"},
		{Shape{NX: 5, CellKM: 2}, 9, "5 x 0 cells"},
	} {
		if _, err := Exponential(c.shape, c.width); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Exponential(%v): got %v, want %q", c.width, err, c.want)
		}
	}
	if _, err := Gaussian(good, .5); err == nil || !strings.Contains(err.Error(), "Gaussian kernel of sigma 0.5 km") {
		t.Errorf("Gaussian(.5): got %v", err)
	}
}

func TestSmoothIsSymmetric(t *testing.T) {
	for _, s := range shapes() {
		a, b := noise(1, s.Cells()), noise(2, s.Cells())
		sa, sb := make([]float64, s.Cells()), make([]float64, s.Cells())
		for _, c := range kernels(t, s) {
			name, k := c.name, c.it
			work := k.NewWork()
			k.Smooth(sa, a, work)
			k.Smooth(sb, b, work)
			near(t, name, dot(a, sb), dot(sa, b), 1e-13)
		}
	}
}

// What one cell sends to every other is the sum over levels of a product of two axes. Here it is summed so, cell by
// cell, without rows, rings or recursion; this also shows that borders change nothing inside.
func TestSmoothOfOneCell(t *testing.T) {
	s := Shape{NX: 37, NY: 22, CellKM: 2}
	src, dst := make([]float64, s.Cells()), make([]float64, s.Cells())
	for _, c := range kernels(t, s) {
		name, k := c.name, c.it
		work := k.NewWork()
		for _, from := range []int{0, 18 + 11*s.NX, s.NX - 1, 5 + 21*s.NX} {
			clear(src)
			src[from] = 1
			k.Smooth(dst, src, work)
			for to, got := range dst {
				want := 0.
				if to == from {
					want = k.own
				}
				for l, amp := range k.amp {
					want += amp * heardAt(k, l, from%s.NX, to%s.NX) * heardAt(k, l, from/s.NX, to/s.NX)
				}
				if math.Abs(got-want) > 1e-14 {
					t.Fatalf("%s from cell %d to %d: got %v, want %v", name, from, to, got, want)
				}
			}
		}
	}
}

// heardAt is what a cell reads of another on one axis of a level.
func heardAt(k *Kernel, l, from, to int) float64 {
	a, b := share{first: from, part: [3]float64{1}}, share{first: to, part: [3]float64{1}}
	for range l {
		a, b = a.coarser(), b.coarser()
	}
	return a.heard(b, k.taps)
}

func TestSelfIsExact(t *testing.T) {
	for _, s := range shapes() {
		plane, field := make([]float64, s.Cells()), make([]float64, s.Cells())
		x, y := noise(6, 200), noise(7, 200)
		for _, c := range kernels(t, s) {
			name, k := c.name, c.it
			work := k.NewWork()
			for i := range x { // a tenth of them outside, moved to the border
				base, wx, wy := s.Cloud(float64(s.NX)*2*(1.1*x[i]-.05), float64(s.NY)*2*(1.1*y[i]-.05))
				clear(plane)
				s.Deposit(plane, base, wx, wy, 1)
				k.Smooth(field, plane, work)
				near(t, name, s.Read(field, base, wx, wy), k.Self(base, wx, wy), 1e-12)
			}
		}
	}
}

func TestUniformMassReadsTotal(t *testing.T) {
	s := Shape{NX: 301, NY: 300, CellKM: 2}
	field := make([]float64, s.Cells())
	for _, c := range kernels(t, s) {
		name, k := c.name, c.it
		k.Smooth(field, ones(s.Cells()), k.NewWork())
		middle := field[150+150*s.NX]
		near(t, name, middle, k.Total(), 3e-3) // exp(-300 km / 40 km) of the widest lies beyond the border
		if corner := field[0]; k.Total() > 20 && (corner < .25*middle || corner > .5*middle) {
			t.Errorf("%s: a corner reads %v of the middle, want a quarter and a little", name, corner/middle)
		}
	}
}

// A field of positive masses is positive, and every cell of a plane is written, whatever it held.
func TestSmoothOverwrites(t *testing.T) {
	s := Shape{NX: 33, NY: 20, CellKM: 2}
	src, a, b := noise(1, s.Cells()), make([]float64, s.Cells()), noise(9, s.Cells())
	for _, c := range kernels(t, s) {
		name, k := c.name, c.it
		work := k.NewWork()
		k.Smooth(a, src, work)
		k.Smooth(b, src, work)
		for i := range a {
			if a[i] != b[i] || a[i] <= 0 {
				t.Fatalf("%s: cell %d has %v, then %v", name, i, a[i], b[i])
			}
		}
	}
}

func TestSmoothInParallel(t *testing.T) {
	s := Shape{NX: 50, NY: 40, CellKM: 2}
	k, err := Exponential(s, 15)
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float64, s.Cells())
	src := noise(1, s.Cells())
	k.Smooth(want, src, k.NewWork())
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			got, work := make([]float64, s.Cells()), k.NewWork()
			for range 50 {
				k.Smooth(got, src, work)
			}
			for i := range got {
				if got[i] != want[i] {
					t.Errorf("cell %d: got %v, want %v", i, got[i], want[i])
					return
				}
			}
		})
	}
	all.Wait()
}

func TestNothingAllocated(t *testing.T) {
	s := Shape{NX: 50, NY: 40, CellKM: 2}
	src, dst := noise(1, s.Cells()), make([]float64, s.Cells())
	for _, c := range kernels(t, s) {
		name, k := c.name, c.it
		work := k.NewWork()
		if n := testing.AllocsPerRun(10, func() { k.Smooth(dst, src, work) }); n != 0 {
			t.Errorf("Smooth of %s allocates %v times", name, n)
		}
	}
	c, err := NewCoupling(s, 12.5, 15, nil)
	if err != nil {
		t.Fatal(err)
	}
	markets, work := noise(2, c.Markets()), c.NewWork()
	if n := testing.AllocsPerRun(10, func() { c.Spread(dst, markets, work); c.Gather(markets, dst, work) }); n != 0 {
		t.Errorf("Spread and Gather allocate %v times", n)
	}
}
