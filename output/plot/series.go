package plot

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// line is one line of a panel: a column of series.csv, its name, and how it looks.
type line struct {
	column []float64
	name   string
	color  color.NRGBA
	dash   []vg.Length
	steps  bool // a count: it jumps from one value to the next
}

// dashed tells a second line from the first in a grey print.
var dashed = []vg.Length{4, 2}

// Further dashes, for more lines on the same axes.
var (
	dotted   = []vg.Length{1.5, 1.5}
	longDash = []vg.Length{8, 2}
	dashDot  = []vg.Length{5, 2, 1, 2}
)

// series draws the small multiples of a run: what firms make and pay, who comes and goes, who trusts and ties.
func (f *folder) series() (*sheet, error) {
	h, err := f.history()
	if err != nil {
		return nil, err
	}
	n := h.number
	none := level{}
	firms := n["firms"]
	if known(n["firms_real"]) {
		firms = n["firms_real"]
	}
	one := func(column []float64) []line { return []line{{column: column, color: blue}} }
	two := func(a []float64, nameA string, b []float64, nameB string) []line {
		return []line{{column: a, name: f.say(nameA), color: blue}, {column: b, name: f.say(nameB), color: vermillion, dash: dashed}}
	}
	panels := []*chart{
		f.panel(h, f.say("series.productivity"), none, one(n["productivity"])),
		f.panel(h, f.say("series.wage"), none, two(n["wage"], "series.here", n["world_wage"], "series.world")),
		f.panel(h, f.say("series.turnover"), level{7, 12, usual}, two(h.yearly(n["births"], f.tickYears), "series.births",
			h.yearly(n["deaths"], f.tickYears), "series.deaths")),
		f.panel(h, f.say("series.unemployment"), level{3, 9, usual}, one(scaled(n["unemployment"], 100))),
		f.panel(h, f.say("series.trust"), none, one(n["trust"])),
		f.panel(h, f.say("series.ties"), level{3, 8, usual}, two(n["suppliers"], "series.suppliers", n["collaborators"], "series.collaborators")),
		f.panel(h, f.say("series.technology"), none, two(n["technology"], "series.here", n["world_technology"], "series.world")),
		f.panel(h, f.say("series.firms"), none, one(firms)),
	}
	var rows [][]*chart
	for _, ch := range panels {
		if ch == nil {
			continue
		}
		if k := len(rows) - 1; k >= 0 && len(rows[k]) < 2 {
			rows[k] = append(rows[k], ch)
		} else {
			rows = append(rows, []*chart{ch})
		}
	}
	return &sheet{
		title: f.seriesTitle(h), sub: f.sub(h),
		height: 40 + vg.Length(len(rows))*126,
		paint:  func(c draw.Canvas) { lay(c, rows, f.say("axis.year")) },
	}, nil
}

// panel returns one chart of lines over years, with bands over replicates and the published range behind them; nil
// when no line has a value.
func (f *folder) panel(h *history, head string, ref level, lines []line) *chart {
	ch := f.newChart(head)
	ch.folds = true
	ch.across(h.years)
	var all [][]float64
	var spreads []spread
	for _, l := range lines {
		s := h.fold(l.column)
		spreads = append(spreads, s)
		all = append(all, s.lo, s.hi)
	}
	if !slices.ContainsFunc(spreads, func(s spread) bool { return known(s.mid) }) {
		return nil
	}
	if ref.hi > ref.lo {
		all = append(all, []float64{0, ref.hi})
		ch.Add(ref)
	}
	ch.Add(rules{})
	ch.upwards(false, all...)
	for i, s := range spreads {
		if l := lines[i]; len(h.blocks) > 1 {
			ch.Add(ribbon{l.across(h.years), l.upwards(s.lo), l.upwards(s.hi), faint(l.color, .22)})
		}
	}
	for i, s := range spreads {
		l := lines[i]
		ch.Add(curve{l.across(h.years), l.upwards(s.mid), l.color, 1.2, l.dash})
		if l.name != "" && known(s.mid) {
			ch.end(l.name, s.mid, l.color)
		}
	}
	return ch
}

// across and upwards are the points of a line, those of a count with a corner at each step.
func (l *line) across(x []float64) []float64 {
	if !l.steps || len(x) == 0 {
		return x
	}
	out := []float64{x[0]}
	for _, v := range x[1:] {
		out = append(out, v, v)
	}
	return out
}

func (l *line) upwards(y []float64) []float64 {
	if !l.steps || len(y) == 0 {
		return y
	}
	var out []float64
	for _, v := range y[:len(y)-1] {
		out = append(out, v, v)
	}
	return append(out, y[len(y)-1])
}

// unsettledYears of a run's start are left out of its mean unemployment, here as in summary.csv.
const unsettledYears = 2

// seriesTitle tells the yearly growth of productivity of the median run, and mean unemployment.
func (f *folder) seriesTitle(h *history) string {
	made, idle := h.fold(h.number["productivity"]).mid, h.fold(h.number["unemployment"]).mid
	a, b := first(made), last(made)
	span := h.years[len(h.years)-1] - h.years[0]
	if !(a > 0) || !(b > 0) || span <= 0 || !known(idle) {
		return f.say("title.series")
	}
	rate := 100 * (math.Pow(b/a, 1/span) - 1)
	key := "title.series.rise"
	if rate < 0 {
		key = "title.series.fall"
	}
	return f.say(key, f.num(math.Abs(rate), 1), f.num(100*f.idle(h), 1))
}

// idle is mean unemployment: as summary.csv has it, which counts all quarters; else over the rows. A run that ends within its first
// years has no others.
func (f *folder) idle(h *history) float64 {
	if given, has := f.summary("unemployment_mean"); has {
		return given.value
	}
	var means []float64
	for _, rows := range h.blocks {
		var all, settled []float64
		for _, i := range rows {
			v := h.number["unemployment"][i]
			if math.IsNaN(v) {
				continue
			}
			if all = append(all, v); h.number["tick"][i]*f.tickYears > unsettledYears {
				settled = append(settled, v)
			}
		}
		if len(settled) == 0 {
			settled = all
		}
		if len(settled) > 0 {
			means = append(means, mean(settled))
		}
	}
	slices.Sort(means)
	return quantile(means, .5)
}

// sub writes the line under a title: scenario, years, and what lines and bands are.
func (f *folder) sub(h *history) string {
	from, to := f.date(h.ticks[0]), f.date(h.ticks[len(h.ticks)-1])
	if len(h.blocks) > 1 {
		return f.say("sub.replicates", f.title, from, to, f.num(float64(len(h.blocks)), 0))
	}
	return f.say("sub.run", f.title, from, to)
}
