package export

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"agglo/output"
)

// large writes a folder with 200,000 firms at two ticks and 1,000,000 ties at the last.
func large(b *testing.B) *Folder {
	b.Helper()
	const firms, ties = 200_000, 1_000_000
	dir := b.TempDir()
	write := func(name string, rows func(w *bufio.Writer)) {
		file, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			b.Fatal(err)
		}
		w := bufio.NewWriter(file)
		rows(w)
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		_ = file.Close()
	}
	key := func(i int) uint64 { return uint64(i+1) * 0x9e3779b97f4a7c15 }
	write("firms.csv", func(w *bufio.Writer) {
		fmt.Fprintln(w, "tick,firm,sector,x,y,jobs,age,technology,productivity,cluster")
		for _, tick := range []int{0, 40} {
			for i := range firms {
				fmt.Fprintf(w, "%d,%d,s%d,%v,%v,%v,%v,1.25,1.5,%d\n", tick, key(i), i%8, float64(i%997)/10, float64(i%991)/10, 1+float64(i%100)/7, tick/4, i%20)
			}
		}
	})
	write("ties.csv", func(w *bufio.Writer) {
		fmt.Fprintln(w, "tick,from,to,kind,trust_from,trust_to,x1,y1,x2,y2")
		for k := range ties {
			i := k % firms
			j := (i + 1 + 37*(k/firms+1)) % firms
			fmt.Fprintf(w, "40,%d,%d,collaboration,%v,%v,%v,%v,%v,%v\n", key(i), key(j), float64(k%101)/101, float64(k%103)/103,
				float64(i%997)/10, float64(i%991)/10, float64(j%997)/10, float64(j%991)/10)
		}
	})
	return &Folder{Dir: dir, Tick: -1, Manifest: &output.Manifest{Scenario: "large", Start: output.Quarter{Year: 2000, Quarter: 1}, Ticks: 40},
		Globe: func(x, y float64) (lon, lat float64) { return x / 100, y / 100 }}
}

// Exports of 1,000,000 ties: time, and the most memory in use (heap and stacks, looked at every 2 ms), which must stay below 300 MB.
func BenchmarkExport(b *testing.B) {
	f := large(b)
	for _, c := range []struct {
		name string
		x    Formats
	}{{"GeoJSON", Formats{GeoJSON: true}}, {"GraphML", Formats{GraphML: true}}, {"GEXF", Formats{GEXF: true}}, {"edges", Formats{Edges: true}}} {
		b.Run(c.name, func(b *testing.B) {
			runtime.GC()
			stop, most := make(chan bool), make(chan uint64)
			go func() {
				var peak uint64
				for {
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					peak = max(peak, m.HeapInuse+m.StackInuse)
					select {
					case <-stop:
						most <- peak
						return
					case <-time.After(2 * time.Millisecond):
					}
				}
			}()
			for b.Loop() {
				if _, err := f.Write(b.Context(), b.TempDir(), c.x); err != nil {
					b.Fatal(err)
				}
			}
			stop <- true
			peak := float64(<-most) / 1e6
			b.ReportMetric(peak, "MB")
			if peak > 300 {
				b.Errorf("%.0f MB in use: want at most 300", peak)
			}
		})
	}
}
