package output

import (
	"testing"

	"agglo/internal/bench"
)

// BenchmarkObserve measures what recording costs a run of 87,000 firms: a tick in the year and a year's end.
func BenchmarkObserve(b *testing.B) {
	e, err := bench.Engine(b.Context(), bench.Plan{Firms: 87_000, Threads: 1, Clustered: true})
	if err != nil {
		b.Fatal(err)
	}
	if err := e.Run(b.Context(), 4); err != nil {
		b.Fatal(err)
	}
	for name, tick := range map[string]int{"quarter": 1, "year": 4} {
		b.Run(name, func(b *testing.B) {
			f, err := Create(b.TempDir(), Manifest{Runs: []Run{{}}, Every: 1}, false)
			if err != nil {
				b.Fatal(err)
			}
			r := f.Recorder(0)
			v := e.View(e.World)
			if err := r.Observe(v, 0); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := r.Observe(v, tick); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
