package main

import (
	"cmp"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"agglo/output"
	"agglo/output/report"
	"agglo/scenarios"
)

// mostClusters is how many clusters the summary on the screen names.
const mostClusters = 6

// result is the summary of a run for machines.
type result struct {
	Scenario   string           `json:"scenario"`
	Dir        string           `json:"dir"`
	Seed       uint64           `json:"seed"`
	Runs       int              `json:"runs"`
	Ticks      int              `json:"ticks"`
	Seconds    float64          `json:"seconds"`
	Statistics []statistic      `json:"statistics"`
	Clusters   []output.Cluster `json:"clusters"`
	Targets    []comparison     `json:"targets,omitempty"`
	Figures    []string         `json:"figures"`
}

// statistic is one line of summary.csv; absent numbers are null.
type statistic struct {
	Name   string   `json:"name"`
	Value  *float64 `json:"value"`
	Lo     *float64 `json:"lo,omitempty"`
	Hi     *float64 `json:"hi,omitempty"`
	Unit   string   `json:"unit"`
	WantLo *float64 `json:"want_lo,omitempty"`
	WantHi *float64 `json:"want_hi,omitempty"`
	Holds  *bool    `json:"holds,omitempty"`
}

// summarise prints the one-screen summary of a run, from its folder.
func summarise(c *console, s *scenarios.Scenario, m *output.Manifest, dir string, figures []string) error {
	series, err := output.ReadSeries(dir, "series")
	if err != nil {
		return err
	}
	statistics, err := output.ReadSummary(dir)
	if err != nil {
		return err
	}
	clusters, err := output.LastClusters(dir)
	if err != nil {
		return err
	}
	slices.SortStableFunc(clusters, func(a, b output.Cluster) int { return cmp.Compare(b.Jobs, a.Jobs) })
	targets, err := output.ReadHeld(dir)
	if err != nil {
		return err
	}
	if c.json {
		r := result{Scenario: m.Scenario, Dir: dir, Seed: m.Seed, Runs: len(m.Runs), Ticks: m.Ticks, Seconds: m.Seconds,
			Clusters: append([]output.Cluster{}, clusters...), Figures: append([]string{}, figures...)}
		for k := range targets {
			r.Targets = append(r.Targets, comparisonOf(&targets[k]))
		}
		for _, st := range statistics {
			r.Statistics = append(r.Statistics, statisticOf(st))
		}
		return printJSON(c.out, r)
	}
	c.print("%s\n", headline(s, m))
	if err := printTable(c.out, startAndEnd(series, m)); err != nil {
		return err
	}
	if err := printClusters(c, clusters, len(m.Runs)); err != nil {
		return err
	}
	if err := printStatistics(c, statistics, len(m.Runs)); err != nil {
		return err
	}
	if err := printTargets(c, targets); err != nil {
		return err
	}
	if len(figures) > 0 {
		c.print("\nReport:  %s\nFigures: %s\n", filepath.Join(dir, report.File), filepath.Join(dir, output.FiguresDir))
	}
	c.print("Tables:  %s\n", dir)
	return nil
}

// headline says what ran.
func headline(s *scenarios.Scenario, m *output.Manifest) string {
	runs := ""
	if len(m.Runs) > 1 {
		runs = fmt.Sprintf(", %d replicates (medians)", len(m.Runs))
	}
	return fmt.Sprintf("%s: %s. %s to %s (%d quarters), seed %d%s, %.1f s", m.Scenario, s.Title.EN, dateOf(m, m.FromTick), dateOf(m, m.Ticks),
		m.Ticks-m.FromTick, m.Seed, runs, m.Seconds)
}

// dateOf is the date of a tick.
func dateOf(m *output.Manifest, tick int) string {
	q := 4*m.Start.Year + m.Start.Quarter - 1 + tick
	return fmt.Sprintf("%dQ%d", q/4, q%4+1)
}

// startAndEnd lists metrics at both ends of the run.
func startAndEnd(series *output.Series, m *output.Manifest) [][]string {
	first, last := 0, series.LastTick()
	if m.FromTick > 0 && len(series.Tick) > 0 { // the series begins behind the checkpoint
		first = int(series.Tick[0])
	}
	end := "end"
	for _, run := range m.Runs {
		if last < run.Ticks { // the series has not the last tick: --every N
			end = fmt.Sprintf("tick %d", last)
		}
	}
	rows := [][]string{{"", "start", end}}
	add := func(name, metric string, show func(float64) string) {
		row := []string{name}
		for _, tick := range []int{first, last} {
			if v := series.Median(metric, "", tick); math.IsNaN(v) {
				row = append(row, "-")
			} else {
				row = append(row, show(v))
			}
		}
		rows = append(rows, row)
	}
	decimals := func(x float64) string { return fmt.Sprintf("%.3f", x) }
	percent := func(x float64) string { return fmt.Sprintf("%.1f%%", 100*x) }
	add("firms", "firms_real", grouped)
	add("jobs", "jobs", grouped)
	add("productivity (base wages per job and year)", "productivity", decimals)
	add("wage (base wages)", "wage", decimals)
	add("wage of the world", "world_wage", decimals)
	add("unemployment", "unemployment", percent)
	add("mean trust", "trust", decimals)
	add("clusters", "clusters", grouped)
	add("jobs in clusters", "share_jobs_in_clusters", percent)
	add("synergy, share of value added", "synergy", percent)
	return rows
}

