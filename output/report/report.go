// Package report turns a folder of results into one page, report.html, that needs no other file: the question, the answer
// in a paragraph, the figures, tables that sort, what was changed from the defaults, sources, and how to repeat it all. It
// reads the folder's files only, so that the page can be made again without a run, and knows nothing of the model.
//
// A folder that is not whole, that a newer program wrote or that was edited by hand is no reason to give up: the page says so
// at its head and shows what is sound.
package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	files "agglo/internal/table"
	"agglo/internal/text"
	"agglo/output"
	"agglo/output/plot"
)

// File is the name of the page in its folder.
const File = output.ReportFile

// Options say what the page holds beyond what the folder's files tell.
type Options struct {
	Lang    string        // en or ru; any other is taken as English
	Figures []plot.Figure // of the folder, in the order in which they are to be read
	Changed []Parameter   // parameters of the rules that differ from their defaults
	Sources []Source      // where numbers of the scenario come from
	Bare    int           // numbers of the scenario without a source
	// Faults are what went wrong before the page was made, such as a table that could not be drawn.
	Faults []error
	Edited []error // what was edited in the manifest after it was written
	// Stop is asked while tables are read, nil = nobody. Its error ends the work, and no page is written.
	Stop func() error
}

// Parameter is a parameter of the rules whose value is not the default.
type Parameter struct {
	Path           string
	Value, Default string
	Unit           string
	Meaning        string // in English
	Set            bool   // by the command line, not by the scenario
}

// Source is where so many numbers of the scenario come from.
type Source struct {
	Text     string // in English
	Standing string // verified, doubtful (not verified) or assumed; "" if the scenario does not say
	Numbers  int
}

// Write makes the page of the folder dir and returns its path. What is wrong with the folder stands on the page and comes
// back as an error as well, after the page is written.
func Write(dir string, o Options) (string, error) {
	if o.Lang != text.Russian {
		o.Lang = text.English
	}
	f, err := read(dir, o.Lang, o.Stop)
	if err != nil {
		return "", err
	}
	if o.Stop != nil && o.Stop() != nil { // tables of which it may have read a part
		return "", o.Stop()
	}
	f.faults = append(append(f.faults, o.Faults...), o.Edited...)
	if len(o.Edited) > 0 {
		f.state = append(f.state, f.say("report.state.altered"))
	}
	p := &page{folder: f, options: o}
	var b bytes.Buffer
	if err := p.render(&b); err != nil {
		return "", fmt.Errorf("report: %s: %w", dir, err)
	}
	if o.Stop != nil && o.Stop() != nil { // as above
		return "", o.Stop()
	}
	path := filepath.Join(dir, File)
	if err := files.Whole(path, func(w io.Writer) error { _, err := b.WriteTo(w); return err }); err != nil {
		return "", fmt.Errorf("report: %w", err)
	}
	return path, errors.Join(f.faults...)
}
