package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"agglo/model"
	"agglo/output"
	"agglo/output/report"
	"agglo/scenarios"
	"agglo/sim/param"
)

// changed lists the parameters of a folder's manifest that differ from the defaults. A manifest that cannot be read has none:
// the report says so itself.
func changed(dir string) []report.Parameter {
	data, err := os.ReadFile(filepath.Join(dir, output.ManifestFile))
	if err != nil {
		return nil
	}
	var m struct {
		Scenario string         `json:"scenario"`
		Params   map[string]any `json:"params"`
	}
	_ = json.Unmarshal(data, &m) // what could be read is told
	var defaults, values model.Params
	if err := errors.Join(param.Fill(&defaults), param.Fill(&values)); err != nil {
		return nil
	}
	own := defaults // what the scenario itself says
	if s, err := scenarios.Load(m.Scenario); err == nil {
		own = s.Params
	}
	var paths []string
	for path := range m.Params {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	var list []report.Parameter
	for _, path := range paths {
		if param.Assign(&values, path, m.Params[path]) != nil { // of another version
			list = append(list, report.Parameter{Path: path, Value: fmt.Sprint(m.Params[path]), Default: "–"})
		}
	}
	doc := map[string]string{}
	for _, p := range parameters() {
		doc[p.Path] = strings.Join(strings.Fields(p.Doc), " ")
	}
	set := map[string]bool{}
	for _, c := range param.Diff(own, values) {
		set[c.Path] = true
	}
	for _, c := range param.Diff(defaults, values) {
		list = append(list, report.Parameter{Path: c.Path, Value: c.To, Default: c.From, Unit: c.Unit, Meaning: doc[c.Path], Set: set[c.Path]})
	}
	return list
}

// sourcesOf lists where the numbers of the scenario in a folder's manifest come from, and counts those without a source. Of a scenario
// that cannot be read nothing is known.
func sourcesOf(dir string) (list []report.Source, bare int) {
	data, err := os.ReadFile(filepath.Join(dir, output.ManifestFile))
	if err != nil {
		return nil, 0
	}
	var m struct {
		Text string `json:"scenario_yaml"`
	}
	_ = json.Unmarshal(data, &m) // what could be read is told
	s, err := scenarios.Parse(output.ManifestFile, []byte(m.Text), os.DirFS(filepath.Join(dir, output.InputsDir)))
	if err != nil {
		return nil, 0
	}
	for _, x := range s.Sources() {
		list = append(list, report.Source{Text: x.Text, Standing: string(x.Standing), Numbers: x.Numbers})
	}
	return list, s.Evidence().Bare
}

// isFolder finds that a path leads to no folder.
func isFolder(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return usagef("%s: there is no folder of that name", dir)
	case err != nil:
		return err
	case !info.IsDir():
		return usagef("%s: want a folder of results, this is a file", dir)
	}
	return nil
}

// given makes a file that is not there, though the command line names it, a mistake of the command line.
func given(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return usagef("%s: there is no such file", path)
	}
	return err
}

// folderThere finds that a path leads to no folder, or to one that no command of ours has begun: mistakes of the command line.
func folderThere(dir string) error {
	if err := isFolder(dir); err != nil {
		return err
	}
	tables := output.Matching(dir, "*.csv")
	for _, name := range []string{output.ManifestFile, output.MarkerFile} {
		if _, err := os.Stat(filepath.Join(dir, name)); len(tables) == 0 && err == nil {
			return nil
		}
	}
	if len(tables) == 0 {
		return usagef("%s: not a run folder: it holds no manifest and no table", dir)
	}
	return nil
}
