package output

import (
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"agglo/internal/process"
	"agglo/model/world"
	"agglo/sim/grid"
)

// hamlet is a world small enough to be reckoned by hand: four firms in two cells of 10 km, two sectors, two regions, one
// cluster around the western cell.
func hamlet() *world.World {
	w := &world.World{Setting: &world.Setting{
		ID: "hamlet", Scale: 10,
		Regions: []world.Region{{ID: "west", Name: "West", Outline: [][]world.Point{{{X: 0, Y: 0}, {X: 10, Y: 0}, {X: 10, Y: 10}}}}, {ID: "east"}},
		Sectors: []world.Sector{{ID: "bread", Name: "Bread", Group: "food", Employment: 6}, {ID: "tools", Name: "Tools", Group: "metal", Employment: 14, RDIntensity: .1}},
		Places:  []world.Place{{ID: "mill", Name: "The Mill", At: world.Point{X: 5, Y: 5}}},
	}}
	w.Params.Research = .05
	shape := grid.Shape{NX: 2, NY: 1, CellKM: 10}
	w.Ground = []world.Ground{{Shape: shape, Cells: 2}}
	w.Cells = world.Cells{Area: []uint16{0, 0}, Region: []int32{0, 1}, Land: []float64{100, 100}, Market: []int32{0, 1}}
	w.Markets = world.Markets{
		Region: []int32{0, 1}, Force: []float64{10, 30}, Employed: []float64{8, 24}, LogWage: []float64{0, math.Log(2)}, Exists: []bool{true, true},
	}
	w.Money.Treasury = []float64{1, 2}
	w.Sectors = make([]world.SectorState, 2)
	w.Now.Wage = 1
	w.Groups = []world.Group{{Number: 3, Name: "The Mill food", Group: "food", At: world.Point{X: 4, Y: 5}, Event: "birth"}}
	found(w, 11, 0, 0, 2, 10, 4)
	found(w, 12, 0, 0, 4, 10, 5)
	found(w, 13, 1, 0, 6, 20, 10)
	found(w, 14, 1, 1, 8, 40, 30)
	w.Firms.Cluster[0], w.Firms.Cluster[1], w.Firms.Cluster[2] = 3, 3, 3
	// 11 buys from 13 and works with 12; 14 buys from 11
	w.Firms.TakeSupplier(0, world.NewHalfTie(2, 11, 13, .5, 1))
	w.Firms.TakeSupplier(3, world.NewHalfTie(0, 14, 11, 1, 1))
	w.Firms.Join(0, 1, .25, 1)
	w.Firms.CollabOf(1).Bond(0).SetTrust(.75)
	return w
}

// found puts a firm into a row.
func found(w *world.World, id uint64, sector int, cell int32, jobs, sales, orders float64) int {
	f := &w.Firms
	i := f.Found(id, sector)
	f.Cell[i], f.Labour[i], f.Sales[i], f.Orders[i], f.Demand[i] = cell, jobs, sales, orders, 2*sales
	f.Exports[i], f.Wage[i], f.Rent[i] = float32(sales), 1, .125
	f.X[i], f.Y[i] = float64(10*cell)+5, 5
	return i
}

// cells reads a table as records by column.
func records(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range all[1:] {
		row := map[string]string{}
		for k, name := range all[0] {
			row[name] = r[k]
		}
		out = append(out, row)
	}
	return out
}

