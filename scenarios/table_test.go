package scenarios

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/fstest"
)

// tables is two districts of one square, whose firms come from a table.
const tables = `agglo: 1
id: two
origin: [50, 10]
areas: [{id: a, cell_km: 2, shape: {box_km: [40, 40]}, labour_force: 6000}]
regions: [{id: west, name: West End, shape: {box_km: [20, 40], centre: [50, 9.86]}}, {id: east}]
sectors: [{id: metals, firms: 100}, {id: food, firms: 50}, {id: late, firms: 1, emerging: {from: 2005, midpoint: 2010, mature_employment: 10}}]
`

// A table of employment gives every district its firms and workers: scaled, on its own land, around its towns.
func TestEmployment(t *testing.T) {
	dir := fstest.MapFS{"jobs.csv": {Data: []byte("\ufeffregion,sector,employment,note\nwest,metals,900,x\neast,metals,300,x\nWest End,food,200,x\neast,food,0,x\n")}}
	s, err := Parse("x.yaml", []byte(tables+"start_from: {employment: jobs.csv}\nscale: 2\n"), dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Notes) == 0 || !strings.Contains(strings.Join(s.Notes, "\n"), `column "note" is not used`) {
		t.Errorf("notes: %v", s.Notes)
	}
	set := setup(t, s)
	jobs, firms := map[string]float64{}, map[string]int{}
	for _, p := range set.Setting.Plants {
		side := "east"
		if p.At.X < 0 {
			side = "west"
		}
		key := fmt.Sprint(s.Sectors[p.Sector].ID, " ", side)
		jobs[key] += p.Employment
		firms[key]++
		if math.Abs(p.At.X) > 20 || math.Abs(p.At.Y) > 20 {
			t.Errorf("a firm at %v", p.At)
		}
	}
	// Of 100 metal firms 75 stand in the west, of agents half as many: 37.5, rounded, and 12.5.
	for key, want := range map[string]float64{"metals west": 450, "metals east": 150, "food west": 100} {
		if math.Abs(jobs[key]-want) > 1e-6*want {
			t.Errorf("%s: %v jobs, want %v", key, jobs[key], want)
		}
	}
	if firms["metals west"] != 38 || firms["metals east"] != 13 || firms["food west"] != 25 || firms["food east"] != 0 {
		t.Errorf("agents %v", firms)
	}
	if n := s.Sectors[0].Employment.Value; n != 1200 {
		t.Errorf("%v workers counted, want 1200", n)
	}
	again, err := Parse("again.yaml", s.YAML(), dir)
	if err != nil {
		t.Fatalf("the resolved file: %v", err)
	}
	if a, b := fmt.Sprint(setup(t, again).Setting.Plants), fmt.Sprint(set.Setting.Plants); a != b {
		t.Error("the resolved file starts elsewhere")
	}
	town := tables + "places: [{id: t, at_km: [-10, 0]}, {id: u, at_km: [10, 15]}]\nstart_from: {employment: jobs.csv, town_km: 1}\n"
	if s, err = Parse("x.yaml", []byte(town), dir); err != nil {
		t.Fatal(err)
	}
	for _, p := range setup(t, s).Setting.Plants {
		if away := math.Min(math.Hypot(p.At.X+10, p.At.Y), math.Hypot(p.At.X-10, p.At.Y-15)); away > 12 {
			t.Errorf("a firm %v km from every town, where density falls by e over one", away)
		}
	}
}

// Sectors and districts that a table forgets are told, because a world without them runs. What is counted from a table is no source of its own.
func TestTableForgetsSome(t *testing.T) {
	dir := fstest.MapFS{"jobs.csv": {Data: []byte("region,sector,employment,firms\nwest,metals,900,100\n")}}
	s, err := Parse("x.yaml", []byte(strings.Replace(strings.Replace(tables, "food, firms: 50", "food", 1), "metals, firms: 100", "metals", 1)+"start_from: {employment: jobs.csv}\n"), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"sectors[1]: jobs.csv has nobody in food", "regions[1]: jobs.csv has nobody in east"} {
		if !strings.Contains(strings.Join(s.Notes, "\n"), want) {
			t.Errorf("notes %v: want %s", s.Notes, want)
		}
	}
	if n := strings.Count(strings.Join(s.Notes, "\n"), "has nobody in"); n != 2 {
		t.Errorf("%d notes of what is missing, want 2: %v", n, s.Notes)
	}
	if e := s.Evidence(); e.Sourced != 0 {
		t.Errorf("%d numbers with a source: the file has none", e.Sourced)
	}
}

