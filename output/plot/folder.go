package plot

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"agglo/internal/text"
	"agglo/output"
)

// folder is a run folder being drawn: its tables, read once each, its calendar and the language of its figures.
type folder struct {
	dir, lang string
	title     string  // of the scenario, for the line under each heading
	start     float64 // calendar year of tick 0
	tickYears float64 // years
	scale     float64 // firms that one agent stands for
	runs      int     // replicates; 0 = not known
	tables    map[string]*table
	faults    map[string]error
	names     map[string]map[string]string // English ones of the scenario, by list and id
	hashes    map[string]string            // SHA-256 of the tables as they were written, by name; none of a folder without a manifest
	stop      func() error                 // see Options.Stop
	altered   map[string]error             // tables that were read and are not as they were written; they are drawn all the same
}

// skip is why a figure cannot be drawn although nothing is wrong: the run has no such data.
type skip string

// Error makes a skip an error value.
func (s skip) Error() string { return string(s) }

// open reads the manifest of a run folder. A folder that is not there is an error. So is a manifest that is missing or
// spoilt, but then the folder is returned too: what is sound can still be drawn, with years counted from the start.
func open(dir, lang string) (*folder, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("plot: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("plot: %s: want a run folder, this is a file", dir)
	}
	f := &folder{dir: dir, lang: lang, tickYears: .25, scale: 1, tables: map[string]*table{}, faults: map[string]error{},
		hashes: map[string]string{}, altered: map[string]error{}}
	raw, err := os.ReadFile(filepath.Join(dir, output.ManifestFile))
	half := errors.Join(output.Unfinished(dir), output.Newer(dir, raw))
	for _, own := range []string{kdTable, casesTable, scalingTable} {
		if _, there := os.Stat(filepath.Join(dir, own)); there == nil && errors.Is(err, fs.ErrNotExist) {
			return f, half // of a measure or a benchmark, which have no history, or of runs that have a folder each
		}
	}
	if err != nil {
		return f, errors.Join(half, noCalendar(dir, err))
	}
	var m struct {
		Scenario string          `json:"scenario"`
		Title    json.RawMessage `json:"title"`
		Start    struct {
			Year    float64 `json:"year"`
			Quarter float64 `json:"quarter"`
		} `json:"start"`
		TickYears float64    `json:"tick_years"`
		Scale     float64    `json:"scale"`
		YAML      string     `json:"scenario_yaml"`
		Runs      []struct{} `json:"runs"`
		Tables    map[string]struct {
			SHA256 string `json:"sha256"`
		} `json:"tables"`
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return f, errors.Join(half, noCalendar(dir, err))
	}
	for name, t := range m.Tables {
		f.hashes[name] = t.SHA256
	}
	f.title = titleOf(m.Title, lang, m.Scenario)
	f.runs = len(m.Runs)
	f.names = output.NamesOf(m.YAML)
	f.start = m.Start.Year
	if m.Start.Quarter > 1 {
		f.start += (m.Start.Quarter - 1) / 4
	}
	if m.TickYears > 0 {
		f.tickYears = m.TickYears
	}
	if m.Scale > 0 {
		f.scale = m.Scale
	}
	return f, half
}

// first is the title for a figure of the first replicate alone, which it says where there are several.
func (f *folder) first() string {
	if f.runs < 2 {
		return f.title
	}
	return f.say("sub.first", f.title, f.num(float64(f.runs), 0))
}

// noCalendar says that a manifest does not tell when tick 0 is.
func noCalendar(dir string, err error) error {
	return fmt.Errorf("%s: no calendar, years are counted from the start: %w", filepath.Join(dir, output.ManifestFile), err)
}

// titleOf reads a title that is one text or one text a language; without one the scenario's id stands in.
func titleOf(raw json.RawMessage, lang, id string) string {
	var one string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		return one
	}
	var many map[string]string
	if json.Unmarshal(raw, &many) == nil {
		for _, l := range []string{lang, text.English, text.Russian} {
			if many[l] != "" {
				return many[l]
			}
		}
	}
	return id
}

// table returns a table of the folder. One that does not exist, or has a header only, is a skip; a faulty one is told
// once, however many figures want it.
func (f *folder) table(name string) (*table, error) {
	if t, ok := f.tables[name]; ok {
		return t, nil
	}
	if _, ok := f.faults[name]; ok {
		return nil, skip(f.say("note.faulty", name))
	}
	t, sum, err := readHashed(f.dir, name, f.stop)
	f.compare(name, sum, err)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, skip(f.say("note.missing", name))
	case err != nil:
		f.faults[name] = err
		return nil, err
	case t.rows == 0:
		return nil, skip(f.say("note.empty", name))
	}
	f.tables[name] = t
	return t, nil
}

// compare notes a table that is not as it was written.
func (f *folder) compare(name, sum string, err error) {
	path := filepath.Join(f.dir, name)
	switch want := f.hashes[name]; {
	case want == "":
	case errors.Is(err, fs.ErrNotExist):
		f.altered[name] = fmt.Errorf("%s: the manifest names it and it is not there", path)
	case sum != "" && sum != want:
		f.altered[name] = fmt.Errorf("%s: not what the run wrote: its hash differs from that in manifest.json", path)
	}
}

// changed is the error that names all tables which were read and are not as they were written.
func (f *folder) changed() error {
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(f.altered)) {
		faults = append(faults, f.altered[name])
	}
	return errors.Join(faults...)
}

// say returns a text of the catalogue in the folder's language.
func (f *folder) say(key string, args ...any) string { return text.In(f.lang, key, args...) }

// num writes a number in the folder's language.
func (f *folder) num(v float64, decimals int) string { return text.Number(f.lang, v, decimals) }

// portion writes a share in per cent, a whole number; one below 1% with a decimal, for little is not nothing.
func (f *folder) portion(share float64) string {
	if p := 100 * share; p >= .995 || p < .05 {
		return f.num(p, 0)
	}
	return f.num(100*share, 1)
}

// year returns the calendar year of a tick, with its fraction.
func (f *folder) year(tick float64) float64 { return f.start + tick*f.tickYears }

// date writes the calendar year in which a tick lies; in a folder without a calendar, the years since the start.
func (f *folder) date(tick float64) string {
	y := math.Floor(f.year(tick) + 1e-6)
	if y < 1 {
		return f.say("date.after", f.num(y, 0))
	}
	return fmt.Sprintf("%.0f", y)
}

// fit is one row of summary.csv: a number and its interval, NaN where not known.
type fit struct{ value, lo, hi float64 }

// summary returns a statistic of the run, if the folder has it.
func (f *folder) summary(statistic string) (fit, bool) {
	t, err := f.table("summary.csv")
	if err != nil {
		return fit{}, false
	}
	for i, s := range t.word["statistic"] {
		if v := t.number["value"][i]; s == statistic && !math.IsNaN(v) {
			return fit{v, t.number["lo"][i], t.number["hi"][i]}, true
		}
	}
	return fit{}, false
}

// unit returns the unit that the folder's dictionary gives for a column; without one, the model's unit of money. Quarters are those
// from row to row; 0 where that is not known.
func (f *folder) unit(name string, quarters int) string {
	if t, err := f.table("dictionary.csv"); err == nil {
		for i, c := range t.word["column"] {
			if u := t.word["unit"][i]; c == name && u != "" {
				if of, summed := strings.CutSuffix(u, "/period"); summed && quarters == 0 && text.Has("unit.named."+of+"/rows") {
					u = of + "/rows" // a figure has no row before
				}
				words, _ := text.Unit(f.lang, u, quarters)
				return words
			}
		}
	}
	return f.say("unit.money")
}
