package output

import (
	"math"
	"strconv"
	"testing"

	"agglo/model/world"
)

// The rows of premium.csv add up to their total, and the total is the difference of the mean efficiency of firms in
// clusters and outside.
func TestPremiumByHand(t *testing.T) {
	w := hamlet()
	w.Params.Alpha, w.Params.Beta = .15, .35
	w.Firms.Wage[3] = .8
	number := func(row map[string]string, name string) float64 {
		x, err := strconv.ParseFloat(row[name], 64)
		if err != nil {
			t.Fatalf("%s = %q", name, row[name])
		}
		return x
	}
	want := math.NaN()
	change := func(tick int) {
		if tick != 4 {
			return
		}
		rows := len(w.Firms.ID)
		w.Synergy = world.Synergy{Tick: 4, Saving: make([]float32, rows)}
		w.Synergy.Base = make([]float64, rows)
		for _, c := range []*[]float32{&w.Synergy.Input, &w.Synergy.Labour, &w.Synergy.Trust, &w.Synergy.Knowledge} {
			*c = make([]float32, rows)
		}
		v := world.NewView(w)
		var sum, weight [2]float64
		for i := range rows {
			w.Synergy.Saving[i] = .01 * float32(i)
			w.Firms.LogTech[i], w.Firms.OwnLogTech[i] = .2*float64(i), .1*float64(i)
			w.Firms.Match[i], w.Firms.LogInput[i] = float32(.03*float64(i)), -.04
			if w.Firms.ID[i] == 0 || w.Firms.Sales[i] <= 0 {
				continue
			}
			side := 0
			if w.Firms.Cluster[i] != 0 {
				side = 1
			}
			sum[side] += w.Firms.Labour[i] * v.LogEfficiency(i)
			weight[side] += w.Firms.Labour[i]
		}
		want = sum[1]/weight[1] - sum[0]/weight[0]
	}
	dir, _ := record(t, w, 5, 1, change)
	rows := records(t, dir, "premium")
	if len(rows) < 2 || math.IsNaN(want) {
		t.Fatalf("%d rows, want those of all clusters and of each; total %g", len(rows), want)
	}
	for _, row := range rows {
		sum := 0.0
		for _, part := range []string{"mix", "sorting", "selection", "input", "labour", "trust", "knowledge"} {
			sum += number(row, part)
		}
		if total := number(row, "total"); math.Abs(sum-total) > 1e-12 {
			t.Errorf("parts add up to %g, total %g", sum, total)
		}
	}
	if got := number(rows[0], "total"); math.Abs(got-want) > 1e-8 {
		t.Errorf("premium of all clusters %g, want %g", got, want)
	}
	// Per job 21/12 and a wage of 1 inside, 10/8 and .8 outside.
	wants(t, rows[0], map[string]float64{"value_added": .4, "wage": .25})
}

// replay.csv has shares of the worth with all channels cut.
func TestReplayTable(t *testing.T) {
	f, err := Create(t.TempDir()+"/run", Manifest{Scenario: "hamlet", Runs: []Run{{Seed: 7}}}, false)
	if err != nil {
		t.Fatal(err)
	}
	row := ReplayRow{Tick: 80, Cluster: 3, Base: 10, Whole: 14}
	row.Channel = [...]float64{2, 1, .5, .5, 0}
	if err := f.Replay([]ReplayRow{row}); err != nil {
		t.Fatal(err)
	}
	wants(t, records(t, f.Dir(), "replay")[0], map[string]float64{
		"tick": 80, "cluster": 3, "input": .2, "labour": .1, "knowledge": .05, "trust": .05, "club": 0, "total": .4, "value_added": 14,
	})
}