// What is wrong with a table comes back at once, with file, line, column, and the nearest name.
func TestFaultyTables(t *testing.T) {
	const firms, head = "start_from: {firms: t.csv}\n", "sector,employment,x,y\n"
	const jobs, columns = "start_from: {employment: t.csv}\n", "region,sector,employment,firms\n"
	for _, c := range []struct {
		from, text string
		wants      []string
	}{
		{firms, "", []string{"t.csv: the file is empty: want a header line"}},
		{firms, head, []string{"t.csv: no rows below the header"}},
		{firms, "sector;employment;x;y\nmetals;3;0;0\n", []string{"separated by semicolons or tabs: want commas"}},
		{firms, "\xff\xfes\x00e\x00", []string{"not UTF-8 text"}},
		{firms, head + "caf\xe9,3,0,0\n", []string{"t.csv:2:1: sector: not UTF-8 text"}},
		{firms, "sektor,employment,x,y\nmetals,3,0,0\n", []string{`sector: the column is missing`, `is "sektor" meant?`}},
		{firms, "sector,employment,x\nmetals,3,0\n", []string{"t.csv:1: want either the columns x and y (km) or lat and lon"}},
		{firms, "sector,employment,x,y,lat,lon\nmetals,3,0,0,50,10\n", []string{"want either the columns x and y"}},
		{firms, head + "late,3,0,0\nmetals,3,0,0\nmetals,3,0,0\n", []string{
			"t.csv:2:1: sector: late is emerging",
			"t.csv:4:1: sector: the firm stands here twice, first on line 3"}},
		{firms, head + "metal,-1,0,0\nmetals,NaN,0,0\nmetals,0,0,0\nmetals,,0,0\nmetals,\"3,5\",0,0\nmetals,3\n", []string{
			`t.csv:2:1: sector: "metal": want one of metals, food, late; is "metals" meant?`, `t.csv:2:7: employment: "-1": want a number from 0.001`, `t.csv:3:8: employment: "NaN"`, `t.csv:4:8: employment: "0"`, "t.csv:5:8: employment: empty",
			`t.csv:6:8: employment: "3,5": want a number`, "write 3.5", "t.csv:7: 2 cells: want 4"}},
		{firms, head + "metals,3,100,0\nmetals,3,0,0\nfood,2,0,-30\n", []string{
			"t.csv:2:10: x: the firm of sector metals lies on no cell with land, 81.0 km from the nearest", "t.csv:4:8: x: the firm of sector food lies on no cell"}},
		{firms, "sector,employment,lat,lon\nmetals,3,10,50\n", []string{"t.csv:2:10: lat: the firm of sector metals", "are lat and lon exchanged?"}},
		{firms, "sector,employment,lat,lon\nmetals,3,91,50\n", []string{`t.csv:2:10: lat: "91": want a number from -90 to 90 (degrees)`}},
		{firms + "scale: 3\n", head + "metals,3,0,0\n", []string{"scale: 3 firms an agent, but start_from.firms lists every firm"}},
		{jobs, columns + "wst,metal,9,x\n", []string{
			`t.csv:2:1: region: "wst": want one of west, West End, east; is "west" meant?`, `t.csv:2:5: sector: "metal": want one of`, `t.csv:2:13: firms: "x"`}},
		{jobs, columns + "west,metals,5,9\nwest,food,5,0\neast,food,5,5\neast,food,6,5\n", []string{
			"t.csv:2:13: employment: 5 workers in 9 firms: want at least one worker a firm", "t.csv:3:11: employment: 5 workers in 0 firms",
			"t.csv:5:1: region: food in east stands here twice, first on line 4"}},
		{jobs, columns + "west,metals,900,80\nwest,food,200,50\n", []string{"sectors[0].firms: 100 firms, but t.csv has 80: want one of them"}},
		{jobs, columns + "west,metals,9000,100\nwest,food,200,50\n", []string{"labour_force: 6000 workers in all areas, but the sectors employ 9200"}},
		{"start_from: {firms: t.csv, employment: t.csv}\n", "", []string{"the file is empty"}},
		{firms, head + "metals,x,0,0\nlate,3,0,0\nmetals,\"3\"x,0,0\nfood,3,0,0\nfood,3,0,0\nmetals,3,100,0\n", []string{ // of cells, rows, sectors and land at once
			`t.csv:2:8: employment: "x"`, "t.csv:3:1: sector: late is emerging", "t.csv:4:10: no CSV", "t.csv:6:1: sector: the firm stands here twice, first on line 5",
			"t.csv:7:10: x: the firm of sector metals lies on no cell"}},
		{firms, "sector,employment,x,z\nlate,3,0,0\nmetals,x,0,0\n", []string{"want either the columns x and y", "t.csv:2:1: sector: late is emerging", `t.csv:3:8: employment: "x"`}},
		{firms, "sector,jobs,x,y\nmetal,3,0,y\n", []string{"employment: the column is missing", `t.csv:2:1: sector: "metal"`, `t.csv:2:11: y: "y"`}},
		{"start_from: {employment: t.csv, town_km: 1}\nplaces: [{id: p, at_km: [900, 0], weight: 1}]\n", columns + "west,metals,900,x\nwest,food,900,9\n", []string{
			`t.csv:2:17: firms: "x"`, "firms of food have nowhere to start in west"}},
		{jobs, columns + "west,metals,x,9\nwest,food,5,9\neast,late,5,5\n", []string{`t.csv:2:13: employment: "x"`, "t.csv:3:11: employment: 5 workers in 9 firms", "t.csv:4:6: sector: late is emerging"}},
	} {
		_, err := Parse("x.yaml", []byte(tables+c.from), fstest.MapFS{"t.csv": {Data: []byte(c.text)}})
		for _, want := range c.wants {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s%s: error\n%v\nwant %q in it", c.from, c.text, err, want)
			}
		}
	}
	_, err := Parse("x.yaml", []byte(tables+firms), fstest.MapFS{"t.csv": {Data: []byte(head + "metals,x,0,0\nmetals,3,0,0\n")}})
	if n := len(strings.Split(fmt.Sprint(err), "\n")); n != 1 {
		t.Errorf("what follows from a faulty row is told as well: %v", err)
	}
	both := fstest.MapFS{"f.csv": {Data: []byte(head + "metals,3,0,0\n")}, "j.csv": {Data: []byte("region,sector,employment\nwest,metals,3\n")}}
	if _, err := Parse("x.yaml", []byte(tables+"start_from: {firms: f.csv, employment: j.csv}\n"), both); err == nil || !strings.Contains(err.Error(), "stands beside firms") {
		t.Errorf("two tables: %v", err)
	}
	none := strings.Replace(tables, "{id: metals, firms: 100}", "{id: metals}", 1)
	if _, err := Parse("x.yaml", []byte(none+"start_from: {employment: j.csv}\n"), both); err == nil || !strings.Contains(err.Error(), "sectors[0].firms: is missing: want it here, or a column firms in j.csv") {
		t.Errorf("no firms: %v", err)
	}
}

