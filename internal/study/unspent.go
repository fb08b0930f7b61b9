package study

import (
	"math"
	"slices"

	"agglo/internal/text"
	"agglo/model/policy"
)

// rounding is the part of a budget that is told as spent: what the last tick of a policy leaves.
const rounding = .005

// budget is what an arm may spend in all, worker-years of real firms; NaN where one of its policies has no limit.
func (r *Result) budget(arm int) float64 {
	if slices.ContainsFunc(r.Arms[arm].Policies, func(p policy.Spec) bool { return p.Budget < 0 }) {
		return math.NaN()
	}
	sum := 0.0
	for _, p := range r.Arms[arm].Policies {
		sum += p.Budget
	}
	return sum * r.scale
}

// unspent is what is left of a budget at the end: 0 for what rounding leaves, NaN without a limit.
func (c *Costs) unspent() float64 {
	left := c.Budget - c.Gross - c.Admin - c.GuaranteeLoss
	if left <= rounding*c.Budget {
		return 0
	}
	return left
}

// Left says in a language how much of its budget a policy has not spent at the end, in a unit of money in which sums writes worker-years; "" if it has
// spent it, or has no limit. Who compares policies by their budgets must know: less money has less effect.
func (c *Costs) Left(lang string, sums func(workerYears float64) string, unit string) string {
	if !(c.Unspent > 0) {
		return ""
	}
	return text.In(lang, "compared.left", nameOfPolicy(lang, c.Policy), sums(c.Unspent), sums(c.Budget), unit, text.Printed(lang, "%.0f", 100*c.Unspent/c.Budget))
}
