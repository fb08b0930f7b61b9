package cluster

import (
	"slices"
	"strconv"

	"agglo/internal/text"
	"agglo/model/measure"
	"agglo/model/world"
	"agglo/sim/num"
)

// start is the tick of birth of clusters that are there at the start: nobody saw them emerge. Firms of the start have negative
// ticks alike.
const start = -1

// describe fills in the clusters' rows: where they are, how large, what befell them, what they are called.
func describe(w *world.World, g *group, tick int, fates measure.Following) {
	out := make([]world.Group, len(fates.Clusters))
	place := map[int32]int{}
	for k, fate := range fates.Clusters {
		place[fate.ID] = k
		out[k] = world.Group{Number: fate.ID, Group: g.id, Event: fate.Event.String(), Other: max(fate.Other, 0)}
	}
	byRegion := make([]float64, len(out)*len(w.Setting.Regions))
	for _, i := range g.rows {
		if w.Firms.Cluster[i] == 0 {
			continue
		}
		k := place[w.Firms.Cluster[i]]
		jobs := w.Firms.Labour[i]
		out[k].Jobs += jobs
		out[k].At.X += float64(jobs * w.Firms.X[i])
		out[k].At.Y += float64(jobs * w.Firms.Y[i])
		byRegion[k*len(w.Setting.Regions)+int(max(w.Cells.Region[w.Firms.Cell[i]], 0))] += jobs
	}
	for c, id := range fates.ID {
		if id >= 0 {
			k := place[id]
			out[k].Cells = append(out[k].Cells, int32(c))
		}
	}
	for k := range out {
		at := &out[k]
		at.At.X, at.At.Y = at.At.X/at.Jobs, at.At.Y/at.Jobs
		at.Region = most(byRegion[k*len(w.Setting.Regions) : (k+1)*len(w.Setting.Regions)])
		remember(w, at, tick)
	}
	w.Groups = append(w.Groups, out...)
}

// bury tells of clusters that have ended, as they last were.
func bury(w *world.World, last []world.Group, ended []measure.Fate) {
	for _, fate := range ended {
		for _, g := range last {
			if g.Number == fate.ID {
				g.Event, g.Other, g.Jobs, g.Cells = fate.Event.String(), max(fate.Other, 0), 0, nil
				w.Ended = append(w.Ended, g)
			}
		}
	}
}

// remember gives a new cluster its name and its time of birth, and any cluster those that it was born with. What splits off is as
// old as what it split from.
func remember(w *world.World, g *world.Group, tick int) {
	past := &w.Past
	if int(g.Number) > len(past.Lives) {
		born := tick
		if tick == 0 {
			born = start
		}
		if g.Event == measure.Split.String() {
			born = past.Lives[g.Other-1].Born
		}
		past.Lives = append(past.Lives, world.Life{Name: name(w, g), Born: born})
	}
	g.Name, g.Born = past.Lives[g.Number-1].Name, past.Lives[g.Number-1].Born
}

// name makes a new cluster's name: the nearest town and the group's title, and a number when the name is taken.
func name(w *world.World, g *world.Group) string {
	name := nearestPlace(w, g.At)
	if title := text.Group(text.English, g.Group); title != "" {
		name += " " + title
	}
	free := name
	for n := 2; slices.ContainsFunc(w.Past.Lives, func(l world.Life) bool { return l.Name == free }); n++ {
		free = name + " " + strconv.Itoa(n)
	}
	return free
}

// most is the index of the largest of some values, the first of equals.
func most(of []float64) int {
	best := 0
	for k, x := range of {
		if x > of[best] {
			best = k
		}
	}
	return best
}

// nearestPlace is the town nearest to a point, or the point itself where there are no towns.
func nearestPlace(w *world.World, at world.Point) string {
	best, near := "", 0.0
	for _, p := range w.Setting.Places {
		if d := num.Hypot(p.At.X-at.X, p.At.Y-at.Y); best == "" || d < near {
			best, near = p.Name, d
		}
	}
	if best == "" {
		return compass(at)
	}
	return best
}

// compass names a place without towns by its km east and north.
func compass(at world.Point) string {
	name := func(x float64, plus, minus string) string {
		s := plus
		if x < 0 {
			s, x = minus, -x
		}
		return s + strconv.Itoa(int(x+.5))
	}
	return name(at.X, "E", "W") + " " + name(at.Y, "N", "S")
}
