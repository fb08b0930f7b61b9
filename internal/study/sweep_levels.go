package study

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"strconv"

	"agglo/internal/table"
	"agglo/sim/design"
	"agglo/sim/rng"
)

// LevelsFile is the table from which the figure of levels is drawn: what becomes of outcomes as each factor of a sweep changes.
const LevelsFile = "levels.csv"

// Bounds of the table: levels of a factor that stand for themselves, bins of one that has more, points that a bin wants, points that
// are shown one by one, and outcomes.
const (
	mostLevels   = 12
	mostCuts     = 10
	leastInBin   = 5
	leastCut     = 4 // points that are cut at all
	mostDots     = 300
	mostOutcomes = 3
)

// levelsWords are the columns of levels.csv.
var levelsWords = []word{
	{"policy", "", "as in runs.csv"}, {"factor", "", "the factor"}, {"metric", "", "the outcome, at the last tick that each run has in runs.csv"},
	{"kind", "", "level: all points with one value of the factor; bin: a part of the points, cut by value into parts of equal number, ten where there are points enough; " +
		"range: greatest less least mean of these; point: a single one, of 300 drawn by lot where there are more"},
	{"level", "the factor's", "its value; of a bin the mean over its points; of a range where the mean is greatest"},
	{"from", "the factor's", "least value of a bin; of a range where the mean is least"}, {"to", "the factor's", "greatest value of a bin"},
	{"points", "points", "with a value"}, {"runs", "runs", "with a value"},
	{"mean", "the metric's", "mean over points of the mean over their runs"}, {"sd", "the metric's", "standard deviation of the points' means; empty for one"},
	{"lo", "the metric's", "lower end of a 95% interval (Student's); that of a range holds for all pairs of levels of all factors together (Bonferroni)"},
	{"hi", "the metric's", "upper end"},
	{"over", "", "what the interval is over. seeds: where points were chosen (grid, list, oat) and have several replicates: of the difference from the mean of all levels " +
		"under the same seed; points: else, so that the other factors are in it"},
	{"n", "", "number of seeds or points that the interval is over"},
}

// varied is a factor that takes more than one value in a sweep.
type varied struct {
	number int      // in the settings
	texts  []string // its levels in order; nil if values are cut into bins
	least  []float64
	values []float64 // by point, until they are cut
}

// levelSums gathers the points of a level or bin under a policy.
type levelSums struct {
	values, means cellSum // of the factor; of the points' means
	lo, hi        float64 // of the factor
	runs          int
	seeds         []cellSum // by replicate, over points
}

// levelAt is where points are gathered.
type levelAt struct {
	policy                string
	factor, group, metric int
}

// levelDot is a point that is shown by itself.
type levelDot struct {
	levelAt
	value, mean float64
	runs        int
}

// levelling is levels.csv while it is made.
type levelling struct {
	*SweepManifest
	metrics  []string
	columns  []int // of the metrics
	factors  []*varied
	base     []string // of a design in which one factor changes at a time: values of its first point
	chosen   bool     // points are
	bySeeds  bool
	limit    uint64 // points with a lesser number by chance are shown
	policies []string
	of       map[levelAt]*levelSums
	dots     []levelDot

	point, replicate, policy, first int // columns of runs.csv; first is that of the first factor
}

// levels writes levels.csv from runs.csv. It reads it twice and holds the values of the points, not the rows of the runs.
func (m *SweepManifest) levels(ctx context.Context, dir string) error {
	keys := keyColumns()
	l := &levelling{
		SweepManifest: m, of: map[levelAt]*levelSums{},
		point: slices.Index(keys, "point"), replicate: slices.Index(keys, "replicate"), policy: slices.Index(keys, "policy"), first: len(keys),
	}
	runs := filepath.Join(dir, "runs.csv")
	kind := m.Sweep.Settings.Design.Kind
	l.chosen = kind == "grid" || kind == "list" || kind == "oat"
	l.bySeeds = m.Sweep.Settings.Replicates > 1 && l.chosen
	if err := l.survey(ctx, runs); err != nil {
		return err
	}
	if err := l.gather(ctx, runs); err != nil {
		return err
	}
	return l.write(filepath.Join(dir, LevelsFile))
}

