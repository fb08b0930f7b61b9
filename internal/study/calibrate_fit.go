package study

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"agglo/internal/fit"
	"agglo/internal/table"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/design"
	"agglo/sim/rng"
)

// A Fit is what a calibration has found.
type Fit struct {
	Method     string
	Parameters []Fitted
	Aims       []Met
	Rounds     []fit.Round
	Particles  []fit.Particle // of a posterior, adjusted; their points are levels
	Raw        []fit.Particle // as they were drawn
	Point      []float64      // values of the parameters
	Settled    bool           // the search ended by itself
	Stopped    bool           // before it came to an end
	Runs       int            // of the search, those that failed too
	Failed     int
	Effective  float64 // even particles that the weighted ones are worth; NaN for a point
	Tolerance  float64 // distance within which the particles lie; NaN for a point
	Distance   float64 // of the second look, root of the weighted mean square
}

// A Fitted is a parameter: what was believed of it before, and what is now. Absent numbers are NaN.
type Fitted struct {
	Name   string
	Prior  fit.Span // 90% and the median
	After  fit.Span // 90% of the posterior and its median
	Point  float64
	Narrow float64 // width of the posterior's interval over that of the prior's, in levels
}

// untoldFrom is the width, over the prior's, from which a parameter counts as not told by the targets.
const untoldFrom = .8

// share of intervals of parameters.
const intervalShare = .9

// A Met is a target beside what the fitted model gives.
type Met struct {
	Aim
	Simulated float64 // mean over the runs of the second look
	Lo, Hi    float64 // least and greatest of them
	Off       float64 // (simulated - wanted) / tolerance
}

// checkSeed sets the seeds of the second look apart from those of the search.
const checkSeed = 1 << 40

// check looks a second time at what was found, on fresh seeds: the least distance of a search is the luckiest too.
func (k *Calibrator) check(ctx context.Context, q *Inquiry, w Work, r *Fit) error {
	n := max(k.Options.Checks, 1)
	k.sweep.Points = [][]float64{r.Point}
	base := rng.Replicate(k.sweep.Seed, checkSeed)
	rows, err := q.Do(ctx, k.runs("check", n, func(run int) uint64 { return rng.Replicate(base, run) }, w), w)
	if err != nil {
		return err
	}
	k.unchecked(r)
	rows = slices.DeleteFunc(rows, func(one [][]float64) bool { return one == nil })
	if len(rows) == 0 {
		return fmt.Errorf("all runs with the fitted parameters failed")
	}
	for j := range r.Aims {
		m := &r.Aims[j]
		m.Simulated, m.Lo, m.Hi = k.simulated(j, rows), math.Inf(1), math.Inf(-1)
		for _, one := range rows {
			m.Lo, m.Hi = min(m.Lo, one[0][j]), max(m.Hi, one[0][j])
		}
		if m.between {
			m.Lo, m.Hi = math.NaN(), math.NaN()
		}
		m.Off = (m.Simulated - m.Value) / m.Tolerance
	}
	_, r.Distance = k.distance(rows)
	return nil
}

// unchecked lists the targets without a second look.
func (k *Calibrator) unchecked(r *Fit) {
	r.Aims = nil
	for _, a := range k.Aims {
		none := math.NaN()
		r.Aims = append(r.Aims, Met{a, none, none, none, none})
	}
}

// Scenario is the scenario with the fitted parameters.
func (k *Calibrator) Scenario(r *Fit) (*scenarios.Scenario, error) {
	fixed := map[string]string{}
	for j, f := range k.Calibration.Factors {
		fixed[f.Name] = scenarios.SettingText(f, r.Point[j])
	}
	x, err := k.Calibration.Narrowed(nil, fixed, design.Plan{})
	if err != nil {
		return nil, err
	}
	return x.Base(), nil
}

// Finish writes the tables and completes the folder.
func (k *Calibrator) Finish(q *Inquiry, r *Fit, took time.Duration) error {
	return q.finish(k.tables(r), func(w *table.Writer) { aboutRows(w, k.Calibration.Experiment, nil) }, !r.Stopped, took)
}

// CalibrationGroups lists what targets may ask for.
func CalibrationGroups() scenarios.Groups {
	return scenarios.Groups{Metrics: output.Metrics(), BySector: output.GroupMetrics(false), ByRegion: output.GroupMetrics(true)}
}
