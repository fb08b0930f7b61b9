package scenarios

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"go.yaml.in/yaml/v4"

	"agglo/sim/design"
)

// A Calibration is what a scenario is fitted to: the scenario, the parameters that may move, with what is believed of them
// before, and the targets.
type Calibration struct {
	*Experiment        // its factors are the parameters
	Targets     []Aim  // empty: those of the scenario
	Method      string // abc or cma
	Runs        int    // runs of the model at most
}

// An Aim is a number that runs should give.
type Aim struct {
	Metric    string
	Statistic string   // mean, sd or slope
	From, To  int      // ticks; From = To: that tick alone
	Sectors   []string // summed or averaged over these; all if there are none
	Regions   []string
	Value     float64 // in the metric's unit
	Tolerance float64 // distance that counts as 1, > 0, in the metric's unit
	Weight    float64 // >= 0
}

// Statistics are the words of Aim.Statistic.
var Statistics = []string{"mean", "sd", "slope"}

// usualTolerance is the tolerance of a target without one, a part of its value; usualRuns the number of runs of a calibration.
const (
	usualTolerance = .1
	usualRuns      = 1000
	mostRuns       = 1_000_000
)

// Groups lists what a calibration may ask for.
type Groups struct {
	Metrics  []string // of the whole region
	BySector []string
	ByRegion []string
}

// calibrationReader reads TARGETS.yaml.
type calibrationReader struct {
	*experimentReader
	c      *Calibration
	groups Groups
	dated  []bool // by target: whether it says when
}

// ReadCalibration reads a file of targets:
//
//	agglo: 1
//	scenario: plain
//	ticks: 40
//	targets:
//	  - {metric: unemployment, statistic: mean, at: [20, 40], value: .06, tolerance: .01, weight: 1}
//	parameters:
//	  - {name: demography.spin_off, dist: {uniform: [.02, .2]}}
//	method: abc
//	runs: 500
//
// Without targets those of the scenario are meant. The error is Faults when the bytes, or those of the scenario, have any.
func ReadCalibration(file string, data []byte, groups Groups, given Given) (*Calibration, error) {
	root, err := parseYAML(file, data, "agglo calibrate --help shows what it holds")
	if err != nil {
		return nil, err
	}
	r := &calibrationReader{experimentReader: newExperimentReader(file, root, groups.Metrics, nil, given), groups: groups}
	r.list = "parameters"
	r.c = &Calibration{Experiment: r.x, Method: "abc", Runs: usualRuns}
	keys := r.mapping(root, "", []string{"agglo", "scenario", "set", "targets", "parameters", "method", "runs", "replicates", "seed", "ticks"}, r.key)
	if keys != nil && !keys["parameters"] {
		r.fault(root, "parameters", "is missing: want a list of parameters that may move, as factors of a design")
	}
	r.resolve(root, keys)
	r.fit(keys["targets"])
	if err := r.faults.or(); err != nil {
		return nil, err
	}
	return r.c, nil
}

// key reads the value of a key.
func (r *calibrationReader) key(key string, n *yaml.Node) {
	r.at[key] = n
	switch key {
	case "targets":
		r.targets(n, key)
	case "parameters":
		r.x.Factors = r.factors(n, key)
	case "method":
		r.word(n, &r.c.Method, field{words: []string{"abc", "cma"}}, key)
	case "runs":
		r.count(n, &r.c.Runs, 1, mostRuns, key)
	default:
		r.experimentReader.key(key, n)
	}
}

// targets reads the list of targets.
func (r *calibrationReader) targets(n *yaml.Node, path string) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		r.fault(n, path, "%s: want a list of targets, or no targets and those of the scenario are meant", found(n))
		return
	}
	for i, item := range n.Content {
		r.target(item, fmt.Sprintf("%s[%d]", path, i))
	}
}

