package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"agglo/internal/table"
)

// SourceFile says of which run the files beside it are.
const SourceFile = "source.json"

// source is what it says.
type source struct {
	Scenario string `json:"scenario"`
	Seed     uint64 `json:"seed"`
	Ticks    int    `json:"ticks"`
	Command  string `json:"command"` // as in the manifest of the run: equal for equal tables
	Version  string `json:"version"` // of the program that ran it
	Revision string `json:"revision,omitempty"`
}

func (f *Folder) source() source {
	m := f.Manifest
	return source{m.Scenario, m.Seed, m.Ticks, m.Command, m.Code.Version, m.Code.Revision}
}

// ErrOtherRun is in the error of Free for a folder with files of another run.
var ErrOtherRun = errors.New("files of another run")

// Free says whether files of this run can go into a folder: files of two runs would stand there side by side as if they were of one.
func (f *Folder) Free(to string) error {
	data, err := os.ReadFile(filepath.Join(to, SourceFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	var s source
	if err := json.Unmarshal(data, &s); err != nil || s.Command == "" {
		return fmt.Errorf("%w: %s does not say of which run the files beside it are", ErrOtherRun, filepath.Join(to, SourceFile))
	}
	if s.Command != f.Manifest.Command {
		return fmt.Errorf("%w: %s holds those of %s, seed %d, %d ticks (%s)", ErrOtherRun, to, s.Scenario, s.Seed, s.Ticks, SourceFile)
	}
	return nil
}

// Sign writes into a folder of which run its files are.
func (f *Folder) Sign(to string) error {
	return table.Whole(filepath.Join(to, SourceFile), func(out io.Writer) error {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(f.source())
	})
}
