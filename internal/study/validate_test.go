package study

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"agglo/model"
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/rng"
)

// Every fact has what a table needs, bands are in order, and what has no verdict has no band.
func TestFacts(t *testing.T) {
	facts, at, err := Facts()
	if err != nil || at != 240 || len(facts) < 25 {
		t.Fatalf("%d facts at tick %d, %v", len(facts), at, err)
	}
	seen := map[string]bool{}
	for _, f := range facts {
		if f.ID == "" || seen[f.ID] || f.Statistic == "" || f.Measured == "" || f.Source == "" {
			t.Errorf("%+v: want an id of its own, and all texts", f)
		}
		seen[f.ID] = true
		if !slices.Contains([]string{Calibrated, Conditional, HeldOut, Reported}, f.Role) || !slices.Contains([]string{Plain, Forty}, f.World) {
			t.Errorf("%s: role %s, world %s", f.ID, f.Role, f.World)
		}
		if (f.Band == nil) != (f.Role == Reported) || f.Band != nil && f.Band[0] > f.Band[1] {
			t.Errorf("%s: role %s with band %v", f.ID, f.Role, f.Band)
		}
	}
	for _, b := range beside {
		if !seen[b.of] || seen[b.id] {
			t.Errorf("%s stands beside %s", b.id, b.of)
		}
	}
}

// The page of the validation tells every fact, with the band that the program uses.
func TestFactsAreTold(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "validation.md"))
	if err != nil {
		t.Fatal(err)
	}
	facts, _, err := Facts()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range facts {
		band := "-"
		if f.Band != nil && f.Band[0] == f.Band[1] {
			band = fmt.Sprintf("%g", f.Band[0])
		} else if f.Band != nil {
			band = fmt.Sprintf("%g to %g", f.Band[0], f.Band[1])
		}
		line := fmt.Sprintf("| %s | %s | %s | %s | %s |", f.ID, f.Statistic, f.World, strings.ReplaceAll(f.Role, "_", " "), band)
		if !strings.Contains(string(page), line) {
			t.Errorf("docs/validation.md has no row that begins %q", line)
		}
	}
}

// Every fact is measured on a run that is long enough, with values that can be; the number of threads changes none.
func TestValidate(t *testing.T) {
	setup := small(t)
	setups := map[string]model.Setup{Plain: setup, Forty: setup}
	run := func(threads int) *Validation {
		r, err := Validate(context.Background(), setups, ValidateOptions{Seeds: 3, Ticks: 72, Threads: threads})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := run(3)
	within := map[string][2]float64{
		"T1a": {-1, 1}, "T1b": {-1, 1}, "T2": {.3, 5}, "T2v": {-20, 20}, "T3": {.2, 5}, "T4": {-1, 1}, "T5a": {.01, .3}, "T5b": {.01, .3},
		"T5c": {.3, 1}, "T5d": {.1, 1}, "T6a": {-.1, 1}, "T6b": {-.1, 1}, "T7": {0, 1}, "T8": {0, 142}, "T9": {.5, 1}, "T10a": {-1, 1},
		"T10b": {-1, 1}, "T11": {0, 1000}, "T12": {.5, 1000}, "T13a": {0, 142}, "T13b": {-1, 1}, "T13c": {0, 1}, "T14": {-1, 1},
		"T15": {-50, 50}, "T17": {0, 1}, "T17q": {-10, 10}, "T18": {0, 1}, "T18c": {-1, 1}, "T19a": {0, 1}, "T19b": {0, 10}, "T19n": {0, 100}, "T19l": {0, 4}, "T20": {0, 5},
	}
	if len(within) != len(r.Findings) {
		t.Errorf("%d findings, %d known here", len(r.Findings), len(within))
	}
	for _, f := range r.Findings {
		band, known := within[f.ID]
		if !known || f.Verdict == NotMeasured && f.ID != "T19a" && f.ID != "T19b" {
			t.Errorf("%s: %s", f.ID, f.Verdict)
			continue
		}
		if !math.IsNaN(f.Value) && !(f.Value >= band[0] && f.Value <= band[1]) {
			t.Errorf("%s = %v: want within %v", f.ID, f.Value, band)
		}
		if f.Lo > f.Value && f.ID != "T19b" || f.Hi < f.Value && f.ID != "T19a" {
			t.Errorf("%s = %v outside its interval %v to %v", f.ID, f.Value, f.Lo, f.Hi)
		}
		if f.Tick != 72 || len(f.Seeds) != len(f.Values) {
			t.Errorf("%s: tick %d, %d values of %d seeds", f.ID, f.Tick, len(f.Values), len(f.Seeds))
		}
	}
	again := run(1)
	for k, f := range again.Findings {
		if !reflect.DeepEqual(f.Values, r.Findings[k].Values) {
			t.Errorf("%s with one thread: %v, with three %v", f.ID, f.Values, r.Findings[k].Values)
		}
	}
}

// Over three seeds the interval of a fact that is a mean holds the mean of normal data as often as it says. That of a bootstrap ends at
// the extremes of three, and holds it in three of four samples.
func TestIntervalsOfFewSeeds(t *testing.T) {
	held, samples := 0, 1000
	for s := range samples {
		runs := make([]*gathering, 3)
		for k := range runs {
			runs[k] = newGathering(72, uint64(k), func(string) bool { return true })
			runs[k].value["T1a"] = testSeed.Normal(1, uint64(s), 72, k)
		}
		if f := find(Fact{ID: "T1a"}, 72, runs); f.Lo <= 0 && f.Hi >= 0 {
			held++
		}
	}
	if share := float64(held) / float64(samples); share < .92 || share > .98 {
		t.Errorf("%.3f of the intervals hold the truth, want .92 to .98", share)
	}
}

// A fact that is not asked for is not told, its world is not run; an id that is none is a mistake, told with all others.
func TestValidateOnly(t *testing.T) {
	r, err := Validate(context.Background(), map[string]model.Setup{Plain: small(t)}, ValidateOptions{Seeds: 1, Ticks: 44, Threads: 1, Only: []string{"T2"}})
	if err != nil || len(r.Findings) != 2 || r.Findings[0].ID != "T2" || r.Findings[1].ID != "T2v" || !slices.Equal(r.Worlds, []string{Plain}) {
		t.Errorf("%+v, %v", r, err)
	}
	if f := r.Findings[0]; !math.IsNaN(f.Lo) || f.Verdict == NotMeasured {
		t.Errorf("one seed: %+v: want a verdict and no interval", f)
	}
	_, err = Validate(context.Background(), nil, ValidateOptions{Seeds: 1, Threads: 1, Only: []string{"T99", "t2"}})
	if !errors.Is(err, ErrNoFact) || !strings.Contains(err.Error(), "T99") || !strings.Contains(err.Error(), "t2") {
		t.Errorf("unknown facts: %v", err)
	}
}

// A validation that is stopped tells what is done, and that it was stopped.
func TestValidateStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	ticks := 0
	o := ValidateOptions{Seeds: 2, Ticks: 24, Threads: 1, Only: []string{"T20"}, Watch: watchFunc(func() {
		if ticks++; ticks == 30 {
			stop()
		}
	})}
	r, err := Validate(ctx, map[string]model.Setup{Plain: small(t)}, o)
	if r == nil || !errors.Is(err, context.Canceled) || r.Unfinished != 1 || len(r.Findings[0].Seeds) != 1 {
		t.Errorf("%+v, %v: want one run of two", r, err)
	}
}

