package knowledge

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/grid"

	"pgregory.net/rapid"
)

// near fails unless got is want to a relative tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.12g, want %.12g", what, got, want)
	}
}

// An inverted U: nothing from a twin, most at the star, nothing from twice that far on.
func TestValue(t *testing.T) {
	lesson := func(d, star float64) float64 { // of who is so far away along all three axes, and knows 1
		return Lesson(&[3]float32{}, 1/star, &world.Face{Z: [3]float32{float32(d), float32(d), float32(d)}, Know: 1})
	}
	for _, c := range []struct{ d, want float64 }{{0, 0}, {.05, .75}, {.1, 1}, {.15, .75}, {.2, 0}, {.5, 0}, {1, 0}} {
		near(t, fmt.Sprintf("value at %g", c.d), lesson(c.d, .1), c.want, 1e-6)
	}
	rapid.Check(t, func(t *rapid.T) {
		star, x := rapid.Float64Range(.05, .5).Draw(t, "star"), rapid.Float64Range(0, 1).Draw(t, "x")
		v := lesson(x*star, star)
		if v < 0 || v > 1 || math.Abs(v-lesson((2-x)*star, star)) > 1e-6 { // places are held in single precision
			t.Errorf("value %v at %v stars, %v at the mirror", v, x, lesson((2-x)*star, star))
		}
	})
}

// lambda (1+S)^eS: 16^.25 doubles it.
func TestRate(t *testing.T) {
	p := Params{Innovation: .05, AccessElasticity: .25}
	near(t, "rate alone", p.Rate(0), .05, 1e-12)
	near(t, "rate at S = 15", p.Rate(15), .1, 1e-12)
	near(t, "rate at S = 1", p.Rate(1), .05*math.Pow(2, .25), 1e-12)
	rapid.Check(t, func(t *rapid.T) {
		p := Params{Innovation: rapid.Float64Range(0, 5).Draw(t, "lambda"), AccessElasticity: rapid.Float64Range(0, 2).Draw(t, "e")}
		if s := rapid.Float64Range(0, 1e4).Draw(t, "s"); p.most(s) < p.Rate(s) {
			t.Errorf("the bound %v lies below the rate %v", p.most(s), p.Rate(s))
		}
	})
}

// Imitation closes .05 of the gap to the best a year; the world makes good .1 of a lead over it.
func TestDrift(t *testing.T) {
	p := Params{Imitation: .05, Catchup: .1}
	for _, c := range []struct{ tech, world, best, want float64 }{
		{0, 0, 0, 0}, {0, .2, 0, .01}, {.2, 0, 0, -.02}, {0, .1, .3, .015}, {.2, 0, .4, 0}, {.2, 0, -.5, -.02}, {-.3, 0, 0, .015},
	} {
		near(t, fmt.Sprintf("%+v", c), p.drift(c.tech, c.world, c.best), c.want, 1e-15)
	}
}

// plain is a world of firms of one sector on 10 x 10 cells of 2 km, with a university 30 km east of the first cell.
func plain(t *testing.T, firms int, p Params) (*world.World, *Rules) {
	t.Helper()
	shape := grid.Shape{NX: 10, NY: 10, CellKM: 2}
	k, err := grid.Exponential(shape, 4)
	if err != nil {
		t.Fatal(err)
	}
	w := &world.World{Seed: 11, Setting: &world.Setting{Sectors: []world.Sector{{RDIntensity: .04}}, Regions: make([]world.Region, 1), Institutions: []world.Institution{
		{Kind: "university", At: world.Point{X: 31, Y: 1}, Capacity: 2}, {Kind: "bank", At: world.Point{X: 1, Y: 1}, Capacity: 9},
	}}}
	w.Ground = []world.Ground{{Shape: shape, Cells: 100, Supply: k, Pool: k, Air: k, Home: k}}
	w.Cells.Region = make([]int32, 100)
	w.Index.Start = make([]world.Bucket, 101)
	for _, x := range []*[]float64{&w.Fields.Research, &w.Fields.Firms, &w.Fields.Tech, &w.Fields.Science} {
		*x = make([]float64, 100)
	}
	w.Now = world.Now{Wage: 1, Population: 1}
	w.Base.Research, w.Base.Stock = 10, 2
	for k := range firms {
		i := w.Firms.Found(uint64(k+1)*0x9e3779b97f4a7c15, 0)
		w.Place(i, 0, world.Point{X: math.Mod(float64(k)*3.313, 20), Y: math.Mod(float64(k)*7.717, 20)})
		w.Firms.Born[i] = -100
	}
	w.Reindex()
	return w, New(p, w)
}

