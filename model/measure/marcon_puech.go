package measure

import (
	"math"
	"slices"
	"sort"
)

// Points is a list of plants with their places.
type Points struct {
	X, Y   []float64 // in km, or any one unit
	Sector []int32   // >= 0
	Weight []float64 // jobs, >= 0; nil counts every plant as 1
}

// check returns an *Invalid for columns of unequal length or values that cannot be.
func (p Points) check(name string) error {
	if err := checkPoints(name, p.X, p.Y); err != nil {
		return err
	}
	if err := length(name, "sector", len(p.Sector), len(p.X)); err != nil {
		return err
	}
	for i, s := range p.Sector {
		if s < 0 {
			return &Invalid{name, "sector", i, float64(s), "an index from 0"}
		}
	}
	if p.Weight == nil {
		return nil
	}
	if err := length(name, "weight", len(p.Weight), len(p.X)); err != nil {
		return err
	}
	return nonNegative(name, "weight", p.Weight)
}

// weight is a plant's weight.
func (p Points) weight(i int32) float64 {
	if p.Weight == nil {
		return 1
	}
	return p.Weight[i]
}

// MarconPuech gives the cumulative index M(r) of Marcon and Puech (2010, Journal of Economic Geography 10) for each radius:
// around the plants of sector reference, how much of all jobs within r belongs to sector neighbour, relative to the
// whole area:
//
//	M(r) = sum_i Wn_i(r)/Wa_i(r)  /  sum_i (Wn - w_i 1{reference = neighbour})/(Wa - w_i)
//
// with Wn_i(r), Wa_i(r) the weight of the neighbour's sector and of all plants within r of plant i (r included, plant i
// not), and both sums over the plants that have any weight within r. 1 is what randomness gives, 2 twice as much.
//
// It does not exist for a radius within which no plant of the reference has a neighbour, nor where the neighbour's
// sector has no weight but the reference plant's. Radii may come in any order. The cost is that of the pairs within the
// greatest radius in x.
func MarconPuech(p Points, reference, neighbour int32, radii []float64) ([]Optional, error) {
	const name = "marcon-puech"
	if err := p.check(name); err != nil {
		return nil, err
	}
	if err := nonNegative(name, "radii", radii); err != nil {
		return nil, err
	}
	order := byX(p.X)
	all, ofNeighbour := 0.0, 0.0
	for _, i := range order {
		all += p.weight(i)
		if p.Sector[i] == neighbour {
			ofNeighbour += p.weight(i)
		}
	}
	sorted := slices.Clone(radii)
	slices.Sort(sorted)
	local, global := make([]float64, len(sorted)), make([]float64, len(sorted))
	near := vicinity{points: p, order: order, radii: sorted, neighbour: neighbour,
		own: make([]float64, len(sorted)), all: make([]float64, len(sorted))}
	for at, i := range order {
		if p.Sector[i] != reference {
			continue
		}
		near.around(at)
		expected := ofNeighbour / (all - p.weight(i))
		if reference == neighbour {
			expected = (ofNeighbour - p.weight(i)) / (all - p.weight(i))
		}
		for k, w := range near.all {
			if w > 0 {
				local[k] += near.own[k] / w
				global[k] += expected
			}
		}
	}
	out := make([]Optional, len(radii))
	for k, r := range radii {
		at, _ := slices.BinarySearch(sorted, r)
		if global[at] > 0 {
			out[k] = defined(local[at] / global[at])
		}
	}
	return out, nil
}

// vicinity adds up the weights around one plant, by radius.
type vicinity struct {
	points    Points
	order     []int32 // from west to east
	radii     []float64
	neighbour int32
	own, all  []float64 // weight within each radius: of the neighbour's sector, of all sectors
}

// around fills own and all for the plant at a place of the order.
func (v *vicinity) around(at int) {
	clear(v.own)
	clear(v.all)
	if len(v.radii) == 0 {
		return
	}
	i := v.order[at]
	far := v.radii[len(v.radii)-1]
	for k := at - 1; k >= 0 && v.points.X[i]-v.points.X[v.order[k]] <= far; k-- {
		v.add(i, v.order[k])
	}
	for k := at + 1; k < len(v.order) && v.points.X[v.order[k]]-v.points.X[i] <= far; k++ {
		v.add(i, v.order[k])
	}
	for k := 1; k < len(v.radii); k++ {
		v.own[k] += v.own[k-1]
		v.all[k] += v.all[k-1]
	}
}

// add books plant j under the least radius around i that holds it.
func (v *vicinity) add(i, j int32) {
	dx, dy := v.points.X[i]-v.points.X[j], v.points.Y[i]-v.points.Y[j]
	d := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	k := sort.SearchFloat64s(v.radii, d)
	if k == len(v.radii) {
		return
	}
	w := v.points.weight(j)
	v.all[k] += w
	if v.points.Sector[j] == v.neighbour {
		v.own[k] += w
	}
}
