package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/model"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/checkpoint"
	"agglo/sim/param"
	"agglo/sim/rng"
)

// runFlags are the flags of agglo run.
type runFlags struct {
	drawing
	out        string
	seed       uint64
	ticks      int
	threads    int
	set        []string
	policies   []string
	bare       bool // without the scenario's own policies
	replicates int
	every      int
	checkpoint int
	from       string
	force      bool
	replay     int
	firms      string // every:N
	ties       string
	firmsEvery int // from firms
	tiesEvery  int
}

const runLong = `run simulates a scenario and writes a run folder: tables (CSV), manifest.json, figures. Without -o the folder is
runs/SCENARIO-SEED. A folder of the very same run is written anew; one of another run only with --force; a folder that is
no run folder never. Ctrl-C stops between two ticks and keeps what is done.

With --replicates N the scenario runs N times with seeds made from the seed; tables of series hold all of them, maps the
first.

With --firms every:N the tables firms, cells and cluster_cells hold every N-th tick, not the start and the end alone; with
--ties every:N so does ties. agglo export makes animations and files with time of them. A firm and tick is about 90 bytes.

With --checkpoint N the folder gets checkpoints/tick-T.checkpoint every N ticks, and one when Ctrl-C stops the run. --from
FILE goes on from such a file: the same scenario, parameters and program, which is checked, and the seed of the file. The
ticks behind it are those of the run without a break, to the last bit. The folder, runs/SCENARIO-SEED-from-T without -o,
has the rows of the series behind tick T, and firms and cells at T and at the end.

--set PATH=VALUE@TICK gives a parameter of the rules another value from the tick behind TICK on. --policy adds a policy to
those of the scenario.

DIR#RUN runs a stored run again, from the scenario, the parameters and the seed in the manifest of the folder DIR. If the
manifest was edited by hand, a warning says in what, and what it holds now is run. Of a sweep it runs the run of that number without the
policies that the sweep adds.`

// newRun makes agglo run.
func newRun(c *console) *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run SCENARIO | DIR#RUN",
		Short: "Run a scenario and write tables and figures",
		Long:  runLong,
		Example: "  agglo run plain --ticks 80\n  agglo run silicon-valley --seed 7 -o valley\n  agglo run plain --replicates 10 --set trust.loss=.6 -o ten\n  agglo run valley#0\n" +
			"  agglo run plain --checkpoint 40 -o long\n  agglo run plain --from long/checkpoints/tick-40.checkpoint --ticks 200",
		Args: wants(1, 1, "one SCENARIO: a built-in name, a file, or DIR#RUN"),
		RunE: func(cmd *cobra.Command, args []string) error { return runScenario(cmd, c, &f, args[0]) },

		ValidArgsFunction: completeScenario,
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.out, "out", "o", "", "`DIR` to write; runs/SCENARIO-SEED if not given")
	flags.Uint64Var(&f.seed, "seed", 0, "seed of all random draws, below 2^53; the scenario's if not given")
	flags.IntVar(&f.ticks, "ticks", 0, "quarters to run; the scenario's if not given")
	addThreads(cmd, &f.threads)
	addSet(cmd, &f.set)
	flags.StringArrayVar(&f.policies, "policy", nil, "add a policy: a YAML `FILE`, or its text such as '{id: p, instrument: subsidy, from: 2005, to: 2010}'; may be repeated")
	flags.BoolVar(&f.bare, "no-policies", false, "leave out the scenario's own policies; those of --policy stay")
	flags.IntVar(&f.replicates, "replicates", 0, "run `N` times with different seeds")
	flags.IntVar(&f.every, "every", 1, "write a row of the series every `N` ticks; changes no other number")
	flags.StringVar(&f.firms, "firms", "", "write the map of firms, cells and clusters `every:N` ticks too, for animations and exports with time; start and end if not given")
	flags.StringVar(&f.ties, "ties", "", "write the network of ties `every:N` ticks too; the end if not given")
	flags.IntVar(&f.replay, "replay", 0, "at the end, run the next `N` quarters again with channels of nearness cut: what causes synergy; 8 is usual")
	flags.IntVar(&f.checkpoint, "checkpoint", 0, "write a file to go on from every `N` ticks")
	flags.StringVar(&f.from, "from", "", "go on from a checkpoint `FILE`; --ticks counts from the start of the run")
	flags.BoolVar(&f.force, "force", false, "write over the folder of another run")
	f.add(cmd, true)
	return cmd
}