// target reads one target.
func (r *calibrationReader) target(n *yaml.Node, path string) {
	a := Aim{Statistic: "mean", Weight: 1, Value: math.NaN(), Tolerance: math.NaN()}
	timed := false
	r.at[path] = n
	given := r.mapping(n, path, []string{"metric", "statistic", "at", "sectors", "regions", "value", "tolerance", "weight"}, func(key string, value *yaml.Node) {
		at := join(path, key)
		r.at[at] = value
		switch key {
		case "metric":
			r.word(value, &a.Metric, field{}, at)
		case "statistic":
			r.word(value, &a.Statistic, field{words: Statistics}, at)
		case "at":
			timed = true
			r.when(value, &a, at)
		case "sectors":
			r.words(value, &a.Sectors, field{ref: key}, at)
		case "regions":
			r.words(value, &a.Regions, field{ref: key}, at)
		case "value":
			a.Value = r.bounded(value, at, func(float64) bool { return true }, "a number")
		case "tolerance":
			a.Tolerance = r.bounded(value, at, func(v float64) bool { return v > 0 }, "a number above 0: how far off counts as 1, in the metric's unit")
		case "weight":
			a.Weight = r.bounded(value, at, func(v float64) bool { return v >= 0 }, "a number of at least 0")
		}
	})
	for _, key := range []string{"metric", "value"} {
		if given != nil && !given[key] {
			r.fault(n, join(path, key), "is missing: want %s", map[string]string{"metric": "a column of series.csv", "value": "what runs should give"}[key])
		}
	}
	if given["value"] && !given["tolerance"] {
		if a.Tolerance = usualTolerance * math.Abs(a.Value); a.Value == 0 {
			r.fault(n, join(path, "tolerance"), "is missing, and a part of the value 0 is nothing: want a number above 0, in the metric's unit")
		}
	}
	r.measured(&a, path)
	r.c.Targets, r.dated = append(r.c.Targets, a), append(r.dated, timed)
}

// measured looks whether runs tell the metric of a target.
func (r *calibrationReader) measured(a *Aim, path string) {
	known, of := r.groups.Metrics, ""
	switch {
	case len(a.Sectors) > 0 && len(a.Regions) > 0:
		r.faultAt(path+".regions", "stand beside sectors: runs do not part sectors by region, so want one of them")
		return
	case len(a.Sectors) > 0:
		known, of = r.groups.BySector, " by sector"
	case len(a.Regions) > 0:
		known, of = r.groups.ByRegion, " by region"
	}
	if a.Metric != "" && !slices.Contains(known, a.Metric) {
		r.faultAt(path+".metric", "no run tells %q%s%s", shorten(a.Metric), of, suggest(a.Metric, known))
	}
}

// bounded reads a number of a range, NaN if there is none.
func (r *experimentReader) bounded(n *yaml.Node, path string, in func(float64) bool, want string) float64 {
	v, ok := r.plainNumber(n, path)
	if ok && (!in(v) || math.Abs(v) > greatestAim) {
		r.fault(n, path, "%s: want %s", n.Value, want)
		ok = false
	}
	if !ok {
		return math.NaN()
	}
	return v
}

// greatestAim bounds numbers whose squares are summed.
const greatestAim = 1e100

// when reads a tick, or [from, to].
func (r *calibrationReader) when(n *yaml.Node, a *Aim, path string) {
	if n.Kind != yaml.SequenceNode {
		r.count(n, &a.To, 0, mostTicks, path)
		a.From = a.To
		return
	}
	if len(n.Content) != 2 {
		r.fault(n, path, "this list has %d numbers: want a tick, or [from, to]", len(n.Content))
		return
	}
	before := len(r.faults)
	r.count(n.Content[0], &a.From, 0, mostTicks, path+"[0]")
	r.count(n.Content[1], &a.To, 0, mostTicks, path+"[1]")
	if len(r.faults) == before && a.From >= a.To {
		r.fault(n, path, "[%d, %d]: want the first tick before the last", a.From, a.To)
	}
}

