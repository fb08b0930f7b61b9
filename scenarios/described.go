package scenarios

import (
	"math"
	"reflect"
	"slices"
	"strings"

	"agglo/sim/param"
)

// Described says in which unit a value stands that Set can give, and which values it may take, as the tags of its parameter or field
// state them. Both are empty where they are not told, as of words, and for a path that does not exist.
func (s *Scenario) Described(path string) (unit, in string) {
	path = strings.TrimPrefix(path, "params.")
	entries := param.List(&s.Params)
	if k := slices.IndexFunc(entries, func(e param.Entry) bool { return e.Path == path }); k >= 0 {
		return entries[k].Unit, entries[k].In
	}
	if _, f, found := seek(reflect.ValueOf(s).Elem(), stepsOf(path)); found {
		unit = f.unit
		if !math.IsInf(f.in.low, -1) || !math.IsInf(f.in.high, 1) {
			in = f.in.text
		}
	}
	return unit, in
}

// stepsOf are the parts of a path to a value of the file.
func stepsOf(path string) []string {
	steps := strings.Split(strings.TrimPrefix(path, "scenario."), ".")
	if steps[0] == "policy" || steps[0] == "option" {
		steps[0] = map[string]string{"policy": "policies", "option": "options"}[steps[0]]
	}
	return steps
}

// Described is that of a factor's value in the experiment's scenario.
func (x *Experiment) Described(factor string) (unit, in string) {
	return x.base.Described(x.pathOf(x.base, factor))
}
