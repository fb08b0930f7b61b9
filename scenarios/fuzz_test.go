package scenarios

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"agglo/model/world"
)

// told says whether faults of a file are there with words, and nothing else beside them.
func told(t *testing.T, what any, err error) {
	t.Helper()
	if strings.TrimSpace(err.Error()) == "" || what != nil && !reflect.ValueOf(what).IsZero() {
		t.Errorf("an error without words, or with a result: %q, %v", err, what)
	}
}

// FuzzOutline: no map makes the reader of a scenario panic; with one that it takes, a region has land, and the scenario that is written
// has it again.
func FuzzOutline(f *testing.F) {
	const around = `{"type":"FeatureCollection","features":[{"type":"Feature","id":%s,"properties":{"name":"a"},"geometry":{"type":%q,"coordinates":%s}}]}`
	square := "[[[-0.1,-0.1],[0.1,-0.1],[0.1,0.1],[-0.1,0.1],[-0.1,-0.1]]]"
	f.Add(fmt.Appendf(nil, around, "1", "Polygon", square))
	f.Add(fmt.Appendf(nil, around, `"x"`, "MultiPolygon", "["+square+","+square+"]"))
	f.Add(fmt.Appendf(nil, around, "null", "Polygon", "[]"))
	f.Add(fmt.Appendf(nil, around, "[1]", "MultiPolygon", "null"))
	f.Add(fmt.Appendf(nil, around, "1", "Polygon", "[[[-0.1,-0.1,5],[0.1],[0.1,0.1]]]"))
	f.Add(fmt.Appendf(nil, around, "1", "Point", "[1,2]"))
	f.Add([]byte(`{"type":"Feature","geometry":null}`))
	f.Add([]byte(`{"type":"FeatureCollection","features":[null,3]}`))
	const scenario = "agglo: 1\nid: map\norigin: [0, 0]\nareas: [{id: a, cell_km: 4, shape: {file: m.geojson}, labour_force: 60}]\nsectors: [{id: s, firms: 10, employment: 50}]\n"
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return // long rings are slow to look through
		}
		dir := fstest.MapFS{"m.geojson": {Data: data}}
		s, err := Parse("x.yaml", []byte(scenario), dir)
		if err != nil {
			if told(t, s, err); !strings.Contains(err.Error(), "areas[0]") {
				t.Errorf("the fault does not say where it is: %v", err)
			}
			return
		}
		cells := func(s *Scenario) []world.Area {
			set, err := s.Setup(Overrides{})
			if err != nil {
				t.Fatalf("a checked scenario does not set up: %v", err)
			}
			return set.Setting.Areas
		}
		again, err := Parse("again.yaml", s.YAML(), dir)
		if err != nil {
			t.Fatalf("the resolved file does not load: %v", err)
		}
		if was := cells(s); len(was) != 1 || !reflect.DeepEqual(cells(again), was) {
			t.Errorf("%d areas, and others again", len(was))
		}
	})
}

// FuzzStartTables: no table of firms or of jobs to start from makes the reader panic; what it takes gives the firms again that it gave.
func FuzzStartTables(f *testing.F) {
	for _, text := range []string{"sector,employment,x,y\nmetals,12,1,-2\nfood,3.5,0,0\n", "lat,lon,sector,employment\n50,10,metals,12\n50,10.01,food,1\n", "sector,employment,x\nmetals,1,2\n"} {
		f.Add([]byte(text), true)
	}
	for _, text := range []string{"region,sector,employment\nwest,metals,900\neast,metals,300\nwest,food,200\neast,food,0\n", "region,sector,employment\nwest,late,1\n", "region,sector,employment\n\"west\n"} {
		f.Add([]byte(text), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, firms bool) {
		kind := map[bool]string{true: "firms", false: "employment"}[firms]
		dir := fstest.MapFS{"t.csv": {Data: data}}
		s, err := Parse("x.yaml", []byte(tables+"start_from: {"+kind+": t.csv}\n"), dir)
		if err != nil {
			told(t, s, err)
			return
		}
		plants := func(s *Scenario) []world.Plant {
			set, err := s.Setup(Overrides{})
			if err != nil {
				t.Fatalf("a checked scenario does not set up: %v", err)
			}
			return set.Setting.Plants
		}
		again, err := Parse("again.yaml", s.YAML(), dir)
		if err != nil {
			t.Fatalf("the resolved file does not load: %v", err)
		}
		if was := plants(s); len(was) == 0 || !reflect.DeepEqual(plants(again), was) {
			t.Errorf("%d firms, and others again", len(was))
		}
	})
}

