package output

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"agglo/internal/table"
	"agglo/sim/batch"
)

// A Folder is a run folder that is being written.
type Folder struct {
	dir       string
	manifest  Manifest
	recorders []*Recorder
	wanted    []Wanted
	credits   []Credit
}

// ErrOccupied is in the error of Create when the folder holds something that must not be written over.
var ErrOccupied = errors.New("the folder is taken")

// Create begins a run folder. The manifest must hold all that is known before the run; Runs has one entry a replicate.
//
// A folder that does not exist is made, an empty one is used. A run folder of the same command (Manifest.Fingerprint) is
// written anew, since the result is the same; a run folder of another command only with force. Any other folder that is not
// empty is refused, force or not, that of a sweep or of work in rounds too. Only files that a run writes are ever removed.
func Create(dir string, m Manifest, force bool) (*Folder, error) {
	return begin(dir, m, force, "*.pair*")
}

// Grow begins a run folder anew as Create does with force, and leaves the pairs in it that a comparison keeps.
func Grow(dir string, m Manifest) (*Folder, error) { return begin(dir, m, true, "") }

// begin is Create; pairs is the pattern of those that are removed, empty = none.
func begin(dir string, m Manifest, force bool, pairs string) (*Folder, error) {
	m.Agglo, m.Command = FormatVersion, m.Fingerprint()
	m.Complete, m.StoppedAt, m.Tables = false, nil, map[string]Hashed{}
	if err := mayWrite(dir, &m, force); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	if err := mark(dir); err != nil {
		return nil, err
	}
	if err := errors.Join(sweep(dir), RemoveAll(Matching(filepath.Join(dir, PairsDir), pairs))); err != nil {
		return nil, err
	}
	f := &Folder{dir: dir, manifest: m}
	return f, f.manifest.write(dir)
}

// mayWrite says why a folder must be left alone, if it must.
func mayWrite(dir string, m *Manifest, force bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	} else if err != nil {
		return err
	}
	if work := workIn(entries); work != "" {
		return fmt.Errorf("%w: %s holds the runs of a sweep or of other work (%s), which are not written over, not with --force either: choose another folder with -o",
			ErrOccupied, dir, filepath.Join(dir, work))
	}
	old, err := readManifest(dir)
	switch {
	case err != nil && killedEarly(dir, entries):
		return nil
	case errors.Is(err, ErrNoFolder):
		return fmt.Errorf("%w: %s holds files and is not a run folder: choose another with -o", ErrOccupied, dir)
	case err != nil:
		return fmt.Errorf("%w: %s holds files and cannot be told to be a run folder: choose another with -o: %w", ErrOccupied, dir, err)
	case old.Command != m.Command && !force:
		return fmt.Errorf("%w: %s holds another run (%s, seed %d, %d ticks; %s): choose another folder with -o, or write over it with --force",
			ErrOccupied, dir, old.Scenario, old.Seed, old.Ticks, departures(old, m))
	}
	return nil
}

// workIn is the folder among entries in which runs are kept that a sweep or work in rounds goes on from; empty if there is none.
func workIn(entries []os.DirEntry) string {
	for _, e := range entries {
		if e.IsDir() && (e.Name() == batch.JournalDir || e.Name() == RoundsDir) {
			return e.Name()
		}
	}
	return ""
}

// killedEarly says whether a folder is what a run leaves that was killed before it could write its manifest.
func killedEarly(dir string, entries []os.DirEntry) bool {
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), MarkerFile) && !strings.HasPrefix(e.Name(), ManifestFile) {
			return false
		}
	}
	_, err := os.Stat(filepath.Join(dir, ManifestFile))
	return errors.Is(err, fs.ErrNotExist)
}

// sweep removes the files of an earlier run: its tables, also those of what is made of several runs, what a killed run left of them, its
// figures, pages, exports and inputs.
func sweep(dir string) error {
	var old []string
	for _, t := range tables {
		old = append(append(old, filepath.Join(dir, t.name+".csv")), Matching(dir, t.name+".csv.*")...)
	}
	var named map[string]Hashed
	if m, err := readManifest(dir); err == nil { // of a comparison, a validation, tests of claims, a sweep
		named = m.Tables
		old = append(old, filepath.Join(dir, "report.md"), filepath.Join(dir, "claims.md"))
	}
	old = append(old, Results(dir, named)...)
	for _, pattern := range []string{"*.geojson", "*.graphml", "*.gexf", "*.parquet", "*.gif", "*.mp4", "edges.csv", "dictionary.csv", "source.json"} {
		old = append(old, Matching(filepath.Join(dir, ExportDir), pattern)...)
	}
	old = append(old, Matching(filepath.Join(dir, CheckpointsDir), "tick-*")...)
	if err := RemoveAll(old); err != nil {
		return err
	}
	return os.RemoveAll(filepath.Join(dir, InputsDir))
}

// Results lists, in no order, what was made of runs in a folder: its figures, its page, and the tables that its manifest names. A manifest
// may have been edited: a name that leads out of the folder, or that no table has, is not believed.
func Results(dir string, tables map[string]Hashed) []string {
	paths := []string{filepath.Join(dir, ReportFile)}
	for _, pattern := range []string{"*.png", "*.svg", "*.pdf"} {
		paths = append(paths, Matching(filepath.Join(dir, FiguresDir), pattern)...)
	}
	for name := range tables {
		if name = filepath.FromSlash(name); filepath.IsLocal(name) && slices.Contains([]string{".csv", ".parquet"}, filepath.Ext(name)) {
			paths = append(paths, filepath.Join(dir, name))
		}
	}
	return paths
}

