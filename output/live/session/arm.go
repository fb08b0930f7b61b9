package session

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"agglo/model"
	"agglo/model/world"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim"
)

// arm is one of the worlds of a session with all that is shown of its past.
type arm struct {
	setup   model.Setup
	changes []scenarios.Change
	engine  *model.Engine
	gauge   *output.Gauge
	rows    [][]float64       // metrics by tick, from 0 on
	lives   map[int][]year    // of clusters, by number
	names   map[int][2]string // of clusters ever seen: name and group
	follow  follow
	circles []circle
	done    int // changes that act already
}

// year is a cluster at a year's end.
type year struct {
	Tick  int     `json:"tick"`
	Firms int     `json:"firms"`
	Jobs  float64 `json:"jobs"`
	Event string  `json:"event"`
	Other int     `json:"other,omitempty"`
}

// follow is what is kept of the firm that the user looks at.
type follow struct {
	id    uint64
	row   int
	jobs  [][2]float64 // tick and workers
	ended int          // tick in which it was found gone; 0 = it lives
}

// found makes an arm at tick 0.
func found(ctx context.Context, setup model.Setup, changes []scenarios.Change) (*arm, error) {
	e, err := model.New(setup)
	if err != nil {
		return nil, err
	}
	a := &arm{setup: setup, changes: changes, engine: e, gauge: output.NewGauge(output.Metrics(), 1),
		lives: map[int][]year{}, names: map[int][2]string{}}
	e.Observers = []sim.Observer[world.View]{a}
	return a, e.Run(ctx, 0)
}

// tick is the tick that the arm has reached.
func (a *arm) tick() int { return a.engine.Tick }

func (a *arm) view() world.View { return a.engine.View(a.engine.World) }

// Observe keeps the metrics of a tick, the clusters of a year's end and the firm that is followed. It is called for every
// tick.
func (a *arm) Observe(v world.View, tick int) error {
	if tick < len(a.rows) {
		return nil // an arm that turns at the start is shown the start again
	}
	if err := a.gauge.Observe(v, tick); err != nil {
		return err
	}
	a.rows = append(a.rows, a.gauge.Row(v, 0))
	a.follow.observe(v, tick)
	for k := range a.circles {
		a.circles[k].count(v)
	}
	if tick%world.TicksPerYear != 0 {
		return nil
	}
	firms, jobs := map[int]int{}, map[int]float64{}
	for i := range v.Rows() {
		if c := v.Cluster(i); v.Living(i) && c != 0 {
			firms[c]++
			jobs[c] += v.Jobs(i) * v.Scale()
		}
	}
	for k := range v.Groups() {
		g := v.Group(k)
		n := int(g.Number)
		a.names[n] = [2]string{g.Name, g.Group}
		a.lives[n] = append(a.lives[n], year{tick, firms[n], jobs[n], g.Event, int(g.Other)})
	}
	for k := range v.Ended() {
		g := v.EndedGroup(k)
		a.lives[int(g.Number)] = append(a.lives[int(g.Number)], year{tick, 0, 0, g.Event, int(g.Other)})
	}
	return nil
}

func (f *follow) observe(v world.View, tick int) {
	switch {
	case f.id == 0 || f.ended != 0:
	case f.row < v.Rows() && v.ID(f.row) == f.id:
		f.jobs = append(f.jobs, [2]float64{float64(tick), v.Jobs(f.row) * v.Scale()})
	default:
		f.ended = tick
	}
}

// step takes one tick, with the parameters that hold from here on.
func (a *arm) step(ctx context.Context, threads int) error {
	due := a.done
	for due < len(a.changes) && a.changes[due].Tick <= a.tick() {
		due++
	}
	if due > a.done {
		if err := a.turn(a.setup); err != nil {
			return err
		}
	}
	a.engine.Threads = threads
	return a.engine.Run(ctx, a.tick()+1)
}

// turn lets the arm go on under a setup: other policies, other parameters. Changes that are due act in it.
func (a *arm) turn(setup model.Setup) error {
	now, done := setup, 0
	for done < len(a.changes) && a.changes[done].Tick <= a.tick() {
		done++
	}
	var err error
	if now.Params, err = scenarios.At(setup.Params, a.changes, a.tick()); err != nil {
		return err
	}
	e, err := model.Branch(a.engine, now)
	if err != nil {
		return err
	}
	e.Observers = []sim.Observer[world.View]{a}
	a.setup, a.engine, a.done = setup, e, done
	return nil
}

// turned is the arm as it goes on under another setup and other changes; the arm itself must not be used again unless
// there was an error.
func (a *arm) turned(setup model.Setup, changes []scenarios.Change) (*arm, error) {
	b := *a
	b.changes = changes
	return &b, b.turn(setup)
}

// twin makes an arm that goes on from here under another setup beside this one.
func (a *arm) twin(setup model.Setup) (*arm, error) {
	b := *a
	b.gauge, b.rows, b.circles = a.gauge.Clone(), slices.Clone(a.rows), slices.Clone(a.circles)
	b.follow.jobs = slices.Clone(a.follow.jobs) // of one column both would write the same places
	b.lives, b.names = map[int][]year{}, maps.Clone(a.names)
	for n, years := range a.lives {
		b.lives[n] = slices.Clone(years)
	}
	for k := range b.circles {
		b.circles[k].jobs = slices.Clone(b.circles[k].jobs)
	}
	return &b, b.turn(setup)
}

// circle is where jobs are counted: the place of a policy, or those of all that have one.
type circle struct {
	id    string
	spots []spot
	from  int       // tick of the first count
	jobs  []float64 // by tick
}

// spot is the circle of a policy, km.
type spot struct{ x, y, km float64 }

// allPlaces is the id of the places of all policies together, where there are several: who is in two of them is counted once.
const allPlaces = "*"

// watch makes the arm count the jobs where policies are, from its tick on.
func (a *arm) watch(policies []Policy) {
	var circles []circle
	add := func(id string, spots ...spot) {
		at := slices.IndexFunc(a.circles, func(c circle) bool { return c.id == id && slices.Equal(c.spots, spots) })
		if at >= 0 {
			circles = append(circles, a.circles[at])
			return
		}
		c := circle{id: id, spots: spots, from: a.tick()}
		c.count(a.view())
		circles = append(circles, c)
	}
	var all []spot
	for _, p := range policies {
		if p.KM > 0 {
			at := spot{p.X, p.Y, p.KM}
			add(p.ID, at)
			all = append(all, at)
		}
	}
	if len(all) > 1 {
		add(allPlaces, all...)
	}
	a.circles = circles
}

func (c *circle) count(v world.View) {
	jobs := 0.0
	for i := range v.Rows() {
		if v.Living(i) && slices.ContainsFunc(c.spots, func(s spot) bool { dx, dy := v.X(i)-s.x, v.Y(i)-s.y; return dx*dx+dy*dy <= s.km*s.km }) {
			jobs += v.Jobs(i) * v.Scale()
		}
	}
	c.jobs = append(c.jobs, jobs)
}

// series is the series.csv of the arm up to its tick.
func (a *arm) series() ([]byte, error) {
	var b bytes.Buffer
	err := output.WriteSeries(&b, output.Run{Seed: a.setup.Seed}, 0, 1, a.rows)
	return b.Bytes(), err
}
