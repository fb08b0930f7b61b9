package scenarios

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"agglo/sim/design"
)

// Given are values of an experiment that a command line gives; they stand above those of the file.
type Given struct {
	Seed  *uint64 // below 2^53
	Ticks *int    // quarters
	Set   []Setting
}

// newExperimentReader makes a reader of a file about runs of a scenario.
func newExperimentReader(file string, root *yaml.Node, metrics, fixed []string, given Given) *experimentReader {
	r := &experimentReader{reader: reader{file: file, at: map[string]*yaml.Node{"": root}}, metrics: metrics, fixed: fixed, list: "factors", given: given}
	r.x = &Experiment{Replicates: 1, Plan: design.Plan{Kind: "grid", Seed: 1}, Files: map[string]string{}}
	return r
}

// resolve reads the scenario that the file names, with the values that are set. keys are those that the file has, nil if it has
// no keys at all.
func (r *experimentReader) resolve(root *yaml.Node, keys map[string]bool) {
	for _, key := range []string{"agglo", "scenario"} {
		if keys != nil && !keys[key] {
			r.fault(root, key, "is missing: want %s", map[string]string{"agglo": "agglo: 1, the version of the format",
				"scenario": "a built-in name or a file beside this one"}[key])
		}
	}
	if r.given.Seed != nil {
		r.x.Seed = r.given.Seed
	}
	if r.given.Ticks != nil {
		r.x.Ticks = r.given.Ticks
	}
	for _, one := range r.given.Set {
		r.x.Set = slices.DeleteFunc(r.x.Set, func(old Setting) bool { return old.Path == one.Path })
		r.x.Set = append(r.x.Set, one)
	}
	if r.x.Scenario == "" {
		return
	}
	r.scenario()
	for k := range r.faults { // a value of the command line stands on no line of the file
		f := &r.faults[k]
		if path, yes := strings.CutPrefix(f.Path, "set."); yes && slices.ContainsFunc(r.given.Set, func(s Setting) bool { return s.Path == path }) {
			f.File, f.Line, f.Col, f.Path = "", 0, 0, "--set "+path
		}
	}
}

// OfCommandLine says whether all faults are those of values that a command line gave.
func (fs Faults) OfCommandLine() bool {
	return len(fs) > 0 && !slices.ContainsFunc(fs, func(f Fault) bool { return f.File != "" })
}

// Narrowed is the experiment with other factors and another design; fixed are the values of factors that are not varied any
// more. The receiver stays as it is.
func (x *Experiment) Narrowed(factors []design.Factor, fixed map[string]string, plan design.Plan) (*Experiment, error) {
	y := *x
	y.Factors, y.Plan = factors, plan
	y.Set = slices.Clone(x.Set)
	var dir fs.FS
	if x.Dir != "" {
		dir = os.DirFS(x.Dir)
	}
	var err error
	if y.base, err = Parse("the scenario of the experiment", x.base.YAML(), dir); err != nil {
		return nil, err
	}
	for _, f := range x.Factors {
		text, yes := fixed[f.Name]
		if !yes {
			continue
		}
		y.Set = append(y.Set, Setting{f.Name, text})
		if err := y.base.Set(x.pathOf(y.base, f.Name), text); err != nil {
			return nil, err
		}
	}
	return &y, nil
}

// ReadSensitivity reads an experiment of which no points are to be made: an analysis of sensitivity makes its own designs, so that
// the file needs none. The key design may give a seed, and n of a kind morris or saltelli.
func ReadSensitivity(file string, data []byte, metrics, fixed []string, given Given) (*Experiment, error) {
	root, err := parseYAML(file, data, "agglo sensitivity --help shows what it holds")
	if err != nil {
		return nil, err
	}
	r := newExperimentReader(file, root, metrics, fixed, given)
	keys := r.mapping(root, "", keysOfExperiment, r.key)
	r.resolve(root, keys)
	if keys != nil && !keys["factors"] {
		r.fault(root, "factors", "is missing: want the factors whose influence is asked for")
	}
	if keys["stop"] {
		r.faultAt("stop", "runs that stop at different ticks cannot be compared: want none")
	}
	if keys["layout"] {
		r.faultAt("layout", "is of sweeps: want none")
	}
	for i, f := range r.x.Factors {
		if f.Shape == design.Listed && len(f.Values) == 1 {
			r.faultAt(fmt.Sprintf("factors[%d]", i), "%s has one value only: want a factor that changes", f.Name)
		}
	}
	plan := r.x.Plan
	if keys["design"] && plan.Kind != "morris" && plan.Kind != "saltelli" {
		r.x.Plan.Kind = ""
	}
	r.x.Plan, plan = design.Plan{Kind: "list"}, r.x.Plan
	factors := r.x.Factors
	r.x.Factors = nil // what stands together is checked without them: there are no points yet
	r.together(false)
	r.x.Factors, r.x.Plan = factors, plan
	if err := r.faults.or(); err != nil {
		return nil, err
	}
	return r.x, nil
}
