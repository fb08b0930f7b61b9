package scenarios

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

// groupsOfTest are what runs tell in these tests.
var groupsOfTest = Groups{Metrics: []string{"births", "jobs", "wage"}, BySector: []string{"jobs", "wage"}, ByRegion: []string{"jobs"}}

func TestReadCalibration(t *testing.T) {
	c, err := ReadCalibration("t.yaml", []byte(`agglo: 1
scenario: plain
set: {trust.loss: .5}
ticks: 20
replicates: 2
seed: 3
targets:
  - {metric: births, at: [8, 20], value: 300, tolerance: 20, weight: 2}
  - {metric: jobs, statistic: sd, sectors: [metals], value: 50}
  - {metric: wage, statistic: slope, at: [0, 20], value: 0, tolerance: .1}
parameters:
  - {name: demography.de_novo, dist: {uniform: [.02, .2]}}
method: cma
runs: 77
`), groupsOfTest, Given{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Aim{
		{Metric: "births", Statistic: "mean", From: 8, To: 20, Value: 300, Tolerance: 20, Weight: 2},
		{Metric: "jobs", Statistic: "sd", From: 20, To: 20, Sectors: []string{"metals"}, Value: 50, Tolerance: 5, Weight: 1},
		{Metric: "wage", Statistic: "slope", From: 0, To: 20, Value: 0, Tolerance: .1, Weight: 1},
	}
	if !reflect.DeepEqual(c.Targets, want) || c.Method != "cma" || c.Runs != 77 || c.Replicates != 2 || *c.Seed != 3 || c.Factors[0].Name != "demography.de_novo" {
		t.Errorf("%+v", c)
	}
	if got := c.Targets[1].String(); got != "sd of jobs of metals, at 20" {
		t.Error(got)
	}
	seed, ticks := uint64(8), 40
	c, err = ReadCalibration("t.yaml", []byte("agglo: 1\nscenario: silicon-valley\nset: {trust.loss: .3}\nparameters: [{name: demography.de_novo, dist: {uniform: [.02, .2]}}]\n"),
		groupsOfTest, Given{&seed, &ticks, []Setting{{"trust.loss", ".6"}}})
	if err != nil || *c.Seed != 8 || *c.Ticks != 40 || c.Base().Params.Trust.Loss != .6 || c.Targets != nil || c.Runs != usualRuns || c.Method != "abc" {
		t.Errorf("%+v, %v", c, err)
	}
}

// Every fault is told at once, with its line and column; those of the command line have none.
func TestReadCalibrationFaults(t *testing.T) {
	_, err := ReadCalibration("t.yaml", []byte(`agglo: 1
scenario: plain
set: {trust.los: .5}
ticks: 8
targets:
  - {metric: jbos, value: 1, tolerance: 1}
  - {metric: births, sectors: [metals], value: 1, tolerance: 1}
  - {metric: jobs, sectors: [metal], value: 1, tolerance: 0}
  - {metric: jobs, regions: [plain], sectors: [metals], value: .inf, weight: -1}
  - {metric: wage, statistic: slope, value: 0}
  - {metric: wage, statistic: sd, at: 4, value: 1, tolerence: 1}
  - {metric: wage, statistic: median, at: [8, 4], value: 1}
  - {metric: wage, at: 12, value: 1}
  - {value: 1}
parameters:
  - {name: demography.de_nova, dist: {uniform: [.02, .2]}}
  - {name: trust.gain, dist: {uniform: [.5, .2]}}
  - {name: trust.loss, dist: {uniform: [.5, 2]}}
  - {name: trust.fame, values: [1]}
method: abd
runs: 0
`), groupsOfTest, Given{Set: []Setting{{"trust.gain", "9"}}})
	want := []string{
		"--set trust.gain: trust.gain = 9",
		"t.yaml:3:18: set.trust.los: unknown parameter trust.los: did you mean trust.loss?",
		`t.yaml:6:14: targets[0].metric: no run tells "jbos"; did you mean jobs?`,
		`t.yaml:7:14: targets[1].metric: no run tells "births" by sector`,
		`t.yaml:8:30: targets[2].sectors[0]: the scenario has no "metal"; did you mean metals?`,
		"t.yaml:8:59: targets[2].tolerance: 0: want a number above 0",
		"t.yaml:9:29: targets[3].regions: stand beside sectors",
		"t.yaml:9:64: targets[3].value: ",
		"t.yaml:9:78: targets[3].weight: -1: want a number of at least 0",
		"t.yaml:10:5: targets[4].tolerance: is missing, and a part of the value 0 is nothing",
		"t.yaml:10:5: targets[4].at: a slope is read once a year",
		"t.yaml:11:31: targets[5].statistic: the standard deviation at one tick is that between runs",
		"t.yaml:11:52: targets[5].tolerence: unknown key; did you mean tolerance?",
		`t.yaml:12:31: targets[6].statistic: "median" is not known`,
		"t.yaml:12:43: targets[6].at: [8, 4]: want the first tick before the last",
		"t.yaml:13:24: targets[7].at: 12 is behind the end of the runs, 8",
		"t.yaml:14:5: targets[8].metric: is missing",
		"t.yaml:16:12: parameters[0].name: unknown parameter demography.de_nova: did you mean demography.de_novo?",
		"t.yaml:17:12: parameters[1].name: trust.gain is under set too",
		"t.yaml:17:30: parameters[1].dist: uniform [0.5, 0.2]: want [low, high]",
		"t.yaml:18:5: parameters[2]: trust.loss = 2",
		"t.yaml:19:5: parameters[3]: trust.fame has one value only",
		"t.yaml:19:12: parameters[3].name: unknown parameter trust.fame: did you mean trust.gain?",
		`t.yaml:20:9: method: "abd" is not known; did you mean abc?`,
		"t.yaml:21:7: runs: 0: want a whole number from 1",
	}
	faults, _ := err.(Faults)
	if faults.OfCommandLine() {
		t.Error("faults of the file are taken for the command line's")
	}
	for k, f := range faults {
		if k < len(want) && !strings.HasPrefix(f.Error(), want[k]) {
			t.Errorf("fault %d:\n%s\nwant\n%s", k, f.Error(), want[k])
		}
	}
	if len(faults) != len(want) {
		t.Errorf("%d faults, want %d:\n%v", len(faults), len(want), err)
	}
	for text, want := range map[string]string{
		"": "the file is empty; agglo calibrate --help",
		"agglo: 1\nscenario: plain\nparameters: [{name: trust.loss, dist: {uniform: [0, 1]}}]\n":                                                       "the scenario plain has no targets of its own",
		"agglo: 1\nscenario: plain\ntargets: [{metric: jobs, value: 1}]\n":                                                                             "1:1: parameters: is missing",
		"agglo: 1\nscenario: plain\ntargets: [{metric: jobs, value: 1, weight: 0}]\nparameters: [{name: trust.loss, dist: {uniform: [0, 1]}}]\n":       "3:10: targets: all weights are 0",
		"agglo: 1\nscenario: plain\ntargets: []\nparameters: [{name: trust.loss, dist: {uniform: [0, 1]}}]\n":                                          "3:10: targets: this is a list: want a list of targets",
		"agglo: 1\nscenario: pain\ntargets: [{metric: jobs, value: 1}]\nparameters: [{name: trust.loss, dist: {uniform: [0, 1]}}]\n":                   "did you mean plain?",
		"agglo: 1\nscenario: plain\ntargets: [{metric: jobs, value: 1}]\nparameters: [{name: trust.loss, base: .4, dist: {uniform: [0, 1]}}]\n":        "parameters[0].base",
		"agglo: 1\nscenario: plain\ntargets: [{metric: jobs, value: 1}]\nparameters: [{name: jobs, dist: {uniform: [0, 1]}}]\nset: {trust.loss: .5}\n": "parameters[0].name: jobs is the name of a column",
	} {
		if _, err := ReadCalibration("t.yaml", []byte(text), groupsOfTest, Given{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	_, err = ReadCalibration("t.yaml", []byte("agglo: 1\nscenario: plain\ntargets: [{metric: jobs, value: 1}]\nparameters: [{name: trust.loss, dist: {uniform: [0, 1]}}]\n"),
		groupsOfTest, Given{Set: []Setting{{"trust.gian", "9"}}})
	if faults, _ := err.(Faults); !faults.OfCommandLine() || !strings.HasPrefix(err.Error(), "--set trust.gian: unknown parameter") {
		t.Error(err)
	}
}

func TestReadBudget(t *testing.T) {
	b, err := ReadBudget("b.yaml", []byte(`agglo: 1
scenario: plain
budget: 14e6
years: 3
instruments: [subsidy, rd_grant]
objective: [{metric: jobs, at: 50, weight: 2}, {metric: wage, weight: -.5}]
burn_in: 10
ticks: 60
`), groupsOfTest.Metrics, Given{})
	if err != nil {
		t.Fatal(err)
	}
	if b.Money != 14e6 || b.Share != 0 || b.Years != 3 || b.Evaluations != usualEvaluations || b.Replicates != usualPairs || b.Fresh != usualFresh || b.BurnIn != 10 ||
		!reflect.DeepEqual(b.Objective, []Goal{{"jobs", 50, 2}, {"wage", 60, -.5}}) {
		t.Errorf("%+v", b)
	}
	b, err = ReadBudget("b.yaml", []byte("agglo: 1\nscenario: plain\nbudget_share: .005\ninstruments: [burn]\nobjective: [{metric: jobs}]\n"), groupsOfTest.Metrics, Given{})
	if err != nil || b.Share != .005 || *b.Ticks != usualBurnIn+usualHorizon || b.Objective[0].At != *b.Ticks {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestReadBudgetFaults(t *testing.T) {
	_, err := ReadBudget("b.yaml", []byte(`agglo: 1
scenario: plain
budget: -5
budget_share: .1
years: 0
instruments: [subsdy, burn, burn]
objective:
  - {metric: jbos, weight: 0}
  - {metric: jobs, at: 5, weight: 0}
  - {metric: jobs, at: 90, weight: 0}
  - {at: 30}
evaluations: 3
burn_in: 10
ticks: 40
`), groupsOfTest.Metrics, Given{})
	want := []string{
		"b.yaml:3:9: budget: -5: want money above 0",
		"b.yaml:4:15: budget_share: stands beside budget",
		"b.yaml:5:8: years: 0: want a whole number from 1",
		`b.yaml:6:15: instruments[0]: "subsdy" is neither an option of the scenario nor an instrument nor a file; did you mean subsidy?`,
		"b.yaml:6:29: instruments[2]: burn stands here twice",
		`b.yaml:8:14: objective[0].metric: "jbos" is not known; did you mean jobs?`,
		"b.yaml:9:24: objective[1].at: 5 lies in the burn-in, which ends at 10",
		"b.yaml:10:24: objective[2].at: 90 is behind the end of the runs, 40",
		"b.yaml:11:5: objective[3].metric: is missing",
		"b.yaml:12:14: evaluations: 3 mixes: want at least 5",
	}
	faults, _ := err.(Faults)
	for k, f := range faults {
		if k < len(want) && !strings.HasPrefix(f.Error(), want[k]) {
			t.Errorf("fault %d:\n%s\nwant\n%s", k, f.Error(), want[k])
		}
	}
	if len(faults) != len(want) {
		t.Errorf("%d faults, want %d:\n%v", len(faults), len(want), err)
	}
	const head = "agglo: 1\nscenario: plain\n"
	for text, want := range map[string]string{
		head + "budget: 1\ninstruments: []\nobjective: [{metric: jobs}]\n":                                        "0 instruments: want 1 to",
		head + "instruments: [burn]\nobjective: [{metric: jobs}]\n":                                               "1:1: budget: is missing",
		head + "budget: 0\ninstruments: [burn]\nobjective: [{metric: jobs}]\n":                                    "budget: 0: want money above 0",
		head + "budget: 1\nobjective: [{metric: jobs}]\n":                                                         "instruments: is missing",
		head + "budget: 1\ninstruments: [burn]\nobjective: [{metric: jobs, weight: 0}]\n":                         "all weights are 0",
		head + "budget: 1\ninstruments: [burn]\nobjective: [{metric: jobs}]\nburn_in: 50\nticks: 40\n":            "burn_in: 50 quarters of 40",
		head + "budget: 1\ninstruments: [burn]\nobjective: [{metric: jobs}, {metric: jobs}]\n":                    "jobs at 80 stands here twice",
		head + "budget: 1\ninstruments: [burn]\nobjective: 3\n":                                                   "want a list such as",
		"agglo: 1\nscenario: plain\nbudget: 1\ninstruments: [testdata]\nobjective: [{metric: jobs}]\ncolour: 1\n": "unknown key",
	} {
		if _, err := ReadBudget("b.yaml", []byte(text), groupsOfTest.Metrics, Given{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// Narrowed leaves the experiment as it was.
func TestNarrowed(t *testing.T) {
	x, err := ReadExperiment("e.yaml", []byte("agglo: 1\nscenario: plain\nfactors: [{name: trust.loss, values: [.2, .6]}, {name: scenario.areas.plain.land, values: [300, 500]}]\n"), nil, nil, Given{})
	if err != nil {
		t.Fatal(err)
	}
	y, err := x.Narrowed(x.Factors[:1], map[string]string{"scenario.areas.plain.land": "450"}, x.Plan)
	if err != nil || len(y.Factors) != 1 || y.Base().Areas[0].Land.Value != 450 || x.Base().Areas[0].Land.Value == 450 || len(x.Factors) != 2 {
		t.Errorf("%+v, %v", y, err)
	}
}

// Whatever stands in a file of targets, it is read or refused, and what is read can be held against runs.
func FuzzReadCalibration(f *testing.F) {
	for _, text := range []string{"agglo: 1\nscenario: plain\nticks: 8\ntargets: [{metric: jobs, at: [0, 8], statistic: slope, value: 1, tolerance: 2}]\nparameters: [{name: trust.loss, dist: {uniform: [0, 1]}}]\n",
		"agglo: 1\nscenario: silicon-valley\nparameters: [{name: trust.loss, values: [.1, .2]}]\nmethod: cma\nset: {trust.gain: .2}\n", "agglo: [", "targets: [{}]", "a: &b c"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ReadCalibration("t.yaml", data, groupsOfTest, Given{})
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		for _, a := range c.Targets {
			if !(a.Tolerance > 0) || !(a.Weight >= 0) || math.IsNaN(a.Value) || a.From > a.To {
				t.Errorf("%+v", a)
			}
		}
		if len(c.Factors) == 0 || c.Runs < 1 || c.Base() == nil {
			t.Errorf("%+v", c)
		}
	})
}

// Whatever stands in a file of a budget, it is read or refused, and what is read can be spent.
func FuzzReadBudget(f *testing.F) {
	for _, text := range []string{"agglo: 1\nscenario: plain\nbudget: 1e6\ninstruments: [burn, subsidy]\nobjective: [{metric: jobs, at: 60, weight: -1}]\nyears: 2\n",
		"agglo: 1\nscenario: plain\nbudget_share: .5\ninstruments: [loan]\nobjective: [{metric: wage}]\nburn_in: 0\nticks: 4\n", "budget: .nan", "objective: [3]"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := ReadBudget("b.yaml", data, groupsOfTest.Metrics, Given{})
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		if !(b.Money > 0) == !(b.Share > 0) || len(b.Instruments) == 0 || *b.Ticks <= b.BurnIn || b.Evaluations < len(b.Instruments)+2 {
			t.Errorf("%+v", b)
		}
		for _, g := range b.Objective {
			if g.At <= b.BurnIn || g.At > *b.Ticks || math.IsNaN(g.Weight) {
				t.Errorf("%+v", g)
			}
		}
	})
}
