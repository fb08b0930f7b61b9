package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/model"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/param"
	"agglo/sim/rng"
)

// validateFlags are the flags of agglo validate.
type validateFlags struct {
	drawing
	seeds   int
	ticks   int
	seed    uint64
	set     []string
	threads int
	out     string
	force   bool
	off     bool
}

const validateLong = `validate holds the model against stylised facts of the literature: 60 years of two worlds, plain and forty (plain with
forty sectors), under as many seeds as asked for. Of every fact it prints the statistic, its 95% interval over seeds, the
band in which published values lie, and whether the statistic is in it. Bands, definitions and roles were written down
before; docs/validation.md tells them. A fact that is missed is a result, not a failure: the exit code is 0.

calibrated facts were in view when parameters were chosen, held_out ones were not; reported ones have no band. Names of facts
after the command restrict it to them, and to the worlds that they need.

--switches asks another question: what becomes of clusters on the plain when founders do not stay near, nobody sees
successes, sites are chosen by taste, and so on, one by one under the same seeds.`

// newValidate makes agglo validate.
func newValidate(c *console) *cobra.Command {
	var f validateFlags
	cmd := &cobra.Command{
		Use:     "validate [FACT...]",
		Short:   "Hold the model against stylised facts, with intervals over seeds",
		Long:    validateLong,
		Example: "  agglo validate --seeds 30 -o runs/validation\n  agglo validate --seeds 8 T1a T5a T5b\n  agglo validate --seeds 8 --set demography.stay=0 T13a T19a\n  agglo validate --switches --seeds 8",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return factIDs(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error { return validate(cmd, c, &f, args) },
	}
	flags := cmd.Flags()
	flags.IntVar(&f.seeds, "seeds", 30, "`N` runs of each world, with different seeds")
	flags.IntVar(&f.ticks, "ticks", 0, "measure after `N` quarters, not after the 240 of the facts: for a look; bands are meant for 240")
	flags.Uint64Var(&f.seed, "seed", 0, "seed from which those of the runs are made, below 2^53; the scenarios' if not given")
	addThreads(cmd, &f.threads)
	addSet(cmd, &f.set)
	flags.StringVarP(&f.out, "out", "o", "", "`DIR` to write; runs/validate-SEEDS if not given")
	flags.BoolVar(&f.off, "switches", false, "switch assumptions about location off one by one, and tell what becomes of clusters")
	flags.BoolVar(&f.force, "force", false, "write over the folder of another run")
	f.add(cmd, true)
	return cmd
}

// factIDs lists the ids of the facts.
func factIDs() []string {
	facts, _, err := study.Facts()
	if err != nil {
		return nil // told when the command runs
	}
	var ids []string
	for _, f := range facts {
		ids = append(ids, f.ID)
	}
	return ids
}

// check finds the flags and names that no validation can have, all at once.
func (f *validateFlags) check(cmd *cobra.Command, ids []string) error {
	var faults []error
	wrong := func(format string, args ...any) { faults = append(faults, usagef(format, args...)) }
	if f.seeds < 1 || f.seeds > 100_000 {
		wrong("--seeds %d: want 1 to 100000", f.seeds)
	}
	if cmd.Flags().Changed("ticks") && (f.ticks < 4 || f.ticks > 8000 || f.ticks%4 != 0) {
		wrong("--ticks %d: want whole years, 4 to 8000 quarters", f.ticks)
	}
	if f.off && len(ids) > 0 {
		wrong("validate: --switches does not go with facts")
	}
	if f.seed >= 1<<53 {
		wrong("--seed %d: want a whole number below 2^53 = 9007199254740992", f.seed)
	}
	if cmd.Flags().Changed("out") && f.out == "" {
		wrong("-o: want the path of a folder")
	}
	known := factIDs()
	for _, id := range ids {
		if !strings.Contains(" "+strings.Join(known, " ")+" ", " "+id+" ") {
			hint := ""
			if near, ok := param.Nearest(id, known); ok {
				hint = ": did you mean " + near + "?"
			}
			wrong("validate: there is no fact %s%s (known: %s)", id, hint, strings.Join(known, ", "))
		}
	}
	if err := knownLanguage(f.lang); err != nil {
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// validate is agglo validate.
func validate(cmd *cobra.Command, c *console, f *validateFlags, ids []string) error {
	err := f.check(cmd, ids)
	threads, fault := workers(cmd, f.threads)
	if err = errors.Join(err, fault); err != nil {
		return err
	}
	if f.off {
		return switchOff(cmd, c, f, threads)
	}
	o := study.ValidateOptions{Seeds: f.seeds, Ticks: f.ticks, Threads: threads, Only: ids}
	setups, folder, err := f.reserve(cmd, o)
	if errors.Is(err, output.ErrOccupied) {
		return &usageError{err}
	} else if err != nil {
		return err
	}
	begun := time.Now()
	bar := newProgress(c, study.ValidateWork(o))
	o.Watch = bar
	r, err := study.Validate(cmd.Context(), setups, o)
	bar.end()
	if r == nil {
		return err
	}
	took := time.Since(begun)
	if fault := folder.Write(r, took); fault != nil {
		return fault
	}
	if err != nil {
		err = fmt.Errorf("%w: %d runs are not done; the tables of %s hold the others", errStopped, r.Unfinished, f.out)
	}
	files, fault := f.make(c, f.out)
	return errors.Join(err, fault, reportValidation(c, r, f, took, files))
}

// reserve resolves the worlds that the facts need, with the flags, and begins the folder.
func (f *validateFlags) reserve(cmd *cobra.Command, o study.ValidateOptions) (map[string]model.Setup, *study.ValidateFolder, error) {
	facts, _, err := study.Facts()
	if err != nil {
		return nil, nil, err
	}
	if len(o.Only) > 0 {
		kept := facts[:0]
		for _, fact := range facts {
			for _, id := range o.Only {
				if fact.ID == id {
					kept = append(kept, fact)
					break
				}
			}
		}
		facts = kept
	}
	setups, texts := map[string]model.Setup{}, map[string]string{}
	var base output.Manifest
	for _, id := range study.WorldsOf(facts) {
		s, err := load(id, f.set)
		if err != nil {
			return nil, nil, err
		}
		var over scenarios.Overrides
		if cmd.Flags().Changed("seed") {
			over.Seed = &f.seed
		}
		setup, err := s.Setup(over)
		if err != nil {
			return nil, nil, err
		}
		setups[id], texts[id] = setup, string(s.YAML())
		var runs []output.Run
		for k := range f.seeds {
			runs = append(runs, output.Run{Run: k, Replicate: k, Seed: rng.Replicate(setup.Seed, k)})
		}
		base = manifestOf(s, setup, runs, 1)
	}
	if f.out == "" {
		f.out = filepath.Join("runs", fmt.Sprintf("validate-%d", f.seeds))
	}
	folder, err := study.ReserveValidation(f.out, base, texts, o, f.force)
	return setups, folder, err
}
