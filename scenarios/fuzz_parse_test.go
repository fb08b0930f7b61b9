package scenarios

import (
	"os"
	"reflect"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"
)

// seeds are small scenarios without a fault that have every key of the format between them; beside are the files that they name.
var seeds = []string{
	small,
	`{agglo: 1, id: a, title: {en: x, ru: я}, summary: x, start: {year: 1999, quarter: 2}, ticks: 9, seed: 7, scale: 2,
currency: {code: EUR, price_year: 2000, labour_cost: 5e4, deflator: 0.02, fx: {DEM: {value: .5, source: x, verified: true}}}, origin: [1, 2],
areas: [{id: a, name: A, cell_km: 9, shape: {box_km: [40, 40], centre: [1, 2]}, labour_force: 99, wage: 9, land: 40, source: x, verified: true}],
sectors: [{id: s, firms: 9, employment: 20}], remarks: [x], credits: [{what: x, credit: y, licence: z, address: w}]}`,
	`agglo: 1
id: b
origin: [0, 0]
areas: [{id: a, cell_km: 4, shape: {file: m.geojson, where: {name: [a]}}, labour_force: 60}]
regions:
  - {id: r, name: R, country: C, tax: .1, trust_prior: .3, traits: {law_quality: .4, ip: .1, enterprise: 2, entry_cost: 1}, source: x, verified: true}
places: [{id: t, name: T, at: [0, 0], region: r, weight: 3, source: x, verified: false}, {id: u, at_km: [1, 1]}]
sectors:
  - {id: s, name: S, group: g, code: {naics: "3344"}, firms: 9, employment: 20, nation_share: .1, demand_growth: .02, tradable: .5, rd_intensity: .1,
     inputs: {s: 1}, towns: {t: 1}, source: x, verified: true}
  - {id: e, firms: 2, emerging: {from: 2001, midpoint: 2004Q2, width_years: 2, mature_employment: 9}}
start_from: {town_km: 5}
`,
	`agglo: 1
id: c
origin: [0, 0]
areas: [{id: a, cell_km: 9, shape: {box_km: [40, 40]}, labour_force: 60}]
sectors: [{id: s, firms: 9, employment: 20}]
institutions:
  - {id: u, name: U, kind: university, at: [0, 0], capacity: 2, source: x, verified: true}
  - {id: c, kind: chamber, at_km: [1, 1], budget: 9, fee: 2}
  - {id: d, kind: incubator, at_km: [1, 1], sharing: true}
shocks: [{id: x, what: demand, sectors: [s], from: 2001, to: 2002, change: -0.1, source: x, verified: true}]
targets:
  - {metric: jobs, sectors: [s], date: 2004, since: 2001, absolute: true, nominal: true, value: 2, tolerance: .5, fitted: true, source: x, verified: true}
  - {metric: jobs, regions: [region], within: {at: [0, 0], km: 9}, date: 2004, value: 2}
`,
	`agglo: 1
id: d
areas: [{id: a, cell_km: 9, shape: {box_km: [40, 40]}, labour_force: 60}]
sectors: [{id: s, firms: 9, employment: 20}]
regions: [{id: r, shape: {box_km: [90, 90]}}]
places: [{id: t, at_km: [0, 0]}]
currency: {fx: {DEM: 2}}
policies:
  - {id: p, instrument: subsidy, from: 2001, to: 2003, budget: 9, currency: DEM, price_year: 1999, intensity: 2, finance: outside, style: central, pace: even,
     conditions: {match: .5, membership: cluster, trust: .1}, potential_assessment: 1, source: x, verified: true,
     target: {regions: [r], sectors: [s], within: {place: t, km: 9}, size: [1, 9], age: [0, 5], cluster: any}}
options:
  - {id: q, budget: 9, learning: true, instruments: [{instrument: burn, share: .5, intensity: 1}, {instrument: subsidy, share: .5, target: {within: {at_km: [0, 0], km: 9}}}]}
params: {trust: {loss: {value: .5, source: x}}}
`,
	`{agglo: 1, id: e, areas: [{id: a, cell_km: 4, shape: {box_km: [20, 20]}, labour_force: 60}], sectors: [{id: s}], start_from: {firms: f.csv}}`,
	`{agglo: 1, id: f, areas: [{id: a, cell_km: 4, shape: {box_km: [20, 20]}, labour_force: 60}], sectors: [{id: s}], regions: [{id: r}], start_from: {employment: e.csv}}`,
}