// Two universities' worth at 30 km of 50: 2 e^-.6; a bank teaches nobody.
func TestScience(t *testing.T) {
	w, _ := plain(t, 0, Params{ScienceKM: 50})
	near(t, "science in the first cell", w.Fields.Science[0], 2*math.Exp(-.6), 1e-9)
	if w.Fields.Science[9] <= w.Fields.Science[0] {
		t.Error("nearer to the university there is less science")
	}
}

// S by hand. A partner at .1 of one dimension is at a distance of .1/sqrt 3, .5773503 of the star .1: N = .8213672. With
// trust .5, nearness .8 and know .6 it gives .1971281, weighed by .5. The air: .5 ln(1 + 30/15) = .5493061, with the mean
// grown by half. Science: .25 x 2 e^-.6.
func TestReview(t *testing.T) {
	p := Params{Partners: .5, Air: .5, Science: .25, Distance: .1, Absorption: .15, Convergence: .02, ScienceKM: 50}
	w, r := plain(t, 2, p)
	w.Place(0, 0, w.Ground[0].Mid(0))
	f := &w.Firms
	for c := range w.Fields.Research {
		w.Fields.Research[c], w.Fields.Firms[c], w.Fields.Tech[c] = 30, 2+float64(f.SelfAir[0]), .8
	}
	w.Now.Population = 1.5
	f.Join(0, 1, .5, .8)
	f.LogTech[0] = 0
	f.Face[1] = world.Face{Z: [3]float32{.1}, Know: .6, LogTech: .5}
	for range 2 {
		f.CollabOf(0).Bond(0).SetState(world.TieKept)
	}
	r.Review(w, 0)
	near(t, "S", float64(f.Spill[0]), .5*.5*.8*.8213672*.6+.5*math.Log(3)+.25*2*math.Exp(-.6), 1e-5)
	near(t, "who is ahead: the neighbours' mean", float64(f.Ahead[0]), .4, 1e-7)
	const drawn = .1 * .01980133 // 1 - e^-(.02 x .5 x 2) of the gap
	near(t, "two deals kept draw together", float64(f.Z[0][0]), drawn, 1e-7)
	f.Face[1].LogTech = 1
	r.Review(w, 0)
	near(t, "who is ahead: half of what a partner is, trusted by half", float64(f.Ahead[0]), .5, 1e-7)
	near(t, "deals count once", float64(f.Z[0][0]), drawn, 1e-7)
	for c := range w.Fields.Firms {
		w.Fields.Firms[c] = .4 + float64(f.SelfAir[0])
	}
	f.Face[1].LogTech = -1
	r.Review(w, 0)
	near(t, "who is ahead: nobody", float64(f.Ahead[0]), 0, 1e-9)
}

// Absorption moves the star: with R&D of a third of sales in stock, 1 - 1/e of .15 is added to .1.
func TestLesson(t *testing.T) {
	p := Params{Distance: .1, Absorption: .15, ScienceKM: 50}
	w, r := plain(t, 2, p)
	f := &w.Firms
	f.Face[1] = world.Face{Z: [3]float32{.2, .2, .2}, Know: .5}
	near(t, "without R&D too far away", Lesson(&f.Z[0], r.Reach(w, 0), &f.Face[1]), 0, 1e-6)
	f.Sales[0], f.Stock[0] = 9, 3
	stars := .2 / (.1 + .15*(1-math.Exp(-1)))
	near(t, "with R&D", Lesson(&f.Z[0], r.Reach(w, 0), &f.Face[1]), .5*stars*(2-stars), 1e-6)
}

