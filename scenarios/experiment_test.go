package scenarios

import (
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestReadExperiment(t *testing.T) {
	x, err := ReadExperiment("e.yaml", []byte(`agglo: 1
scenario: plain
set: {trust.loss: .5, scenario.scale: 10}
factors:
  - {name: knowledge.imitation, dist: {uniform: [0, .1]}}
  - {name: scenario.areas.plain.land, values: [300, 5e2]}
design: {kind: lhs, n: 7, seed: 3}
replicates: 4
seed: 9
seeds: independent
ticks: 20
burn_in: 8
policies: [none, subsidy]
metrics: [jobs]
report: {at: [8, 20], every: 2}
stop: "jobs <= 1e3"
`), []string{"jobs", "wage"}, []string{"run"}, Given{})
	if err != nil {
		t.Fatal(err)
	}
	points, err := x.Points()
	if err != nil || len(points) != 7 || len(points[0]) != 2 {
		t.Fatal(points, err)
	}
	if x.Replicates != 4 || *x.Seed != 9 || !x.Independent || *x.Ticks != 20 || x.BurnIn != 8 || x.Every != 2 || x.Plan.Seed != 3 ||
		!reflect.DeepEqual(x.At, []int{8, 20}) || !reflect.DeepEqual(x.Policies, []string{"none", "subsidy"}) || x.Stop.String() != "jobs <= 1000" {
		t.Errorf("%+v", x)
	}
	if s := x.Base(); s.Params.Trust.Loss != .5 || s.Scale.Value != 10 {
		t.Error("the overrides are not set")
	}
	s, err := Parse("again", x.Base().YAML(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Apply(s, []float64{.03, 500}); err != nil || s.Params.Knowledge.Imitation != .03 || s.Areas[0].Land.Value != 500 || x.Base().Params.Knowledge.Imitation == .03 {
		t.Error(err, s.Params.Knowledge.Imitation, s.Areas[0].Land)
	}
	if x, err = ReadExperiment("e.yaml", []byte("agglo: 1\nscenario: plain\n"), nil, nil, Given{}); err != nil || x.Replicates != 1 || x.Seed != nil {
		t.Errorf("%+v, %v", x, err)
	}
	if points, err := x.Points(); err != nil || len(points) != 1 || len(points[0]) != 0 {
		t.Error(points, err)
	}
}

// Every fault is told at once, with its line and column.
func TestReadExperimentFaults(t *testing.T) {
	_, err := ReadExperiment("e.yaml", []byte(`agglo: 0
scenario: plain
set: {trust.los: .5, trust.loss: 7}
factors:
  - {name: knowledge.imitatio, values: [0, .05]}
  - {name: trust.gain, values: [.2, 6]}
  - {name: jobs, values: [1]}
  - {name: seed, values: [1]}
  - {name: areas.plain.cell_km, dist: {uniform: [-1, 2]}}
replicates: 0
seeds: commn
ticks: 10
burn_in: 10
policies: [none, subsdy, none]
metrics: [job, jobs, jobs]
report: {at: [12, 2]}
stop: "wages > x"
colour: red
`), []string{"jobs", "wage"}, []string{"run"}, Given{})
	want := []string{
		"1:8: agglo: 0: want 1",
		"3:18: set.trust.los: unknown parameter trust.los: did you mean trust.loss?",
		"3:34: set.trust.loss: trust.loss = 7 1/deal: want [0,1]",
		"5:12: factors[0].name: unknown parameter knowledge.imitatio: did you mean knowledge.imitation?",
		"6:5: factors[1]: trust.gain = 6",
		"7:12: factors[2].name: jobs is the name of a column",
		"8:12: factors[3].name: seed is the experiment's own",
		"9:5: factors[4]: areas.plain.cell_km",
		"10:13: replicates: 0: want a whole number from 1",
		`11:8: seeds: "commn" is not known; did you mean common?`,
		"13:10: burn_in: 10 quarters of 10",
		"14:18: policies[1]: \"subsdy\" is neither none nor",
		"14:26: policies[2]: none stands here twice",
		`15:11: metrics[0]: "job" is not known; did you mean jobs?`,
		"15:22: metrics[2]: jobs stands here twice",
		"16:15: report.at[0]: 12 is behind the end",
		"16:19: report.at[1]: 2 stands behind 12",
		"17:7: stop: x: want a plain decimal number",
		`17:7: stop: "wages" is no metric; did you mean wage?`,
		"18:1: colour: unknown key",
	}
	faults, _ := err.(Faults)
	for k, f := range faults {
		if k >= len(want) || !strings.HasPrefix(f.Error(), "e.yaml:"+want[k]) {
			t.Errorf("fault %d: %s", k, f.Error())
		}
	}
	if len(faults) != len(want) {
		t.Errorf("%d faults, want %d", len(faults), len(want))
	}
	for text, want := range map[string]string{
		"agglo: 1\nscenario: plan\n": "2:11: scenario: no such scenario: plan is neither a built-in scenario; did you mean plain?",
		"agglo: 1\n":                 "1:1: scenario: is missing",
		"agglo: 1\nscenario: plain\ndesign: {kind: lhs, n: 3}\n":                              "3:9: design: stands without factors",
		"agglo: 1\nscenario: plain\nfactors: [{name: trust.loss, dist: {uniform: [0, 1]}}]\n": "3:10: factors: trust.loss has a distribution: a design grid wants n",
		"":         "the file is empty; agglo sweep --help",
		"agglo: [": "not readable as YAML",
	} {
		if _, err := ReadExperiment("e.yaml", []byte(text), nil, nil, Given{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// A scenario and a policy lie beside the experiment, wherever that is; faults in them are told with their own lines.
func TestReadExperimentBeside(t *testing.T) {
	dir := t.TempDir()
	s, err := Load("plain")
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("mine.yaml", string(s.YAML()))
	write("p.yaml", "{id: help, instrument: subsidy, budget: 1e6}\n")
	text := []byte("agglo: 1\nscenario: mine.yaml\nticks: 4\npolicies: [p.yaml]\n")
	x, err := ReadExperiment(filepath.Join(dir, "e.yaml"), text, nil, nil, Given{})
	if err != nil || x.Dir != dir || !strings.HasPrefix(x.Files["p.yaml"], "{id: help") {
		t.Fatalf("%+v, %v", x, err)
	}
	write("p.yaml", "{id: help, instrument: subsdy, budget: 1e6}\n")
	if _, err := ReadExperiment(filepath.Join(dir, "e.yaml"), text, nil, nil, Given{}); err == nil || !strings.Contains(err.Error(), "p.yaml:1:24: instrument") {
		t.Error(err)
	}
}

func TestConditionHolds(t *testing.T) {
	for _, c := range []struct {
		op                string
		less, equal, more bool
	}{{">", false, false, true}, {"<", true, false, false}, {">=", false, true, true}, {"<=", true, true, false}, {"==", false, true, false}, {"!=", true, false, true}} {
		one := Condition{"x", c.op, 2}
		if one.Holds(1) != c.less || one.Holds(2) != c.equal || one.Holds(3) != c.more || one.Holds(math.NaN()) {
			t.Errorf("%s", one)
		}
	}
}
