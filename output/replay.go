package output

import (
	"agglo/internal/table"
	"agglo/model/world"
)

// A ReplayRow is what the channels of nearness cause in a cluster, found by replays with channels cut; value added in
// worker-years over the last year of the replay.
type ReplayRow struct {
	Tick    int                              // from which the replays begin
	Cluster int                              // number; 0 = all firms
	Base    float64                          // with all channels cut
	Whole   float64                          // with none cut
	Channel [len(world.ChannelNames)]float64 // Shapley values, by channel; they add up to Whole - Base
}

// Replay writes replay.csv.
func (f *Folder) Replay(rows []ReplayRow) error {
	columns := append([]string{"tick", "cluster"}, world.ChannelNames[:]...)
	return f.write("replay", append(columns, "total", "value_added"), func(w *table.Writer) {
		for k := range rows {
			r := &rows[k]
			w.Integer(int64(r.Tick))
			w.Integer(int64(r.Cluster))
			for _, part := range r.Channel {
				w.Number(ratio(part, r.Base))
			}
			w.Number(ratio(r.Whole-r.Base, r.Base))
			w.Number(r.Whole)
			w.EndRow()
		}
	})
}
