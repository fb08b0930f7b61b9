package main

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/internal/text"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/design"
)

const sensitivityLong = `sensitivity says which factors of an experiment matter for which outcome: for the mean over seeds, and for the variance between
seeds. The file is that of agglo sweep (scenario, set, factors, replicates, seed, ticks, burn_in, policies, metrics, report: {at});
it makes its own designs, so design: is read for its seed, and for n if kind is morris (trajectories) or saltelli (base points).

  screen   Morris: trajectories through all factors; mu_star, the mean size of effects, and sigma, curves and interactions
  shares   Sobol': S1 and ST, shares of the variance over the factors that survive the screening; the others stay at their middle
           (base: of a factor, else its median)
  ends     each factor alone at its low and its high end: a tornado

A factor survives if its mu_star on some outcome is at least --keep of the largest there. All points run under the same seeds
(seeds: common), so that they differ by their values. Intervals are bootstraps of trajectories and base points. A trajectory or
base point with a failed run is left out, and told.

DIR gets sensitivity.csv (stage,policy,tick,metric,statistic,factor,index,value,lo,hi), factors.csv, tornado.csv, report.md and
figures; rounds/ holds every run, and work that was stopped goes on with --resume. No result depends on --threads.` + failedLong

// sensitivityFlags are the flags of agglo sensitivity.
type sensitivityFlags struct {
	inquireFlags
	study.SensitivityOptions
}

// newSensitivity makes agglo sensitivity.
func newSensitivity(c *console) *cobra.Command { return new(sensitivityFlags).command(c) }

// command makes agglo sensitivity with these flags.
func (f *sensitivityFlags) command(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "sensitivity EXPERIMENT.yaml",
		Short:   "Say which factors of an experiment matter, for means and for luck",
		Long:    sensitivityLong,
		Example: "  agglo sensitivity experiment.yaml --dry-run\n  agglo sensitivity experiment.yaml -o which\n  agglo sensitivity experiment.yaml -o which --resume",
		Args:    wants(1, 1, "one EXPERIMENT.yaml"),
		RunE:    func(cmd *cobra.Command, args []string) error { return f.run(cmd, c, args[0]) },
	}
	f.add(cmd, "sensitivity")
	flags := cmd.Flags()
	flags.IntVar(&f.Trajectories, "trajectories", study.UsualTrajectories, "`N` trajectories of the screening; 0 leaves it out, and all factors survive")
	flags.IntVar(&f.Points, "base-points", study.UsualBasePoints, "`N` base points of the shares of variance, best a power of 2; 0 leaves them out")
	flags.Float64Var(&f.Keep, "keep", study.UsualKeep, "`PART` of the largest mu_star on an outcome from which a factor survives")
	flags.StringVar(&f.By, "by", "either", "statistics by which factors survive: mean, variance or `either`")
	flags.BoolVar(&f.Second, "second-order", false, "interactions of two factors as well: nearly twice the runs")
	flags.IntVar(&f.Resamples, "resamples", 1000, "resamples of the bootstrap")
	return cmd
}

// faults finds mistakes in the flags, all at once.
func (f *sensitivityFlags) faults() error {
	var faults []error
	for _, n := range []struct {
		flag        string
		value       int
		least, most int
	}{{"trajectories", f.Trajectories, 0, 100_000}, {"base-points", f.Points, 0, 100_000}, {"resamples", f.Resamples, 20, design.MostResamples}} {
		if n.value < n.least || n.value > n.most {
			faults = append(faults, usagef("--%s %d: want %d to %d", n.flag, n.value, n.least, n.most))
		}
	}
	if f.Trajectories == 0 && f.Points == 0 {
		faults = append(faults, usagef("--trajectories 0 and --base-points 0: nothing is to be done"))
	}
	if !(f.Keep >= 0 && f.Keep <= 1) {
		faults = append(faults, usagef("--keep %g: want a part in [0,1]", f.Keep))
	}
	return errors.Join(append(faults, oneOf("by", f.By, "mean", "variance", "either"))...)
}

// run is agglo sensitivity.
func (f *sensitivityFlags) run(cmd *cobra.Command, c *console, path string) error {
	given, threads, err := f.check(cmd, path, "sensitivity")
	if err := errors.Join(err, f.faults()); err != nil {
		return err
	}
	data, err := readAsked(path, "sensitivity")
	if err != nil {
		return err
	}
	var fixed []string
	for _, k := range output.SeriesColumns()[:output.KeyColumns()] {
		fixed = append(fixed, k.Name)
	}
	x, err := scenarios.ReadSensitivity(path, data, output.Metrics(), fixed, given)
	if err != nil {
		return asked(err)
	}
	inputs, beside, err := inputsOf(x)
	if err != nil {
		return err
	}
	s, err := study.NewSensitivity(x, beside, f.SensitivityOptions)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if f.dry {
		return f.estimated(c, "factors that do not survive the screening save runs", func() (study.Estimate, error) { return s.Estimate(cmd.Context(), threads, pilotTime) })
	}
	if err := c.room(s.Live(), threads); err != nil {
		return err
	}
	q, err := f.begin(cmd, "sensitivity", s.Settings(), manifestOf(x.Base(), s.Base(), nil, 1), inputs)
	if err != nil {
		return err
	}
	begun := time.Now()
	var r *study.Sensed
	err = f.work(c, threads, s.Work(q.Done()), func(w study.Work) error {
		var fault error
		r, fault = s.Run(cmd.Context(), q, w)
		return fault
	})
	if r == nil {
		return f.stopped(cmd.Context(), err)
	}
	if fault := s.Finish(q, r, time.Since(begun)); fault != nil {
		return fault
	}
	drawn, fault := f.draw(cmd.Context(), c)
	return f.ended(cmd.Context(), q, err, fault, f.report(c, s, r, drawn, time.Since(begun)))
}

