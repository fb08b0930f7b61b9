package study

import (
	"context"
	"errors"
	"os"
	"runtime"
	"time"

	"agglo/internal/process"
	"agglo/internal/table/parquet"
	"agglo/model/world"
	"agglo/output"
)

// A Forecast is what a sweep will take, from a short pilot.
type Forecast struct {
	Runs         int     `json:"runs"`
	Points       int     `json:"points"`
	Replicates   int     `json:"replicates"`
	Rows         int64   `json:"rows"`         // of runs.csv and series.csv
	Ticks        int64   `json:"ticks"`        // in all
	Seconds      float64 `json:"seconds"`      // in all, with Threads
	Threads      int     `json:"threads"`      // runs side by side
	Memory       int64   `json:"memory_bytes"` // of the process at its most
	Bytes        int64   `json:"disk_bytes"`   // of the folder without figures and report
	PilotTicks   int     `json:"pilot_ticks"`
	PilotSeconds float64 `json:"pilot_seconds"`
}

// What a folder takes beside rows: bytes of a line of a journal, what a table takes as Parquet, a part of its CSV, and bytes of the
// manifest, the dictionary and what else is there once.
const (
	journalLine = 120
	parquetPart = .3
	folderOnce  = 40_000
)

// What putting the tables together takes beside the runs, bytes: at all, and for a cell of a Parquet table that is being packed.
const (
	tablesMemory = 8_000_000
	packedCell   = 41
)

// pilot watches a run of a forecast.
type pilot struct {
	stopwatch
	gauge *output.Gauge
	row   []float64
}

// Observe counts a tick, and reads a row now and then for its length.
func (p *pilot) Observe(v world.View, tick int) error {
	if err := p.stopwatch.Observe(v, tick); err != nil {
		return err
	}
	if tick == p.ticks { // before the arms part
		if err := p.gauge.Observe(v, tick); err != nil {
			return err
		}
		if tick%world.TicksPerYear == 0 {
			p.row = p.gauge.Row(v, 0)
		}
	}
	return nil
}

// held is the most memory that this process has held, bytes: what the system tells, or else what Go has taken from it.
func held() int64 {
	if peak := process.PeakMemory(os.DirFS("/")); peak > 0 {
		return int64(peak)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}

// Forecast runs the first run for as long as patience lasts, and says what so many runs (of this sweep, or a part of it) take.
func (w *Sweep) Forecast(ctx context.Context, runs, threads int, patience time.Duration) (Forecast, error) {
	side := max(1, min(threads, runs))
	f := Forecast{Runs: runs, Points: len(w.Points), Replicates: w.Experiment.Replicates, Threads: side}
	p := &pilot{gauge: output.NewGauge(w.Metrics, 1)}
	before, begun := held(), time.Now()
	limited, stop := context.WithTimeout(ctx, patience)
	defer stop()
	_, err := w.Job(func() int { return max(1, threads/side) }, p)(limited, 0)
	if ctx.Err() != nil {
		return f, ctx.Err()
	} else if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return f, err
	}
	took := time.Since(begun)
	f.PilotTicks, f.PilotSeconds = p.ticks, took.Seconds()
	one := took.Seconds()
	if work := w.Work(); p.ticks < work && w.Experiment.Stop == nil {
		one = p.first.Sub(begun).Seconds() + float64(time.Since(p.first).Seconds()/float64(max(p.ticks, 1))*float64(work))
	}
	arms := max(1, len(w.Experiment.Policies))
	rows := int64(arms * len(w.At))
	if w.Experiment.Every > 0 {
		rows += int64(arms * (1 + w.Ticks/w.Experiment.Every))
	}
	f.Rows, f.Ticks = int64(runs)*rows, int64(runs)*int64(w.Work())
	f.Seconds = one * float64(runs) / float64(side)
	grown := held() - before
	if _, list, err := w.point(0); err == nil && arms > 1 && p.ticks <= w.first(list) { // the pilot saw the trunk alone
		grown *= branchingWorlds
	}
	f.Memory = before + int64(side)*grown + int64(runs)/4 + tablesMemory + packedCell*min(f.Rows*int64(len(w.head())), parquet.GroupCells)
	f.Bytes = folderOnce + int64(runs)*journalLine + int64((2+parquetPart)*float64(f.Rows*w.rowLength(p.row)))
	return f, nil
}

// rowLength is the length of a row of these metrics, bytes.
func (w *Sweep) rowLength(values []float64) int64 {
	p := &probe{sweep: w}
	p.lines[runsTable] = []line{{w.Ticks, values}}
	if values == nil {
		p.lines[runsTable][0].values = make([]float64, len(w.Metrics))
	}
	id := ""
	if len(w.Experiment.Policies) > 0 {
		id = w.Experiment.Policies[0]
	}
	for _, row := range w.rows(runsTable, w.Runs()-1, w.SeedOf(0), []Arm{{ID: id}}, []*probe{p}) {
		return int64(len(row.Cells)) + 1 + int64(len("runs,")/2)
	}
	return 0
}
