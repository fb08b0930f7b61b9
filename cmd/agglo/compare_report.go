package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"agglo/internal/study"
	"agglo/model"
	"agglo/model/world"
)

// comparedEffect is an effect for machines; absent numbers are null.
type comparedEffect struct {
	Policy            string   `json:"policy"`
	Metric            string   `json:"metric"`
	Tick              int      `json:"tick"`
	Baseline          *float64 `json:"baseline"`
	Effect            *float64 `json:"effect"`
	Percent           *float64 `json:"effect_pct"`
	Lo                *float64 `json:"lo"`
	Hi                *float64 `json:"hi"`
	P                 *float64 `json:"p_adjusted"`
	Replicates        int      `json:"replicates"`
	VarianceReduction *float64 `json:"variance_reduction"`
	Established       bool     `json:"established"`
}

// comparedCosts is what a policy cost, for machines; worker-years.
type comparedCosts struct {
	Policy       string   `json:"policy"`
	Gross        *float64 `json:"gross"`
	Admin        *float64 `json:"admin"`
	Guarantee    *float64 `json:"guarantee_loss"`
	TaxBack      *float64 `json:"tax_back"`
	Levered      *float64 `json:"private_levered"`
	Displacement *float64 `json:"displacement"`
	NetCost      *float64 `json:"net_cost"`
	NetJobs      *float64 `json:"net_jobs"`
	PerJob       *float64 `json:"cost_per_net_job"`
	PerJobLo     *float64 `json:"cost_per_net_job_lo"`
	PerJobHi     *float64 `json:"cost_per_net_job_hi"`
	PerAdded     *float64 `json:"cost_per_value_added"`
	Says         string   `json:"says"`
}

// defined is a number, or null where there is none.
func defined(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// reportComparison prints the result of a comparison: effects at the policy's end and at the end, costs, and what is
// established.
func reportComparison(c *console, setup model.Setup, r *study.Result, dir string, figures []string) error {
	if c.json {
		return printJSON(c.out, comparedForMachines(r, dir, figures))
	}
	c.print("%s: %d pair(s) of worlds, policies from tick %d to %d at most\n\n", setup.Setting.ID, len(r.Seeds), r.First+1, r.Ticks[len(r.Ticks)-1])
	if err := printTable(c.out, effectTable(r)); err != nil {
		return err
	}
	money := setup.Setting.Currency
	c.print("\nCosts until the end, in worker-years (one is %s %s)\n", grouped(money.LabourCost), money.Code)
	if err := printTable(c.out, costTable(r, money.LabourCost, money.Code)); err != nil {
		return err
	}
	c.print("\n")
	for _, a := range r.Arms {
		c.print("%s\n", r.Sentence(a.ID))
	}
	c.print("\nEffects are policy less baseline under the same draws; brackets hold 95%% intervals; * is beyond chance (p below\n.05, adjusted for all outcomes and policies of the tick). Tables: %s\n", dir)
	for _, f := range figures {
		if strings.HasSuffix(f, ".png") {
			c.print("Figure: %s\n", filepath.Join(dir, f))
		}
	}
	return nil
}

// effectTable has a row for every policy and outcome: the effect a year on, when the policy ends, and at the end.
func effectTable(r *study.Result) [][]string {
	head := []string{"policy", "outcome", "a year on", "when it ends", "at the end"}
	rows := [][]string{head}
	end := r.Ticks[len(r.Ticks)-1]
	year := r.Ticks[min(1, len(r.Ticks)-1)]
	for _, t := range r.Ticks {
		if t >= r.First+world.TicksPerYear {
			year = t
			break
		}
	}
	for _, a := range r.Arms {
		over, name := r.EndOf(a.ID), a.ID
		at := []int{year, over, end}
		rows = append(rows, []string{name, "", fmt.Sprintf("tick %d", year), fmt.Sprintf("tick %d", over), fmt.Sprintf("tick %d", end)})
		for _, m := range r.Metrics {
			row := []string{"", m + ", " + study.Unit(m)}
			for _, tick := range at {
				if e, found := r.At(a.ID, m, tick); found {
					row = append(row, effectCell(&e))
				}
			}
			if len(row) == 2+len(at) {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// effectCell writes effect, interval and p-value, with a star where the effect is beyond chance.
func effectCell(e *study.Effect) string {
	cell := e.Figure(e.Effect)
	if !math.IsNaN(e.Lo) {
		cell += " (" + e.Figure(e.Lo) + " to " + e.Figure(e.Hi) + ")"
	}
	switch {
	case math.IsNaN(e.P):
		return cell
	case e.P < .001:
		return cell + " p<.001*"
	}
	cell += " p" + strings.TrimPrefix(fmt.Sprintf("%.3f", e.P), "0")
	if e.Established() {
		cell += "*"
	}
	return cell
}

// costTable has a row for every policy.
func costTable(r *study.Result, labourCost float64, code string) [][]string {
	rows := [][]string{{"policy", "gross", "admin", "guarantees", "tax back", "net cost", "net jobs", "95% interval", "per net job", "95% interval", code}}
	amount := func(x float64) string {
		switch {
		case math.IsNaN(x):
			return "-"
		case math.Abs(x) < 100:
			return fmt.Sprintf("%.1f", x)
		}
		return grouped(x)
	}
	span := func(lo, hi float64) string {
		if math.IsNaN(lo) {
			return "-"
		}
		return amount(lo) + " to " + amount(hi)
	}
	for _, k := range r.Costs {
		each := "no net jobs"
		if k.NetJobs > 0 {
			each = "not established"
		}
		inMoney := "-"
		if !math.IsNaN(k.PerJob) {
			each, inMoney = amount(k.PerJob), grouped(k.PerJob*labourCost)
		}
		rows = append(rows, []string{
			k.Policy, amount(k.Gross), amount(k.Admin), amount(k.GuaranteeLoss), amount(k.TaxBack), amount(k.NetCost), amount(k.NetJobs),
			span(k.NetJobsLo, k.NetJobsHi), each, span(k.PerJobLo, k.PerJobHi), inMoney,
		})
	}
	return rows
}

// comparedForMachines is the whole result.
func comparedForMachines(r *study.Result, dir string, figures []string) any {
	var effects []comparedEffect
	for _, e := range r.Effects {
		effects = append(effects, comparedEffect{
			e.Policy, e.Metric, e.Tick, defined(e.Baseline), defined(e.Effect), defined(e.Percent), defined(e.Lo), defined(e.Hi),
			defined(e.P), e.Replicates, defined(e.VarianceReduction), e.Established(),
		})
	}
	var costs []comparedCosts
	for _, k := range r.Costs {
		costs = append(costs, comparedCosts{
			k.Policy, defined(k.Gross), defined(k.Admin), defined(k.GuaranteeLoss), defined(k.TaxBack), defined(k.Levered), defined(k.Displacement),
			defined(k.NetCost), defined(k.NetJobs), defined(k.PerJob), defined(k.PerJobLo), defined(k.PerJobHi), defined(k.PerAdded), r.Sentence(k.Policy),
		})
	}
	return struct {
		Dir        string           `json:"dir"`
		Replicates int              `json:"replicates"`
		Unfinished int              `json:"unfinished"`
		Seeds      []uint64         `json:"seeds"`
		Effects    []comparedEffect `json:"effects"`
		Costs      []comparedCosts  `json:"costs"`
		Figures    []string         `json:"figures"`
	}{dir, len(r.Seeds), r.Unfinished, r.Seeds, effects, costs, slices.Concat([]string{}, figures)}
}
