// Package plot turns the tables of a run folder into figures: PNG at 200 dots per inch and SVG, both into the folder's
// figures/. It reads files only and knows nothing of the model, so that figures can be made again without a run.
//
// Every figure has a title that says what to see, computed from the data, a line under it that says what it is of, and
// a unit on every axis. Calendar years run across. Colours are Okabe and Ito's, and cividis for amounts; lines differ by
// dash and marks by form too, so that a grey print loses nothing. With several replicates lines are medians and bands
// hold the middle 80%. The same tables give the same bytes.
package plot

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"agglo/internal/text"
)

// Figure is one figure of a run folder.
type Figure struct {
	Name  string   `json:"name"`  // without its ending: map, series, ...
	Title string   `json:"title"` // what to see; empty if it was not drawn
	Sub   string   `json:"sub"`   // what it is of; empty if it was not drawn
	Alt   string   `json:"alt"`   // what is seen, for readers who do not see it; empty if it was not drawn
	Files []string `json:"files"` // relative to the folder; empty if it was not drawn
	Note  string   `json:"note"`  // why it was not drawn; empty if it was
}

// painter prepares the sheets of one figure from the tables of a folder, one as a rule. It returns a skip if the folder
// has no data for it.
type painter struct {
	name string
	of   func(f *folder) ([]*sheet, error)
}

// one makes a painter of a figure that is always a single sheet.
func one(name string, of func(f *folder) (*sheet, error)) painter {
	return painter{name, func(f *folder) ([]*sheet, error) {
		s, err := of(f)
		return []*sheet{s}, err
	}}
}

// ofRun, ofCompare, ofValidate, ofEffects, ofClaims and ofSweep list the figures in the order in which they are read.
var (
	ofRun = []painter{
		one("map", (*folder).mapEnd), one("map_start", (*folder).mapStart), one("years", (*folder).years), one("density", (*folder).density),
		one("cluster_map", (*folder).clusterMap), one("synergy_map", (*folder).synergyMap), one("network", (*folder).network), one("facilities", (*folder).sites),
		one("infrastructure", (*folder).infrastructure),
		one("clusters", (*folder).clusters), one("series", (*folder).series), one("sizes", (*folder).sizes),
		one("growth", (*folder).growth), one("synergy", (*folder).synergy), one("premium", (*folder).premium), one("targets", (*folder).targets),
	}
	ofCompare = []painter{
		{"effects", (*folder).effects}, one("forest", (*folder).forest), {"costs", (*folder).costs}, one("plane", (*folder).plane),
		one("variance_reduction", (*folder).reduction), one("ledger", (*folder).books),
	}
	ofDistances = []painter{{"distances", (*folder).distances}}
	ofValidate  = []painter{one("facts", (*folder).facts)}
	ofEffects   = []painter{one("published", (*folder).published)}
	ofClaims    = []painter{one("claims", (*folder).claims)}
	ofSweep     = []painter{{"levels", (*folder).levels}, {"heat", (*folder).heats}}

	ofSensitivity = []painter{one("morris", (*folder).morris), one("sobol", (*folder).sobol), one("tornado", (*folder).tornado)}
	ofCalibration = []painter{one("posterior", (*folder).posterior), one("fit", (*folder).fitted)}
	ofOptimum     = []painter{one("pareto", (*folder).pareto)}
	ofScaling     = []painter{one("scaling", (*folder).scaling)}
)

// kinds says which figures belong to a folder, by a table that folders of its kind alone hold; that of a validation may hold
// two of them, and the one of a run is told by none.
var kinds = []struct {
	marker string
	of     []painter
}{
	{factsTable, ofValidate},
	{publishedTable, ofEffects},
	{claimsTable, ofClaims},
	{kdTable, ofDistances},
	{runsTable, ofSweep},
	{sensitivityTable, ofSensitivity},
	{densitiesTable, ofCalibration},
	{mixesTable, ofOptimum},
	{effectsTable, ofCompare},
	{scalingTable, ofScaling},
	{casesTable, nil},
}

// casesTable lists the figures of many runs, each of which is drawn in a folder of its own.
const casesTable = "cases.csv"

// Options say how figures are made.
type Options struct {
	Lang string // en or ru; any other is taken as English
	PDF  bool   // each figure as PDF too
	// Watch is told how many figures of how many are done, nil = nobody.
	Watch func(done, of int)
	// Stop is asked before each figure, and while tables are read; nil = nobody. Its error ends the drawing, and comes back with the figures that are drawn.
	Stop func() error
}

// Draw draws every figure that the tables of the folder dir allow, whatever made the folder. A table that is missing or
// empty leaves its figures out, with a note. A faulty table (file:row:column), one that is not as it was written, which is drawn all
// the same, and a file that cannot be written are errors, returned together after all other figures are drawn.
func Draw(dir string, o Options) ([]Figure, error) {
	var list []painter
	known := false
	for _, k := range kinds {
		if _, err := os.Stat(filepath.Join(dir, k.marker)); err == nil {
			list, known = append(list, k.of...), true
		}
	}
	if !known {
		list = ofRun
	}
	return paint(dir, o, list)
}

// paint draws a list of figures.
func paint(dir string, o Options, list []painter) ([]Figure, error) {
	f, err := open(dir, o.Lang)
	if f == nil {
		return nil, err
	}
	f.stop = o.Stop
	faults := []error{err}
	var drawn []Figure
	for k, p := range list {
		if o.Watch != nil && k > 0 {
			o.Watch(k, len(list))
		}
		if err := o.stopped(); err != nil {
			return drawn, err
		}
		sheets, err := p.of(f)
		if err := o.stopped(); err != nil { // of tables it may have a part
			return drawn, err
		}
		var none skip
		switch {
		case errors.As(err, &none):
			drawn = append(drawn, Figure{Name: p.name, Note: none.Error()})
			continue
		case err != nil:
			faults = append(faults, err)
			drawn = append(drawn, Figure{Name: p.name, Note: f.say("note.fault")})
			continue
		}
		for k, s := range sheets {
			s.name = p.name
			if k > 0 {
				s.name = fmt.Sprintf("%s_%d", p.name, k+1)
			}
			files, err := s.write(dir, o)
			if err != nil {
				faults = append(faults, fmt.Errorf("figure %s: %w", s.name, err))
				drawn = append(drawn, Figure{Name: s.name, Note: f.say("note.fault")})
				continue
			}
			drawn = append(drawn, Figure{Name: s.name, Title: s.title, Sub: s.sub, Alt: f.alt(p.name, s), Files: files})
		}
	}
	// summary.csv and the like only help figures that are drawn without them: their faults are told here, in order.
	var helping []string
	for name := range f.faults {
		helping = append(helping, name)
	}
	sort.Strings(helping)
	for _, name := range helping {
		if fault := f.faults[name]; !told(faults, fault) {
			faults = append(faults, fault)
		}
	}
	return drawn, errors.Join(append(faults, f.changed())...)
}

// stopped asks whether the drawing is to end.
func (o *Options) stopped() error {
	if o.Stop == nil {
		return nil
	}
	return o.Stop()
}

// alt describes a figure for readers who do not see it: what kind of picture it is, what is to be seen, and on what data.
func (f *folder) alt(name string, s *sheet) string {
	words := s.title + ". " + s.sub
	if kind := "alt." + name; text.Has(kind) {
		words = f.say(kind) + " " + words
	}
	return words
}

// told tells whether a fault is in the list already.
func told(list []error, fault error) bool {
	for _, e := range list {
		if e == fault {
			return true
		}
	}
	return false
}
