package grid

import (
	"math"
	"strings"
	"testing"
)

func TestShapeCheck(t *testing.T) {
	for _, c := range []struct {
		shape Shape
		want  []string
	}{
		{Shape{NX: 1, NY: 7, CellKM: 2}, nil},
		{Shape{NX: 0, NY: 7, CellKM: -2}, []string{"0 x 7 cells: want at least 1 x 1", "cell width -2 km: want a positive number"}},
		{Shape{NX: 1 << 20, NY: 1 << 20, CellKM: 2}, []string{"want at most 268435456 in all"}},
		{Shape{NX: 3, NY: 3, CellKM: math.NaN(), X0: math.Inf(1)}, []string{"cell width NaN km", "corner (+Inf, 0) km"}},
	} {
		err := c.shape.Check()
		if (err != nil) != (c.want != nil) {
			t.Errorf("%+v: got %v", c.shape, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%+v: got %q, want it to say %q", c.shape, err, want)
			}
		}
	}
}

func TestCellsAndClouds(t *testing.T) {
	s := Shape{NX: 3, NY: 2, CellKM: 2, X0: 10, Y0: -2} // centres at x 11 13 15, y -1 1
	for _, c := range []struct {
		x, y   float64
		cell   int
		base   int32
		wx, wy float64
	}{
		{11, -1, 0, 0, 0, 0},
		{12.5, -.5, 1, 0, .75, .25},
		{13.5, 0, 4, 1, .25, .5},
		{15, 1, 5, 1, 1, 1},
		{9, 9, 3, 0, 0, 1},       // outside, north-west
		{99, -99, 2, 1, 1, 0},    // outside, south-east
		{15.9, 1.9, 5, 1, 1, 1},  // beyond the last centre
		{10.1, -1.9, 0, 0, 0, 0}, // before the first centre
		{14, -1, 2, 1, .5, 0},    // a point on an edge belongs to the eastern cell
		{13, math.Inf(1), 4, 1, 0, 1},
	} {
		if got := s.CellAt(c.x, c.y); got != c.cell {
			t.Errorf("CellAt(%v, %v) = %d, want %d", c.x, c.y, got, c.cell)
		}
		if base, wx, wy := s.Cloud(c.x, c.y); base != c.base || wx != c.wx || wy != c.wy {
			t.Errorf("Cloud(%v, %v) = %d %v %v, want %d %v %v", c.x, c.y, base, wx, wy, c.base, c.wx, c.wy)
		}
	}
	if x, y := s.Centre(5); x != 15 || y != 1 {
		t.Errorf("Centre(5) = %v, %v, want 15, 1", x, y)
	}
	defer func() {
		if recover() == nil {
			t.Error("a point that is not a number was accepted")
		}
	}()
	s.Cloud(math.NaN(), 0)
}

func TestDepositByHand(t *testing.T) {
	s := Shape{NX: 3, NY: 2, CellKM: 2}
	plane := make([]float64, s.Cells())
	s.Deposit(plane, 1, .25, .5, 8)
	for i, want := range []float64{0, 3, 1, 0, 3, 1} {
		if plane[i] != want {
			t.Errorf("cell %d holds %v, want %v", i, plane[i], want)
		}
	}
	if got := s.Read([]float64{9, 1, 5, 9, 3, 7}, 1, .25, .5); got != 3 {
		t.Errorf("Read = %v, want 3 (2 in the south, 4 in the north)", got)
	}
}

// Reading what was deposited pairs the same either way round, for every shape: <plane, Deposit m> = m Read(plane).
func TestDepositIsAdjointOfRead(t *testing.T) {
	for _, s := range shapes() {
		plane, x, y := noise(3, s.Cells()), noise(4, 50), noise(5, 50)
		for i := range x {
			base, wx, wy := s.Cloud(float64(s.NX)*2.2*x[i]-.2, float64(s.NY)*2.2*y[i]-.2)
			mass := make([]float64, s.Cells())
			s.Deposit(mass, base, wx, wy, 3)
			near(t, "mass of a deposit", dot(mass, ones(len(mass))), 3, 1e-15)
			near(t, "deposit against read", dot(plane, mass), 3*s.Read(plane, base, wx, wy), 1e-14)
		}
	}
}

// Cloud in cell reads a field that is linear in space without error between the outer centres.
func TestReadOfALinearField(t *testing.T) {
	s := Shape{NX: 9, NY: 6, CellKM: 2, X0: -3, Y0: 5}
	plane := make([]float64, s.Cells())
	for i := range plane {
		x, y := s.Centre(i)
		plane[i] = 2*x - 3*y + 1
	}
	u, v := noise(1, 100), noise(2, 100)
	for i := range u {
		x, y := s.X0+1+16*u[i], s.Y0+1+10*v[i]
		base, wx, wy := s.Cloud(x, y)
		if got, want := s.Read(plane, base, wx, wy), 2*x-3*y+1; math.Abs(got-want) > 1e-12 {
			t.Fatalf("at %v, %v read %v, want %v", x, y, got, want)
		}
	}
}

// shapes are the grids every property is tried on, with cells of 2 km.
func shapes() []Shape {
	var all []Shape
	for _, n := range [][2]int{{1, 1}, {1, 7}, {7, 1}, {2, 2}, {50, 50}, {33, 70}, {64, 31}} {
		all = append(all, Shape{NX: n[0], NY: n[1], CellKM: 2})
	}
	return all
}

func dot(a, b []float64) float64 {
	sum := 0.
	for i := range a {
		sum += float64(a[i] * b[i])
	}
	return sum
}

func ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// near fails the test when got differs from want by more than a share of want.
func near(t *testing.T, what string, got, want, share float64) {
	t.Helper()
	if !(math.Abs(got-want) <= share*math.Abs(want)) {
		t.Fatalf("%s: got %v, want %v within a share of %g", what, got, want, share)
	}
}
