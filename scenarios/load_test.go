package scenarios

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"agglo/model"
	"agglo/model/world"
)

// small is the least scenario: the required keys and nothing else.
const small = `agglo: 1
id: small
areas: [{id: here, shape: {box_km: [20, 10]}, labour_force: 1000}]
sectors: [{id: metals, firms: 100, employment: 900}]
`

// with is the least scenario with more below it.
func with(more string) string { return small + more }

func load(t *testing.T, name string) *Scenario {
	t.Helper()
	s, err := Load(name)
	if err != nil {
		t.Fatalf("Load(%s): %v", name, err)
	}
	return s
}

func parse(t *testing.T, text string) *Scenario {
	t.Helper()
	s, err := Parse("test.yaml", []byte(text), nil)
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	return s
}

func setup(t *testing.T, s *Scenario) model.Setup {
	t.Helper()
	out, err := s.Setup(Overrides{})
	if err != nil {
		t.Fatalf("Setup: %v", err)
	}
	return out
}

func TestNames(t *testing.T) {
	if got, want := Names(), []string{
		"bangalore", "bioregio", "china-zones", "finland", "forty", "grenoble", "hsinchu", "israel", "kazakhstan", "oresund", "plain",
		"silicon-valley", "skolkovo", "ukraine-directive", "ukraine-khmelnytskyi",
	}; !slices.Equal(got, want) {
		t.Errorf("Names() = %v, want %v", got, want)
	}
	for _, h := range Headlines() {
		if h.Title.EN == "" || h.Title.RU == "" || h.Summary.EN == "" || h.Summary.RU == "" {
			t.Errorf("%s: title %+v and summary %+v: want both languages", h.ID, h.Title, h.Summary)
		}
	}
}

// The two scenarios hold what the source article and the statistics say.
func TestPlain(t *testing.T) {
	s := setup(t, load(t, "plain"))
	firms, jobs := 0, 0.0
	for _, x := range s.Setting.Sectors {
		if x.Emerging == nil {
			firms += x.Firms
			jobs += x.Employment
		}
	}
	if len(s.Setting.Sectors) != 8 || firms != 3000 || math.Abs(jobs/float64(firms)-4.6) > .01 {
		t.Errorf("%d sectors, %d firms, %v jobs: want 8, 3000 and 4.6 jobs a firm", len(s.Setting.Sectors), firms, jobs)
	}
	a := s.Setting.Areas[0]
	if u := 1 - jobs/a.LabourForce; math.Abs(u-.06) > .001 {
		t.Errorf("unemployment starts at %v, want .06", u)
	}
	if a.NX != 50 || a.NY != 50 || a.X0 != -50 || a.Y0 != -50 || a.Land[0] != 400 || s.Ticks != 160 {
		t.Errorf("grid %dx%d from (%v, %v), land %v, %d ticks", a.NX, a.NY, a.X0, a.Y0, a.Land[0], s.Ticks)
	}
	want := world.Emerging{From: world.Date{Year: 2010, Quarter: 1}, Midpoint: world.Date{Year: 2025, Quarter: 1}, WidthYears: 3, Mature: 1970}
	if last := s.Setting.Sectors[7]; last.Firms != 2 || *last.Emerging != want {
		t.Errorf("emerging sector: %d firms, %+v", last.Firms, *last.Emerging)
	}
}

// The world of many sectors is plain with more of them: the same square, parameters and firms a sector's area, four times the
// land and workers.
func TestForty(t *testing.T) {
	many, plain := setup(t, load(t, "forty")), setup(t, load(t, "plain"))
	firms, jobs, groups := 0, 0.0, map[string]int{}
	for _, x := range many.Setting.Sectors {
		firms += x.Firms
		jobs += x.Employment
		groups[x.Group]++
	}
	if len(many.Setting.Sectors) != 40 || firms != 12000 || len(groups) != 8 || math.Abs(jobs/float64(firms)-4.6) > .01 {
		t.Errorf("%d sectors in %d groups, %d firms, %v jobs", len(many.Setting.Sectors), len(groups), firms, jobs)
	}
	a, b := many.Setting.Areas[0], plain.Setting.Areas[0]
	if a.NX != b.NX || a.NY != b.NY || a.CellKM != b.CellKM || a.Land[0] != 4*b.Land[0] {
		t.Errorf("grid %dx%d of %v km, land %v: want that of plain with four times the land", a.NX, a.NY, a.CellKM, a.Land[0])
	}
	if u := 1 - jobs/a.LabourForce; math.Abs(u-.06) > .001 {
		t.Errorf("unemployment starts at %v, want .06", u)
	}
	if !reflect.DeepEqual(many.Params, plain.Params) {
		t.Error("the parameters are not those of plain")
	}
}

