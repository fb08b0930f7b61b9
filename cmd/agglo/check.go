package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"agglo/model"
	"agglo/scenarios"
)

// verdict is what check finds in one file.
type verdict struct {
	File   string        `json:"file"`
	Valid  bool          `json:"valid"`
	Faults []faultRecord `json:"faults"`
	Notes  []string      `json:"notes,omitempty"`
	Counts string        `json:"evidence,omitempty"`
}

// faultRecord is one fault for machines.
type faultRecord struct {
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Path    string `json:"path,omitempty"`
	Problem string `json:"problem"`
}

// newCheck makes agglo check.
func newCheck(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE...",
		Short: "List all mistakes in scenario files",
		Long: `check lists every mistake of a scenario file as file:line:column: path: what is wrong and what is wanted. It also makes
the region at tick 0, so that a file that passes can be run. All files are looked at. The exit code is 1 if any
has a mistake, 2 if any is not there.`,
		Example: "  agglo check my-region.yaml\n  agglo check *.yaml --json",
		Args:    wants(1, -1, "one FILE or more; built-in names serve too"),

		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return scenarios.Names(), cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error { return checkAll(cmd.Context(), c, args) },
	}
}

// checkAll tells the verdict on every file. The error has the exit code of the worst: a file that is not there is a mistake of the
// command line. When ctx is done, the verdicts so far are told.
func checkAll(ctx context.Context, c *console, names []string) error {
	verdicts := []verdict{}
	faulty, absent := 0, false
	for _, name := range names {
		v, text, err := examine(ctx, name)
		if ctx.Err() != nil {
			break
		}
		verdicts = append(verdicts, v)
		if !v.Valid {
			faulty++
		}
		absent = absent || err != nil
		if !c.json {
			fmt.Fprintln(c.out, text)
		}
	}
	if c.json {
		if err := printJSON(c.out, verdicts); err != nil {
			return err
		}
	}
	switch {
	case ctx.Err() != nil && len(verdicts) < len(names):
		return fmt.Errorf("%w at %s: %d of %d files have been looked at", errStopped, names[len(verdicts)], len(verdicts), len(names))
	case absent:
		return usagef("%w: %d of %d files are faulty or not there", errShown, faulty, len(names))
	case faulty > 0:
		return fmt.Errorf("%w: %d of %d files are faulty", errShown, faulty, len(names))
	}
	return nil
}

// examine checks one file; text is what a person reads. The error, which the verdict holds too, is one of the command line: no such
// file.
func examine(ctx context.Context, name string) (v verdict, text string, err error) {
	v = verdict{File: name, Faults: []faultRecord{}}
	s, err := load(name, nil)
	var usage *usageError
	var faults scenarios.Faults
	switch {
	case errors.As(err, &usage):
		v.Faults = append(v.Faults, faultRecord{Problem: err.Error()})
		return v, err.Error(), err
	case errors.As(err, &faults):
		for _, f := range faults {
			v.Faults = append(v.Faults, faultRecord{f.Line, f.Col, f.Path, f.Problem})
		}
		return v, faults.Error(), nil
	case err != nil:
		v.Faults = append(v.Faults, faultRecord{Problem: err.Error()})
		return v, name + ": " + err.Error(), nil
	}
	setup, err := s.Setup(scenarios.Overrides{})
	if err == nil {
		_, err = model.NewContext(ctx, setup)
	}
	if err != nil {
		v.Faults = append(v.Faults, faultRecord{Problem: err.Error()})
		return v, name + ": " + err.Error(), nil
	}
	v.Valid, v.Notes, v.Counts = true, s.Notes, s.Evidence().String()
	text = name + ": no mistakes. " + v.Counts
	for _, note := range s.Notes {
		text += "\n" + name + ": note: " + note
	}
	return v, text, nil
}
