package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/param"
)

const casesLong = `cases runs the real cases in full, each under several seeds, and sets their published figures beside the runs': means over
seeds with 95% intervals. Every case gets a run folder of its own below DIR; DIR itself gets cases.csv (all figures),
evidence.csv (how much of each case is assumed, how long it took), programmes.csv (how long the money of each policy lasted) and
cases.md (all of it, to be read).

A figure is near when the mean lies within 20% of it, within the error that its source tells, or within one point of yearly
growth. Fitted figures are those that a scenario's numbers were taken from; the others were held out. A figure that is
missed is a result, not a failure: the exit code is 0.

NAME restricts it to these cases; a scenario file serves too. Ctrl-C keeps the cases that are done.`

// casesFlags are the flags of agglo cases beyond those of each run.
type casesFlags struct {
	run   runFlags
	seeds int
}

// newCases makes agglo cases.
func newCases(c *console) *cobra.Command {
	f := casesFlags{run: runFlags{every: 1}}
	cmd := &cobra.Command{
		Use:     "cases [NAME...]",
		Short:   "Run the real cases and set published figures beside them",
		Long:    casesLong,
		Example: "  agglo cases -o runs/cases\n  agglo cases finland hsinchu --seeds 8\n  agglo cases skolkovo --seeds 2 --ticks 24",
		RunE:    func(cmd *cobra.Command, args []string) error { return runCases(cmd, c, &f, args) },

		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return caseNames(), cobra.ShellCompDirectiveDefault
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.run.out, "out", "o", "", "`DIR` to write; runs/cases if not given")
	flags.IntVar(&f.seeds, "seeds", 3, "`N` runs of each case, with different seeds")
	flags.Uint64Var(&f.run.seed, "seed", 0, "seed from which those of the runs are made, below 2^53; the scenarios' if not given")
	flags.IntVar(&f.run.ticks, "ticks", 0, "quarters to run; the scenarios' if not given")
	addThreads(cmd, &f.run.threads)
	addSet(cmd, &f.run.set)
	flags.BoolVar(&f.run.force, "force", false, "write over the folders of other runs")
	f.run.add(cmd, true)
	return cmd
}

// caseNames lists the built-in scenarios that are real places.
func caseNames() []string {
	var names []string
	for _, id := range scenarios.Names() {
		if s, err := scenarios.Load(id); err == nil && len(countriesOf(s)) > 0 {
			names = append(names, id)
		}
	}
	return names
}

// chosen looks the names up; all mistakes of the command line come back at once.
func (f *casesFlags) chosen(cmd *cobra.Command, args []string) ([]string, error) {
	faults := []error{f.run.check(cmd)}
	if f.seeds < 1 || f.seeds > 1000 {
		faults = append(faults, usagef("--seeds %d: want 1 to 1000", f.seeds))
	}
	known := caseNames()
	for k, name := range args {
		if slices.Contains(args[:k], name) {
			faults = append(faults, usagef("cases: %s is given twice", name))
		}
		if slices.Contains(scenarios.Names(), name) {
			continue
		}
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			hint := ""
			if near, ok := param.Nearest(name, known); ok {
				hint = ": did you mean " + near + "?"
			}
			faults = append(faults, usagef("cases: %s is neither a case nor a file%s (known: %v)", name, hint, known))
		}
	}
	if len(args) == 0 {
		args = known
	}
	return args, errors.Join(faults...)
}

// aCase is a case that is to be run, and then what it has shown.
type aCase struct {
	scenario *scenarios.Scenario
	x        *execution
	held     []output.Held
	paid     []output.Paid
	seconds  float64
	done     bool
}