// watchFunc is an observer that counts.
type watchFunc func()

func (f watchFunc) Observe(world.View, int) error { f(); return nil }

var _ sim.Observer[world.View] = watchFunc(nil)

func TestFind(t *testing.T) {
	run := func(seed uint64, id string, x float64) *gathering {
		return &gathering{seed: seed, value: map[string]float64{id: x}}
	}
	band := &[2]float64{1, 2}
	for name, c := range map[string]struct {
		fact    Fact
		values  []float64
		value   float64
		verdict string
	}{
		"in":        {Fact{ID: "T4", Band: band, Role: HeldOut}, []float64{.5, 1.5, 2.5}, 1.5, InBand},
		"on edge":   {Fact{ID: "T4", Band: band, Role: HeldOut}, []float64{2, 2}, 2, InBand},
		"out":       {Fact{ID: "T4", Band: band, Role: Calibrated}, []float64{2, 3}, 2.5, Outside},
		"no band":   {Fact{ID: "T8", Role: Reported}, []float64{2, 3}, 2.5, NoVerdict},
		"no values": {Fact{ID: "T4", Band: band}, nil, math.NaN(), NotMeasured},
		"places":    {Fact{ID: "T19a", Band: band}, []float64{3, 3, 7, 9}, .75, Outside},
		"one place": {Fact{ID: "T19a", Band: band}, []float64{3}, math.NaN(), NotMeasured},
		"numbers":   {Fact{ID: "T19b", Band: &[2]float64{0, .4}}, []float64{2, 4, 6}, .5, Outside}, // sd 2, mean 4
	} {
		var runs []*gathering
		for k, x := range c.values {
			runs = append(runs, run(uint64(k), c.fact.ID, x))
		}
		f := find(c.fact, 9, append(runs, nil))
		if f.Verdict != c.verdict || !(math.Abs(f.Value-c.value) < 1e-12 || math.IsNaN(f.Value) && math.IsNaN(c.value)) {
			t.Errorf("%s: %v, %s: want %v, %s", name, f.Value, f.Verdict, c.value, c.verdict)
		}
	}
	v := Validation{Findings: []Finding{
		{Fact: Fact{Role: HeldOut}, Verdict: InBand}, {Fact: Fact{Role: HeldOut}, Verdict: Outside},
		{Fact: Fact{Role: HeldOut}, Verdict: NotMeasured}, {Fact: Fact{Role: Calibrated}, Verdict: InBand},
	}}
	if in, judged := v.Count(HeldOut); in != 1 || judged != 2 {
		t.Errorf("%d of %d held-out facts in band, want 1 of 2", in, judged)
	}
}

