package study

import (
	"context"
	"math"
	"testing"

	"agglo/model"
	"agglo/model/world"
	"agglo/output"
)

func replayed(t *testing.T, setup model.Setup, burn, threads int) []output.ReplayRow {
	t.Helper()
	e, err := model.New(setup)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Run(context.Background(), burn); err != nil {
		t.Fatal(err)
	}
	before := e.World.Total()
	rows, err := Replay(context.Background(), e, setup, 8, threads, nil)
	if err != nil {
		t.Fatal(err)
	}
	if e.Tick != burn || e.World.Total() != before || e.World.Cuts.Off != 0 {
		t.Error("a replay changed the world that it began from")
	}
	return rows
}

// The parts of each cluster add up to what all channels together cause; they are the same for any number of threads; and
// with a channel switched off by its parameter its part is 0 to the bit.
func TestReplay(t *testing.T) {
	setup := small(t)
	rows := replayed(t, setup, 20, 1)
	for k, row := range replayed(t, setup, 20, 3) {
		if row != rows[k] {
			t.Errorf("cluster %d: %+v with three threads, %+v with one", row.Cluster, row, rows[k])
		}
	}
	all := rows[0]
	if all.Cluster != 0 || !(all.Base > 0) || all.Channel[0] == 0 || all.Channel[1] == 0 || all.Channel[2] == 0 || all.Channel[3] == 0 {
		t.Errorf("all firms: %+v", all)
	}
	for _, row := range rows {
		sum := 0.0
		for _, part := range row.Channel {
			sum += part
		}
		if math.Abs(sum-(row.Whole-row.Base)) > 1e-9*row.Whole {
			t.Errorf("cluster %d: parts add up to %g, want %g", row.Cluster, sum, row.Whole-row.Base)
		}
		if row.Channel[4] != 0 {
			t.Errorf("cluster %d: %g from facilities, where there are none", row.Cluster, row.Channel[4])
		}
	}
	club := setup
	club.Setting.Institutions = []world.Institution{{ID: "school", Kind: "training_centre", At: setup.Setting.Places[0].At, Capacity: 1, Budget: -1, Fee: -1}}
	for _, row := range replayed(t, club, 12, 2)[:1] {
		sum := 0.0
		for _, part := range row.Channel {
			sum += part
		}
		if row.Channel[4] == 0 || math.Abs(sum-(row.Whole-row.Base)) > 1e-9*row.Whole {
			t.Errorf("with a facility: %+v", row)
		}
	}
	off := setup
	off.Params.Production.PoolElasticity, off.Params.Production.ReducedPool = 0, 0
	for _, reduced := range []bool{false, true} {
		off.Params.Production.ReducedForm = reduced
		for _, row := range replayed(t, off, 20, 1) {
			if row.Channel[1] != 0 || row.Channel[0] == 0 {
				t.Errorf("labour pooling is switched off and causes %g, suppliers %g; reduced form: %v", row.Channel[1], row.Channel[0], reduced)
			}
		}
	}
}
