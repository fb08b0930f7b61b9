package study

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
)

// An Aim is a number that runs should give, and how it is read off a run.
type Aim struct {
	Name      string
	Value     float64
	Tolerance float64 // distance that counts as 1
	Weight    float64
	Held      bool // not fitted: told beside the others

	between bool // the standard deviation between runs at a tick, not a number of a run
	ticks   []int
	of      func(read Reader) (float64, error)
}

// aimsOf makes the aims of a calibration: those of its file, or the published figures of the scenario. left says why figures
// cannot be aims.
func aimsOf(c *scenarios.Calibration, setup world.Date, ticks int) (aims []Aim, left []string) {
	if len(c.Targets) == 0 {
		return publishedAims(c.Base(), setup, ticks)
	}
	for _, t := range c.Targets {
		a := Aim{Name: t.String(), Value: t.Value, Tolerance: t.Tolerance, Weight: t.Weight, between: t.Statistic == "sd" && t.From == t.To}
		for at := t.From; at <= t.To; at += world.TicksPerYear {
			a.ticks = append(a.ticks, at)
		}
		groups, err := groupsOf(c.Base(), t.Sectors, t.Regions)
		if err != nil {
			left = append(left, fmt.Sprintf("%s: %s", a.Name, err))
			continue
		}
		statistic, at := t.Statistic, slices.Clone(a.ticks)
		a.of = func(read Reader) (float64, error) {
			values := make([]float64, len(at))
			for k, tick := range at {
				var err error
				if values[k], err = spread(read, t.Metric, groups, dateOf(setup, tick)); err != nil {
					return 0, err
				}
			}
			return aimStatistic(statistic, values), nil
		}
		aims = append(aims, a)
	}
	return aims, left
}

// aimStatistic is the mean of yearly values, their standard deviation, or the slope of a straight line through them, per year.
// One value is itself.
func aimStatistic(statistic string, values []float64) float64 {
	mean, variance := moments(values)
	switch {
	case len(values) == 1 || statistic == "mean":
		return mean
	case statistic == "sd":
		return math.Sqrt(variance)
	}
	up, across := 0.0, 0.0
	middle := float64(len(values)-1) / 2
	for k, v := range values {
		up += (float64(k) - middle) * (v - mean)
		across += (float64(k) - middle) * (float64(k) - middle)
	}
	return up / across
}

// dateOf and tickOf turn ticks into dates and back.
func dateOf(start world.Date, tick int) scenarios.Date {
	n := 4*start.Year + start.Quarter - 1 + tick
	return scenarios.Date{Year: n / 4, Quarter: n%4 + 1}
}

func tickOf(start world.Date, at scenarios.Date) int {
	return 4*(at.Year-start.Year) + at.Quarter - start.Quarter
}

// flowMetrics are summed over a period.
var flowMetrics = []string{"births", "deaths", "moves", "innovations", "public_cost", "tax_revenue"}

// publishedAims makes aims of the scenario's published figures. Where some are marked as fitted, these are fitted and the
// others are held out; else all are fitted.
func publishedAims(s *scenarios.Scenario, start world.Date, ticks int) (aims []Aim, left []string) {
	marked := slices.ContainsFunc(s.Targets, func(t scenarios.Target) bool { return t.Fitted })
	for _, t := range s.Targets {
		a := Aim{Name: nameOfTarget(t), Value: t.Value.Value, Tolerance: t.Tolerance.Value, Weight: 1, Held: marked && !t.Fitted}
		if t.Since == (scenarios.Date{}) {
			a.Tolerance *= math.Abs(a.Value)
		} else {
			a.ticks = append(a.ticks, tickOf(start, t.Since))
		}
		a.ticks = append(a.ticks, tickOf(start, t.Date))
		first, last := slices.Min(a.ticks), slices.Max(a.ticks)
		switch {
		case first < 0 || last > ticks:
			left = append(left, fmt.Sprintf("%s: outside the run of %d ticks", a.Name, ticks))
			continue
		case a.Tolerance == 0:
			left = append(left, fmt.Sprintf("%s: a tolerance relative to 0 is nothing", a.Name))
			continue
		case slices.Contains(flowMetrics, t.Metric):
			left = append(left, fmt.Sprintf("%s: a sum over a quarter is not told here", a.Name))
			continue
		}
		a.of = func(read Reader) (float64, error) { return Published(s, t, read) }
		aims = append(aims, a)
	}
	return aims, left
}