// printClusters names the largest clusters of the last year's end, a line each: how large they are, how much more their firms make of
// a job than all firms do, and what nearness adds by channel, over value added with all channels off.
func printClusters(c *console, clusters []output.Cluster, runs int) error {
	which := ""
	if runs > 1 {
		which = " in replicate 0"
	}
	if len(clusters) == 0 {
		c.print("\nNo clusters%s.\n", which)
		return nil
	}
	rows := [][]string{{"Largest clusters" + which, "firms", "jobs", "% jobs", "% value added", "premium", "synergy", "inputs", "labour", "knowledge", "trust"}}
	percent := func(x float64) string { return fmt.Sprintf("%.1f%%", 100*x) }
	for _, x := range clusters[:min(len(clusters), mostClusters)] {
		row := []string{x.Name, grouped(x.Firms), grouped(x.Jobs), percent(x.Share), "-", "-"}
		if x.Added != nil {
			row[4], row[5] = percent(*x.Added), percent(*x.Premium)
		}
		if s := x.Synergy; s != nil {
			row = append(row, percent(s.Total), percent(s.Input), percent(s.Labour), percent(s.Knowledge), percent(s.Trust))
		} else {
			row = append(row, "-", "-", "-", "-", "-")
		}
		rows = append(rows, row)
	}
	c.print("\n")
	if err := printTable(c.out, rows); err != nil {
		return err
	}
	c.print("premium: value added per job over that of all firms; synergy: what nearness adds to value added, and through what\n")
	return printPremiums(c, clusters[:min(len(clusters), mostClusters)])
}

// printPremiums says why the firms of clusters are more efficient than those outside, a line a cluster.
func printPremiums(c *console, clusters []output.Cluster) error {
	rows := [][]string{{"Efficiency over firms outside", "total", "sectors", "newcomers", "survival", "inputs", "labour", "knowledge", "trust"}}
	points := func(x float64) string { return fmt.Sprintf("%+.1f", 100*x) }
	for _, x := range clusters {
		if p := x.Efficiency; p != nil {
			rows = append(rows, []string{x.Name, points(p.Total), points(p.Mix), points(p.Sorting), points(p.Selection), points(p.Input),
				points(p.Labour), points(p.Knowledge), points(p.Trust)})
		}
	}
	if len(rows) == 1 {
		return nil
	}
	c.print("\n")
	if err := printTable(c.out, rows); err != nil {
		return err
	}
	c.print("in log points, about %%; sectors, newcomers, survival: what firms are; inputs to trust: what they owe to the place\n")
	return nil
}

// printStatistics sets the statistics that have a band beside it.
func printStatistics(c *console, statistics []output.Statistic, runs int) error {
	interval := "95% interval"
	if runs > 1 {
		interval = "middle 80%"
	}
	rows := [][]string{{"Beside real economies", "run", interval, "wanted", ""}}
	for _, s := range statistics {
		if !s.Want.Asked() {
			continue
		}
		verdict, value, span := "-", "-", ""
		if !math.IsNaN(s.Value) {
			value, verdict = short(s.Value), "outside"
			if s.Want.Holds(s.Value) {
				verdict = "ok"
			}
		}
		if !math.IsNaN(s.Lo) && !math.IsNaN(s.Hi) {
			span = short(s.Lo) + " to " + short(s.Hi)
		}
		rows = append(rows, []string{strings.ReplaceAll(s.Name, "_", " "), value, span, short(s.Want.Lo) + " to " + short(s.Want.Hi), verdict})
	}
	c.print("\n")
	return printTable(c.out, rows)
}

// short prints a number with three figures.
func short(x float64) string { return fmt.Sprintf("%.3g", x) }

// statisticOf makes a statistic fit for JSON, which has no NaN.
func statisticOf(s output.Statistic) statistic {
	out := statistic{Name: s.Name, Value: defined(s.Value), Lo: defined(s.Lo), Hi: defined(s.Hi), Unit: s.Unit}
	if s.Want.Asked() {
		out.WantLo, out.WantHi = &s.Want.Lo, &s.Want.Hi
		if out.Value != nil {
			holds := s.Want.Holds(s.Value)
			out.Holds = &holds
		}
	}
	return out
}
