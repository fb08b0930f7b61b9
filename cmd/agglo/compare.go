package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/internal/text"
	"agglo/model"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/rng"
)

// compareFlags are the flags of agglo compare.
type compareFlags struct {
	drawing
	policies   []string
	pairs      string // a number, or auto
	until      string
	most       int
	replicates int          // from pairs
	enough     *study.Until // from pairs, until and most; nil = a number of pairs is given
	burnIn     int
	ticks      int
	every      int
	seed       uint64
	metrics    []string
	set        []string
	threads    int
	out        string
	resume     bool
	force      bool
	dry        bool
}

const compareLong = `compare adds each policy to the scenario, alone, and sets the result beside the scenario as it stands: pairs of worlds
with the same random draws, which differ by what the policy causes alone. It writes effects.csv (paired effects with 95%
intervals, and p-values adjusted for all that was looked at), costs.csv, pairs.csv, ledger.csv, parting.csv (where the
histories of a pair part), report.md and figures. docs/comparing.md says how to read them.

A policy is the id of an entry under options of the scenario; or an instrument (agglo policies lists them) with its
default settings: a budget of .5% of the region's value added a year for five years from the burn-in's end, for everyone;
or a YAML file with one policy or a list of them that act together. A policy without a date begins when the burn-in is over.

DIR/pairs keeps what each pair has shown. With more --replicates, or after a stop or a kill, --resume runs the pairs that are
not there yet; the tables have the same bytes as those of a comparison that had them all from the start.`

// horizon is how long policies are watched after the burn-in, in quarters, if --ticks does not say.
const horizon = 40

// newCompare makes agglo compare.
func newCompare(c *console) *cobra.Command {
	var f compareFlags
	cmd := &cobra.Command{
		Use:   "compare SCENARIO --policy P [--policy Q]...",
		Short: "Compare policies with the scenario as it stands, in pairs of worlds",
		Long:  compareLong,
		Example: "  agglo compare plain --policy subsidy --policy tax_break --policy infrastructure --replicates 10\n" +
			"  agglo compare plain --policy mine.yaml --burn-in 40 --ticks 120 -o mine --dry-run\n" +
			"  agglo compare plain --policy mine.yaml --burn-in 40 --ticks 120 -o mine\n" +
			"  agglo compare plain --policy mine.yaml --burn-in 40 --ticks 120 -o mine --replicates 50 --resume",
		ValidArgsFunction: completeScenario,
		Args:              wants(1, 1, "one SCENARIO: a built-in name or a file"),
		RunE:              func(cmd *cobra.Command, args []string) error { return compareScenario(cmd, c, &f, args[0]) },
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.policies, "policy", nil, "`P` to try: an option of the scenario, an instrument, or a YAML file; may be repeated")
	flags.StringVar(&f.pairs, "replicates", "10", "`N` pairs of worlds with different seeds; or auto: as many as --until takes")
	flags.StringVar(&f.until, "until", "", "with --replicates auto: `METRIC=PERCENT`, half width of the 95% interval when policies stop, in % of the baseline; jobs (of the target, where there is one) = .5 if not given")
	flags.IntVar(&f.most, "most", 200, "with --replicates auto: `N` pairs at most")
	flags.IntVar(&f.burnIn, "burn-in", 40, "`N` quarters before policies begin")
	flags.IntVar(&f.ticks, "ticks", 0, "quarters to run, burn-in included; the burn-in and 40 more if not given")
	flags.IntVar(&f.every, "every", 4, "look at the effects every `N` ticks")
	flags.Uint64Var(&f.seed, "seed", 0, "seed of all random draws, below 2^53; the scenario's if not given")
	flags.StringSliceVar(&f.metrics, "metrics", nil, "outcomes to look at, separated by commas; all if not given: "+strings.Join(study.Metrics(), ", "))
	addThreads(cmd, &f.threads)
	addSet(cmd, &f.set)
	flags.StringVarP(&f.out, "out", "o", "", "`DIR` to write; runs/SCENARIO-SEED-compare if not given")
	flags.BoolVar(&f.resume, "resume", false, "keep the pairs of this comparison that DIR holds, and run the others")
	flags.BoolVar(&f.force, "force", false, "write over the folder of another run")
	addDry(cmd, &f.dry)
	f.add(cmd, true)
	return cmd
}

