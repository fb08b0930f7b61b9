package design

import (
	"fmt"
	"math"
)

// blocks are the results of a saltelli design: of the base points A and B, of A with each factor from B, and of B with each
// factor from A, if the design has them.
type blocks struct {
	a, b   []float64
	ab, ba [][]float64
}

// sobol estimates shares of the results' variance: S1, of a factor alone; ST, of a factor with all its interactions; S2, of
// the interaction of two, if the design has the points for it.
//
// With f_A the results at A, f_B at B, f_AB at A with factor j from B, and V the variance over A and B,
// S1 = mean(f_B (f_AB - f_A)) / V (Saltelli and others 2010, doi 10.1016/j.cpc.2009.09.018, table 2 b),
// ST = mean((f_A - f_AB)^2) / 2V (Jansen 1999, doi 10.1016/S0010-4655(98)00154-4),
// S2 = mean(f_BA,i f_AB,j - f_A f_B) / V - S1_i - S1_j (Saltelli 2002, doi 10.1016/S0010-4655(02)00280-1). Where f_BA is there,
// S1 and ST are the means of the estimate and of the one with A and B exchanged. Results are taken from their mean first.
// Intervals come from a bootstrap of base points. If the results are all the same, no index exists.
func (a Analysis) sobol(d Design, y []float64) ([]Index, error) {
	r, err := readBlocks(d, y)
	if err != nil {
		return nil, err
	}
	n, counts := len(r.a), a.resamples(len(r.a))
	terms := make([]float64, n)
	sum := func(term func(i int) float64) []float64 {
		for i := range terms {
			terms[i] = term(i)
		}
		return totals(counts, terms)
	}
	level := sum(func(i int) float64 { return r.a[i] + r.b[i] })
	variance := sum(func(i int) float64 { return float64(r.a[i]*r.a[i]) + float64(r.b[i]*r.b[i]) })
	for k, m := range level {
		m /= float64(2 * n)
		if variance[k] = variance[k]/float64(2*n) - float64(m*m); variance[k] <= 0 || steady(y) {
			variance[k] = math.NaN()
		}
	}
	share := func(total []float64, divisor int) []float64 {
		for k := range total {
			total[k] /= variance[k] * float64(divisor*n)
		}
		return total
	}
	var out []Index
	first := make([][]float64, len(d.Names))
	for j, name := range d.Names {
		ways := 1
		if r.ba != nil {
			ways = 2
		}
		first[j] = share(sum(func(i int) float64 { return r.alone(i, j) }), ways)
		out = append(out, interval(name, "S1", first[j]))
		out = append(out, interval(name, "ST", share(sum(func(i int) float64 { return r.within(i, j) }), 2*ways)))
	}
	if r.ba == nil {
		return out, nil
	}
	for j, name := range d.Names {
		for k := j + 1; k < len(d.Names); k++ {
			both := share(sum(func(i int) float64 {
				return float64(r.ba[j][i]*r.ab[k][i]) - float64(r.a[i]*r.b[i])
			}), 1)
			for s := range both {
				both[s] -= first[j][s] + first[k][s]
			}
			out = append(out, interval(name+":"+d.Names[k], "S2", both))
		}
	}
	return out, nil
}

// Astray says whether estimates of a factor's shares of the variance, alone (S1) and with all its interactions (ST), lie well outside of
// what true shares can be: ST above 1, or S1 above ST. A share of .05 is let pass, since of a factor without interactions half of
// the estimates of S1 are above ST, by a little.
func Astray(s1, st float64) bool {
	const little = .05
	return st > 1+little || s1 > st+little
}

// alone is the term of S1 of base point i and factor j; the sum of both ways where there are two.
func (r *blocks) alone(i, j int) float64 {
	term := float64(r.b[i] * (r.ab[j][i] - r.a[i]))
	if r.ba != nil {
		return term + float64(r.a[i]*(r.ba[j][i]-r.b[i]))
	}
	return term
}

// within is the term of ST of base point i and factor j; the sum of both ways where there are two.
func (r *blocks) within(i, j int) float64 {
	step := r.a[i] - r.ab[j][i]
	term := float64(step * step)
	if r.ba != nil {
		back := r.b[i] - r.ba[j][i]
		return term + float64(back*back)
	}
	return term
}

// readBlocks finds the blocks of a saltelli design and cuts the results accordingly.
func readBlocks(d Design, y []float64) (*blocks, error) {
	factors := len(d.Names)
	size, err := blockSize(d)
	if err != nil {
		return nil, err
	}
	n, centre := len(y)/size, mean(y)
	r := &blocks{ab: make([][]float64, factors)}
	if size == 2*factors+2 {
		r.ba = make([][]float64, factors)
	}
	for i := range n {
		block := y[i*size : (i+1)*size]
		r.a = append(r.a, block[0]-centre)
		r.b = append(r.b, block[size-1]-centre)
		for j := range factors {
			r.ab[j] = append(r.ab[j], block[1+j]-centre)
			if r.ba != nil {
				r.ba[j] = append(r.ba[j], block[1+factors+j]-centre)
			}
		}
	}
	return r, nil
}

// blockSize is the number of points in a block of a saltelli design, d+2 or 2d+2. The error says why the design is none.
func blockSize(d Design) (int, error) {
	factors, n := len(d.Names), len(d.Points)
	short, long := factors+2, 2*factors+2
	var reasons [2]error
	for k, size := range [2]int{short, long} {
		if n%size != 0 {
			reasons[k] = fmt.Errorf("its %d points are no multiple of %d", n, size)
		} else if reasons[k] = checkBlocks(d, size); reasons[k] == nil {
			return size, nil
		}
	}
	return 0, fmt.Errorf("this is no saltelli design of %d factors: in blocks of %d points (S1 and ST), %w; in blocks of %d (with S2), %w",
		factors, short, reasons[0], long, reasons[1])
}

// checkBlocks finds the first point that is not what a saltelli design has there.
func checkBlocks(d Design, size int) error {
	factors := len(d.Names)
	for i := 0; i < len(d.Points); i += size {
		a, b := d.Points[i], d.Points[i+size-1]
		for row := 1; row < size-1; row++ {
			here, swapped, rest, of := (row-1)%factors, b, a, "first"
			if row > factors {
				swapped, rest, of = a, b, "last"
			}
			for j, v := range d.Points[i+row] {
				switch {
				case j == here && v != swapped[j]:
					return &RowError{i + row, fmt.Sprintf("%s should be exchanged between the first and the last point of the block, and is not",
						d.Names[j])}
				case j != here && v != rest[j]:
					return &RowError{i + row, fmt.Sprintf("%s differs from the %s point of the block: only %s may", d.Names[j], of,
						d.Names[here])}
				}
			}
		}
	}
	return nil
}
