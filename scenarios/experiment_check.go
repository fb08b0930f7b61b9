package scenarios

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"agglo/model/policy"
	"agglo/sim/design"
	"agglo/sim/param"
)

// scenario reads the scenario of an experiment, sets the overrides, and tries factors and policies on it.
func (r *experimentReader) scenario() {
	s, err := r.load()
	if err != nil {
		if inner := problems(err); inner[0].File != "" {
			r.faults = append(r.faults, inner...) // those of the scenario file
		} else {
			r.faultAt("scenario", "%s", err)
		}
		return
	}
	r.x.base = s
	for _, one := range r.x.Set {
		if err := s.Set(one.Path, one.Value); err != nil {
			for _, f := range problems(err) {
				r.faultAt("set."+one.Path, "%s", strings.TrimPrefix(f.Problem, one.Path+": "))
			}
		}
	}
	for i, f := range r.x.Factors {
		r.try(i, f)
	}
	for i, name := range r.x.Policies {
		r.policy(s, i, name)
	}
}

// load reads the scenario: a built-in one, or a file beside the experiment.
func (r *experimentReader) load() (*Scenario, error) {
	name := r.x.Scenario
	if slices.Contains(Names(), name) {
		return Load(name)
	}
	if path := filepath.Join(filepath.Dir(r.file), name); !filepath.IsAbs(name) && exists(path) {
		name = path
	}
	r.x.Dir = filepath.Dir(name)
	return Load(name)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// mostTried bounds how many values of a factor are tried before the runs.
const mostTried = 200

// try gives the scenario values of a factor: all that are listed, the ends of a distribution, its median if it has none.
func (r *experimentReader) try(i int, f design.Factor) {
	at := fmt.Sprintf("%s[%d]", r.list, i)
	path := strings.TrimPrefix(f.Name, "scenario.")
	switch {
	case f.Name == "":
		return
	case slices.Contains(r.metrics, f.Name) || slices.Contains(r.fixed, f.Name):
		r.faultAt(at+".name", "%s is the name of a column that the tables have anyway; write scenario.%s if a value of the scenario is meant", f.Name, f.Name)
		return
	case path == "seed" || path == "ticks":
		r.faultAt(at+".name", "%s is the experiment's own: want %s: beside %s", f.Name, path, r.list)
		return
	case slices.ContainsFunc(r.x.Set, func(s Setting) bool { return s.Path == f.Name }):
		r.faultAt(at+".name", "%s is under set too, or --set: want one of them", f.Name)
		return
	case slices.ContainsFunc(f.Words, func(word string) bool { return strings.ContainsAny(word, "\r\n") }):
		r.faultAt(at+".values", "a value has a line end in it")
		return
	}
	values := f.Values
	if f.Shape != design.Listed {
		values = []float64{f.At(.5)}
		if !f.Unbounded() {
			values = []float64{f.At(0), f.At(1)}
		}
	}
	for _, v := range values[:min(len(values), mostTried)] {
		s := r.x.base
		if !r.x.OfParams(f.Name) { // other values of the scenario hang together, so each is tried alone
			if s = r.again(); s == nil {
				return
			}
		}
		was := s.Params
		err := r.x.set(s, f, v)
		s.Params = was
		var unknown *param.UnknownError
		if errors.As(err, &unknown) {
			r.faultAt(at+".name", "%s", err)
			return
		} else if err != nil {
			r.faultAt(at, "%s", err)
			return
		}
	}
}

// again reads the scenario once more, with the overrides.
func (r *experimentReader) again() *Scenario {
	s, err := r.load()
	if err != nil {
		return nil
	}
	for _, one := range r.x.Set {
		_ = s.Set(one.Path, one.Value) // what is wrong with it is told already
	}
	return s
}

// OfParams says whether a factor is a parameter of the rules, and no other value of the scenario.
func (x *Experiment) OfParams(name string) bool {
	_, err := param.Get(x.base.Params, strings.TrimPrefix(name, "params."))
	return err == nil
}

// set gives a scenario a factor's value.
func (x *Experiment) set(s *Scenario, f design.Factor, v float64) error {
	return s.Set(x.pathOf(s, f.Name), SettingText(f, v))
}

// pathOf is the path of a factor in a scenario. A policy of the experiment that is an option of the scenario is meant by
// policy.ID, unless the scenario has it among its policies.
func (x *Experiment) pathOf(s *Scenario, name string) string {
	if rest, yes := strings.CutPrefix(name, "policy."); yes {
		id, _, _ := strings.Cut(rest, ".")
		if _, option := s.Option(id); option && !slices.ContainsFunc(s.Policies, func(p Policy) bool { return p.ID == id }) {
			name = "option." + rest
		}
	}
	return name
}

// Apply gives a scenario the values of a point.
func (x *Experiment) Apply(s *Scenario, point []float64) error {
	var faults []error
	for k, f := range x.Factors {
		if err := x.set(s, f, point[k]); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

// policy looks up a policy of the experiment, and reads it if it is a file.
func (r *experimentReader) policy(s *Scenario, i int, name string) {
	at := fmt.Sprintf("policies[%d]", i)
	if name != "" && slices.Contains(r.x.Policies[:i], name) {
		r.faultAt(at, "%s stands here twice", name)
	}
	if name != NoPolicy {
		r.named(s, at, name, "neither none nor", NoPolicy)
	}
}

// named looks up a policy: an option of a scenario, an instrument, or a file of policies beside the one that is read, whose text
// is kept. A name that is none of these is a fault, with the nearest right one, words that may stand there too among them.
func (r *experimentReader) named(s *Scenario, at, name, neither string, words ...string) {
	if _, option := s.Option(name); option || name == "" {
		return
	}
	if _, instrument := policy.Find(name); instrument {
		return
	}
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(r.file), path)
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		known := append(words, policy.Instruments()...)
		for _, p := range s.Options {
			known = append(known, p.ID)
		}
		r.faultAt(at, "%q is %s an option of the scenario nor an instrument nor a file%s", shorten(name), neither, suggest(name, known))
		return
	} else if err != nil {
		r.faultAt(at, "%s", err)
		return
	}
	if specs, err := s.ReadPolicies(path, data); err != nil {
		r.faults = append(r.faults, problems(err)...)
	} else if len(specs) == 0 {
		r.faultAt(at, "%s holds no policy", path)
	}
	r.x.Files[name] = string(data)
}
