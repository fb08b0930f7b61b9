package scenarios

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"agglo/model/policy"
	"agglo/sim/param"
)

// Money: 1,000,000 DM of 2002 at .5 a mark is 500,000; prices rise 25% a year, the price year is 2000, so 320,000; at
// 40,000 a worker and year 8 worker-years; two firms an agent, so 4.
func TestMoneyBecomesWorkerYears(t *testing.T) {
	s := parse(t, with(`scale: 2
currency: {code: EUR, price_year: 2000, labour_cost: 40000, deflator: .25, fx: {DEM: .5}}
options:
  - {id: a, instrument: subsidy, from: 2001, to: 2003Q2, budget: 1e6, currency: DEM, price_year: 2002, finance: outside}
  - {id: b, instrument: burn, intensity: 0}
`))
	as, ok := s.Option("a")
	if !ok || len(as) != 1 {
		t.Fatalf("a = %+v", as)
	}
	a := as[0]
	if math.Abs(a.Budget-4) > 1e-12 || a.From != 4 || a.To != 13 || a.Finance != policy.Outside {
		t.Errorf("a = %+v", a)
	}
	bs, _ := s.Option("b")
	if b := bs[0]; b.Budget >= 0 || b.From != 0 || b.To != never || b.Intensity != 0 || b.Finance != policy.LocalTax {
		t.Errorf("b = %+v", bs)
	}
	if !strings.Contains(strings.Join(s.Notes, " "), "policy b has no budget") {
		t.Errorf("notes %v", s.Notes)
	}
	if _, ok := s.Option("c"); ok {
		t.Error("an option that does not exist was found")
	}
}

// Money of 2000, the price year, stays as it is, that of two years before is worth 1.5625 times as much, and an unknown year is the price year's. Where
// no price year is said it is that of the start.
func TestPricesOfOtherYears(t *testing.T) {
	s := parse(t, with("start: {year: 2003}\ncurrency: {code: EUR, price_year: 2000, labour_cost: 40000, deflator: .25, fx: {DEM: .5}}\n"))
	for _, c := range []struct {
		code string
		year float64 // 0 = none
		want float64
	}{{"", 0, 25}, {"EUR", 2000, 25}, {"", 1998, 25 * 1.5625}, {"", 2001, 20}, {"DEM", 1999, 25 * .5 * 1.25}} {
		var year *Number
		if c.year > 0 {
			year = &Number{Value: c.year}
		}
		if got := s.workerYears(1e6, c.code, year); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("a million of %g, %q: %v worker-years, want %v", c.year, c.code, got, c.want)
		}
	}
	if own := parse(t, with("start: {year: 2003}\ncurrency: {code: EUR}\n")); s.priceYear() != 2000 || own.priceYear() != 2003 {
		t.Errorf("price years %d and %d, want 2000 and 2003", s.priceYear(), own.priceYear())
	}
}

// An agent that stands for n firms divides firms, jobs, labour force and land by n.
func TestScale(t *testing.T) {
	one, ten := setup(t, parse(t, small)), setup(t, parse(t, with("scale: 10\n")))
	a, b := one.Setting, ten.Setting
	if a.Sectors[0].Firms != 100 || b.Sectors[0].Firms != 10 || b.Sectors[0].Employment != 90 ||
		b.Areas[0].LabourForce != 100 || b.Areas[0].Land[0] != a.Areas[0].Land[0]/10 {
		t.Errorf("scale 10: %+v, force %v, land %v", b.Sectors[0], b.Areas[0].LabourForce, b.Areas[0].Land[0])
	}
}

func TestOverrides(t *testing.T) {
	s := parse(t, with("seed: 5\nticks: 12\n"))
	seed, ticks := uint64(0), 0
	got, err := s.Setup(Overrides{Seed: &seed, Ticks: &ticks})
	if err != nil || got.Seed != 0 || got.Ticks != 0 {
		t.Errorf("seed %d, ticks %d, %v: want 0 and 0", got.Seed, got.Ticks, err)
	}
	if own := setup(t, s); own.Seed != 5 || own.Ticks != 12 {
		t.Errorf("seed %d, ticks %d: want 5 and 12", own.Seed, own.Ticks)
	}
	if seed = 1 << 53; err == nil {
		_, err = s.Setup(Overrides{Seed: &seed})
	}
	if err == nil {
		t.Error("a seed of 2^53 was taken")
	}
	if ticks = -1; ticks < 0 {
		if _, err = s.Setup(Overrides{Ticks: &ticks}); err == nil {
			t.Error("negative ticks were taken")
		}
	}
}