// record runs a recorder over a world that change takes from tick to tick, and finishes the folder.
func record(t *testing.T, w *world.World, ticks, every int, change func(tick int)) (string, *Manifest) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "run")
	f, err := Create(dir, Manifest{Scenario: "hamlet", Ticks: ticks, Every: every, Runs: []Run{{Seed: 7}}}, false)
	if err != nil {
		t.Fatal(err)
	}
	r := f.Recorder(0)
	for tick := range ticks + 1 {
		w.Now.Tick = tick
		if tick > 0 {
			change(tick)
		}
		if err := r.Observe(world.NewView(w), tick); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Finish(world.NewView(w)); err != nil {
		t.Fatal(err)
	}
	m, err := f.Finish(time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return dir, m
}

// wants holds a row to numbers, to nine figures.
func wants(t *testing.T, row map[string]string, want map[string]float64) {
	t.Helper()
	for name, x := range want {
		got, err := strconv.ParseFloat(row[name], 64)
		if err != nil && !math.IsNaN(x) || math.Abs(got-x) > 1e-9*math.Max(1, math.Abs(x)) {
			t.Errorf("%s = %q, want %v", name, row[name], x)
		}
		if math.IsNaN(x) && row[name] != "" {
			t.Errorf("%s = %q, want an empty cell", name, row[name])
		}
	}
}

func TestSeriesByHand(t *testing.T) {
	dir, _ := record(t, hamlet(), 0, 1, nil)
	row := records(t, dir, "series")[0]
	wants(t, row, map[string]float64{
		"run": 0, "seed": 7, "tick": 0, "firms": 4, "firms_real": 40,
		"jobs":         200,            // (2+4+6+8) x 10 firms an agent
		"value_added":  310,            // (6+5+10+10) x 10
		"productivity": 31. / 20,       // value added per job
		"unit_cost":    1,              // all prices are e^0
		"wage":         (8 + 48) / 32., // weighted by the employed
		"unemployment": .2,             // 32 of 40 at work
		"rent":         .125,
		"exports":      400, // half of the demand is the world's, and half of it is delivered: 40 x 10
		"rd":           70,  // .05 x 20 + .1 x 60
		"births":       0, "deaths": 0,
		"ties":   3, // two supply ties, one collaboration
		"degree": .5, "collaborators": .5, "suppliers": .5,
		"trust":                   (.5 + .25 + .75 + 1) / 4,
		"share_firms_in_clusters": .75, "share_jobs_in_clusters": .6, "share_value_added_in_clusters": 21. / 31,
		"clusters": 1, "treasury": 30, "technology": 1, "world_wage": 1, "synergy": math.NaN(),
	})
	if row["policy"] != "" {
		t.Errorf("policy = %q", row["policy"])
	}
	sector := records(t, dir, "series_sector")
	wants(t, sector[0], map[string]float64{"firms": 2, "jobs": 60, "value_added": 110, "share_jobs_in_clusters": 1, "wage": 1,
		"firms_real": 20, "productivity": 11. / 6, "unit_cost": 1, "exports": 100, "rd": 10, "rent": .125, "technology": 1})
	wants(t, sector[1], map[string]float64{"firms": 2, "jobs": 140, "value_added": 200, "rd": 60})
	region := records(t, dir, "series_region")
	wants(t, region[0], map[string]float64{"jobs": 120, "wage": 1, "unemployment": .2, "treasury": 10})
	wants(t, region[1], map[string]float64{"jobs": 80, "wage": 2, "treasury": 20})
	if sector[1]["sector"] != "tools" || region[1]["region"] != "east" {
		t.Errorf("rows are of %s and %s", sector[1]["sector"], region[1]["region"])
	}
	cluster := records(t, dir, "clusters")[0]
	wants(t, cluster, map[string]float64{
		"cluster": 3, "x": 4, "y": 5, "firms": 3, "jobs": 120, "value_added": 210, "productivity": 21. / 12,
		"trust_in": .5, "trust_out": math.NaN(), "exports": 200,
	})
	if cluster["name"] != "The Mill food" || cluster["event"] != "birth" {
		t.Errorf("cluster: %v", cluster)
	}
	ties := records(t, dir, "ties")
	if len(ties) != 1 || ties[0]["from"] != "11" || ties[0]["to"] != "12" || ties[0]["trust_from"] != "0.25" || ties[0]["trust_to"] != "0.75" {
		t.Errorf("ties.csv: %v", ties)
	}
	cells := records(t, dir, "cells")
	wants(t, cells[0], map[string]float64{"x": 5, "y": 5, "km": 10, "jobs": 120})
	sizes := records(t, dir, "sizes")
	if len(sizes) != 4 || sizes[0]["jobs"] != "8" || sizes[3]["rank"] != "4" {
		t.Errorf("sizes.csv: %v", sizes)
	}
	if sectors := records(t, dir, "sectors"); len(sectors) != 2 || sectors[0]["rank"] != "2" || sectors[1]["rank"] != "1" {
		t.Errorf("sectors.csv: %v, want tools, which has more jobs, in front", sectors)
	}
}

// TestFlowsByHand lets one firm die, another be born in its row, and a third grow, over three years.
func TestFlowsByHand(t *testing.T) {
	w := hamlet()
	change := func(tick int) {
		w.Count = world.Count{Moves: 1}
		w.Money.TaxRevenue = .5
		switch tick {
		case 2:
			w.Firms.DropSupplier(0, 0)
			w.Firms.Retire(2)
			w.Count.Deaths = 1
		case 3:
			found(w, 15, 1, 1, 1, 1, 0)
			w.Count.Births = 1
		case 6: // one row, one tick: a firm dies and another is born
			w.Firms.Retire(2)
			found(w, 16, 1, 1, 1, 1, 0)
			w.Count.Births, w.Count.Deaths = 1, 1
		case 10:
			w.Firms.Labour[3] = 8 * math.E // grows by e in the third year
		}
	}
	dir, _ := record(t, w, 12, 4, change)
	series := records(t, dir, "series")
	if len(series) != 4 {
		t.Fatalf("%d rows", len(series))
	}
	wants(t, series[1], map[string]float64{"tick": 4, "births": 1, "deaths": 1, "moves": 4, "tax_revenue": 20, "firms": 4})
	wants(t, series[2], map[string]float64{"births": 1, "deaths": 1, "moves": 4})
	wants(t, series[3], map[string]float64{"births": 0, "deaths": 0})
	sector := records(t, dir, "series_sector")
	wants(t, sector[2], map[string]float64{"births": 0, "deaths": 0}) // bread at tick 4
	wants(t, sector[3], map[string]float64{"births": 1, "deaths": 1}) // tools
	region := records(t, dir, "series_region")
	wants(t, region[2], map[string]float64{"births": 0, "deaths": 1}) // west
	wants(t, region[3], map[string]float64{"births": 1, "deaths": 0}) // east
	wants(t, sector[5], map[string]float64{"tick": 8, "births": 1, "deaths": 1})
	wants(t, region[5], map[string]float64{"tick": 8, "births": 1, "deaths": 1})
	if firms := records(t, dir, "firms"); len(firms) != 8 || firms[3]["tick"] != "0" || firms[4]["tick"] != "12" {
		t.Errorf("firms.csv has not the firms of the start and of the end: %v", firms)
	}
	growth := records(t, dir, "growth")
	if len(growth) != 2 {
		t.Fatalf("growth.csv: %v", growth)
	}
	wants(t, growth[0], map[string]float64{"tick": 12, "lo": 0, "hi": .02, "firms": 3})
	wants(t, growth[1], map[string]float64{"tick": 12, "lo": 1, "hi": 1.02, "firms": 1})
}

// Rates are those of one year: who grew in the third year stands still in the fourth.
func TestGrowthOfEachYear(t *testing.T) {
	w := hamlet()
	dir, _ := record(t, w, 16, 4, func(tick int) {
		if tick == 10 {
			w.Firms.Labour[3] = 8 * math.E
		}
	})
	growth := records(t, dir, "growth")
	if len(growth) != 3 {
		t.Fatalf("growth.csv: %v", growth)
	}
	wants(t, growth[0], map[string]float64{"tick": 12, "lo": 0, "firms": 3})
	wants(t, growth[1], map[string]float64{"tick": 12, "lo": 1, "firms": 1})
	wants(t, growth[2], map[string]float64{"tick": 16, "lo": 0, "firms": 4})
}

// Cells of 5 km lie four to a square of 10 km, which are counted from the corner of the map in both directions.
func TestSquares(t *testing.T) {
	w := hamlet()
	w.Ground = []world.Ground{{Shape: grid.Shape{NX: 4, NY: 4, CellKM: 5}, Cells: 16}}
	w.Cells = world.Cells{Area: make([]uint16, 16), Region: make([]int32, 16), Land: make([]float64, 16), Market: make([]int32, 16)}
	s := newSquares(world.NewView(w))
	if want := []int32{0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3}; s.n != 4 || !slices.Equal(s.of, want) {
		t.Errorf("%d squares: %v, want %v", s.n, s.of, want)
	}
}

func TestSynergyByHand(t *testing.T) {
	w := hamlet()
	change := func(tick int) {
		if tick == 4 {
			w.Synergy = world.Synergy{
				Tick: 4, Base: []float64{10, 10, 0, 20}, Input: []float32{1, 1, 0, 2}, Labour: []float32{1, 0, 0, 0},
				Trust: []float32{0, 0, 0, -1}, Knowledge: []float32{2, 2, 0, 4}, Club: []float32{.5, 0, 0, 1.5},
			}
		}
	}
	dir, _ := record(t, w, 5, 1, change)
	rows := records(t, dir, "synergy")
	wants(t, rows[0], map[string]float64{"tick": 4, "cluster": 0, "input": .1, "labour": .025, "knowledge": .2, "trust": -.025, "club": .05, "total": .35})
	wants(t, rows[1], map[string]float64{"cluster": 3, "input": .1, "labour": .05, "knowledge": .2, "club": .025, "total": .375})
	series := records(t, dir, "series")
	wants(t, series[3], map[string]float64{"synergy": math.NaN()})
	wants(t, series[4], map[string]float64{"synergy": .35})
	wants(t, series[5], map[string]float64{"synergy": .35}) // as of the last year's end
}

func TestLedgerByHand(t *testing.T) {
	w := hamlet()
	w.Ledger = []world.LedgerEntry{{Policy: "roads"}, {Policy: "grants"}}
	change := func(tick int) {
		w.Ledger[0].Now = world.Cost{Gross: 2, Admin: .5, GuaranteeLoss: .25, PrivateLevered: 1.5}
		w.Ledger[1].Now = world.Cost{Gross: 1, Forgone: 1}
		for k := range w.Ledger {
			w.Ledger[k].Total.Add(w.Ledger[k].Now)
		}
		w.Money.PublicCost = 3.5
	}
	dir, _ := record(t, w, 6, 3, change)
	rows := records(t, dir, "ledger")
	if len(rows) != 6 || rows[2]["policy"] != "roads" || rows[5]["policy"] != "grants" {
		t.Fatalf("ledger.csv: %v", rows)
	}
	wants(t, rows[0], map[string]float64{"tick": 0, "gross": 0, "admin": 0})
	wants(t, rows[2], map[string]float64{"tick": 3, "gross": 60, "admin": 15, "forgone": 0, "guarantee_loss": 7.5, "private_levered": 45, "tax_back": math.NaN()})
	wants(t, rows[5], map[string]float64{"tick": 6, "gross": 30, "admin": 0, "forgone": 30})
	wants(t, records(t, dir, "series")[2], map[string]float64{"public_cost": 105})
}

func TestDictionaryIsComplete(t *testing.T) {
	w := hamlet()
	w.Ledger = []world.LedgerEntry{{Policy: "roads"}}
	w.Setting.Institutions, w.Facilities = []world.Institution{{ID: "lab"}}, []world.Facility{{}}
	dir, m := record(t, w, 0, 1, nil)
	known := map[string]bool{}
	for _, row := range records(t, dir, "dictionary") {
		known[row["table"]+"/"+row["column"]] = true
		if row["meaning"] == "" {
			t.Errorf("%v has no meaning", row)
		}
	}
	for name := range m.Tables {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(data), "\n")
		for _, column := range strings.Split(head, ",") {
			if key := strings.TrimSuffix(name, ".csv") + "/" + column; !known[key] {
				t.Errorf("the dictionary does not have %s", key)
			}
			delete(known, strings.TrimSuffix(name, ".csv")+"/"+column)
		}
	}
	for key := range known {
		t.Errorf("the dictionary has %s, which no table has", key)
	}
}

