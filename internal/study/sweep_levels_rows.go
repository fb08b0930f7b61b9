package study

import (
	"context"
	"math"
	"slices"
	"strconv"

	"agglo/internal/table"
)

// levelPoint is a point while its runs are gathered.
type levelPoint struct {
	name   string
	groups []int // by factor; -1 where it tells nothing of the factor
	values []float64
	shown  bool
	of     map[string][]cellSum // by policy, by metric
}

// gather adds up the runs, point by point: rows lie by run, and the runs of a point lie together.
func (l *levelling) gather(ctx context.Context, path string) error {
	p := &levelPoint{}
	_, err := lastRows(ctx, path, func(last []string) error {
		if last[l.point] != p.name {
			l.close(p)
			p = l.begin(last)
		}
		policy := last[l.policy]
		if !slices.Contains(l.policies, policy) {
			l.policies = append(l.policies, policy)
		}
		if p.of[policy] == nil {
			p.of[policy] = make([]cellSum, len(l.metrics))
		}
		replicate, err := strconv.Atoi(last[l.replicate])
		if err != nil {
			return err
		}
		for metric, column := range l.columns {
			if last[column] == "" {
				continue
			}
			v, err := strconv.ParseFloat(last[column], 64)
			if err != nil {
				return err
			}
			p.of[policy][metric].add(v)
			for k, group := range p.groups {
				if l.bySeeds && group >= 0 {
					l.at(levelAt{policy, k, group, metric}).seeds[replicate].add(v)
				}
			}
		}
		return nil
	})
	l.close(p)
	return err
}

// begin opens a point by its first row.
func (l *levelling) begin(row []string) *levelPoint {
	p := &levelPoint{name: row[l.point], shown: l.lot(row[l.point]) < l.limit, of: map[string][]cellSum{}}
	for _, v := range l.factors {
		group, value := v.group(row[l.first+v.number])
		for j := range l.Sweep.Settings.Factors {
			if l.base != nil && j != v.number && row[l.first+j] != l.base[j] {
				group = -1 // here another factor changes
			}
		}
		p.groups, p.values = append(p.groups, group), append(p.values, value)
	}
	return p
}

// at is the place where the points of a level are gathered.
func (l *levelling) at(key levelAt) *levelSums {
	s := l.of[key]
	if s == nil {
		s = &levelSums{lo: math.Inf(1), hi: math.Inf(-1)}
		if l.bySeeds {
			s.seeds = make([]cellSum, l.Sweep.Settings.Replicates)
		}
		l.of[key] = s
	}
	return s
}

// close adds a point whose runs are all there.
func (l *levelling) close(p *levelPoint) {
	for _, policy := range l.policies {
		for metric, own := range p.of[policy] {
			if own.n == 0 {
				continue
			}
			for k, group := range p.groups {
				if group < 0 {
					continue
				}
				key := levelAt{policy, k, group, metric}
				s := l.at(key)
				s.means.add(own.mean)
				s.runs += own.n
				if l.factors[k].texts != nil {
					continue
				}
				s.values.add(p.values[k])
				s.lo, s.hi = min(s.lo, p.values[k]), max(s.hi, p.values[k])
				if p.shown {
					l.dots = append(l.dots, levelDot{key, p.values[k], own.mean, own.n})
				}
			}
		}
	}
}

// bySeed are the means of the replicates, NaN where one has none.
func (s *levelSums) bySeed() []float64 {
	var means []float64
	for _, t := range s.seeds {
		if t.n == 0 {
			t.mean = math.NaN()
		}
		means = append(means, t.mean)
	}
	return means
}

// measured leaves out what is not known.
func measured(x []float64) []float64 {
	return slices.DeleteFunc(x, math.IsNaN)
}

// margin is half of the 95% interval of a level's mean and the number of seeds or points that it is over. Over seeds it is that of the
// difference from what the levels have in common under a seed, for a lucky seed lifts all of them and tells nothing of the factor.
func (l *levelling) margin(s *levelSums, common []float64) (half float64, n int) {
	variance := s.means.variance()
	n = s.means.n
	if l.bySeeds {
		seeds := s.bySeed()
		for k := range seeds {
			seeds[k] -= common[k]
		}
		seeds = measured(seeds)
		if n = len(seeds); n > 1 {
			_, variance = moments(seeds)
		}
	}
	if n < 2 {
		return math.NaN(), n
	}
	return tQuantile(.975, n) * math.Sqrt(variance/float64(n)), n
}

