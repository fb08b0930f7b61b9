package main

import (
	"fmt"
	"math"
	"strings"

	"agglo/internal/study"
)

// publishedEffect is a published effect beside the model for machines; absent numbers are null.
type publishedEffect struct {
	ID         string   `json:"id"`
	Instrument string   `json:"instrument"`
	Statistic  string   `json:"statistic"`
	Unit       string   `json:"unit"`
	Expected   string   `json:"expected"`
	Value      *float64 `json:"value"`
	Lo         *float64 `json:"lo"`
	Hi         *float64 `json:"hi"`
	Twin       *float64 `json:"twin"`
	TwinLo     *float64 `json:"twin_lo"`
	TwinHi     *float64 `json:"twin_hi"`
	Smallest   float64  `json:"smallest"`
	Found      string   `json:"found"`
	Verdict    string   `json:"verdict"`
	Standing   string   `json:"standing"`
	Seeds      int      `json:"seeds"`
	Source     string   `json:"source"`
}

// publishedTrial is an instrument in the whole region for machines.
type publishedTrial struct {
	Arm        string   `json:"arm"`
	Instrument string   `json:"instrument"`
	Effect     *float64 `json:"effect"`
	Lo         *float64 `json:"lo"`
	Hi         *float64 `json:"hi"`
	Works      bool     `json:"works"`
}

// reportPublished prints the published effects beside the model, and what the instruments do to the whole region.
func reportPublished(c *console, p *study.PublishedRun) error {
	rows := [][]string{{"effect", "published", "sign", "unit", "model [95%]", "against the twin [95%]", "smallest", "found", "verdict"}}
	for _, f := range p.Findings {
		said := f.Verdict
		if !f.Counted() {
			said += ", by construction"
		}
		rows = append(rows, []string{
			f.ID, f.Statistic, f.Expected, f.Unit, mean95(f.Value, f.Lo, f.Hi), mean95(f.Twin, f.TwinLo, f.TwinHi), fmt.Sprint(f.Smallest), f.Found, said,
		})
	}
	if err := printTable(c.out, rows); err != nil {
		return err
	}
	c.print("\n")
	for _, nulls := range []bool{false, true} {
		what := "signs and orderings"
		if nulls {
			what = "nulls"
		}
		as, otherwise, undecided := p.Count(nulls)
		c.print("published %s, those put in left out: %d as published, %d otherwise, %d undecided\n", what, as, otherwise, undecided)
	}
	var works []string
	for _, t := range p.Trials {
		if t.Works {
			works = append(works, t.Arm+" ("+t.Instrument+")")
		}
	}
	working, tried := p.Working()
	said := "not rejected"
	if p.Rejected() {
		said = "REJECTED: a model in which every instrument works is wrong"
	}
	c.print("instruments that raise the region's value added in their five years beyond chance: %d of %d%s: %s\n", working, tried,
		strings.TrimSuffix(": "+strings.Join(works, ", "), ": "), said)
	worlds := fmt.Sprint(len(p.Done))
	if p.Unfinished > 0 {
		worlds += fmt.Sprintf(" of %d", p.Seeds)
	}
	c.print("%s worlds, %d quarters each. Model: treated firms or places against others in one world, as the studies do. Twin: the same\n"+
		"less what it says in the world without the policy. Found: 0 when the interval lies within the smallest effect, a sign when\nit lies on one side of 0, ? else.\n",
		worlds, p.Ticks)
	return nil
}

// mean95 writes a number with its interval.
func mean95(x, lo, hi float64) string {
	if math.IsNaN(x) {
		return "-"
	}
	if math.IsNaN(lo) {
		return digits(x)
	}
	return fmt.Sprintf("%s [%s, %s]", digits(x), digits(lo), digits(hi))
}

// publishedForMachines is the same for machines.
func publishedForMachines(p *study.PublishedRun) ([]publishedEffect, []publishedTrial) {
	var effects []publishedEffect
	for _, f := range p.Findings {
		effects = append(effects, publishedEffect{
			f.ID, f.Instrument, f.Statistic, f.Unit, f.Expected, defined(f.Value), defined(f.Lo), defined(f.Hi), defined(f.Twin), defined(f.TwinLo),
			defined(f.TwinHi), f.Smallest, f.Found, f.Verdict, f.Standing(), len(f.Seeds), f.Source,
		})
	}
	var trials []publishedTrial
	for _, t := range p.Trials {
		trials = append(trials, publishedTrial{t.Arm, t.Instrument, defined(t.Effect), defined(t.Lo), defined(t.Hi), t.Works})
	}
	return effects, trials
}
