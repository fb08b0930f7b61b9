package main

import (
	"fmt"
	"math"
	"strings"

	"agglo/internal/study"
	"agglo/model/world"
)

// effectTable has a row for every policy and outcome: the effect a year on, when the policy ends, and at the end.
func effectTable(r *study.Result) [][]string {
	head := []string{"policy", "outcome", "a year on", "when it stops", "at the end"}
	rows := [][]string{head}
	end := r.Ticks[len(r.Ticks)-1]
	for _, a := range r.Arms {
		over, name, year := r.EndOf(a.ID), a.ID, min(r.BeginOf(a.ID)+world.TicksPerYear, end)
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
	if cell == "-" {
		return cell
	}
	if !math.IsNaN(e.Lo) {
		cell += " (" + e.Figure(e.Lo) + " to " + e.Figure(e.Hi) + ")"
	}
	switch {
	case math.IsNaN(e.P):
		return cell
	case e.P < .001:
		cell += " p<.001"
	default:
		cell += " p" + strings.TrimPrefix(fmt.Sprintf("%.3f", e.P), "0")
	}
	if e.Established() {
		cell += "*"
	}
	return cell
}

// costTable has a row for every policy, in the scenario's currency: in thousands or millions where sums are large.
func costTable(r *study.Result, labourCost float64) (rows [][]string, unit string) {
	by, unit := unitOf(r, labourCost)
	money := func(x float64) string { return amountOf(x * labourCost / by) }
	rows = [][]string{{"policy", "gross", "admin", "guarantees", "tax back", "net cost", "private", "deadweight", "net jobs", "displaced jobs"}}
	for _, k := range r.Costs {
		rows = append(rows, []string{
			k.Policy, money(k.Gross), money(k.Admin), money(k.GuaranteeLoss), money(k.TaxBack), money(k.NetCost) + spanOf(k.NetCostLo*labourCost/by, k.NetCostHi*labourCost/by), money(k.Levered),
			money(k.Deadweight), amountOf(k.NetJobs) + spanOf(k.NetJobsLo, k.NetJobsHi), amountOf(k.Displacement) + spanOf(k.DisplacedLo, k.DisplacedHi),
		})
	}
	return rows, unit
}

// unitOf chooses what sums of a comparison are told in: by how much they are divided, and what that is called.
func unitOf(r *study.Result, labourCost float64) (by float64, unit string) {
	most := 0.0
	for _, k := range r.Costs {
		for _, x := range []float64{k.Gross, k.NetCost} {
			if a := math.Abs(x * labourCost); a > most {
				most = a
			}
		}
	}
	switch {
	case most >= 1e7:
		return 1e6, "million "
	case most >= 1e4:
		return 1e3, "thousand "
	}
	return 1, ""
}

// leftOf says what of a policy's budget is not spent, in the units of the table of costs.
func leftOf(r *study.Result, k *study.Costs, labourCost float64, code string) string {
	by, unit := unitOf(r, labourCost)
	return k.Left(func(x float64) string { return amountOf(x * labourCost / by) }, unit+code)
}

// amountOf writes a sum: with one decimal below a hundred.
func amountOf(x float64) string {
	switch {
	case math.IsNaN(x):
		return "-"
	case math.Abs(x) < 100:
		return strings.Replace(fmt.Sprintf("%.1f", x), "-0.0", "0.0", 1)
	}
	return grouped(x)
}

// spanOf writes an interval in brackets, nothing where there is none.
func spanOf(lo, hi float64) string {
	if math.IsNaN(lo) {
		return ""
	}
	return " (" + amountOf(lo) + " to " + amountOf(hi) + ")"
}

// priceOf says what one more job, and one more unit of value added, cost by so many pairs, or that none is established.
func priceOf(k *study.Costs, pairs int, labourCost float64, code string) string {
	job := fmt.Sprintf("no cost per net job: net jobs are not established (%s%s)", amountOf(k.NetJobs), spanOf(k.NetJobsLo, k.NetJobsHi))
	switch {
	case pairs < study.Least:
		job += ": pairs are too few"
	case k.NetJobsLo > 0:
		job += ": beyond chance by itself, not when p is adjusted for all policies"
	}
	if k.NetJobs <= 0 {
		job = fmt.Sprintf("no cost per net job: there are no net jobs (%s%s)", amountOf(k.NetJobs), spanOf(k.NetJobsLo, k.NetJobsHi))
	}
	if !math.IsNaN(k.PerJob) {
		job = fmt.Sprintf("a net job costs %s %s%s", grouped(k.PerJob*labourCost), code, spanOf(k.PerJobLo*labourCost, k.PerJobHi*labourCost))
	}
	added := "no cost per value added: more of it is not established"
	if !math.IsNaN(k.PerAdded) {
		added = fmt.Sprintf("a unit of value added costs %.2f", k.PerAdded)
		if !math.IsNaN(k.PerAddedLo) {
			added += fmt.Sprintf(" (%.2f to %.2f)", k.PerAddedLo, k.PerAddedHi)
		}
	}
	return fmt.Sprintf("%s: %s; %s.", k.Policy, job, added)
}
