package labour

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim/grid"

	"pgregory.net/rapid"
)

// near fails unless got is want to a relative 1e-12.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.15g, want %.15g", what, got, want)
	}
}

// single is near for a column of 32 bits.
func single(t *testing.T, what string, got float32, want float64) {
	t.Helper()
	if !(math.Abs(float64(got)-want) <= 2e-7*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.9g, want %.9g", what, got, want)
	}
}

// A firm of 10 loses .2 to quits. Half of the gap to its target and the quits are what it wants; below 0 it lays off.
func TestChange(t *testing.T) {
	r := &Rules{P: Params{Quits: .02, Adjust: .5}}
	for _, c := range []struct{ labour, target, left, vacancies float64 }{
		{10, 10, 9.8, .2},
		{10, 14, 9.8, 2.2},
		{10, 9.8, 9.8, .1},
		{10, 9.6, 9.8, 0}, // half the gap is just what quits
		{10, 9, 9.5, 0},
		{10, 0, 5, 0},
		{0, 4, 0, 2},
	} {
		left, vacancies := r.Change(.02, c.labour, c.target)
		near(t, fmt.Sprintf("%g for %g: left", c.labour, c.target), left, c.left)
		near(t, fmt.Sprintf("%g for %g: vacancies", c.labour, c.target), vacancies, c.vacancies)
	}
	rapid.Check(t, func(t *rapid.T) {
		labour, target := rapid.Float64Range(0, 1000).Draw(t, "labour"), rapid.Float64Range(0, 1000).Draw(t, "target")
		left, vacancies := r.Change(.02, labour, target)
		if left < 0 || left > labour || vacancies < 0 {
			t.Errorf("%v left, %v wanted", left, vacancies)
		}
		if got, want := left+vacancies, labour+.5*(target-labour); math.Abs(got-want) > 1e-9 {
			t.Errorf("if all are found the firm has %v workers, want %v: half-way to %v", got, want, target)
		}
	})
}

// Hires are the least of seekers, vacancies and m0 sqrt(seekers x vacancies).
func TestFilled(t *testing.T) {
	for _, c := range []struct{ matching, seekers, vacancies, want float64 }{
		{1, 4, 9, 4. / 9}, {1, 9, 4, 1}, {.5, 9, 4, .75}, {.5, 4, 9, 1. / 3}, {2, 4, 9, 4. / 9}, {1, 0, 5, 0}, {1, 5, 0, 0}, {1, -1e-9, 5, 0},
	} {
		r := &Rules{P: Params{Matching: c.matching}}
		near(t, fmt.Sprintf("%+v", c), r.Filled(c.seekers, c.vacancies), c.want)
	}
}

