package club

import (
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim/grid"
)

// A facility stands in the cell with land whose middle is nearest: of cells of 2 km the third of the second row, and the one west of it where that has none.
func TestSiteOf(t *testing.T) {
	w := &world.World{Ground: []world.Ground{{Shape: grid.Shape{NX: 4, NY: 3, CellKM: 2, X0: -2, Y0: 1}, Cells: 12}}}
	w.Cells.Land = []float64{9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}
	at := world.Point{X: 2.9, Y: 4.4} // middles are at -1, 1, 3, 5 and 2, 4, 6
	if got := siteOf(w, at); got != 6 {
		t.Errorf("cell %d, want 6", got)
	}
	w.Cells.Land[6] = 0
	if got := siteOf(w, at); got != 10 { // 1.6 km away, that in the west 1.94
		t.Errorf("cell %d, want 10", got)
	}
}

// Two agents of 30 and 50 workers use a facility of capacity 2, of 500 places a unit, where an agent stands for ten firms: 100 places, of .01 a
// quarter each, 1 in all. Members pay .008 a worker and year, .16 in all, and .1 is at hand. The treasury adds what is missing; a budget of a
// year's wage, .5 a quarter, makes 76 places of it; members who share bear .9 a quarter.
func TestOpen(t *testing.T) {
	for _, c := range []struct {
		name                                string
		budget                              float64
		sharing                             bool
		places, fee, fees, grant, cost, all float64
	}{
		{"the treasury", -1, false, 100, .008, .16, .74, 1, 80},
		{"a budget", 1, false, 76, .008, .16, .5, .76, 80},
		{"members", -1, true, 100, .045, .9, 0, 1, 80},
	} {
		w := &world.World{Setting: &world.Setting{Scale: 10, Institutions: []world.Institution{{Capacity: 2, Budget: c.budget, Fee: .004, Sharing: c.sharing}}}}
		w.Now.Wage = 2
		r := &Rules{P: Params{Places: 500}, Does: world.FacilityParams{Place: .02}, cash: []float64{9, 9},
			work: []world.Candidate{{ID: 1, Jobs: 30, Worth: 6}, {ID: 2, Jobs: 50, Worth: 10}}}
		f := &world.Facility{Balance: .1}
		q := r.open(w, f)
		for _, x := range []struct {
			what      string
			got, want float64
		}{{"places", q.places, c.places}, {"fee", q.fee, c.fee}, {"users", q.users, c.all}, {"places told", f.Now.Places, c.places},
			{"fees", f.Now.Fees, c.fees}, {"grant", f.Now.Grant, c.grant}, {"cost", f.Now.Cost, c.cost}} {
			if !(math.Abs(x.got-x.want) <= 1e-12) {
				t.Errorf("%s: %s %v, want %v", c.name, x.what, x.got, x.want)
			}
		}
	}
}

// Members pay a quarter's fees, the treasury its grant, the households of the site run the facility; what is left beyond a year's cost goes back to the
// treasury: 5 and .2 and .3 less .5 are 5, of which 2 stay. Where less is at hand it stays.
func TestCharge(t *testing.T) {
	for _, c := range []struct{ had, left, treasury float64 }{{5, 2, 2.7}, {1, 1, -.3}} {
		w := &world.World{
			Cells:   world.Cells{Region: []int32{0, 1}, Market: []int32{0, 1}},
			Markets: world.Markets{Balance: []float64{0, 0}}, Money: world.Money{Treasury: []float64{0, 0}},
			Facilities: []world.Facility{{Cell: 1, Balance: c.had, Now: world.Service{Fees: .2, Grant: .3, Cost: .5}, Members: []world.Member{{ID: 7, Row: 0, Fee: .2}}}},
		}
		w.Firms.Found(7, 0)
		w.Firms.Cash[0] = 1
		w.ClearLevers()
		r := &Rules{levers: make([]site, 1)}
		if err := r.Charge(w, 1); err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct {
			what      string
			got, want float64
		}{{"the member", w.Firms.Cash[0], .8}, {"balance", w.Facilities[0].Balance, c.left}, {"treasury", w.Money.Treasury[1], c.treasury},
			{"elsewhere", w.Money.Treasury[0], 0}, {"households", w.Markets.Balance[1], .5}, {"public cost", w.Money.PublicCost, .3}} {
			if !(math.Abs(x.got-x.want) <= 1e-12) {
				t.Errorf("%g at hand: %s %v, want %v", c.had, x.what, x.got, x.want)
			}
		}
	}
}

// Full service is worth .1 of what a firm adds, 5 km away e^-.5 of that; nobody comes who cannot pay a quarter's fee of .8 a year for 10
// workers, 2, who would pay more than it is worth to him, who lives beyond eight reaches, or who is too old for an incubator.
func TestEnlist(t *testing.T) {
	for _, c := range []struct {
		name            string
		east, cash, age float64
		young           bool
		worth           float64 // 0 = is not listed
	}{
		{"at its door", 0, 3, 9, false, 20},
		{"away", 5, 3, 9, false, 20 * math.Exp(-.5)},
		{"far", 81, 3, 9, false, 0},
		{"cannot pay", 0, 1.9, 9, false, 0},
		{"can pay a quarter, not a year", 0, 2.1, 9, false, 20},
		{"not worth it", 10 * math.Log(3), 3, 9, false, 0},
		{"too old", 0, 3, 5, true, 0},
		{"young", 0, 3, 4.75, true, 20},
	} {
		r, w, f := trio(.5)
		w.Setting.Institutions = []world.Institution{{At: world.Point{X: 100, Y: 50}, Fee: .8}}
		w.Now = world.Now{Tick: 40, Wage: 1}
		r.Does = world.FacilityParams{Worth: .1, ReachKM: 10, Young: 5}
		f.Members = nil
		of := &w.Firms
		of.X[0], of.Y[0], of.Labour[0], of.Cash[0] = 100+c.east, 50, 10, c.cash
		of.Sales[0], of.Orders[0], of.Born[0] = 300, 100, int32(40-4*c.age)
		r.enlist(w, f, &kind{young: c.young})
		switch {
		case c.worth == 0 && len(r.work) != 0:
			t.Errorf("%s: listed, worth %v", c.name, r.work[0].Worth)
		case c.worth != 0 && (len(r.work) != 1 || !(math.Abs(r.work[0].Worth-c.worth) <= 1e-9)):
			t.Errorf("%s: %+v, want a worth of %v", c.name, r.work, c.worth)
		}
	}
}