func TestSiliconValley(t *testing.T) {
	var scenario *Scenario
	var s model.Setup
	fastest := time.Hour
	for k := 0; k < 20 && fastest > time.Second; k++ { // other programs may have the machine meanwhile
		begin := time.Now()
		scenario = load(t, "silicon-valley")
		s = setup(t, scenario)
		fastest = min(fastest, time.Since(begin))
	}
	if fastest > time.Second {
		t.Errorf("loading took %v at best, want less than a second", fastest)
	}
	if len(scenario.Notes) != 0 {
		t.Errorf("notes: %v", scenario.Notes)
	}
	firms, jobs, hightech := 0, 0.0, 0.0
	for i, x := range s.Setting.Sectors {
		firms += x.Firms
		jobs += x.Employment
		if i < 11 {
			hightech += x.Employment
		}
	}
	// BLS, The Economics Daily 2009-09-08: 521,963 high-tech jobs in 2001; 87,000 firms by the source article.
	if firms != 87000 || hightech != 521963 {
		t.Errorf("%d firms, %v high-tech jobs: want 87000 and 521963", firms, hightech)
	}
	if u := 1 - jobs/s.Setting.Areas[0].LabourForce; math.Abs(u-.05) > .001 {
		t.Errorf("unemployment starts at %v, want .05", u)
	}
	// Land areas of the counties, km2 (US Census gazetteer, rounded); cells and simplified outlines may differ by 12%,
	// because the Bay's shallows count as land here.
	areas := []float64{1910, 1866, 121, 1161, 3341, 1153}
	cells := make([]float64, len(areas))
	for i, l := range s.Setting.Areas[0].Land {
		if l > 0 {
			cells[s.Setting.Areas[0].Region[i]] += 4
		}
	}
	for i, want := range areas {
		if math.Abs(cells[i]/want-1) > .12 {
			t.Errorf("%s has %v km2 of land, want about %v", s.Setting.Regions[i].ID, cells[i], want)
		}
	}
	if s.Setting.TownKM != 6 || s.Setting.Places[1].ID != "san-jose" || s.Setting.Places[1].Weight != 894943 {
		t.Errorf("towns: %v km, %+v", s.Setting.TownKM, s.Setting.Places[1])
	}
	if e := scenario.Evidence(); e.Bare != 0 || e.Sourced < 70 || e.Doubtful == 0 {
		t.Errorf("every number wants a source: %v", e)
	}
	if len(scenario.Targets) != 13 || scenario.Targets[0].Value.Value != 435826 {
		t.Errorf("%d targets, the first %v", len(scenario.Targets), scenario.Targets[0].Value)
	}
	vc := s.Setting.Institutions[slices.IndexFunc(s.Setting.Institutions, func(i world.Institution) bool { return i.Kind == "venture_fund" })]
	if vc.Capacity != 180 {
		t.Errorf("venture funds: capacity %v, want 180", vc.Capacity)
	}
	if shock := s.Setting.Shocks[0]; shock.From != 1 || shock.To != 12 || shock.Change != -.37 || len(shock.Sectors) != 4 {
		t.Errorf("first shock: %+v", shock)
	}
}

// What show prints reads back to the same setup, bit for bit.
func TestYAMLReadsBack(t *testing.T) {
	mine, err := Template("mine")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string][]byte{"template": mine, "small": []byte(small)}
	for _, id := range Names() {
		texts[id], _ = builtIn.ReadFile(id + ".yaml")
	}
	for name, text := range texts {
		first := parse(t, string(text))
		second := parse(t, string(first.YAML()))
		if a, b := setup(t, first), setup(t, second); !reflect.DeepEqual(a, b) {
			t.Errorf("%s: the resolved file gives another setup:\n%+v\n%+v", name, a, b)
		}
		if !reflect.DeepEqual(first.Targets, second.Targets) && name == "silicon-valley" {
			t.Errorf("%s: targets differ", name)
		}
	}
	head := string(load(t, "silicon-valley").YAML())
	if !strings.HasPrefix(head, "# silicon-valley: ") || !strings.Contains(head, "assumed or not verified") {
		t.Errorf("the head does not say how much is assumed: %s", head[:200])
	}
}

func TestTemplate(t *testing.T) {
	text, err := Template("my-valley")
	if err != nil {
		t.Fatal(err)
	}
	if s := parse(t, string(text)); s.ID != "my-valley" || len(s.Notes) != 0 {
		t.Errorf("template: id %s, notes %v", s.ID, s.Notes)
	}
	if _, err := Template("My Valley"); err == nil {
		t.Error("a name that is no id was taken")
	}
}