// Two ict sectors of 300 and 100 jobs: the table gives ict .45 and business services .13 for ict, so the row of the first
// is .45 x 3/4, .45 x 1/4, .13, over .58. A sector's own row goes first and is scaled to 1.
func TestInputShares(t *testing.T) {
	s := parse(t, `agglo: 1
id: io
areas: [{id: here, shape: {box_km: [20, 10]}, labour_force: 1000}]
sectors:
  - {id: a, group: ict, firms: 10, employment: 300}
  - {id: b, group: ict, firms: 10, employment: 100}
  - {id: c, group: business-services, firms: 10, employment: 50, inputs: {a: 1, c: 3}}
  - {id: d, group: unheard-of, firms: 10, employment: 50}
`)
	want := [][]float64{
		{.3375 / .58, .1125 / .58, .13 / .58, 0},
		{.3375 / .58, .1125 / .58, .13 / .58, 0},
		{.25, 0, .75, 0},
		{.6, .2, .1, .1}, // no row: by size
	}
	got := setup(t, s).Setting.Inputs
	for i := range want {
		for k := range want[i] {
			if math.Abs(got[i][k]-want[i][k]) > 1e-12 {
				t.Errorf("inputs of %d: %v, want %v", i, got[i], want[i])
				break
			}
		}
	}
	if len(s.Notes) == 0 || !strings.Contains(strings.Join(s.Notes, " "), "unheard-of") {
		t.Errorf("the missing row is not mentioned: %v", s.Notes)
	}
	for _, id := range Names() {
		for i, row := range setup(t, load(t, id)).Setting.Inputs {
			if math.Abs(sum(row)-1) > 1e-12 {
				t.Errorf("%s: row %d sums to %v", id, i, sum(row))
			}
		}
	}
}

// The rows of the shared table sum to 1 and name groups that have rows.
func TestTable(t *testing.T) {
	s := parse(t, small)
	for _, group := range s.Groups() {
		total := 0.0
		for _, to := range sortedKeys(s.rows[group]) {
			total += s.rows[group][to]
			if s.rows[to] == nil {
				t.Errorf("%s buys from %s, which has no row", group, to)
			}
		}
		if math.Abs(total-1) > 1e-9 {
			t.Errorf("%s sums to %v", group, total)
		}
	}
}

func TestTarget(t *testing.T) {
	s := parse(t, with(`regions: [{id: west, shape: {box_km: [10, 10]}}, {id: rest}]
places: [{id: town, at_km: [3, 4]}]
policies:
  - id: p
    instrument: tax_break
    budget: 0
    target: {regions: [rest], sectors: [metals], within: {place: town, km: 2}, size: [0, 250], age: [0, 5], cluster: existing}
`))
	got := setup(t, s).Policies[0].Target
	want := policy.Target{Regions: []int{1}, Sectors: []int{0}, Within: &policy.Within{KM: 2}, Size: &[2]float64{0, 250}, Age: &[2]float64{0, 5}, Cluster: "existing"}
	want.Within.At.X, want.Within.At.Y = 3, 4
	if !reflect.DeepEqual(got, want) {
		t.Errorf("target %+v, want %+v", got, want)
	}
}

// aParam is a parameter of the rules that is a number, and a value out of its range.
func aParam(t *testing.T, s *Scenario) param.Entry {
	t.Helper()
	for _, e := range param.List(s.Params) {
		if e.Kind == "float64" && e.In == "[0,1]" {
			return e
		}
	}
	t.Fatal("no parameter has the range [0,1]")
	return param.Entry{}
}

