package measure

import (
	"math"
	"slices"

	"agglo/sim/num"
)

const (
	reach         = 8.5 // half-width of the kernel in bandwidths; beyond it the density is below 1e-16 of its peak
	binsBandwidth = 48  // steps to a bandwidth when distances are joined: an error of some 1e-5
)

// distances holds the distances between all pairs of a set of points: one by one, or counted in slots.
type distances struct {
	at     []float64 // the distances, ascending, or those that stand for the slots
	weight []float64 // of each; nil counts each as 1
	count  []float64 // pairs at each; nil where each is one
	total  float64   // sum of the weights
	pairs  float64   // number of pairs
	spread float64   // half the width of a slot, as a share of its distance; 0 where distances are exact
}

// distancesOf lists every distance of the points and weighs it with the product of the weights; nil counts each as 1.
func distancesOf(x, y, weight []float64) distances {
	n := len(x)
	d := distances{at: make([]float64, 0, n*(n-1)/2), pairs: float64(n) * float64(n-1) / 2}
	if weight == nil {
		for i := range x {
			for j := range i {
				d.at = append(d.at, span(x[i]-x[j], y[i]-y[j]))
			}
		}
		slices.Sort(d.at)
		d.total = d.pairs
		return d
	}
	both := make([][2]float64, 0, cap(d.at))
	for i := range x {
		for j := range i {
			both = append(both, [2]float64{span(x[i]-x[j], y[i]-y[j]), float64(weight[i] * weight[j])})
		}
	}
	slices.SortFunc(both, func(a, b [2]float64) int {
		if a[0] != b[0] {
			return compare(a[0], b[0])
		}
		return compare(a[1], b[1])
	})
	for _, b := range both {
		d.at, d.weight = append(d.at, b[0]), append(d.weight, b[1])
		d.total += b[1]
	}
	return d
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// span is the length of (dx, dy).
func span(dx, dy float64) float64 { return math.Sqrt(float64(dx*dx) + float64(dy*dy)) }

// bandwidth is Silverman's rule of thumb, .9 min(sd, quartile range/1.34) n^(-1/5) over the n distances (Silverman 1986,
// Density Estimation, p. 48; the form and the fall-backs of the function bw.nrd0 of R). Weights of pairs play no part.
func (d distances) bandwidth() float64 {
	w := func(k int) float64 {
		if d.count == nil {
			return 1
		}
		return d.count[k]
	}
	n, mean := 0.0, 0.0
	for k, at := range d.at {
		n += w(k)
		mean += float64(w(k) * at)
	}
	mean /= n
	squares := 0.0
	for k, at := range d.at {
		squares += float64(w(k) * float64((at-mean)*(at-mean)))
	}
	sd := math.Sqrt(squares / (n - 1))
	lo := math.Min(sd, (d.quantile(.75, n, w)-d.quantile(.25, n, w))/1.34)
	for _, other := range []float64{sd, d.at[0], 1} {
		if lo == 0 {
			lo = other
		}
	}
	return .9 * lo * num.Pow(n, -.2)
}

// quantile is R's type 7, the value at place 1+(n-1)p between neighbours. The distances of a slot are taken to be spread
// evenly over it.
func (d distances) quantile(p, n float64, w func(int) float64) float64 {
	place := float64((n - 1) * p)
	below, k := 0.0, 0
	for k < len(d.at)-1 && below+w(k) <= math.Floor(place) {
		below += w(k)
		k++
	}
	if d.spread > 0 {
		return d.at[k] * (1 + float64(d.spread*float64(2*(place-below+.5)/w(k)-1)))
	}
	if k == len(d.at)-1 || math.Floor(place)+1 < below+w(k) {
		return d.at[k]
	}
	return d.at[k] + float64((place-math.Floor(place))*(d.at[k+1]-d.at[k]))
}

// joined puts distances of the same step together at their mean, which saves most of the kernel's work.
func (d distances) joined(step float64) distances {
	out := distances{total: d.total, pairs: d.pairs}
	group, moment := -1.0, 0.0
	for k, at := range d.at {
		last := len(out.at) - 1
		if g := math.Floor(at / step); g != group {
			group, moment = g, 0
			out.at, out.weight = append(out.at, 0), append(out.weight, 0)
			last++
		}
		out.weight[last] += d.weight[k]
		moment += float64(d.weight[k] * at)
		out.at[last] = moment / out.weight[last]
	}
	return out
}

// density is the kernel estimate at the ascending places r, with the kernel's part below 0 reflected:
// sum_p w_p [phi((r-d_p)/h) + phi((r+d_p)/h)] / (h sum_p w_p).
func (d distances) density(r []float64, h float64, out []float64) {
	from, far := 0, float64(reach*h)
	for k, at := range r {
		for from < len(d.at) && d.at[from] < at-far {
			from++
		}
		sum := 0.0
		for p := from; p < len(d.at) && d.at[p] <= at+far; p++ {
			sum += d.kernel(p, (at-d.at[p])/h)
		}
		for p := 0; p < len(d.at) && d.at[p] <= far-at; p++ {
			sum += d.kernel(p, (at+d.at[p])/h)
		}
		out[k] = sum * num.Exp(-logRootTwoPi) / (h * d.total)
	}
}

// kernel is the weight of distance p times exp(-u^2/2).
func (d distances) kernel(p int, u float64) float64 {
	e := num.Exp(-.5 * float64(u*u))
	if d.weight == nil {
		return e
	}
	return float64(d.weight[p] * e)
}
