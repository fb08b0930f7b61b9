package policy

import (
	"math"
	"slices"
	"sort"

	"agglo/model/world"
)

// Local says whether the target singles out places or sectors, so that those inside can be told from those outside for
// good.
func (t *Target) Local() bool { return len(t.Regions) > 0 || len(t.Sectors) > 0 || t.Within != nil }

// Holds says whether row i stands in the places and sectors of the target. Size, age and clusters, which a policy may
// change, are not asked.
func (t *Target) Holds(v world.View, i int) bool {
	return t.trades(v, i) && t.place(v.Region(i), world.Point{X: v.X(i), Y: v.Y(i)})
}

// place says whether a point of a region is among the target's places.
func (t *Target) place(region int, at world.Point) bool {
	if len(t.Regions) > 0 && !slices.Contains(t.Regions, region) {
		return false
	}
	return t.Within == nil || t.circles(at)
}

// circles says whether a point lies in the target's circle, which there must be.
func (t *Target) circles(at world.Point) bool {
	dx, dy := at.X-t.Within.At.X, at.Y-t.Within.At.Y
	return math.Sqrt(float64(dx*dx)+float64(dy*dy)) <= t.Within.KM
}

// grouped says whether a cluster, by number, is of the kind that the target asks for; emerging lists the young ones.
func (t *Target) grouped(number int, emerging []int32) bool {
	switch t.Cluster {
	case "any":
		return number != 0
	case "none":
		return number == 0
	case "emerging":
		return slices.Contains(emerging, int32(number))
	case "existing":
		return number != 0 && !slices.Contains(emerging, int32(number))
	}
	return true
}

// suits says whether row i, a living firm, is one that the target asks for in this tick, wherever it is.
func (t *Target) suits(v world.View, i int, emerging []int32) bool {
	return (t.Size == nil || inside(v.Jobs(i), t.Size)) && (t.Age == nil || inside(v.Age(i), t.Age)) &&
		t.grouped(v.Cluster(i), emerging) && t.trades(v, i)
}

// trades says whether row i is of the sectors of the target.
func (t *Target) trades(v world.View, i int) bool {
	return len(t.Sectors) == 0 || slices.Contains(t.Sectors, v.Sector(i))
}

// inside says whether from <= x < to.
func inside(x float64, span *[2]float64) bool { return x >= span[0] && x < span[1] }

// groupedAt says whether a cell is of the kind that the target asks for: one of its clusters is, or it has none and none is asked.
func (t *Target) groupedAt(v world.View, cell int, emerging []int32) bool {
	held := false
	for k := range v.Groups() {
		if holds(v, k, cell) {
			held = true
			if t.grouped(int(v.Group(k).Number), emerging) {
				return true
			}
		}
	}
	return !held && t.grouped(0, emerging)
}

// holds says whether the k-th cluster holds a cell.
func holds(v world.View, k, cell int) bool {
	n := v.GroupCells(k)
	at := sort.Search(n, func(m int) bool { return v.GroupCell(k, m) >= cell })
	return at < n && v.GroupCell(k, at) == cell
}

// young lists the numbers of the clusters that were first seen no longer ago than some years, and after the start.
func young(v world.View, years float64, into []int32) []int32 {
	into = into[:0]
	for k := range v.Groups() {
		g := v.Group(k)
		if g.Born >= 0 && float64(v.Tick()-g.Born) <= years*world.TicksPerYear {
			into = append(into, g.Number)
		}
	}
	return into
}
