package plot

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"agglo/internal/text"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// effectsTable holds the effects of policies; a comparison alone has it.
const effectsTable = "effects.csv"

// reading is how the effect on a metric is best read: in % of the baseline, in percentage points, or as it stands.
type reading int

const (
	percent reading = iota
	points
	money
)

// outcomes lists the metrics of a comparison in the order in which readers ask for them. Others follow by name, in % of
// the baseline.
var outcomes = []struct {
	metric string
	as     reading
}{
	{"productivity", percent}, {"jobs", percent}, {"jobs_target", percent}, {"synergy", points}, {"public_cost", money}, {"value_added", percent},
	{"wage", percent}, {"unemployment", points}, {"firms", percent}, {"share_jobs_in_clusters", points},
	{"share_firms_in_clusters", points}, {"share_value_added_in_clusters", points}, {"exports", percent}, {"rd", percent},
	{"innovations", percent}, {"trust", percent}, {"tax_revenue", money}, {"treasury", money},
}

const (
	mostOutcomes = 6 // rows of a sheet
	mostPolicies = 3 // columns of a sheet
)

// effect is one metric under one policy over time, in the unit in which it is read.
type effect struct {
	years, mid, lo, hi []float64
	p                  []float64 // adjusted for all outcomes and policies; NaN where it is not known
	ticks              []float64
	pairs              []float64 // of worlds; NaN where it is not known
	reduction          []float64 // variance apart over variance in pairs; NaN where it is not known
}

// beyondChance says whether the effect at the k-th tick is more than chance: by the p value adjusted for all that was
// looked at where it is known, else by the interval. Too few pairs tell neither.
func (e *effect) beyondChance(k int) bool {
	if e.pairs[k] < leastPairs {
		return false
	}
	if !math.IsNaN(e.p[k]) {
		return e.p[k] < .05
	}
	return e.lo[k] > 0 || e.hi[k] < 0
}

// effectTable is effects.csv by metric and policy.
type effectTable struct {
	metrics, policies []string
	as                map[string]reading
	of                map[[2]string]*effect
	replicates        float64
}

// effectTable reads effects.csv.
func (f *folder) effectTable() (*effectTable, error) {
	t, err := f.table(effectsTable)
	if err != nil {
		return nil, err
	}
	e := &effectTable{as: map[string]reading{}, of: map[[2]string]*effect{}, replicates: first(t.number["replicates"])}
	for _, o := range outcomes {
		e.as[o.metric] = o.as
	}
	rows := make([]int, t.rows)
	for i := range rows {
		rows[i] = i
	}
	n := t.number
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(n["tick"][a], n["tick"][b]) })
	for _, i := range rows {
		m, p := t.word["metric"][i], t.word["policy"][i]
		if math.IsNaN(n["tick"][i]) {
			continue
		}
		by := 1.0
		switch e.as[m] {
		case points:
			by = 100
		case percent:
			if by = 100 / math.Abs(n["baseline"][i]); math.IsInf(by, 0) {
				by = math.NaN() // no baseline to compare with
			}
		}
		s := e.of[[2]string{m, p}]
		if s == nil {
			s = &effect{}
			e.of[[2]string{m, p}] = s
		}
		s.ticks = append(s.ticks, n["tick"][i])
		s.years = append(s.years, f.year(n["tick"][i]))
		s.mid = append(s.mid, by*n["effect"][i])
		s.lo, s.hi = append(s.lo, by*n["lo"][i]), append(s.hi, by*n["hi"][i])
		s.p = append(s.p, optional(n["p_adjusted"], i))
		s.pairs = append(s.pairs, optional(n["replicates"], i))
		gain := math.NaN()
		if v := n["variance_reduction"]; v != nil && v[i] > 0 {
			gain = v[i]
		}
		s.reduction = append(s.reduction, gain)
	}
	e.policies = distinct(t.word["policy"])
	e.metrics = ordered(distinct(t.word["metric"]))
	if len(e.of) == 0 {
		return nil, skip(f.say("note.empty", effectsTable))
	}
	return e, nil
}

// optional is a value of a column that a table may lack: NaN then.
func optional(column []float64, row int) float64 {
	if column == nil {
		return math.NaN()
	}
	return column[row]
}

// distinct returns each word once, in order of first appearance.
func distinct(words []string) []string {
	var out []string
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// ordered sorts metrics as outcomes has them, the rest by name behind.
func ordered(metrics []string) []string {
	rank := func(m string) int {
		for k, o := range outcomes {
			if o.metric == m {
				return k
			}
		}
		return len(outcomes)
	}
	slices.SortFunc(metrics, func(a, b string) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b)) })
	return metrics
}

// effects draws the paired effect of each policy on each outcome over time, with its 95% band: a row an outcome, named
// over its first chart and with one scale, and a column a policy. More than three policies take further sheets.
func (f *folder) effects() ([]*sheet, error) {
	e, err := f.effectTable()
	if err != nil {
		return nil, err
	}
	metrics := e.metrics[:min(len(e.metrics), mostOutcomes)]
	title, sub := f.effectsTitle(e, metrics), f.say("sub.effects", f.title)
	if !math.IsNaN(e.replicates) {
		sub = f.say("sub.effects.replicates", f.title, f.num(e.replicates, 0))
	}
	var sheets []*sheet
	for page := range slices.Chunk(e.policies, mostPolicies) {
		var rows [][]*chart
		for r, m := range metrics {
			var row []*chart
			for k, p := range page {
				ch := f.effectChart(e, m, p)
				if r == 0 {
					ch.top = shorten(style(labelSize, black, true), f.policy(p), 130)
				}
				if k == 0 {
					ch.head = f.metric(m, e.as[m], e.apart(m))
				}
				row = append(row, ch)
			}
			rows = append(rows, row)
		}
		sheets = append(sheets, &sheet{
			title: title, sub: sub, height: 60 + 92*vg.Length(len(rows)),
			paint: func(c draw.Canvas) { lay(c, rows, f.say("axis.year")) },
		})
	}
	return sheets, nil
}

