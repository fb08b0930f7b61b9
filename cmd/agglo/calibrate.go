package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/internal/table"
	"agglo/internal/text"
	"agglo/scenarios"
)

const calibrateLong = `calibrate looks for the values of parameters with which the model gives what was observed. The file, all keys but agglo,
scenario and parameters optional:

  agglo: 1
  scenario: plain             # a built-in name, or a file beside this one
  set: {trust.loss: .5}       # fixed values
  ticks: 40
  targets:                    # without the list, the published figures (targets:) of the scenario itself
    - {metric: unemployment, at: [20, 40], value: .06, tolerance: .01}
    - {metric: births, statistic: mean, at: 40, value: 300, tolerance: 30, weight: 2}
  parameters:                 # what may move, and what is believed of it before: as factors of a design
    - {name: demography.spin_off, dist: {uniform: [.02, .2]}}
  method: abc                 # a posterior; or cma, a point
  runs: 1000                  # of the model at most
  replicates: 1               # runs of each point
  seed: 1

A target is the mean of a metric at a tick, or over the years of [from, to]; statistic: sd is its standard deviation over the
years, or between replicates if at is one tick; slope its change a year. Metrics are columns of series.csv, in its units; those
that are counted over a period are summed over the year before the tick. sectors: or regions: narrow a target. A run's distance
from the targets is the root of the weighted mean square of (simulated - value) / tolerance; a tolerance that is not given is a
tenth of the value.

abc draws a sample of the posterior by approximate Bayesian computation (population Monte Carlo with a falling tolerance); each
run has a seed of its own, so chance is a part of what is told. cma looks for the one best point by an evolution strategy, all
points under the same seeds. Either is looked at again with fresh seeds. DIR gets parameters.csv (90% before and after),
fit.csv (targets), rounds.csv, densities.csv, particles.csv, report.md, figures and fitted.yaml, the scenario with the fitted values,
for agglo run. rounds/ holds every run; work that was stopped goes on with --resume. No result depends on --threads.` + failedLong

// calibrateFlags are the flags of agglo calibrate.
type calibrateFlags struct {
	inquireFlags
	particles, checks int
}

// fittedFile is the scenario with the fitted parameters.
const fittedFile = "fitted.yaml"

// newCalibrate makes agglo calibrate.
func newCalibrate(c *console) *cobra.Command { return new(calibrateFlags).command(c) }

// command makes agglo calibrate with these flags.
func (f *calibrateFlags) command(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "calibrate TARGETS.yaml",
		Short: "Fit parameters to targets: a posterior, or a point",
		Long:  calibrateLong,
		Example: "  agglo calibrate targets.yaml -o fit\n  agglo calibrate targets.yaml -o fit --resume\n" +
			"  agglo run fit/fitted.yaml",
		Args: wants(1, 1, "one TARGETS.yaml"),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, c, args[0]) },
	}
	f.add(cmd, "calibrate")
	cmd.Flags().IntVar(&f.particles, "particles", study.UsualParticles, "abc: `N` particles of the posterior")
	cmd.Flags().IntVar(&f.checks, "checks", study.UsualChecks, "`N` runs with the fitted parameters, on fresh seeds")
	return cmd
}

// run is agglo calibrate.
func (f *calibrateFlags) run(cmd *cobra.Command, c *console, path string) error {
	given, threads, err := f.check(cmd, path, "calibrate")
	if f.particles < 10 || f.particles > 100_000 {
		err = errors.Join(err, usagef("--particles %d: want 10 to 100000", f.particles))
	}
	if f.checks < 1 || f.checks > 100_000 {
		err = errors.Join(err, usagef("--checks %d: want 1 to 100000", f.checks))
	}
	if err != nil {
		return err
	}
	data, err := readAsked(path, "calibrate")
	if err != nil {
		return err
	}
	asks, err := scenarios.ReadCalibration(path, data, study.CalibrationGroups(), given)
	if err != nil {
		return asked(err)
	}
	inputs, beside, err := inputsOf(asks.Experiment)
	if err != nil {
		return err
	}
	k, err := study.NewCalibrator(asks, beside, study.CalibrateOptions{Particles: f.particles, Checks: f.checks})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, why := range k.Left {
		c.say("note: left out: %s", why)
	}
	if f.dry {
		return f.estimated(c, "a search that settles before takes less", func() (study.Estimate, error) { return k.Estimate(cmd.Context(), threads, pilotTime) })
	}
	if err := c.room(k.Live(), threads); err != nil {
		return err
	}
	q, err := f.begin(cmd, "calibrate", k.Settings(), manifestOf(asks.Base(), k.Base(), nil, 1), inputs)
	if err != nil {
		return err
	}
	begun := time.Now()
	var r *study.Fit
	err = f.work(c, threads, k.Work(q.Done()), func(w study.Work) error {
		var fault error
		r, fault = k.Run(cmd.Context(), q, w)
		return fault
	})
	if r == nil {
		return f.stopped(cmd.Context(), err)
	}
	if fault := k.Finish(q, r, time.Since(begun)); fault != nil {
		return fault
	}
	if fault := f.keep(k, r, inputs); fault != nil {
		return fault
	}
	drawn, fault := f.draw(cmd.Context(), c)
	return f.ended(cmd.Context(), q, err, fault, f.report(c, k, r, drawn, time.Since(begun)))
}

