package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"agglo/internal/study"
	"agglo/output"
	"agglo/scenarios"
)

// ofSweep prepares a run of a sweep from its folder: the scenario with the values of the run's point, its seed and its length, without
// the policies that the sweep adds.
func (f *runFlags) ofSweep(dir, number string) (*scenarios.Scenario, *execution, error) {
	m, err := study.OpenSweep(dir)
	if errors.Is(err, output.ErrNoFolder) {
		return nil, nil, usagef("%s holds no runs that can be run again by number", dir)
	} else if err != nil {
		return nil, nil, err
	}
	k, err := strconv.Atoi(number)
	if err != nil || k < 0 || k >= m.Sweep.Runs {
		return nil, nil, usagef("%s#%s: want a run of this folder: 0 to %d", dir, number, m.Sweep.Runs-1)
	}
	w, err := study.StoredSweep(m, dir)
	if err != nil {
		return nil, nil, err
	}
	s, err := w.ScenarioOf(k)
	if err != nil {
		return nil, nil, err
	}
	seed, ticks := w.SeedOf(k), w.Ticks
	setup, err := s.Setup(scenarios.Overrides{Seed: &seed, Ticks: &ticks})
	if err != nil {
		return nil, nil, err
	}
	inputs, err := filesOf(s, filepath.Join(dir, output.InputsDir))
	if err != nil {
		return nil, nil, err
	}
	if m.Edited() {
		s.Notes = append(s.Notes, fmt.Sprintf("warning: %s was edited after the sweep. What runs is what it holds now", filepath.Join(dir, output.ManifestFile)))
	}
	if slices.ContainsFunc(m.Sweep.Settings.Policies, func(p string) bool { return p != scenarios.NoPolicy }) {
		s.Notes = append(s.Notes, "this is the run without the policies that the sweep adds; agglo verify runs those again too")
	}
	f.every = max(m.Sweep.Settings.Every, 1)
	return s, f.execution(s, setup, []output.Run{{Seed: seed}}, inputs), nil
}