// nameOfTarget names a published figure.
func nameOfTarget(t scenarios.Target) string {
	words := t.Metric
	for _, ids := range [][]string{t.Sectors, t.Regions} {
		for k, id := range ids {
			if k == 3 && len(ids) > 4 {
				words += fmt.Sprintf(" and %d more", len(ids)-3)
				break
			}
			words += map[bool]string{true: " of ", false: ", "}[k == 0] + id
		}
	}
	words += ", " + t.Date.String()
	if t.Since != (scenarios.Date{}) {
		words += ", change since " + t.Since.String()
	}
	return words
}

// A gauging reads what aims need off a run, as an observer: the whole region's metrics at the ticks that aims name, sums over
// the year before them, and values of sectors and regions.
type gauging struct {
	gauge   *output.Gauge
	metrics []string
	phases  map[int][]int // by tick: the series of rows that are due, one for each quarter of the year
	kept    []int         // ticks whose values aims ask for
	start   world.Date
	sectors []string
	regions []string

	whole map[int][]float64                     // by tick: the metrics
	part  map[int]map[string]map[bool][]float64 // by tick, metric and kind: by number of the group
}

// newGauging makes the observer of a run.
func newGauging(aims []Aim, setup *world.Setting) *gauging {
	g := &gauging{
		metrics: output.Metrics(), phases: map[int][]int{}, start: setup.Start,
		whole: map[int][]float64{}, part: map[int]map[string]map[bool][]float64{},
	}
	for _, s := range setup.Sectors {
		g.sectors = append(g.sectors, s.ID)
	}
	for _, r := range setup.Regions {
		g.regions = append(g.regions, r.ID)
	}
	g.gauge = output.NewGauge(g.metrics, world.TicksPerYear)
	for _, a := range aims {
		for _, at := range a.ticks {
			if !slices.Contains(g.kept, at) {
				g.kept = append(g.kept, at)
			}
			for _, tick := range [2]int{at - world.TicksPerYear, at} { // sums begin a year before
				if tick >= 0 && !slices.Contains(g.phases[tick], at%world.TicksPerYear) {
					g.phases[tick] = append(g.phases[tick], at%world.TicksPerYear)
				}
			}
		}
	}
	return g
}

// Observe reads a tick.
func (g *gauging) Observe(v world.View, tick int) error {
	if err := g.gauge.Observe(v, tick); err != nil {
		return err
	}
	for _, phase := range g.phases[tick] {
		row := g.gauge.Row(v, phase)
		if !slices.Contains(g.kept, tick) {
			continue
		}
		g.whole[tick] = row
		groups := map[string]map[bool][]float64{}
		for _, regions := range [2]bool{false, true} {
			n := len(g.sectors)
			if regions {
				n = len(g.regions)
			}
			if n < 2 {
				continue
			}
			for _, metric := range output.GroupMetrics(regions) {
				if groups[metric] == nil {
					groups[metric] = map[bool][]float64{}
				}
				for k := range n {
					groups[metric][regions] = append(groups[metric][regions], g.gauge.Group(v, regions, metric, k))
				}
			}
		}
		g.part[tick] = groups
	}
	return nil
}

// errUntold is of a metric that runs do not tell of a sector or region.
var errUntold = errors.New("no run tells it of a sector or region")

// read is the Reader of the run.
func (g *gauging) read(metric string, of Group, at scenarios.Date) (float64, error) {
	tick := tickOf(g.start, at)
	if of == (Group{}) {
		k := slices.Index(g.metrics, metric)
		if k < 0 || g.whole[tick] == nil {
			return 0, fmt.Errorf("no run tells %s at tick %d", metric, tick)
		}
		return g.whole[tick][k], nil
	}
	ids := g.sectors
	if of.Region {
		ids = g.regions
	}
	k, values := slices.Index(ids, of.ID), g.part[tick][metric][of.Region]
	if k < 0 || k >= len(values) {
		return 0, errUntold
	}
	return values[k], nil
}

// values are the aims' numbers in the run; NaN where one does not exist.
func (g *gauging) values(aims []Aim) ([]float64, error) {
	out := make([]float64, len(aims))
	for k := range aims {
		var err error
		if out[k], err = aims[k].of(g.read); err != nil {
			return nil, fmt.Errorf("%s: %w", aims[k].Name, err)
		}
		if math.IsInf(out[k], 0) {
			out[k] = math.NaN()
		}
	}
	return out, nil
}
