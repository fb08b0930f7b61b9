package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v4"

	"agglo/scenarios"
)

// newShow makes agglo show.
func newShow(c *console) *cobra.Command {
	var set []string
	cmd := &cobra.Command{
		Use:   "show SCENARIO",
		Short: "Print a scenario as the program reads it, with every default and parameter",
		Long: `show prints a scenario with every default filled in and every parameter of the rules, and how many of its numbers are
assumed or not verified. What it prints is a scenario file.`,
		Example: "  agglo show plain\n  agglo show plain --set trust.loss=.5 > mine.yaml",
		Args:    wants(1, 1, "one SCENARIO: a built-in name or a file"),

		ValidArgsFunction: completeScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := load(args[0], set)
			if err != nil {
				return err
			}
			text := s.YAML()
			if !c.json {
				_, err = c.out.Write(text)
				return err
			}
			var value any
			if err := yaml.Unmarshal(text, &value); err != nil {
				return err
			}
			return printJSON(c.out, value)
		},
	}
	addSet(cmd, &set)
	return cmd
}

// addSet adds the flag --set.
func addSet(cmd *cobra.Command, set *[]string) {
	cmd.Flags().StringArrayVar(set, "set", nil, "give a parameter or a value of the scenario, as `PATH=VALUE`; may be repeated")
	if err := cmd.RegisterFlagCompletionFunc("set", completeParameter); err != nil {
		panic("agglo: " + err.Error()) // the flag of the line above
	}
}

// load reads a scenario and applies --set. A name that does not exist is a mistake of the command line; a faulty file is
// not.
func load(name string, set []string) (*scenarios.Scenario, error) {
	s, err := scenarios.Load(name)
	if errors.Is(err, scenarios.ErrUnknown) {
		return nil, &usageError{err}
	} else if err != nil {
		return nil, err
	}
	return s, apply(s, set)
}

// settings reads the values of --set, and gives the mistakes in how they are written.
func settings(set []string) (values []scenarios.Setting, faults []error) {
	for _, one := range set {
		path, value, found := strings.Cut(one, "=")
		if !found || path == "" {
			faults = append(faults, usagef("--set %s: want PATH=VALUE, such as trust.loss=.5", one))
			continue
		}
		values = append(values, scenarios.Setting{Path: strings.TrimSpace(path), Value: value})
	}
	return values, faults
}

// apply gives the values of --set to a scenario, and tells all that are wrong at once: they are mistakes of the command line.
func apply(s *scenarios.Scenario, set []string) error {
	values, faults := settings(set)
	for _, one := range values {
		if err := s.Set(one.Path, one.Value); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return &usageError{errors.Join(faults...)}
	}
	return nil
}
