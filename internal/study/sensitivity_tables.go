package study

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"agglo/internal/table"
	"agglo/internal/text"
	"agglo/scenarios"
	"agglo/sim/design"
)

// screen says which factors survive: those whose mean effect mu_star on some outcome, of the statistics that count, is at least
// the part Keep of the largest mu_star on that outcome.
func (s *Sensitivity) screen(r *Sensed) {
	largest := map[SensedIndex]float64{}
	key := func(i SensedIndex) SensedIndex {
		i.Index = design.Index{}
		return i
	}
	for _, i := range r.Indices {
		if i.Name == "mu_star" {
			largest[key(i)] = max(largest[key(i)], i.Value)
		}
	}
	for k := range r.Factors {
		f := &r.Factors[k]
		f.Part = 0
		for _, i := range r.Indices {
			if i.Name != "mu_star" || i.Factor != f.Name || s.Options.By != "either" && s.Options.By != i.Statistic || largest[key(i)] == 0 {
				continue
			}
			if part := i.Value / largest[key(i)]; part > f.Part {
				f.Part, f.Of = part, nameOf(i)
			}
		}
		f.Survives = f.Part >= s.Options.Keep && f.Part > 0
	}
}

// nameOf names an outcome.
func nameOf(i SensedIndex) string {
	words := fmt.Sprintf("%s of %s at %d", i.Statistic, i.Metric, i.Tick)
	if i.Policy != "" {
		words += " under " + i.Policy
	}
	return words
}

// swings runs each factor alone at its ends, the others at their middle, and tells what changes, replicate by replicate.
func (s *Sensitivity) swings(ctx context.Context, q *Inquiry, w Work, r *Sensed) error {
	sweep, rows, err := s.stage(ctx, q, w, r, "ends", s.Experiment, design.Plan{Kind: "oat", N: 3, Seed: s.Experiment.Plan.Seed})
	if err != nil {
		return err
	}
	n := s.Experiment.Replicates
	for _, o := range outcomesOf(sweep) {
		base := statistic(rows, 0, n, o, statMean)
		if math.IsNaN(base) {
			continue
		}
		for j, f := range sweep.Experiment.Factors {
			low, high := ends(sweep.Points, j)
			x := Swing{Policy: o.policy, Metric: o.metric, Factor: f.Name, Tick: o.tick, Base: base,
				Low: scenarios.SettingText(f, sweep.Points[low][j]), High: scenarios.SettingText(f, sweep.Points[high][j])}
			x.AtLow, x.AtHigh = shift(rows, low, n, o), shift(rows, high, n, o)
			r.Swings = append(r.Swings, x)
		}
	}
	return nil
}

// ends are the points at which a factor alone is least and greatest; of words, the first and the last.
func ends(points [][]float64, factor int) (low, high int) {
	for p := range points {
		if points[p][factor] < points[low][factor] {
			low = p
		}
		if points[p][factor] > points[high][factor] {
			high = p
		}
	}
	return low, high
}

// shift is the mean change of an outcome from the first point to another, with its 95% interval over pairs of replicates.
func shift(rows [][][]float64, point, n int, o outcome) [3]float64 {
	var x []float64
	for k := range n {
		from, to := rows[k], rows[point*n+k]
		if from == nil || to == nil || o.row >= len(from) || o.row >= len(to) {
			continue
		}
		x = append(x, to[o.row][o.column]-from[o.row][o.column])
	}
	if len(x) == 0 {
		return [3]float64{math.NaN(), math.NaN(), math.NaN()}
	}
	mean, _ := moments(x)
	lo, hi := student(x)
	return [3]float64{mean, lo, hi}
}

// Tables of a sensitivity analysis, by their columns.
var (
	sensedWords = []word{
		{"stage", "", "screen: Morris, all factors; shares: Sobol', those that survive, the others at their middle"},
		{"policy", "", "of the experiment; empty if it compares none"}, {"tick", "quarters", "since the start"},
		{"metric", "", "column of series.csv"}, {"statistic", "", "over the replicates of a point, under the same seeds for all points: mean or variance"},
		{"factor", "", "path, or a:b for two"}, {"index", "", "mu, mu_star, sigma of Morris, for the whole range of the factor; S1, ST, S2 of Sobol', shares of variance"},
		{"value", "the statistic's, or 1", "estimate"}, {"lo", "the same", "lower end of the 95% interval, by bootstrap of trajectories or base points"}, {"hi", "the same", "upper end"},
	}
	screenedWords = []word{
		{"factor", "", "path"}, {"part", "1", "its mu_star over the largest, on the outcome on which this is most; empty without a screening"},
		{"on", "", "that outcome"}, {"survives", "", "yes: its shares of variance were looked for"}, {"fixed", "the factor's", "its value meanwhile, if it did not survive"},
	}
	swingWords = []word{
		{"policy", "", "of the experiment; empty if it compares none"}, {"tick", "quarters", "since the start"}, {"metric", "", "column of series.csv"},
		{"factor", "", "changed alone, the others at their middle"}, {"low", "the factor's", "its low end"}, {"high", "the factor's", "its high end"},
		{"base", "the metric's", "with all factors at their middle, mean over replicates"},
		{"at_low", "the metric's", "change from there at the low end, mean over pairs of replicates"}, {"at_low_lo", "the metric's", "95% interval"}, {"at_low_hi", "the metric's", "upper end"},
		{"at_high", "the metric's", "at the high end"}, {"at_high_lo", "the metric's", "95% interval"}, {"at_high_hi", "the metric's", "upper end"},
	}
)