// RemoveAll removes files in the order of their names. One that is not there is no fault; the first that cannot be removed ends it.
func RemoveAll(paths []string) error {
	sort.Strings(paths)
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Matching gives the paths of what lies in a folder under names of a pattern (path.Match), sorted; none where there is no such folder.
// The path of the folder itself is no pattern, whatever letters it has.
func Matching(dir, pattern string) []string {
	names, _ := fs.Glob(os.DirFS(filepath.Clean(dir)), pattern) // the patterns of this program are good ones
	for k, name := range names {
		names[k] = filepath.Join(dir, name)
	}
	return names
}

// Dir is the folder's path.
func (f *Folder) Dir() string { return f.dir }

// AddInput keeps a copy of a file that the scenario names, so that the folder can be run again on its own. The name is the
// path in the scenario, and must not lead out of its folder.
func (f *Folder) AddInput(name string, data []byte) error {
	if !filepath.IsLocal(name) {
		return fmt.Errorf("%s: a file that a scenario names must lie beside or below it", name)
	}
	path := filepath.Join(f.dir, InputsDir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	if err := table.Replace(path, data); err != nil {
		return err
	}
	h, err := hash(path)
	if f.manifest.Inputs == nil {
		f.manifest.Inputs = map[string]Hashed{}
	}
	f.manifest.Inputs[filepath.ToSlash(name)] = h
	return err
}

// Note adds a remark to the manifest.
func (f *Folder) Note(words string) { f.manifest.Notes = append(f.manifest.Notes, words) }

// Keep leaves the folder with its first replicates, as many as have begun: those behind them were stopped before they could.
func (f *Folder) Keep(begun int) error {
	if begun >= len(f.recorders) {
		return nil
	}
	for _, r := range f.recorders[begun:] {
		r.Abort()
		for _, name := range perRun() {
			if err := os.Remove(f.rowsPath(name, r.run.Run)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	m := &f.manifest
	m.Replicates = max(m.Replicates, len(m.Runs))
	f.Note(fmt.Sprintf("%d of %d replicates had not begun when the command was stopped; they are left out", len(m.Runs)-begun, m.Replicates))
	m.Runs, f.recorders = m.Runs[:begun], f.recorders[:begun]
	return nil
}

// Finish completes the folder after all its recorders have finished: it joins the rows of all replicates in their order,
// writes the summary and the dictionary, hashes every table, and takes the marker away. A run that reached fewer ticks than
// asked for, replicates that have not begun, and a replay without its table make the folder one that is not complete.
func (f *Folder) Finish(took time.Duration) (*Manifest, error) {
	for _, name := range perRun() {
		if err := f.join(name); err != nil {
			return nil, err
		}
	}
	if err := f.summary(); err != nil {
		return nil, err
	}
	if err := f.wantedTable(); err != nil {
		return nil, err
	}
	if err := f.creditTable(); err != nil {
		return nil, err
	}
	if err := f.dictionary(); err != nil {
		return nil, err
	}
	m := &f.manifest
	missing := m.Replicates > len(m.Runs)
	m.Complete = true
	for k, r := range f.recorders {
		m.Runs[k].Ticks = r.tick
		if r.tick < m.Ticks || missing {
			m.Complete = false
			if m.StoppedAt == nil || *m.StoppedAt > r.tick {
				m.StoppedAt = &r.tick
			}
		}
	}
	for _, t := range tables {
		h, err := hash(f.path(t.name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, err
		}
		m.Tables[t.name+".csv"] = h
	}
	if _, made := m.Tables["replay.csv"]; m.Replay > 0 && !made {
		m.Complete = false
	}
	m.Seconds = took.Seconds()
	if err := m.write(f.dir); err != nil {
		return nil, err
	}
	return m, os.Remove(filepath.Join(f.dir, MarkerFile))
}

// rowsPath is where a replicate's rows of a table lie until they are joined; those of the first are the table itself.
func (f *Folder) rowsPath(name string, run int) string {
	path := f.path(name)
	if run > 0 {
		path += fmt.Sprintf(".run%d", run)
	}
	return path
}

// join appends the rows of the replicates behind the first, in their order.
func (f *Folder) join(name string) error {
	if len(f.recorders) < 2 {
		return nil
	}
	if _, err := os.Stat(f.rowsPath(name, 0)); errors.Is(err, fs.ErrNotExist) {
		return nil // a table that this run does not have
	}
	whole, err := os.OpenFile(f.rowsPath(name, 0), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	for run := 1; run < len(f.recorders) && err == nil; run++ {
		err = appendRows(whole, f.rowsPath(name, run))
	}
	if err == nil {
		err = whole.Sync()
	}
	if closed := whole.Close(); err == nil {
		err = closed
	}
	for run := 1; run < len(f.recorders) && err == nil; run++ {
		err = os.Remove(f.rowsPath(name, run))
	}
	return err
}

// appendRows copies a table without its header.
func appendRows(to io.Writer, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	in := bufio.NewReader(file)
	if _, err := in.ReadString('\n'); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	_, err = io.Copy(to, in)
	return err
}

// write writes a small table at once.
func (f *Folder) write(name string, columns []string, rows func(w *table.Writer)) error {
	w, err := table.Create(f.path(name), columns...)
	if err != nil {
		return err
	}
	rows(w)
	return w.Close()
}
