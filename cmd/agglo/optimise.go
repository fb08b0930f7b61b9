package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"agglo/internal/study"
	"agglo/internal/text"
	"agglo/output"
	"agglo/scenarios"
)

const optimiseLong = `optimise looks for the mix of policies that does most for some money. The file, all keys but agglo, scenario, budget,
instruments and objective optional:

  agglo: 1
  scenario: plain             # a built-in name, or a file beside this one
  set: {trust.loss: .5}       # fixed values
  budget: 14e6                # in all, in the scenario's currency; or budget_share: .005, of its yearly value added, each year
  years: 5                    # in which it is spent, from the burn-in's end
  instruments: [subsidy, rd_grant, infrastructure]   # instruments, options of the scenario, files of policies
  objective:                  # columns of series.csv; weight of 1% of the baseline, below 0 if less is better
    - {metric: jobs, at: 80, weight: 1}
  evaluations: 80             # mixes that are tried
  replicates: 12              # worlds in which each is tried
  fresh: 40                   # other worlds, for the second look
  burn_in: 40
  ticks: 80
  seed: 1

A mix is a share of the budget for each instrument; what is left over is not spent. Each is tried in the same worlds, which go on
from one burn-in with it and without any; its score is the weighted sum of the effects in percent of the baseline. The search
tries nothing, each instrument alone, an even mix and mixes spread over all that there are, then mixes like the best so far
(cross-entropy method). Of many that are tried the best looks better than it is: so the search's best, its front of score against
cost, the best instrument alone and doing nothing are looked at again in fresh worlds, and both numbers are told, with the chance
of each to be the best. DIR gets mixes.csv, report.md and a figure; rounds/ holds every run, and work that was stopped goes on
with --resume. No result depends on --threads.` + failedLong

// optimiseFlags are the flags of agglo optimise.
type optimiseFlags struct{ inquireFlags }

// newOptimise makes agglo optimise.
func newOptimise(c *console) *cobra.Command { return new(optimiseFlags).command(c) }

// command makes agglo optimise with these flags.
func (f *optimiseFlags) command(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "optimise BUDGET.yaml",
		Short:   "Find the mix of policies that does most for a budget",
		Long:    optimiseLong,
		Example: "  agglo optimise budget.yaml -o mix\n  agglo optimise budget.yaml -o mix --resume",
		Args:    wants(1, 1, "one BUDGET.yaml"),
		RunE:    func(cmd *cobra.Command, args []string) error { return f.run(cmd, c, args[0]) },
	}
	f.add(cmd, "optimise")
	return cmd
}

// run is agglo optimise.
func (f *optimiseFlags) run(cmd *cobra.Command, c *console, path string) error {
	given, threads, err := f.check(cmd, path, "optimise")
	if err != nil {
		return err
	}
	data, err := readAsked(path, "optimise")
	if err != nil {
		return err
	}
	asks, err := scenarios.ReadBudget(path, data, output.Metrics(), given)
	if err != nil {
		return asked(err)
	}
	inputs, _, err := inputsOf(asks.Experiment)
	if err != nil {
		return err
	}
	o, err := study.NewOptimiser(asks)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if f.dry {
		return f.estimated(c, "rounds that find no new mixes take less", func() (study.Estimate, error) { return o.Estimate(cmd.Context(), threads, pilotTime) })
	}
	if err := c.room(o.Live(), threads); err != nil {
		return err
	}
	q, err := f.begin(cmd, "optimise", o.Settings(), manifestOf(asks.Base(), o.Base(), nil, 1), inputs)
	if err != nil {
		return err
	}
	begun := time.Now()
	var b *study.BestMix
	err = f.work(c, threads, o.Work(), func(w study.Work) error {
		var fault error
		b, fault = o.Run(cmd.Context(), q, w)
		return fault
	})
	if b == nil {
		return f.stopped(cmd.Context(), err)
	}
	if fault := o.Finish(q, b, time.Since(begun)); fault != nil {
		return fault
	}
	drawn, fault := f.draw(cmd.Context(), c)
	return f.ended(cmd.Context(), q, err, fault, f.report(c, o, b, drawn, time.Since(begun)))
}

// report tells what was found.
func (f *optimiseFlags) report(c *console, o *study.Optimiser, b *study.BestMix, figures []string, took time.Duration) error {
	told := func(lang string) (string, []passage) { return mixedReport(lang, o, b, took) }
	return f.tell(c, told, mixesForMachines(o, b, f.out, figures), figures)
}

