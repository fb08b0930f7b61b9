package output

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"agglo/model/world"
)

// lively changes the hamlet from tick to tick: people come and go, money flows, a year's value added is split.
func lively(w *world.World) func(tick int) {
	return func(tick int) {
		w.Count = world.Count{Births: 1, Deaths: 2, Moves: 3, Innovations: tick}
		w.Money.TaxRevenue, w.Money.PublicCost = .5, .25
		switch tick {
		case 2:
			w.Firms.DropSupplier(0, 0)
			w.Firms.Retire(2)
		case 3:
			found(w, 15, 1, 1, 1, 1, 0)
		case 6:
			w.Firms.Labour[3], w.Markets.Employed[1] = 11, 20
		}
		if tick%4 == 0 {
			rows := len(w.Firms.ID)
			w.Synergy = world.Synergy{Tick: tick, Base: slices.Repeat([]float64{10}, rows), Input: make([]float32, rows), Labour: make([]float32, rows),
				Trust: make([]float32, rows), Knowledge: slices.Repeat([]float32{float32(tick)}, rows), Saving: make([]float32, rows)}
		}
	}
}

// A gauge gives the numbers of the tables without a folder, of two series of rows that begin their sums at ticks of their own.
func TestGaugeAgreesWithTables(t *testing.T) {
	w := hamlet()
	dir, _ := record(t, w, 12, 4, lively(w))
	w = hamlet()
	change := lively(w)
	g := NewGauge(Metrics(), 2)
	series, sectors, regions := records(t, dir, "series"), records(t, dir, "series_sector"), records(t, dir, "series_region")
	k := slices.Index(Metrics(), "tax_revenue")
	for tick := range 13 {
		if w.Now.Tick = tick; tick > 0 {
			change(tick)
		}
		v := world.NewView(w)
		if err := g.Observe(v, tick); err != nil {
			t.Fatal(err)
		}
		if tick == 5 || tick == 8 {
			if got, want := g.Row(v, 1)[k], .5*10*map[int]float64{5: 5, 8: 3}[tick]; math.Abs(got-want) > 1e-12 {
				t.Errorf("taxes of the other series until tick %d: %v, want %v", tick, got, want)
			}
		}
		if tick%4 != 0 {
			continue
		}
		want := map[string]float64{}
		for m, x := range g.Row(v, 0) {
			want[Metrics()[m]] = x
		}
		wants(t, series[tick/4], want)
		for _, m := range GroupMetrics(false) {
			wants(t, sectors[tick/4*2+1], map[string]float64{m: g.Group(v, false, m, 1)})
		}
		for _, m := range GroupMetrics(true) {
			wants(t, regions[tick/4*2], map[string]float64{m: g.Group(v, true, m, 0)})
		}
	}
	if slices.Contains(GroupMetrics(true), "births") || !slices.Contains(GroupMetrics(true), "unemployment") || slices.Contains(GroupMetrics(false), "unemployment") {
		t.Errorf("metrics of sectors %v, of regions %v", GroupMetrics(false), GroupMetrics(true))
	}
}

// By hand: jobs are .6 and .4 on the squares, so S2 = .52. Bread lies on the first: G = .32, H = 20/36, gamma = (.32 - .48 H)/(.48 (1-H)) = .25.
// Tools have 6/14 there: G = .0587755, H = 100/196, gamma = -.791667. The median of both is -.270833.
func TestConcentrationByHand(t *testing.T) {
	dir, _ := record(t, hamlet(), 0, 1, nil)
	within := func(row map[string]string, want float64) {
		t.Helper()
		wants(t, row, map[string]float64{"eg_gamma": want})
	}
	tools := (2*math.Pow(6./14-.6, 2) - .48*100/196) / (.48 * 96 / 196)
	if math.Abs(tools+.791667) > 1e-6 {
		t.Fatal(tools)
	}
	within(records(t, dir, "series_sector")[0], .25)
	within(records(t, dir, "series_sector")[1], tools)
	within(records(t, dir, "series")[0], (.25+tools)/2)
}

// All tables have the same bytes on one thread and on several. Maps and networks come as often as was asked for, and at the end.
func TestThreadsAndMaps(t *testing.T) {
	var dirs []string
	for _, threads := range []int{1, 3} {
		w := hamlet()
		dir := filepath.Join(t.TempDir(), "run")
		f, err := Create(dir, Manifest{Scenario: "hamlet", Ticks: 11, Every: 2, FirmsEvery: 4, TiesEvery: 5, Runs: []Run{{Seed: 7}}}, false)
		if err != nil {
			t.Fatal(err)
		}
		f.Want([]Wanted{{Metric: "jobs", Sectors: []int{1}, From: -1, Tick: 8, Published: 100, Tolerance: .5, What: "jobs", Date: "2000Q1", Fitted: true},
			{Metric: "firms", From: 0, Absolute: true, Tick: 8, Published: 10, Tolerance: .5, What: "firms", Date: "2000Q1", Verified: true},
			{Metric: "wage", From: 4, Tick: 40, Published: .1, Tolerance: .01, What: "wage", Date: "2010Q1"}})
		r := f.Recorder(0)
		r.Threads = threads
		change := lively(w)
		for tick := range 12 {
			if w.Now.Tick = tick; tick > 0 {
				change(tick)
			}
			if err := r.Observe(world.NewView(w), tick); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.Finish(world.NewView(w)); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Finish(time.Second); err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, dir)
	}
	for _, name := range []string{"series", "series_sector", "series_region", "clusters", "synergy", "premium", "targets", "targets_path", "summary", "firms", "ties"} {
		one, err := os.ReadFile(filepath.Join(dirs[0], name+".csv"))
		three, errs := os.ReadFile(filepath.Join(dirs[1], name+".csv"))
		if err != nil || errs != nil || !bytes.Equal(one, three) {
			t.Errorf("%s.csv hangs on threads: %v, %v", name, err, errs)
		}
	}
	for name, want := range map[string][]string{"firms": {"0", "4", "8", "11"}, "ties": {"0", "5", "10", "11"}} {
		var ticks []string
		for _, row := range records(t, dirs[0], name) {
			ticks = append(ticks, row["tick"])
		}
		if ticks = slices.Compact(ticks); !slices.Equal(ticks, want) {
			t.Errorf("%s.csv has ticks %v, want %v", name, ticks, want)
		}
	}
	held, err := ReadHeld(dirs[0])
	if err != nil || len(held) != 3 {
		t.Fatal(held, err)
	}
	for k, want := range []Held{
		{Metric: "jobs", Near: NearPublished, Simulated: 120, Lo: 50, Hi: 150, Runs: 1, Fitted: true},
		{Metric: "firms", Near: OffPublished, Simulated: 0, Lo: 5, Hi: 15, Runs: 1, Verified: true},
		{Metric: "wage", Near: NotReached, Simulated: math.NaN(), Growth: true},
	} {
		h := held[k]
		if h.Metric != want.Metric || h.Near != want.Near || h.Runs != want.Runs || h.Fitted != want.Fitted || h.Verified != want.Verified || h.Growth != want.Growth {
			t.Errorf("%+v, want %+v", h, want)
		}
		if told(t, h.Metric, h.Simulated, want.Simulated); k < 2 {
			told(t, h.Metric+": lower end", h.Lo, want.Lo)
			told(t, h.Metric+": upper end", h.Hi, want.Hi)
		}
	}
}
