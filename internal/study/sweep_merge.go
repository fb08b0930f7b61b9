package study

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"agglo/internal/table"
	"agglo/internal/table/parquet"
	"agglo/output"
	"agglo/sim/batch"
	"agglo/sim/design"
)

// Plan is the sweep as a batch.
func (m *SweepManifest) Plan(dir string) batch.Plan {
	return batch.Plan{Dir: dir, Runs: m.Sweep.Runs, Identity: m.Sweep.Identity, Tables: m.Sweep.Tables}
}

// MergeSweep writes the tables of a sweep into the first folder, as CSV and as Parquet, from the journals of all; they must be of one sweep. With runs
// missing it writes them only if partial is set. layout asks for one more table, one of scenarios.Layouts; empty leaves it to the
// first folder. When ctx is done it stops, with ctx's error: the runs are where they were.
func MergeSweep(ctx context.Context, dirs []string, partial bool, layout string) (batch.Merged, *SweepManifest, error) {
	var m *SweepManifest
	for _, dir := range dirs {
		one, err := OpenSweep(dir)
		if err == nil && one.Edited() {
			err = one.altered(dir)
		}
		if err != nil {
			return batch.Merged{}, nil, toResume(dir, err)
		}
		if m == nil {
			m = one
		} else if m.Sweep.Identity != one.Sweep.Identity {
			err := departures(m.parts(), one.parts(), "in "+dirs[0]+" it is", "in "+dir)
			return batch.Merged{}, nil, fmt.Errorf("%w: %s and %s are not parts of one sweep:\n%w", ErrOtherSweep, dirs[0], dir, err)
		}
	}
	if layout != "" {
		m.Sweep.Layout = layout
	}
	merged, err := m.Plan(dirs[0]).Merge(ctx, dirs, dirs[0], partial)
	if err != nil || merged.Missing > 0 && !partial {
		return merged, m, err
	}
	m.Complete, m.Sweep.Failed, m.Sweep.Missing = merged.Missing == 0, merged.Failed, merged.Missing
	m.Tables = map[string]output.Hashed{}
	for _, t := range merged.Tables {
		m.Tables[t.Name+".csv"] = output.Hashed{Bytes: t.Bytes, SHA256: t.SHA256}
		if t.Name == failuresTable {
			continue // a few rows for people
		}
		written, err := parquet.Write(ctx, filepath.Join(dirs[0], t.Name+".csv"), filepath.Join(dirs[0], t.Name+".parquet"), m.kind)
		if err != nil {
			return merged, m, err
		}
		m.Tables[t.Name+".parquet"] = output.Hashed{Bytes: written.Bytes, SHA256: written.SHA256}
	}
	steps := []func(ctx context.Context, dir string) error{m.grid, m.levels}
	if m.Sweep.Layout == "netlogo" {
		steps = append(steps, m.netlogo)
	}
	for _, step := range steps {
		if err := step(ctx, dirs[0]); err != nil {
			return merged, m, err
		}
	}
	if err := errors.Join(m.dictionary(dirs[0]), m.listed(dirs[0])); err != nil {
		return merged, m, err
	}
	return merged, m, writeJSON(dirs[0], output.ManifestFile, m)
}

// dictionaryFile says what the columns of the other tables are.
const dictionaryFile = "dictionary.csv"

// listed adds the tables that are made of others to those that the manifest vouches for.
func (m *SweepManifest) listed(dir string) error {
	names := []string{LevelsFile, dictionaryFile}
	if _, _, yes := m.crossed(); yes {
		names = append(names, GridFile)
	}
	if m.Sweep.Layout == "netlogo" {
		names = append(names, NetLogoFile)
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		m.Tables[name] = hashed(data)
	}
	return nil
}

// OfAllRuns says whether a table of a sweep is made of all its runs together, and has no rows of single ones.
func OfAllRuns(name string) bool {
	return slices.Contains([]string{LevelsFile, GridFile, NetLogoFile}, name)
}

// toResume adds to the error of a manifest that is damaged how to make it again.
func toResume(dir string, err error) error {
	if _, fault := os.Stat(filepath.Join(dir, batch.JournalDir)); fault != nil || errors.Is(err, output.ErrNewer) {
		return err
	}
	return fmt.Errorf("%w\nagglo sweep EXPERIMENT.yaml -o %s --resume, with the experiment as it was, makes it again; the runs in the journal stay", err, dir)
}

// kind is what a column of runs and series holds: keys are whole numbers, policies and factors of words text, all else numbers.
func (m *SweepManifest) kind(column string) table.Kind {
	if k := slices.Index(keyColumns(), column); k >= 0 {
		if column == "policy" {
			return table.Text
		}
		return table.Integer
	}
	if slices.ContainsFunc(m.Sweep.Settings.Factors, func(f design.Factor) bool { return f.Name == column && f.Words != nil }) {
		return table.Text
	}
	return table.Number
}
