package study

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"agglo/model/policy"
	"agglo/model/world"
	"agglo/scenarios"
)

//go:embed effects.yaml
var publishedFile []byte

// How an effect is told.
const (
	byFirms  = "did"    // change of treated firms less that of others
	byTriple = "ddd"    // the same less the same outside the place
	byPlaces = "places" // growth of a sum over the treated places and sectors less that of the others
	byWorld  = "world"  // growth of a sum over all firms against the world without the policy
)

// Published are the published effects of cluster policy that the model is held against, as effects.yaml has them.
type Published struct {
	Scenario string            `yaml:"scenario"`
	Add      string            `yaml:"add"`    // added to the scenario's file
	Branch   int               `yaml:"branch"` // last tick without a policy
	Arms     []PublishedArm    `yaml:"arms"`
	Effects  []PublishedEffect `yaml:"effects"`
}

// A PublishedArm is an instrument that is tried for some years on some firms.
type PublishedArm struct {
	ID         string  `yaml:"id"`
	Instrument string  `yaml:"instrument"`
	Intensity  float64 `yaml:"intensity"`
	Share      float64 `yaml:"share"`  // budget a year, of the region's value added at tick 0
	Follow     int     `yaml:"follow"` // years behind the branch
	Target     string  `yaml:"target"` // as in a scenario
}

// A PublishedEffect is what a study found, and how it is looked for.
type PublishedEffect struct {
	ID           string       `yaml:"id"`
	Statistic    string       `yaml:"statistic"` // what was found, as a sentence
	Of           Measurement  `yaml:"of"`
	Less         *Measurement `yaml:"less"` // taken off, for an ordering
	Expected     string       `yaml:"expected"`
	Smallest     float64      `yaml:"smallest"` // in the outcome's unit
	Why          string       `yaml:"why"`
	Role         string       `yaml:"role"`
	Construction string       `yaml:"construction"` // why the sign is put in; empty = it is not
	Source       string       `yaml:"source"`
}

// A Measurement is an outcome with the way in which an arm's effect on it is told.
type Measurement struct {
	Arm     string      `yaml:"arm"`
	Outcome string      `yaml:"outcome"`
	By      string      `yaml:"by"`
	Control string      `yaml:"control"` // rivals, or empty for all others
	Group   string      `yaml:"group"`   // ring, or empty for the treated
	Size    *[2]float64 `yaml:"size"`    // workers at the branch
	Age     *[2]float64 `yaml:"age"`     // years at the branch
	Years   [2]int      `yaml:"years"`
}

// Counted says whether an effect counts as evidence: its sign is not put in.
func (e *PublishedEffect) Counted() bool { return e.Construction == "" }

// ReadPublished reads the built-in effects, those of the ids asked for, all if none are, with the arms that they need.
func ReadPublished(only []string) (*Published, error) {
	p, err := parsePublished(publishedFile)
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, id := range only {
		if !slices.ContainsFunc(p.Effects, func(e PublishedEffect) bool { return e.ID == id }) {
			faults = append(faults, fmt.Errorf("%w: %s", ErrNoEffect, id))
		}
	}
	if len(only) > 0 {
		p.Effects = slices.DeleteFunc(p.Effects, func(e PublishedEffect) bool { return !slices.Contains(only, e.ID) })
		p.Arms = slices.DeleteFunc(p.Arms, func(a PublishedArm) bool {
			return !slices.ContainsFunc(p.Effects, func(e PublishedEffect) bool {
				return e.Of.Arm == a.ID || e.Less != nil && e.Less.Arm == a.ID
			})
		})
	}
	return p, errors.Join(faults...)
}

// parsePublished reads effects and finds all that is wrong with them.
func parsePublished(data []byte) (*Published, error) {
	var file struct {
		Agglo     int `yaml:"agglo"`
		Published `yaml:",inline"`
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("effects.yaml: %w", err)
	}
	return &file.Published, file.faults()
}

// ErrNoEffect is in the error of ReadPublished for an id that is no effect's.
var ErrNoEffect = errors.New("no such published effect")