// survey finds the levels of the factors, the bins of those with many, and which points are shown.
func (l *levelling) survey(ctx context.Context, path string) error {
	s := l.Sweep.Settings
	known := make([]map[string]bool, len(s.Factors))
	all := make([]*varied, len(s.Factors))
	for k := range all {
		known[k], all[k] = map[string]bool{}, &varied{number: k}
	}
	var lots []uint64
	before := ""
	head, err := lastRows(ctx, path, func(last []string) error {
		if last[l.point] == before {
			return nil
		}
		before = last[l.point]
		lots = append(lots, l.lot(before))
		if before == "0" && s.Design.Kind == "oat" {
			l.base = slices.Clone(last[l.first : l.first+len(s.Factors)])
		}
		for k, f := range s.Factors {
			text := last[l.first+k]
			if f.Words == nil {
				v, err := strconv.ParseFloat(text, 64)
				if err != nil {
					return err
				}
				all[k].values = append(all[k].values, v)
			}
			if f.Words != nil || len(known[k]) <= mostLevels {
				known[k][text] = true
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	metrics := head[l.first+len(s.Factors):]
	for _, name := range shownFirst(metrics)[:min(mostOutcomes, len(metrics))] {
		l.metrics, l.columns = append(l.metrics, name), append(l.columns, slices.Index(head, name))
	}
	for k, v := range all {
		if len(known[k]) > 1 {
			v.settle(s.Factors[k], known[k], l.chosen)
			l.factors = append(l.factors, v)
		}
	}
	slices.Sort(lots)
	l.limit = math.MaxUint64
	if len(lots) > mostDots {
		l.limit = lots[mostDots]
	}
	return nil
}

// lot is a point's number by chance. Neither the first points nor every tenth would be fair to all designs.
func (l *levelling) lot(point string) uint64 {
	n, err := strconv.Atoi(point)
	if err != nil {
		return math.MaxUint64
	}
	return rng.Replicate(l.Sweep.Settings.Seed, n)
}

// settle gives a factor its levels in order, or cuts the values of its points into bins. Equal values are in one bin. Where points are
// spread and each has a value of its own, a level would be one point, whose other factors lie anywhere: few are cut too.
func (v *varied) settle(f design.Factor, known map[string]bool, chosen bool) {
	values := v.values
	v.values = nil
	if f.Words != nil {
		for _, x := range f.Values {
			if text := f.Text(x); known[text] && !slices.Contains(v.texts, text) {
				v.texts = append(v.texts, text)
			}
		}
		return
	}
	slices.Sort(values)
	if alone := len(known) == len(values) && len(values) >= leastCut; len(known) <= mostLevels && (chosen || !alone) {
		for _, x := range slices.Compact(values) {
			v.texts = append(v.texts, strconv.FormatFloat(x, 'g', -1, 64))
		}
		return
	}
	bins := min(max(len(values)/leastInBin, 2), mostCuts)
	for k := range bins {
		v.least = append(v.least, values[k*len(values)/bins])
	}
	v.least = slices.Compact(v.least)
}

// group is the number of the level or bin of a value as it stands in runs.csv, with the value; -1 for one that the survey has not met.
func (v *varied) group(text string) (int, float64) {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return slices.Index(v.texts, text), math.NaN()
	}
	if v.texts == nil {
		k, met := slices.BinarySearch(v.least, x)
		if !met {
			k--
		}
		return k, x
	}
	return slices.IndexFunc(v.texts, func(t string) bool {
		y, err := strconv.ParseFloat(t, 64)
		return err == nil && y == x || t == text
	}), x
}

// shownFirst are the metrics that readers ask for first where a sweep names more than figures show.
func shownFirst(metrics []string) []string {
	if len(metrics) <= mostOutcomes {
		return metrics
	}
	first := slices.DeleteFunc([]string{"jobs", "productivity", "synergy"}, func(name string) bool { return !slices.Contains(metrics, name) })
	rest := slices.DeleteFunc(slices.Clone(metrics), func(name string) bool { return slices.Contains(first, name) })
	return append(first, rest...)
}

// write writes the table.
func (l *levelling) write(path string) error {
	var names []string
	for _, c := range levelsWords {
		names = append(names, c.column)
	}
	w, err := table.Create(path, names...)
	if err != nil {
		return err
	}
	for metric := range l.metrics {
		for _, policy := range l.policies {
			for k := range l.factors {
				l.rows(w, levelAt{policy, k, 0, metric})
			}
		}
	}
	return w.Close()
}
