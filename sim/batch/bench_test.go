//go:build unix

package batch

import (
	"context"
	"syscall"
	"testing"
	"time"
)

// What a run costs beside its job: a row of 400 bytes, the check sum, the line of the journal, and its share of bringing both to
// the disk every second.
func BenchmarkAppend(b *testing.B) {
	cells := make([]byte, 400)
	for k := range cells {
		cells[k] = '0' + byte(k%10)
	}
	p := plan(b.TempDir(), max(b.N, 1))
	o := options(1)
	o.Sync = time.Tick(time.Second)
	var before, after syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &before); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	if _, err := Run(context.Background(), p, o, func(context.Context, int) ([]Row, error) { return []Row{{0, cells}}, nil }); err != nil {
		b.Fatal(err)
	}
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &after); err != nil {
		b.Fatal(err)
	}
	took := after.Utime.Nano() + after.Stime.Nano() - before.Utime.Nano() - before.Stime.Nano()
	b.ReportMetric(float64(took)/float64(b.N), "cpu_ns/op")
}
