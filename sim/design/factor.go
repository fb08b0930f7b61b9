package design

import (
	"fmt"
	"math"
	"strings"

	"agglo/sim/num"
)

// A Shape is how a factor's values are spread.
type Shape uint8

// The shapes. Of[0] and Of[1] are the parameters in this order; Triangular has three.
const (
	Listed     Shape = iota // one of Values, each as likely
	Uniform                 // even from low to high
	LogUniform              // its logarithm is even; low above 0
	Normal                  // mean and standard deviation
	LogNormal               // mean and standard deviation of the natural logarithm
	Triangular              // low, mode, high
	Integer                 // whole numbers from low to high, each as likely
)

// String is the shape's word in files.
func (s Shape) String() string { return Shapes[s] }

// Shapes are the words for shapes, Listed first, which files call values.
var Shapes = []string{"values", "uniform", "loguniform", "normal", "lognormal", "triangular", "integer"}

// Parameters is the number of parameters of a distribution.
func (s Shape) Parameters() int {
	switch s {
	case Listed:
		return 0
	case Triangular:
		return 3
	}
	return 2
}

// A Factor is an input that a design varies.
type Factor struct {
	Name   string
	Shape  Shape
	Of     [3]float64 // parameters of a distribution
	Values []float64  // of a listed factor, in order
	Words  []string   // what the values 0, 1, 2 ... stand for, if the factor is a word or true or false; else nil
	Base   *float64   // in a design oat; nil: the first value, or the median
}

// A Problem is a mistake in a list of factors.
type Problem struct {
	Factor int    // its place in the list; -1: the list
	Name   string // of the factor
	Key    string // what is wrong: name, dist, values or base
	What   string
}

// Error gives factor: key: what is wrong.
func (p Problem) Error() string {
	if p.Factor < 0 {
		return p.What
	}
	name := p.Name
	if name == "" {
		name = fmt.Sprintf("factors[%d]", p.Factor)
	}
	return name + ": " + p.Key + ": " + p.What
}

// Check finds all mistakes in a list of factors.
func Check(factors []Factor) []Problem {
	var problems []Problem
	if len(factors) == 0 {
		return []Problem{{-1, "", "", "there are no factors: want at least one"}}
	}
	first := map[string]int{}
	for i, f := range factors {
		add := func(key, format string, args ...any) {
			problems = append(problems, Problem{i, f.Name, key, fmt.Sprintf(format, args...)})
		}
		if other, twice := first[f.Name]; twice {
			add("name", "factor %d has this name too: want names that differ", other+1)
		}
		first[f.Name] = i
		if f.Name == "" || strings.TrimSpace(f.Name) != f.Name || strings.ContainsAny(f.Name, ":,;\"\t\r\n") {
			add("name", "%q: want a name without blanks around it and without : , ; or quotes, since tables of results name factors", f.Name)
		}
		if f.Shape == Listed {
			f.checkValues(add)
		} else if what := f.checkLaw(); what != "" {
			add("dist", "%s", what)
		} else if f.Base != nil && !f.Possible(*f.Base) {
			add("base", "%v is no value that %s can have", *f.Base, f.law())
		}
	}
	return problems
}

// checkValues finds mistakes in the values of a listed factor.
func (f Factor) checkValues(add func(key, format string, args ...any)) {
	if len(f.Values) == 0 {
		add("values", "no values: want at least one")
	}
	seen := map[float64]bool{}
	for _, v := range f.Values {
		switch {
		case !usable(v):
			add("values", "%v: want a number between -%v and %v", v, greatest, greatest)
		case f.Words != nil && !(v >= 0 && v < float64(len(f.Words)) && v == math.Trunc(v)):
			add("values", "%v: want the number of a word, 0 to %d", v, len(f.Words)-1)
		}
		seen[v] = true
	}
	if f.Base != nil && len(f.Values) > 0 && !seen[*f.Base] {
		add("base", "%s is none of the values", f.Text(*f.Base))
	}
}

// usable says whether squares of a number can be summed without overflow.
func usable(v float64) bool { return math.Abs(v) <= greatest }

// A draw lies within so many standard deviations, since the least level is 2^-53; and e to this power is usable.
const (
	farthestDraw = 10
	greatestLog  = 320
)