// FuzzReadExperiment: no bytes make the reader of experiments panic, and what it takes can be run.
func FuzzReadExperiment(f *testing.F) {
	for _, text := range []string{"agglo: 1\nscenario: plain\nset: {trust.loss: .5, scenario.scale: 10}\nfactors:\n  - {name: knowledge.imitation, dist: {uniform: [0, .1]}}\n" +
		"design: {kind: lhs, n: 7, seed: 3}\nreplicates: 4\nseed: 9\nseeds: independent\nticks: 20\nburn_in: 8\npolicies: [none, subsidy]\nmetrics: [jobs]\nreport: {at: [8, 20], every: 2}\nstop: \"jobs <= 1e3\"\n",
		"agglo: 1\nscenario: plain\nlayout: netlogo\n", "agglo: 1\nscenario: plain\nstop: \"jobs ! 1\"\nreplicates: 1e9\n", "factors: [{}]", "report: 3"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := ReadExperiment("e.yaml", data, []string{"jobs", "wage"}, []string{"run"}, Given{})
		if err != nil {
			told(t, x, err)
			return
		}
		if x.Base() == nil || x.Replicates < 1 || x.Ticks != nil && *x.Ticks <= 0 || x.Seed != nil && *x.Seed >= 1<<53 || x.Every < 0 {
			t.Errorf("%+v", x)
		}
		if _, err := x.Base().Setup(Overrides{}); err != nil {
			t.Errorf("the scenario of a checked experiment does not set up: %v", err)
		}
	})
}

// FuzzReadPolicies: no bytes make the reader of policies panic; what it takes and adds to a scenario is written so that it is there again.
func FuzzReadPolicies(f *testing.F) {
	for _, text := range []string{"{id: road, instrument: infrastructure, from: 2010, to: 2015, budget: 4e6, finance: outside, target: {within: {place: north-west, km: 10}}}",
		"- {id: a, instrument: subsidy}\n- {id: b, instrument: burn, target: {sectors: [metals]}}\n", "id: road\ninstrument: subsidie\nintensity: 12\n", "[]", "- [a]"} {
		f.Add([]byte(text))
	}
	base, err := Load("plain")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		specs, err := base.ReadPolicies("p.yaml", data)
		if err != nil {
			told(t, nil, err)
			return
		}
		s := *base
		if err := s.AddPolicies("p.yaml", data); err != nil {
			told(t, nil, err) // such as an id that is there already
			return
		}
		again, err := Parse("again.yaml", s.YAML(), nil)
		if err != nil {
			t.Fatalf("the resolved file does not load: %v", err)
		}
		if len(again.Policies) != len(base.Policies)+len(specs) && len(again.Policies) != len(s.Policies) {
			t.Errorf("%d policies were read, %d are there again", len(specs), len(again.Policies))
		}
	})
}

// FuzzReadChange: what is taken as a change in the middle of a run is written so that it is the same change again.
func FuzzReadChange(f *testing.F) {
	for _, text := range []string{"trust.loss=.5@40", "params.trust.loss= .5 @ 3", "=1@2", " =1@2", "trust.loss@1", "trust.loss=.5@-1", "a=b=c@1@2", "start.tail=2@3"} {
		f.Add(text)
	}
	base, err := Load("plain")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, ok, err := ReadChange(text)
		if ok != strings.Contains(text, "@") || err != nil && !strings.Contains(err.Error(), "want PATH=VALUE@TICK") {
			t.Errorf("%q: %v, %v", text, ok, err)
		}
		if !ok || err != nil {
			return
		}
		if c.Path == "" || c.Tick < 0 {
			t.Errorf("%q is the change %+v", text, c)
		}
		sorted, err := Later([]Change{c}, base.Params)
		if err != nil {
			told(t, nil, err)
			return
		}
		if again, ok, err := ReadChange(sorted[0].String()); !ok || err != nil || again != sorted[0] {
			t.Errorf("%q is %+v, and again %+v, %v", text, sorted[0], again, err)
		}
	})
}
