package study

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// beyondChance is the adjusted p-value below which an effect counts as established.
const beyondChance = .05

// asked lists the outcomes that a sentence speaks of.
var asked = []string{"productivity", "jobs", jobsTarget, "value_added", "synergy"}

// Established says whether an effect is beyond chance: its p-value, adjusted for all that was looked at, is below .05, by pairs enough to
// rely upon it.
func (e *Effect) Established() bool { return e.P < beyondChance && e.Replicates >= Least }

// Sentence says in words what is established of a policy at the end of the comparison, and what is not.
func (r *Result) Sentence(policy string) string { return r.SentenceAt(policy, r.Ticks[len(r.Ticks)-1]) }

// SentenceAt says it at a reported tick.
func (r *Result) SentenceAt(policy string, end int) string {
	var yes, no []string
	n := 0
	for _, m := range asked {
		e, found := r.At(policy, m, end)
		if !found || math.IsNaN(e.Effect) {
			continue
		}
		n = e.Replicates
		word := wordOf(m)
		if e.Established() {
			yes = append(yes, fmt.Sprintf("%s %s (95%% interval %s)", word, e.Read(e.Effect), e.Span()))
		} else {
			no = append(no, fmt.Sprintf("%s (%s)", word, e.Span()))
		}
	}
	switch {
	case n < 2:
		return policy + ": one pair of worlds establishes nothing; use --replicates"
	case n < Least:
		return fmt.Sprintf("%s: %d pairs establish nothing; what they leave open at tick %d: %s.", policy, n, end, strings.Join(no, ", "))
	case len(yes) == 0:
		return fmt.Sprintf("%s: at tick %d no effect is beyond chance; what %d pairs leave open: %s.", policy, end, n, strings.Join(no, ", "))
	case len(no) == 0:
		return fmt.Sprintf("%s: established at tick %d: %s.", policy, end, strings.Join(yes, ", "))
	}
	return fmt.Sprintf("%s: established at tick %d: %s; not established: %s.", policy, end, strings.Join(yes, ", "), strings.Join(no, ", "))
}

// wordOf is an outcome as it stands in a sentence.
func wordOf(metric string) string {
	if metric == jobsTarget {
		return "jobs in the target"
	}
	return strings.ReplaceAll(metric, "_", " ")
}

// Span writes an effect's interval as it is read.
func (e *Effect) Span() string {
	if math.IsNaN(e.Lo) || e.Figure(e.Lo) == "-" {
		return "no interval"
	}
	return e.Read(e.Lo) + " to " + e.Read(e.Hi)
}

// shares lists the outcomes that are shares: a change is read in points.
var shares = []string{"synergy"}

// Unit is the unit in which the effect on a metric is read: % of the baseline, points for what is a share, and
// worker-years for money.
func Unit(metric string) string {
	switch {
	case metric == publicCost:
		return "worker-years"
	case slices.Contains(shares, metric):
		return "points"
	}
	return "%"
}

// Figure writes a value of the effect, or of its interval, in the metric's Unit.
func (e *Effect) Figure(x float64) string {
	switch Unit(e.Metric) {
	case "points":
		x *= 100
	case "%":
		x *= 100 / math.Abs(e.Baseline)
	}
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "-"
	}
	return signed(x)
}

// Read is Figure with the unit behind it.
func (e *Effect) Read(x float64) string {
	unit := Unit(e.Metric)
	if unit != "%" {
		unit = " " + unit
	}
	return e.Figure(x) + unit
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
