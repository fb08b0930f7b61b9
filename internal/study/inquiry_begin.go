package study

import (
	"encoding/json"
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

// stampFile in the folder of rounds says whose they are: their tables do not, and without the manifest nothing else would.
const stampFile = "work.json"

// stamp is what stampFile holds.
type stamp struct {
	Identity string `json:"identity"`
}

// open makes the folder, or finds that it is there; see BeginInquiry.
func (q *Inquiry) open(inputs map[string][]byte, resume bool) error {
	entries, err := os.ReadDir(q.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	old, damage := openInquiry(q.Dir)
	switch {
	case errors.Is(damage, output.ErrNewer):
		return untouched(damage)
	case damage == nil:
		if damage, err = q.manifest.sameAs(q.Dir, old); err != nil {
			return err
		}
	}
	rounds := slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == output.RoundsDir })
	gone := errors.Is(damage, fs.ErrNotExist)
	switch {
	case damage == nil && !resume:
		return fmt.Errorf("%w: %s holds runs of this work", batch.ErrBegun, q.Dir)
	case damage == nil:
		return errors.Join(writeInputs(q.Dir, inputs), q.stamp())
	case errors.Is(damage, output.ErrNoFolder) && !rounds:
		return fmt.Errorf("%w: %s is the folder of something else: choose another with -o", output.ErrOccupied, q.Dir)
	case gone && !rounds:
		if slices.ContainsFunc(entries, func(e os.DirEntry) bool {
			return !strings.HasPrefix(e.Name(), output.ManifestFile) && e.Name() != output.InputsDir
		}) {
			return fmt.Errorf("%w: %s holds files and no work of this kind: choose another with -o", output.ErrOccupied, q.Dir)
		}
		return q.begin(inputs)
	case gone:
		damage = fmt.Errorf("%s: %w: it has no %s", q.Dir, output.ErrNoFolder, output.ManifestFile)
	}
	return q.rebuild(inputs, damage, resume)
}

// begin writes what a folder holds before the first run.
func (q *Inquiry) begin(inputs map[string][]byte) error {
	if err := os.MkdirAll(q.Dir, 0o777); err != nil {
		return err
	}
	if err := writeInputs(q.Dir, inputs); err != nil {
		return err
	}
	if err := writeJSON(q.Dir, output.ManifestFile, q.manifest); err != nil {
		return err
	}
	return q.stamp() // behind the manifest: rounds without one are taken for work whose manifest is lost
}

// stamp says in the folder of rounds whose they are.
func (q *Inquiry) stamp() error {
	dir := filepath.Join(q.Dir, output.RoundsDir)
	if q.stamped() {
		return nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	return writeJSON(dir, stampFile, stamp{q.manifest.Inquiry.Identity})
}

// stamped tells whether the rounds are known to be of this work.
func (q *Inquiry) stamped() bool {
	data, err := os.ReadFile(filepath.Join(q.Dir, output.RoundsDir, stampFile))
	var s stamp
	return err == nil && json.Unmarshal(data, &s) == nil && s.Identity == q.manifest.Inquiry.Identity
}

// sameAs holds a work against the manifest in its folder. An error says in what the folder's work is another; damage says that the
// manifest is not what was written.
func (m *InquiryManifest) sameAs(dir string, old *InquiryManifest) (damage, err error) {
	if differs := m.differs(old); differs != nil {
		return nil, fmt.Errorf("%w: %s holds work with other settings; take another folder, or make these as they were:\n%w", ErrOtherSweep, dir, differs)
	}
	if m.Inquiry.Identity != old.Inquiry.Identity || old.sum() != old.Inquiry.Identity {
		return fmt.Errorf("%s: it was changed after it was written: what it says of the work does not fit together", filepath.Join(dir, output.ManifestFile)), nil
	}
	return nil, nil
}

// rebuild makes the manifest again that was damaged or is gone, if the rounds are of this work, or none was begun.
func (q *Inquiry) rebuild(inputs map[string][]byte, damage error, resume bool) error {
	dir := filepath.Join(q.Dir, output.RoundsDir)
	entries, err := os.ReadDir(dir)
	switch begun := slices.ContainsFunc(entries, os.DirEntry.IsDir); {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return errors.Join(damage, err)
	case begun && !q.stamped():
		return fmt.Errorf("%w\nit cannot be made again: the runs in %s are not touched, but nothing says that they are of this work, with these files and options, and this program; take the ones that it was begun with, or begin anew in another folder with -o",
			damage, dir)
	case !resume:
		return fmt.Errorf("%w\nthe runs in %s are not touched: with --resume the manifest is made again and the work goes on", damage, dir)
	}
	return q.begin(inputs)
}