// common is the mean of all levels under each seed.
func common(levels []*levelSums) []float64 {
	sums := make([]cellSum, len(levels[0].seeds))
	for _, s := range levels {
		for k, v := range s.bySeed() {
			if !math.IsNaN(v) {
				sums[k].add(v)
			}
		}
	}
	means := make([]float64, len(sums))
	for k, t := range sums {
		means[k] = t.mean
	}
	return means
}

// variance is that of the values; NaN for one.
func (t *cellSum) variance() float64 {
	if t.n < 2 {
		return math.NaN()
	}
	return t.s / float64(t.n-1)
}

// spread is half of the 95% interval of the difference of two levels' means, one of so many pairs: paired over seeds; over points as
// Welch has it, with the fewer degrees of freedom of the two.
func (l *levelling) spread(a, b *levelSums, pairs int) (half float64, n int) {
	var variance float64
	if l.bySeeds {
		x, y := a.bySeed(), b.bySeed()
		for k := range x {
			x[k] -= y[k]
		}
		x = measured(x)
		if n = len(x); n > 1 {
			_, variance = moments(x)
		}
		variance /= float64(max(n, 1))
	} else {
		n = min(a.means.n, b.means.n)
		variance = a.means.variance()/float64(a.means.n) + b.means.variance()/float64(b.means.n)
	}
	if n < 2 {
		return math.NaN(), n
	}
	return tQuantile(1-.025/float64(pairs), n) * math.Sqrt(variance), n
}

// levelRow is a row of levels.csv.
type levelRow struct {
	kind            string
	level, from, to string
	points, runs    int
	mean, sd, half  float64
	n               int
}

// row writes a row.
func (l *levelling) row(w *table.Writer, key levelAt, r levelRow) {
	factor := l.Sweep.Settings.Factors[l.factors[key.factor].number].Name
	for _, text := range []string{key.policy, factor, l.metrics[key.metric], r.kind, r.level, r.from, r.to} {
		w.Text(text)
	}
	w.Integer(int64(r.points))
	w.Integer(int64(r.runs))
	for _, x := range []float64{r.mean, r.sd, r.mean - r.half, r.mean + r.half} {
		w.Number(x)
	}
	over := "points"
	if l.bySeeds {
		over = "seeds"
	}
	if math.IsNaN(r.half) {
		over = ""
	}
	w.Text(over)
	w.Maybe(float64(r.n), over != "")
	w.EndRow()
}

// rows writes the rows of a factor, an outcome and a policy.
func (l *levelling) rows(w *table.Writer, key levelAt) {
	v := l.factors[key.factor]
	var levels []levelRow
	var sums []*levelSums
	for key.group = range max(len(v.texts), len(v.least)) {
		s := l.of[key]
		if s == nil || s.means.n == 0 {
			continue
		}
		r := levelRow{kind: "bin", points: s.means.n, runs: s.runs, mean: s.means.mean, sd: math.Sqrt(s.means.variance())}
		if v.texts != nil {
			r.kind, r.level = "level", v.texts[key.group]
		} else {
			r.level, r.from, r.to = digits(s.values.mean), digits(s.lo), digits(s.hi)
		}
		levels, sums = append(levels, r), append(sums, s)
	}
	if len(levels) == 0 {
		return
	}
	least, most, shared := 0, 0, common(sums)
	for k := range levels {
		r := &levels[k]
		r.half, r.n = l.margin(sums[k], shared)
		l.row(w, key, *r)
		if r.mean < levels[least].mean {
			least = k
		}
		if r.mean > levels[most].mean {
			most = k
		}
	}
	if len(levels) > 1 {
		a, b := levels[most], levels[least]
		r := levelRow{kind: "range", level: a.level, from: b.level, points: a.points + b.points, runs: a.runs + b.runs, mean: a.mean - b.mean, sd: math.NaN()}
		pairs := len(levels) * (len(levels) - 1) / 2
		r.half, r.n = l.spread(sums[most], sums[least], pairs*len(l.factors)) // the factor that moves most is chosen among all
		l.row(w, key, r)
	}
	for _, d := range l.dots {
		if d.policy == key.policy && d.factor == key.factor && d.metric == key.metric {
			l.row(w, key, levelRow{kind: "point", level: digits(d.value), points: 1, runs: d.runs, mean: d.mean, sd: math.NaN(), half: math.NaN()})
		}
	}
}

// digits is a number with the fewest digits that give the same bits back.
func digits(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
