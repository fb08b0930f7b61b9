package study

import (
	"fmt"
	"math"
	"strings"

	"agglo/model/world"
)

// Page is the result as a page: what was asked, the table, and what the arms are.
func (r *ClaimsRun) Page() string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	say("# The article's claims, put to the test\n\n%s\n\n", r.Summary())
	for _, line := range r.Settings() {
		say("**%s**\n\n", line)
	}
	say("Effects are arm a less arm b in pairs of worlds with the same draws, means with 95%% intervals. *Smallest* is the smallest effect of " +
		"interest, fixed before the first run. *Power* is the effect that so many pairs tell from none with a chance of 80%%. A star: the verdict also holds " +
		"when p is adjusted (Holm) for all counted tests. Tests *by construction* show that the model is in order and are not counted.\n\n")
	say("| test | claim | outcome | years | pairs | effect [95%%] | smallest | verdict | power | literature |\n")
	say("|---|---|---|---|---|---|---|---|---|---|\n")
	for k := range r.Results {
		x := &r.Results[k]
		t := &x.Test
		say("| %s | %s | %s, %s | %s | %d | %s | %s%g | %s | %s | %s |\n", t.ID, cell(t.Quote.EN), t.Outcome, t.Unit,
			years(t), x.Pairs, x.Span(), t.Expected, t.Smallest, x.Says(), amount(x.Detectable, false), cell(t.Literature))
	}
	say("\n## Arms\n\n| test | world | a | b | money a, b | note |\n|---|---|---|---|---|---|\n")
	for k := range r.Results {
		x := &r.Results[k]
		a, other := x.Test.Sides()
		say("| %s | %s | %s | %s | %s, %s | %s |\n", x.Test.ID, x.Test.Scenario, cell(a), cell(other), amount(x.SpentA, false), amount(x.SpentB, false), cell(x.remarks()))
	}
	say("\nMoney is public money since the branch, in worker-years, mean over pairs.\n")
	for k := range r.Results {
		r.Results[k].menuPage(say)
	}
	say("\n## Why these effects are the smallest of interest\n\n")
	for k := range r.Results {
		t := &r.Results[k].Test
		say("- %s: %g %s, %s.\n", t.ID, t.Smallest, t.Unit, t.Why)
	}
	say("\n## Quotations\n\n")
	for k := range r.Results {
		t := &r.Results[k].Test
		say("- %s: «%s»\n", t.ID, t.Quote.RU)
	}
	return b.String()
}

// Settings tell what was set in all arms of all tests, and which arms stand above it; nothing where nothing was.
func (r *ClaimsRun) Settings() (lines []string) {
	for _, one := range r.Set {
		line := fmt.Sprintf("With %s = %s in all arms of all tests (--set)", one.Path, one.Value)
		var above []string
		for k := range r.Results {
			for _, arm := range r.Results[k].Test.Above(one.Path) {
				above = append(above, fmt.Sprintf("%s (%s)", r.Results[k].Test.ID, arm))
			}
		}
		if len(above) > 0 {
			line += ", but in those that set it by themselves: " + strings.Join(above, ", ")
		}
		lines = append(lines, line+".")
	}
	return lines
}

// Summary counts the verdicts.
func (r *ClaimsRun) Summary() string {
	counted, built := map[string]int{}, 0
	tests := 0
	for k := range r.Results {
		if !r.Results[k].Test.Counted() {
			built++
			continue
		}
		counted[r.Results[k].Verdict]++
		tests++
	}
	var parts []string
	for _, v := range []string{Supported, Contradicted, NoEffect, Undecided, Waiting} {
		if counted[v] > 0 || v != Waiting {
			parts = append(parts, fmt.Sprintf("%d %s", counted[v], v))
		}
	}
	return fmt.Sprintf("Of %d counted tests: %s. Beside them %d by construction, which are not counted.",
		tests, strings.Join(parts, ", "), built)
}

// Says is the verdict as the table has it.
func (r *ClaimResult) Says() string {
	switch {
	case r.Test.Construction != "" && r.Verdict != Waiting:
		return "by construction (" + r.Verdict + ")"
	case r.Holm < beyondChance:
		return r.Verdict + "*"
	}
	return r.Verdict
}

// Span writes effect and interval.
func (r *ClaimResult) Span() string {
	switch {
	case math.IsNaN(r.Effect):
		return "-"
	case math.IsNaN(r.Lo):
		return amount(r.Effect, true)
	}
	return fmt.Sprintf("%s [%s, %s]", amount(r.Effect, true), amount(r.Lo, true), amount(r.Hi, true))
}

// Power writes the effect that so many pairs find.
func (r *ClaimResult) Power() string { return amount(r.Detectable, false) }

// Sides say what stands on either side.
func (t *ClaimTest) Sides() (a, b string) {
	switch t.Contrast {
	case Best:
		return fmt.Sprintf("the best of %d instruments", len(t.Best)), t.B.Says
	case Interaction:
		return t.A.Says + "; less: " + t.B.Says, t.C.Says + "; less: " + t.D.Says
	case Country:
		return fmt.Sprintf("%s, in %d countries", t.A.Says, len(t.Worlds)), t.B.Says
	case Level:
		return t.A.Says, fmt.Sprintf("the published %g", t.Level)
	case Nearer:
		return t.A.Says, t.B.Says + "; both beside: " + t.C.Says
	case Spread:
		return "spread over worlds: " + t.A.Says, t.B.Says
	}
	return t.A.Says, t.B.Says
}

// remarks are a test's note, and why it does not count.
func (r *ClaimResult) remarks() string {
	if r.Test.Construction != "" {
		return note(r.Note, "by construction: "+r.Test.Construction)
	}
	return r.Note
}

// years are the branch and the horizon in years.
func years(t *ClaimTest) string {
	const year = float64(world.TicksPerYear)
	return fmt.Sprintf("%g+%g", float64(t.Branch)/year, float64(t.Horizon)/year)
}

// amount writes a number with three significant digits or so.
func amount(x float64, sign bool) string {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return "-"
	case sign:
		return signed(x)
	}
	return strings.TrimPrefix(signed(x), "+")
}

// cell keeps a text inside its cell.
func cell(s string) string { return strings.ReplaceAll(s, "|", "/") }
