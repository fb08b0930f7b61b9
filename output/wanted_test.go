package output

import (
	"math"
	"path/filepath"
	"testing"
	"time"

	"agglo/model/world"
)

// told holds a number to what was reckoned by hand; NaN to NaN.
func told(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > 1e-12*max(1, math.Abs(want)) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// A level and an absolute change may be off by a part of themselves, whatever their sign; a relative change by so many points of
// yearly growth: 21% in 8 quarters are 10% a year, so that 1.09^2 and 1.11^2 are its ends.
func TestSpan(t *testing.T) {
	for name, c := range map[string]struct {
		w      Wanted
		lo, hi float64
	}{
		"level":           {Wanted{Published: 50, Tolerance: .2, From: -1}, 40, 60},
		"absolute change": {Wanted{Published: -50, Tolerance: .2, From: 4, Absolute: true}, -60, -40},
		"relative change": {Wanted{Published: .21, Tolerance: .01, From: 4, Tick: 12}, 1.09*1.09 - 1, 1.11*1.11 - 1},
		"in half a year":  {Wanted{Published: .1, Tolerance: .01, From: 10, Tick: 12}, math.Sqrt(1.2) - 1, math.Sqrt(1.22) - 1},
	} {
		lo, hi := c.w.Span()
		told(t, name+": lower end", lo, c.lo)
		told(t, name+": upper end", hi, c.hi)
	}
}

func TestTold(t *testing.T) {
	told(t, "level", (&Wanted{From: -1}).Told(6, math.NaN()), 6)
	told(t, "absolute change", (&Wanted{From: 0, Absolute: true}).Told(6, 4), 2)
	told(t, "relative change", (&Wanted{From: 0}).Told(6, 4), .5)
	told(t, "change from nothing", (&Wanted{From: 0}).Told(6, 0), math.NaN())
}

// Prices of 2010 rise by a tenth a year: the third quarter of a run that begins in 2011/III is of 2012, its second of 2011. A year
// before that of the prices is cheaper.
func TestAmountInMoney(t *testing.T) {
	w := Wanted{Money: 30, Rise: .1, PriceYear: 2010, Start: world.Date{Year: 2011, Quarter: 3}}
	told(t, "2011/IV", w.amount(2, 1), 2*30*1.1)
	told(t, "2012/I", w.amount(2, 2), 2*30*1.21)
	w.PriceYear = 2013
	told(t, "before the year of the prices", w.amount(2, 2), 2*30/1.1)
	w.Rise = 0
	told(t, "constant prices", w.amount(2, 2), 60)
	w.Money = 0
	told(t, "no money", w.amount(2, 2), 2)
}

// figures runs the hamlet for two years, in which an innovation, public money and taxes fall in every quarter, and gives the figures as
// they stand in a folder with rows every so many quarters, and as a finder takes them.
func figures(t *testing.T, every int, list []Wanted) (folder, finder []float64) {
	t.Helper()
	w := hamlet()
	w.Firms.Wage[2], w.Firms.Wage[3] = 1, 2
	f, err := Create(filepath.Join(t.TempDir(), "run"), Manifest{Scenario: "hamlet", Ticks: 8, Every: every, Runs: []Run{{Seed: 7}}}, false)
	if err != nil {
		t.Fatal(err)
	}
	f.Want(list)
	r, find := f.Recorder(0), NewFinder(list)
	for tick := range 9 {
		w.Now.Tick = tick
		w.Count, w.Money.PublicCost, w.Money.TaxRevenue = world.Count{Innovations: tick}, 1, .5
		switch tick {
		case 7:
			w.Firms.Retire(1)
			found(w, 15, 0, 1, 3, 10, 5)
		case 8: // one firm follows another in a row, and one crosses the border
			w.Firms.Retire(4 - 1)
			found(w, 16, 1, 1, 8, 40, 30)
			w.Firms.Cell[2], w.Firms.X[2] = 1, 15
		}
		for _, err := range []error{r.Observe(world.NewView(w), tick), find.Observe(world.NewView(w), tick)} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for k := range list {
		folder, finder = append(folder, r.told(k)), append(finder, find.Value(k))
	}
	if err := r.Finish(world.NewView(w)); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Finish(time.Second); err != nil {
		t.Fatal(err)
	}
	return folder, finder
}

// By hand, from the firms of the hamlet, each of which stands for ten. Flows are those of the figure's quarter, however seldom rows are
// written.
func TestWantedByHand(t *testing.T) {
	bread, tools, west, east := []int{0}, []int{1}, []int{0}, []int{1}
	disc := &Disc{At: world.Point{X: 5, Y: 5}, KM: 10}
	short := &Disc{At: world.Point{X: 5, Y: 5}, KM: 9.99}
	cases := []struct {
		w    Wanted
		want float64
	}{
		{Wanted{Metric: "firms", Regions: west}, 30},
		{Wanted{Metric: "jobs_share", Sectors: bread}, 6. / 20},
		{Wanted{Metric: "jobs_share", Regions: east}, 8. / 20},
		{Wanted{Metric: "jobs_share", Within: disc}, 1}, // who stands on the circle is in it
		{Wanted{Metric: "exports_share", Within: short}, 20. / 40},
		{Wanted{Metric: "rd_share", Sectors: tools}, 6. / 20},
		{Wanted{Metric: "degree", Sectors: bread}, 1},
		{Wanted{Metric: "degree"}, .5},
		{Wanted{Metric: "with_partner_share", Regions: west}, 2. / 3},
		{Wanted{Metric: "with_six_partners_share"}, 0},
		{Wanted{Metric: "share_firms_in_clusters", Sectors: tools}, .5},
		{Wanted{Metric: "share_value_added_in_clusters"}, 21. / 31},
		{Wanted{Metric: "wage", Sectors: tools}, (6*1. + 8*2.) / 14},
		{Wanted{Metric: "wage", Regions: east}, 2},
		{Wanted{Metric: "unemployment", Regions: east}, .2},
		{Wanted{Metric: "value_added", Sectors: bread, Money: 3}, 330},
		{Wanted{Metric: "innovations", Tick: 4}, 4},
		{Wanted{Metric: "innovations", Tick: 8, From: 4}, 1},
		{Wanted{Metric: "public_cost", Tick: 8}, 10},
		{Wanted{Metric: "tax_revenue", Tick: 4}, 5},
		{Wanted{Metric: "public_cost"}, 0}, // nothing is spent before the first quarter
		{Wanted{Metric: "births"}, 0},      // who stands there at the start was not born then
		{Wanted{Metric: "births", Tick: 8}, 10},
		{Wanted{Metric: "births", Tick: 8, Regions: east}, 10}, // who moves in is not born
		{Wanted{Metric: "deaths", Tick: 8}, 10},
		{Wanted{Metric: "deaths", Tick: 8, Regions: west}, 0}, // who moves away does not die
		{Wanted{Metric: "deaths", Tick: 8, Sectors: tools}, 10},
		{Wanted{Metric: "deaths", Tick: 8, Sectors: bread}, 0}, // that was a quarter ago
		{Wanted{Metric: "jobs", Tick: 8, From: 4, Absolute: true, Sectors: bread}, -10},
		{Wanted{Metric: "jobs", Tick: 12}, math.NaN()}, // the run ends before
	}
	var list []Wanted
	for _, c := range cases {
		if c.w.From == 0 {
			c.w.From = -1
		}
		list = append(list, c.w)
	}
	first, _ := figures(t, 1, []Wanted{{Metric: "births", From: -1, Tick: 1}, {Metric: "deaths", From: -1, Tick: 1}})
	told(t, "births of the first quarter", first[0], 0) // who stands there at the start was not born then either
	told(t, "deaths of the first quarter", first[1], 0)
	for _, every := range []int{1, 4} {
		folder, finder := figures(t, every, list)
		for k, c := range cases {
			told(t, c.w.Metric+" of the folder", folder[k], c.want)
			told(t, c.w.Metric+" of the finder", finder[k], c.want)
		}
	}
}

// By hand: 8, 10 and 12 have mean 10, s.d. 2, and Student's t of two degrees of freedom 4.302653: the interval is 10 -+ 4.968275. The ends of
// the range are near.
func TestJudgeHeld(t *testing.T) {
	h := Held{Lo: 10, Hi: 11, Low: math.NaN(), High: math.NaN()}
	h.judge([]float64{8, 10, 12})
	told(t, "mean", h.Simulated, 10)
	if math.Abs(h.Low-(10-4.968275)) > 1e-5 || math.Abs(h.High-(10+4.968275)) > 1e-5 || h.Near != NearPublished {
		t.Errorf("%+v", h)
	}
	h = Held{Lo: 8, Hi: 9.9, Low: math.NaN(), High: math.NaN()}
	if h.judge([]float64{10}); h.Near != OffPublished || !math.IsNaN(h.Low) {
		t.Errorf("one run: %+v", h)
	}
}
