package plot

import (
	"math"
	"slices"

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

// books draws what each policy gave and cost per quarter, and what came back or came from others.
func (f *folder) books() (*sheet, error) {
	t, err := f.table("ledger.csv")
	if err != nil {
		return nil, err
	}
	policies := distinct(t.word["policy"])
	if t.number["run"] != nil && known(t.number["run"]) { // the ledger of a run is no mean over pairs
		return nil, skip(f.say("note.missing", "effects.csv"))
	}
	columns := []struct {
		column string
		look   line
	}{
		{"gross", line{color: blue, name: f.say("books.gross")}},
		{"admin", line{color: grey, dash: dotted, name: f.say("books.admin")}},
		{"guarantee_loss", line{color: purple, dash: longDash, name: f.say("books.guarantee_loss")}},
		{"tax_back", line{color: vermillion, dash: dashed, name: f.say("books.tax_back")}},
		{"private_levered", line{color: green, dash: dashDot, name: f.say("books.private_levered")}},
	}
	columns = slices.DeleteFunc(columns, func(c struct {
		column string
		look   line
	}) bool {
		lo, hi := extent(t.number[c.column])
		return !known(t.number[c.column]) || lo == 0 && hi == 0
	})
	var entries []entry
	var all [][]float64
	for _, c := range columns {
		entries = append(entries, entry{line: c.look})
		all = append(all, t.number[c.column])
	}
	var charts []*chart
	for k, p := range policies {
		ch := f.newChart(f.policy(p))
		ch.Y.Tick.Marker = evenTicks{n: 4, lang: f.lang}
		ch.upwards(true, all...)
		ch.Add(rules{}, level{0, 0, grey})
		var years []float64
		lines := make([][]float64, len(columns))
		for i := range t.rows {
			if t.word["policy"][i] != p {
				continue
			}
			years = append(years, f.year(t.number["tick"][i]))
			for c := range columns {
				lines[c] = append(lines[c], t.number[columns[c].column][i])
			}
		}
		for c := range columns {
			ch.Add(curve{years, lines[c], columns[c].look.color, 1.2, columns[c].look.dash})
		}
		ch.across(years)
		ch.X.Tick.Marker = yearTicks{4}
		if k == 0 && len(policies) == 1 {
			ch.head = f.say("unit.in", ch.head, f.unit("net_cost"))
		}
		charts = append(charts, ch)
	}
	gross, back := 0.0, 0.0
	for i := range t.rows {
		gross += t.number["gross"][i]
		if b := t.number["tax_back"]; known(b) && !math.IsNaN(b[i]) {
			back += b[i]
		}
	}
	title := f.say("title.books.none")
	if gross > 0 && back <= 0 {
		title = f.say("title.books.no")
	} else if gross > 0 {
		title = f.say("title.books", f.num(100*back/gross, 0))
	}
	return f.gridSheet(title, f.say("sub.books", f.title, f.unit("net_cost")), charts, entries), nil
}
