package bench

import (
	"testing"
	"time"

	"agglo/model/world"
)

// BenchmarkYearEnd reports which part of a year of a run, on one thread, finding clusters and splitting value added take.
func BenchmarkYearEnd(b *testing.B) {
	for name, clustered := range map[string]bool{"spread": false, "clustered": true} {
		b.Run(name, func(b *testing.B) { yearEnd(b, clustered) })
	}
}

func yearEnd(b *testing.B, clustered bool) {
	e, err := Engine(b.Context(), Plan{Firms: 100_000, Ticks: 4 * b.N, Threads: 1, Clustered: clustered})
	if err != nil {
		b.Fatal(err)
	}
	if err := e.Run(b.Context(), WarmUp); err != nil {
		b.Fatal(err)
	}
	spent := make([]time.Duration, len(e.Phases))
	for k := range e.Phases {
		p := &e.Phases[k]
		if each := p.Each; each != nil {
			p.Each = func(w *world.World, tick, lo, hi int) {
				begun := time.Now()
				each(w, tick, lo, hi)
				spent[k] += time.Since(begun)
			}
		}
		if once := p.Once; once != nil {
			p.Once = func(w *world.World, tick int) error {
				begun := time.Now()
				err := once(w, tick)
				spent[k] += time.Since(begun)
				return err
			}
		}
	}
	b.ResetTimer()
	begun := time.Now()
	if err := e.Run(b.Context(), WarmUp+4*b.N); err != nil {
		b.Fatal(err)
	}
	all := time.Since(begun)
	share := map[string]time.Duration{}
	for k := range e.Phases {
		switch e.Phases[k].Name {
		case "clusters":
			share["clusters"] += spent[k]
		case "means for the split", "reference for the split", "synergy":
			share["split"] += spent[k]
		}
	}
	for _, what := range []string{"clusters", "split"} {
		b.ReportMetric(100*share[what].Seconds()/all.Seconds(), "%-"+what)
	}
}
