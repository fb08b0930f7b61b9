// Package design lays out experiments, a list of points at which a program is to be run, and says from the results which
// factors matter. It knows no model: factors have names and values, results are numbers, and any program may make them.
//
// Every draw has an address (sim/rng) of the seed, the factor's name and the point, so a design has the same bits on every
// machine, and where each factor is drawn by itself, as in random designs and Latin hypercubes that are not optimised, a
// new factor leaves the columns of the others alone.
package design

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Bounds of a design. They keep it in memory and its file readable by other programs.
const (
	MostPoints = 1_000_000
	MostValues = 10_000_000 // points times factors
)

// Kinds are the kinds of designs in the order of the documents.
var Kinds = []string{"grid", "list", "oat", "random", "lhs", "sobol", "saltelli", "morris"}

// A Plan says what design to make.
type Plan struct {
	Kind string // one of Kinds
	// N is the number of points of random, lhs and sobol, of base points of saltelli, of trajectories of morris, and of
	// levels of each factor with a distribution in a grid or oat, where 0 will do if there is none. A list needs none.
	N        int
	Seed     uint64
	Plain    bool // lhs: do not spread the points; sobol: the published points, without scrambling
	Centred  bool // lhs: points in the middle of their strata
	Second   bool // saltelli: N(2d+2) points instead of N(d+2), for interactions of two factors
	Levels   int  // morris: levels of each factor, an even number; 0 stands for 4
	Optimise int  // morris: choose the N trajectories out of so many; 0: make N and take them
}

// A Design is a list of points. In an analysis it may come from anyone.
type Design struct {
	Names  []string    // of the factors
	Words  [][]string  // by factor: what its values 0, 1, 2 ... stand for; nil for a factor of numbers
	Points [][]float64 // by point and factor
}

// Make makes the design. The error tells what is wrong with the plan or the factors.
func (p Plan) Make(factors []Factor) (Design, error) {
	if err := p.check(factors); err != nil {
		return Design{}, err
	}
	var points [][]float64
	switch p.Kind {
	case "grid":
		points = grid(factors, p.N)
	case "list":
		points = list(factors)
	case "oat":
		points = oneAtATime(factors, p.N)
	case "random":
		points = random(factors, p.N, p.Seed)
	case "lhs":
		points = latin(factors, p)
	case "sobol":
		points = sobol(factors, p)
	case "saltelli":
		points = saltelli(factors, p)
	case "morris":
		points = morris(factors, p)
	}
	d := Design{Points: points}
	for _, f := range factors {
		d.Names = append(d.Names, f.Name)
		d.Words = append(d.Words, f.Words)
	}
	return d, nil
}

// check finds what is wrong with a plan for these factors.
func (p Plan) check(factors []Factor) error {
	if !slices.Contains(Kinds, p.Kind) {
		return fmt.Errorf("there is no design %q: want one of %s", p.Kind, strings.Join(Kinds, ", "))
	}
	if problems := Check(factors); len(problems) > 0 {
		return problems[0]
	}
	if err := p.checkKind(factors); err != nil {
		return err
	}
	points := p.count(factors)
	values := new(big.Int).Mul(points, big.NewInt(int64(len(factors))))
	if points.Cmp(big.NewInt(MostPoints)) > 0 || values.Cmp(big.NewInt(MostValues)) > 0 {
		return fmt.Errorf("the design would have %s points of %d factors: want at most %d points and %d values",
			points, len(factors), MostPoints, MostValues)
	}
	return nil
}

// checkKind finds what is wrong with a plan's numbers for its kind.
func (p Plan) checkKind(factors []Factor) error {
	switch p.Kind {
	case "grid", "oat":
		return errors.Join(p.checkLevels(factors), p.checkTwice(factors))
	case "list":
		return checkList(factors)
	}
	if p.N < 1 {
		return fmt.Errorf("n = %d: a design %s wants a number of at least 1", p.N, p.Kind)
	}
	if p.Kind == "saltelli" || p.Kind == "morris" {
		for _, f := range factors {
			if f.single() {
				return fmt.Errorf("%s has one value only: a design %s wants factors that change", f.Name, p.Kind)
			}
		}
	}
	switch {
	case p.Kind == "sobol" && len(factors) > Dimensions:
		return fmt.Errorf("%d factors: the sequence has %d dimensions", len(factors), Dimensions)
	case p.Kind == "saltelli" && 2*len(factors) > Dimensions:
		return fmt.Errorf("%d factors: the sequence has %d dimensions, two for each factor", len(factors), Dimensions)
	case p.Kind == "morris" && (p.Levels < 0 || p.Levels%2 != 0 || p.Levels > mostLevels):
		return fmt.Errorf("levels = %d: want an even number from 2 to %d", p.Levels, mostLevels)
	case p.Kind == "morris":
		return errors.Join(p.checkTwice(factors), p.checkChoice(len(factors)))
	}
	return nil
}

// checkTwice finds values that stand twice where a point would be repeated or a step lead nowhere. In a random design they
// weigh double.
func (p Plan) checkTwice(factors []Factor) error {
	for _, f := range factors {
		seen := map[float64]bool{}
		for _, v := range f.Values {
			if seen[v] {
				return fmt.Errorf("%s has the value %s twice: a design %s wants values that differ", f.Name, f.Text(v), p.Kind)
			}
			seen[v] = true
		}
	}
	return nil
}

// mostLevels bounds the levels of a Morris design: beyond, a step is half of the range anyway.
const mostLevels = 1000

// checkLevels finds factors of a grid whose levels nobody named.
func (p Plan) checkLevels(factors []Factor) error {
	if p.N < 0 {
		return fmt.Errorf("n = %d: want a number of levels of at least 1", p.N)
	}
	for _, f := range factors {
		if p.N == 0 && f.Shape != Listed {
			return fmt.Errorf("%s has a distribution: a design %s wants n, its number of levels", f.Name, p.Kind)
		}
	}
	return nil
}

// count is the number of points of the design.
func (p Plan) count(factors []Factor) *big.Int {
	n, d := big.NewInt(int64(p.N)), int64(len(factors))
	switch p.Kind {
	case "grid":
		n = big.NewInt(1)
		for _, f := range factors {
			n.Mul(n, big.NewInt(int64(f.count(p.N))))
		}
	case "oat":
		n = big.NewInt(1)
		for _, f := range factors {
			n.Add(n, big.NewInt(int64(f.count(p.N))))
		}
	case "list":
		n = big.NewInt(int64(listLength(factors)))
	case "saltelli":
		n.Mul(n, big.NewInt(p.block(d)))
	case "morris":
		n.Mul(n, big.NewInt(d+1))
	}
	return n
}

// block is the number of points for each base point of a saltelli design of d factors.
func (p Plan) block(d int64) int64 {
	if p.Second {
		return 2*d + 2
	}
	return d + 2
}

// lay makes points of the levels in [0,1] that at gives by point and factor.
func lay(factors []Factor, n int, at func(point, factor int) float64) [][]float64 {
	points := rows(n, len(factors))
	for i := range points {
		for j := range factors {
			points[i][j] = factors[j].At(at(i, j))
		}
	}
	return points
}

// rows makes n rows of d zeros in one piece of memory.
func rows(n, d int) [][]float64 {
	all := make([]float64, n*d)
	out := make([][]float64, n)
	for i := range out {
		out[i] = all[i*d : (i+1)*d : (i+1)*d]
	}
	return out
}
