package report

import (
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

	"agglo/internal/text"
	"agglo/output"
)

// kind says what made a folder.
type kind string

const (
	run        kind = "run"
	comparison kind = "compare"
	sweep      kind = "sweep"
	claims     kind = "claims"
	validation kind = "validate"
	cases      kind = "cases"
	distances  kind = "distances"
	other      kind = "other"
)

// markers tell what made a folder by a table that no other kind holds.
var markers = []struct {
	table string
	kind  kind
}{
	{"facts.csv", validation}, {"published.csv", validation}, {"claims.csv", claims}, {"kd.csv", distances}, {"cases.csv", cases}, {"effects.csv", comparison}, {"runs.csv", sweep}, {"series.csv", run},
}

// manifest is what a manifest says, whatever kind of folder it is of.
type manifest struct {
	output.Manifest
	Comparison *struct {
		BurnIn     int `json:"burn_in"`
		Replicates int `json:"replicates"`
		Unfinished int `json:"unfinished"`
		Arms       []struct{ ID string }
		Metrics    []string `json:"metrics"` // that were asked for; none = all
		Until      *struct {
			Metric    string  `json:"metric"`
			HalfWidth float64 `json:"half_width_pct"`
			Most      int     `json:"most"`
		} `json:"until"`
	} `json:"comparison"`
	Validation *struct {
		Seeds      int `json:"seeds"`
		Unfinished int `json:"unfinished"`
	} `json:"validation"`
	Claims *struct {
		Replicates int      `json:"replicates"`
		Tests      []string `json:"tests"`
		Unfinished int      `json:"unfinished"`
	} `json:"claims"`
	Sweep *struct {
		Runs    int `json:"runs"`
		Points  int `json:"points"`
		Failed  int `json:"failed"`
		Missing int `json:"missing"`

		Experiment struct {
			Factors []struct{ Name string } `json:"factors"`
		} `json:"experiment"`
	} `json:"sweep"`
	Inquiry *struct {
		Kind string `json:"kind"` // the command: calibrate, optimise, sensitivity
	} `json:"inquiry"`
}

// folder is a folder of results being reported on.
type folder struct {
	dir, lang string
	stop      func() error // see Options.Stop
	kind      kind
	manifest  manifest
	state     []string // what a reader must know of the folder before its numbers, sentences
	faults    []error
	tables    []*table
	meanings  map[string]map[string]word   // by table and column
	names     map[string]map[string]string // English ones of the scenario, by list and id, once one was asked for
}

// word is what dictionary.csv says of a column.
type word struct{ unit, meaning string }

// read takes in what a folder holds. Only a path that leads to no folder, or to one without any table, is an error.
func read(dir, lang string, stop func() error) (*folder, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("report: %s: want a folder of results, this is a file", dir)
	}
	f := &folder{dir: dir, lang: lang, kind: other, stop: stop}
	names := output.Matching(dir, "*.csv")
	if len(names) == 0 {
		return nil, fmt.Errorf("report: %s: want a folder of results, this one holds no table (*.csv)", dir)
	}
	for _, m := range markers {
		if _, err := os.Stat(filepath.Join(dir, m.table)); err == nil {
			f.kind = m.kind
			break
		}
	}
	f.readManifest()
	f.meanings = f.dictionary()
	for _, name := range names {
		t, err := f.table(filepath.Base(name))
		if err != nil {
			f.faults = append(f.faults, err)
			f.state = append(f.state, f.say("report.state.faulty", filepath.Base(name)))
			continue
		}
		f.tables = append(f.tables, t)
	}
	f.compareHashes()
	return f, nil
}

// readManifest reads the manifest and says what is wrong with the folder as a whole.
func (f *folder) readManifest() {
	warn := func(key string, args ...any) { f.state = append(f.state, f.say(key, args...)) }
	if err := output.Unfinished(f.dir); err != nil {
		warn("report.state.half")
		f.faults = append(f.faults, err)
	}
	data, err := os.ReadFile(filepath.Join(f.dir, output.ManifestFile))
	if errors.Is(err, fs.ErrNotExist) && (f.kind == distances || f.kind == cases) {
		return // of a measure, which has no history, or of runs that have a folder each
	}
	if errors.Is(err, fs.ErrNotExist) {
		warn("report.state.nomanifest")
		f.faults = append(f.faults, fmt.Errorf("%s: no %s: what was run is not known", f.dir, output.ManifestFile))
		return
	}
	if err == nil {
		err = json.Unmarshal(data, &f.manifest)
	}
	m, newer := &f.manifest, output.Newer(f.dir, data)
	switch {
	case newer != nil:
		warn("report.state.newer", fmt.Sprint(m.Agglo), fmt.Sprint(output.FormatVersion))
		f.faults = append(f.faults, newer)
	case err != nil:
		warn("report.state.manifest")
		f.faults = append(f.faults, fmt.Errorf("%s: %w", filepath.Join(f.dir, output.ManifestFile), err))
	case m.StoppedAt != nil:
		warn("report.state.stopped", fmt.Sprint(*m.StoppedAt), fmt.Sprint(m.Ticks))
	case f.unfinished() > 0:
		warn("report.state.unfinished", fmt.Sprint(f.unfinished()))
	}
}

// unfinished is how many runs of a larger work are not done.
func (f *folder) unfinished() int {
	m := &f.manifest
	switch {
	case m.Comparison != nil:
		return m.Comparison.Unfinished
	case m.Validation != nil:
		return m.Validation.Unfinished
	case m.Claims != nil:
		return m.Claims.Unfinished
	case m.Sweep != nil:
		return m.Sweep.Missing
	}
	return 0
}

// compareHashes finds tables that are not what was written, and tables that are gone.
func (f *folder) compareHashes() {
	var names []string
	for name := range f.manifest.Tables {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			continue // of no table of this folder
		}
		sum, err := f.hash(filepath.Join(f.dir, filepath.FromSlash(name)))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			f.state = append(f.state, f.say("report.state.gone", name))
			f.faults = append(f.faults, fmt.Errorf("%s: the manifest names it and it is not there", filepath.Join(f.dir, name)))
		case err != nil:
			f.faults = append(f.faults, err)
		case sum != f.manifest.Tables[name].SHA256:
			f.state = append(f.state, f.say("report.state.edited", name))
			f.faults = append(f.faults, fmt.Errorf("%s: not what the run wrote: its hash differs from that in %s", filepath.Join(f.dir, name), output.ManifestFile))
		}
	}
}

// hash is the SHA-256 of a file in hexadecimal digits.
func (f *folder) hash(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, output.Stoppable{From: file, Stop: f.stop}); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// say returns a text of the catalogue in the page's language.
func (f *folder) say(key string, args ...any) string { return text.In(f.lang, key, args...) }

// title is the scenario's title, its id without one, the folder's name without either.
func (f *folder) title() string {
	m := &f.manifest
	for _, l := range []string{f.lang, text.English, text.Russian} {
		if m.Title[l] != "" {
			return m.Title[l]
		}
	}
	if m.Scenario != "" {
		return m.Scenario
	}
	return filepath.Base(f.dir)
}
