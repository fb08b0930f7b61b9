package scenarios

import (
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"agglo/model/policy"
)

// ReadPolicies reads a file that holds one policy, or a list of policies that act together, in the form of an entry of the
// section policies. Names of regions, sectors and places are those of the scenario, which stays as it is. The error is
// Faults when the bytes have any.
func (s *Scenario) ReadPolicies(file string, data []byte) ([]policy.Spec, error) {
	with, err := s.withOptions(file, data)
	if err != nil {
		return nil, err
	}
	var specs []policy.Spec
	for _, p := range with.Options {
		specs = append(specs, with.specs(p)...)
	}
	return specs, nil
}

// AddPolicies adds what ReadPolicies reads to the scenario's own policies. The scenario stays as it is when an error comes
// back: Faults, also for an id that the scenario has already.
func (s *Scenario) AddPolicies(file string, data []byte) error {
	read, err := s.withOptions(file, data)
	if err != nil {
		return err
	}
	with := *s
	with.Policies, with.Notes = slices.Clone(s.Policies), slices.Clone(s.Notes)
	r := &reader{file: file, at: map[string]*yaml.Node{}}
	for _, p := range read.Options {
		if slices.ContainsFunc(with.Policies, func(q Policy) bool { return q.ID == p.ID }) {
			r.faultAt("id", "%q: the scenario has a policy of this id already: want another", p.ID)
		}
		with.Policies = append(with.Policies, p)
	}
	if len(r.faults) == 0 {
		with.check(r)
	}
	if err := r.faults.or(); err != nil {
		return Faults(bare(r.faults))
	}
	s.Policies, s.Notes = with.Policies, with.Notes[:len(s.Notes):len(s.Notes)]
	for _, note := range with.Notes[len(s.Notes):] {
		if !slices.Contains(s.Notes, note) {
			s.Notes = append(s.Notes, note)
		}
	}
	return nil
}

// withOptions is the scenario with the policies of a file in place of its options.
func (s *Scenario) withOptions(file string, data []byte) (*Scenario, error) {
	root, err := parseYAML(file, data, "want a policy such as {id: p, instrument: subsidy}; agglo policies lists the instruments")
	if err != nil {
		return nil, err
	}
	single := root.Kind != yaml.SequenceNode
	if single {
		root = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{root}, Line: root.Line, Column: root.Column}
	}
	with := *s
	with.Options = nil
	at := reflect.ValueOf(&with).Elem()
	fields := fieldsOf(at.Type())
	f := fields[slices.IndexFunc(fields, func(f field) bool { return f.key == "options" })]
	r := &reader{file: file, at: map[string]*yaml.Node{}}
	r.value(root, at.Field(f.index), f, f.key)
	if len(r.faults) == 0 {
		with.check(r)
	}
	for k := range r.faults {
		path := strings.TrimPrefix(r.faults[k].Path, "options")
		if single {
			path = strings.TrimPrefix(path, "[0]")
		}
		r.faults[k].Path = strings.TrimPrefix(path, ".")
	}
	if err := r.faults.or(); err != nil {
		return nil, err
	}
	return &with, nil
}
