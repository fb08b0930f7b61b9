package report

import (
	"math"
	"slices"
	"strconv"
)

// atGlance lists what a run is told by, at its start and at its end.
var atGlance = []string{
	"firms_real", "jobs", "productivity", "wage", "world_wage", "unemployment", "trust", "clusters", "share_jobs_in_clusters", "share_value_added_in_clusters",
	"synergy", "exports", "public_cost",
}

// glance is the run at its start and at its end, the median over replicates.
func (f *folder) glance() (shown, bool) {
	t := f.named("series.csv")
	if t == nil || f.kind != run {
		return shown{}, false
	}
	starts, ends, err := f.ends()
	if err != nil {
		f.faults = append(f.faults, err)
		return shown{}, false
	}
	end := f.say("report.end")
	for _, r := range f.manifest.Runs {
		if last := middle(ends["tick"]); last < float64(r.Ticks) { // the series has not the last tick: --every N
			end = f.say("column.tick") + " " + f.whole(int(last))
		}
	}
	s := shown{
		Title: f.say("report.table.glance"),
		Head:  []heading{{Name: f.say("report.what")}, {Name: f.say("report.start"), Number: true}, {Name: end, Number: true}, {Name: f.say("column.unit")}},
	}
	if len(f.manifest.Runs) > 1 {
		s.Note = f.say("report.medians", f.whole(len(f.manifest.Runs)))
	}
	for _, g := range atGlance {
		a, b := middle(starts[g]), middle(ends[g])
		if math.IsNaN(a) && math.IsNaN(b) {
			continue
		}
		how := form{by: 100, decimals: 1, unit: "%", fixed: true}
		if !share("series", g) {
			w, _ := f.meaning(t, g)
			how = form{by: 1, decimals: decimals(slices.DeleteFunc([]float64{a, b}, math.IsNaN)), unit: f.unit(w.unit)}
		}
		number := func(v float64) cell {
			if math.IsNaN(v) {
				return cell{Text: "–", Number: true}
			}
			return f.number("", strconv.FormatFloat(v, 'g', -1, 64), how)
		}
		s.Rows = append(s.Rows, []cell{{Text: f.label(g)}, number(a), number(b), {Text: how.unit}})
	}
	return s, len(s.Rows) > 0
}

// middle is the median, NaN of nothing.
func middle(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	values = slices.Clone(values)
	slices.Sort(values)
	k := len(values) / 2
	if len(values)%2 == 1 {
		return values[k]
	}
	return (values[k-1] + values[k]) / 2
}