// towns is a world of cells in a row, 10 km wide, each a labour market of its own; sigma is the commuting distance.
func towns(t *testing.T, n int, sigma float64, p Params) (*world.World, *Rules) {
	t.Helper()
	shape := grid.Shape{NX: n, NY: 1, CellKM: 10}
	commute, err := grid.NewCoupling(shape, 10, sigma, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &world.World{Setting: &world.Setting{Areas: make([]world.Area, 1)}}
	w.Ground = []world.Ground{{Shape: shape, Cells: n, Commute: commute}}
	w.Cells.Region = make([]int32, n)
	m := &w.Markets
	for _, x := range []*[]float64{&w.Fields.Jobs, &w.Fields.LogWage, &w.Fields.Wage, &w.Fields.Filled,
		&m.Force, &m.Employed, &m.Wanted, &m.LogWage, &m.Housing} {
		*x = make([]float64, n)
	}
	w.Now.Wage = 1
	w.Params = world.Params{Sigma: 5, Alpha: .15, Beta: .35, Overhead: .3}
	return w, New(p, w)
}

func settle(w *world.World, cell int32, labour float64) int {
	i := w.Firms.Found(uint64(len(w.Firms.ID)+1), 0)
	w.Firms.Cell[i], w.Firms.Labour[i] = cell, labour
	w.Index.Rows = append(w.Index.Rows, int32(i))
	return i
}

// People of an area are spread by its workers, and over its land where nobody works; where more work than live there, the area has as
// many people as workers; none stated is what leaves natural unemployment.
func TestWhereThePeopleAreAtTheStart(t *testing.T) {
	for _, c := range []struct {
		name          string
		jobs, force   float64
		first, second float64 // people of two markets; the second has three times the land and a third of the jobs
	}{
		{"more people than jobs", 80, 100, 75, 25},
		{"more jobs than people", 80, 60, 60, 20},
		{"nobody works", 0, 100, 25, 75},
		{"not stated", 94, 0, 75, 25},
		{"nobody at all", 0, 0, 0, 0},
	} {
		w, r := towns(t, 2, 0, Params{Natural: .06})
		w.Setting.Areas[0].LabourForce = c.force
		w.Cells.Land, w.Cells.Market = []float64{10, 30}, []int32{0, 1}
		if c.jobs > 0 {
			settle(w, 0, .75*c.jobs)
			settle(w, 1, .25*c.jobs)
		}
		r.Start(w)
		near(t, c.name+": people of the first market", w.Markets.Force[0], c.first)
		near(t, c.name+": people of the second market", w.Markets.Force[1], c.second)
		near(t, c.name+": homes", w.Markets.Housing[1], c.second)
	}
}

// Wages rise with the world's and by .25 of what unemployment falls short of .06, at most .025 a quarter; people and
// housing grow with the population.
func TestWages(t *testing.T) {
	for _, c := range []struct{ slope, unemployment, want float64 }{
		{.25, .06, .004}, {.25, .02, .014}, {.25, .10, -.006}, {.25, .5, -.021}, {.25, 0, .019}, {.25, .16, -.021}, {1, 0, .029}, {0, .5, .004},
	} {
		w, r := towns(t, 1, 0, Params{Natural: .06, WageSlope: c.slope, WageStep: .025})
		w.Params.WorldGrowth, w.Params.PopulationGrowth = .016, .02
		w.Markets.Force[0], w.Markets.Housing[0] = 100, 100
		settle(w, 0, 100*(1-c.unemployment))
		if err := r.Turn(w, 1); err != nil {
			t.Fatal(err)
		}
		near(t, fmt.Sprintf("unemployment %g: change of log wages", c.unemployment), w.Markets.LogWage[0], c.want)
		near(t, "people", w.Markets.Force[0], 100*math.Exp(.005))
		near(t, "housing", w.Markets.Housing[0], 100*math.Exp(.005))
		near(t, "wage that firms pay", w.Fields.Wage[0], math.Exp(c.want))
	}
}

// Between two alike places as many come as go. A place with a log wage higher by .1 is worth e^.3 of the other one in the
// choice; of 100 and 300 people a hundredth chooses anew in a quarter.
func TestMigration(t *testing.T) {
	for _, c := range []struct {
		name                    string
		wage, jobless, crowding float64 // of the first place against the second
		pull                    float64
	}{
		{"alike", 0, 0, 0, 0},
		{"a higher wage", .1, 0, 0, .3},
		{"more without work", 0, .05, 0, -.3},
		{"dearer homes", 0, 0, .2, -.15},
	} {
		w, r := towns(t, 2, 0, Params{Natural: .06, Migration: .04, MigrationPull: 3, RentWeight: .5, HousingElasticity: .5})
		m := &w.Markets
		m.Force[0], m.Force[1] = 100, 300
		m.Housing[0], m.Housing[1] = 100/math.Exp(c.crowding), 300
		m.LogWage[0] = c.wage
		settle(w, 0, 100*(.94-c.jobless))
		settle(w, 1, 300*.94)
		if err := r.Turn(w, 1); err != nil {
			t.Fatal(err)
		}
		share := 100 * math.Exp(c.pull) / (100*math.Exp(c.pull) + 300)
		near(t, c.name, m.Force[0], 99+4*share)
		near(t, c.name+": nobody is lost", m.Force[0]+m.Force[1], 400)
	}
	// All choose anew, but the 90 who work in the first place stay there, and of the 110 others, who are worth 3 x (-.2 - 3) in logs there
	// against the second place (unemployment .1 and 1, a log wage of 5), next to nobody comes.
	w, r := towns(t, 2, 0, Params{Natural: .06, Migration: 4, MigrationPull: 3})
	w.Markets.Force[0], w.Markets.Force[1], w.Markets.Housing[0], w.Markets.Housing[1] = 100, 100, 100, 100
	w.Markets.LogWage[1] = 5
	settle(w, 0, 90)
	if err := r.Turn(w, 1); err != nil {
		t.Fatal(err)
	}
	near(t, "people of a place of 90 jobs", w.Markets.Force[0], 90+110/(1+math.Exp(9.6)))
}

// Whatever is wanted where, and however far people commute: who is hired was without work before, and each firm gets the
// same part of what it wants as its neighbours.
func TestClearing(t *testing.T) {
	for _, sigma := range []float64{0, 15} {
		w, r := towns(t, 6, sigma, Params{Matching: 1, Natural: .06})
		for k := range 12 {
			settle(w, int32(k%5), 5+float64(k))
		}
		w.Setting.Areas[0].LabourForce = 150 // for 126 jobs
		r.Start(w)
		force, before := 0.0, 0.0
		for k := range w.Markets.Force {
			force += w.Markets.Force[k]
			before += w.Markets.Employed[k]
		}
		near(t, "labour force", force, 150)
		near(t, "workers at home", before, 126)
		for i := range w.Firms.ID {
			w.Firms.Vacancy[i] = float32(i % 4)
		}
		if err := r.Clear(w, 1); err != nil {
			t.Fatal(err)
		}
		r.Hire(w, 1, 0, 12)
		hired, at, home := 0.0, 0.0, 0.0
		for i := range w.Firms.ID {
			at += w.Firms.Labour[i]
			got := w.Firms.Labour[i] - 5 - float64(i)
			hired += got
			if got < 0 || got > float64(w.Firms.Vacancy[i])+1e-12 {
				t.Errorf("sigma %g: firm %d hired %g of %g", sigma, i, got, w.Firms.Vacancy[i])
			}
		}
		for k := range w.Markets.Force {
			home += w.Markets.Employed[k]
			if w.Markets.Employed[k] > w.Markets.Force[k]+1e-9 {
				t.Errorf("sigma %g: market %d has %g at work of %g", sigma, k, w.Markets.Employed[k], w.Markets.Force[k])
			}
		}
		near(t, "workers at work and at home", at, home)
		if hired < 1 {
			t.Errorf("%g were hired", hired)
		}
		r.Count(w)
		home = 0
		for _, x := range w.Markets.Employed {
			home += x
		}
		near(t, "counted again", home, at)
	}
}

// Without a stated labour force there is natural unemployment everywhere at the start.
func TestStart(t *testing.T) {
	w, r := towns(t, 3, 12, Params{Natural: .06})
	settle(w, 0, 47)
	settle(w, 2, 94)
	w.Markets.LogWage = []float64{.3, .3, .3}
	r.Start(w)
	for k := range 3 {
		near(t, "unemployment", w.Markets.Unemployment(k), .06)
		near(t, "housing", w.Markets.Housing[k], w.Markets.Force[k])
		near(t, "log wage where all markets pay the same", w.Fields.LogWage[k], .3)
	}
	w.Setting.Areas[0].LabourForce = 100 // fewer than there are jobs: the jobs count
	r.Start(w)
	near(t, "unemployment", w.Markets.Unemployment(1), 0)
}

// A firm whose demand needs more workers opens vacancies, one whose demand needs fewer lays off: .35 x .8 / wage workers a
// unit of sales, beyond an overhead of .3.
func TestPlan(t *testing.T) {
	w, r := towns(t, 1, 0, Params{Quits: .02, Adjust: .5})
	a, b := settle(w, 0, 10), settle(w, 0, 10)
	f := &w.Firms
	f.Wage[a], f.Wage[b] = 1, 2
	f.Demand[a], f.Demand[b] = 50, 50 // 14.3 and 7.3 workers
	r.Plan(w, 1, 0, 2)
	near(t, "growing: workers", f.Labour[a], 9.8)
	single(t, "growing: vacancies", f.Vacancy[a], 2.35)
	near(t, "shrinking: workers", f.Labour[b], 8.65)
	single(t, "shrinking: vacancies", f.Vacancy[b], 0)
}

// Where the population shrinks faster than workers quit, as many leave work as leave the labour force, and those who are about to leave
// it are not hired, so that there never are more jobs than people.
func TestFewerPeopleFewerJobs(t *testing.T) {
	w, r := towns(t, 1, 0, Params{Quits: .01, Adjust: .5, Matching: 10, Natural: .06})
	w.Params.PopulationGrowth = -.08
	stay := math.Exp(-.02)
	w.Markets.Force[0], w.Markets.Housing[0] = 100, 100
	i := settle(w, 0, 100)
	w.Firms.Wage[i], w.Firms.Demand[i] = 1, 1000
	r.Plan(w, 1, 0, 1)
	near(t, "workers", w.Firms.Labour[i], 100*stay)
	if err := r.Clear(w, 1); err != nil {
		t.Fatal(err)
	}
	r.Hire(w, 1, 0, 1)
	near(t, "nobody is hired", w.Firms.Labour[i], 100*stay)
	if err := r.Turn(w, 1); err != nil {
		t.Fatal(err)
	}
	near(t, "people", w.Markets.Force[0], 100*stay)
	near(t, "in work", w.Markets.Employed[0], 100*stay)
}

// Where people grow fewer, a place where all have work keeps as many people as work there: the jobless elsewhere are fewer instead.
func TestWhoHasWorkStays(t *testing.T) {
	w, r := towns(t, 2, 0, Params{Natural: .06})
	w.Params.PopulationGrowth = -.04
	for k, force := range []float64{100, 300} {
		w.Markets.Force[k], w.Markets.Housing[k] = force, force
		settle(w, int32(k), []float64{100, 200}[k])
	}
	if err := r.Turn(w, 1); err != nil {
		t.Fatal(err)
	}
	near(t, "people where all have work", w.Markets.Force[0], 100)
	near(t, "people elsewhere", w.Markets.Force[1], 400*math.Exp(-.01)-100)
}
