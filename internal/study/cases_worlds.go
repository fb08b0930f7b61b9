package study

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"agglo/model"
	"agglo/scenarios"
)

// ClaimWorld is a scenario of a test that compares several, with values of its file changed.
type ClaimWorld struct {
	World    string            `yaml:"world"`
	Scenario map[string]string `yaml:"scenario"`
}

// worldOf is the scenario that an arm runs in: its own or the test's.
func (t *ClaimTest) worldOf(a *ClaimArm) string {
	if a.World != "" {
		return a.World
	}
	return t.Scenario
}

// ClaimScenarios lists the scenarios of some tests, each once.
func ClaimScenarios(tests []ClaimTest) (list []string) {
	for k := range tests {
		for _, a := range tests[k].arms() {
			if world := tests[k].worldOf(a); !slices.Contains(list, world) {
				list = append(list, world)
			}
		}
	}
	return list
}

// readArm reads an arm's scenario with what the test adds to its file, with values that are set in all arms of all tests, and with the
// arm's own.
func (t *ClaimTest) readArm(a *ClaimArm, set []scenarios.Setting) (*scenarios.Scenario, error) {
	s, err := scenarios.Load(t.worldOf(a))
	if err == nil && t.Add != "" {
		s, err = scenarios.Parse("claims.yaml", append(s.YAML(), []byte("\n"+t.Add+"\n")...), nil)
	}
	if err != nil {
		return nil, err
	}
	if t.worldOf(a) == t.Scenario {
		if err := setAll(s, t.Set); err != nil {
			return nil, err
		}
	}
	for _, one := range set {
		if err := s.Set(one.Path, one.Value); err != nil {
			return nil, err
		}
	}
	return s, setAll(s, a.Scenario)
}

// Above lists the arms of a test that set a value by themselves, which then stands above one that is set in all arms, and so differs from it.
func (t *ClaimTest) Above(path string) (says []string) {
	path = strings.TrimPrefix(strings.TrimPrefix(path, "params."), "scenario.")
	for _, a := range t.arms() {
		_, param := a.Params[path]
		_, value := a.Scenario[path]
		if param || value {
			says = append(says, a.Says)
		}
	}
	return says
}

// pairs is how many replicates of the asked a world is run in.
func (w *claimWorld) pairs(asked int) int {
	if w.most > 0 {
		return min(asked, w.most)
	}
	return asked
}

// setAll sets values by path.
func setAll(s *scenarios.Scenario, values map[string]string) error {
	var faults []error
	for _, path := range slices.Sorted(maps.Keys(values)) {
		faults = append(faults, s.Set(path, values[path]))
	}
	return errors.Join(faults...)
}

// arms of a test over several worlds: in each the test's arms a and b.
func (t *ClaimTest) overWorlds() []*ClaimArm {
	var list []*ClaimArm
	for _, w := range t.Worlds {
		for _, a := range []*ClaimArm{t.A, t.B} {
			one := *a
			one.World = w.World
			one.Scenario = maps.Clone(a.Scenario)
			if one.Scenario == nil {
				one.Scenario = map[string]string{}
			}
			maps.Copy(one.Scenario, w.Scenario)
			list = append(list, &one)
		}
	}
	return list
}

// addedOf is the yearly value added of an arm's world at tick 0, which budgets are shares of. Worlds are asked once.
func (w *claimWorld) addedOf(ctx context.Context, key string, setup model.Setup) (float64, error) {
	if x, known := w.added[key]; known {
		return x, nil
	}
	x, err := valueAdded(ctx, setup)
	if err == nil {
		w.added[key] = x
	}
	return x, err
}

// faultsOfWorlds lists what is wrong with the worlds of a test by itself.
func (t *ClaimTest) faultsOfWorlds(want func(ok bool, format string, args ...any)) {
	want((len(t.Worlds) > 2) == (t.Contrast == Country), "worlds: want three or more for this contrast, and for no other")
	want((t.Level != 0) == (t.Contrast == Level), "level: want one for this contrast, and for no other")
	want(t.Most >= 0, "most %d: want 0 or more", t.Most)
	for _, a := range t.arms() {
		elsewhere := a.World != "" && a.World != t.Scenario
		want(!elsewhere || t.Branch == 0, "arm %q: another world needs branch 0", a.Says)
		want(!a.Without || t.Branch == 0, "arm %q: without the scenario's policies needs branch 0", a.Says)
		want(!elsewhere || t.Target == nil, "arm %q: another world has no place of the target", a.Says)
	}
}
