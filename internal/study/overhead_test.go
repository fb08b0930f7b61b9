//go:build unix

package study

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"agglo/model"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/batch"
)

// cpu is the processor time that this process has taken, all threads together.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// A sweep of runs of 500 firms and 40 quarters against the same runs without a sweep, both with one thread a run: what journals,
// rows, tables and Parquet cost, in processor time, and whether memory grows. make overhead RUNS=1000 runs it.
func BenchmarkSweepOverhead(b *testing.B) {
	runs, err := strconv.Atoi(os.Getenv("RUNS"))
	if err != nil {
		runs = 100
	}
	text := "agglo: 1\nscenario: plain\nset: {scenario.scale: 6}\nfactors: [{name: trust.loss, dist: {uniform: [.1, .8]}}]\ndesign: {kind: random, n: " +
		strconv.Itoa(runs) + "}\nticks: 40\nreport: {every: 4}\n"
	for b.Loop() {
		dir := b.TempDir()
		x, err := scenarios.ReadExperiment(filepath.Join(dir, "e.yaml"), []byte(text), output.Metrics(), nil, scenarios.Given{})
		if err != nil {
			b.Fatal(err)
		}
		w, err := NewSweep(x, os.DirFS("."))
		if err != nil {
			b.Fatal(err)
		}
		bare := bareRuns(b, w, 0, runs/2)
		swept, early, late := sweptRuns(b, w, filepath.Join(dir, "s"))
		bare += bareRuns(b, w, runs/2, runs)
		each := func(t time.Duration) float64 { return t.Seconds() * 1e3 / float64(runs) }
		b.ReportMetric(100*(swept.Seconds()/bare.Seconds()-1), "overhead_%")
		b.ReportMetric(each(bare), "bare_ms/run")
		b.ReportMetric(each(swept), "swept_ms/run")
		b.ReportMetric(early, "early_MB")
		b.ReportMetric(late, "late_MB")
	}
}

// bareRuns does runs and nothing else, two side by side as the sweep does.
func bareRuns(b *testing.B, w *Sweep, from, to int) time.Duration {
	b.Helper()
	runtime.GC()
	begun := cpu(b)
	next, ended := atomic.Int64{}, make(chan error)
	next.Store(int64(from))
	for range 2 {
		go func() {
			for {
				run := int(next.Add(1)) - 1
				if run >= to {
					ended <- nil
					return
				}
				_, setup, err := w.Setup(run)
				var e *model.Engine
				if err == nil {
					e, err = model.New(setup)
				}
				if err == nil {
					e.Threads = 1
					err = e.Run(context.Background(), w.Ticks)
				}
				if err != nil {
					ended <- err
					return
				}
			}
		}()
	}
	for range 2 {
		if err := <-ended; err != nil {
			b.Fatal(err)
		}
	}
	return cpu(b) - begun
}

// sweptRuns does the sweep to its tables. It gives what the process had of the system after a tenth of the runs and at the end, MB.
func sweptRuns(b *testing.B, w *Sweep, dir string) (took time.Duration, early, late float64) {
	b.Helper()
	runtime.GC()
	begun := cpu(b)
	m, err := w.Begin(dir, output.Manifest{Scenario: "plain"}, nil, nil, false)
	if err != nil {
		b.Fatal(err)
	}
	system := func() float64 {
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return float64(s.Sys-s.HeapReleased) / 1e6
	}
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	var ended atomic.Int64
	o := batch.Options{Workers: 2, Sync: ticker.C, Owner: batch.Owner{Host: "bench", PID: os.Getpid()}, Failed: w.Failed, Ended: func(int, error) {
		if ended.Add(1) == int64(max(1, w.Runs()/10)) {
			early = system()
		}
	}}
	r, err := batch.Run(context.Background(), m.Plan(dir), o, w.Job(func() int { return 1 }, nil))
	if err != nil || r.Done != w.Runs() || r.Failed > 0 {
		b.Fatalf("%+v, %v", r, err)
	}
	late = system()
	if merged, _, err := MergeSweep(context.Background(), []string{dir}, false, ""); err != nil || merged.Runs != w.Runs() {
		b.Fatalf("%+v, %v", merged, err)
	}
	return cpu(b) - begun, early, max(late, system())
}
