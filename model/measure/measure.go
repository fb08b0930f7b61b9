// Package measure computes the indices of regional science, of industrial dynamics and of network research: how
// concentrated a sector is, how specialised a region, how heavy the tail of firm sizes, how clustered the ties.
//
// Every function is pure and takes plain arrays, so that it serves a simulated region and anybody's own data alike.
// One file holds one measure; its comment gives the formula, the unit, the range, the source and what happens in the
// cases which the source leaves open.
//
// # Cases that formulas leave open
//
// Two kinds of trouble are kept apart. Data that cannot be right (a negative number of jobs, a missing value, an index
// outside its range) give an *Invalid, which names the array, the place, the value and what was wanted. Data that are
// right but for which the index does not exist (the Ellison-Glaeser index of a sector with one plant) give an error
// that wraps ErrUndefined where a function returns one number, and Defined false where it returns a row for each
// sector: a table shows an empty cell there. No function returns NaN or an infinity.
//
// # Same bits everywhere
//
// Sums run in the order of the data and transcendental functions come from sim/num, so that a result has the same bits
// on every kind of processor.
package measure

import (
	"errors"
	"fmt"
	"math"
)

// ErrUndefined marks an index that does not exist for the data given, though the data are right.
var ErrUndefined = errors.New("undefined")

// Invalid tells of a value that cannot be measured.
type Invalid struct {
	Measure string  // the measure that was asked for, such as "ellison-glaeser"
	Array   string  // the array the value stands in, such as "employment"
	Index   int     // its place, from 0; -1 for a fault of the whole array or of a single argument
	Value   float64 // the value; for a fault of a whole array its length
	Want    string  // what was wanted, with its range
}

// Error names the measure, the place, the value and what was wanted.
func (e *Invalid) Error() string {
	if e.Index < 0 {
		return fmt.Sprintf("%s: %s is %v: want %s", e.Measure, e.Array, e.Value, e.Want)
	}
	return fmt.Sprintf("%s: %s[%d] is %v: want %s", e.Measure, e.Array, e.Index, e.Value, e.Want)
}

// undefined wraps ErrUndefined with the measure and the reason.
func undefined(measure, why string) error {
	return fmt.Errorf("%s: %s: %w", measure, why, ErrUndefined)
}

// finite returns an *Invalid for the first value that is NaN or infinite.
func finite(measure, array string, x []float64) error {
	for i, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return &Invalid{measure, array, i, v, "a finite number"}
		}
	}
	return nil
}

// nonNegative returns an *Invalid for the first value that is negative, NaN or infinite.
func nonNegative(measure, array string, x []float64) error {
	for i, v := range x {
		if !(v >= 0) || math.IsInf(v, 0) {
			return &Invalid{measure, array, i, v, "a finite number >= 0"}
		}
	}
	return nil
}

// within returns an *Invalid for the first index outside 0..n-1.
func within(measure, array string, index []int32, n int) error {
	for i, v := range index {
		if v < 0 || int(v) >= n {
			return &Invalid{measure, array, i, float64(v), fmt.Sprintf("an index from 0 to %d", n-1)}
		}
	}
	return nil
}

// length returns an *Invalid unless an array has the length wanted.
func length(measure, array string, have, want int) error {
	if have != want {
		return &Invalid{measure, array + " length", -1, float64(have), fmt.Sprintf("%d, as the other arrays", want)}
	}
	return nil
}