var beside = fstest.MapFS{
	"m.geojson": {Data: []byte(`{"type":"Feature","properties":{"name":"a"},"geometry":{"type":"Polygon","coordinates":[[[-0.1,-0.1],[0.1,-0.1],[0.1,0.1],[-0.1,0.1],[-0.1,-0.1]]]}}`)},
	"f.csv":     {Data: []byte("sector,employment,x,y\ns,12,1,-2\ns,3,0,0\n")},
	"e.csv":     {Data: []byte("region,sector,employment,firms\nr,s,20,5\n")},
}

// The seeds have every key, load, set up, and are written so that they load again: otherwise fuzzing begins from faults.
func TestSeedsHaveEveryKey(t *testing.T) {
	have := map[string]bool{}
	for _, text := range seeds {
		root, err := parseYAML("", []byte(text), "")
		if err != nil {
			t.Fatalf("%s\n%v", text, err)
		}
		mark(have, root, reflect.TypeFor[Scenario]())
		if s, err := Parse("x.yaml", []byte(text), beside); err != nil {
			t.Errorf("%s\n%v", text, err)
		} else {
			holdsTogether(t, s)
		}
	}
	wanted := map[string]bool{}
	want(wanted, reflect.TypeFor[Scenario]())
	for _, key := range sortedKeys(wanted) {
		if !have[key] {
			t.Errorf("no seed has the key %s", key)
		}
	}
}

// grouped gives the struct of the format that a type is, points to or lists.
func grouped(of reflect.Type) (reflect.Type, bool) {
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	return of, isGroup(of)
}

// want notes every key of a struct of the format and of those inside it.
func want(keys map[string]bool, of reflect.Type) {
	for _, f := range fieldsOf(of) {
		keys[of.Name()+"."+f.key] = true
		if inner, yes := grouped(f.fieldType); yes {
			want(keys, inner)
		}
	}
}

// mark notes the keys of such a struct that stand in a file.
func mark(keys map[string]bool, n *yaml.Node, of reflect.Type) {
	if n.Kind == yaml.SequenceNode {
		for _, item := range n.Content {
			mark(keys, item, of)
		}
		return
	}
	for _, f := range fieldsOf(of) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value != f.key {
				continue
			}
			keys[of.Name()+"."+f.key] = true
			if inner, yes := grouped(f.fieldType); yes {
				mark(keys, n.Content[i+1], inner)
			}
		}
	}
}

// holdsTogether wants a scenario that has been read to set up, and to be written so that it is read again.
func holdsTogether(t *testing.T, s *Scenario) {
	t.Helper()
	if _, err := s.Setup(Overrides{}); err != nil {
		t.Errorf("a checked scenario does not set up: %v", err)
	}
	if _, err := Parse("again.yaml", s.YAML(), beside); err != nil {
		t.Errorf("the resolved file does not load: %v\n%s", err, s.YAML())
	}
}

// cells is about how many cells a scenario's areas have.
func cells(s *Scenario) (n float64) {
	for _, a := range s.Areas {
		low, high := s.outline(a.Shape).bounds()
		n += (high.X - low.X) * (high.Y - low.Y) / (a.CellKM.Value * a.CellKM.Value)
	}
	return n
}

// FuzzParse: no bytes make the reader panic; what it takes sets up, and is written so that it is taken again. Worlds of many cells, which
// take long to lay out, are read once only.
func FuzzParse(f *testing.F) {
	eight, err := os.ReadFile("testdata/eight-faults.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(eight)
	for _, text := range seeds {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<11 {
			return // more takes longer, and tells nothing new
		}
		s, err := Parse("x.yaml", data, beside)
		if err != nil {
			told(t, s, err)
		} else if cells(s) < 1<<10 {
			holdsTogether(t, s)
		}
	})
}
