package plot

import (
	"math"

	gonum "gonum.org/v1/plot"
)

// reduction draws how much pairs of worlds gain over worlds of their own: the variance of policy less baseline apart, over that
// in pairs, on jobs in the target and on all jobs, a chart a policy.
func (f *folder) reduction() (*sheet, error) {
	e, err := f.effectTable()
	if err != nil {
		return nil, err
	}
	lines := []struct {
		metric string
		look   line
	}{
		{"jobs_target", line{color: blue, name: f.say("metric.jobs_target")}},
		{"jobs", line{color: vermillion, dash: dashed, name: f.say("reduction.all")}},
	}
	hi, worst := 10.0, math.Inf(1)
	drawn := map[string]bool{}
	for _, p := range e.policies {
		for _, l := range lines {
			if s := e.of[[2]string{l.metric, p}]; s != nil && known(s.reduction) {
				drawn[l.metric] = true
				_, top := extent(s.reduction)
				hi = math.Max(hi, top)
				worst = math.Min(worst, last(s.reduction))
			}
		}
	}
	if len(drawn) == 0 {
		return nil, skip(f.say("note.few", "effects.csv"))
	}
	var charts []*chart
	for _, p := range e.policies {
		ch := f.newChart(f.policy(p))
		ch.Y.Scale, ch.Y.Tick.Marker = gonum.LogScale{}, logTicks{f.lang}
		ch.Y.Min, ch.Y.Max = .5, math.Pow(10, math.Ceil(math.Log10(hi)-1e-9))
		ch.Add(rules{}, level{1, 1, grey})
		var years []float64
		for _, l := range lines {
			if s := e.of[[2]string{l.metric, p}]; s != nil {
				years = append(years, s.years...)
				ch.Add(curve{s.years, s.reduction, l.look.color, 1.3, l.look.dash})
			}
		}
		ch.across(years)
		ch.X.Tick.Marker = yearTicks{4}
		charts = append(charts, ch)
	}
	var entries []entry
	for _, l := range lines {
		if drawn[l.metric] {
			entries = append(entries, entry{line: l.look})
		}
	}
	title := f.say("title.reduction.less", f.factor(worst))
	if worst >= 10 {
		title = f.say("title.reduction", f.factor(worst))
	}
	return f.gridSheet(title, f.say("sub.reduction", f.title), charts, entries), nil
}

// factor writes how many times.
func (f *folder) factor(v float64) string {
	if v < 10 {
		return f.num(v, 1)
	}
	return f.num(v, 0)
}
