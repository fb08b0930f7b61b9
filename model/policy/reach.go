package policy

import (
	"slices"

	"agglo/model/world"
	"agglo/sim/rng"
)

// drawCall orders firms that take part in a programme by chance; see reach.draw.
const drawCall rng.Purpose = 0x4001

// A reach is whom a part works among in a tick, and what it does there.
type reach struct {
	view    world.View
	seed    rng.Seed
	tick    int
	key     uint64    // of the policy, for draws
	jobs    []float64 // workers by cell, all firms
	rows    []int32   // in ascending order
	cost    []float64 // of each, at full strength
	own     []float64 // of each, money that the firm adds itself in this tick
	joined  []bool    // of each, whether it is a member of the facility
	sites   []int32   // cells where works stand
	works   float64   // capital that stands there
	left    float64   // what is left of the budget for the tick, administration put aside
	granted []grant   // what is pushed at cells
}

// A grant is a lever on a cell that costs money as it is used.
type grant struct {
	lever world.CellLever
	cell  int
	x     float64
}

// draw is firm i's number of this tick in (0,1), of the policy's own.
func (r *reach) draw(i, k int) float64 {
	return r.seed.Uniform(drawCall, rng.Key(r.key, r.view.ID(i)), r.tick, k)
}

// give pushes a lever on a cell and notes it, so that what it costs can be booked.
func (r *reach) give(l *world.Levers, lever world.CellLever, cell int, x float64) {
	l.PushCell(lever, cell, x)
	r.granted = append(r.granted, grant{lever, cell, x})
}

// at is the place of row i in the list, -1 if it is not in it.
func (r *reach) at(i int) int {
	if k, found := slices.BinarySearch(r.rows, int32(i)); found {
		return k
	}
	return -1
}

// planned is the sum of the costs at full strength.
func (r *reach) planned() float64 {
	sum := 0.0
	for _, c := range r.cost {
		sum += c
	}
	return sum
}

// byCell adds a share of the costs up by cell and shows them in ascending order of the cells.
func (r *reach) byCell(share float64, show func(cell int, money float64)) {
	money := make([]float64, r.view.Cells())
	for k, i := range r.rows {
		money[r.view.Cell(int(i))] += float64(share * r.cost[k])
	}
	for c, x := range money {
		if x > 0 {
			show(c, x)
		}
	}
}

// built says whether works stand in a cell.
func built(e *world.LedgerEntry, cell int) bool {
	_, found := slices.BinarySearch(e.Sites, int32(cell))
	return found
}
