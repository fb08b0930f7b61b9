package study

import (
	"math"
	"slices"
	"testing"

	"agglo/model/world"
)

// village is a world of firms without anything else, each with one worker.
func village(ids ...uint64) *world.World {
	w := &world.World{Setting: &world.Setting{Sectors: make([]world.Sector, 1), Regions: make([]world.Region, 1)}}
	w.Cells.Region = []int32{0}
	for _, id := range ids {
		housed(w, id, 0, 0, 0)
	}
	return w
}

// housed founds a firm at a place.
func housed(w *world.World, id, parent uint64, x, y float64) int {
	f := &w.Firms
	i := f.Found(id, 0)
	f.Parent[i], f.Born[i], f.X[i], f.Y[i], f.Labour[i], f.Sales[i] = parent, int32(w.Now.Tick), x, y, 1, 10
	return i
}

// By hand: firm 1 moves from the middle to (3, 4) in the quarter in which firm 11 leaves it there, which is 5 from where it stood; firm 2 stands
// still, and its spin-off is 13 away. Half of the two distances lies below the end of the first one's bin of .05. Rates are those behind the tenth
// year: two of four firms founded and one closed in a quarter are 2 and 1 a year.
func TestLivesByHand(t *testing.T) {
	w := village(1, 2)
	l := newLives(200)
	look := func(tick int) {
		w.Now.Tick = tick
		l.Observe(world.NewView(w), tick)
	}
	w.Count = world.Count{Births: 9, Deaths: 9}
	look(0)
	w.Now.Tick = 1
	w.Firms.X[0], w.Firms.Y[0], w.Firms.LogTech[0] = 3, 4, .2
	w.Firms.LogTech[housed(w, 11, 1, 3, 4)] = .3
	w.Firms.LogTech[housed(w, 12, 2, 5, 12)] = -.1
	look(1)
	near(t, "median distance", l.distance.median(), 5.05, .0501)
	near(t, "distances", l.distance.total, 2, 0)
	c := l.able.Correlation()
	near(t, "correlation of two pairs that rise", c.Value, 1, 1e-12)
	look(40)
	w.Count = world.Count{Births: 2, Deaths: 1}
	look(41)
	near(t, "births", l.rate(l.births), 2, 1e-12)
	near(t, "deaths", l.rate(l.deaths), 1, 1e-12)
}

// Of values spread evenly over a bin the median is where half of them lie below it: of one value in the first bin of width 2 and three in the second,
// a third into the second.
func TestMedianInsideABin(t *testing.T) {
	h := histogram{width: 2}
	for _, x := range []float64{1, 3, 3.5, 2} {
		h.add(x)
	}
	near(t, "median", h.median(), 2+2./3, 1e-12)
}

// Firms around a point are told by their mean technology, but for one of them and for those beyond 20 km; those on the circle are in it.
func TestAround(t *testing.T) {
	w := village()
	for k, at := range []world.Point{{X: 0, Y: 0}, {X: 0, Y: 20}, {X: 0, Y: 20.01}, {X: 12, Y: 16}, {X: -15, Y: 15}, {X: 1, Y: 1}} {
		w.Firms.LogTech[housed(w, uint64(k+1), 0, at.X, at.Y)] = float64(int(1) << k)
	}
	v := world.NewView(w)
	near(t, "around the middle", around(v, world.Point{}, 6), (1+2+8)/3., 1e-12)
	if x := around(v, world.Point{X: 500}, 0); !math.IsNaN(x) {
		t.Errorf("around nobody: %v", x)
	}
}

// A panel tells whose technology has stepped up in a year: in one of its quarters, by more than 2%, not over the year in small steps, and not in the
// year before. Who has closed is told no more, and nobody else in its row; money for R&D is told of those who live.
func TestPanelOfInnovators(t *testing.T) {
	w := village(1, 2, 3, 4)
	p := newPanel(8)
	for tick := range 17 {
		w.Now.Tick = tick
		for i := range w.Firms.ID {
			w.Firms.LogTech[i] += .01 // no step
		}
		switch tick {
		case 3, 4:
			w.Firms.LogTech[3] += .5 // before the year of the branch
		case 6:
			w.Firms.LogTech[0] += .5
		case 11:
			w.Firms.LogTech[1] += .5
		case 13:
			w.Firms.Retire(2)
			housed(w, 9, 0, 0, 0)
		case 14:
			w.Firms.LogTech[2] += .5 // of another firm
		}
		if err := p.Observe(world.NewView(w), tick); err != nil {
			t.Fatal(err)
		}
	}
	o := slices.IndexFunc(p.outcomes, func(x firmOutcome) bool { return x.name == innovator })
	for year, want := range [][]float64{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, math.NaN(), 0}} {
		for k, x := range p.years[year].values[o] {
			if x != want[k] && !(math.IsNaN(x) && math.IsNaN(want[k])) {
				t.Errorf("year %d, firm %d: %v, want %v", year, k+1, x, want[k])
			}
		}
	}
	if n := len(p.years[2].census); n != 4 || len(p.firms) != 4 {
		t.Errorf("%d firms counted, %d followed", n, len(p.firms))
	}
}
