package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"agglo/model"
	"agglo/output"
	"agglo/scenarios"
)

// again prepares a stored run from its folder: same scenario, parameters, seed and length. Nothing of it can be changed,
// or it would be another run.
func (f *runFlags) again(cmd *cobra.Command, dir, number string) (*scenarios.Scenario, *execution, error) {
	for _, name := range []string{"seed", "ticks", "set", "policy", "no-policies", "replicates", "every"} {
		if cmd.Flags().Changed(name) {
			return nil, nil, usagef("--%s does not go with DIR#RUN, which runs a stored run as it was", name)
		}
	}
	m, err := openFolder(dir)
	if err != nil {
		return nil, nil, err
	}
	if len(m.Runs) == 0 {
		return f.ofSweep(dir, number)
	}
	k, err := strconv.Atoi(number)
	if err != nil || k < 0 || k >= len(m.Runs) {
		return nil, nil, usagef("%s#%s: want a run of this folder: 0 to %d", dir, number, len(m.Runs)-1)
	}
	s, setup, inputs, err := stored(dir, m, m.Runs[k].Seed)
	if err != nil {
		return nil, nil, err
	}
	f.every = m.Every
	if f.firms == "" { // more maps of the same run may be asked for
		f.firmsEvery = m.FirmsEvery
	}
	if f.ties == "" {
		f.tiesEvery = m.TiesEvery
	}
	x := f.execution(s, setup, []output.Run{{Seed: m.Runs[k].Seed}}, inputs)
	if err := x.changeAs(m); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", filepath.Join(dir, output.ManifestFile), err)
	}
	if sameFolder(x.dir, dir) {
		x.dir += "-again"
	}
	changed, err := edits(dir, m)
	if err != nil {
		return nil, nil, err
	}
	if len(changed) > 0 { // which may be meant: the run goes on, and its own manifest says so too
		s.Notes = append(s.Notes, fmt.Sprintf("warning: %s was edited after the run: %s. What runs is the scenario, the seed and the length that it holds now, not the run that the folder is of",
			filepath.Join(dir, output.ManifestFile), strings.Join(changed, "; ")))
		x.manifest.Notes = s.Notes
	}
	if other := otherInputs(dir, m); len(other) > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("warning: %s: not what the run read, by the hash in its manifest. What runs is the scenario with what stands there now, not the run that the folder is of",
			strings.Join(other, ", ")))
		x.manifest.Notes = s.Notes
	}
	return s, x, nil
}

// otherInputs lists the copies of files that a scenario names which are not those that the manifest of their folder vouches for.
func otherInputs(dir string, m *output.Manifest) (paths []string) {
	for _, name := range slices.Sorted(maps.Keys(m.Inputs)) {
		path := filepath.Join(dir, output.InputsDir, filepath.FromSlash(name))
		if sum, err := fileHash(path); err == nil && sum != m.Inputs[name].SHA256 {
			paths = append(paths, path)
		}
	}
	return paths
}

// stored resolves the scenario of a folder as it was run, from the manifest and the copies of the files that it names.
func stored(dir string, m *output.Manifest, seed uint64) (*scenarios.Scenario, model.Setup, map[string][]byte, error) {
	folder := os.DirFS(filepath.Join(dir, output.InputsDir))
	s, err := scenarios.Parse(filepath.Join(dir, output.ManifestFile)+" (scenario_yaml)", []byte(m.ScenarioYAML), folder)
	if err != nil {
		return nil, model.Setup{}, nil, err
	}
	setup, err := s.Setup(scenarios.Overrides{Seed: &seed, Ticks: &m.Ticks})
	if err != nil {
		return nil, setup, nil, err
	}
	inputs, err := filesOf(s, filepath.Join(dir, output.InputsDir))
	return s, setup, inputs, err
}

// openFolder reads the manifest of a run folder; a path that leads to none is a mistake of the command line.
func openFolder(dir string) (*output.Manifest, error) {
	m, err := output.Open(dir)
	if errors.Is(err, output.ErrNoFolder) {
		return nil, &usageError{err}
	}
	return m, err
}

// sameFolder says whether two paths lead to one folder.
func sameFolder(a, b string) bool {
	left, errLeft := os.Stat(a)
	right, errRight := os.Stat(b)
	return errLeft == nil && errRight == nil && os.SameFile(left, right)
}

// filesOf reads the files that a scenario names and that are not built in: maps and tables of firms. Names are as in the
// scenario, relative to its folder.
func filesOf(s *scenarios.Scenario, dir string) (map[string][]byte, error) {
	var names []string
	for _, a := range s.Areas {
		if a.Shape != nil {
			names = append(names, a.Shape.File)
		}
	}
	for _, r := range s.Regions {
		if r.Shape != nil {
			names = append(names, r.Shape.File)
		}
	}
	if s.StartFrom != nil {
		names = append(names, s.StartFrom.Firms, s.StartFrom.Employment)
	}
	files := map[string][]byte{}
	for _, name := range names {
		if name == "" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			continue // it is built in, or the scenario would not have been read
		} else if err != nil {
			return nil, err
		}
		files[name] = data
	}
	return files, nil
}
