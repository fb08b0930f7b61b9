package study

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"agglo/model"
	"agglo/model/policy"
	"agglo/model/world"
	"agglo/scenarios"
	"agglo/sim/param"
)

// What an instrument gets that is named without settings of its own: a share of the region's value added at tick 0 for
// some years, from the burn-in's end.
const (
	defaultBudget = .005 // per year
	defaultYears  = 5
)

// ErrUnknown is in the error of ParseArms for a name that is no policy.
var ErrUnknown = errors.New("no such policy")

// ErrTwice is in the error of ParseArms for a policy that is named twice.
var ErrTwice = errors.New("given twice")

// ParseArms makes an arm of every name: an entry of the scenario's options, else an instrument with its default settings,
// else a YAML file with one policy or a list of them. Policies that have no date of their own begin when the burn-in is
// over. All mistakes come back at once, ErrUnknown among them where a name is no policy.
func ParseArms(s *scenarios.Scenario, setup model.Setup, burnIn int, names []string) ([]Arm, error) {
	return parseArms(s, setup, burnIn, names, os.ReadFile)
}

// parseArms is ParseArms with files that come from elsewhere.
func parseArms(s *scenarios.Scenario, setup model.Setup, burnIn int, names []string, read func(string) ([]byte, error)) ([]Arm, error) {
	var arms []Arm
	var faults []error
	added := -1.0
	for _, name := range names {
		a := Arm{ID: name}
		if p, found := s.Option(name); found {
			a.Policies = p
		} else if _, found := policy.Find(name); found {
			if added < 0 {
				var err error
				if added, err = valueAdded(context.Background(), setup); err != nil {
					return nil, err
				}
			}
			a.Policies = []policy.Spec{defaultPolicy(name, added, burnIn)}
		} else {
			var err error
			if a, err = readArm(s, name, read); err != nil {
				faults = append(faults, err)
				continue
			}
		}
		if slices.ContainsFunc(arms, func(b Arm) bool { return b.ID == a.ID }) {
			faults = append(faults, fmt.Errorf("policy %s is %w", a.ID, ErrTwice))
			continue
		}
		arms = append(arms, begin(a, setup.Policies, burnIn))
	}
	return arms, errors.Join(faults...)
}

// defaultPolicy is an instrument with its default settings: .5% of a yearly value added (worker-years) a year for five years from
// the burn-in's end, for everyone.
func defaultPolicy(instrument string, valueAdded float64, burnIn int) policy.Spec {
	return policy.Spec{
		ID: instrument, Instrument: instrument, From: burnIn + 1, To: burnIn + 1 + defaultYears*world.TicksPerYear,
		Budget: defaultBudget * defaultYears * valueAdded, Intensity: 1,
	}
}

// valueAdded is the region's yearly value added at tick 0, in worker-years of the agents' scale.
func valueAdded(ctx context.Context, setup model.Setup) (float64, error) {
	setup.Policies = nil
	e, err := model.NewContext(ctx, setup)
	if err != nil {
		return 0, err
	}
	v, sum := e.View(e.World), 0.0
	for i := range v.Rows() {
		if v.Living(i) {
			sum += v.ValueAdded(i)
		}
	}
	return sum, nil
}

// readArm reads a file of policies.
func readArm(s *scenarios.Scenario, path string, read func(string) ([]byte, error)) (Arm, error) {
	data, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		known := policy.Instruments()
		for _, p := range s.Options {
			known = append(known, p.ID)
		}
		hint := ""
		if near, ok := param.Nearest(path, known); ok {
			hint = ": did you mean " + near + "?"
		}
		return Arm{}, fmt.Errorf("%w: %s is neither an option of the scenario nor an instrument nor a file%s (known: %s)",
			ErrUnknown, path, hint, strings.Join(known, ", "))
	} else if err != nil {
		return Arm{}, err
	}
	specs, err := s.ReadPolicies(path, data)
	if err != nil {
		return Arm{}, err
	}
	if len(specs) == 0 {
		return Arm{}, fmt.Errorf("%s: holds no policy", path)
	}
	a := Arm{ID: specs[0].ID, Policies: specs}
	if len(specs) > 1 {
		a.ID = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	return a, nil
}

// begin lets undated policies begin at the burn-in's end, and sets their ids apart from those that the scenario has.
func begin(a Arm, present []policy.Spec, burnIn int) Arm {
	for k := range a.Policies {
		p := &a.Policies[k]
		if p.From == 0 {
			p.From = burnIn + 1
		}
		for slices.ContainsFunc(present, func(q policy.Spec) bool { return q.ID == p.ID }) {
			p.ID += "-compared"
		}
	}
	return a
}