// A scenario in a folder finds its map beside it, and before a built-in one of that name.
func TestLoadFile(t *testing.T) {
	dir := t.TempDir()
	text := `agglo: 1
id: mapped
origin: [0, 0]
areas: [{id: here, shape: {file: m.geojson}, labour_force: 1000}]
sectors: [{id: metals, firms: 10, employment: 90}]
`
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	path := write("mapped.yaml", text)
	write("m.geojson", `{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[-0.1,-0.1],[0.1,-0.1],[0.1,0.1],[-0.1,0.1],[-0.1,-0.1]]]}}`)
	s := setup(t, load(t, path))
	if a := s.Setting.Areas[0]; a.NX != 12 || a.NY != 12 {
		t.Errorf("grid %dx%d, want 12x12 for 22 km", a.NX, a.NY)
	}
	_, err := Load(filepath.Join(dir, "nothing.yaml"))
	if !errors.Is(err, ErrUnknown) {
		t.Errorf("a missing file: %v", err)
	}
	if _, err = Load("plian"); !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "did you mean plain?") {
		t.Errorf("a misspelt name: %v", err)
	}
}

// Firms to start from, by degrees and by km.
func TestPlants(t *testing.T) {
	dir := fstest.MapFS{
		"km.csv":  {Data: []byte("sector,employment,x,y\nmetals,12,1,-2\nmetals,3.5,0,0\n")},
		"deg.csv": {Data: []byte("lat,lon,sector,employment\n0,0.05,metals,12\n")},
		"bad.csv": {Data: []byte("sector,employment,x,y\nmetal,12,1,-2\nmetals,-1,0,0\nmetals,a,0,0\n")},
		"far.csv": {Data: []byte("sector,employment,x,y\nmetals,12,100,-2\n")},
	}
	s, err := Parse("x.yaml", []byte(with("start_from: {firms: km.csv}\n")), dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []world.Plant{{Sector: 0, At: world.Point{X: 1, Y: -2}, Employment: 12}, {Sector: 0, Employment: 3.5}}
	if got := setup(t, s).Setting.Plants; !slices.Equal(got, want) {
		t.Errorf("plants %v, want %v", got, want)
	}
	if s, err = Parse("x.yaml", []byte(with("start_from: {firms: deg.csv}\n")), dir); err != nil {
		t.Fatal(err)
	}
	if p := setup(t, s).Setting.Plants[0]; math.Abs(p.At.X-5.5597) > 1e-3 { // .05 degrees of a great circle
		t.Errorf("x = %v km, want 5.56", p.At.X)
	}
	for file, wants := range map[string][]string{
		"bad.csv":  {"bad.csv:2:1: sector: \"metal\"", "is \"metals\" meant?", "bad.csv:3:8: employment: \"-1\"", "bad.csv:4:8: employment: \"a\""},
		"far.csv":  {"no cell with land"},
		"none.csv": {"no such file"},
		"../x.csv": {"want a path below"},
	} {
		_, err := Parse("x.yaml", []byte(with("start_from: {firms: "+file+"}\n")), dir)
		for _, want := range wants {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %v, want %q in it", file, err, want)
			}
		}
	}
}

func TestTextIn(t *testing.T) {
	both, one := Text{EN: "square", RU: "квадрат"}, Text{EN: "square"}
	if both.In("ru") != "квадрат" || both.In("en") != "square" || one.In("ru") != "square" || both.String() != "square" {
		t.Errorf("%q, %q, %q", both.In("ru"), both.In("en"), one.In("ru"))
	}
}

// Readers of YAML 1.1, such as PyYAML, take -.5 for a text: the files that come with the program write -0.5.
func TestBuiltInNumbersHaveTheirZero(t *testing.T) {
	bare := regexp.MustCompile(`(^|[\s\[{,:])([-+]\.[0-9]|[-+]?[0-9.]+e[0-9])`)
	texts := map[string][]byte{"template": template, tableFile: nil}
	for _, id := range Names() {
		texts[id+".yaml"] = nil
	}
	for name, text := range texts {
		if text == nil {
			var err error
			if text, err = builtIn.ReadFile(name); err != nil {
				t.Fatal(err)
			}
		}
		for k, line := range strings.Split(string(text), "\n") {
			if bare.MatchString(line) {
				t.Errorf("%s:%d: %s", name, k+1, line)
			}
		}
	}
}