func TestPoolKeepsASample(t *testing.T) {
	p := newPool()
	n := 2*mostPooled + mostPooled/2
	for k := range n {
		p.add(mix(uint64(k)), float64(k))
	}
	if len(p.rates) > mostPooled || len(p.rates) < mostPooled/4 {
		t.Fatalf("%d rates kept of %d", len(p.rates), n)
	}
	sum := 0.0
	for _, x := range p.rates {
		sum += x
	}
	if mean := sum / float64(len(p.rates)); math.Abs(mean-float64(n)/2) > 3*float64(n)/math.Sqrt(12*float64(len(p.rates))) {
		t.Errorf("the mean of the sample is %v, of all %v", mean, float64(n)/2)
	}
	q := newPool()
	for k := n - 1; k >= 0; k-- {
		q.add(mix(uint64(k)), float64(k))
	}
	if len(q.rates) != len(p.rates) {
		t.Errorf("in the other order %d rates are kept, not %d", len(q.rates), len(p.rates))
	}
}

func TestQuantile(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		p, w float64
	}{{[]float64{3, 1, 2}, .5, 2}, {[]float64{1, 2}, .5, 1.5}, {[]float64{0, 10}, .1, 1}, {[]float64{7}, .9, 7}, {[]float64{1, 2, 3}, 1, 3}} {
		if got := quantile(c.x, c.p); got != c.w {
			t.Errorf("quantile(%v, %v) = %v, want %v", c.x, c.p, got, c.w)
		}
	}
	if !math.IsNaN(median(nil)) {
		t.Error("the median of nothing is a number")
	}
}

func TestFolderOfAKilledRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	m := Manifest{Scenario: "hamlet", Runs: []Run{{Seed: 1}}, Every: 1}
	f, err := Create(dir, m, false)
	if err != nil {
		t.Fatal(err)
	}
	r := f.Recorder(0)
	if err := r.Observe(world.NewView(hamlet()), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "not whole") {
		t.Errorf("a folder that is being written opens: %v", err)
	}
	// The run is killed here. The same run may write the folder anew, another one may not.
	other := m
	other.Runs = []Run{{Seed: 2}}
	if _, err := Create(dir, other, false); !errors.Is(err, ErrOccupied) {
		t.Errorf("another run took the folder: %v", err)
	}
	if f, err = Create(dir, m, false); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) > 0 {
		t.Errorf("the killed run's %v are still there", left)
	}
	r = f.Recorder(0)
	v := world.NewView(hamlet())
	if err := errors.Join(r.Observe(v, 0), r.Finish(v)); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Finish(0); err != nil {
		t.Fatal(err)
	}
	if m, err := Open(dir); err != nil || !m.Complete {
		t.Errorf("the folder of the second run: %v", err)
	}
}

// What is made anew in a folder leaves no table or page of what was there, and nothing that is not ours is taken away.
func TestAnewLeavesNothingOld(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "c")
	m := Manifest{Scenario: "hamlet", Runs: []Run{{Seed: 1}}, Every: 1}
	f, err := Create(dir, m, false)
	if err != nil {
		t.Fatal(err)
	}
	beside := filepath.Join(filepath.Dir(dir), "mine.csv")
	f.manifest.Tables = map[string]Hashed{"effects.csv": {}, "runs.parquet": {}, "netlogo/table.csv": {}, "../mine.csv": {}, "notes.txt": {}}
	if err := f.manifest.write(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "netlogo"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "effects.csv"), filepath.Join(dir, "runs.parquet"), filepath.Join(dir, "netlogo", "table.csv"), filepath.Join(dir, "claims.md"), filepath.Join(dir, "notes.txt"), filepath.Join(dir, "own.csv"), beside} {
		if err := os.WriteFile(path, []byte("old"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Create(dir, m, true); err != nil {
		t.Fatal(err)
	}
	for path, stays := range map[string]bool{"effects.csv": false, "runs.parquet": false, "netlogo/table.csv": false, "claims.md": false, "notes.txt": true, "own.csv": true, "../mine.csv": true} {
		if _, err := os.Stat(filepath.Join(dir, path)); (err == nil) != stays {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A run leaves alone what another process writes, and what one on another machine may.
func TestFolderOfALivingRun(t *testing.T) {
	host, _ := os.Hostname()
	own, _ := process.Birth(os.Getpid())
	parent, _ := process.Birth(os.Getppid())
	for _, c := range []struct {
		host, born string
		pid        int
		taken      bool
	}{{host, "", os.Getppid(), true}, {host, fmt.Sprintf(bornText, parent), os.Getppid(), true}, {"another-" + host, "", 1 << 30, true}, {host, "", 1 << 30, false},
		{host, fmt.Sprintf(bornText, "before 7"), os.Getppid(), own == ""}, // it has the number of one that was killed
		{"another-" + host, fmt.Sprintf(bornText, "before 7"), os.Getppid(), true}} {
		dir := t.TempDir()
		m := Manifest{Scenario: "hamlet", Runs: []Run{{Seed: 1}}}
		if _, err := Create(dir, m, false); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, MarkerFile), fmt.Appendf(nil, markerText+"%s", c.host, c.pid, c.born), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Create(dir, m, true); errors.Is(err, ErrOccupied) != c.taken {
			t.Errorf("marker of process %d on %s, %q: %v", c.pid, c.host, c.born, err)
		}
	}
}

// Of several who find the marker of a killed run one takes the folder over. Who was slow leaves the marker of the others alone, while they
// write and when they have ended; one that was killed while it took over is followed by the next.
func TestOneTakesOver(t *testing.T) {
	host, _ := os.Hostname()
	born, _ := process.Birth(os.Getppid())
	text := func(pid int, born, once string) []byte {
		return fmt.Appendf(nil, markerText+bornText+onceText, host, pid, born, once)
	}
	killed, living, next := text(1<<30, "", "a"), text(os.Getppid(), born, "b"), text(1<<30, "", "c")
	dir := t.TempDir()
	path := filepath.Join(dir, MarkerFile)
	after := func(text []byte) string {
		return filepath.Join(dir, fmt.Sprintf("%s%x", afterMark, sha256.Sum256(text)))
	}
	put := func(path string, text []byte) {
		t.Helper()
		if err := os.WriteFile(path, text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	slow := func() error {
		own, err := prepared(path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = os.Remove(own) }()
		return takeOver(dir, own, killed)
	}
	put(path, living) // it took over while this one looked at the marker of the killed
	if err := slow(); !errors.Is(err, ErrOccupied) {
		t.Errorf("behind one that has taken over: %v", err)
	}
	if is, err := os.ReadFile(path); err != nil || string(is) != string(living) {
		t.Errorf("its marker is %q, %v", is, err)
	}
	own, err := prepared(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := takeOver(dir, own, living); !errors.Is(err, ErrOccupied) { // its marker was read where another one had been found
		t.Errorf("from one that lives: %v", err)
	}
	if is, err := os.ReadFile(path); err != nil || string(is) != string(living) {
		t.Errorf("its marker is %q, %v", is, err)
	}
	if err := errors.Join(os.Remove(own), os.Remove(path)); err != nil { // it has ended
		t.Fatal(err)
	}
	if err := slow(); !errors.Is(err, ErrOccupied) || len(Matching(dir, "*")) > 0 {
		t.Errorf("behind one that has ended: %v, %v are left", err, Matching(dir, "*"))
	}
	put(path, killed)
	put(after(killed), living) // it is about to take over
	if err := slow(); !errors.Is(err, ErrOccupied) {
		t.Errorf("beside one that takes over: %v", err)
	}
	put(after(killed), next) // it was killed
	put(after(next), living)
	if err := mark(dir); !errors.Is(err, ErrOccupied) {
		t.Errorf("beside the third: %v", err)
	}
	if is, err := os.ReadFile(path); err != nil || string(is) != string(killed) {
		t.Errorf("the marker is %q, %v", is, err)
	}
	put(after(next), text(1<<30, "", "d"))
	if err := mark(dir); err != nil {
		t.Fatal(err)
	}
	if left := Matching(dir, "*"); len(left) != 1 || left[0] != path {
		t.Errorf("files %v are left", left)
	}
	if is, err := os.ReadFile(path); err != nil || !strings.Contains(string(is), fmt.Sprintf("process %d\n", os.Getpid())) {
		t.Errorf("the marker is %q, %v", is, err)
	}
}

// Where a file cannot have two names, a marker is there before its words are: it is waited for. One that stays without words is taken over.
func TestMarkerWithoutWords(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, MarkerFile)
	if err := os.WriteFile(path, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	host, _ := os.Hostname()
	born, _ := process.Birth(os.Getppid())
	living := fmt.Appendf(nil, markerText+bornText+onceText, host, os.Getppid(), born, "a")
	said := make(chan error)
	go func() {
		time.Sleep(2 * wait)
		said <- os.WriteFile(path, living, 0o666)
	}()
	err := mark(dir)
	if fault := <-said; fault != nil {
		t.Fatal(fault)
	}
	if is, _ := os.ReadFile(path); !errors.Is(err, ErrOccupied) || string(is) != string(living) {
		t.Errorf("beside one that is about to say who it is: %v; the marker is %q", err, is)
	}
	if err := os.WriteFile(path, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := mark(dir); err != nil {
		t.Errorf("behind one that was killed before it said who it is: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	for name, c := range map[string]struct{ manifest, want string }{
		"torn":    {`{"agglo": 1, "scen`, "it is damaged"},
		"foreign": {`{"name": "something else"}`, "another program"},
		"no form": {`{"agglo": -1, "ticks": 4}`, "another program"},
		"newer":   {`{"agglo": 2, "ticks": "9 quarters", "code": {"version": "v7.1"}}`, "written by a newer agglo (v7.1); this one reads up to 1"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ManifestFile), []byte(c.manifest), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s manifest: %v, want %q in it", name, err, c.want)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, ErrNoFolder) {
		t.Errorf("no folder: %v", err)
	}
}

// TestMarkersInTheFolderName takes signs that file patterns have a meaning for.
func TestMarkersInTheFolderName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run[1]*")
	for range 2 {
		if _, err := Create(dir, Manifest{Runs: []Run{{}}}, false); err != nil {
			t.Fatal(err)
		}
	}
}

func TestInputs(t *testing.T) {
	f, err := Create(filepath.Join(t.TempDir(), "run"), Manifest{Runs: []Run{{}}}, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.AddInput("geo/a.geojson", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	if err := f.AddInput("../a.geojson", nil); err == nil {
		t.Error("an input was written outside the folder")
	}
	if data, err := os.ReadFile(filepath.Join(f.Dir(), InputsDir, "geo", "a.geojson")); err != nil || string(data) != "{}" {
		t.Errorf("the input reads %q, %v", data, err)
	}
}
