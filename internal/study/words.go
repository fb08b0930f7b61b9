package study

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"agglo/internal/text"
)

// beyondChance is the adjusted p-value below which an effect counts as established.
const beyondChance = .05

// asked lists the outcomes that a sentence speaks of.
var asked = []string{"productivity", "jobs", jobsTarget, "value_added", "synergy"}

// Established says whether an effect is beyond chance: its p-value, adjusted for all that was looked at, is below .05, by pairs enough to
// rely upon it.
func (e *Effect) Established() bool { return e.P < beyondChance && e.Replicates >= Least }

// Sentence says in words of a language what is established of a policy at the end of the comparison, and what is not.
func (r *Result) Sentence(lang, policy string) string {
	return r.SentenceAt(lang, policy, r.Ticks[len(r.Ticks)-1])
}

// SentenceAt says it at a reported tick.
func (r *Result) SentenceAt(lang, policy string, end int) string {
	var yes, no []string
	n := 0
	for _, m := range asked {
		e, found := r.At(policy, m, end)
		if !found || math.IsNaN(e.Effect) {
			continue
		}
		n = e.Replicates
		word := wordOf(lang, m)
		if e.Established() {
			yes = append(yes, text.In(lang, "compared.yes", word, e.Read(lang, e.Effect), e.Span(lang)))
		} else {
			no = append(no, fmt.Sprintf("%s (%s)", word, e.Span(lang)))
		}
	}
	name, pairs, tick := nameOfPolicy(lang, policy), text.Printed(lang, "%d", n), text.Printed(lang, "%d", end)
	sure, open := strings.Join(yes, ", "), strings.Join(no, ", ")
	switch {
	case n < 2:
		return text.In(lang, "compared.one", name)
	case n < Least:
		return text.In(lang, "compared.few", name, pairs, tick, open)
	case len(yes) == 0:
		return text.In(lang, "compared.none", name, tick, pairs, open)
	case len(no) == 0:
		return text.In(lang, "compared.all", name, tick, sure)
	}
	return text.In(lang, "compared.some", name, tick, sure, open)
}

// wordOf is an outcome as it stands in a sentence.
func wordOf(lang, metric string) string {
	switch {
	case lang == text.Russian:
		return text.Lower(text.Outcome(lang, metric))
	case metric == jobsTarget:
		return "jobs in the target"
	}
	return strings.ReplaceAll(metric, "_", " ")
}

// nameOfPolicy is a policy as it stands in a sentence: in English by its id, as flags and tables have it.
func nameOfPolicy(lang, id string) string {
	if lang == text.Russian {
		return text.Policies(lang, id)
	}
	return id
}

// Span writes an effect's interval as it is read.
func (e *Effect) Span(lang string) string {
	if math.IsNaN(e.Lo) || e.Figure(lang, e.Lo) == "-" {
		return text.In(lang, "compared.span.none")
	}
	return text.In(lang, "report.span", e.Read(lang, e.Lo), e.Read(lang, e.Hi))
}

// shares lists the outcomes that are shares: a change is read in points.
var shares = []string{"synergy"}

// Unit is the unit in which the effect on a metric is read: % of the baseline, points for what is a share, and
// worker-years for money.
func Unit(lang, metric string) string {
	switch {
	case metric == publicCost:
		return text.In(lang, "unit.named.worker-years")
	case slices.Contains(shares, metric):
		return text.In(lang, "compared.points")
	}
	return "%"
}

// Figure writes a value of the effect, or of its interval, in the metric's Unit.
func (e *Effect) Figure(lang string, x float64) string {
	switch {
	case e.Metric == publicCost:
	case slices.Contains(shares, e.Metric):
		x *= 100
	default:
		x *= 100 / math.Abs(e.Baseline)
	}
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "-"
	}
	return text.Printed(lang, "%s", signed(x))
}

// Read is Figure with the unit behind it.
func (e *Effect) Read(lang string, x float64) string {
	unit := Unit(lang, e.Metric)
	if unit != "%" {
		unit = " " + unit
	}
	return e.Figure(lang, x) + unit
}

// signed writes a number with its sign and three significant digits or two decimals.
func signed(x float64) string {
	switch a := math.Abs(x); {
	case a == 0:
		return "0"
	case a < .01:
		return fmt.Sprintf("%+.1g", x)
	case a < 10:
		return fmt.Sprintf("%+.2f", x)
	}
	return fmt.Sprintf("%+.0f", x)
}
