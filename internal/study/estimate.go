package study

import (
	"context"
	"errors"
	"time"

	"agglo/model/world"
	"agglo/sim"
)

// An Estimate is what work in rounds will take at most, from a short pilot.
type Estimate struct {
	Runs         int     `json:"runs"`
	Ticks        int64   `json:"ticks"`        // in all
	Seconds      float64 `json:"seconds"`      // in all, with Threads
	Threads      int     `json:"threads"`      // runs side by side
	Memory       int64   `json:"memory_bytes"` // of the process at its most
	PilotTicks   int     `json:"pilot_ticks"`
	PilotSeconds float64 `json:"pilot_seconds"`
}

// A stopwatch counts the ticks of a pilot.
type stopwatch struct {
	first time.Time // when tick 0 was shown
	ticks int
}

// Observe counts a tick.
func (p *stopwatch) Observe(_ world.View, tick int) error {
	if tick == 0 {
		p.first = time.Now()
	} else {
		p.ticks++
	}
	return nil
}

// estimate does the pilot, a run of the work, for as long as patience lasts, and says what so many runs with so many ticks take. worlds are
// those that a run keeps from tick first on, where its policies part.
func estimate(ctx context.Context, runs int, ticks int64, threads, worlds, first int, patience time.Duration,
	pilot func(ctx context.Context, threads int, watch sim.Observer[world.View], at *RunFault) error) (Estimate, error) {
	side := max(1, min(threads, runs))
	e, p := Estimate{Runs: runs, Ticks: ticks, Threads: side}, &stopwatch{}
	before, begun := held(), time.Now()
	limited, stop := context.WithTimeout(ctx, patience)
	defer stop()
	err := placed(func(at *RunFault) error { return pilot(limited, max(1, threads/side), p, at) })
	if ctx.Err() != nil {
		return e, ctx.Err()
	} else if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return e, err
	}
	took := time.Since(begun)
	start, each := took, 0.
	if p.ticks > 0 {
		start = p.first.Sub(begun)
		each = (took - start).Seconds() / float64(p.ticks)
	}
	e.PilotTicks, e.PilotSeconds = p.ticks, took.Seconds()
	e.Seconds = (float64(start.Seconds()*float64(runs)) + float64(each*float64(ticks))) / float64(side)
	grown := held() - before
	if p.ticks <= first {
		grown *= int64(worlds)
	}
	e.Memory = before + int64(side)*grown + tablesMemory
	return e, nil
}

// Estimate says what the analysis takes if all factors survive the screening.
func (s *Sensitivity) Estimate(ctx context.Context, threads int, patience time.Duration) (Estimate, error) {
	worlds, first := 1, 0
	if _, arms, err := s.base.point(0); err == nil && len(arms) > 1 {
		worlds, first = branchingWorlds, s.base.first(arms)
	}
	return estimate(ctx, s.Runs(), int64(s.Work(0)), threads, worlds, first, patience,
		func(ctx context.Context, threads int, watch sim.Observer[world.View], at *RunFault) error {
			_, _, _, err := s.base.do(ctx, 0, threads, watch, at)
			return err
		})
}

// Estimate says what the calibration takes if its search does not end before.
func (k *Calibrator) Estimate(ctx context.Context, threads int, patience time.Duration) (Estimate, error) {
	return estimate(ctx, k.Calibration.Runs+k.Options.Checks+1, int64(k.Work(0)), threads, 1, 0, patience,
		func(ctx context.Context, threads int, watch sim.Observer[world.View], at *RunFault) error {
			_, err := k.middle(ctx, threads, watch, at)
			return err
		})
}

// Estimate says what the optimisation takes.
func (o *Optimiser) Estimate(ctx context.Context, threads int, patience time.Duration) (Estimate, error) {
	b := o.Plan
	runs := chunks(b.Evaluations+4*mixesPerRun)*b.Replicates + chunks(mostAgain)*b.Fresh
	return estimate(ctx, runs, int64(o.Work()), threads, branchingWorlds, b.BurnIn, patience,
		func(ctx context.Context, threads int, watch sim.Observer[world.View], at *RunFault) error {
			even := make([]float64, len(o.parts))
			for j := range even {
				even[j] = 1 / float64(len(even))
			}
			_, err := o.worlds(ctx, [][]float64{even}, o.setup.Seed, threads, watch, at)
			return err
		})
}
