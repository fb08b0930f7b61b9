package knowledge

import (
	"fmt"
	"math"
	"testing"

	"agglo/model/world"

	"pgregory.net/rapid"
)

// A step of .05, cut at .1, has a mean of .05 (1 - e^-2); at S = 15 innovations are twice as frequent, and of a gap of .2 a firm closes .01 a year.
func TestGrowthToBeExpected(t *testing.T) {
	p := Params{Innovation: .05, AccessElasticity: .25, Step: .05, Largest: .1, Imitation: .05}
	alone := .05 * .05 * (1 - math.Exp(-2))
	for _, c := range []struct{ research, s, behind, want float64 }{
		{1, 0, 0, alone}, {1, 15, 0, 2 * alone}, {3, 15, 0, 6 * alone}, {1, 0, .2, alone + .01}, {1, 0, -.2, alone}, {0, 15, .2, .01},
	} {
		near(t, fmt.Sprintf("%+v", c), p.growth(c.research, c.s, c.behind), c.want, 1e-15)
	}
	p.Step = 0
	near(t, "without steps", p.growth(1, 15, 0), 0, 0)
}

// stretched is a firm in the west with a partner 1 km from it, known to be as near as .8, in even air: 30 of R&D, 3 firms, technology of .4
// each on the mean, everywhere. At 18 km of 36 from its partner e^-.5 of the lesson is left.
func stretched(t *testing.T, p Params) (*world.World, *Rules) {
	t.Helper()
	w, r := plain(t, 2, p)
	f := &w.Firms
	w.Place(0, 0, world.Point{X: 1, Y: 9})
	for c := range w.Fields.Research {
		w.Fields.Research[c], w.Fields.Firms[c], w.Fields.Tech[c] = 30, 3, 1.2
	}
	f.Join(0, 1, .5, .8)
	f.Face[1] = world.Face{X: 1, Y: 9, Z: [3]float32{.1}, Know: .6, LogTech: .5}
	return w, r
}

// What a tie teaches there is worth less by what distance leaves of it: .5 of trust x N(D) x .6, N = .8213672 as in TestReview.
func TestTiesStretch(t *testing.T) {
	p := Params{Innovation: .05, AccessElasticity: .25, Step: .05, Largest: .5, Partners: .5, Distance: .1, AirKM: 4, ScienceKM: 50}
	w, r := stretched(t, p)
	lesson := .5 * .5 * .8213672 * .6
	for _, c := range []struct {
		x, left float64
	}{{1, .8}, {3.5, math.Exp(-2.5 / 36)}, {19, math.Exp(-.5)}} {
		at := world.Visit{At: world.Point{X: c.x, Y: 9}}
		near(t, fmt.Sprintf("at %g km", c.x), r.Foresee(w, &at, 36), r.P.growth(1, lesson*c.left, 0), 1e-9)
	}
	w.Firms.Born[1] = int32(w.Now.Tick)
	near(t, "a partner whom nobody has seen", r.Foresee(w, &world.Visit{At: world.Point{X: 1, Y: 9}}, 36), r.P.growth(1, 0, 0), 0)
	w.Cuts.Off = world.ChannelKnowledge
	near(t, "without a channel", r.Foresee(w, &world.Visit{At: world.Point{X: 1, Y: 9}}, 36), 0, 0)
}

// Elsewhere a firm leaves out its own R&D by the distance: 30 less 6 at home by its own cell's part, less 6 e^-2 at 8 km. So it does with its
// place among firms. A newborn is in no field yet.
func TestOwnAirIsLeftOutElsewhere(t *testing.T) {
	p := Params{Innovation: .05, AccessElasticity: .25, Step: .05, Largest: .5, Air: .5, Imitation: .05, Distance: .1, AirKM: 4, ScienceKM: 50}
	w, r := stretched(t, p)
	f := &w.Firms
	f.Sales[0], f.LogTech[0] = 150, .1 // R&D of 6
	at := world.Visit{At: world.Point{X: 9, Y: 9}}
	expect := func(self float64) float64 {
		lead := (1.2-self*.1)/(3-self) - .1
		return r.P.growth(1, .5*math.Log1p((30-6*self)/10), lead)
	}
	near(t, "at 8 km", r.Foresee(w, &at, 50), expect(math.Exp(-2)), 1e-12)
	at.At = world.Point{X: 1, Y: 9}
	near(t, "at home", r.Foresee(w, &at, 50), expect(float64(f.SelfAir[0])), 1e-12)
	f.Born[0] = int32(w.Now.Tick)
	near(t, "a newborn", r.Foresee(w, &at, 50), expect(0), 1e-12)
}

// In its own cell a firm expects what it would review there at once, whatever it knows, whoever protects, and whatever helps it.
func TestForesightIsTheReview(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		share := rapid.Float64Range(0, 1)
		p := Params{Innovation: .05, AccessElasticity: .25, Step: .05, Largest: .5, Imitation: .05, ResearchElasticity: .5, Partners: .5, Air: .5, Science: .5,
			Distance: .1, Absorption: .15, Convergence: .02, PipelineKnow: .35, AirKM: 4, ScienceKM: 50, Referral: share.Draw(rt, "referral")}
		w, r := plain(t, 12, p)
		f := &w.Firms
		w.Setting.Regions[0].IP = share.Draw(rt, "protection")
		for c := range w.Fields.Research {
			w.Fields.Research[c], w.Fields.Firms[c], w.Fields.Tech[c] = 9*float64(c%7), float64(c%5), .3*float64(c%4)
		}
		for i := range f.ID {
			f.LogTech[i], f.Sales[i], f.Stock[i] = share.Draw(rt, "technology"), 9, float32(share.Draw(rt, "stock"))
			for d := range f.Z[i] {
				f.Z[i][d] = float32(.3 * share.Draw(rt, "mind"))
			}
		}
		r.Publish(w, 1, 0, 12)
		for i := range f.ID {
			f.Join(i, (i+1+rapid.IntRange(0, 9).Draw(rt, "partner"))%12, share.Draw(rt, "trust"), share.Draw(rt, "nearness"))
		}
		f.Pipeline[0] = rapid.Bool().Draw(rt, "pipeline")
		if rapid.Bool().Draw(rt, "levers") {
			w.ClearLevers()
			w.Levers.Push(world.LeverScience, 0, share.Draw(rt, "science"))
			w.Levers.Push(world.LeverLaboratory, 0, share.Draw(rt, "laboratory"))
		}
		w.Now.LogTech = share.Draw(rt, "world")
		got := r.Foresee(w, &world.Visit{At: world.Point{X: f.X[0], Y: f.Y[0]}}, 50)
		r.Review(w, 0)
		research := r.intensity(spending(w, 0)*(1+w.Levers.Of(world.LeverLaboratory, 0)), .04*9)
		want := r.P.growth(research, float64(f.Spill[0]), max(float64(f.Ahead[0]), w.Now.LogTech-f.LogTech[0]))
		if !(math.Abs(got-want) <= 1e-6*want) {
			t.Errorf("foreseen %v, reviewed %v", got, want)
		}
	})
}