// mixedReport is the report of an optimisation in a language.
func mixedReport(lang string, o *study.Optimiser, b *study.BestMix, took time.Duration) (title string, report []passage) {
	say := func(key string, args ...any) string { return text.In(lang, key, args...) }
	whole := func(n int) string { return text.Printed(lang, "%d", n) }
	if rows := mixedTable(lang, o, b); len(rows) > 1 {
		var goals []string
		for _, g := range o.Plan.Objective {
			goals = append(goals, say("mixed.goal", text.Printed(lang, "%g", g.Weight), metricIn(lang, g.Metric), whole(g.At)))
		}
		report = append(report, passage{say("mixed.score", strings.Join(goals, ", ")), rows, nil})
	}
	code := text.Currency(lang, o.Base().Setting.Currency.Code)
	title = say("mixed.title", o.Plan.Base().ID, whole(len(b.Mixes)), text.Printed(lang, "%s", grouped(o.Budget())), code, whole(o.Plan.Years), whole(b.Searched), whole(b.Looked), text.Took(lang, took.Round(time.Second)))
	return title, append(report, passage{say("told.established"), nil, o.Sentences(lang, b)})
}

// mixedTable has a row for every mix that was looked at again, by its cost.
func mixedTable(lang string, o *study.Optimiser, b *study.BestMix) [][]string {
	score := func(x float64) string { return text.Printed(lang, "%.2f", x) }
	money := func(x float64) string { return text.Printed(lang, "%s", grouped(x)) }
	code := text.Currency(lang, o.Base().Setting.Currency.Code)
	rows := [][]string{slices.Concat(heads(lang, "mixed.head.mix", "mixed.head.search", "mixed.head.fresh"),
		[]string{text.In(lang, "mixed.head.spent", code)}, heads(lang, "mixed.head.net", "mixed.head.chance"), []string{""})}
	var order []*study.Mixed
	for k := range b.Mixes {
		if b.Mixes[k].Fresh != nil {
			order = append(order, &b.Mixes[k])
		}
	}
	slices.SortStableFunc(order, func(x, y *study.Mixed) int { return cmp.Compare(x.Fresh.Cost, y.Fresh.Cost) })
	for _, m := range order {
		note := ""
		if m.Front {
			note = text.In(lang, "mixed.front")
		}
		rows = append(rows, []string{o.Called(lang, m), score(m.Found.Score), fmt.Sprintf("%s [%s %s]", score(m.Fresh.Score), score(m.Fresh.Lo), score(m.Fresh.Hi)),
			money(m.Fresh.Cost), money(m.Fresh.NetCost), text.Printed(lang, "%.0f", 100*m.Chance) + "%", note})
	}
	return rows
}

// mixesForMachines is the whole result; absent numbers are null.
func mixesForMachines(o *study.Optimiser, b *study.BestMix, dir string, figures []string) any {
	type look struct {
		Score *float64 `json:"score"`
		Lo    *float64 `json:"lo"`
		Hi    *float64 `json:"hi"`
		Cost  *float64 `json:"cost"`
		Net   *float64 `json:"net_cost"`
	}
	type mix struct {
		Mix    int                `json:"mix"`
		Shares map[string]float64 `json:"shares"`
		Search look               `json:"search"`
		Fresh  *look              `json:"fresh"`
		Front  bool               `json:"front"`
		Chance *float64           `json:"chance_best"`
	}
	of := func(l *study.Look) look {
		return look{defined(l.Score), defined(l.Lo), defined(l.Hi), defined(l.Cost), defined(l.NetCost)}
	}
	var mixes []mix
	for k := range b.Mixes {
		m := &b.Mixes[k]
		one := mix{Mix: k, Shares: map[string]float64{}, Search: of(&m.Found), Front: m.Front, Chance: defined(m.Chance)}
		for j, name := range o.Plan.Instruments {
			one.Shares[name] = m.Shares[j]
		}
		if m.Fresh != nil {
			again := of(m.Fresh)
			one.Fresh = &again
		}
		mixes = append(mixes, one)
	}
	return struct {
		Dir     string   `json:"dir"`
		Budget  float64  `json:"budget"`
		Mixes   []mix    `json:"mixes"`
		Choice  int      `json:"choice"`
		Winner  int      `json:"winner"`
		Sure    bool     `json:"sure"`
		Stopped bool     `json:"stopped"`
		Says    []string `json:"says"`
		Figures []string `json:"figures"`
	}{dir, o.Budget(), mixes, b.Choice, b.Winner, b.Looked > 0 && b.Sure(), b.Stopped, o.Sentences(text.English, b), append([]string{}, figures...)}
}
