package study

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
)

// trap breaks a run at a tick, once the policies have parted.
type trap struct {
	tick int
	with any // a panic, or the error to give
}

// Observe breaks.
func (f trap) Observe(_ world.View, tick int) error {
	if tick != f.tick {
		return nil
	}
	if err, yes := f.with.(error); yes {
		return err
	}
	panic(f.with)
}

// A failed run says where it failed: before the run, in a tick, under which policy; a break of the program is no other.
func TestSweepFaultPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "e.yaml")
	text := "agglo: 1\nscenario: plain\nset: {scenario.scale: 40}\nfactors: [{name: trust.loss, values: [.2, .4]}]\nticks: 6\nburn_in: 2\npolicies: [none, subsidy]\nmetrics: [jobs]\n"
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	x, err := scenarios.ReadExperiment(path, []byte(text), output.Metrics(), nil, scenarios.Given{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewSweep(x, os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		trap trap
		want string // behind run, point, replicate and seed
	}{
		{trap{1, errors.New("no money\nat all")}, ",1,,0.4,failed,run,tick 1: no money; at all"},
		{trap{4, "a broken invariant"}, ",4,subsidy,0.4,failed,run,the program broke: a broken invariant; study/sweep_fault_test.go:"},
	} {
		_, err := w.Job(func() int { return 1 }, c.trap)(context.Background(), 1)
		rows := w.Failed(1, err)
		if len(rows) != 1 || rows[0].Table != 1 || !strings.Contains(string(rows[0].Cells), c.want) || !strings.HasPrefix(string(rows[0].Cells), "1,1,0,") {
			t.Errorf("%v: %s", err, rows[0].Cells)
		}
	}
	if got := string(w.Failed(0, errors.New("x"))[0].Cells); !strings.HasSuffix(got, ",,,0.2,failed,setup,x") {
		t.Error(got)
	}
}
