package study

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"agglo/internal/table"
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

// Sentences say which factors matter, and for what.
func (s *Sensitivity) Sentences(r *Sensed) []string {
	var says, gone []string
	for _, f := range r.Factors {
		if !f.Survives {
			gone = append(gone, f.Name)
		}
	}
	if s.Options.Trajectories > 0 {
		rule := fmt.Sprintf("A factor survives the screening if its mean effect on some outcome (%s over replicates) is at least %.0f%% of the largest there.",
			map[string]string{"either": "mean or variance"}[s.Options.By]+map[bool]string{true: s.Options.By}[s.Options.By != "either"], 100*s.Options.Keep)
		if len(gone) == 0 {
			says = append(says, rule+" All do.")
		} else {
			says = append(says, fmt.Sprintf("%s These do not: %s.", rule, strings.Join(gone, ", ")))
		}
	}
	says = append(says, r.leaders()...)
	if s.Experiment.Replicates < 2 {
		says = append(says, "With one replicate nothing is known of the variance between seeds: replicates: 5 or more tell it.")
	}
	if r.Left > 0 {
		says = append(says, fmt.Sprintf("%d of %d runs failed; %d trajectories or base points with a failed run or an absent value are left out; rounds/*/failures.csv say why.", r.Failed, r.Runs, r.Left))
	}
	return says
}

// leaders tells, for every outcome, which factor explains most.
func (r *Sensed) leaders() []string {
	type part struct {
		factor        string
		alone, within SensedIndex
	}
	var order []SensedIndex
	parts := map[SensedIndex][]part{}
	for _, i := range r.Indices {
		if i.Name != "S1" && i.Name != "ST" {
			continue
		}
		key := i
		key.Index = design.Index{}
		if parts[key] == nil {
			order = append(order, key)
		}
		if i.Name == "S1" {
			parts[key] = append(parts[key], part{factor: i.Factor, alone: i})
		} else {
			parts[key][len(parts[key])-1].within = i
		}
	}
	var says []string
	for _, key := range order {
		list := parts[key]
		if math.IsNaN(list[0].within.Value) {
			says = append(says, fmt.Sprintf("The %s is the same at all points: no factor moves it.", nameOf(key)))
			continue
		}
		slices.SortStableFunc(list, func(a, b part) int { return cmp.Compare(b.within.Value, a.within.Value) })
		first := list[0]
		if slices.ContainsFunc(list, func(x part) bool { return design.Astray(x.alone.Value, x.within.Value) }) {
			says = append(says, fmt.Sprintf("The %s: the shares of its spread are not known yet, for some are above 100%% or less than a factor's alone: more base points are wanted.", nameOf(key)))
			continue
		}
		words := fmt.Sprintf("The %s: %s explains %.0f%% of its spread over the factors (95%%: %.0f to %.0f), alone %.0f%%", nameOf(key), first.factor,
			100*first.within.Value, 100*first.within.Lo, 100*first.within.Hi, 100*first.alone.Value)
		if len(list) > 1 {
			words += fmt.Sprintf("; next %s with %.0f%%", list[1].factor, 100*list[1].within.Value)
			if first.within.Lo <= list[1].within.Hi {
				words += ", whose interval overlaps: which of them leads is not certain"
			}
		}
		says = append(says, words+".")
	}
	return says
}
