package measure

import (
	"math"
	"slices"

	"agglo/sim/num"
)

// Helix is the mutual information of three classes of each firm, in bits, with its entropies.
type Helix struct {
	T                                  float64 // below 0 is synergy: the three together tell more than pair by pair
	Place, Sector, Size                float64 // entropies of one class
	PlaceSector, PlaceSize, SectorSize float64 // of two
	Joint                              float64 // of all three
}

// TripleHelix is the mutual information in three dimensions of place, sector (or technology) and size (or organisation),
//
//	T = H_g + H_t + H_o - H_gt - H_go - H_to + H_gto
//
// in bits; negative where the classes reduce uncertainty together (McGill 1954; Leydesdorff, Dolfsma and van der Panne
// 2006, doi 10.1016/j.respol.2005.09.001). Entropies are those of the shares found, without correction for small
// samples, which pull T down where cells are few against the number of classes.
//
// The arrays hold each firm's class, any number >= 0. It is undefined for no firms.
func TripleHelix(place, sector, size []int32) (Helix, error) {
	c, err := newClasses(place, sector, size)
	if err != nil {
		return Helix{}, err
	}
	rows := make([]int32, len(place))
	for i := range rows {
		rows[i] = int32(i)
	}
	return c.helix(rows), nil
}

// sizeSteps are the least jobs of each class of size but the first.
var sizeSteps = [...]float64{5, 10, 20, 50, 100, 250}

// SizeClass is the class of size of a firm with so many jobs, from 0, as in the registers from which the triple helix is measured:
// below 5, 10, 20, 50, 100, 250 jobs, and more.
func SizeClass(jobs float64) int32 {
	class := int32(0)
	for _, least := range sizeSteps {
		if jobs >= least {
			class++
		}
	}
	return class
}

// RegionHelix is one region's part in the decomposition.
type RegionHelix struct {
	Firms int
	Helix Helix   // among its own firms; zero without firms
	Part  float64 // Firms/all * Helix.T, in bits
}

// HelixByRegion is the decomposition of T over regions: Total.T = Between + sum of Part.
type HelixByRegion struct {
	Total   Helix
	Between float64 // T_0: below 0, regions together hold more synergy than one by one
	Regions []RegionHelix
}

// TripleHelixByRegion splits T into a part within each region and one between them, T = T_0 + sum_G n_G/N T_G
// (Leydesdorff and Strand 2013, doi 10.1002/asi.22895). Places should be finer than regions: where a region is one
// place its own T is 0, and with regions equal to places all of T lies between.
func TripleHelixByRegion(region, place, sector, size []int32, regions int) (HelixByRegion, error) {
	const name = "triple-helix"
	c, err := newClasses(place, sector, size)
	if err != nil {
		return HelixByRegion{}, err
	}
	if err := length(name, "region", len(region), len(place)); err != nil {
		return HelixByRegion{}, err
	}
	if err := within(name, "region", region, regions); err != nil {
		return HelixByRegion{}, err
	}
	out := HelixByRegion{Regions: make([]RegionHelix, regions)}
	if out.Total, err = TripleHelix(place, sector, size); err != nil {
		return HelixByRegion{}, err
	}
	out.Between = out.Total.T
	Plants{Sector: region, Sectors: regions}.bySector(func(g int, rows []int32) {
		r := &out.Regions[g]
		if r.Firms = len(rows); r.Firms == 0 {
			return
		}
		r.Helix = c.helix(rows)
		r.Part = float64(float64(r.Firms) / float64(len(place)) * r.Helix.T)
		out.Between -= r.Part
	})
	return out, nil
}

// HelixByPlace is T as what sector and size tell of each other at large less what they do inside the places.
type HelixByPlace struct {
	Between float64   // T_0 = H_t + H_o - H_to over all firms, >= 0
	Places  []float64 // -n_g/N (H_t + H_o - H_to) inside each place, <= 0
}

// TripleHelixByPlace splits T = T_0 + sum of Places, where places are the finest division there is: the identity
// T = I(t;o) - I(t;o|g), in bits. A place without firms has the part 0.
func TripleHelixByPlace(place, sector, size []int32, places int) (HelixByPlace, error) {
	const name = "triple-helix"
	c, err := newClasses(place, sector, size)
	if err != nil {
		return HelixByPlace{}, err
	}
	if err := within(name, "place", place, places); err != nil {
		return HelixByPlace{}, err
	}
	all, err := TripleHelix(place, sector, size)
	if err != nil {
		return HelixByPlace{}, err
	}
	out := HelixByPlace{Between: max(0, all.Sector+all.Size-all.SectorSize), Places: make([]float64, places)}
	Plants{Sector: place, Sectors: places}.bySector(func(g int, rows []int32) {
		if len(rows) > 0 {
			h := c.helix(rows)
			out.Places[g] = -float64(float64(len(rows)) / float64(len(place)) * max(0, h.Sector+h.Size-h.SectorSize))
		}
	})
	return out, nil
}

// classes are the three classes of each firm with the number of values of each.
type classes struct {
	class [3][]int32
	count [3]uint64
}

func newClasses(place, sector, size []int32) (classes, error) {
	const name = "triple-helix"
	c := classes{class: [3][]int32{place, sector, size}}
	if len(place) == 0 {
		return c, undefined(name, "no firms")
	}
	for d, array := range []string{"place", "sector", "size"} {
		if err := length(name, array, len(c.class[d]), len(place)); err != nil {
			return c, err
		}
		if err := within(name, array, c.class[d], math.MaxInt32); err != nil {
			return c, err
		}
		c.count[d] = uint64(slices.Max(c.class[d])) + 1
	}
	if float64(c.count[0])*float64(c.count[1])*float64(c.count[2]) > math.MaxInt64 {
		return c, &Invalid{name, "number of classes", -1, float64(max(c.count[0], c.count[1], c.count[2])),
			"place, sector and size numbered from 0 without large gaps"}
	}
	return c, nil
}

// helix is the mutual information among the firms of some rows.
func (c classes) helix(rows []int32) Helix {
	key := make([]uint64, len(rows))
	of := func(place, sector, size uint64) float64 {
		for k, i := range rows {
			g := place * uint64(c.class[0][i])
			t := sector * uint64(c.class[1][i])
			o := size * uint64(c.class[2][i])
			key[k] = (g*max(1, sector*c.count[1])+t)*max(1, size*c.count[2]) + o
		}
		return entropy(key)
	}
	h := Helix{
		Place: of(1, 0, 0), Sector: of(0, 1, 0), Size: of(0, 0, 1),
		PlaceSector: of(1, 1, 0), PlaceSize: of(1, 0, 1), SectorSize: of(0, 1, 1), Joint: of(1, 1, 1),
	}
	h.T = h.Place + h.Sector + h.Size - h.PlaceSector - h.PlaceSize - h.SectorSize + h.Joint
	return h
}

// entropy is that of the shares of equal keys, in bits. It sorts the keys.
func entropy(key []uint64) float64 {
	slices.Sort(key)
	n, sum := float64(len(key)), 0.0
	for i := 0; i < len(key); {
		j := i + 1
		for j < len(key) && key[j] == key[i] {
			j++
		}
		count := float64(j - i)
		sum += float64(count * num.Log(count))
		i = j
	}
	return max(0, (num.Log(n)-sum/n)/math.Ln2)
}
