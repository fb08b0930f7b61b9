package demography

import (
	"fmt"
	"testing"

	"agglo/model/world"
)

// A growth of technology of .01 more a year is worth (sigma-1)/sigma times the years that count: .04 over five years at sigma 5, as much as a
// price that is 5% lower brings. Without years nobody is asked.
func TestForesee(t *testing.T) {
	for _, c := range []struct{ sigma, years, growth, want float64 }{{5, 5, .01, .04}, {5, 10, .01, .08}, {2, 5, .01, .025}, {5, 5, 0, 0}, {5, 5, -.01, -.04}} {
		w, r := plain(t, Params{LearningYears: c.years})
		w.Params.Sigma = c.sigma
		r.Outside.Foresee = func(_ *world.World, v *world.Visit) float64 { return c.growth * float64(v.Row) }
		visits := []world.Visit{{Row: 0, Value: .3}, {Row: 1, Value: .3}}
		r.foresee(w, visits)
		near(t, fmt.Sprintf("%+v: nothing to learn", c), visits[0].Value, .3)
		near(t, fmt.Sprintf("%+v", c), visits[1].Value, .3+c.want)
	}
	w, r := plain(t, Params{})
	visits := []world.Visit{{Value: .3}}
	r.foresee(w, visits) // would panic if it asked
	near(t, "off", visits[0].Value, .3)
}

// A firm that compares sites goes where it would learn, and a founder who settles does, if what that is worth is more than moving costs: .1/5
// years here, and nothing for founders.
func TestMoversGoWhereTheyLearn(t *testing.T) {
	for _, c := range []struct {
		years float64
		moves bool
	}{{0, false}, {2, false}, {3, true}} {
		w, r := plain(t, Params{LearningYears: c.years, Strangers: 20, Sharpness: 1e6, MoveCost: .1, Horizon: 5})
		w.Params.Sigma = 5
		r.Outside.Foresee = func(_ *world.World, v *world.Visit) float64 {
			if v.At.Y > 20 {
				return .01
			}
			return 0
		}
		i := add(w, 0, world.Point{X: 21, Y: 5}, 10)
		w.Reindex()
		p := []plan{{row: int32(i)}}
		r.decide(w, 5, r.hurdle(), p, nil)
		if p[0].goes != c.moves || c.moves && p[0].at.Y < 20 {
			t.Errorf("%g years: goes %v to %+v", c.years, p[0].goes, p[0].at)
		}
		r.decide(w, 5, 0, p, nil)
		if c.years > 0 && p[0].at.Y < 20 {
			t.Errorf("%g years: a founder settles at %+v", c.years, p[0].at)
		}
	}
}
