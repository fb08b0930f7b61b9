package bench

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"agglo/model"
	"agglo/sim/checkpoint"
	"agglo/sim/param"
)

// The time per operation is that of a checkpoint of 100,000 firms, to the disk or from it; of a branch, that of the copy.
func BenchmarkCheckpoint100k(b *testing.B) {
	p := Plan{Firms: 100_000, Ticks: 1, Threads: 2}
	e, err := Engine(b.Context(), p)
	if err != nil {
		b.Fatal(err)
	}
	if err := e.Run(context.Background(), WarmUp); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "checkpoint")
	save := func(b *testing.B) {
		err := checkpoint.Create(path, checkpoint.Header{}, checkpoint.Part{Name: "world", Write: func(to io.Writer) error { return model.Save(e, to) }})
		if err != nil {
			b.Fatal(err)
		}
	}
	setup := model.Setup{Setting: setting(p), Seed: 1}
	setup.Setting.Plants = nil
	if err := param.Fill(&setup.Params); err != nil {
		b.Fatal(err)
	}
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			save(b)
		}
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/float64(p.Firms), "B/firm")
	})
	save(b)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			f, err := checkpoint.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			from, size, err := f.Part("world")
			if err == nil {
				_, err = model.Resume(setup, from, size)
			}
			if err != nil {
				b.Fatal(err)
			}
			if err := f.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("branch", func(b *testing.B) {
		for b.Loop() {
			if _, err := model.Branch(e, setup); err != nil {
				b.Fatal(err)
			}
		}
	})
}