// Firms that die with a known chance each tick survive as they should, and those born too late to be followed do not count.
func TestCohorts(t *testing.T) {
	const chance, end = .05, 400
	c := cohorts{after: 40, end: end, age: 4}
	for k := range 40000 {
		born := k % end
		for now := born; now <= end; now++ {
			c.see(born, now)
			if rng.Seed(1).Uniform(drawTest, uint64(k), now, 0) < chance {
				break
			}
		}
	}
	near(t, "survival", c.survival(), math.Pow(1-chance, 4), .01)
	if want := float64(40000 / end * (end - 4 - 40)); c.born < want || c.born > want+100 { // behind 40, up to 396 = end - 4
		t.Errorf("%v born, want %v", c.born, want)
	}
	if none := (&cohorts{}).survival(); !math.IsNaN(none) {
		t.Errorf("survival of nobody: %v", none)
	}
}

// drawTest is the purpose of draws that only tests make.
const drawTest rng.Purpose = 0x7e5702

// By hand: of four ties one lost its supplier; of the three others two stand.
func TestStanding(t *testing.T) {
	before := []tie{{1, 2}, {1, 3}, {2, 1}, {3, 9}}
	now := []tie{{2, 1}, {1, 2}, {4, 1}}
	near(t, "standing", standing(before, now, func(id uint64) bool { return id < 9 }), 2./3, 1e-15)
	if x := standing(nil, now, func(uint64) bool { return true }); !math.IsNaN(x) {
		t.Errorf("no ties: %v", x)
	}
}

func TestHistogram(t *testing.T) {
	h := histogram{width: .5}
	for k := range 1001 {
		h.add(float64(k) / 100)
	}
	near(t, "median", h.median(), 5, .02)
	h.add(1e12)
	if len(h.count) > mostBins || !math.IsNaN((&histogram{width: 1}).median()) {
		t.Errorf("%d bins; median of nothing %v", len(h.count), (&histogram{width: 1}).median())
	}
}

// In markets of 20 km the quarter nearest to the corners is what lies within 5 km of a border on both axes: 1 where jobs are everywhere
// alike, 4 where all are there, 0 where none is.
func TestJobsAtCornersOfMarkets(t *testing.T) {
	setup := small(t)
	setup.Params.Labour.MarketKM = 20
	e, err := model.New(setup)
	if err != nil {
		t.Fatal(err)
	}
	v := world.NewView(e.World)
	f := firmsOf(v)
	put := func(east, north float64) { // one firm of one job a market, so far from its south-western corner
		clear(f.jobs)
		done := make([]bool, v.Markets())
		for k, i := range f.row {
			c := v.Cell(i)
			if m := v.CellMarket(c); !done[m] {
				at := v.CellMid(c)
				f.x[k], f.y[k] = 20*math.Floor(at.X/20+.5)-10+east, 20*math.Floor(at.Y/20+.5)-10+north
				f.jobs[k], done[m] = 1, true
			}
		}
	}
	for _, c := range []struct{ east, north, want float64 }{{1, 1, 4}, {19, 4.9, 4}, {10, 10, 0}, {1, 10, 0}, {5.1, 4.9, 0}} {
		if put(c.east, c.north); math.Abs(f.atCorners(v)-c.want) > 1e-12 {
			t.Errorf("%g and %g km from the corner: %v, want %v", c.east, c.north, f.atCorners(v), c.want)
		}
	}
	even := firmsOf(v)
	for k := range even.row {
		even.jobs[k] = 1
	}
	if got := even.atCorners(v); got < .8 || got > 1.2 {
		t.Errorf("jobs strewn over the land: %v, want about 1", got)
	}
}

// Squares are counted from the corner of the map, and the plant's site is drawn by jobs.
func TestTilesAndSite(t *testing.T) {
	e, err := model.New(small(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Run(context.Background(), 4); err != nil {
		t.Fatal(err)
	}
	v := world.NewView(e.World)
	for _, c := range []struct {
		km   float64
		want int
	}{{squareKM, 100}, {placeKM, placesOfMap}} {
		of, n := tiles(v, c.km)
		count := make([]int, n)
		for _, q := range of {
			count[q]++
		}
		if n != c.want || slices.Min(count) != slices.Max(count) {
			t.Errorf("%v km: %d squares of %d to %d cells, want %d alike", c.km, n, slices.Min(count), slices.Max(count), c.want)
		}
	}
	jobs, plants := 0.0, 0.0
	for i := range v.Rows() {
		if v.Living(i) {
			jobs += v.Jobs(i)
		}
	}
	mean, n := 0.0, 0.0
	for seed := range uint64(2000) {
		p := siteOf(e, seed)
		for i := range v.Rows() {
			if v.Living(i) && v.X(i) == p.At.X && v.Y(i) == p.At.Y {
				mean += v.Jobs(i) / 2000
				break
			}
		}
		plants = p.Jobs
	}
	square := 0.0
	for i := range v.Rows() {
		if v.Living(i) {
			square += v.Jobs(i) * v.Jobs(i)
			n++
		}
	}
	near(t, "jobs of the plant", plants, .01*jobs, 1e-9)
	near(t, "size of the firm beside it, drawn by jobs", mean, square/jobs, .12*square/jobs)
}
