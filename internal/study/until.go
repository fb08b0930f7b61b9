package study

import (
	"math"
	"slices"

	"agglo/internal/text"
)

// round is the number of pairs between two looks at the width of intervals. It never depends on threads, so neither does the
// number of pairs.
const round = 10

// Until asks for pairs until an effect is known well enough.
type Until struct {
	Metric    string  `json:"metric,omitempty"` // empty = jobs_target of policies with a target, else jobs
	HalfWidth float64 `json:"half_width_pct"`   // of the 95% interval when a policy ends, % of the baseline, > 0
	Most      int     `json:"most"`             // pairs at most
}

// In says in a language what is asked for.
func (u *Until) In(lang string) string {
	metric := text.In(lang, "compared.until.jobs")
	switch {
	case u.Metric != "" && lang == text.Russian:
		metric = wordOf(lang, u.Metric)
	case u.Metric != "":
		metric = u.Metric
	}
	return text.In(lang, "compared.until", metric, text.Printed(lang, "%g", u.HalfWidth))
}

// widest is the largest half width, over the arms, of the interval of the metric's effect when each arm's policies end, in % of
// the baseline; NaN where there is none.
func (r *Result) widest(u *Until, runs []*record) float64 {
	width, widest := 1+len(r.Arms), 0.0
	for a := range r.Arms {
		metric := u.Metric
		if metric == "" || metric == jobsTarget {
			metric = "jobs"
			if local(r.Arms[a]) {
				metric = jobsTarget
			}
		}
		at := slices.Index(r.Ticks, scheduled(&r.Arms[a], r.Ticks[len(r.Ticks)-1]))
		var base, difference []float64
		for k := 0; k < len(runs); k += width {
			base = append(base, runs[k].series(metric, a)[at])
			difference = append(difference, runs[k+1+a].series(metric, a)[at]-base[len(base)-1])
		}
		baseline, _ := moments(base)
		lo, hi := student(difference)
		half := 50 * (hi - lo) / math.Abs(baseline)
		if math.IsNaN(half) {
			return half
		}
		widest = max(widest, half)
	}
	return widest
}

// scheduled is the last tick in which an arm's policies may act.
func scheduled(a *Arm, end int) int {
	last := 0
	for k := range a.Policies {
		if p := &a.Policies[k]; !p.Off() {
			last = max(last, p.To-1)
		}
	}
	if last == 0 {
		return end
	}
	return min(last, end)
}
