package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"agglo/model"
	"agglo/model/policy"
	"agglo/output"
	"agglo/scenarios"
)

// changes takes from the values of --set those that begin to act in the middle of the run, PATH=VALUE@TICK.
func changes(set []string) (whole []string, later []scenarios.Change, err error) {
	var faults []error
	for _, one := range set {
		c, is, err := scenarios.ReadChange(one)
		switch {
		case err != nil:
			faults = append(faults, usagef("--set %v", err))
		case is:
			later = append(later, c)
		default:
			whole = append(whole, one)
		}
	}
	return whole, later, errors.Join(faults...)
}

// addPolicies gives the policies of --policy to a scenario: each is a file, or the text of a policy in braces. Their dates are
// held against the run, which --ticks may have made longer than the scenario says; ticks is 0 where it has not.
func addPolicies(s *scenarios.Scenario, texts []string, ticks int) error {
	if len(texts) > 0 {
		lengthen(s, ticks)
	}
	var faults []error
	for _, text := range texts {
		name, data := "--policy", []byte(text)
		if !strings.HasPrefix(strings.TrimSpace(text), "{") {
			var err error
			if name = text; isInstrument(text) {
				faults = append(faults, usagef("--policy %s: run wants the file of a policy, or its text, such as '{id: p, instrument: %[1]s, from: 2005, to: 2010}'", text))
				continue
			}
			if data, err = os.ReadFile(text); err != nil {
				faults = append(faults, usagef("--policy: %w", err))
				continue
			}
		}
		if err := s.AddPolicies(name, data); err != nil {
			faults = append(faults, &usageError{err})
		}
	}
	return errors.Join(faults...)
}

// isInstrument says whether a text is the id of an instrument.
func isInstrument(text string) bool {
	_, known := policy.Find(text)
	return known
}

// change notes the parameters' later values in the execution and in its manifest.
func (x *execution) change(later []scenarios.Change) error {
	var err error
	if x.later, err = scenarios.Later(later, x.setup.Params); err != nil {
		return err
	}
	for _, c := range x.later {
		x.manifest.Changes = append(x.manifest.Changes, c.String())
	}
	return nil
}

// reached wants every change to act within a run of so many ticks: one behind its end would be lost without a word.
func reached(later []scenarios.Change, ticks int) error {
	var faults []error
	for _, c := range later {
		switch {
		case ticks == 0:
			faults = append(faults, usagef("--set %s: acts from the tick behind %d on, but the run has no ticks", c, c.Tick))
		case c.Tick >= ticks:
			faults = append(faults, usagef("--set %s: acts from the tick behind %d on, but the run ends with tick %d: want @0 to @%d", c, c.Tick, ticks, ticks-1))
		}
	}
	return errors.Join(faults...)
}

// changeAs notes the changes of a stored run.
func (x *execution) changeAs(m *output.Manifest) error {
	_, later, err := changes(m.Changes)
	if err != nil {
		return err
	}
	x.manifest.Changes = nil
	return x.change(later)
}

// through runs an engine to the end, with the parameters' later values from their ticks on, and gives the engine that
// reached it.
func (x *execution) through(ctx context.Context, e *model.Engine, ticks int) (*model.Engine, error) {
	setup := x.setup
	setup.Seed = uint64(e.World.Seed)
	for k, c := range x.later {
		if c.Tick >= ticks {
			break
		}
		if err := e.Run(ctx, c.Tick); err != nil {
			return e, err
		}
		if k+1 < len(x.later) && x.later[k+1].Tick == c.Tick {
			continue // all of one tick at once
		}
		var err error
		if setup.Params, err = scenarios.At(x.setup.Params, x.later, c.Tick); err != nil {
			return e, err
		}
		observers := e.Observers
		if e, err = model.Branch(e, setup); err != nil {
			return e, err
		}
		e.Observers = observers
	}
	return e, e.Run(ctx, ticks)
}

// lengthen makes a scenario's run as long as the command line asks for, if that is longer.
func lengthen(s *scenarios.Scenario, ticks int) { s.Ticks.Value = max(s.Ticks.Value, float64(ticks)) }
