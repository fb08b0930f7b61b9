package study

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"agglo/internal/text"
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
	of      func(g *gauging) (float64, error)
	names   map[string]string // of the scenario's sectors, regions and places, by id
}

// Called is the name of an aim in a language, from its English one.
func (a *Aim) Called(lang string) string {
	return text.Reading(lang, a.Name, func(id string) string { return text.Name(lang, cmp.Or(a.names[id], id)) })
}

// namesIn are the names of what targets name by its id.
func namesIn(s *scenarios.Scenario) map[string]string {
	names := map[string]string{}
	for _, x := range s.Places {
		names[x.ID] = x.Name
	}
	for _, x := range s.Regions {
		names[x.ID] = x.Name
	}
	for _, x := range s.Sectors {
		names[x.ID] = x.Name
	}
	return names
}

// aimsOf makes the aims of a calibration: those of its file, or the published figures of the scenario. left says why figures
// cannot be aims.
func aimsOf(c *scenarios.Calibration, setting *world.Setting, ticks int) (aims []Aim, wanted []output.Wanted, left []string) {
	if len(c.Targets) == 0 {
		return publishedAims(c.Base(), setting, ticks)
	}
	for _, t := range c.Targets {
		a := Aim{Name: t.String(), Value: t.Value, Tolerance: t.Tolerance, Weight: t.Weight, between: t.Statistic == "sd" && t.From == t.To}
		for at := t.From; at <= t.To; at += world.TicksPerYear {
			a.ticks = append(a.ticks, at)
		}
		groups, at := groupsOf(c.Base(), t.Sectors, t.Regions), a.ticks
		a.of = func(g *gauging) (float64, error) {
			values := make([]float64, len(at))
			for k, tick := range at {
				var err error
				if values[k], err = g.over(t.Metric, groups, tick); err != nil {
					return 0, err
				}
			}
			return aimStatistic(t.Statistic, values), nil
		}
		aims = append(aims, a)
	}
	return aims, nil, nil
}

// summed lists the metrics that add up over sectors and regions; the others are averaged by jobs.
var summed = []string{"firms", "firms_real", "jobs", "value_added", "exports", "rd", "treasury"}

// A group is a sector or a region; the zero value is the whole.
type group struct {
	region bool
	id     string
}

// groupsOf lists the sectors or regions of a target; the whole where it names none, or the scenario has one only.
func groupsOf(s *scenarios.Scenario, sectors, regions []string) []group {
	ids, region, all := sectors, false, len(s.Sectors)
	if len(regions) > 0 {
		ids, region, all = regions, true, len(s.Regions)
	}
	if len(ids) == 0 || all == 1 {
		return []group{{}}
	}
	var groups []group
	for _, id := range ids {
		groups = append(groups, group{region, id})
	}
	return groups
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
		up += float64((float64(k) - float64(middle)) * (v - mean))
		across += float64((float64(k) - float64(middle)) * (float64(k) - float64(middle)))
	}
	return up / across
}

// publishedAims makes aims of the scenario's published figures. Where some are marked as fitted, these are fitted and the
// others are held out; else all are fitted. A figure is as far off as it tolerates at the end of the range that counts as near.
func publishedAims(s *scenarios.Scenario, setting *world.Setting, ticks int) (aims []Aim, wanted []output.Wanted, left []string) {
	all := Wanted(s, setting)
	marked := slices.ContainsFunc(all, func(w output.Wanted) bool { return w.Fitted })
	for _, w := range all {
		a := Aim{Name: w.What + ", " + w.Date, Value: w.Published, Weight: 1, Held: marked && !w.Fitted}
		lo, hi := w.Span()
		a.Tolerance = (hi - lo) / 2
		switch {
		case w.Tick < 0 || w.Tick > ticks || w.From > ticks:
			left = append(left, fmt.Sprintf("%s: outside the run of %d ticks", a.Name, ticks))
			continue
		case !(a.Tolerance > 0):
			left = append(left, fmt.Sprintf("%s: a tolerance relative to 0 is nothing", a.Name))
			continue
		}
		at := len(wanted)
		wanted = append(wanted, w)
		a.of = func(g *gauging) (float64, error) { return g.finder.Value(at), nil }
		aims = append(aims, a)
	}
	return aims, wanted, left
}

// A gauging reads what aims need off a run, as an observer: the whole region's metrics at the ticks that aims name, sums over
// the year before them, and values of sectors and regions.
type gauging struct {
	gauge   *output.Gauge
	metrics []string
	phases  map[int][]int  // by tick: the series of rows that are due, one for each quarter of the year
	kept    []int          // ticks whose values aims ask for
	finder  *output.Finder // of published figures; nil if none is a target
	sectors []string
	regions []string

	whole map[int][]float64                     // by tick: the metrics
	part  map[int]map[string]map[bool][]float64 // by tick, metric and kind: by number of the group
}

// newGauging makes the observer of a run.
func newGauging(aims []Aim, wanted []output.Wanted, setup *world.Setting) *gauging {
	g := &gauging{
		metrics: output.Metrics(), phases: map[int][]int{},
		whole: map[int][]float64{}, part: map[int]map[string]map[bool][]float64{},
	}
	if len(wanted) > 0 {
		g.finder = output.NewFinder(wanted)
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
	if g.finder != nil {
		if err := g.finder.Observe(v, tick); err != nil {
			return err
		}
	}
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

// over sums a metric over groups at a tick, or averages it by jobs.
func (g *gauging) over(metric string, groups []group, tick int) (float64, error) {
	sum, weight := 0.0, 0.0
	for _, of := range groups {
		x, err := g.read(metric, of, tick)
		if err != nil {
			return 0, err
		}
		w := 1.0
		if !slices.Contains(summed, metric) && len(groups) > 1 {
			if w, err = g.read("jobs", of, tick); err != nil {
				return 0, err
			}
		}
		sum += float64(w * x)
		weight += w
	}
	if !slices.Contains(summed, metric) {
		sum /= weight
	}
	return sum, nil
}

// read is a metric of a group at a tick.
func (g *gauging) read(metric string, of group, tick int) (float64, error) {
	if of == (group{}) {
		k := slices.Index(g.metrics, metric)
		if k < 0 || g.whole[tick] == nil {
			return 0, fmt.Errorf("no run tells %s at tick %d", metric, tick)
		}
		return g.whole[tick][k], nil
	}
	ids := g.sectors
	if of.region {
		ids = g.regions
	}
	k, values := slices.Index(ids, of.id), g.part[tick][metric][of.region]
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
		if out[k], err = aims[k].of(g); err != nil {
			return nil, fmt.Errorf("%s: %w", aims[k].Name, err)
		}
		if math.IsInf(out[k], 0) {
			out[k] = math.NaN()
		}
	}
	return out, nil
}
