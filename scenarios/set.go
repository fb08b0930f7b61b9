package scenarios

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"agglo/sim/param"
)

// Set gives one value of the scenario from text, as --set on a command line does: a parameter of the rules by its path
// (trust.loss), else a value of the file: ticks, areas.bay.cell_km, policies.oske.budget, sectors.semi.firms; entries of
// lists go by id. A path may begin with params., scenario. or policy. The scenario is unchanged when an error comes back:
// a *param.UnknownError for a path that does not exist, else what is wrong with the value.
func (s *Scenario) Set(path, value string) error {
	if rest, ok := strings.CutPrefix(path, "params."); ok {
		return param.Set(&s.Params, rest, value)
	}
	err := param.Set(&s.Params, path, value)
	var unknown *param.UnknownError
	if !errors.As(err, &unknown) || len(unknown.Members) > 0 {
		return err
	}
	steps := stepsOf(path)
	target, f, found := seek(reflect.ValueOf(s).Elem(), steps)
	if !found {
		near, _ := param.Nearest(path, append(s.paths(), paramPaths(s)...))
		return &param.UnknownError{Path: path, Nearest: near}
	}
	if steps[0] == "origin" || steps[0] == "start_from" || slices.Contains(steps, "file") || slices.Contains(steps, "where") {
		return fmt.Errorf("%s: decides which files are read, so it can be changed in the scenario file only", path)
	}
	return s.replace(target, f, path, value)
}

// replace reads a value into its place and puts the old one back if the scenario does not hold together with the new one.
func (s *Scenario) replace(target reflect.Value, f field, path, value string) error {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(value), &document); err != nil || len(document.Content) != 1 {
		return fmt.Errorf("%s: %q is not a value", path, value)
	}
	node := document.Content[0]
	if at, problem := forbidden(node, 1); at != nil {
		return fmt.Errorf("%s: %s", path, problem)
	}
	if node.Kind == yaml.ScalarNode && target.Kind() == reflect.String {
		node.Tag = "!!str" // a text on a command line needs no quotes
	}
	old := reflect.New(target.Type()).Elem()
	old.Set(target)
	target.SetZero() // the source of the old number is not that of the new one
	notes := s.Notes
	r := &reader{at: map[string]*yaml.Node{}}
	r.value(node, target, f, path)
	if len(r.faults) == 0 {
		s.check(r)
	}
	if err := r.faults.or(); err != nil {
		target.Set(old)
		s.Notes = notes
		return Faults(bare(r.faults))
	}
	for _, note := range s.Notes[len(notes):] {
		if !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	s.Notes = notes
	return nil
}

// bare takes the lines away from faults of a value that stands in no file.
func bare(faults Faults) Faults {
	for i := range faults {
		faults[i].Line, faults[i].Col = 0, 0
	}
	return faults
}

// seek walks a path of keys and ids to a single value.
func seek(v reflect.Value, steps []string) (reflect.Value, field, bool) {
	none := func() (reflect.Value, field, bool) { return reflect.Value{}, field{}, false }
	fields := fieldsOf(v.Type())
	i := slices.IndexFunc(fields, func(f field) bool { return f.key == steps[0] })
	if i < 0 || fields[i].key == "params" {
		return none()
	}
	f, at, rest := fields[i], v.Field(fields[i].index), steps[1:]
	if at.Kind() == reflect.Slice && isGroup(at.Type().Elem()) {
		if len(rest) < 2 {
			return none()
		}
		for k := range at.Len() {
			id := at.Index(k).FieldByName("ID")
			if (id.IsValid() && id.String() == rest[0]) || strconv.Itoa(k) == rest[0] {
				return seek(at.Index(k), rest[1:])
			}
		}
		return none()
	}
	if at.Kind() == reflect.Pointer && isGroup(at.Type().Elem()) {
		if at.IsNil() || len(rest) == 0 {
			return none()
		}
		return seek(at.Elem(), rest)
	}
	if isGroup(at.Type()) && at.Type() != reflect.TypeFor[Number]() {
		if len(rest) == 0 {
			return none()
		}
		return seek(at, rest)
	}
	return at, f, len(rest) == 0 && (at.Kind() != reflect.Map || f.ref != "")
}

// paths lists the values of the scenario that Set can change.
func (s *Scenario) paths() []string {
	var paths []string
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		for _, f := range fieldsOf(v.Type()) {
			at, here := v.Field(f.index), join(path, f.key)
			if at.Kind() == reflect.Pointer && !at.IsNil() && isGroup(at.Type().Elem()) {
				at = at.Elem()
			}
			switch {
			case isGroup(at.Type()):
				walk(at, here)
			case at.Kind() == reflect.Slice && isGroup(at.Type().Elem()):
				for i := range at.Len() {
					if id := at.Index(i).FieldByName("ID"); id.IsValid() {
						walk(at.Index(i), join(here, id.String()))
					}
				}
			case (at.Kind() != reflect.Map || f.ref != "") && f.key != "params":
				paths = append(paths, here)
			}
		}
	}
	walk(reflect.ValueOf(s).Elem(), "")
	return paths
}

// paramPaths lists the paths of the rules' parameters.
func paramPaths(s *Scenario) []string {
	var paths []string
	for _, e := range param.List(s.Params) {
		paths = append(paths, e.Path)
	}
	return paths
}
