package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"agglo/internal/study"
	"agglo/model"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/batch"
	"agglo/sim/checkpoint"
	"agglo/sim/rng"
)

// spread picks n of so many runs, evenly. Its step has no divisor in common with the number of replicates, so that all
// replicates have their turn.
func spread(runs, n, replicates int) (first, step, count int) {
	if n <= 0 || n >= runs {
		return 0, 1, runs
	}
	step = max(1, runs/n)
	for step > 1 && divisor(step, replicates) > 1 {
		step--
	}
	return (runs - 1 - step*(n-1)) / 2, step, n
}

// divisor is the greatest common divisor.
func divisor(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// runs verifies the folder of a run or of replicates.
func (v *verification) runs(ctx context.Context, c *console, m *output.Manifest, sample int) error {
	if m.Fingerprint() != m.Command {
		v.edited()
	}
	if err := v.by(m.Code); err != nil {
		return err
	}
	x, chosen, err := v.execution(m, sample)
	if err != nil {
		return err
	}
	if m.FromTick > 0 {
		from, err := v.checkpoint(ctx, c, x)
		if err != nil {
			return err
		}
		defer from.Close()
		if err := x.goOn(from, false); err != nil {
			return err
		}
	}
	if _, err := x.do(ctx, c); err != nil && (!errors.Is(err, errStopped) || ctx.Err() != nil) {
		return err
	}
	v.tables(m, func(name string) verified { return v.tableOfRun(m, name, x.dir, chosen) })
	return v.manifest(x.dir)
}

// execution prepares the runs of a folder, or a sample of them, into the temporary one.
func (v *verification) execution(m *output.Manifest, sample int) (*execution, []int, error) {
	s, setup, inputs, err := stored(v.Dir, m, m.Seed)
	if err != nil {
		return nil, nil, err
	}
	first, step, n := spread(len(m.Runs), sample, 1)
	var chosen []int
	var runs []output.Run
	var reached []int
	for k := range n {
		run := m.Runs[first+k*step]
		chosen, reached = append(chosen, run.Run), append(reached, run.Ticks)
		runs = append(runs, output.Run{Run: k, Replicate: k, Seed: run.Seed})
		if seed := rng.Replicate(m.Seed, run.Run); len(m.Runs) > 1 && run.Seed != seed {
			v.differs(fmt.Sprintf("runs[%d].seed", run.Run), run.Seed, seed)
		}
	}
	if len(m.Runs) == 1 {
		setup.Seed = m.Runs[0].Seed
	}
	f := runFlags{out: filepath.Join(v.temporary, "again"), every: m.Every, firmsEvery: m.FirmsEvery, tiesEvery: m.TiesEvery}
	if _, listed := m.Tables["replay.csv"]; listed {
		f.replay = m.Replay
	}
	x := f.execution(s, setup, runs, inputs)
	x.threads, x.reached, x.manifest.FromTick, x.manifest.Replay = v.threads, reached, m.FromTick, m.Replay
	x.manifest.Replicates = m.Replicates
	if len(m.Runs) == 1 && m.Runs[0].Seed == rng.Replicate(m.Seed, 0) {
		x.manifest.Seed = m.Seed // the only replicate
	}
	if err := x.changeAs(m); err != nil {
		return nil, nil, err
	}
	v.Runs, v.Of = n, len(m.Runs)
	if m.StoppedAt != nil {
		v.Notes = append(v.Notes, fmt.Sprintf("the run was stopped at tick %d of %d: it is made again as far as that", *m.StoppedAt, m.Ticks))
	}
	return x, chosen, nil
}

// tableOfRun says how a table of a run is compared. Of a sample of replicates, those tables are made again that hold rows of every
// replicate, and those of the first if it is in the sample.
func (v *verification) tableOfRun(m *output.Manifest, name, again string, chosen []int) verified {
	plain := name[:len(name)-len(filepath.Ext(name))]
	how := verified{with: again}
	perRun := slices.Contains(output.PerRun(), plain)
	switch {
	case plain == "replay" && m.Replay == 0:
		return verified{note: "the manifest does not say over how many ticks the replay was"}
	case v.Runs == v.Of:
	case perRun:
		how.keep = func(cell func(string) string) bool {
			run, err := strconv.Atoi(cell("run"))
			return err == nil && slices.Contains(chosen, run)
		}
		how.leave = []string{"run", "replicate"}
	case plain == "summary" || plain == "targets" || chosen[0] != 0:
		return verified{note: "it is of replicates that are not in the sample"}
	}
	return how
}

// checkpoint runs from the start to where the folder's run went on, and gives the state there.
func (v *verification) checkpoint(ctx context.Context, c *console, x *execution) (*checkpoint.File, error) {
	before := *x
	before.dir = filepath.Join(v.temporary, "before")
	before.manifest.FromTick, before.manifest.Ticks, before.replay, before.manifest.Replay = 0, x.manifest.FromTick, 0, 0
	before.setup.Ticks, before.keep, before.reached = x.manifest.FromTick, x.manifest.FromTick, nil
	if _, err := before.do(ctx, c); err != nil {
		return nil, err
	}
	return checkpoint.Open(filepath.Join(before.dir, output.CheckpointsDir, fmt.Sprintf("tick-%d.checkpoint", x.manifest.FromTick)))
}

// sweep verifies the folder of a sweep.
func (v *verification) sweep(ctx context.Context, c *console, m *study.SweepManifest, sample int) error {
	if len(m.Tables) == 0 {
		return fmt.Errorf("%s: the tables of the sweep are not made yet: agglo sweep --resume and agglo merge make them", v.Dir)
	}
	w, err := study.StoredSweep(m, v.Dir)
	if err != nil {
		return err
	}
	if m.Edited() {
		v.edited()
	}
	if err := v.by(m.Code); err != nil {
		return err
	}
	first, step, n := spread(w.Runs(), sample, w.Experiment.Replicates)
	v.Runs, v.Of = n, w.Runs()
	f := sweepFlags{out: filepath.Join(v.temporary, "again"), onError: "slow"}
	if n < w.Runs() {
		if f.part, err = batch.ParseIndex(fmt.Sprintf("%d-%d:%d", first, first+step*(n-1), step)); err != nil {
			return err
		}
	}
	if err := v.sweepAgain(ctx, c, w, &f, m.Sweep.Layout); err != nil {
		return err
	}
	v.tables(&m.Manifest, func(name string) verified { return v.tableOfSweep(name, &f) })
	if what := m.TextChanged(v.Dir); what != "" {
		v.Faults = append(v.Faults, what)
	}
	if m.Sweep.Missing == 0 || v.bad() == 0 {
		return v.manifest(f.out)
	}
	v.Notes = append(v.Notes, fmt.Sprintf("%d runs of the sweep are not in its tables; their rows count as missing", m.Sweep.Missing))
	return v.manifest(f.out, "complete", "sweep.missing", "sweep.failed", "tables")
}

// sweepAgain does the runs of a sweep, or a part of them, in a folder of its own.
func (v *verification) sweepAgain(ctx context.Context, c *console, w *study.Sweep, f *sweepFlags, layout string) error {
	inputs, err := filesOf(w.Experiment.Base(), filepath.Join(v.Dir, output.InputsDir))
	if err != nil {
		return err
	}
	base, err := sweepManifest(w)
	if err != nil {
		return err
	}
	now, err := w.Begin(f.out, base, inputs, nil, false)
	if err != nil {
		return err
	}
	if _, err := f.work(ctx, c, w, now, v.threads); err != nil {
		return err
	}
	_, _, err = study.MergeSweep(ctx, []string{f.out}, true, layout)
	return err
}

// tableOfSweep says how a table of a sweep is compared.
func (v *verification) tableOfSweep(name string, f *sweepFlags) verified {
	if filepath.Ext(name) != ".csv" {
		return verified{note: "its rows are those of the CSV file"}
	}
	how := verified{with: f.out}
	switch {
	case v.Runs == v.Of || name == "dictionary.csv":
	case study.OfAllRuns(name):
		return verified{note: "it is of all runs"}
	default:
		how.keep = func(cell func(string) string) bool {
			run, err := strconv.Atoi(cell("run"))
			return err == nil && f.part.Has(run)
		}
	}
	return how
}

// comparison verifies the folder of a comparison.
func (v *verification) comparison(ctx context.Context, c *console, m *study.Manifest, sample int) error {
	s, setup, inputs, err := stored(v.Dir, &m.Manifest, m.Seed)
	if err != nil {
		return err
	}
	if err := v.by(m.Code); err != nil {
		return err
	}
	pairs := len(m.Runs)
	v.Runs, v.Of = pairs, pairs
	if sample > 0 {
		v.Runs = min(sample, pairs)
	}
	o := study.Options{Replicates: v.Runs, Ticks: m.Ticks, BurnIn: m.Comparison.BurnIn, Every: m.Every, Threads: v.threads, Metrics: m.Comparison.Metrics}
	if u := m.Comparison.Until; u != nil && u.Most >= pairs && v.Runs == v.Of && m.Comparison.Unfinished == 0 {
		as := *u
		as.Most, o.Until = pairs, &as // as far as the folder went, whatever its manifest says now
	}
	bar := newProgress(c, o.Work(m.Comparison.Arms))
	o.Watch = bar
	r, err := study.Compare(ctx, setup, m.Comparison.Arms, o)
	bar.end()
	if err != nil {
		return err
	}
	again := filepath.Join(v.temporary, "again")
	if err := v.writeComparison(again, s, setup, m, r, inputs); err != nil {
		return err
	}
	v.tables(&m.Manifest, func(name string) verified {
		how := verified{with: again}
		switch {
		case v.Runs == v.Of || name == "dictionary.csv":
		case name == "pairs.csv" || name == "parting.csv":
			how.keep = func(cell func(string) string) bool {
				k, err := strconv.Atoi(cell("replicate"))
				return err == nil && k < v.Runs
			}
		default:
			return verified{note: "it is of all pairs"}
		}
		return how
	})
	return v.manifest(again)
}

// writeComparison writes the folder of a comparison that was made again as the first one was begun: with the seeds of all pairs that
// were asked for, whose number its manifest must fit.
func (v *verification) writeComparison(dir string, s *scenarios.Scenario, setup model.Setup, m *study.Manifest, r *study.Result, inputs map[string][]byte) error {
	var runs []output.Run
	for k := range min(max(m.Comparison.Replicates, len(r.Seeds)), 100_000) {
		runs = append(runs, output.Run{Run: k, Replicate: k, Seed: rng.Replicate(setup.Seed, k)})
	}
	began := manifestOf(s, setup, runs, m.Every)
	folder, err := study.Reserve(dir, began, m.Comparison, nil, false)
	if err != nil {
		return err
	}
	for path, data := range inputs {
		if err := folder.AddInput(path, data); err != nil {
			return err
		}
	}
	if r.Unfinished = m.Comparison.Unfinished; m.Comparison.Until == nil {
		r.Unfinished = m.Comparison.Replicates - v.Of
	}
	if r.Until = m.Comparison.Until; r.Until != nil && m.Comparison.Replicates != r.Until.Most {
		v.differs("comparison.replicates", m.Comparison.Replicates, r.Until.Most)
	}
	if err := folder.Write(r, 0); err != nil {
		return err
	}
	made, err := output.Open(dir)
	if err != nil {
		return err
	}
	was := m.Manifest
	if was.Runs = runs; was.Fingerprint() != m.Command {
		v.edited()
	}
	if a, b := lastLine(m.ScenarioYAML), lastLine(made.ScenarioYAML); a != b { // which policies, from when
		v.differs("scenario_yaml", a, b)
	}
	return nil
}

// lastLine is the last line of a text.
func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}
