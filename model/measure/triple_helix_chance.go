package measure

import (
	"math"
	"slices"

	"agglo/sim/num"
)

// TripleHelixByChance is what T of TripleHelix would be on the mean, in bits, if these firms had each other's sizes, dealt out at
// random: all orders of the sizes alike. Places and sectors stay. It is what T is to be read against, because entropies of the shares
// found lie low where firms are few against the classes, and most so that of all three together: then chance alone is below 0.
//
// T is I(g;o) + I(t;o) - I(g,t;o), and the mean of each over all orders is known without a draw (Vinh, Epps and Bailey 2010, Journal
// of Machine Learning Research 11, 2837-2854). The arrays hold each firm's class, any number >= 0. It is undefined for no firms.
func TripleHelixByChance(place, sector, size []int32) (float64, error) {
	c, err := newClasses(place, sector, size)
	if err != nil {
		return 0, err
	}
	joint, places, sectors, sizes := make([]uint64, len(place)), make([]uint64, len(place)), make([]uint64, len(place)), make([]uint64, len(place))
	for i := range place {
		places[i], sectors[i], sizes[i] = uint64(place[i]), uint64(sector[i]), uint64(size[i])
		joint[i] = places[i]*c.count[1] + sectors[i]
	}
	of, n := counts(sizes), float64(len(place))
	return (chance(counts(places), of, n) + chance(counts(sectors), of, n) - chance(counts(joint), of, n)) / math.Ln2, nil
}

// sizeOf is how many classes hold so many firms each.
type sizeOf struct{ firms, classes float64 }

// counts are the sizes of the classes that keys make, smallest first, each size once: what chance asks hangs on sizes alone, and there
// are few of them however many classes there are. It sorts the keys.
func counts(keys []uint64) []sizeOf {
	slices.Sort(keys)
	var of []float64
	for i, key := range keys {
		if i == 0 || key != keys[i-1] {
			of = append(of, 0)
		}
		of[len(of)-1]++
	}
	slices.Sort(of)
	var out []sizeOf
	for i, n := range of {
		if i == 0 || n != of[i-1] {
			out = append(out, sizeOf{firms: n})
		}
		out[len(out)-1].classes++
	}
	return out
}

// chance is the mean information, in nats, that two classifications of n firms have of each other when one of them is dealt out at
// random.
func chance(a, b []sizeOf, n float64) float64 {
	sum := 0.0
	for _, x := range a {
		for _, y := range b {
			sum += float64(x.classes * y.classes * shared(x.firms, y.firms, n))
		}
	}
	return sum
}

// negligible is the part of the likeliest count from which on counts are left out.
const negligible = 1e-18

// shared is what a class of x of n firms and one of y add to chance: the mean of k/n ln(nk/xy) over the number k of firms that they
// share, which is hypergeometric. It is summed from the likeliest k both ways, each chance from the one before.
func shared(x, y, n float64) float64 {
	least, most := max(0, x+y-n), min(x, y)
	mode := num.Clamp(math.Floor((x+1)*(y+1)/(n+2)), least, most)
	sum, all := 0.0, 0.0
	add := func(k, w float64) {
		weight := float64(w)
		all += weight
		if k > 0 {
			sum += float64(weight * k * num.Log(n*k/(x*y)))
		}
	}
	add(mode, 1)
	for k, weight := mode, 1.; k < most && weight > negligible; {
		weight *= (x - k) * (y - k) / ((k + 1) * (n - x - y + k + 1))
		k++
		add(k, weight)
	}
	for k, weight := mode, 1.; k > least && weight > negligible; {
		weight *= k * (n - x - y + k) / ((x - k + 1) * (y - k + 1))
		k--
		add(k, weight)
	}
	return sum / (all * n)
}
