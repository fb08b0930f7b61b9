package study

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"agglo/internal/table"
	"agglo/output"
	"agglo/sim/batch"
	"agglo/sim/design"
)

// A SweepManifest says all that is needed to go on with a sweep, to put its parts together, and to make its runs again.
type SweepManifest struct {
	output.Manifest
	Sweep SweepRecord `json:"sweep"`
}

// SweepRecord is what the manifest of a sweep says beyond that of a run.
type SweepRecord struct {
	Runs     int           `json:"runs"`
	Points   int           `json:"points"`
	Failed   int           `json:"failed"`  // of the runs
	Missing  int           `json:"missing"` // from the tables
	Identity string        `json:"identity"`
	Tables   []batch.Table `json:"tables"`
	Layout   string        `json:"layout,omitempty"` // of one more table; no result depends on it
	Extent   [4]int        `json:"extent_km"`        // of all areas: west, east, south, north
	Settings Settings      `json:"experiment"`
	// The file of the experiment in the folder, which stands there for its comments: no result depends on it. Nil where it was not known.
	File *output.Hashed `json:"experiment_file,omitempty"`
}

// Settings are an experiment as it was resolved; the scenario stands beside them.
type Settings struct {
	Factors    []design.Factor   `json:"factors"`
	Design     design.Plan       `json:"design"`
	Replicates int               `json:"replicates"`
	Seed       uint64            `json:"seed"`
	Seeds      string            `json:"seeds"`
	Ticks      int               `json:"ticks"`
	BurnIn     int               `json:"burn_in"`
	Policies   []string          `json:"policies"`
	Files      map[string]string `json:"policy_files"`
	Metrics    []string          `json:"metrics"`
	At         []int             `json:"report_at"`
	Every      int               `json:"report_every"`
	Stop       string            `json:"stop"`
}

func (w *Sweep) settings() Settings {
	x := w.Experiment
	s := Settings{x.Factors, x.Plan, x.Replicates, w.Seed, "common", w.Ticks, x.BurnIn, x.Policies, x.Files, w.Metrics, w.At, x.Every, ""}
	if x.Independent {
		s.Seeds = "independent"
	}
	if x.Stop != nil {
		s.Stop = x.Stop.String()
	}
	return s
}

// keyColumns are the names of the columns that identify a row, up to the policy.
func keyColumns() []string {
	var names []string
	for _, c := range output.SeriesColumns()[:output.KeyColumns()] {
		names = append(names, c.Name)
	}
	return names
}

// head is the header of runs.csv and series.csv.
func (w *Sweep) head() []string {
	names := keyColumns()
	for _, f := range w.Experiment.Factors {
		names = append(names, f.Name)
	}
	return append(names, w.Metrics...)
}

// failuresTable is the table of the runs that failed.
const failuresTable = "failures"

// tables are those of the sweep.
func (w *Sweep) tables() []batch.Table {
	line := func(cells []string) string {
		var text bytes.Buffer
		_ = table.NewWriter(&text, cells...).Close() // a buffer takes all
		return strings.TrimSuffix(text.String(), "\n")
	}
	all := []batch.Table{{Name: "runs", Head: line(w.head())}}
	if w.Experiment.Every > 0 {
		all = append(all, batch.Table{Name: "series", Head: line(w.head())})
	}
	return append(all, batch.Table{Name: failuresTable, Head: line(failureHead(w))})
}

// manifest completes what is known before the runs. Files that the scenario names count by their contents.
func (w *Sweep) manifest(base output.Manifest, inputs map[string][]byte) SweepManifest {
	base.Agglo, base.Ticks, base.Seed, base.Every = output.FormatVersion, w.Ticks, w.Seed, w.Experiment.Every
	base.Runs, base.Tables, base.ScenarioYAML = []output.Run{}, map[string]output.Hashed{}, string(w.text)
	base.Inputs = nil
	for name, data := range inputs {
		if base.Inputs == nil {
			base.Inputs = map[string]output.Hashed{}
		}
		base.Inputs[filepath.ToSlash(name)] = hashed(data)
	}
	m := SweepManifest{base, SweepRecord{Runs: w.Runs(), Points: len(w.Points), Missing: w.Runs(), Tables: w.tables(), Settings: w.settings(),
		Layout: w.Experiment.Layout, Extent: extent(&w.setup.Setting)}}
	h := sha256.New()
	for _, part := range m.parts() {
		fmt.Fprintf(h, "%s %d %s\n", part.name, len(part.text), part.text)
	}
	m.Sweep.Identity = hex.EncodeToString(h.Sum(nil))
	m.Command = m.Sweep.Identity
	return m
}