// Every number of a real case that describes it has a source, and no source is empty; what a program's default is has none.
func TestEverySource(t *testing.T) {
	for _, id := range Names() {
		s := load(t, id)
		if len(s.Credits) == 0 && id != "plain" && id != "forty" {
			t.Errorf("%s: no credit line", id)
		}
		text, err := builtIn.ReadFile(id + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		sources := 0
		for k, line := range strings.Split(string(text), "\n") {
			for _, rest := range strings.Split(line, "source:")[1:] {
				sources++
				words := strings.Trim(strings.TrimSpace(strings.Split(rest, ", verified")[0]), `"'}] `)
				if words == "" {
					t.Errorf("%s.yaml:%d: an empty source", id, k+1)
				}
			}
		}
		e := s.Evidence()
		if id == "plain" || id == "forty" {
			continue // places that nobody measured: all of it is choice
		}
		if sources < 20 || e.Bare > 0 {
			t.Errorf("%s: %d sources, %d numbers without one", id, sources, e.Bare)
		}
		for k, x := range s.Targets {
			if x.Source == "" {
				t.Errorf("%s: target %d has no source", id, k)
			}
		}
	}
}

// Firms of a table of employment lie in the cells of their own area, also where there are several, and towns draw them by the weights that a sector
// gives them: food asks for the northern town alone, tools by the weights of the towns, of which the southern one has all.
func TestEmploymentOfAreasAndTowns(t *testing.T) {
	const text = `agglo: 1
id: two
areas:
  - {id: a, cell_km: 2, shape: {box_km: [20, 20]}, labour_force: 6000}
  - {id: b, cell_km: 4, shape: {box_km: [20, 20], centre: [0, 2]}, labour_force: 6000}
origin: [0, 0]
regions: [{id: west, shape: {box_km: [30, 30]}}, {id: east}]
places:
  - {id: south, at_km: [0, -8], weight: 1}
  - {id: north, at_km: [0, 8], weight: 0}
sectors: [{id: tools, firms: 200}, {id: food, firms: 200, towns: {south: 0, north: 1}}, {id: toys, firms: 100, towns: {south: 1, north: 1}}]
start_from: {employment: jobs.csv, town_km: 1}
`
	dir := fstest.MapFS{"jobs.csv": {Data: []byte("region,sector,employment\nwest,tools,900\nwest,food,900\neast,toys,500\n")}}
	s, err := Parse("x.yaml", []byte(text), dir)
	if err != nil {
		t.Fatal(err)
	}
	low, high := map[string]float64{}, map[string]float64{}
	for _, p := range setup(t, s).Setting.Plants {
		id := s.Sectors[p.Sector].ID
		switch {
		case id == "toys" && (p.At.X < 200 || p.At.X > 240 || math.Abs(p.At.Y) > 12):
			t.Errorf("toys of the east at %v", p.At)
		case id != "toys" && (math.Abs(p.At.X) > 10 || math.Abs(p.At.Y) > 10):
			t.Errorf("%s of the west at %v", id, p.At)
		case p.At.Y > 0:
			high[id]++
		default:
			low[id]++
		}
	}
	if high["tools"] > 2 || low["food"] > 2 || low["tools"] < 190 || high["food"] < 190 {
		t.Errorf("south of the middle %v, north of it %v", low, high)
	}
}