// runCases is agglo cases.
func runCases(cmd *cobra.Command, c *console, f *casesFlags, args []string) error {
	names, err := f.chosen(cmd, args)
	threads, fault := workers(cmd, f.run.threads)
	if err = errors.Join(err, fault); err != nil {
		return err
	}
	if f.run.out == "" {
		f.run.out = filepath.Join("runs", "cases")
	}
	all, err := f.prepare(cmd, names, threads)
	if err != nil {
		return err
	}
	if err := mayHold(f.run.out, all); err != nil {
		return &usageError{err}
	}
	for _, one := range all { // one after another, so that each counts by itself
		if err := one.x.room(c); err != nil {
			return fmt.Errorf("%s: %w", one.scenario.ID, err)
		}
	}
	err = f.do(cmd, c, all)
	if errors.Is(err, output.ErrOccupied) {
		return &usageError{err}
	} else if err != nil && !errors.Is(err, errStopped) {
		return err
	}
	return errors.Join(err, writeCases(c, f.run.out, all))
}

// prepare resolves every case before the first is run, so that a mistake in the last is told at once.
func (f *casesFlags) prepare(cmd *cobra.Command, names []string, threads int) ([]*aCase, error) {
	var all []*aCase
	var faults []error
	for _, name := range names {
		one := f.run
		one.replicates, one.every = f.seeds, 1
		s, x, err := one.prepare(cmd, name, nil)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if slices.ContainsFunc(all, func(o *aCase) bool { return o.scenario.ID == s.ID }) {
			faults = append(faults, usagef("cases: two scenarios are called %s", s.ID))
			continue
		}
		x.threads, x.dir = threads, filepath.Join(f.run.out, s.ID)
		x.manifest.Asked = []string{output.NoFlag(name), "--replicates", strconv.Itoa(f.seeds)} // of agglo run, which does the same
		for _, set := range f.run.set {
			x.manifest.Asked = append(x.manifest.Asked, "--set", set)
		}
		all = append(all, &aCase{scenario: s, x: x})
	}
	return all, errors.Join(faults...)
}

// do runs the cases one after another, the seeds of a case side by side.
func (f *casesFlags) do(cmd *cobra.Command, c *console, all []*aCase) error {
	total, behind := 0.0, 0.0
	for _, one := range all {
		total += one.work()
	}
	begun := time.Now()
	for k, one := range all {
		left := ""
		if behind > 0 {
			rest := time.Duration(float64(time.Since(begun)) * (total - behind) / behind)
			left = fmt.Sprintf(", about %s left in all", rest.Round(time.Second))
		}
		c.say("case %d of %d: %s%s", k+1, len(all), one.scenario.ID, left)
		m, err := one.x.do(cmd.Context(), c)
		if err != nil && (m == nil || !errors.Is(err, errStopped)) {
			return err // stopped while its world was made, it has no folder
		}
		held, fault := output.ReadHeld(one.x.dir) // of a case that was stopped, the figures that it had reached
		paid, bad := output.ReadPaid(one.x.dir)
		if one.held, one.paid = held, paid; err != nil || fault != nil || bad != nil {
			return errors.Join(err, fault, bad)
		}
		one.seconds, one.done = m.Seconds, true
		behind += one.work()
		if _, err := f.run.make(cmd.Context(), c, one.x.dir); err != nil {
			return fmt.Errorf("%s: %w", one.scenario.ID, err)
		}
	}
	return nil
}

// work is about how long a case takes, in agents times ticks.
func (o *aCase) work() float64 {
	return float64(o.x.setup.Ticks*len(o.x.manifest.Runs)) * (o.scenario.FirmsAtStart()/o.scenario.Scale.Value + 1000)
}

// mayHold refuses a folder that holds anything but cases.
func mayHold(dir string, all []*aCase) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	for _, e := range entries {
		own := slices.Contains(casesFiles, e.Name()) || slices.ContainsFunc(all, func(o *aCase) bool { return o.scenario.ID == e.Name() })
		if !own && !slices.Contains(scenarios.Names(), e.Name()) {
			return fmt.Errorf("%s holds %s, which is no case: choose another folder with -o", dir, e.Name())
		}
	}
	return nil
}