// check finds the flags that no run can have, all at once.
func (f *runFlags) check(cmd *cobra.Command) error {
	var faults []error
	wrong := func(format string, args ...any) { faults = append(faults, usagef(format, args...)) }
	given := cmd.Flags().Changed
	if f.seed >= 1<<53 {
		wrong("--seed %d: want a whole number below 2^53 = 9007199254740992", f.seed)
	}
	if given("ticks") && (f.ticks < 0 || f.ticks > 4000) {
		wrong("--ticks %d: want 0 to 4000 quarters", f.ticks)
	}
	if given("replicates") && (f.replicates < 1 || f.replicates > 100_000) {
		wrong("--replicates %d: want 1 to 100000", f.replicates)
	}
	if given("replay") && (f.replay < study.ReplayYear || f.replay > 400) {
		wrong("--replay %d: want %d to 400 quarters", f.replay, study.ReplayYear)
	}
	faults = append(faults, everyOf("firms", f.firms, &f.firmsEvery), everyOf("ties", f.ties, &f.tiesEvery))
	if f.every < 1 {
		wrong("--every %d: want 1 tick or more", f.every)
	}
	if given("checkpoint") && f.checkpoint < 1 {
		wrong("--checkpoint %d: want 1 tick or more", f.checkpoint)
	}
	if _, later, err := changes(f.set); err != nil {
		faults = append(faults, err)
	} else if len(later) > 0 && (given("checkpoint") || given("from") || given("replay")) {
		wrong("--set %s does not go with --checkpoint, --from or --replay, which are of one set of parameters", later[0])
	}
	for _, flag := range []string{"checkpoint", "from"} {
		if given(flag) && given("replicates") {
			wrong("--%s does not go with --replicates: a checkpoint is of one run", flag)
		}
	}
	if given("out") && f.out == "" {
		wrong("-o: want the path of a folder")
	}
	if err := knownLanguage(f.lang); err != nil {
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// runScenario is agglo run.
func runScenario(cmd *cobra.Command, c *console, f *runFlags, name string) error {
	err := f.check(cmd)
	threads, fault := workers(cmd, f.threads)
	if err = errors.Join(err, fault); err != nil {
		return err
	}
	file, err := f.open()
	if err != nil {
		return err
	}
	if file != nil {
		defer file.Close()
	}
	s, x, err := f.prepare(cmd, name, file)
	if err != nil {
		return err
	}
	x.threads, x.manifest.Asked = threads, wordsAsked(cmd)
	for _, note := range s.Notes {
		if !strings.HasPrefix(note, "warning: ") {
			note = "note: " + note
		}
		c.say("%s", note)
	}
	if err := x.room(c); err != nil {
		return err
	}
	c.detail("%s: %s, %s, %s, folder %s", s.ID, count(x.setup.Ticks, "tick"), count(len(x.manifest.Runs), "run"), count(threads, "thread"), x.dir)
	m, err := x.do(cmd.Context(), c)
	if errors.Is(err, output.ErrOccupied) {
		return &usageError{err}
	} else if err != nil {
		return err
	}
	drawn, err := f.make(cmd.Context(), c, x.dir)
	if err != nil {
		return err
	}
	if err := summarise(c, s, m, x.dir, drawn); err != nil {
		return err
	}
	return printEarly(c, s, x)
}

// prepare resolves scenario, seeds and folder.
func (f *runFlags) prepare(cmd *cobra.Command, name string, from *checkpoint.File) (*scenarios.Scenario, *execution, error) {
	if dir, number, yes := storedRun(name); yes {
		if from != nil {
			return nil, nil, usagef("--from goes with a scenario, not with DIR#RUN: the checkpoint is of one run already")
		}
		return f.again(cmd, dir, number)
	}
	whole, later, err := changes(f.set)
	if err != nil {
		return nil, nil, err
	}
	s, err := load(name, whole)
	if err != nil {
		return nil, nil, err
	}
	if f.bare {
		s.Policies = nil
	}
	if err := addPolicies(s, f.policies, f.ticks); err != nil {
		return nil, nil, err
	}
	inputs, err := filesOf(s, filepath.Dir(name))
	if err != nil {
		return nil, nil, err
	}
	var o scenarios.Overrides
	if cmd.Flags().Changed("seed") {
		o.Seed = &f.seed
	}
	if from != nil && o.Seed == nil {
		o.Seed = &from.Seed
	}
	if cmd.Flags().Changed("ticks") {
		o.Ticks = &f.ticks
	}
	setup, err := s.Setup(o)
	if err != nil {
		return nil, nil, err
	}
	var runs []output.Run
	for r := range f.replicates {
		runs = append(runs, output.Run{Run: r, Replicate: r, Seed: rng.Replicate(setup.Seed, r)})
	}
	if f.replicates == 0 {
		runs = []output.Run{{Seed: setup.Seed}}
	}
	x := f.execution(s, setup, runs, inputs)
	if err := errors.Join(x.change(later), reached(later, setup.Ticks)); err != nil {
		return nil, nil, &usageError{err}
	}
	if from != nil {
		if err = x.goOn(from, f.out == ""); err == nil {
			err = f.apart(x.dir)
		}
	}
	return s, x, err
}

// execution puts together what is to be run.
func (f *runFlags) execution(s *scenarios.Scenario, setup model.Setup, runs []output.Run, inputs map[string][]byte) *execution {
	dir := f.out
	if dir == "" {
		dir = filepath.Join("runs", fmt.Sprintf("%s-%d", s.ID, setup.Seed))
	}
	m := manifestOf(s, setup, runs, f.every)
	m.FirmsEvery, m.TiesEvery, m.Replay = f.firmsEvery, f.tiesEvery, f.replay
	return &execution{
		setup: setup, manifest: m, inputs: inputs, wanted: study.Wanted(s, &setup.Setting), credits: study.Credits(s),
		dir: dir, force: f.force, keep: f.checkpoint, replay: f.replay,
	}
}

// everyOf reads every:N of the flags --firms and --ties.
func everyOf(flag, given string, to *int) error {
	if given == "" {
		return nil
	}
	number, yes := strings.CutPrefix(given, "every:")
	n, err := strconv.Atoi(number)
	if !yes || err != nil || n < 1 {
		return usagef("--%s %s: want every:N, a whole number of ticks from 1 on, such as every:4", flag, given)
	}
	*to = n
	return nil
}

// manifestOf is what is known of a run before it begins.
func manifestOf(s *scenarios.Scenario, setup model.Setup, runs []output.Run, every int) output.Manifest {
	set := &setup.Setting
	money := set.Currency
	params := map[string]any{}
	for _, p := range param.Flat(setup.Params) {
		params[p.Path] = p.Value
	}
	return output.Manifest{
		Scenario: s.ID, Title: languages(s.Title), Start: output.Quarter(set.Start), TickYears: .25, Ticks: setup.Ticks,
		Every: every, Seed: setup.Seed, Runs: runs, Scale: set.Scale,
		Currency: output.Currency{Code: money.Code, PriceYear: money.PriceYear, LabourCost: money.LabourCost},
		Conversion: fmt.Sprintf("money in the tables is in worker-years; one worker-year is %v %s at the prices of %d",
			money.LabourCost, money.Code, money.PriceYear),
		Params: params, ScenarioYAML: string(s.YAML()), Code: version(), Notes: s.Notes,
		Started: time.Now().UTC().Format(time.RFC3339),
	}
}

// storedRun tells DIR#RUN from a name of a scenario.
func storedRun(name string) (dir, number string, yes bool) {
	k := strings.LastIndexByte(name, '#')
	if k <= 0 {
		return "", "", false
	}
	return name[:k], name[k+1:], true
}
