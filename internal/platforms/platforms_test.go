package platforms

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"runtime"
	"testing"

	"agglo/internal/golden"
	"agglo/model"
	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim"
)

// cases are the scenarios that are hashed: an even plain with policies of many kinds, a real case with shocks and policies of its
// own, and the largest one.
var cases = []struct {
	scenario string
	seed     uint64
	ticks    int
	policies string
}{
	{"plain", 7, 40, `
- {id: grant, instrument: rd_grant, from: 2032Q1}
- {id: road, instrument: infrastructure, from: 2033Q1, intensity: .5}
- {id: club, instrument: cluster_organisation, from: 2034Q1}
- {id: fund, instrument: venture_fund, from: 2034Q1}
`},
	{"ukraine-khmelnytskyi", 3, 24, ""},
	{"silicon-valley", 1, 6, ""},
}

// A recorder keeps the metrics of every tick.
type recorder struct {
	gauge *output.Gauge
	rows  [][]float64
}

func (r *recorder) Observe(v world.View, tick int) error {
	err := r.gauge.Observe(v, tick)
	r.rows = append(r.rows, r.gauge.Row(v, 0))
	return err
}

// hashes are those of the series as it is written, and of all columns of the last state.
func hashes(t *testing.T, name string, seed uint64, ticks, threads int, policies string) (series, state [sha256.Size]byte) {
	t.Helper()
	s, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	if policies != "" {
		if err := s.AddPolicies("policies.yaml", []byte(policies)); err != nil {
			t.Fatal(err)
		}
	}
	setup, err := s.Setup(scenarios.Overrides{Seed: &seed, Ticks: &ticks})
	if err != nil {
		t.Fatal(err)
	}
	e, err := model.New(setup)
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{gauge: output.NewGauge(output.Metrics(), 1)}
	e.Threads, e.Observers = threads, []sim.Observer[world.View]{r}
	if err := e.Run(context.Background(), ticks); err != nil {
		t.Fatal(err)
	}
	var table, columns bytes.Buffer
	if err := output.WriteSeries(&table, output.Run{Seed: seed}, 0, 1, r.rows); err != nil {
		t.Fatal(err)
	}
	if err := e.World.Encode(&columns); err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(table.Bytes()), sha256.Sum256(columns.Bytes())
}

// Every platform gives the same bits.
func TestGoldenHashes(t *testing.T) {
	var b bytes.Buffer
	fmt.Fprintln(&b, "scenario,seed,ticks,series,state")
	for _, c := range cases {
		series, state := hashes(t, c.scenario, c.seed, c.ticks, runtime.GOMAXPROCS(0), c.policies)
		t.Logf("%s/%s: %s, seed %d, %d quarters: series %x, state %x", runtime.GOOS, runtime.GOARCH, c.scenario, c.seed, c.ticks, series[:8], state[:8])
		fmt.Fprintf(&b, "%s,%d,%d,%x,%x\n", c.scenario, c.seed, c.ticks, series, state)
	}
	golden.File(t, "testdata/hashes.csv", b.Bytes())
}

// The hashes see the last bit of a parameter and the seed: a hash that sees nothing would hold everywhere.
func TestHashesSee(t *testing.T) {
	series, state := hashes(t, "plain", 7, 2, 1, "")
	other, otherState := hashes(t, "plain", 8, 2, 1, "")
	if series == other || state == otherState {
		t.Error("another seed gives the same hash")
	}
	again, againState := hashes(t, "plain", 7, 2, 2, "")
	if series != again || state != againState {
		t.Error("two threads give other hashes than one")
	}
}
