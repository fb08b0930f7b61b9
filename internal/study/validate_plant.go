package study

import (
	"context"
	"fmt"
	"math"

	"agglo/model"
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/rng"
)

// How a large plant is put into a world (T15).
const (
	plantFact  = "T15"
	plantTicks = 5 * world.TicksPerYear // from its coming to the measurement
	plantShare = .01                    // of all jobs
	plantKM    = 20
)

// drawPlant is the purpose of the draw of the plant's site.
const drawPlant rng.Purpose = 0x6203

// run runs the world of a gathering to its end, with the twin that gets a plant where that is wanted.
func (g *gathering) run(ctx context.Context, setup model.Setup, threads int, watch sim.Observer[world.View]) error {
	e, err := model.NewContext(ctx, setup)
	if err != nil {
		return err
	}
	e.Threads = threads
	e.Observers = []sim.Observer[world.View]{g}
	if watch != nil {
		e.Observers = append(e.Observers, watch)
	}
	if !g.wanted(plantFact) || g.end <= plantTicks {
		return e.Run(ctx, g.end)
	}
	first := g.end - plantTicks
	if err := e.Run(ctx, first); err != nil {
		return err
	}
	twin, err := model.Branch(e, setup)
	if err != nil {
		return err
	}
	twin.Threads = threads
	site := siteOf(twin, g.seed)
	id, err := model.Settle(twin, setup, site)
	if err != nil {
		return fmt.Errorf("the plant of %s: %w", plantFact, err)
	}
	if watch != nil {
		twin.Observers = []sim.Observer[world.View]{later{watch, first}}
	}
	if err := twin.Run(ctx, g.end); err != nil {
		return err
	}
	if err := e.Run(ctx, g.end); err != nil {
		return err
	}
	with, without := around(world.NewView(twin.World), site.At, id), around(world.NewView(e.World), site.At, id)
	g.put(plantFact, 100*(with-without), nil)
	return nil
}

// siteOf says where the plant goes: beside a firm drawn by jobs, and into that firm's sector.
func siteOf(e *model.Engine, seed uint64) model.Plant {
	f, all, last := &e.World.Firms, 0.0, 0
	for i, id := range f.ID {
		if id != 0 {
			all += f.Labour[i]
			last = i
		}
	}
	left := rng.Seed(seed).Uniform(drawPlant, 0, e.Tick, 0) * all
	for _, i := range e.World.Index.Rows { // by sector and place
		if f.ID[i] == 0 {
			continue // closed since the tick began
		}
		if left -= f.Labour[i]; left < 0 {
			last = int(i)
			break
		}
	}
	return model.Plant{Sector: int(f.Sector[last]), Area: int(f.Area[last]), At: world.Point{X: f.X[last], Y: f.Y[last]}, Jobs: plantShare * all}
}

// around is the mean log technology of the firms within plantKM of a point, but for one; NaN of none.
func around(v world.View, at world.Point, but uint64) float64 {
	sum, n := 0.0, 0.0
	for i := range v.Rows() {
		if v.Living(i) && v.ID(i) != but && math.Hypot(v.X(i)-at.X, v.Y(i)-at.Y) <= plantKM {
			sum += v.LogTech(i)
			n++
		}
	}
	return over(sum, n)
}