// ln(1 + R/R0) over 1 + a quarter of the ties; R0 grows with the world's wage.
func TestPublish(t *testing.T) {
	w, r := plain(t, 4, Params{ScienceKM: 50})
	f := &w.Firms
	f.Stock[0], f.Stock[1], f.LogTech[0], f.Sales[0], f.Z[0] = 12, 12, .3, 7, [3]float32{.1, .2, .3}
	w.Now.Wage = 2
	f.Join(0, 1, .5, 1)
	f.Join(0, 2, .5, 1)
	f.Join(0, 3, .5, 1)
	f.TakeSupplier(0, world.NewHalfTie(2, 1, 2, .5, 1))
	r.Publish(w, 1, 0, 4)
	near(t, "four ties", float64(f.Face[0].Know), math.Log(4)/2, 1e-6)
	near(t, "one tie", float64(f.Face[1].Know), math.Log(4)/1.25, 1e-6)
	near(t, "nothing", float64(f.Face[3].Know), 0, 1e-12)
	if face := f.Face[0]; face.LogTech != .3 || face.Key != uint32(f.ID[0]>>16) || face.Z != f.Z[0] || face.X != float32(f.X[0]) || face.Y != float32(f.Y[0]) {
		t.Errorf("%+v", face)
	}
	for i := range 3 { // the first stays, the second moves, the third has just been founded
		f.Flag[i] = world.FlagMoved
		if i > 0 {
			w.Place(i, 0, world.Point{X: 1, Y: 19})
		}
	}
	f.Born[2] = 6
	r.Publish(w, 7, 0, 4)
	for i, want := range []bool{false, true, false} {
		if got := f.Flag[i]&world.FlagMoved != 0; got != want {
			t.Errorf("firm %d has moved: %v", i, got)
		}
	}
}

// At S = 15 a firm innovates with chance .025 a quarter. Half of it, it owes to others: its own technology rises by half as
// many steps. Steps are exponential of mean .05, cut at .1: .05 (1 - e^-2) on the mean. R&D stock gains .04 of sales and
// loses .15 of itself a year.
func TestLearn(t *testing.T) {
	const firms, ticks = 10000, 8
	p := Params{Innovation: .05, AccessElasticity: .25, Step: .05, Largest: .1, Science: 1, ScienceKM: 50, Obsolescence: .15, Scatter: .03, Distance: .1}
	w, r := plain(t, firms, p)
	f := &w.Firms
	for c := range w.Fields.Science {
		w.Fields.Science[c] = 15
	}
	for i := range f.ID {
		f.Spill[i], f.Sales[i], f.Stock[i], f.Z[i] = 15, 100, 8, [3]float32{.5, .5, .5}
	}
	n := 0.0
	for tick := 1; tick <= ticks; tick++ {
		w.Sums.Reset(firms, sim.BlockRows, 3)
		for lo := 0; lo < firms; lo += sim.BlockRows {
			r.Learn(w, tick, lo, min(lo+sim.BlockRows, firms))
		}
		n += w.Sums.Total(0)
	}
	if sd := math.Sqrt(.025 * .975 * firms * ticks); math.Abs(n-.025*firms*ticks) > 4*sd {
		t.Errorf("%g innovations, want %g within %g", n, .025*firms*ticks, 4*sd)
	}
	tech, own, moved := 0.0, 0.0, 0.0
	for i := range f.ID {
		tech += f.LogTech[i]
		own += f.OwnLogTech[i]
		for _, z := range f.Z[i] {
			moved += (float64(z) - .5) * (float64(z) - .5)
		}
		if f.OwnLogTech[i] > f.LogTech[i] {
			t.Fatalf("firm %d: own technology %v of %v", i, f.OwnLogTech[i], f.LogTech[i])
		}
	}
	mean := .05 * (1 - math.Exp(-2))
	if math.Abs(tech/n/mean-1) > 4*.75/math.Sqrt(n) {
		t.Errorf("mean step %v, want %v", tech/n, mean)
	}
	if math.Abs(own/tech-.5) > 4*.6/math.Sqrt(n) {
		t.Errorf("%v of the steps are the firms' own, want half", own/tech)
	}
	if sd := math.Sqrt(moved / n / 3); math.Abs(sd/.03-1) > .1 {
		t.Errorf("an innovation moves a firm by %v a dimension, want .03", sd)
	}
	stock := 8.0
	for range ticks {
		stock += (4 - .15*stock) / 4
	}
	near(t, "R&D stock", float64(f.Stock[0]), stock, 1e-6)
}

