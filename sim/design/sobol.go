package design

import (
	"math/bits"

	"agglo/sim/rng"
)

// Dimensions is the number of dimensions of the Sobol' sequence.
const Dimensions = len(directions) + 1

// digits is the number of binary digits of a coordinate of the sequence: enough for 2^32 points.
const digits = 32

// drawScramble flips a digit of a coordinate, drawBeyond fills the digits that the sequence does not have.
const (
	drawScramble rng.Purpose = 0xd506
	drawBeyond   rng.Purpose = 0xd507
)

// sequence gives the first n points of the Sobol' sequence in d dimensions, at most Dimensions, as they are published: in
// the order of the Gray code, from the point 0. Coordinates are multiples of 2^-32.
//
// Sources: I. M. Sobol' 1967, doi 10.1016/0041-5553(67)90144-9; Antonov and Saleev 1979, doi 10.1016/0041-5553(79)90085-5,
// for the order.
func sequence(n, d int) [][]float64 {
	out := rows(n, d)
	walk(n, d, func(i, j int, x uint32) { out[i][j] = float64(x) * 0x1p-32 })
	return out
}

// walk visits the coordinates of the sequence as whole numbers of 2^-32.
func walk(n, d int, visit func(point, dimension int, x uint32)) {
	for j := range d {
		v := direction(j)
		x := uint32(0)
		for i := range n {
			visit(i, j, x)
			x ^= v[bits.TrailingZeros32(^uint32(i))]
		}
	}
}

// direction gives the direction numbers of a dimension. Number k is m_k / 2^k, the m_k following the recurrence of the
// polynomial x^s + a_1 x^(s-1) + ... + 1: m_k = 2 a_1 m_(k-1) xor 4 a_2 m_(k-2) xor ... xor 2^s m_(k-s) xor m_(k-s).
func direction(dimension int) (v [digits]uint32) {
	if dimension == 0 {
		for k := range v {
			v[k] = 1 << (digits - 1 - k)
		}
		return v
	}
	polynomial, first := directions[dimension-1][0], directions[dimension-1][1:]
	s := len(first)
	for k := range v {
		if k < s {
			v[k] = first[k] << (digits - 1 - k)
			continue
		}
		v[k] = v[k-s] ^ v[k-s]>>s
		for a := 1; a < s; a++ {
			if polynomial>>(s-a)&1 == 1 {
				v[k] ^= v[k-a]
			}
		}
	}
	return v
}

// scrambled gives the levels of n points in d dimensions, each an even draw from (0,1), and together as even as the sequence:
// Owen's nested scrambling. Each digit of a coordinate is flipped or not by a draw that is addressed by the dimension and by all
// digits before it. Source: A. B. Owen 1995, doi 10.1007/978-1-4612-2552-2_19.
func scrambled(n, d int, seed rng.Seed) [][]float64 {
	out := rows(n, d)
	walk(n, d, func(i, j int, x uint32) {
		flips := uint32(0)
		for k := range digits {
			before := int(uint64(x) >> (digits - k)) // the k digits before
			flips = flips<<1 | uint32(seed.Bits(drawScramble, uint64(j), k, before)&1)
		}
		beyond := seed.Uniform(drawBeyond, uint64(j), 0, int(x))
		// In [2^-21, 1) the sum could round up to 1: 52 digits in all, the last one always set, keep it inside.
		low := uint64(beyond*(1<<20)) | 1
		out[i][j] = float64(uint64(x^flips)<<20|low) * 0x1p-52
	})
	return out
}

// sobol is a design of the first n points. Without scrambling the first point is 0 everywhere; there a distribution without
// ends takes the middle of the least step between the points.
func sobol(factors []Factor, p Plan) [][]float64 {
	if !p.Plain {
		levels := scrambled(p.N, len(factors), rng.Seed(p.Seed))
		return lay(factors, p.N, func(i, j int) float64 { return levels[i][j] })
	}
	levels := sequence(p.N, len(factors))
	half := .5 / float64(uint64(1)<<bits.Len(uint(p.N-1)))
	return lay(factors, p.N, func(i, j int) float64 {
		if factors[j].Unbounded() {
			return levels[i][j] + half
		}
		return levels[i][j]
	})
}

// saltelli is the design of Saltelli 2002, doi 10.1016/S0010-4655(02)00280-1, for indices of variance. A and B are n base
// points each, the halves of a scrambled sequence of 2d dimensions. A block of points for each base point holds A; then A
// with factor j from B, for each j; with Second also B with factor j from A, for each j; and B.
func saltelli(factors []Factor, p Plan) [][]float64 {
	d := len(factors)
	levels := scrambled(p.N, 2*d, rng.Seed(p.Seed))
	block := int(p.block(int64(d)))
	return lay(factors, p.N*block, func(i, j int) float64 {
		base, row := levels[i/block], i%block
		fromB := row == block-1 || row == j+1 || row > d && row != d+1+j
		if fromB {
			return base[d+j]
		}
		return base[j]
	})
}
