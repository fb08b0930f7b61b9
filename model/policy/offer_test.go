package policy

import (
	"testing"

	"agglo/model/world"
)

// What firms hope for in the west, where the tax is .2, and in the east, where it is .01: rows 0 and 1 stand in the west, 2 and 3 in the
// east, the even ones in the first sector; row 4 is born in this tick, in the west, in the first sector. Two points are taken off.
func TestOffers(t *testing.T) {
	west := world.Point{X: .5, Y: .5}
	for _, c := range []struct {
		what       string
		change     func(s *Spec)
		west, east [5]float64 // by row
	}{
		{"everywhere", func(*Spec) {}, [5]float64{.02, .02, .02, .02, .02}, [5]float64{.01, .01, .01, .01, .01}},
		{"in the west", func(s *Spec) { s.Target.Regions = []int{0} }, [5]float64{.02, .02, .02, .02, .02}, [5]float64{}},
		{"in the east", func(s *Spec) { s.Target.Regions = []int{1} }, [5]float64{}, [5]float64{.01, .01, .01, .01, .01}},
		{"in a circle", func(s *Spec) { s.Target.Within = &Within{At: west, KM: .1} }, [5]float64{.02, .02, .02, .02, .02}, [5]float64{}},
		{"a sector in the west", func(s *Spec) { s.Target.Regions, s.Target.Sectors = []int{0}, []int{0} }, [5]float64{.02, 0, .02, 0, .02}, [5]float64{}},
		{"the large in the west", func(s *Spec) { s.Target.Regions, s.Target.Size = []int{0}, &[2]float64{4, 100} }, [5]float64{.02, 0, .02, 0, .02}, [5]float64{}},
		{"who has trust", func(s *Spec) { s.Conditions.Trust = .1 }, [5]float64{}, [5]float64{}},
		{"members", func(s *Spec) { s.Conditions.Membership = "facility" }, [5]float64{}, [5]float64{}},
		{"picked in the west", func(s *Spec) {
			s.Target.Regions, s.Style, s.Budget, s.To = []int{0}, Central, .5, 3
		}, [5]float64{.02, 0, 0, 0, 0}, [5]float64{}},
		{"no money", func(s *Spec) { s.Budget = 0 }, [5]float64{}, [5]float64{}},
		{"half of the money", func(s *Spec) { s.Budget = .063 }, [5]float64{.01, .01, .01, .01, .01}, [5]float64{.005, .005, .005, .005, .005}},
		{"where there are no profits", func(s *Spec) { s.Target.Regions, s.Target.Sectors = []int{0}, []int{1} }, [5]float64{0, .02, 0, .02, 0}, [5]float64{}},
	} {
		w := two()
		s := always("a", "tax_break")
		c.change(&s)
		r := rules(t, w, s)
		step(t, r, w, 1)
		i := w.Firms.Found(99, 0)
		w.Firms.Labour[i], w.Firms.Born[i], w.Firms.X[i], w.Firms.Y[i] = 5, int32(w.Now.Tick), west.X, west.Y
		for row := range 5 {
			near(t, c.what+": in the west", .2-w.TaxAt(row, 0, west), c.west[row])
			near(t, c.what+": in the east", .01-w.TaxAt(row, 1, world.Point{X: 1.5, Y: .5}), c.east[row])
		}
	}
}

// Where the first sector stands out in the east and the other in the west, a break for sectors that do is hoped for there alone, by those
// who have it and by those who would have to come.
func TestOffersWherePromising(t *testing.T) {
	w := two()
	w.Firms.Labour[2] = 20
	s := always("a", "tax_break")
	s.Potential = 1
	r := rules(t, w, s)
	step(t, r, w, 1)
	i := w.Firms.Found(99, 0)
	w.Firms.Labour[i], w.Firms.Born[i], w.Firms.X[i], w.Firms.Y[i] = 5, int32(w.Now.Tick), .5, .5
	for row, here := range [5][2]float64{{0, .01}, {.02, 0}, {0, .01}, {.02, 0}, {0, .01}} {
		near(t, "in the west", .2-w.TaxAt(row, 0, world.Point{X: .5, Y: .5}), here[0])
		near(t, "in the east", .01-w.TaxAt(row, 1, world.Point{X: 1.5, Y: .5}), here[1])
	}
}

// What a zone spares the firms on its site those elsewhere see there, and nowhere else.
func TestZoneIsOffered(t *testing.T) {
	w := two()
	w.Now.Wage = 1
	s := always("a", "special_zone")
	s.Target.Within = &Within{At: world.Point{X: .5, Y: .5}, KM: .1}
	r := rules(t, w, s)
	step(t, r, w, 1)
	step(t, r, w, 2)
	spared := w.Levers.Of(world.LeverTax, 0)
	if spared <= 0 || w.Levers.Of(world.LeverTax, 2) != 0 {
		t.Fatalf("on the site %v is spared, elsewhere %v", spared, w.Levers.Of(world.LeverTax, 2))
	}
	for row := range 4 {
		near(t, "on the site", .2-w.TaxAt(row, 0, world.Point{X: .5, Y: .5}), spared)
		near(t, "elsewhere", .01-w.TaxAt(row, 1, world.Point{X: 1.5, Y: .5}), 0)
	}
}
