package scenarios

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"agglo/sim/design"
)

// An Experiment is a sweep: a scenario, what is varied in it, and what of the runs is reported.
type Experiment struct {
	Scenario    string            // a built-in name, or a path relative to the file
	Set         []Setting         // fixed overrides, in the order of the file
	Factors     []design.Factor   // may be none: then there is one point
	Plan        design.Plan       // a grid if the file has no design
	Replicates  int               // runs of each point, >= 1
	Seed        *uint64           // below 2^53; nil = the scenario's
	Independent bool              // each point has seeds of its own
	Ticks       *int              // quarters; nil = the scenario's
	BurnIn      int               // quarters before undated policies begin
	Policies    []string          // "none", options of the scenario, instruments, files
	Files       map[string]string // texts of the files that Policies names
	Metrics     []string          // columns of the tables; empty = all
	At          []int             // ticks of the rows of runs.csv, rising; empty = the last
	Every       int               // ticks between the rows of series.csv; 0 = no such table
	Stop        *Condition        // a run ends at the first tick at which it holds; nil = none
	Layout      string            // of one more table: one of Layouts; empty = none

	Dir string // where the scenario's files lie; empty for a built-in one

	base *Scenario // with the overrides set
}

// Layouts are those of other programs, in which a sweep can write one more table.
var Layouts = []string{"netlogo"}

// A Setting is a value of the scenario that an experiment sets.
type Setting struct{ Path, Value string }

// A Condition compares a metric with a number.
type Condition struct {
	Metric string
	Op     string // one of Ops
	Value  float64
}

// NoPolicy is the word for the scenario as it stands among an experiment's policies.
const NoPolicy = "none"

// ops are the comparisons of conditions; those that begin like others stand first.
var ops = []string{">=", "<=", "==", "!=", ">", "<"}

// Holds says whether the condition holds for the metric's value; it never does for one that does not exist.
func (c Condition) Holds(x float64) bool {
	switch {
	case math.IsNaN(x):
		return false
	case c.Op == ">":
		return x > c.Value
	case c.Op == "<":
		return x < c.Value
	case c.Op == ">=":
		return x >= c.Value
	case c.Op == "<=":
		return x <= c.Value
	case c.Op == "==":
		return x == c.Value
	}
	return x != c.Value
}

// String is the condition as in a file.
func (c Condition) String() string {
	return fmt.Sprintf("%s %s %s", c.Metric, c.Op, strconv.FormatFloat(c.Value, 'g', -1, 64))
}

// Base is the experiment's scenario with the fixed overrides set.
func (x *Experiment) Base() *Scenario { return x.base }

