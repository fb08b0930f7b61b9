package output

import (
	"math"
	"path/filepath"
	"testing"
	"time"

	"agglo/model/world"
)

// By hand: four firms over twelve quarters, of which the first eight do not count. Behind them two are founded and one closes, over 16 firms
// of a quarter: 4 x 2/16 and 4 x 1/16 a year. Orders lost are .1 to .4. The gap of money is .02 of 10, which is more than .001 of a turnover
// below one worker-year. One firm grows by e in the third year: rates 0, 0, 0, 1 have mean distance .25 from their median and
// variance .1875. Squares hold 3 and 1 of the firms, sectors 2 and 2, classes of size 2, 1 and 1.
func TestStatisticsByHand(t *testing.T) {
	w := hamlet()
	w.Now.LogTech, w.Firms.LogTech[0] = .05, .4
	f, err := Create(filepath.Join(t.TempDir(), "run"), Manifest{Scenario: "hamlet", Ticks: 12, Every: 4, Runs: []Run{{Seed: 7}}}, false)
	if err != nil {
		t.Fatal(err)
	}
	r := f.Recorder(0)
	for tick := range 13 {
		w.Now.Tick, w.Count, w.Money.Turnover, w.Money.Gap = tick, world.Count{Births: 3, Deaths: 3, Rationed: .9}, .5, .001
		w.Markets.Employed[0] = 2
		if tick > 8 {
			w.Count, w.Money.Turnover, w.Money.Gap = world.Count{Rationed: .1 * float64(tick-8)}, 10, -.02
			w.Markets.Employed[0] = 8
		}
		switch tick {
		case 9, 12:
			w.Count.Births = 1
		case 10:
			w.Count.Deaths = 1
			w.Firms.Labour[3] *= math.E
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
	want := map[string]float64{
		"firms": 4, "jobs": 10 * (12 + 8*math.E), "births_per_year": .5, "deaths_per_year": .25, "unemployment_mean": .2, "rationed_mean": .25,
		"suppliers": .5, "collaborators": .5, "mean_trust": 2.5 / 4, "wage_per_world_wage_end": 1.75,
		"technology_per_world_end": math.Exp(.05), "clusters": 1, "share_jobs_in_clusters": 12 / (12 + 8*math.E),
		"laplace_location": 0, "laplace_scale": .25, "gauss_sd": math.Sqrt(.1875), "growth_rates": 4, "money_gap": .002,
		"triple_helix":           2 - .75*math.Log2(3) - .5,        // of 1.5 bits a pair and in all three; 1.5, 1 and 2 - .75 log2(3) apart
		"triple_helix_by_chance": 2 - .75*math.Log2(3) - .5 - 1./6, // in 8 of the 24 orders the two of bread differ in size, which takes .5 off
	}
	for _, s := range f.Statistics() {
		if x, ok := want[s.Name]; ok && !(math.Abs(s.Value-x) < 1e-9) {
			t.Errorf("%s = %v, want %v", s.Name, s.Value, x)
		}
		delete(want, s.Name)
	}
	if len(want) > 0 {
		t.Errorf("not told: %v", want)
	}
}

// The exponent of a tail of four firms has the standard error sqrt(2/4) of itself, and its interval is 1.96 of these wide on each side.
func TestTailHasAnInterval(t *testing.T) {
	w := hamlet()
	for k := range 36 {
		jobs := 1.
		if k < 4 {
			jobs = float64(int(100) << k)
		}
		found(w, uint64(20+k), 0, 0, jobs, 1, 0)
	}
	f, err := Create(filepath.Join(t.TempDir(), "run"), Manifest{Scenario: "hamlet", Every: 1, Runs: []Run{{Seed: 7}}}, false)
	if err != nil {
		t.Fatal(err)
	}
	r := f.Recorder(0)
	if err := r.Observe(world.NewView(w), 0); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(world.NewView(w)); err != nil {
		t.Fatal(err)
	}
	for _, s := range f.Statistics() {
		half := 1.96 * math.Sqrt(.5) * s.Value
		if s.Name == "tail_exponent" && !(s.Value > 0 && math.Abs(s.Lo-(s.Value-half)) < 1e-12 && math.Abs(s.Hi-(s.Value+half)) < 1e-12) {
			t.Errorf("%+v: want an interval of %v to each side", s, half)
		}
	}
}

// Several runs are told by their median and the middle 80%: of 1, 2, 3, 4, 11 these are 3 and 1.4 to 8.2. A run that has no number is left
// out.
func TestStatisticsOfSeveralRuns(t *testing.T) {
	f := &Folder{}
	for _, x := range []float64{4, 1, math.NaN(), 11, 2, 3} {
		f.recorders = append(f.recorders, &Recorder{long: longRun{statistics: []Statistic{{Name: "x", Value: x, Lo: x, Hi: x}}}})
	}
	s := f.Statistics()[0]
	told(t, "median", s.Value, 3)
	told(t, "lower end", s.Lo, 1.4)
	told(t, "upper end", s.Hi, 8.2)
}