// PublishedIDs lists the ids of the effects.
func PublishedIDs() []string {
	p, err := ReadPublished(nil)
	if err != nil {
		return nil // told when they are read
	}
	var ids []string
	for _, e := range p.Effects {
		ids = append(ids, e.ID)
	}
	return ids
}

// faults finds all that is wrong with effects and arms.
func (p *Published) faults() error {
	var list []error
	want := func(ok bool, id, format string, args ...any) {
		if !ok {
			list = append(list, fmt.Errorf("effects.yaml: %s: %s", id, fmt.Sprintf(format, args...)))
		}
	}
	seen := map[string]bool{}
	for _, a := range p.Arms {
		want(!seen[a.ID], a.ID, "is there twice")
		seen[a.ID] = true
		_, found := policy.Find(a.Instrument)
		want(found, a.ID, "instrument %s does not exist", a.Instrument)
		want(a.Share > 0 && a.Intensity > 0 && a.Follow >= defaultYears && a.Target != "", a.ID, "want share, intensity, follow, target")
	}
	for k := range p.Effects {
		e := &p.Effects[k]
		want(!seen[e.ID], e.ID, "is there twice")
		seen[e.ID] = true
		want(slices.Contains([]string{"+", "-", "0"}, e.Expected), e.ID, "expected %q: want +, - or 0", e.Expected)
		want(e.Statistic != "" && e.Source != "" && e.Smallest > 0 && e.Why != "" && e.Role == HeldOut, e.ID,
			"want statistic, source, smallest above 0 and why, role held_out")
		p.measurable(&e.Of, e.ID, want)
		if e.Less != nil {
			p.measurable(e.Less, e.ID, want)
			want(unitOfOutcome(e.Of.Outcome) == unitOfOutcome(e.Less.Outcome), e.ID, "both sides of an ordering: want one unit")
		}
	}
	return errors.Join(list...)
}

// measurable says what is wrong with a measurement.
func (p *Published) measurable(m *Measurement, id string, want func(ok bool, id, format string, args ...any)) {
	k := slices.IndexFunc(p.Arms, func(a PublishedArm) bool { return a.ID == m.Arm })
	want(k >= 0, id, "arm %q does not exist", m.Arm)
	if k >= 0 {
		want(m.Years[0] >= 1 && m.Years[0] <= m.Years[1] && m.Years[1] <= p.Arms[k].Follow, id, "years %v: want 1 to %d", m.Years, p.Arms[k].Follow)
	}
	names := firmOutcomeNames()
	switch m.By {
	case byPlaces, byWorld:
		names = sumNames[:]
		want(m.Size == nil && m.Age == nil && m.Group == "", id, "by %s: want no size, age or group", m.By)
	case byFirms, byTriple:
	default:
		want(false, id, "by %q: want did, ddd, places or world", m.By)
	}
	want(slices.Contains(names, m.Outcome), id, "outcome %q: want one of %v", m.Outcome, names)
	want(m.Control == "" || m.Control == "rivals", id, "control %q: want rivals or none", m.Control)
	want(m.Group == "" || m.Group == "ring" && m.By == byFirms, id, "group %q: want ring, by did, or none", m.Group)
}

// world reads the scenario with what is added to it.
func (p *Published) world() (*scenarios.Scenario, error) {
	s, err := scenarios.Load(p.Scenario)
	if err != nil {
		return nil, err
	}
	return scenarios.Parse("effects.yaml", append(s.YAML(), []byte("\n"+p.Add+"\n")...), nil)
}

// policyOf makes an arm's policy, read as a scenario's file would have it, with its dates and its money.
func (p *Published) policyOf(s *scenarios.Scenario, a *PublishedArm, added float64) (policy.Spec, error) {
	text := fmt.Sprintf("- {id: %s, instrument: %s, budget: 1, to: 2100Q1, intensity: %v, target: %s}\n", a.ID, a.Instrument, a.Intensity, a.Target)
	specs, err := s.ReadPolicies("effects.yaml", []byte(text))
	if err != nil {
		return policy.Spec{}, fmt.Errorf("%s: %w", a.ID, err)
	}
	spec := specs[0]
	spec.From = p.Branch + 1
	spec.To = spec.From + defaultYears*world.TicksPerYear
	spec.Budget = a.Share * defaultYears * added
	return spec, nil
}