// checkLaw tells what is wrong with the parameters of a distribution.
func (f Factor) checkLaw() string {
	a, b, c := f.Of[0], f.Of[1], f.Of[2]
	for _, v := range f.Of[:f.Shape.Parameters()] {
		if !usable(v) {
			return fmt.Sprintf("%s: want numbers between -%v and %v", f.law(), greatest, greatest)
		}
	}
	switch f.Shape {
	case Uniform, LogUniform:
		if f.Shape == LogUniform && !(a > 0) {
			return fmt.Sprintf("%s: want low above 0", f.law())
		}
		if !(a < b) {
			return fmt.Sprintf("%s: want [low, high] with low below high", f.law())
		}
	case Normal, LogNormal:
		if !(b > 0) {
			return fmt.Sprintf("%s: want [mean, standard deviation] with a deviation above 0", f.law())
		}
		if f.Shape == LogNormal && math.Abs(a)+float64(farthestDraw*b) > greatestLog {
			return fmt.Sprintf("%s: mean and deviation are those of the logarithm: want |mean| + 10 deviations below 320", f.law())
		}
	case Triangular:
		if !(a <= b && b <= c && a < c) {
			return fmt.Sprintf("%s: want [low, mode, high] in rising order", f.law())
		}
	case Integer:
		if a != math.Trunc(a) || b != math.Trunc(b) || !(a < b) || math.Abs(a) > 1<<52 || math.Abs(b) > 1<<52 {
			return fmt.Sprintf("%s: want [low, high], whole numbers with low below high", f.law())
		}
	default:
		return fmt.Sprintf("shape %d is unknown", f.Shape)
	}
	return ""
}

// law prints a distribution.
func (f Factor) law() string {
	parts := make([]string, f.Shape.Parameters())
	for k := range parts {
		parts[k] = fmt.Sprint(f.Of[k])
	}
	return f.Shape.String() + " [" + strings.Join(parts, ", ") + "]"
}

// Text is a value as it stands in a table: its word, or the number.
func (f Factor) Text(v float64) string {
	if k := int(v); f.Words != nil && k >= 0 && k < len(f.Words) {
		return f.Words[k]
	}
	return fmt.Sprint(v)
}

// Unbounded says whether the distribution has a tail without end, so that it has no value at level 0 or 1.
func (f Factor) Unbounded() bool { return f.Shape == Normal || f.Shape == LogNormal }

// single says whether the factor can have one value only.
func (f Factor) single() bool {
	for _, v := range f.Values {
		if v != f.Values[0] {
			return false
		}
	}
	return f.Shape == Listed
}

// Possible says whether the factor can have a value.
func (f Factor) Possible(v float64) bool {
	switch f.Shape {
	case Listed:
		for _, w := range f.Values {
			if v == w {
				return true
			}
		}
		return false
	case Normal:
		return !math.IsNaN(v) && !math.IsInf(v, 0)
	case LogNormal:
		return v > 0 && !math.IsInf(v, 0)
	case Triangular:
		return v >= f.Of[0] && v <= f.Of[2]
	case Integer:
		return v >= f.Of[0] && v <= f.Of[1] && v == math.Trunc(v)
	}
	return v >= f.Of[0] && v <= f.Of[1]
}

// At is the value below which the factor lies with probability u: the inverse of its distribution function. A listed factor
// gives each value an equal part of [0,1]. It does not fall as u rises, but for lists that are not sorted.
func (f Factor) At(u float64) float64 {
	a, b, c := f.Of[0], f.Of[1], f.Of[2]
	switch f.Shape {
	case Listed:
		return f.Values[part(u, len(f.Values))]
	case Uniform:
		return num.Clamp(float64(u*b)+float64((1-u)*a), a, b)
	case LogUniform:
		switch u { // exactly, where the logarithm would round
		case 0:
			return a
		case 1:
			return b
		}
		return num.Clamp(num.Exp(float64(u*num.Log(b))+float64((1-u)*num.Log(a))), a, b)
	case Normal:
		return a + float64(b*num.Quantile(u))
	case LogNormal:
		return num.Exp(a + float64(b*num.Quantile(u)))
	case Triangular:
		if rise := (b - a) / (c - a); u <= rise {
			return num.Clamp(a+math.Sqrt(u*(b-a)*(c-a)), a, c)
		}
		return num.Clamp(c-math.Sqrt((1-u)*(c-b)*(c-a)), a, c)
	}
	return num.Clamp(a+math.Floor(u*(b-a+1)), a, b)
}

// part is the number of the part of [0,1], cut into n, in which u lies.
func part(u float64, n int) int { return min(int(u*float64(n)), n-1) }

// count is the number of levels of the factor when n are wanted of each distribution.
func (f Factor) count(n int) int {
	switch {
	case f.Shape == Listed:
		return len(f.Values)
	case f.Shape == Integer && f.Of[1]-f.Of[0] < float64(n):
		return int(f.Of[1]-f.Of[0]) + 1
	}
	return n
}

// level is level i of n: evenly from end to end, the median if there is one. A distribution without ends has the medians of n
// parts of equal chance.
func (f Factor) level(i, n int) float64 {
	switch {
	case f.Shape == Listed:
		return f.Values[i]
	case n == 1:
		return f.At(.5)
	case f.Shape == Integer:
		return f.Of[0] + math.Round(float64(i)*(f.Of[1]-f.Of[0])/float64(n-1))
	case f.Unbounded():
		return f.At((float64(i) + .5) / float64(n))
	}
	return f.At(float64(i) / float64(n-1))
}