// tables are those of the analysis.
func (r *Sensed) tables() []written {
	return []written{
		{"sensitivity", sensedWords, func(w *table.Writer) {
			for _, i := range r.Indices {
				w.Text(i.Stage)
				w.Text(i.Policy)
				w.Integer(int64(i.Tick))
				for _, cell := range []string{i.Metric, i.Statistic, i.Factor, i.Name} {
					w.Text(cell)
				}
				for _, v := range []float64{i.Value, i.Lo, i.Hi} {
					w.Number(v)
				}
				w.EndRow()
			}
		}},
		{"factors", screenedWords, func(w *table.Writer) {
			for _, f := range r.Factors {
				w.Text(f.Name)
				w.Number(f.Part)
				w.Text(f.Of)
				w.Text(yes(f.Survives))
				w.Text(f.Fixed)
				w.EndRow()
			}
		}},
		{"tornado", swingWords, func(w *table.Writer) {
			for _, x := range r.Swings {
				w.Text(x.Policy)
				w.Integer(int64(x.Tick))
				for _, cell := range []string{x.Metric, x.Factor, x.Low, x.High} {
					w.Text(cell)
				}
				for _, v := range slices.Concat([]float64{x.Base}, x.AtLow[:], x.AtHigh[:]) {
					w.Number(v)
				}
				w.EndRow()
			}
		}},
	}
}

// Sentences say in a language which factors matter, and for what.
func (s *Sensitivity) Sentences(lang string, r *Sensed) []string {
	say := func(key string, args ...any) string { return text.In(lang, key, args...) }
	var says, gone []string
	for _, f := range r.Factors {
		if !f.Survives {
			gone = append(gone, f.Name)
		}
	}
	if s.Options.Trajectories > 0 {
		rule := say("sensed.rule", say("sensed.by."+s.Options.By), text.Printed(lang, "%.0f", 100*s.Options.Keep))
		if len(gone) == 0 {
			says = append(says, say("sensed.all", rule))
		} else {
			says = append(says, say("sensed.gone", rule, strings.Join(gone, ", ")))
		}
	}
	says = append(says, r.leaders(lang)...)
	if s.Experiment.Replicates < 2 {
		says = append(says, say("sensed.once"))
	}
	if r.Left > 0 {
		says = append(says, say("sensed.left", text.Printed(lang, "%d", r.Failed), text.Printed(lang, "%d", r.Runs), text.Printed(lang, "%d", r.Left)))
	}
	return says
}

// leaders tells, for every outcome, which factor explains most.
func (r *Sensed) leaders(lang string) []string {
	say := func(key string, args ...any) string { return text.In(lang, key, args...) }
	percent := func(part float64) string { return text.Printed(lang, "%.0f", 100*part) }
	var says []string
	for _, list := range r.shared() {
		name := text.Reading(lang, nameOf(list[0].alone), nil)
		if math.IsNaN(list[0].within.Value) {
			says = append(says, say("sensed.still", name))
			continue
		}
		slices.SortStableFunc(list, func(a, b shared) int { return cmp.Compare(b.within.Value, a.within.Value) })
		first := list[0]
		if slices.ContainsFunc(list, func(x shared) bool { return design.Astray(x.alone.Value, x.within.Value) }) {
			says = append(says, say("sensed.astray", name))
			continue
		}
		words := say("sensed.leads", name, first.within.Factor, percent(first.within.Value), percent(first.within.Lo), percent(first.within.Hi), percent(first.alone.Value))
		if len(list) > 1 {
			words = say("sensed.next", words, list[1].within.Factor, percent(list[1].within.Value))
			if first.within.Lo <= list[1].within.Hi {
				words = say("sensed.overlap", words)
			}
		}
		says = append(says, words+".")
	}
	return says
}

// shared is what a factor explains of an outcome, alone and with its interactions.
type shared struct{ alone, within SensedIndex }

// shared lists, for every outcome in the order of the indices, what its factors explain.
func (r *Sensed) shared() (all [][]shared) {
	at := map[SensedIndex]int{}
	for _, i := range r.Indices {
		key := i
		key.Index = design.Index{}
		switch i.Name {
		case "S1":
			if _, known := at[key]; !known {
				at[key], all = len(all), append(all, nil)
			}
			all[at[key]] = append(all[at[key]], shared{alone: i})
		case "ST":
			of := all[at[key]]
			of[len(of)-1].within = i
		}
	}
	return all
}