// effectChart draws one effect with its band and the line of no effect, on the scale of the metric's whole row.
func (f *folder) effectChart(e *effectTable, metric, policy string) *chart {
	ch := f.newChart("")
	var all [][]float64
	var years []float64
	for _, p := range e.policies {
		if s := e.of[[2]string{metric, p}]; s != nil {
			all = append(all, s.mid, s.lo, s.hi)
			years = append(years, s.years...)
		}
	}
	ch.across(years)
	ch.X.Tick.Marker = yearTicks{4}
	ch.Y.Tick.Marker = evenTicks{n: 4, lang: f.lang}
	ch.upwards(true, all...)
	ch.Add(rules{}, level{0, 0, grey})
	if s := e.of[[2]string{metric, policy}]; s != nil {
		ch.Add(ribbon{s.years, s.lo, s.hi, faint(blue, .25)}, curve{s.years, s.mid, blue, 1.3, nil})
	}
	return ch
}

// effectsTitle tells the strongest effect at the end that is beyond chance, on the outcome that readers ask for first.
func (f *folder) effectsTitle(e *effectTable, metrics []string) string {
	if few := f.tooFew(); few != "" {
		return few
	}
	var unmoved []string
	for _, m := range metrics {
		if e.as[m] == money { // what a policy costs is no success
			continue
		}
		unmoved = append(unmoved, text.Lower(f.outcome(m, e.apart(m))))
		best, most := "", 0.0
		for _, p := range e.policies {
			s := e.of[[2]string{m, p}]
			if s == nil {
				continue
			}
			k := len(s.mid) - 1
			if s.beyondChance(k) && math.Abs(s.mid[k]) > most {
				best, most = p, math.Abs(s.mid[k])
			}
		}
		if best == "" {
			continue
		}
		s := e.of[[2]string{m, best}]
		k := len(s.mid) - 1
		sign := ""
		if s.mid[k] > 0 {
			sign = "+"
		}
		d := 1
		if most < 1 {
			d = 2
		}
		value := f.say("unit.percent", sign+f.num(s.mid[k], d))
		if e.as[m] == points {
			value = f.say("unit.points", sign+f.num(s.mid[k], d))
		}
		return f.say("title.effects", f.policy(best), f.date(s.ticks[k]), text.Lower(f.outcome(m, e.apart(m))), value,
			f.num(s.lo[k], d), f.num(s.hi[k], d))
	}
	return f.say("title.effects.none", strings.Join(unmoved, ", "))
}

// apart is how many ticks lie between the rows of a metric; 0 where that differs.
func (e *effectTable) apart(metric string) int {
	for _, p := range e.policies {
		s := e.of[[2]string{metric, p}]
		if s == nil || len(s.ticks) < 2 {
			continue
		}
		for k := 2; k < len(s.ticks); k++ {
			if s.ticks[k]-s.ticks[k-1] != s.ticks[1]-s.ticks[0] {
				return 0
			}
		}
		return int(s.ticks[1] - s.ticks[0])
	}
	return 0
}

// metric names a metric with the unit in which its effect is read, with so many quarters between its rows.
func (f *folder) metric(name string, as reading, quarters int) string {
	label := f.outcome(name, quarters)
	switch as {
	case points:
		return f.say("unit.in.points", label)
	case money:
		return f.say("unit.in", label, f.unit(name, quarters))
	}
	return f.say("unit.in.percent", label)
}

// outcome names a metric; what is counted from row to row bears the quarters between its rows where they are known, which is not 0.
func (f *folder) outcome(metric string, quarters int) string {
	key := "metric." + metric
	switch {
	case quarters == 1 && text.Has(key+".quarter"):
		return f.say(key + ".quarter")
	case quarters > 1 && text.Has(key+".quarters"):
		return f.say(key+".quarters", f.num(float64(quarters), 0))
	}
	return f.named("metric.", metric)
}

// policy names a policy: an instrument of the catalogue, several joined by a plus, or the id as a reader would write it.
func (f *folder) policy(id string) string { return text.Policies(f.lang, id) }

// named looks an id up in the catalogue; one that is not there is written with spaces.
func (f *folder) named(kind, id string) string { return text.Named(f.lang, kind, id) }

// ofScenario is what a sector, a region or a place of the scenario is called, by its id; the id where it has no name.
func (f *folder) ofScenario(id string) string {
	for _, list := range []string{"sectors", "regions", "places"} {
		if name := f.names[list][id]; name != "" {
			return text.Name(f.lang, name)
		}
	}
	return id
}

// calledIn is what an entry of a list of the scenario is called where a table has its id alone: by its name, in the language if the
// catalogue has it; without one by its id, as spelt makes it readable.
func (f *folder) calledIn(list, id string, spelt func(id string) string) string {
	if name := f.names[list][id]; name != "" {
		return text.Name(f.lang, name)
	}
	return spelt(id)
}
