package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"agglo/internal/study"
	"agglo/output"
	"agglo/scenarios"
)

// readSweep reads an experiment and the files that its scenario names; of the folder of a sweep, the experiment that its manifest holds.
// text is the file as it was written, nil where it is not known.
func readSweep(c *console, path string, given scenarios.Given) (w *study.Sweep, inputs map[string][]byte, text []byte, err error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		if given.Seed != nil || given.Ticks != nil || len(given.Set) > 0 {
			return nil, nil, nil, usagef("--seed, --ticks and --set go with an EXPERIMENT.yaml: the folder of a sweep, %s, is run again as it was", path)
		}
		return storedSweep(c, path)
	}
	if text, err = readAsked(path, "sweep"); err != nil {
		return nil, nil, nil, err
	}
	w, inputs, err = parseSweep(path, text, given)
	return w, inputs, text, err
}

// storedSweep is readSweep of the folder of a sweep.
func storedSweep(c *console, dir string) (w *study.Sweep, inputs map[string][]byte, text []byte, err error) {
	m, err := study.OpenSweep(dir)
	if errors.Is(err, output.ErrNoFolder) {
		return nil, nil, nil, usagef("%s is a folder and not that of a sweep: want an EXPERIMENT.yaml, or the folder of a sweep, which is run again", dir)
	} else if err != nil {
		return nil, nil, nil, err
	}
	if w, err = study.StoredSweep(m, dir); err != nil {
		return nil, nil, nil, err
	}
	if m.Edited() {
		c.say("warning: %s was edited after the sweep. What runs is what it holds now", filepath.Join(dir, output.ManifestFile))
	}
	for _, path := range otherInputs(dir, &m.Manifest) {
		c.say("warning: %s is not what the sweep read, by the hash in its manifest. What runs is what stands there now", path)
	}
	if inputs, err = filesOf(w.Experiment.Base(), filepath.Join(dir, output.InputsDir)); err != nil {
		return nil, nil, nil, err
	}
	if what := m.TextChanged(dir); what != "" && !m.Edited() {
		c.say("note: %s; what runs is the experiment that the manifest holds", what)
		return w, inputs, nil, nil
	} else if m.Edited() {
		return w, inputs, nil, nil // its text says something else
	}
	if text, err = os.ReadFile(filepath.Join(dir, output.ExperimentFile)); errors.Is(err, fs.ErrNotExist) {
		err = nil // of an older program
	}
	return w, inputs, text, err
}

// parseSweep is readSweep of the text of a file.
func parseSweep(path string, data []byte, given scenarios.Given) (*study.Sweep, map[string][]byte, error) {
	var fixed []string
	for _, c := range output.SeriesColumns()[:output.KeyColumns()] {
		fixed = append(fixed, c.Name)
	}
	x, err := scenarios.ReadExperiment(path, data, output.Metrics(), append(fixed, study.FailureColumns()...), given)
	if err != nil {
		return nil, nil, err
	}
	inputs := map[string][]byte{}
	if x.Dir != "" {
		if inputs, err = filesOf(x.Base(), x.Dir); err != nil {
			return nil, nil, err
		}
	}
	w, err := study.NewSweep(x, os.DirFS(filepath.Join(x.Dir, ".")))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return w, inputs, nil
}
