package study

import (
	"errors"
	"slices"

	"agglo/model/world"
	"agglo/output"
)

// errConditionMet ends a run at a tick at which the experiment's condition holds. It is no failure.
var errConditionMet = errors.New("the stop condition is met")

// A probe reads the rows of a run of a sweep. It is an observer.
type probe struct {
	sweep   *Sweep
	gauge   *output.Gauge
	watch   *output.Gauge // of the metric of the condition; nil without one
	lines   [rowTables][]line
	stopped bool
}

// line is what a row of a table says beside its keys.
type line struct {
	tick   int
	values []float64
}

func (w *Sweep) probe() *probe {
	p := &probe{sweep: w, gauge: output.NewGauge(w.Metrics, rowTables)}
	if stop := w.Experiment.Stop; stop != nil {
		p.watch = output.NewGauge([]string{stop.Metric}, 1)
	}
	return p
}

// clone makes the probe of a branch.
func (p *probe) clone() *probe {
	c := *p
	c.gauge = p.gauge.Clone()
	if p.watch != nil {
		c.watch = p.watch.Clone()
	}
	for k := range c.lines {
		c.lines[k] = slices.Clone(p.lines[k])
	}
	return &c
}

// Observe reads the rows that are due. A run that its condition ends has its last row there, in both tables.
func (p *probe) Observe(v world.View, tick int) error {
	if err := p.gauge.Observe(v, tick); err != nil {
		return err
	}
	x := p.sweep.Experiment
	if p.watch != nil {
		if err := p.watch.Observe(v, tick); err != nil {
			return err
		}
		p.stopped = x.Stop.Holds(p.watch.Row(v, 0)[0])
	}
	if p.stopped || slices.Contains(p.sweep.At, tick) {
		p.lines[runsTable] = append(p.lines[runsTable], line{tick, p.gauge.Row(v, runsTable)})
	}
	if x.Every > 0 && (p.stopped || tick%x.Every == 0) {
		p.lines[seriesTable] = append(p.lines[seriesTable], line{tick, p.gauge.Row(v, seriesTable)})
	}
	if p.stopped {
		return errConditionMet
	}
	return nil
}
