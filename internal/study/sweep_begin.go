package study

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"agglo/internal/table"
	"agglo/output"
	"agglo/sim/batch"
)

// Begin makes the folder of a sweep, or finds that it is there already. A folder of another sweep, or of something else, is
// refused, with what differs. Where the manifest is damaged or gone and journals are there, it is made again if resume is set and
// the journals are of this very sweep: its rows need nothing else. text is the file of the experiment as it was written, which is kept
// beside the manifest; nil where it is not known.
func (w *Sweep) Begin(dir string, base output.Manifest, inputs map[string][]byte, text []byte, resume bool) (*SweepManifest, error) {
	m := w.manifest(base, inputs)
	if text != nil {
		h := hashed(text)
		m.Sweep.File = &h
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	old, damage := OpenSweep(dir)
	switch {
	case errors.Is(damage, output.ErrNewer):
		return nil, untouched(damage)
	case damage == nil:
		if damage, err = m.sameAs(dir, old); err != nil {
			return nil, err
		}
	}
	journals := slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == batch.JournalDir })
	_, missing := os.Stat(filepath.Join(dir, output.ManifestFile))
	switch {
	case missing == nil && errors.Is(damage, output.ErrNoFolder) && !journals:
		return nil, fmt.Errorf("%w: %s is the folder of something else: choose another with -o", output.ErrOccupied, dir)
	case damage == nil:
		layout, file := m.Sweep.Layout, m.Sweep.File
		if m = *old; layout != "" {
			m.Sweep.Layout = layout
		}
		if err := errors.Join(writeInputs(dir, inputs), m.keepText(dir, text, file)); err != nil {
			return nil, err
		}
	case journals:
		if err := m.rebuild(dir, inputs, text, damage, resume); err != nil {
			return nil, err
		}
	case slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return !strings.HasPrefix(e.Name(), output.ManifestFile) && e.Name() != output.InputsDir
	}):
		return nil, fmt.Errorf("%w: %s holds files and is not the folder of a sweep: choose another with -o", output.ErrOccupied, dir)
	default:
		if err := m.begin(dir, inputs, text); err != nil {
			return nil, err
		}
	}
	w.inputs = os.DirFS(filepath.Join(dir, output.InputsDir))
	return &m, nil
}

// untouched adds to the error of a folder that a newer program wrote what can be done.
func untouched(newer error) error {
	return fmt.Errorf("%w\nnothing in it was touched: go on with that version, or choose another folder with -o", newer)
}

// keepText keeps the file of the experiment in a folder that is there already. One with other words, of the same experiment, takes its
// place; so does it where somebody has changed it.
func (m *SweepManifest) keepText(dir string, text []byte, file *output.Hashed) error {
	if text == nil {
		return nil
	}
	if m.Sweep.File == nil || *m.Sweep.File != *file {
		m.Sweep.File = file
		if err := writeJSON(dir, output.ManifestFile, m); err != nil {
			return err
		}
	}
	return writeText(dir, text)
}

// writeText writes the file of the experiment, unless it stands there.
func writeText(dir string, text []byte) error {
	path := filepath.Join(dir, output.ExperimentFile)
	if is, err := os.ReadFile(path); text == nil || err == nil && bytes.Equal(is, text) {
		return nil
	}
	return table.Replace(path, text)
}

// TextChanged says how the file of the experiment in a folder is not what its manifest vouches for; empty if it is, or nobody knows.
func (m *SweepManifest) TextChanged(dir string) string {
	path := filepath.Join(dir, output.ExperimentFile)
	data, err := os.ReadFile(path)
	switch {
	case m.Sweep.File == nil:
		return ""
	case errors.Is(err, fs.ErrNotExist):
		return path + " is missing: it was removed after it was written"
	case err != nil:
		return err.Error()
	case hashed(data) != *m.Sweep.File:
		return path + " was changed after it was written: its hash is not that of the manifest"
	}
	return ""
}

// begin writes what a folder holds before the first run.
func (m *SweepManifest) begin(dir string, inputs map[string][]byte, text []byte) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := writeInputs(dir, inputs); err != nil {
		return err
	}
	if err := writeJSON(dir, output.ManifestFile, m); err != nil {
		return err
	}
	return writeText(dir, text) // behind the manifest: without one nothing says that the folder is ours
}

// sameAs holds a sweep against the manifest in its folder. An error says in what the folder's experiment is another; damage says that
// the manifest is not what was written, though the experiment is this one.
func (m *SweepManifest) sameAs(dir string, old *SweepManifest) (damage, err error) {
	if differs := m.differs(old); differs != nil {
		return nil, fmt.Errorf("%w: %s holds a sweep with other settings, and its rows would not be those of this one; take another folder, or make these as they were:\n%w",
			ErrOtherSweep, dir, differs)
	}
	a, b := &m.Sweep, &old.Sweep
	if b.Identity != a.Identity || old.Edited() || b.Runs != a.Runs || b.Points != a.Points || !slices.Equal(b.Tables, a.Tables) {
		return old.altered(dir), nil
	}
	return nil, nil
}

// altered is the error of a manifest that can be read and is not what was written.
func (m *SweepManifest) altered(dir string) error {
	return fmt.Errorf("%s: it was changed after it was written: what it says of the experiment and the runs does not fit together", filepath.Join(dir, output.ManifestFile))
}

// rebuild makes the manifest again that was damaged or is gone, if the journals are of this sweep.
func (m *SweepManifest) rebuild(dir string, inputs map[string][]byte, text []byte, damage error, resume bool) error {
	own, other, err := m.Plan(dir).Fits()
	switch {
	case err != nil:
		return errors.Join(damage, err)
	case own == 0 && other > 0:
		return fmt.Errorf("%w\nit cannot be made again: the %d runs in %s are those of another experiment, scenario or program", damage, other, filepath.Join(dir, batch.JournalDir))
	case !resume:
		return fmt.Errorf("%w\nthe runs in its journal are not touched (%d of this experiment): with --resume the manifest is made again and the sweep goes on", damage, own)
	}
	return m.begin(dir, inputs, text)
}
