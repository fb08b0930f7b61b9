package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/checkpoint"
	"agglo/sim/rng"
)

// claimsFlags are the flags of agglo claims.
type claimsFlags struct {
	drawing
	replicates int
	seed       uint64
	set        []string
	threads    int
	out        string
	list       bool
	resume     bool
	force      bool
	uncapped   bool
	dry        bool
}

const claimsLong = `claims puts the thirty claims of the article behind agglo to the test: pairs of worlds with the same random draws, which
differ by what the claim speaks of alone. Arms, outcomes, horizons, expected signs and smallest effects of interest were
written down before the first run (agglo claims --list). A claim is supported or contradicted when the whole 95% interval lies
beyond the smallest effect, of no effect worth naming when it lies inside, and undecided else; a contradicted claim is a
result, not a failure. It writes claims.csv, claims.md (a page with the table) and a figure, with C30 also menu.csv (each
instrument of its menu, ranked). docs/claims.md says how to read it.

With the default of 50 replicates, at most 20 of the tests on real cases, all of it takes about twenty minutes on two
cores; --uncapped gives those as many as the others. Names after the command restrict it to these claims, or to single tests of them.
DIR/pairs keeps what each pair has shown: with more --replicates, or after a stop or a kill, --resume runs the pairs that are not
there yet.

--set gives a value of the model, or of the scenarios, in all arms of all tests: do the verdicts hang on it? An arm that sets it by itself,
because the claim speaks of it, stands above; claims.md says so. Horizons are the tests' own, so there is no --ticks.`

// claimReplicates is how many pairs of worlds a test gets if --replicates does not say.
const claimReplicates = 50

// newClaims makes agglo claims.
func newClaims(c *console) *cobra.Command { return new(claimsFlags).command(c) }

// command makes agglo claims with these flags.
func (f *claimsFlags) command(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "claims [CLAIM...]",
		Short: "Put the article's thirty claims to the test, in pairs of worlds",
		Long:  claimsLong,
		Example: "  agglo claims --list\n  agglo claims --dry-run\n  agglo claims -o runs/claims\n  agglo claims --replicates 10 C2 C3b C25 -o some\n" +
			"  agglo claims --set knowledge.imitation=.1 --replicates 20 C2 C25 -o quicker\n" +
			"  agglo claims --replicates 40 C2 C3b C25 -o some --resume",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return claimIDs(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error { return testClaims(cmd, c, f, args) },
	}
	flags := cmd.Flags()
	flags.IntVar(&f.replicates, "replicates", claimReplicates, "`N` pairs of worlds of each test, with different seeds")
	flags.Uint64Var(&f.seed, "seed", 0, "seed of all random draws, below 2^53; the scenarios' if not given")
	flags.BoolVar(&f.list, "list", false, "list the tests and run nothing")
	flags.BoolVar(&f.uncapped, "uncapped", false, "as many pairs of the tests on real cases as of the others, not 16 or 20 of them at most")
	addThreads(cmd, &f.threads)
	addSet(cmd, &f.set)
	flags.StringVarP(&f.out, "out", "o", "", "`DIR` to write; runs/claims-REPLICATES if not given")
	flags.BoolVar(&f.resume, "resume", false, "keep the pairs of these tests that DIR holds, and run the others")
	flags.BoolVar(&f.force, "force", false, "write over the folder of another run")
	addDry(cmd, &f.dry)
	f.add(cmd, true)
	return cmd
}

// claimIDs lists the ids of the tests.
func claimIDs() []string {
	claims, err := study.ReadClaims()
	if err != nil {
		return nil // told when the command runs
	}
	var ids []string
	for _, t := range claims.Tests {
		ids = append(ids, t.ID)
	}
	return ids
}

