package study

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"agglo/output"
	"agglo/sim/batch"
)

// Begin makes the folder of a sweep, or finds that it is there already. A folder of another sweep, or of something else, is
// refused, with what differs. Where the manifest is damaged or gone and journals are there, it is made again if resume is set and
// the journals are of this very sweep: its rows need nothing else.
func (w *Sweep) Begin(dir string, base output.Manifest, inputs map[string][]byte, resume bool) (*SweepManifest, error) {
	m := w.manifest(base, inputs)
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
		layout := m.Sweep.Layout
		if m = *old; layout != "" {
			m.Sweep.Layout = layout
		}
		if err := writeInputs(dir, inputs); err != nil {
			return nil, err
		}
	case journals:
		if err := m.rebuild(dir, inputs, damage, resume); err != nil {
			return nil, err
		}
	case slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return !strings.HasPrefix(e.Name(), output.ManifestFile) && e.Name() != output.InputsDir
	}):
		return nil, fmt.Errorf("%w: %s holds files and is not the folder of a sweep: choose another with -o", output.ErrOccupied, dir)
	default:
		if err := m.begin(dir, inputs); err != nil {
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

// begin writes what a folder holds before the first run.
func (m *SweepManifest) begin(dir string, inputs map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := writeInputs(dir, inputs); err != nil {
		return err
	}
	return writeJSON(dir, output.ManifestFile, m)
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
func (m *SweepManifest) rebuild(dir string, inputs map[string][]byte, damage error, resume bool) error {
	own, other, err := m.Plan(dir).Fits()
	switch {
	case err != nil:
		return errors.Join(damage, err)
	case own == 0 && other > 0:
		return fmt.Errorf("%w\nit cannot be made again: the %d runs in %s are those of another experiment, scenario or program", damage, other, filepath.Join(dir, batch.JournalDir))
	case !resume:
		return fmt.Errorf("%w\nthe runs in its journal are not touched (%d of this experiment): with --resume the manifest is made again and the sweep goes on", damage, own)
	}
	return m.begin(dir, inputs)
}