// check finds the flags that no comparison can have, all at once, and fills in what follows from others.
func (f *compareFlags) check(cmd *cobra.Command) error {
	var faults []error
	wrong := func(format string, args ...any) { faults = append(faults, usagef(format, args...)) }
	if len(f.policies) == 0 {
		wrong("compare: want --policy P, at least once; agglo policies lists the instruments")
	}
	if err := f.checkPairs(cmd); err != nil {
		faults = append(faults, err)
	}
	if f.burnIn < 0 || f.burnIn > 4000 {
		wrong("--burn-in %d: want 0 to 4000 quarters", f.burnIn)
	}
	if !cmd.Flags().Changed("ticks") {
		f.ticks = f.burnIn + horizon
	} else if f.ticks <= f.burnIn || f.ticks > 8000 {
		wrong("--ticks %d: want more than the burn-in of %d quarters, at most 8000; --burn-in N makes that shorter", f.ticks, f.burnIn)
	}
	if f.every < 1 {
		wrong("--every %d: want 1 tick or more", f.every)
	}
	if f.seed >= 1<<53 {
		wrong("--seed %d: want a whole number below 2^53 = 9007199254740992", f.seed)
	}
	if cmd.Flags().Changed("out") && f.out == "" {
		wrong("-o: want the path of a folder")
	}
	if f.force && f.resume {
		wrong("--force does not go with --resume: one writes over what the other keeps")
	}
	for _, m := range f.metrics {
		if err := knownMetric("--metrics", m); err != nil {
			faults = append(faults, err)
		}
	}
	if err := knownLanguage(f.lang); err != nil {
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// compareScenario is agglo compare.
func compareScenario(cmd *cobra.Command, c *console, f *compareFlags, name string) error {
	err := f.check(cmd)
	threads, fault := workers(cmd, f.threads)
	if err = errors.Join(err, fault); err != nil {
		return err
	}
	s, err := load(name, f.set)
	if err != nil {
		return err
	}
	f.tellLength(cmd, c, s)
	lengthen(s, f.ticks) // dates of policies are held against this run
	setup, err := f.setup(cmd, s)
	if err != nil {
		return err
	}
	arms, err := study.ParseArms(s, setup, f.burnIn, f.policies)
	if errors.Is(err, study.ErrUnknown) || errors.Is(err, study.ErrTwice) {
		return &usageError{err}
	} else if err != nil {
		return err
	}
	f.tellNotes(c, s, arms)
	o := study.Options{Replicates: f.replicates, Ticks: f.ticks, BurnIn: f.burnIn, Every: f.every, Threads: threads, Metrics: f.metrics, Until: f.enough}
	if f.dry {
		return f.wouldRun(cmd.Context(), c, s, setup, arms, o)
	}
	if err := c.room(o.Live(setup), threads); err != nil {
		return err
	}
	folder, err := f.reserve(cmd, c, s, setup, arms, &o)
	if errors.Is(err, output.ErrOccupied) {
		return &usageError{err}
	} else if err != nil {
		return err
	}
	begun := time.Now()
	bar := newProgress(c, o.Work(arms))
	o.Watch = bar
	r, err := study.Compare(cmd.Context(), setup, arms, o)
	bar.end()
	if r == nil {
		if cmd.Context().Err() != nil && errors.Is(err, cmd.Context().Err()) {
			return fmt.Errorf("%w before the first pair of worlds was done: %s holds no tables", errStopped, f.out)
		}
		return err
	}
	if fault := folder.Write(r, time.Since(begun)); fault != nil {
		return fault
	}
	if err != nil {
		err = fmt.Errorf("%w after %d of %d pairs of worlds, which the tables of %s hold; --resume goes on", errStopped, len(r.Seeds), len(r.Seeds)+r.Unfinished, f.out)
	}
	drawn, fault := f.make(cmd.Context(), c, f.out)
	return errors.Join(err, fault, reportComparison(c, setup, r, f.out, f.lang, drawn))
}

// tellNotes tells remarks on the scenario, and policies that can do nothing.
func (f *compareFlags) tellNotes(c *console, s *scenarios.Scenario, arms []study.Arm) {
	for _, note := range s.Notes {
		c.say("note: %s", note)
	}
	for k := range arms {
		if why := arms[k].Harmless(text.English, f.ticks); why != "" {
			c.say("note: policy %s can do nothing: %s; it will show effects of 0", arms[k].ID, why)
		}
	}
}

// tellLength tells of a comparison that goes on longer than the scenario itself would, unless somebody asked for that.
func (f *compareFlags) tellLength(cmd *cobra.Command, c *console, s *scenarios.Scenario) {
	if own := int(s.Ticks.Value); own > 0 && own < f.ticks && !cmd.Flags().Changed("ticks") {
		c.say("note: %s itself ends at tick %d; it is watched until %d, %d quarters behind the burn-in: --ticks and --burn-in say otherwise", s.ID, own, f.ticks, f.ticks-f.burnIn)
	}
}

// setup resolves the scenario with the flags.
func (f *compareFlags) setup(cmd *cobra.Command, s *scenarios.Scenario) (model.Setup, error) {
	o := scenarios.Overrides{Ticks: &f.ticks}
	if cmd.Flags().Changed("seed") {
		o.Seed = &f.seed
	}
	setup, err := s.Setup(o)
	if f.out == "" {
		f.out = filepath.Join("runs", fmt.Sprintf("%s-%d-compare", s.ID, setup.Seed))
	}
	return setup, err
}

// reserve begins the folder, with the pairs that it holds if they are to be kept.
func (f *compareFlags) reserve(cmd *cobra.Command, c *console, s *scenarios.Scenario, setup model.Setup, arms []study.Arm, o *study.Options) (*study.Folder, error) {
	inputs, err := filesOf(s, filepath.Dir(cmd.Flags().Arg(0)))
	if err != nil {
		return nil, err
	}
	var runs []output.Run
	for r := range f.replicates {
		runs = append(runs, output.Run{Run: r, Replicate: r, Seed: rng.Replicate(setup.Seed, r)})
	}
	comparison := study.Comparison{BurnIn: f.burnIn, Replicates: f.replicates, Arms: arms, Metrics: f.metrics}
	base := manifestOf(s, setup, runs, f.every)
	base.Asked = wordsAsked(cmd)
	if o.Pairs, err = f.pairsThere(c, setup, arms); err != nil {
		return nil, err
	}
	folder, err := study.Reserve(f.out, base, comparison, o.Pairs, f.force)
	if err != nil && !f.resume {
		err = orResume(err, f.out, func() (*study.Pairs, error) { return f.openPairs(setup, arms, true) })
	}
	if err != nil {
		return nil, err
	}
	for path, data := range inputs {
		if err := folder.AddInput(path, data); err != nil {
			return nil, err
		}
	}
	return folder, nil
}