// The air is R&D spending, firms and technology, each put on the map and smoothed.
func TestGather(t *testing.T) {
	w, r := plain(t, 50, Params{ScienceKM: 50})
	f, g := &w.Firms, &w.Ground[0]
	for i := range f.ID {
		f.Sales[i], f.LogTech[i] = float64(i), .01*float64(i%7)
	}
	r.Lay(w, 1, 0, r.Strips(w))
	r.Gather(w, 1, 0, r.Lanes(w))
	for _, c := range []struct {
		name  string
		field []float64
		of    func(i int) float64
	}{
		{"research", w.Fields.Research, func(i int) float64 { return .04 * float64(i) }},
		{"firms", w.Fields.Firms, func(int) float64 { return 1 }},
		{"technology", w.Fields.Tech, func(i int) float64 { return .01 * float64(i%7) }},
	} {
		mass, want := make([]float64, 100), make([]float64, 100)
		for i := range f.ID {
			g.Shape.Deposit(mass, f.Base[i], float64(f.WX[i]), float64(f.WY[i]), c.of(i))
		}
		g.Air.Smooth(want, mass, g.Air.NewWork())
		for k := range want {
			near(t, fmt.Sprintf("%s in cell %d", c.name, k), c.field[k], want[k], 1e-10)
		}
	}
}

// Firms that review in one go learn what each would alone, and only those whose turn it is.
func TestReviewsTogether(t *testing.T) {
	p := Params{Partners: .5, Air: .5, Science: .25, Distance: .1, Absorption: .15, Convergence: .02, ScienceKM: 50}
	w, r := plain(t, 300, p)
	f := &w.Firms
	for c := range w.Fields.Research {
		w.Fields.Research[c], w.Fields.Firms[c], w.Fields.Tech[c] = float64(c%7), float64(c%5), .1*float64(c%3)
	}
	for i := range f.ID {
		x := float32(i % 11)
		f.Sales[i], f.Stock[i], f.Z[i] = float64(i%9), x, [3]float32{.05 * x, .5, .01 * float32(i%13)}
		f.Face[i] = world.Face{Z: f.Z[i], Know: .1 * x, LogTech: .02*x - .1}
		for k := range i % 5 {
			f.Join(i, (i+7*k+1)%len(f.ID), .3+.1*float64(k), .8)
		}
	}
	alone := w.Clone()
	const tick = 6
	r.reviews(w, tick, 0, len(f.ID), true)
	turns := 0
	for i, id := range f.ID {
		if (tick+id)%world.TicksPerYear == 0 {
			turns++
			r.Review(alone, i)
		}
	}
	if turns < 2*together {
		t.Fatalf("%d firms review: want some classes", turns)
	}
	for i := range f.ID {
		if a := &alone.Firms; f.Spill[i] != a.Spill[i] || f.Ahead[i] != a.Ahead[i] || f.Z[i] != a.Z[i] {
			t.Errorf("row %d learns %g, %g at %v; alone %g, %g at %v", i, f.Spill[i], f.Ahead[i], f.Z[i], a.Spill[i], a.Ahead[i], a.Z[i])
		}
	}
}
