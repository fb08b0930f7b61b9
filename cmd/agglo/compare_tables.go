package main

import (
	"fmt"
	"math"
	"strings"

	"agglo/internal/study"
	"agglo/internal/text"
	"agglo/model/world"
)

// effectTable has a row for every policy and outcome: the effect a year on, when the policy ends, and at the end.
func effectTable(lang string, r *study.Result) [][]string {
	tick := func(n int) string { return text.In(lang, "compared.tick", text.Printed(lang, "%d", n)) }
	rows := [][]string{heads(lang, "compared.head.policy", "compared.head.outcome", "compared.head.year", "compared.head.stops", "compared.head.end")}
	end := r.Ticks[len(r.Ticks)-1]
	for _, a := range r.Arms {
		at := []int{min(r.BeginOf(a.ID)+world.TicksPerYear, end), r.EndOf(a.ID), end}
		rows = append(rows, []string{policyIn(lang, a.ID), "", tick(at[0]), tick(at[1]), tick(at[2])})
		for _, m := range r.Metrics {
			row := []string{"", metricIn(lang, m) + ", " + study.Unit(lang, m)}
			for _, tick := range at {
				if e, found := r.At(a.ID, m, tick); found {
					row = append(row, effectCell(lang, &e))
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
func effectCell(lang string, e *study.Effect) string {
	cell := e.Figure(lang, e.Effect)
	if cell == "-" {
		return cell
	}
	if !math.IsNaN(e.Lo) {
		cell += " (" + text.In(lang, "report.span", e.Figure(lang, e.Lo), e.Figure(lang, e.Hi)) + ")"
	}
	p := fmt.Sprintf("%.3f", e.P)
	if lang == text.English {
		p = strings.TrimPrefix(p, "0")
	}
	switch {
	case math.IsNaN(e.P):
		return cell
	case e.P < .001:
		cell = text.In(lang, "compared.p.less", cell)
	default:
		cell = text.In(lang, "compared.p", cell, text.Printed(lang, "%s", p))
	}
	if e.Established() {
		cell += "*"
	}
	return cell
}

// costTable has a row for every policy, in the scenario's currency of that code: in thousands or millions where sums are large.
func costTable(lang string, r *study.Result, labourCost float64, code string) (rows [][]string, unit string) {
	by, unit := unitOf(lang, r, labourCost, code)
	money := func(x float64) string { return amountOf(lang, x*labourCost/by) }
	rows = [][]string{heads(lang, "compared.head.policy", "compared.head.gross", "compared.head.admin", "compared.head.guarantees", "compared.head.tax", "compared.head.net", "compared.head.private",
		"compared.head.deadweight", "compared.head.jobs", "compared.head.displaced")}
	for _, k := range r.Costs {
		rows = append(rows, []string{
			policyIn(lang, k.Policy), money(k.Gross), money(k.Admin), money(k.GuaranteeLoss), money(k.TaxBack), money(k.NetCost) + spanOf(lang, k.NetCostLo*labourCost/by, k.NetCostHi*labourCost/by),
			money(k.Levered), money(k.Deadweight), amountOf(lang, k.NetJobs) + spanOf(lang, k.NetJobsLo, k.NetJobsHi), amountOf(lang, k.Displacement) + spanOf(lang, k.DisplacedLo, k.DisplacedHi),
		})
	}
	return rows, unit
}

// unitOf chooses what sums of a comparison are told in: by how much they are divided, and what that is called.
func unitOf(lang string, r *study.Result, labourCost float64, code string) (by float64, unit string) {
	most := 0.0
	for _, k := range r.Costs {
		for _, x := range []float64{k.Gross, k.NetCost} {
			if a := math.Abs(x * labourCost); a > most {
				most = a
			}
		}
	}
	unit = text.Currency(lang, code)
	switch {
	case most >= 1e7:
		return 1e6, text.In(lang, "compared.million", unit)
	case most >= 1e4:
		return 1e3, text.In(lang, "compared.thousand", unit)
	}
	return 1, unit
}

// leftOf says what of a policy's budget is not spent, in the units of the table of costs.
func leftOf(lang string, r *study.Result, k *study.Costs, labourCost float64, code string) string {
	by, unit := unitOf(lang, r, labourCost, code)
	return k.Left(lang, func(x float64) string { return amountOf(lang, x*labourCost/by) }, unit)
}

// amountOf writes a sum: with one decimal below a hundred.
func amountOf(lang string, x float64) string {
	switch {
	case math.IsNaN(x):
		return "-"
	case math.Abs(x) < 100:
		return text.Printed(lang, "%s", strings.Replace(fmt.Sprintf("%.1f", x), "-0.0", "0.0", 1))
	}
	return text.Printed(lang, "%s", grouped(x))
}

// spanOf writes an interval in brackets, nothing where there is none.
func spanOf(lang string, lo, hi float64) string {
	if math.IsNaN(lo) {
		return ""
	}
	return " (" + text.In(lang, "report.span", amountOf(lang, lo), amountOf(lang, hi)) + ")"
}

// priceOf says what one more job, and one more unit of value added, cost by so many pairs, or that none is established.
func priceOf(lang string, k *study.Costs, pairs int, labourCost float64, code string) string {
	say := func(key string, args ...any) string { return text.In(lang, key, args...) }
	gained, span := amountOf(lang, k.NetJobs), spanOf(lang, k.NetJobsLo, k.NetJobsHi)
	job := say("compared.price.unknown", gained, span)
	switch {
	case pairs < study.Least:
		job = say("compared.price.few", job)
	case k.NetJobsLo > 0:
		job = say("compared.price.alone", job)
	}
	if k.NetJobs <= 0 {
		job = say("compared.price.none", gained, span)
	}
	if !math.IsNaN(k.PerJob) {
		job = say("compared.price", text.Printed(lang, "%s", grouped(k.PerJob*labourCost)), text.Currency(lang, code), spanOf(lang, k.PerJobLo*labourCost, k.PerJobHi*labourCost))
	}
	added := say("compared.added.none")
	if !math.IsNaN(k.PerAdded) {
		number := func(x float64) string { return text.Printed(lang, "%.2f", x) }
		costs := number(k.PerAdded)
		if !math.IsNaN(k.PerAddedLo) {
			costs += " (" + say("report.span", number(k.PerAddedLo), number(k.PerAddedHi)) + ")"
		}
		added = say("compared.added", costs)
	}
	return say("compared.prices", policyIn(lang, k.Policy), job, added)
}