// SettingText is a factor's value as Set reads it: whole numbers without exponent.
func SettingText(f design.Factor, v float64) string {
	switch {
	case f.Words != nil:
		return f.Text(v)
	case v == math.Trunc(v) && math.Abs(v) < 1<<53:
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// keysOfExperiment are the keys of a file, in the order in which they are explained.
var keysOfExperiment = []string{"agglo", "scenario", "set", "factors", "design", "replicates", "seed", "seeds", "ticks", "burn_in",
	"policies", "metrics", "report", "stop", "layout"}

// An experimentReader reads an experiment file.
type experimentReader struct {
	reader
	x       *Experiment
	metrics []string // that there are
	fixed   []string // columns that identify a row
	list    string   // the key of the list of factors
	given   Given
}

// ReadExperiment reads an experiment file. The scenario and the files that it names lie beside it. metrics are the names of
// all metrics, fixed those of the columns that stand before factors in the tables, given what stands above the file. The error is
// Faults when the bytes, or those of the scenario, have any.
func ReadExperiment(file string, data []byte, metrics, fixed []string, given Given) (*Experiment, error) {
	root, err := parseYAML(file, data, "agglo sweep --help shows what it holds")
	if err != nil {
		return nil, err
	}
	r := newExperimentReader(file, root, metrics, fixed, given)
	keys := r.mapping(root, "", keysOfExperiment, r.key)
	r.resolve(root, keys)
	r.together(keys["design"])
	if err := r.faults.or(); err != nil {
		return nil, err
	}
	return r.x, nil
}

// key reads the value of a key.
func (r *experimentReader) key(key string, n *yaml.Node) {
	r.at[key] = n
	x := r.x
	switch key {
	case "agglo":
		if n.Value != "1" {
			r.fault(n, key, "%s: want 1, the version of the format that this program reads", shorten(n.Value))
		}
	case "scenario":
		r.word(n, &x.Scenario, field{}, key)
	case "set":
		r.mapping(n, key, nil, func(path string, value *yaml.Node) {
			r.at[join(key, path)] = value
			x.Set = append(x.Set, Setting{path, textOf(value)})
		})
	case "factors":
		x.Factors = r.factors(n, key)
	case "design":
		r.design(n, key)
	case "replicates":
		r.count(n, &x.Replicates, 1, 1_000_000, key)
	case "seed":
		var seed int
		r.count(n, &seed, 0, 1<<53-1, key)
		unsigned := uint64(seed)
		x.Seed = &unsigned
	case "seeds":
		var word string
		r.word(n, &word, field{words: []string{"common", "independent"}}, key)
		x.Independent = word == "independent"
	case "ticks":
		x.Ticks = new(int)
		r.count(n, x.Ticks, 0, mostTicks, key)
	case "burn_in":
		r.count(n, &x.BurnIn, 0, mostTicks, key)
	case "policies":
		r.words(n, &x.Policies, field{}, key)
	case "metrics":
		r.words(n, &x.Metrics, field{words: r.metrics}, key)
	case "report":
		r.report(n, key)
	case "stop":
		r.stop(n, key)
	case "layout":
		r.word(n, &x.Layout, field{words: Layouts}, key)
	}
}

// mostTicks bounds the length of a run, in quarters.
const mostTicks = 8000

// textOf is a value as it would stand on a command line.
func textOf(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode {
		return n.Value
	}
	text, err := yaml.Marshal(n)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

// count reads a whole number of a range.
func (r *reader) count(n *yaml.Node, to *int, least, most int, path string) {
	r.at[path] = n
	v, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" || err != nil || v < least || v > most {
		text := found(n)
		if err == nil {
			text = n.Value
		}
		r.fault(n, path, "%s: want a whole number from %d to %d", text, least, most)
		return
	}
	*to = v
}

// design reads {kind: lhs, n: 200, seed: 1} and what some kinds have beside it.
func (r *experimentReader) design(n *yaml.Node, path string) {
	p := &r.x.Plan
	r.mapping(n, path, []string{"kind", "n", "seed", "plain", "centred", "second_order", "levels", "optimise"}, func(key string, value *yaml.Node) {
		at := join(path, key)
		r.at[at] = value
		switch key {
		case "kind":
			r.word(value, &p.Kind, field{words: design.Kinds}, at)
		case "n":
			r.count(value, &p.N, 1, design.MostPoints, at)
		case "seed":
			var seed int
			r.count(value, &seed, 0, 1<<53-1, at)
			p.Seed = uint64(seed)
		case "plain":
			r.flag(value, &p.Plain, at)
		case "centred":
			r.flag(value, &p.Centred, at)
		case "second_order":
			r.flag(value, &p.Second, at)
		case "levels":
			r.count(value, &p.Levels, 2, 1000, at)
		case "optimise":
			r.count(value, &p.Optimise, 1, design.MostPoints, at)
		}
	})
}

// report reads {at: [80], every: 4}.
func (r *experimentReader) report(n *yaml.Node, path string) {
	r.mapping(n, path, []string{"at", "every"}, func(key string, value *yaml.Node) {
		at := join(path, key)
		r.at[at] = value
		switch {
		case key == "every":
			r.count(value, &r.x.Every, 1, mostTicks, at)
		case value.Kind != yaml.SequenceNode || len(value.Content) == 0:
			r.fault(value, at, "%s: want a list of ticks, such as [40, 80]", found(value))
		default:
			r.x.At = make([]int, len(value.Content))
			for i, item := range value.Content {
				r.count(item, &r.x.At[i], 0, mostTicks, fmt.Sprintf("%s[%d]", at, i))
				if i > 0 && r.x.At[i] <= r.x.At[i-1] {
					r.fault(item, fmt.Sprintf("%s[%d]", at, i), "%s stands behind %d: want rising ticks", item.Value, r.x.At[i-1])
				}
			}
		}
	})
}

// stop reads "unemployment > .3".
func (r *experimentReader) stop(n *yaml.Node, path string) {
	const want = `want one comparison of a metric with a number, such as "unemployment > .3"`
	k := slices.IndexFunc(ops, func(op string) bool { return strings.Contains(n.Value, op) })
	if n.Kind != yaml.ScalarNode || k < 0 {
		r.fault(n, path, "%s: %s", found(n), want)
		return
	}
	left, right, _ := strings.Cut(n.Value, ops[k])
	c := Condition{Metric: strings.TrimSpace(left), Op: ops[k]}
	v, problem := parseNumber(strings.TrimSpace(right))
	if problem != "" {
		r.fault(n, path, "%s: %s", problem, want)
	}
	if !slices.Contains(r.metrics, c.Metric) {
		r.fault(n, path, "%q is no metric%s: %s", c.Metric, suggest(c.Metric, r.metrics), want)
	}
	c.Value = v
	r.x.Stop = &c
}

// together looks at what one value cannot tell.
func (r *experimentReader) together(designed bool) {
	x := r.x
	for i, m := range x.Metrics {
		if m != "" && slices.Contains(x.Metrics[:i], m) {
			r.faultAt(fmt.Sprintf("metrics[%d]", i), "%s stands here twice", m)
		}
	}
	ticks := mostTicks
	if x.Ticks != nil {
		ticks = *x.Ticks
	} else if x.base != nil {
		ticks = x.base.Ticks.Int()
	}
	if x.BurnIn > ticks || x.BurnIn == ticks && len(x.Policies) > 0 {
		r.faultAt("burn_in", "%d quarters of %d: want fewer than the run has", x.BurnIn, ticks)
	}
	for i, t := range x.At {
		if t > ticks {
			r.faultAt(fmt.Sprintf("report.at[%d]", i), "%d is behind the end of the runs, %d", t, ticks)
		}
	}
	switch {
	case len(x.Factors) == 0 && designed:
		r.faultAt("design", "stands without factors: want factors, or no design")
	case len(x.Factors) > 0 && len(r.faults) == 0:
		if _, err := x.Plan.Make(x.Factors); err != nil {
			at := "design"
			if !designed {
				at = "factors"
			}
			r.faultAt(at, "%s", err)
		}
	}
}

// Points makes the points of the experiment's design; one without values if nothing is varied.
func (x *Experiment) Points() ([][]float64, error) {
	if len(x.Factors) == 0 {
		return [][]float64{{}}, nil
	}
	d, err := x.Plan.Make(x.Factors)
	return d.Points, err
}

// problems are the faults of an error, one by one.
func problems(err error) Faults {
	var faults Faults
	if errors.As(err, &faults) {
		return faults
	}
	return Faults{{Problem: err.Error()}}
}
