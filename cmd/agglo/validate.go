package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
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
	effects bool
	dry     bool
}

const validateLong = `validate holds the model against stylised facts of the literature: 60 years of two worlds, plain and forty (plain with
forty sectors), under as many seeds as asked for. Of every fact it prints the statistic, its 95% interval over seeds, the
band in which published values lie, and whether the statistic is in it. Bands, definitions and roles were written down
before; docs/validation.md tells them. A fact that is missed is a result, not a failure: the exit code is 0.

calibrated facts were in view when parameters were chosen, held_out ones were not; conditional ones would have been, had the
calibrated ones stayed in band; reported ones have no band.

Then it holds the model against published effects of cluster policy, signs, orderings and nulls: instruments are tried in
worlds of ten years' standing, and treated firms are compared with others as the studies do, before and after. --effects does
that alone. Names of facts (T1a) and of published effects (E24b) after the command restrict it to them, and to the worlds
that they need.

--switches asks another question: what becomes of clusters on the plain when founders do not stay near, nobody sees
successes, sites are chosen by taste, and so on, one by one under the same seeds.`

// newValidate makes agglo validate.
func newValidate(c *console) *cobra.Command { return new(validateFlags).command(c) }

// command makes agglo validate with these flags.
func (f *validateFlags) command(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "validate [FACT|EFFECT...]",
		Short:   "Hold the model against stylised facts and published effects of policy, with intervals over seeds",
		Long:    validateLong,
		Example: "  agglo validate --dry-run\n  agglo validate --seeds 30 -o runs/validation\n  agglo validate --seeds 8 T1a T5a T5b\n  agglo validate --seeds 8 --set demography.stay=0 T13a T19a -o runs/anywhere\n  agglo validate --effects --seeds 30\n  agglo validate --switches --seeds 8",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return slices.Concat(factIDs(), study.PublishedIDs()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error { return validate(cmd, c, f, args) },
	}
	flags := cmd.Flags()
	flags.IntVar(&f.seeds, "seeds", 30, "`N` runs of each world, with different seeds")
	flags.IntVar(&f.ticks, "ticks", 0, "measure facts after `N` quarters, not after their 240: for a look; bands are meant for 240")
	flags.Uint64Var(&f.seed, "seed", 0, "seed from which those of the runs are made, below 2^53; the scenarios' if not given")
	addThreads(cmd, &f.threads)
	addSet(cmd, &f.set)
	flags.StringVarP(&f.out, "out", "o", "", "`DIR` to write; runs/validate-SEEDS if not given")
	flags.BoolVar(&f.effects, "effects", false, "published effects of policy alone")
	flags.BoolVar(&f.off, "switches", false, "switch assumptions about location off one by one, and tell what becomes of clusters")
	flags.BoolVar(&f.force, "force", false, "write over the folder of another run")
	addDry(cmd, &f.dry)
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
	switch {
	case f.off && (len(ids) > 0 || f.effects):
		wrong("validate: --switches does not go with facts or effects")
	case f.effects && cmd.Flags().Changed("ticks"):
		wrong("validate: --ticks does not go with --effects: each is told after its own years")
	case f.effects && slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(factIDs(), id) }):
		wrong("validate: --effects does not go with facts: without it, names choose of both")
	}
	if f.seed >= 1<<53 {
		wrong("--seed %d: want a whole number below 2^53 = 9007199254740992", f.seed)
	}
	if cmd.Flags().Changed("out") && f.out == "" {
		wrong("-o: want the path of a folder")
	}
	known := slices.Concat(factIDs(), study.PublishedIDs())
	for _, id := range ids {
		if !slices.Contains(known, id) {
			hint := ""
			if near, ok := param.Nearest(id, known); ok {
				hint = ": did you mean " + near + "?"
			}
			wrong("validate: there is no fact or effect %s%s (known: %s)", id, hint, strings.Join(known, ", "))
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
	v := f.choose(cmd, ids, threads)
	texts := map[string]string{} // of the worlds
	base, err := v.resolve(cmd, texts)
	if err != nil {
		return err
	}
	if f.dry {
		return v.wouldRun(cmd.Context(), c)
	}
	if err := v.reserve(cmd, c, base, texts); errors.Is(err, output.ErrOccupied) {
		return &usageError{err}
	} else if err != nil {
		return err
	}
	begun := time.Now()
	r, p, err := v.run(cmd.Context(), c)
	switch {
	case r == nil && p == nil && cmd.Context().Err() != nil:
		return fmt.Errorf("%w before the first run was done; %s holds no tables", errStopped, f.out)
	case r == nil && p == nil:
		return err
	}
	took := time.Since(begun)
	if fault := v.folder.Write(r, p, took); fault != nil {
		return fault
	}
	if err != nil {
		err = fmt.Errorf("%w: the tables of %s hold the runs that are done", errStopped, f.out)
	}
	files, fault := f.make(cmd.Context(), c, f.out)
	return errors.Join(err, fault, reportValidation(c, r, p, f, took, files))
}

// A validation is what a call of agglo validate is to do, resolved.
type validation struct {
	*validateFlags
	facts     study.ValidateOptions  // None: no facts
	effects   study.PublishedOptions // Seeds 0: no effects
	setups    map[string]model.Setup // of facts
	worked    int                    // ticks of effects, for progress
	folder    *study.ValidateFolder
	published []study.PublishedEffect
}

// choose sorts the names: those of facts, those of effects, or all of both. With --ticks alone, facts alone are meant.
func (f *validateFlags) choose(cmd *cobra.Command, ids []string, threads int) *validation {
	v := &validation{validateFlags: f}
	for _, id := range ids {
		if slices.Contains(factIDs(), id) {
			v.facts.Only = append(v.facts.Only, id)
		} else {
			v.effects.Only = append(v.effects.Only, id)
		}
	}
	v.facts.Seeds, v.facts.Ticks, v.facts.Threads = f.seeds, f.ticks, threads
	v.facts.None = f.effects || len(ids) > 0 && len(v.facts.Only) == 0
	if len(v.effects.Only) > 0 || len(ids) == 0 && !cmd.Flags().Changed("ticks") {
		v.effects.Seeds, v.effects.Threads = f.seeds, threads
		v.effects.Set = func(s *scenarios.Scenario) error { return apply(s, f.set) }
		if cmd.Flags().Changed("seed") {
			v.effects.Seed = &f.seed
		}
	}
	return v
}

// run holds the model against facts and then against effects.
func (v *validation) run(ctx context.Context, c *console) (r *study.Validation, p *study.PublishedRun, err error) {
	work := v.worked
	if !v.facts.None {
		work += study.ValidateWork(v.facts)
	}
	bar := newProgress(c, work)
	defer bar.end()
	v.facts.Watch, v.effects.Watch = bar, bar
	if !v.facts.None {
		r, err = study.Validate(ctx, v.setups, v.facts)
	}
	if err == nil && v.effects.Seeds > 0 {
		p, err = study.RunPublished(ctx, v.effects)
	}
	return r, p, err
}

// resolve makes the worlds ready that facts and effects need, with the flags, and names the folder. It gives what is known of the work before
// it is done, and in texts the scenarios of the worlds by id.
func (v *validation) resolve(cmd *cobra.Command, texts map[string]string) (base output.Manifest, err error) {
	f := v.validateFlags
	if v.effects.Seeds > 0 {
		p, err := study.ReadPublished(v.effects.Only)
		if err != nil {
			return base, err
		}
		var setup model.Setup
		if v.worked, setup, err = study.PublishedWork(v.effects); err != nil {
			return base, err
		}
		s, err := load(p.Scenario, f.set)
		if err != nil {
			return base, err
		}
		v.published, texts["effects"] = p.Effects, string(s.YAML())+p.Add+"\n"
		base = manifestOf(s, setup, f.runs(setup), 1)
		base.Ticks = setup.Ticks
	}
	if !v.facts.None {
		if base, err = v.worlds(cmd, texts); err != nil {
			return base, err
		}
	}
	if f.out == "" {
		name := "validate"
		if f.effects {
			name = "effects"
		}
		f.out = filepath.Join("runs", fmt.Sprintf("%s-%d", name, f.seeds))
	}
	return base, nil
}

// reserve begins the folder, if there is room for the worlds.
func (v *validation) reserve(cmd *cobra.Command, c *console, base output.Manifest, texts map[string]string) error {
	live, err := v.effects.Live()
	if err != nil {
		return err
	}
	if err := c.room(slices.Concat(study.ValidateLive(v.setups, v.facts), live), v.facts.Threads); err != nil {
		return err
	}
	base.Asked = wordsAsked(cmd)
	v.folder, err = study.ReserveValidation(v.out, base, texts, v.facts, v.published, v.force)
	return err
}

// runs lists a run for every seed.
func (f *validateFlags) runs(setup model.Setup) []output.Run {
	var runs []output.Run
	for k := range f.seeds {
		runs = append(runs, output.Run{Run: k, Replicate: k, Seed: rng.Replicate(setup.Seed, k)})
	}
	return runs
}

// worlds resolves the worlds of the facts.
func (v *validation) worlds(cmd *cobra.Command, texts map[string]string) (base output.Manifest, err error) {
	facts, _, err := study.Facts()
	if err != nil {
		return base, err
	}
	if len(v.facts.Only) > 0 {
		facts = slices.DeleteFunc(facts, func(x study.Fact) bool { return !slices.Contains(v.facts.Only, x.ID) })
	}
	v.setups = map[string]model.Setup{}
	for _, id := range study.WorldsOf(facts) {
		s, err := load(id, v.set)
		if err != nil {
			return base, err
		}
		var over scenarios.Overrides
		if cmd.Flags().Changed("seed") {
			over.Seed = &v.seed
		}
		setup, err := s.Setup(over)
		if err != nil {
			return base, err
		}
		v.setups[id], texts[id] = setup, string(s.YAML())
		base = manifestOf(s, setup, v.runs(setup), 1)
	}
	return base, nil
}

// wouldRun is --dry-run.
func (v *validation) wouldRun(ctx context.Context, c *console) error {
	e, err := study.EstimateValidation(ctx, v.setups, v.facts, v.effects, pilotTime)
	if err != nil {
		return err
	}
	var what []string
	for _, id := range slices.Sorted(maps.Keys(v.setups)) {
		what = append(what, "facts on "+id)
	}
	if n := len(v.published); n > 0 {
		what = append(what, count(n, "published effect"))
	}
	d := dryRun{Estimate: e, Dir: v.out, of: "run", Files: study.ValidationFiles(!v.facts.None, v.effects.Seeds > 0),
		What: fmt.Sprintf("%s, %s each", strings.Join(what, ", "), count(v.seeds, "seed"))}
	return d.tell(c, !v.noPlots)
}
