package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"agglo/internal/study"
)

// validatedFact is a finding for machines; absent numbers are null.
type validatedFact struct {
	ID        string   `json:"id"`
	Statistic string   `json:"statistic"`
	Value     *float64 `json:"value"`
	Lo        *float64 `json:"lo"`
	Hi        *float64 `json:"hi"`
	BandLo    *float64 `json:"band_lo"`
	BandHi    *float64 `json:"band_hi"`
	Role      string   `json:"role"`
	Verdict   string   `json:"verdict"`
	Seeds     int      `json:"seeds"`
	World     string   `json:"world"`
	Tick      int      `json:"tick"`
	Source    string   `json:"source"`
}

// reportValidation prints what a validation found: of facts, of published effects, or of both.
func reportValidation(c *console, r *study.Validation, p *study.PublishedRun, f *validateFlags, took time.Duration, figures []string) error {
	if c.json {
		return printJSON(c.out, validatedForMachines(r, p, f.out, figures))
	}
	if r != nil {
		if err := reportFacts(c, r, f); err != nil {
			return err
		}
	}
	if p != nil {
		if err := reportPublished(c, p); err != nil {
			return err
		}
	}
	if fewestSeeds(r, p) < study.FewSeeds {
		c.print("Fewer than %d seeds: intervals are wide.\n", study.FewSeeds)
	}
	c.print("Took %s. Tables: %s\n", took.Round(time.Second), f.out)
	for _, file := range figures {
		if strings.HasSuffix(file, ".png") {
			c.print("Figure: %s\n", filepath.Join(f.out, file))
		}
	}
	return nil
}

// reportFacts prints the facts.
func reportFacts(c *console, r *study.Validation, f *validateFlags) error {
	rows := [][]string{{"fact", "statistic", "mean", "95% interval", "band", "role", "verdict"}}
	for _, x := range r.Findings {
		span, band := "-", "-"
		if !math.IsNaN(x.Lo) {
			span = digits(x.Lo) + " to " + digits(x.Hi)
		}
		if x.Band != nil {
			band = digits(x.Band[0]) + " to " + digits(x.Band[1])
		}
		rows = append(rows, []string{x.ID, x.Statistic, digits(x.Value), span, band, x.Role, x.Verdict})
	}
	if err := printTable(c.out, rows); err != nil {
		return err
	}
	c.print("\n")
	for _, role := range []string{study.Calibrated, study.Conditional, study.HeldOut} {
		if in, judged := r.Count(role); judged > 0 {
			c.print("%s facts in band: %d of %d\n", strings.ReplaceAll(role, "_", "-"), in, judged)
		}
	}
	c.print("%s, tick %d. A fact is in band when its mean over seeds is; docs/validation.md says how each\nis measured.\n", seedsOf(r, f.seeds), r.Ticks)
	return nil
}

// seedsOf says how many seeds of each world are done, of those that were asked for.
func seedsOf(r *study.Validation, asked int) string {
	if r.Unfinished == 0 {
		return fmt.Sprintf("%d seeds a world (%s)", asked, strings.Join(r.Worlds, ", "))
	}
	var worlds []string
	for _, id := range r.Worlds {
		worlds = append(worlds, fmt.Sprintf("%d of %d seeds of %s", len(r.Done[id]), asked, id))
	}
	return "Stopped: " + strings.Join(worlds, ", ")
}

// fewestSeeds is the least number of seeds that are done, of a world or of the effects.
func fewestSeeds(r *study.Validation, p *study.PublishedRun) int {
	fewest := math.MaxInt
	if r != nil {
		for _, id := range r.Worlds {
			fewest = min(fewest, len(r.Done[id]))
		}
	}
	if p != nil {
		fewest = min(fewest, len(p.Done))
	}
	return fewest
}

// digits writes a number with three digits that count; - where there is none.
func digits(x float64) string {
	switch a := math.Abs(x); {
	case math.IsNaN(x):
		return "-"
	case a >= 100 || x == math.Trunc(x):
		return fmt.Sprintf("%.0f", x)
	case a >= 10:
		return fmt.Sprintf("%.1f", x)
	case a >= 1:
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.3f", x)
}

// validatedForMachines is the whole result.
func validatedForMachines(r *study.Validation, p *study.PublishedRun, dir string, figures []string) any {
	out := struct {
		Dir        string            `json:"dir"`
		Worlds     []string          `json:"worlds"`
		Tick       int               `json:"tick"`
		Unfinished int               `json:"unfinished"`
		Facts      []validatedFact   `json:"facts"`
		Published  []publishedEffect `json:"published"`
		Trials     []publishedTrial  `json:"trials"`
		Figures    []string          `json:"figures"`
	}{Dir: dir, Figures: slices.Concat([]string{}, figures)}
	if p != nil {
		out.Unfinished = p.Unfinished
		out.Published, out.Trials = publishedForMachines(p)
	}
	if r == nil {
		return out
	}
	out.Worlds, out.Tick, out.Unfinished = r.Worlds, r.Ticks, out.Unfinished+r.Unfinished
	for _, x := range r.Findings {
		row := validatedFact{
			ID: x.ID, Statistic: x.Statistic, Value: defined(x.Value), Lo: defined(x.Lo), Hi: defined(x.Hi), Role: x.Role,
			Verdict: x.Verdict, Seeds: len(x.Seeds), World: x.World, Tick: x.Tick, Source: x.Source,
		}
		if x.Band != nil {
			row.BandLo, row.BandHi = &x.Band[0], &x.Band[1]
		}
		out.Facts = append(out.Facts, row)
	}
	return out
}