// ticksPerYear are the quarters of a year: spans are read once a year.
const ticksPerYear = 4

// fit looks at what one value cannot tell.
func (r *calibrationReader) fit(listed bool) {
	ticks := mostTicks
	if r.x.Ticks != nil {
		ticks = *r.x.Ticks
	} else if r.x.base != nil {
		ticks = r.x.base.Ticks.Int()
	}
	heaviest := 0.
	for i := range r.c.Targets {
		a, path := &r.c.Targets[i], fmt.Sprintf("targets[%d]", i)
		if !r.dated[i] {
			a.From, a.To = ticks, ticks
		}
		heaviest = max(heaviest, a.Weight)
		r.timed(a, path, ticks)
		if r.x.base != nil {
			named(r, path+".sectors", a.Sectors, r.x.base.Sectors, func(s Sector) string { return s.ID })
			named(r, path+".regions", a.Regions, r.x.base.Regions, func(s Region) string { return s.ID })
		}
	}
	if len(r.c.Targets) > 0 && heaviest == 0 {
		r.faultAt("targets", "all weights are 0: want at least one above 0")
	}
	if !listed && r.x.base != nil && len(r.x.base.Targets) == 0 {
		r.faultAt("targets", "is missing, and the scenario %s has no targets of its own: want a list", r.x.base.ID)
	}
	r.narrow()
}

// narrow looks whether the parameters may move.
func (r *calibrationReader) narrow() {
	for i, f := range r.x.Factors {
		at := fmt.Sprintf("parameters[%d]", i)
		if f.Shape == design.Listed && len(f.Values) == 1 {
			r.faultAt(at, "%s has one value only: want a parameter that may move", f.Name)
		}
		if f.Base != nil {
			r.faultAt(at+".base", "is of designs: what is believed before is the distribution alone")
		}
	}
}

// timed looks at the ticks of a target.
func (r *calibrationReader) timed(a *Aim, path string, ticks int) {
	span := a.To - a.From
	switch {
	case a.To > ticks:
		r.faultAt(path+".at", "%d is behind the end of the runs, %d: no run tells it", a.To, ticks)
	case a.Statistic == "slope" && span < ticksPerYear:
		r.faultAt(path+".at", "a slope is read once a year: want [from, to] with at least %d ticks between", ticksPerYear)
	case a.Statistic == "sd" && span > 0 && span < ticksPerYear:
		r.faultAt(path+".at", "values are read once a year: want [from, to] with at least %d ticks between", ticksPerYear)
	case a.Statistic == "sd" && span == 0 && r.x.Replicates < 2:
		r.faultAt(path+".statistic", "the standard deviation at one tick is that between runs: want replicates: 2 at least, or at: [from, to]")
	}
}

// named finds ids that a list does not have.
func named[T any](r *calibrationReader, path string, ids []string, among []T, id func(T) string) {
	var known []string
	for _, one := range among {
		known = append(known, id(one))
	}
	for k, one := range ids {
		if !slices.Contains(known, one) {
			r.faultAt(fmt.Sprintf("%s[%d]", path, k), "the scenario has no %q%s", one, suggest(one, known))
		}
	}
}

// String names a target in words of the file.
func (a Aim) String() string {
	at := fmt.Sprintf("at %d", a.To)
	if a.From < a.To {
		at = fmt.Sprintf("from %d to %d", a.From, a.To)
	}
	of := ""
	if groups := cmp.Or(listOf(a.Sectors), listOf(a.Regions)); groups != "" {
		of = " of " + groups
	}
	return fmt.Sprintf("%s of %s%s, %s", a.Statistic, a.Metric, of, at)
}

// listOf joins names.
func listOf(names []string) string {
	text := ""
	for k, name := range names {
		if k > 0 {
			text += ", "
		}
		text += name
	}
	return text
}
