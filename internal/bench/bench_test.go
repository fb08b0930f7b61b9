package bench

import (
	"context"
	"testing"
)

// TestRun holds the measurement itself to what it must find: the firms asked for, time and memory that can be, and most of
// the firms in the middle when clustered.
func TestRun(t *testing.T) {
	for _, clustered := range []bool{false, true} {
		r, err := Run(context.Background(), Plan{Firms: 2000, Ticks: 2, Threads: 2, Clustered: clustered}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.Firms != 2000 || r.Ticks != 2 || r.Threads != 2 || r.Clustered != clustered {
			t.Errorf("the plan came back as %+v", r)
		}
		if r.NsPerFirmTick <= 0 || r.BytesPerFirm <= 100 || r.AllocsPerFirmTick < 0 || r.FirmsAtEnd < 1000 {
			t.Errorf("measured %+v", r)
		}
	}
}

// A firm, its ties and its part of the fields fit into 1,000 bytes, so that a million firms fit into a gigabyte.
func TestMemory(t *testing.T) {
	r, err := Run(context.Background(), Plan{Firms: 20_000, Ticks: 8, Threads: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.BytesPerFirm >= 1000 {
		t.Errorf("%.0f bytes a firm, want below 1,000", r.BytesPerFirm)
	}
}

func TestClusteredStart(t *testing.T) {
	for clustered, want := range map[bool][2]int{false: {0, 300}, true: {3500, 3750}} {
		e, err := Engine(t.Context(), Plan{Firms: 4000, Ticks: 1, Threads: 1, Clustered: clustered})
		if err != nil {
			t.Fatal(err)
		}
		inside := 0
		for i := range e.World.Firms.ID {
			if x, y := e.World.Firms.X[i], e.World.Firms.Y[i]; x > -10 && x < 10 && y > -10 && y < 10 {
				inside++
			}
		}
		if inside < want[0] || inside > want[1]+200 {
			t.Errorf("clustered %v: %d of 4000 firms in the middle, want %v", clustered, inside, want)
		}
	}
}

func TestRunStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, Plan{Firms: 500, Ticks: 1, Threads: 1}, nil); err == nil {
		t.Error("a cancelled measurement gave a result")
	}
}

// measure runs one plan as a benchmark: the time per operation is that of a tick.
func measure(b *testing.B, p Plan) {
	e, err := Engine(b.Context(), p)
	if err != nil {
		b.Fatal(err)
	}
	if err := e.Run(context.Background(), WarmUp); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	firms := 0.0
	for range b.N {
		if err := e.Run(context.Background(), e.Tick+1); err != nil {
			b.Fatal(err)
		}
		firms += float64(e.World.Firms.Alive)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/firms, "ns/firm-tick")
}

func BenchmarkTick10k(b *testing.B)  { measure(b, Plan{Firms: 10_000, Threads: 1}) }
func BenchmarkTick100k(b *testing.B) { measure(b, Plan{Firms: 100_000, Threads: 1}) }
func BenchmarkTick100kClustered(b *testing.B) {
	measure(b, Plan{Firms: 100_000, Threads: 1, Clustered: true})
}
func BenchmarkTick1M(b *testing.B) { measure(b, Plan{Firms: 1_000_000, Threads: 1}) }
