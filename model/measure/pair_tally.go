package measure

import (
	"math"

	"agglo/sim/rng"
)

const (
	tallySlots   = 1 << 18   // 64 doublings of the squared distance
	tallyCut     = 11        // bits of a float32 that a slot leaves out; the 12 left of the mantissa make 4096 slots a doubling
	octavesBelow = 64        // doublings between the smallest float32 and the first slot
	rulerPairs   = 2_000_000 // pairs of sites, at most, that say where in its slot a distance lies
	rulerShare   = 50        // times the pairs of a random sector, if those are fewer
	placeStep    = 1 << 30   // steps to the diagonal of the map: a squared distance is 0 or at least 2^-60 of the diagonal's
)

// purposeRuler is the address of the pairs of sites that a ruler is made from.
const purposeRuler rng.Purpose = 0x6d656173_04

// place is a point in diagonals of the map from its middle, where most sites lie and where single numbers are finest; the
// steps of 2^-30 see to it that no squared distance but 0 is too small for the slots.
type place struct{ x, y float32 }

// slotOf is the slot of the distance of two places: the leading bits of its square, which take neither a root nor a
// multiplication. Slots are 1/8192 of their distance wide; the first is that of the distance 0.
func slotOf(a, b place) uint32 {
	return math.Float32bits(float32((a.x-b.x)*(a.x-b.x))+float32((a.y-b.y)*(a.y-b.y))) >> tallyCut & (tallySlots - 1)
}

// ruler gives the distance that stands for each slot, in the unit of the coordinates.
type ruler []float64

// newRuler takes the mean distance of the pairs of sites in each slot, because in a lattice all distances of a slot may
// lie at one end of it. It takes all pairs if there are not more than the number given, else as many drawn by the seed. A
// slot that has none is read in its middle.
func newRuler(s siteList, pairs int, seed rng.Seed) ruler {
	at, count := make(ruler, tallySlots), make([]float64, tallySlots)
	places := s.scaled(s.x, s.y, nil)
	add := func(i, j int) {
		slot := slotOf(places[i], places[j])
		at[slot] += span(s.x[i]-s.x[j], s.y[i]-s.y[j])
		count[slot]++
	}
	if n := len(places); n*(n-1)/2 <= pairs {
		for i := range places {
			for j := range i {
				add(i, j)
			}
		}
	} else {
		for k := range pairs {
			i := min(int(seed.Uniform(purposeRuler, 0, k, 0)*float64(n)), n-1)
			add(i, min(int(seed.Uniform(purposeRuler, 0, k, 1)*float64(n)), n-1))
		}
	}
	for slot := range at {
		switch {
		case count[slot] > 0:
			at[slot] /= count[slot]
		case slot > 0:
			middle := math.Float32frombits((uint32(slot)+octavesBelow<<(23-tallyCut))<<tallyCut + 1<<(tallyCut-1))
			at[slot] = s.diagonal * math.Sqrt(float64(middle))
		}
	}
	return at
}

// scaled puts points of the map into the unit of a place.
func (s siteList) scaled(x, y []float64, into []place) []place {
	into = into[:0]
	scale := 0.0
	if s.diagonal > 0 {
		scale = placeStep / s.diagonal
	}
	for i := range x {
		east := math.Floor(float64((x[i]-s.middle[0])*scale) + .5)
		north := math.Floor(float64((y[i]-s.middle[1])*scale) + .5)
		into = append(into, place{float32(east / placeStep), float32(north / placeStep)})
	}
	return into
}

// tally counts the distances of very many pairs, in a memory that does not grow with their number. A pair costs a third of
// what it costs to take its root.
type tally struct {
	places []place
	pairs  []uint64  // in each slot
	weight []float64 // of them, if pairs have weights
	read   distances // memory of what distances returned last
}

// distances counts all pairs of the points and reads them off the ruler. What it returns holds until the next call.
func (t *tally) distances(s siteList, by ruler, x, y, weight []float64) distances {
	t.places = s.scaled(x, y, t.places)
	if t.pairs == nil {
		t.pairs = make([]uint64, tallySlots)
	}
	clear(t.pairs)
	if weight != nil {
		if t.weight == nil {
			t.weight = make([]float64, tallySlots)
		}
		clear(t.weight)
	}
	for i, p := range t.places {
		if weight != nil {
			t.weigh(t.places[:i], weight[:i], p, weight[i])
		} else {
			t.add(t.places[:i], p)
		}
	}
	n := float64(len(x))
	out := distances{at: t.read.at[:0], count: t.read.count[:0], pairs: n * (n - 1) / 2, spread: 1. / (4 << (23 - tallyCut))}
	if weight != nil {
		out.weight = t.read.weight[:0]
	}
	for slot, pairs := range t.pairs {
		if pairs == 0 || weight != nil && t.weight[slot] == 0 {
			continue
		}
		out.at, out.count = append(out.at, by[slot]), append(out.count, float64(pairs))
		if weight != nil {
			out.weight = append(out.weight, t.weight[slot])
			out.total += t.weight[slot]
		}
	}
	t.read = out
	if weight == nil {
		out.weight, out.total = out.count, out.pairs
	}
	return out
}

// add counts the pairs of p with each of the others; four at a time, so that the processor works on them side by side.
func (t *tally) add(others []place, p place) {
	pairs := (*[tallySlots]uint64)(t.pairs)
	for ; len(others) >= 4; others = others[4:] {
		a, b, c, d := others[0], others[1], others[2], others[3]
		at, bt, ct, dt := slotOf(p, a), slotOf(p, b), slotOf(p, c), slotOf(p, d)
		pairs[at]++
		pairs[bt]++
		pairs[ct]++
		pairs[dt]++
	}
	for _, other := range others {
		pairs[slotOf(p, other)]++
	}
}

// weigh adds the pairs of p with each of the others and the products of their weights.
func (t *tally) weigh(others []place, weights []float64, p place, weight float64) {
	pairs, sums := (*[tallySlots]uint64)(t.pairs), (*[tallySlots]float64)(t.weight)
	weights = weights[:len(others)]
	for j, other := range others {
		slot := slotOf(p, other)
		pairs[slot]++
		sums[slot] += float64(weight * weights[j])
	}
}