func TestSet(t *testing.T) {
	s := load(t, "silicon-valley")
	p := aParam(t, s)
	for path, value := range map[string]string{
		p.Path: "0.25", "params." + p.Path: "0.25", "ticks": "8", "seed": "7", "scenario.scale": "10", "areas.bay.cell_km": "4",
		"sectors.software.firms": "500", "shocks.dotcom-venture.change": "-.5", "id": "other", "title": "Other", "start.quarter": "!", "currency.code": "EUR",
		"policies.none.budget": "!", "origin": "!", "areas.bay.shape.file": "!", "ticks.x": "!", "sectors": "!", "sectors.software": "!",
	} {
		err := s.Set(path, value)
		if refused := value == "!"; (err != nil) != refused {
			t.Errorf("Set(%s, %s): %v", path, value, err)
		}
	}
	if got, err := param.Get(s.Params, p.Path); err != nil || got != .25 {
		t.Errorf("%s = %v, %v: want .25", p.Path, got, err)
	}
	out := setup(t, s)
	if out.Ticks != 8 || out.Seed != 7 || out.Setting.Scale != 10 || out.Setting.Areas[0].CellKM != 4 ||
		out.Setting.Sectors[4].Firms != 50 || out.Setting.Shocks[2].Change != -.5 || s.ID != "other" {
		t.Errorf("not all values arrived: %+v", out.Setting.Sectors[4])
	}
	if f := s.Sectors[4].Firms; f.Source != "" || f.Verified != nil {
		t.Errorf("a number set by hand keeps the old one's source: %+v", f)
	}
	before := s.YAML()
	for path, c := range map[string]struct{ value, want string }{
		p.Path:                      {"1.4", "want [0,1]"},
		p.Path + "x":                {"1", "did you mean " + p.Path + "?"},
		"tiks":                      {"1", "did you mean ticks?"},
		"sectors.sofware.firms":     {"1", "did you mean sectors.software.firms?"},
		"ticks":                     {"4.5", "want a whole number"},
		"scale":                     {"0", "want a number in [1,100000]"},
		"areas.bay.cell_km":         {".05", "at most 250000"},
		"areas.bay.labour_force":    {"10", "want at least as many"},
		"shocks.dotcom-venture.to":  {"1999", "is not after from"},
		"seed":                      {"&a 1", "anchors"},
		"areas.bay.land":            {"[1", "is not a value"},
		"places.palo-alto.at":       {"[97, 8]", "latitude"},
		"targets.0.metric":          {"job", "did you mean jobs?"},
		"institutions.slac.kind":    {"universty", "did you mean university?"},
		"sectors.research.tradable": {"lots", "is a text"},
	} {
		if err := s.Set(path, c.value); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Set(%s, %s): %v: want %q in it", path, c.value, err, c.want)
		}
	}
	if string(before) != string(s.YAML()) {
		t.Error("a refused value changed the scenario")
	}
}

// Money of shared facilities becomes worker-years: of the budget agents' ones, of the fee per worker. Who says nothing asks for the
// parameter's fee, and for what it leaves uncovered.
func TestMoneyOfFacilities(t *testing.T) {
	s := parse(t, with(`institutions: [{id: a, kind: chamber, at: [0, 0], budget: 30, fee: 2}, {id: b, kind: chamber, at: [0, 0]}, {id: c, kind: chamber, at: [0, 0], sharing: true}]
`))
	cost, in := s.Currency.LabourCost.Value, setup(t, s).Setting.Institutions
	if in[0].Budget != 30/cost/s.Scale.Value || in[0].Fee != 2/cost || in[0].Sharing {
		t.Errorf("%+v", in[0])
	}
	if in[1].Budget != -1 || in[1].Fee != -1 || in[1].Sharing || in[2].Budget != -1 || !in[2].Sharing {
		t.Errorf("%+v %+v", in[1], in[2])
	}
}

// Regions differ in how readily people found firms and in what that costs; who says nothing is like the others.
func TestTraitsOfFounding(t *testing.T) {
	r := setup(t, parse(t, with(`regions: [{id: west, shape: {box_km: [10, 10]}, traits: {enterprise: {value: 1.5, source: assumed}, entry_cost: {value: 2, source: assumed}}}, {id: rest}]
`))).Setting.Regions
	if r[0].EnterpriseFactor() != 1.5 || r[0].EntryFactor() != 2 || r[1].EnterpriseFactor() != 1 || r[1].EntryFactor() != 1 {
		t.Errorf("%+v", r)
	}
}
