// Package scenarios reads scenario files: what a region is, what happens to it, and which figures its results are held
// against. A file is read strictly: everything that is unknown, of a wrong type, out of range or given twice comes back in
// one list with lines and columns. What has been read is a Scenario, a plain value; Setup turns it into what the model
// needs. The format is stated once, as the structs of format.go; the reader, the writer and the JSON schema follow them.
package scenarios

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"agglo/sim/param"
)

// builtIn holds the scenarios that come with the program, the shared table of input shares, and their maps.
//
//go:embed *.yaml geo/*.geojson
var builtIn embed.FS

const tableFile = "input_output.yaml"

// Names lists the ids of the built-in scenarios in the order of the alphabet.
func Names() []string {
	entries, err := builtIn.ReadDir(".")
	if err != nil {
		panic("scenarios: embedded files: " + err.Error())
	}
	var names []string
	for _, e := range entries {
		if id, yes := strings.CutSuffix(e.Name(), ".yaml"); yes && e.Name() != tableFile {
			names = append(names, id)
		}
	}
	return names
}

// ErrUnknown is in the error of Load when its argument is neither a built-in scenario nor a file.
var ErrUnknown = errors.New("no such scenario")

// Load reads a built-in scenario by its id, or a file. The error holds Faults when the file has any, and ErrUnknown when
// there is no such scenario or file.
func Load(nameOrPath string) (*Scenario, error) {
	if slices.Contains(Names(), nameOrPath) {
		data, err := builtIn.ReadFile(nameOrPath + ".yaml")
		if err != nil {
			return nil, err
		}
		return Parse(nameOrPath+".yaml", data, nil)
	}
	file, err := os.Open(nameOrPath)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s is neither a built-in scenario%s nor a file%s", ErrUnknown, nameOrPath, suggest(nameOrPath, Names()),
			nearFile(os.DirFS(filepath.Dir(nameOrPath)), filepath.Base(nameOrPath)))
	} else if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading a scenario: %w", err)
	}
	return Parse(nameOrPath, data, os.DirFS(filepath.Dir(nameOrPath)))
}

// Parse reads a scenario from the bytes of a file. The name stands in messages; dir holds the maps and tables that the file
// names, before the built-in ones, and may be nil. The error is Faults when the bytes have any.
func Parse(file string, data []byte, dir fs.FS) (*Scenario, error) {
	root, err := parseYAML(file, data, "agglo init writes a template")
	if err != nil {
		return nil, err
	}
	s := &Scenario{}
	if err := param.Fill(&s.Params); err != nil {
		return nil, fmt.Errorf("the program's own parameters: %w", err)
	}
	r := &reader{file: file, at: map[string]*yaml.Node{}}
	r.group(root, reflect.ValueOf(s).Elem(), "")
	r.at[""] = root
	s.complete()
	for _, f := range param.Check(s.Params) {
		if !slices.ContainsFunc(r.faults, func(have Fault) bool { return have.Path == "params."+f.Path }) {
			r.faultAt("params."+f.Path, "%s %s: want %s", f.Value, f.Unit, f.Want)
		}
	}
	s.readMaps(r, dir)
	s.readPlants(r, dir)
	s.readEmployment(r, dir)
	s.check(r)
	if err := s.takeTable(); err != nil {
		return nil, err
	}
	if err := r.faults.or(); err != nil {
		return nil, err
	}
	return s, nil
}

// complete fills in what depends on other values: names from ids, a region when there is none.
func (s *Scenario) complete() {
	name := func(to *string, id string) {
		if *to == "" {
			*to = id
		}
	}
	name(&s.Title.EN, s.ID)
	for i := range s.Areas {
		name(&s.Areas[i].Name, s.Areas[i].ID)
	}
	for i := range s.Regions {
		name(&s.Regions[i].Name, s.Regions[i].ID)
	}
	for i := range s.Places {
		name(&s.Places[i].Name, s.Places[i].ID)
	}
	for i := range s.Institutions {
		name(&s.Institutions[i].Name, s.Institutions[i].ID)
	}
	for i := range s.Sectors {
		name(&s.Sectors[i].Name, s.Sectors[i].ID)
		name(&s.Sectors[i].Group, s.Sectors[i].ID)
	}
	for i := range s.Targets {
		if t := &s.Targets[i]; t.Growth() && !t.Tolerance.given {
			t.Tolerance.Value = growthTolerance
		}
	}
	for i := range s.Regions {
		if s.Regions[i].Traits == nil {
			s.Regions[i].Traits = &Traits{}
			fill(reflect.ValueOf(s.Regions[i].Traits).Elem())
		}
	}
	if len(s.Regions) == 0 {
		one := Region{ID: "region", Name: s.Title.EN, Traits: &Traits{}}
		fill(reflect.ValueOf(&one).Elem())
		fill(reflect.ValueOf(one.Traits).Elem())
		s.Regions = []Region{one}
		s.note("no regions are given: one region with a tax rate of %v and a trust prior of %v has all the land",
			one.Tax, one.TrustPrior)
	}
}

// note adds a warning.
func (s *Scenario) note(format string, args ...any) {
	s.Notes = append(s.Notes, fmt.Sprintf(format, args...))
}
