package study

import (
	"context"

	"agglo/model"
	"agglo/model/measure"
	"agglo/model/world"
	"agglo/output"
	"agglo/sim"
)

// acting is the number of channels that can act: where there are no shared facilities, a world with that channel and one
// without is one run.
func acting(v world.View) int {
	if v.Clubs() {
		return len(world.ChannelNames)
	}
	return len(world.ChannelNames) - 1
}

// ReplayWork is the number of ticks that a replay of so many runs in all, for progress.
func ReplayWork(v world.View, ticks int) int { return ticks << acting(v) }

// MostReplays is how many branches a replay has at most.
const MostReplays = 1 << len(world.ChannelNames)

// ReplayYear is the part of a replay, its end, over which value added is summed, in ticks.
const ReplayYear = world.TicksPerYear

// Replay asks what each channel of nearness causes, from where an engine stands: the next ticks are run again under the same
// random numbers with every combination of the channels cut for all firms at once. A cluster keeps the members that it has
// now; its worth in a combination is the value added of those that are left, over the last year of the replay. Each channel
// gets its Shapley value, over the worth with all channels cut. Other than the partial split it lets prices, wages, sites and
// deaths answer; and as all firms are cut at once, a cluster also feels what the others lose.
//
// Rows come by cluster, 0 = all firms. ticks >= ReplayYear. The engine stays as it is. watch may be nil.
func Replay(ctx context.Context, e *model.Engine, s model.Setup, ticks, threads int, watch sim.Observer[world.View]) ([]output.ReplayRow, error) {
	s.Seed = uint64(e.World.Seed)
	m := membersOf(world.NewView(e.World))
	channels, acting := len(world.ChannelNames), acting(world.NewView(e.World))
	worth := make([][]float64, len(m.clusters)) // by cluster, by combination of channels that act
	for k := range worth {
		worth[k] = make([]float64, 1<<channels)
	}
	err := each(ctx, 1<<acting, threads, func(ctx context.Context, on int) error {
		b, err := model.Branch(e, s)
		if err != nil {
			return err
		}
		b.Threads = 1
		if off := world.AllChannels &^ world.Channels(on); off != 0 {
			model.Cut(b, s, off)
		}
		first, tally := b.Tick, m.tally(b.Tick+ticks-ReplayYear)
		b.Observers = []sim.Observer[world.View]{tally}
		if watch != nil {
			b.Observers = append(b.Observers, later{watch, first})
		}
		if err := b.Run(ctx, first+ticks); err != nil {
			return err
		}
		for k := range worth {
			worth[k][on] = tally.added[k]
			if acting < channels {
				worth[k][on|1<<acting] = tally.added[k]
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var rows []output.ReplayRow
	for k, number := range m.clusters {
		parts, err := measure.Shapley(worth[k])
		if err != nil {
			return nil, err
		}
		row := output.ReplayRow{Tick: e.Tick, Cluster: number, Base: worth[k][0], Whole: worth[k][len(worth[k])-1]}
		copy(row.Channel[:], parts)
		rows = append(rows, row)
	}
	return rows, nil
}

// members says who is in which cluster at the moment of a replay.
type members struct {
	clusters []int    // numbers; the first is 0, all firms
	id       []uint64 // by row
	of       []int    // by row: place in clusters, 0 = in none
}

func membersOf(v world.View) members {
	m := members{clusters: []int{0}}
	place := map[int]int{}
	for k := range v.Groups() {
		number := int(v.Group(k).Number)
		place[number] = len(m.clusters)
		m.clusters = append(m.clusters, number)
	}
	for i := range v.Rows() {
		m.id, m.of = append(m.id, v.ID(i)), append(m.of, place[v.Cluster(i)])
	}
	return m
}

// tally adds up the value added of the members behind a tick.
type tally struct {
	*members
	after int
	added []float64 // by cluster
}

func (m *members) tally(after int) *tally {
	return &tally{members: m, after: after, added: make([]float64, len(m.clusters))}
}

// Observe adds a tick.
func (t *tally) Observe(v world.View, tick int) error {
	if tick <= t.after {
		return nil
	}
	for i, id := range t.id {
		if id == 0 || v.ID(i) != id {
			continue
		}
		x := v.Scale() * v.ValueAdded(i) / world.TicksPerYear
		t.added[0] += float64(x)
		if k := t.of[i]; k > 0 {
			t.added[k] += float64(x)
		}
	}
	return nil
}
