package study

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"agglo/model/policy"
)

// Power says which effects in a policy's outcomes at a tick so many pairs would find.
func (r *Result) Power(policy string, tick int) string {
	var parts []string
	for _, m := range asked {
		if e, found := r.At(policy, m, tick); found && e.Detectable > 0 {
			parts = append(parts, wordOf(m)+" "+strings.TrimPrefix(e.Read(e.Detectable), "+"))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf("%s, tick %d: %s.", policy, tick, strings.Join(parts, ", "))
}

// Followed says how much pairs gain over worlds of their own in a policy's effect on jobs (those of the target where there is
// one), and how far ahead the gain lasts.
func (r *Result) Followed(policy string) string {
	metric := "jobs"
	if _, found := r.At(policy, jobsTarget, r.Ticks[0]); found {
		metric = jobsTarget
	}
	var at []int
	var gain []float64
	for _, t := range r.Ticks {
		if e, found := r.At(policy, metric, t); found && t > r.First && !math.IsNaN(e.VarianceReduction) && !math.IsInf(e.VarianceReduction, 0) {
			at, gain = append(at, t), append(gain, e.VarianceReduction)
		}
	}
	if len(at) == 0 {
		return ""
	}
	last := func(least float64) string {
		k := slices.IndexFunc(gain, func(x float64) bool { return x < least })
		switch {
		case k < 0:
			return fmt.Sprintf("to the end (tick %d)", at[len(at)-1])
		case k == 0:
			return "nowhere"
		}
		return fmt.Sprintf("to tick %d", at[k-1])
	}
	return fmt.Sprintf("%s: on %s, one pair tells as much as %s pairs of unrelated worlds at tick %d, %s at tick %d. The effect can be followed with a gain of ten or more %s, of two or more %s.",
		policy, wordOf(metric), rounded(gain[0]), at[0], rounded(gain[len(gain)-1]), at[len(at)-1], last(10), last(2))
}

// rounded writes a factor with two significant digits or as a whole number.
func rounded(x float64) string {
	if x < 10 {
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}

// Parted says where the histories of a policy's pairs leave the baseline's.
func (r *Result) Parted(policy string) string {
	var first *Parting
	least, most, pairs, same := 0, 0, 0, 0
	for k := range r.Partings {
		p := &r.Partings[k]
		if p.Policy != policy || k > 0 && r.Partings[k-1].Policy == policy && r.Partings[k-1].Replicate == p.Replicate {
			continue
		}
		pairs++
		if p.Tick == 0 {
			same++
			continue
		}
		if first == nil {
			first, least, most = p, p.Tick, p.Tick
		}
		least, most = min(least, p.Tick), max(most, p.Tick)
	}
	switch {
	case pairs == 0:
		return ""
	case first == nil:
		return fmt.Sprintf("%s: the worlds of all pairs stay one to the last bit.", policy)
	}
	when := fmt.Sprintf("at tick %d", least)
	if most > least {
		when = fmt.Sprintf("between ticks %d and %d", least, most)
	}
	which := fmt.Sprintf("; in replicate %d first in %s", first.Replicate, first.What)
	if first.Firm > 0 {
		which = fmt.Sprintf("; in replicate %d first at %d firms, such as %d of %s at (%.0f, %.0f) km: %s",
			first.Replicate, first.Firms, first.Firm, first.Sector, first.X, first.Y, first.What)
	}
	if same > 0 {
		which += fmt.Sprintf("; %d of %d pairs never part", same, pairs)
	}
	return fmt.Sprintf("%s: histories part %s%s.", policy, when, which)
}

// Stopped says why there are as many pairs as there are; empty if their number was given.
func (r *Result) Stopped() string {
	switch {
	case r.Until == nil:
		return ""
	case r.Widest <= r.Until.HalfWidth:
		return fmt.Sprintf("%d pairs were enough for %s: it is %.2g%%. Who stops when intervals are narrow gets them a little too narrow: see docs/comparing.md.",
			len(r.Seeds), r.Until, r.Widest)
	case r.Unfinished > 0:
		return fmt.Sprintf("Broken off after %d pairs, too early for %s: it is %.2g%%.", len(r.Seeds), r.Until, r.Widest)
	}
	return fmt.Sprintf("%d pairs, as many as allowed, are not enough for %s: it is %.2g%%.", len(r.Seeds), r.Until, r.Widest)
}

// Looked says at how many effects a tick's p-values were adjusted for, and what that means for intervals.
func (r *Result) Looked() string {
	n, end := 0, r.Ticks[len(r.Ticks)-1]
	for k := range r.Effects {
		if r.Effects[k].Tick == end && !math.IsNaN(r.Effects[k].P) {
			n++
		}
	}
	if n < 2 {
		return ""
	}
	return fmt.Sprintf("%d effects are tested at each tick, and p-values adjusted for that (Holm). Intervals are each for itself: of %d, "+
		"chance alone leaves about %.1f beside 0. An effect without a star whose interval leaves out 0 is a hint, not a finding.",
		n, n, .05*float64(n))
}

// Harmless says why the policies of an arm can do nothing until a comparison's last tick; empty if one can.
func (a *Arm) Harmless(end int) string {
	var why []string
	for k := range a.Policies {
		p := &a.Policies[k]
		reason := idle(p, end)
		if reason == "" {
			return ""
		}
		if len(a.Policies) > 1 {
			reason = p.ID + ": " + reason
		}
		why = append(why, reason)
	}
	return strings.Join(why, "; ")
}

// idle says why a policy can do nothing.
func idle(p *policy.Spec, end int) string {
	switch {
	case p.Intensity == 0:
		return "its intensity is 0"
	case p.Budget == 0:
		return "its budget is 0"
	case p.To <= p.From:
		return fmt.Sprintf("it ends at tick %d, when it has not begun", p.To)
	case p.From > end:
		return fmt.Sprintf("it begins at tick %d, after the end at %d", p.From, end)
	}
	return ""
}