// part is something that decides on results, with its name.
type part struct{ name, text string }

// parts lists all that decides on the results of a sweep.
func (m *SweepManifest) parts() []part {
	all := []part{{"program", m.Code.Rules}, {"scenario", m.ScenarioYAML}}
	for _, x := range []struct {
		name  string
		value any
	}{
		{"files of the scenario", m.Inputs}, {"factors", m.Sweep.Settings.Factors}, {"design", m.Sweep.Settings.Design},
		{"replicates", m.Sweep.Settings.Replicates}, {"seed", m.Sweep.Settings.Seed}, {"seeds", m.Sweep.Settings.Seeds},
		{"ticks", m.Sweep.Settings.Ticks}, {"burn_in", m.Sweep.Settings.BurnIn}, {"policies", m.Sweep.Settings.Policies},
		{"files of policies", m.Sweep.Settings.Files}, {"metrics", m.Sweep.Settings.Metrics}, {"report.at", m.Sweep.Settings.At},
		{"report.every", m.Sweep.Settings.Every}, {"stop", m.Sweep.Settings.Stop},
	} {
		text, err := json.Marshal(x.value)
		if err != nil {
			panic("study: settings that cannot be written: " + err.Error())
		}
		all = append(all, part{x.name, string(text)})
	}
	return all
}

// ErrOtherSweep is in the error of Begin for a folder of a sweep that is not this one.
var ErrOtherSweep = errors.New("another sweep")

// differs says in what two sweeps differ; nil if they are one and the same.
func (m *SweepManifest) differs(old *SweepManifest) error {
	if m.Sweep.Identity == old.Sweep.Identity {
		return nil
	}
	return departures(old.parts(), m.parts(), "was", "is")
}

// OpenSweep reads the manifest of a sweep's folder. One that is damaged is an error without output.ErrNoFolder, one
// of a newer program output.ErrNewer.
func OpenSweep(dir string) (*SweepManifest, error) {
	path := filepath.Join(dir, output.ManifestFile)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w: it has no %s", dir, output.ErrNoFolder, output.ManifestFile)
	} else if err != nil {
		return nil, err
	}
	if err := output.Newer(dir, data); err != nil {
		return nil, err
	}
	var m SweepManifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("%s: it is damaged: %w", path, err)
	}
	if m.Sweep.Runs < 1 || m.Sweep.Identity == "" {
		return nil, fmt.Errorf("%s: %w: it is not that of a sweep", path, output.ErrNoFolder)
	}
	return &m, nil
}

// writeInputs keeps copies of the files that the scenario names. One that is there and is not what it should be, as a loss of power leaves
// it, is written anew: runs read the copies.
func writeInputs(dir string, inputs map[string][]byte) error {
	var names []string
	for name := range inputs {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if !filepath.IsLocal(name) {
			return fmt.Errorf("%s: a file that a scenario names must lie beside or below it", name)
		}
		path := filepath.Join(dir, output.InputsDir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if is, err := os.ReadFile(path); err == nil && bytes.Equal(is, inputs[name]) {
			continue
		}
		if err := table.Replace(path, inputs[name]); err != nil {
			return err
		}
	}
	return nil
}

// writeJSON puts a file in its place in one step.
func writeJSON(dir, name string, value any) error {
	return table.Whole(filepath.Join(dir, name), func(to io.Writer) error {
		e := json.NewEncoder(to)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(value)
	})
}