// chosen checks flags and names, and finds the tests.
func (f *claimsFlags) chosen(cmd *cobra.Command, ids []string) ([]study.ClaimTest, error) {
	var faults []error
	wrong := func(format string, args ...any) { faults = append(faults, usagef(format, args...)) }
	if f.replicates < 1 || f.replicates > 100_000 {
		wrong("--replicates %d: want 1 to 100000", f.replicates)
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
	if f.resume && f.out == "" {
		wrong("--resume: want the folder to go on in, -o DIR")
	}
	claims, err := study.ReadClaims()
	if err != nil {
		return nil, err
	}
	tests, err := claims.Choose(ids)
	if err != nil {
		wrong("claims: %w", err)
	}
	if f.uncapped {
		for k := range tests {
			tests[k].Most = 0
		}
	}
	return tests, errors.Join(append(faults, knownLanguage(f.lang))...)
}

// testClaims is agglo claims.
func testClaims(cmd *cobra.Command, c *console, f *claimsFlags, ids []string) error {
	tests, err := f.chosen(cmd, ids)
	threads, fault := workers(cmd, f.threads)
	if err = errors.Join(err, fault); err != nil {
		return err
	}
	if f.list {
		return listClaims(c, tests)
	}
	given, err := f.given(cmd, tests)
	if err != nil {
		return err
	}
	plan, err := planClaims(cmd.Context(), c, tests, given)
	if err != nil {
		return err
	}
	if f.out == "" {
		f.out = filepath.Join("runs", fmt.Sprintf("claims-%d", f.replicates))
	}
	if f.dry {
		return f.wouldRun(cmd.Context(), c, tests, plan, given, threads)
	}
	if err := c.room(plan.Live(f.replicates), threads); err != nil {
		return err
	}
	folder, pairs, err := f.reserve(cmd, c, tests, given)
	if errors.Is(err, output.ErrOccupied) {
		return &usageError{err}
	} else if err != nil {
		return err
	}
	begun := time.Now()
	bar := newProgress(c, plan.Work(f.replicates, pairs))
	r, err := plan.Run(cmd.Context(), study.ClaimOptions{Replicates: f.replicates, Threads: threads, Pairs: pairs, Watch: bar})
	bar.end()
	if r == nil {
		return err
	}
	if err != nil && !slices.ContainsFunc(r.Results, func(x study.ClaimResult) bool { return x.Pairs > 0 }) {
		return fmt.Errorf("%w before the first pair of worlds was done: %s holds no tables", errStopped, f.out)
	}
	if fault := folder.Write(r, time.Since(begun)); fault != nil {
		return fault
	}
	if err != nil {
		err = fmt.Errorf("%w: the tables of %s hold the pairs that are done; --resume goes on", errStopped, f.out)
	}
	drawn, fault := f.make(cmd.Context(), c, f.out)
	return errors.Join(err, fault, reportClaims(c, r, f.out, drawn, time.Since(begun)))
}

// given are the values that the command line gives to all arms of all tests. Each must be one of all their scenarios: mistakes come back at
// once, those of several scenarios once.
func (f *claimsFlags) given(cmd *cobra.Command, tests []study.ClaimTest) (given scenarios.Given, err error) {
	if cmd.Flags().Changed("seed") {
		given.Seed = &f.seed
	}
	var faults []error
	given.Set, faults = settings(f.set)
	for _, one := range given.Set {
		if strings.TrimPrefix(one.Path, "scenario.") == "ticks" {
			faults = append(faults, usagef("--set %s=%s: each test has a horizon of its own, which was fixed before the first run", one.Path, one.Value))
		}
	}
	if len(faults) > 0 || len(given.Set) == 0 {
		return given, errors.Join(faults...)
	}
	said := map[string]bool{}
	for _, world := range study.ClaimScenarios(tests) {
		if _, err := load(world, f.set); err != nil && !said[err.Error()] {
			said[err.Error()] = true
			faults = append(faults, fmt.Errorf("in the world %s of these tests: %w", world, err))
		}
	}
	return given, errors.Join(faults...)
}

// planClaims makes the worlds of the tests and tells how far it is.
func planClaims(ctx context.Context, c *console, tests []study.ClaimTest, given scenarios.Given) (*study.ClaimsPlan, error) {
	bar := newSteps(c, len(tests), "test")
	defer bar.end()
	plan, err := study.PlanClaims(ctx, tests, given, bar.step)
	if err != nil && ctx.Err() != nil {
		err = fmt.Errorf("%w before the first run; nothing has been written", errStopped)
	}
	return plan, err
}

// manifest is what is known before the runs.
func (f *claimsFlags) manifest(cmd *cobra.Command, tests []study.ClaimTest, given scenarios.Given) (base output.Manifest, err error) {
	world := "plain"
	ticks := 0
	for _, t := range tests {
		world = t.Scenario
		ticks = max(ticks, t.Branch+t.Horizon)
	}
	s, err := load(world, f.set)
	if err != nil {
		return base, err
	}
	setup, err := s.Setup(scenarios.Overrides{Seed: given.Seed, Ticks: &ticks})
	if err != nil {
		return base, err
	}
	var runs []output.Run
	for k := range f.replicates {
		runs = append(runs, output.Run{Run: k, Replicate: k, Seed: rng.Replicate(setup.Seed, k)})
	}
	base = manifestOf(s, setup, runs, 1)
	base.Asked = wordsAsked(cmd)
	if f.uncapped {
		base.ScenarioYAML += "# Uncapped.\n" // a remark, by which the folder's fingerprint tells it from another one
	}
	return base, nil
}

// reserve begins the folder, with the pairs that it holds if they are to be kept.
func (f *claimsFlags) reserve(cmd *cobra.Command, c *console, tests []study.ClaimTest, given scenarios.Given) (*study.ClaimsFolder, *study.ClaimPairs, error) {
	base, err := f.manifest(cmd, tests, given)
	if err != nil {
		return nil, nil, err
	}
	pairs, err := f.openPairs(tests, given, f.resume)
	if err == nil {
		err = tellKept(c, f.out, pairs, f.replicates)
	}
	if err != nil {
		return nil, nil, err
	}
	folder, err := study.ReserveClaims(f.out, base, tests, given.Set, f.replicates, pairs, f.force)
	if err != nil && !f.resume {
		err = orResume(err, f.out, func() (*study.ClaimPairs, error) { return f.openPairs(tests, given, true) })
	}
	return folder, pairs, err
}

// openPairs makes the store of pairs in the folder, with those that are there if read is set. The tests and their worlds are the program's.
func (f *claimsFlags) openPairs(tests []study.ClaimTest, given scenarios.Given, read bool) (*study.ClaimPairs, error) {
	code, err := exactly()
	if err != nil {
		return nil, err
	}
	return study.OpenClaimPairs(f.out, code.Version, append([]checkpoint.Fact{{Name: "program", Value: code.Rules}}, f.facts(tests, given)...), read)
}

// facts are what decides on a pair beside the program.
func (f *claimsFlags) facts(tests []study.ClaimTest, given scenarios.Given) []checkpoint.Fact {
	ids := make([]string, len(tests))
	for k := range tests {
		ids[k] = tests[k].ID
	}
	from := "the scenarios'"
	if given.Seed != nil {
		from = fmt.Sprint(*given.Seed)
	}
	set := "nothing"
	if len(f.set) > 0 {
		set = strings.Join(f.set, " ")
	}
	return []checkpoint.Fact{{Name: "tests", Value: strings.Join(ids, " ")}, {Name: "seed", Value: from}, {Name: "--set", Value: set},
		{Name: "--uncapped", Value: fmt.Sprint(f.uncapped)}}
}

// wouldRun is --dry-run.
func (f *claimsFlags) wouldRun(ctx context.Context, c *console, tests []study.ClaimTest, plan *study.ClaimsPlan, given scenarios.Given, threads int) error {
	pairs, err := f.openPairs(tests, given, f.resume)
	if err == nil {
		err = tellKept(c, f.out, pairs, f.replicates)
	}
	if err != nil {
		return err
	}
	e, err := plan.Estimate(ctx, study.ClaimOptions{Replicates: f.replicates, Threads: threads, Pairs: pairs}, pilotTime)
	if err != nil {
		return err
	}
	d := dryRun{
		Estimate: e, Kept: pairs.Held(f.replicates), Dir: f.out, of: "world", less: "; a world is run with all that branches from it", Files: study.ClaimFiles(tests),
		What: fmt.Sprintf("%s in %s, %s of each at most", count(len(tests), "test"), count(plan.Worlds(), "kind")+" of worlds", count(f.replicates, "pair")),
	}
	return d.tell(c, !f.noPlots)
}
