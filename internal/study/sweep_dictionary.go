package study

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"agglo/internal/table"
	"agglo/output"
	"agglo/scenarios"
)

// dictionary writes dictionary.csv: every column of every table.
func (m *SweepManifest) dictionary(dir string) error {
	w, err := table.Create(filepath.Join(dir, dictionaryFile), columnsOf("dictionary")...)
	if err != nil {
		return err
	}
	x := m.described(dir)
	for _, t := range m.Sweep.Tables {
		for _, name := range strings.Split(t.Head, ",") {
			d, span := describe(x, t.Name, name)
			rangedRow(w, t.Name, d, span)
		}
	}
	if _, _, yes := m.crossed(); yes {
		for _, c := range gridHead {
			wordRow(w, strings.TrimSuffix(GridFile, ".csv"), word{c.name, "", c.meaning})
		}
	}
	for _, c := range levelsWords {
		wordRow(w, strings.TrimSuffix(LevelsFile, ".csv"), c)
	}
	return w.Close()
}

// described is the experiment of the folder as far as its factors are described by it; of a scenario that cannot be read any more the rules'
// parameters are.
func (m *SweepManifest) described(dir string) *scenarios.Experiment {
	base, err := scenarios.Parse(output.ManifestFile, []byte(m.ScenarioYAML), os.DirFS(filepath.Join(dir, output.InputsDir)))
	if err != nil {
		base = &scenarios.Scenario{}
	}
	return scenarios.StoredExperiment(base, scenarios.Experiment{})
}

// describe says what a column of runs, series or failures is, and which values it may take.
func describe(x *scenarios.Experiment, of, name string) (d word, span string) {
	d, span = word{name, "", "factor: value of " + name + " in the run"}, ""
	known := output.SeriesColumns()
	if k := slices.IndexFunc(known, func(d output.Described) bool { return d.Name == name }); k >= 0 {
		d, span = word{name, known[k].Unit, known[k].Meaning}, known[k].Range
	} else if k := slices.Index(FailureColumns(), name); k >= 0 {
		d.meaning = failureWords[k].meaning
	} else {
		d.unit, span = factorTerms(x, name)
	}
	switch {
	case name == "policy":
		d.meaning = "policy that was added to the scenario; none, or empty if the sweep compares no policies = the scenario as it stands"
	case name == "tick" && of == failuresTable:
		d.meaning = "the tick in which it failed; empty before the run"
	case of == "runs" && strings.HasSuffix(d.meaning, "since the row before"):
		d.meaning += "; from the start in the first row"
	}
	return d, span
}

// factorTerms are the unit of a factor and the values that it may take, as a dictionary tells them.
func factorTerms(x *scenarios.Experiment, name string) (unit, span string) {
	unit, span = x.Described(name)
	for _, end := range []string{",inf)", ",inf]"} {
		low, open := strings.CutSuffix(span, end)
		if open && low[0] == '(' {
			return unit, "> " + low[1:]
		} else if open {
			return unit, ">= " + low[1:]
		}
	}
	return unit, span
}

// aboutRows adds to the dictionary of an inquiry what its rows are about: metrics and factors, which stand there by name.
func aboutRows(w *table.Writer, x *scenarios.Experiment, metrics []string) {
	for _, c := range output.SeriesColumns() {
		if slices.Contains(metrics, c.Name) {
			rangedRow(w, "metrics", word{c.Name, c.Unit, c.Meaning}, c.Range)
		}
	}
	for _, f := range x.Factors {
		unit, span := factorTerms(x, f.Name)
		rangedRow(w, "factors of the file", word{f.Name, unit, "what is varied"}, span)
	}
}
