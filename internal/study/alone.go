package study

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"agglo/internal/table"
	"agglo/model"
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/batch"
)

// An Alone is one arm of one run of a sweep, done by itself. A sweep does all arms of a run together and branches them; a run
// done alone has the same bits, since a branch gives what a run of its own would give.
type Alone struct {
	Point, Replicate, Arm int
	Seed                  uint64
	lines                 []line
}

// Arms lists the arms of a point: the scenario as it stands alone, without an id, if the experiment names no policy.
func (w *Sweep) Arms(point int) ([]Arm, error) {
	if point < 0 || point >= len(w.Points) {
		return nil, fmt.Errorf("point %d: want 0 to %d", point, len(w.Points)-1)
	}
	_, arms, err := w.point(point * w.Experiment.Replicates)
	return arms, err
}

// RunAlone does one arm of a replicate at a point. watch is shown every tick; may be nil.
func (w *Sweep) RunAlone(ctx context.Context, point, replicate, arm, threads int, watch sim.Observer[world.View]) (a *Alone, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			a, err = nil, batch.Broken(fault)
		}
	}()
	arms, err := w.Arms(point)
	if err != nil {
		return nil, err
	}
	if arm < 0 || arm >= len(arms) || replicate < 0 || replicate >= w.Experiment.Replicates {
		return nil, fmt.Errorf("arm %d, replicate %d: want less than %d and %d", arm, replicate, len(arms), w.Experiment.Replicates)
	}
	setup, _, err := w.point(point*w.Experiment.Replicates + replicate)
	if err != nil {
		return nil, err
	}
	e, err := model.NewContext(ctx, setup)
	if err != nil {
		return nil, err
	}
	if len(arms[arm].Policies) > 0 {
		if e, _, err = branch(e, setup, &arms[arm]); err != nil {
			return nil, err
		}
	}
	e.Threads = threads
	p := w.probe()
	e.Observers = []sim.Observer[world.View]{p}
	if watch != nil {
		e.Observers = append(e.Observers, watch)
	}
	if err := e.Run(ctx, w.Ticks); err != nil && !errors.Is(err, errConditionMet) {
		return nil, err
	}
	return &Alone{point, replicate, arm, setup.Seed, p.lines[runsTable]}, nil
}

// Last is a metric in the last row of a run; NaN where there is none.
func (w *Sweep) Last(a *Alone, metric string) float64 {
	k := slices.Index(w.Metrics, metric)
	if k < 0 || len(a.lines) == 0 {
		return math.NaN()
	}
	return a.lines[len(a.lines)-1].values[k]
}

// WriteAlone writes runs that were done alone, by this sweep or by one that differs in the number of replicates only, as the rows
// that this sweep's runs.csv has for them, in its order.
func (w *Sweep) WriteAlone(out io.Writer, all []*Alone) error {
	run := func(a *Alone) int { return a.Point*w.Experiment.Replicates + a.Replicate }
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b *Alone) int { return cmp.Or(cmp.Compare(run(a), run(b)), cmp.Compare(a.Arm, b.Arm)) })
	t := table.NewWriter(out, w.head()...)
	for _, a := range all {
		arms, err := w.Arms(a.Point)
		if err != nil {
			return err
		}
		for _, l := range a.lines {
			w.row(t, run(a), a.Seed, arms[a.Arm].ID, l)
		}
	}
	return t.Close()
}

// MeanInterval is the mean of a sample with its 95% interval: Student's where values are few, else that of the bootstrap, whose
// draws the seed decides. The interval of one value does not exist.
func MeanInterval(seed uint64, x []float64) (mean, lo, hi float64) {
	mean, _ = moments(x)
	lo, hi = newResampling(seed, len(x)).mean(x)
	return mean, lo, hi
}
