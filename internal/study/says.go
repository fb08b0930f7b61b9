package study

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"agglo/internal/text"
	"agglo/model/policy"
)

// Power says in a language which effects in a policy's outcomes at a tick so many pairs would find.
func (r *Result) Power(lang, policy string, tick int) string {
	var parts []string
	for _, m := range asked {
		if e, found := r.At(policy, m, tick); found && e.Detectable > 0 {
			parts = append(parts, wordOf(lang, m)+" "+strings.TrimPrefix(e.Read(lang, e.Detectable), "+"))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return text.In(lang, "compared.found", nameOfPolicy(lang, policy), text.Printed(lang, "%d", tick), strings.TrimSuffix(strings.Join(parts, ", "), "."))
}

// Followed says in a language how much pairs gain over worlds of their own in a policy's effect on jobs (those of the target where there is
// one), and how far ahead the gain lasts.
func (r *Result) Followed(lang, policy string) string {
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
	tick := func(k int) string { return text.Printed(lang, "%d", at[k]) }
	factor := func(k int) string { return text.Printed(lang, "%s", rounded(gain[k])) }
	last := func(least float64) string {
		k := slices.IndexFunc(gain, func(x float64) bool { return x < least })
		switch {
		case k < 0:
			return text.In(lang, "compared.gain.end", tick(len(at)-1))
		case k == 0:
			return text.In(lang, "compared.gain.nowhere")
		}
		return text.In(lang, "compared.gain.to", tick(k-1))
	}
	end := len(at) - 1
	return text.In(lang, "compared.gain", nameOfPolicy(lang, policy), wordOf(lang, metric), factor(0), tick(0), factor(end), tick(end), last(10), last(2))
}

// rounded writes a factor with two significant digits or as a whole number.
func rounded(x float64) string {
	if x < 10 {
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}

// Parted says in a language where the histories of a policy's pairs leave the baseline's; called is what a sector is called, by its id.
func (r *Result) Parted(lang, policy string, called func(id string) string) string {
	say := func(key string, args ...any) string { return text.In(lang, key, args...) }
	whole := func(n int) string { return text.Printed(lang, "%d", n) }
	first, least, most, pairs, same := r.parted(policy)
	name := nameOfPolicy(lang, policy)
	switch {
	case pairs == 0:
		return ""
	case first == nil:
		return say("compared.same", name)
	}
	words := say("compared.parted.at", whole(least))
	if most > least {
		words = say("compared.parted.between", whole(least), whole(most))
	}
	if what := say("trait." + first.What); first.Firm > 0 {
		km := func(x float64) string { return text.Printed(lang, "%.0f", x) }
		words = say("compared.parted.firms", words, whole(first.Replicate), whole(first.Firms), fmt.Sprint(first.Firm), called(first.Sector), km(first.X), km(first.Y), what)
	} else {
		words = say("compared.parted.in", words, whole(first.Replicate), what)
	}
	if same > 0 {
		words = say("compared.parted.never", words, whole(same), whole(pairs))
	}
	return say("compared.parted", name, words)
}

// parted is the first of a policy's pairs whose histories part, nil if none do; between which ticks they do; how many pairs there are, and
// how many stay one.
func (r *Result) parted(policy string) (first *Parting, least, most, pairs, same int) {
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
	return first, least, most, pairs, same
}

// Stopped says in a language why there are as many pairs as there are; empty if their number was given.
func (r *Result) Stopped(lang string) string {
	if r.Until == nil {
		return ""
	}
	key := "compared.most"
	switch {
	case r.Widest <= r.Until.HalfWidth:
		key = "compared.enough"
	case r.Unfinished > 0:
		key = "compared.broken"
	}
	return text.In(lang, key, text.Printed(lang, "%d", len(r.Seeds)), r.Until.In(lang), text.Printed(lang, "%.2g", r.Widest))
}

// Looked says in a language at how many effects a tick's p-values were adjusted for, and what that means for intervals.
func (r *Result) Looked(lang string) string {
	n, end := 0, r.Ticks[len(r.Ticks)-1]
	for k := range r.Effects {
		if r.Effects[k].Tick == end && !math.IsNaN(r.Effects[k].P) {
			n++
		}
	}
	if n < 2 {
		return ""
	}
	count := text.Printed(lang, "%d", n)
	return text.In(lang, "compared.looked", count, count, text.Printed(lang, "%.1f", .05*float64(n)))
}

// Harmless says in a language why the policies of an arm can do nothing until a comparison's last tick; empty if one can.
func (a *Arm) Harmless(lang string, end int) string {
	var why []string
	for k := range a.Policies {
		p := &a.Policies[k]
		reason := idle(lang, p, end)
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
func idle(lang string, p *policy.Spec, end int) string {
	switch {
	case p.Intensity == 0:
		return text.In(lang, "compared.idle.intensity")
	case p.Budget == 0:
		return text.In(lang, "compared.idle.budget")
	case p.To <= p.From:
		return text.In(lang, "compared.idle.ends", text.Printed(lang, "%d", p.To))
	case p.From > end:
		return text.In(lang, "compared.idle.begins", text.Printed(lang, "%d", p.From), text.Printed(lang, "%d", end))
	}
	return ""
}
