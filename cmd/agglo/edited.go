package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"agglo/internal/study"
	"agglo/output"
	"agglo/sim/rng"
)

// ofScenario are the fields of a manifest that follow from the scenario in it.
var ofScenario = []string{"scenario", "title", "start", "tick_years", "scale", "currency", "conversion", "params"}

// edits says, without a run, in what the manifest of a run, a comparison or a sweep was changed after it was written: where it is not
// what its own scenario, seed and hash give. Fields that another program would write otherwise are left alone.
func edits(dir string, m *output.Manifest) ([]string, error) {
	var list []string
	is := version()
	if m.Code.Version == is.Version && revision(m.Code) == revision(is) {
		fields, err := editedFields(dir, m)
		if err != nil {
			return nil, err
		}
		list = append(fields, editedSeeds(m)...)
	}
	sum := m.Fingerprint() != m.Command
	if sweep, err := study.OpenSweep(dir); err == nil {
		sum = sweep.Edited()
	} else if _, compared := m.Tables["effects.csv"]; compared {
		sum = false // its hash counts pairs that were asked for and not done; verify holds it
	}
	if sum {
		list = append(list, "its hash is not that of the program, the scenario, the seeds and the length in it")
	}
	return list, nil
}

// editedFields lists the fields that the scenario in a manifest does not give.
func editedFields(dir string, m *output.Manifest) ([]string, error) {
	was, err := readTree(filepath.Join(dir, output.ManifestFile))
	if err != nil {
		return nil, err
	}
	s, setup, _, err := stored(dir, m, m.Seed)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(manifestOf(s, setup, m.Runs, m.Every))
	if err != nil {
		return nil, err
	}
	is, err := treeOf(text)
	if err != nil {
		return nil, err
	}
	pinned := m.Code.Revision != "" && !m.Code.Modified || strings.HasPrefix(m.Code.Version, "v") // else another build may have other parameters
	var list []string
	a, _ := was.(map[string]any)
	b, _ := is.(map[string]any)
	for _, field := range ofScenario {
		differences(field, a[field], b[field], func(string) bool { return false }, func(path string, was, is any) {
			if !pinned && (was == nil || is == nil) {
				return
			}
			x, y := shownPair(was, is)
			list = append(list, fmt.Sprintf("%s is %s, and its scenario gives %s", path, x, y))
		})
	}
	return list, nil
}

// editedSeeds lists the seeds of runs that are not those which the seed of the command gives.
func editedSeeds(m *output.Manifest) []string {
	var list []string
	for k, run := range m.Runs {
		can := []uint64{rng.Replicate(m.Seed, k)}
		if len(m.Runs) == 1 {
			can = append(can, m.Seed)
		}
		if !slices.Contains(can, run.Seed) {
			list = append(list, fmt.Sprintf("runs[%d].seed is %d, and seed is %d", k, run.Seed, m.Seed))
		}
	}
	return list
}

// editedSince is edits for a report, of the folders whose scenario is all that was run. What cannot be read is told elsewhere.
func editedSince(dir string) []error {
	m, err := output.Open(dir)
	if err != nil {
		return nil
	}
	for _, name := range []string{"series.csv", "effects.csv", "runs.csv"} {
		if _, listed := m.Tables[name]; !listed {
			continue
		}
		list, err := edits(dir, m)
		if err != nil {
			return []error{err}
		}
		var faults []error
		for _, what := range list {
			faults = append(faults, fmt.Errorf("%s was edited after the run: %s", filepath.Join(dir, output.ManifestFile), what))
		}
		return faults
	}
	return nil
}
