package scenarios

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// An interval is the range of a number as a tag in:"..." states it: "[0,1]", "(0,1]", "[0,inf)". An empty tag means any
// finite number.
type interval struct {
	low, high         float64
	lowOpen, highOpen bool
	text              string
}

// parseInterval reads a tag. It panics on a tag that does not parse: that is a mistake of this package, which its tests
// find.
func parseInterval(text string) interval {
	if text == "" {
		return interval{math.Inf(-1), math.Inf(1), true, true, "(-inf,inf)"}
	}
	low, high, found := strings.Cut(text[1:len(text)-1], ",")
	l, errLow := strconv.ParseFloat(low, 64)
	h, errHigh := strconv.ParseFloat(high, 64)
	if !found || errLow != nil || errHigh != nil || l > h {
		panic(fmt.Sprintf("scenarios: range %q does not parse", text))
	}
	return interval{l, h, text[0] == '(', text[len(text)-1] == ')', text}
}

// has says whether x is a finite number within the interval.
func (r interval) has(x float64) bool {
	if math.IsNaN(x) || math.IsInf(x, 0) || x < r.low || x > r.high {
		return false
	}
	return !(r.lowOpen && x == r.low) && !(r.highOpen && x == r.high)
}
