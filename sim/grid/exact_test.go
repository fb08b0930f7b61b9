package grid

import (
	"math"
	"slices"
	"testing"

	"agglo/sim/num"
)

// A field is an approximation of the sum over all pairs of firms. Here it is held against that sum at the firms' own
// places, own contribution taken out on both sides: 3,000 firms on a plain of 100 x 100 km, spread evenly or with 90% of
// them in 20 x 20 km, all alike or with Pareto sizes (exponent 1.5), cells of 2 km. The numbers logged are those of the
// documentation.
func TestFieldAgainstExactSum(t *testing.T) {
	const n = 3000
	s := Shape{NX: 50, NY: 50, CellKM: 2}
	t.Logf("places    sizes   width  corr.  log corr.  rank corr.  mean ratio  r.m.s. of ratio")
	for _, dense := range []bool{false, true} {
		x, y := firms(n, dense)
		alike, pareto := ones(n), noise(13, n)
		for i, u := range pareto {
			pareto[i] = num.Exp(-num.Log(1-u) / 1.5)
		}
		for _, width := range []float64{4, 10, 15, 40} {
			k, err := Exponential(s, width)
			if err != nil {
				t.Fatal(err)
			}
			exactAlike, exactPareto := exact(x, y, alike, pareto, width)
			for _, c := range []struct {
				sizes       string
				mass, exact []float64
			}{{"alike ", alike, exactAlike}, {"Pareto", pareto, exactPareto}} {
				field := readAt(k, x, y, c.mass)
				pearson, rank := correlation(field, c.exact), correlation(ranks(field), ranks(c.exact))
				logs := correlation(logarithms(field), logarithms(c.exact))
				mean, spread := ratio(field, c.exact)
				places := "even "
				if dense {
					places = "dense"
				}
				t.Logf("%s     %s %3.0f km  %.4f   %.4f     %.4f      %.4f      %.4f", places, c.sizes, width, pearson, logs, rank, mean, spread)
				least := .995
				if width < 10 {
					least = .97
				}
				if pearson < least || rank < least || math.Abs(mean-1) > .03 {
					t.Errorf("want correlations of at least %v and a mean ratio within .03 of 1", least)
				}
			}
		}
	}
}

// firms places n firms on 100 x 100 km, evenly or with 90% of them in 20 x 20 km.
func firms(n int, dense bool) (x, y []float64) {
	x, y = noise(11, n), noise(12, n)
	for i := range x {
		x[i], y[i] = 100*x[i], 100*y[i]
		if dense && i%10 != 0 {
			x[i], y[i] = 33.3+x[i]/5, 51.7+y[i]/5
		}
	}
	return x, y
}

// exact sums mass * exp(-d/width) over all other firms, for two sorts of mass at once.
func exact(x, y, a, b []float64, width float64) (sumA, sumB []float64) {
	sumA, sumB = make([]float64, len(x)), make([]float64, len(x))
	for i := range x {
		for j := range i {
			dx, dy := x[i]-x[j], y[i]-y[j]
			k := num.Exp(-math.Sqrt(dx*dx+dy*dy) / width)
			sumA[i] += k * a[j]
			sumA[j] += k * a[i]
			sumB[i] += k * b[j]
			sumB[j] += k * b[i]
		}
	}
	return sumA, sumB
}

// readAt is what the model does: deposit, smooth, read, take the own contribution out.
func readAt(k *Kernel, x, y, mass []float64) []float64 {
	s := k.Shape()
	plane, field, out := make([]float64, s.Cells()), make([]float64, s.Cells()), make([]float64, len(x))
	for i := range x {
		base, wx, wy := s.Cloud(x[i], y[i])
		s.Deposit(plane, base, wx, wy, mass[i])
	}
	k.Smooth(field, plane, k.NewWork())
	for i := range x {
		base, wx, wy := s.Cloud(x[i], y[i])
		out[i] = s.Read(field, base, wx, wy) - mass[i]*k.Self(base, wx, wy)
	}
	return out
}

// ratio is the mean of a/b and the root mean square of its distance from that mean.
func ratio(a, b []float64) (mean, spread float64) {
	for i := range a {
		mean += a[i] / b[i] / float64(len(a))
	}
	for i := range a {
		d := a[i]/b[i] - mean
		spread += d * d / float64(len(a))
	}
	return mean, math.Sqrt(spread)
}

// correlation is Pearson's.
func correlation(a, b []float64) float64 {
	n := float64(len(a))
	ma, mb := dot(a, ones(len(a)))/n, dot(b, ones(len(b)))/n
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
	}
	return ab / math.Sqrt(aa*bb)
}

// ranks gives each value's place in order (no two are alike here).
func ranks(a []float64) []float64 {
	order := make([]int, len(a))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		if a[i] < a[j] {
			return -1
		}
		return 1
	})
	out := make([]float64, len(a))
	for place, i := range order {
		out[i] = float64(place)
	}
	return out
}

func logarithms(a []float64) []float64 {
	out := make([]float64, len(a))
	for i, v := range a {
		out[i] = num.Log(v)
	}
	return out
}