// keep writes the scenario with the fitted parameters, and beside it the files that it names.
func (f *calibrateFlags) keep(k *study.Calibrator, r *study.Fit, inputs map[string][]byte) error {
	s, err := k.Scenario(r)
	if err != nil {
		return err
	}
	for name, data := range inputs {
		path := filepath.Join(f.out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := table.Replace(path, data); err != nil {
			return err
		}
	}
	return table.Replace(filepath.Join(f.out, fittedFile), s.YAML())
}

// report tells what was found.
func (f *calibrateFlags) report(c *console, k *study.Calibrator, r *study.Fit, figures []string, took time.Duration) error {
	told := func(lang string) (string, []passage) { return f.fittedReport(lang, k, r, took) }
	return f.tell(c, told, fittedForMachines(r, f.out, figures), figures)
}

// fittedReport is the report of a calibration in a language.
func (f *calibrateFlags) fittedReport(lang string, k *study.Calibrator, r *study.Fit, took time.Duration) (title string, report []passage) {
	say := func(key string, args ...any) string { return text.In(lang, key, args...) }
	span := func(lo, hi float64) string { return say("report.span", figure(lang, lo), figure(lang, hi)) }
	parameters := [][]string{heads(lang, "fitted.head.parameter", "fitted.head.point", "fitted.head.now", "fitted.head.before", "fitted.head.width")}
	for _, p := range r.Parameters {
		now, width := "-", "-"
		if !math.IsNaN(p.Narrow) {
			now, width = span(p.After.Lo, p.After.Hi), text.Printed(lang, "%.0f", 100*p.Narrow)+"%"
		}
		parameters = append(parameters, []string{p.Name, figure(lang, p.Point), now, span(p.Prior.Lo, p.Prior.Hi), width})
	}
	targets := [][]string{append(heads(lang, "fitted.head.target", "fitted.head.wanted", "fitted.head.tolerance", "fitted.head.simulated", "fitted.head.off"), "")}
	for k := range r.Aims {
		a, note := &r.Aims[k], ""
		if a.Held {
			note = say("role.held out")
		}
		targets = append(targets, []string{a.Called(lang), figure(lang, a.Value), figure(lang, a.Tolerance), figure(lang, a.Simulated), figure(lang, a.Off), note})
	}
	report = []passage{
		{say("fitted.parameters"), parameters, nil},
		{say("fitted.targets", text.Printed(lang, "%d", f.checks)), targets, nil},
		{say("fitted.known"), nil, r.Sentences(lang)},
		{say("fitted.use"), nil, []string{"agglo run " + filepath.Join(f.out, fittedFile), say("fitted.or", strings.Join(k.Flags(r), " "))}},
	}
	runs := text.Printed(lang, "%s", grouped(float64(r.Runs)))
	return say("fitted.title", k.Calibration.Base().ID, say("fitted."+r.Method), runs, text.Took(lang, took.Round(time.Second))), report
}

// figure writes a number with four digits that count; a dash for none.
func figure(lang string, x float64) string {
	if math.IsNaN(x) {
		return "-"
	}
	return text.Printed(lang, "%.4g", x)
}

// fittedForMachines is the whole result; absent numbers are null.
func fittedForMachines(r *study.Fit, dir string, figures []string) any {
	type parameter struct {
		Name   string     `json:"name"`
		Point  float64    `json:"point"`
		Prior  [2]float64 `json:"prior"`
		Lo     *float64   `json:"lo"`
		Median *float64   `json:"median"`
		Hi     *float64   `json:"hi"`
		Width  *float64   `json:"width"`
	}
	type target struct {
		Name      string   `json:"name"`
		Wanted    float64  `json:"wanted"`
		Tolerance float64  `json:"tolerance"`
		Weight    float64  `json:"weight"`
		Simulated *float64 `json:"simulated"`
		Off       *float64 `json:"off"`
		HeldOut   bool     `json:"held_out"`
	}
	var parameters []parameter
	for _, p := range r.Parameters {
		parameters = append(parameters, parameter{p.Name, p.Point, [2]float64{p.Prior.Lo, p.Prior.Hi}, defined(p.After.Lo), defined(p.After.Middle), defined(p.After.Hi), defined(p.Narrow)})
	}
	var targets []target
	for _, a := range r.Aims {
		targets = append(targets, target{a.Name, a.Value, a.Tolerance, a.Weight, defined(a.Simulated), defined(a.Off), a.Held})
	}
	return struct {
		Dir        string      `json:"dir"`
		Method     string      `json:"method"`
		Runs       int         `json:"runs"`
		Failed     int         `json:"failed"`
		Settled    bool        `json:"settled"`
		Stopped    bool        `json:"stopped"`
		Distance   *float64    `json:"distance"`
		Effective  *float64    `json:"effective"`
		Parameters []parameter `json:"parameters"`
		Targets    []target    `json:"targets"`
		Says       []string    `json:"says"`
		Figures    []string    `json:"figures"`
	}{dir, r.Method, r.Runs, r.Failed, r.Settled, r.Stopped, defined(r.Distance), defined(r.Effective), parameters, targets, r.Sentences(text.English), append([]string{}, figures...)}
}