// report tells what was found.
func (f *sensitivityFlags) report(c *console, s *study.Sensitivity, r *study.Sensed, figures []string, took time.Duration) error {
	told := func(lang string) (string, []passage) { return sensedReport(lang, s, r, took) }
	return f.tell(c, told, sensedForMachines(s, r, f.out, figures), figures)
}

// sensedReport is the report of a sensitivity analysis in a language.
func sensedReport(lang string, s *study.Sensitivity, r *study.Sensed, took time.Duration) (title string, report []passage) {
	say := func(key string, args ...any) string { return text.In(lang, key, args...) }
	whole := func(n int) string { return text.Printed(lang, "%s", grouped(float64(n))) }
	screened := [][]string{heads(lang, "sensed.head.factor", "sensed.head.part", "sensed.head.on", "sensed.head.survives")}
	for _, x := range r.Factors {
		part, survives := "-", say("told.yes")
		if !math.IsNaN(x.Part) {
			part = text.Printed(lang, "%.0f", 100*x.Part) + "%"
		}
		if !x.Survives {
			survives = say("sensed.fixed", text.Printed(lang, "%s", x.Fixed))
		}
		screened = append(screened, []string{x.Name, part, text.Reading(lang, x.Of, nil), survives})
	}
	report = []passage{{say("sensed.screening"), screened, nil}}
	if shares := sensedShares(lang, r); len(shares) > 1 {
		report = append(report, passage{say("sensed.shares"), shares, nil})
	}
	title = say("sensed.title", s.Experiment.Base().ID, whole(len(r.Factors)), whole(r.Runs), whole(r.Replicas), text.Took(lang, took.Round(time.Second)))
	return title, append(report, passage{say("sensed.matters"), nil, s.Sentences(lang, r)})
}

// sensedShares has a row for every share of variance.
func sensedShares(lang string, r *study.Sensed) [][]string {
	share := func(x float64) string { return text.Printed(lang, "%.2f", x) }
	shares := [][]string{append(heads(lang, "sensed.head.outcome", "sensed.head.factor"), "S1", "ST [95%]")}
	for k, i := range r.Indices {
		if i.Name != "ST" || math.IsNaN(i.Value) {
			continue
		}
		name := text.Reading(lang, fmt.Sprintf("%s of %s at %d", i.Statistic, i.Metric, i.Tick), nil)
		if i.Policy != "" {
			name += ", " + policyIn(lang, i.Policy)
		}
		shares = append(shares, []string{name, i.Factor, share(r.Indices[k-1].Value), fmt.Sprintf("%s [%s %s]", share(i.Value), share(i.Lo), share(i.Hi))})
	}
	return shares
}

// sensedForMachines is the whole result; absent numbers are null.
func sensedForMachines(s *study.Sensitivity, r *study.Sensed, dir string, figures []string) any {
	type index struct {
		Stage     string   `json:"stage"`
		Policy    string   `json:"policy"`
		Tick      int      `json:"tick"`
		Metric    string   `json:"metric"`
		Statistic string   `json:"statistic"`
		Factor    string   `json:"factor"`
		Index     string   `json:"index"`
		Value     *float64 `json:"value"`
		Lo        *float64 `json:"lo"`
		Hi        *float64 `json:"hi"`
	}
	var indices []index
	for _, i := range r.Indices {
		indices = append(indices, index{i.Stage, i.Policy, i.Tick, i.Metric, i.Statistic, i.Factor, i.Name, defined(i.Value), defined(i.Lo), defined(i.Hi)})
	}
	survive := []string{}
	for _, x := range r.Factors {
		if x.Survives {
			survive = append(survive, x.Name)
		}
	}
	return struct {
		Dir      string   `json:"dir"`
		Runs     int      `json:"runs"`
		Failed   int      `json:"failed"`
		Stopped  bool     `json:"stopped"`
		Survive  []string `json:"survive"`
		Indices  []index  `json:"indices"`
		Says     []string `json:"says"`
		Pictures []string `json:"figures"`
	}{dir, r.Runs, r.Failed, r.Stopped, survive, indices, s.Sentences(text.English, r), append([]string{}, figures...)}
}
