package plot

import (
	"fmt"
	"math"
	"strconv"

	"agglo/internal/text"

	gonum "gonum.org/v1/plot"
)

// roundStep returns the step of 1, 2, 2.5 or 5 times a power of ten that cuts a span into at most n parts.
func roundStep(span float64, n int) float64 {
	if span <= 0 {
		return 1
	}
	least := span / float64(n)
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, s := range []float64{1, 2, 2.5, 5} {
		if s*power >= least*(1-1e-9) {
			return s * power
		}
	}
	return 10 * power
}

// wholeStep widens a step until its multiples are whole numbers.
func wholeStep(s float64) float64 {
	switch {
	case s <= 1:
		return 1
	case s == 2.5:
		return 5
	}
	return s
}

// decimals returns how many decimals a multiple of step needs.
func decimals(step float64) int {
	for d := range 9 {
		scaled := step * math.Pow(10, float64(d))
		if math.Abs(scaled-math.Round(scaled)) < 1e-6*scaled {
			return d
		}
	}
	return 9
}

// snap widens a range to half steps: ends without a mark cost less empty space than whole steps would.
func snap(lo, hi float64, n int) (float64, float64) {
	if hi <= lo {
		pad := math.Max(math.Abs(hi)*.05, 1e-6)
		if hi == 0 {
			pad = 1
		}
		lo, hi = lo-pad, hi+pad
	}
	s := roundStep(hi-lo, n) / 2
	return s * math.Floor(lo/s+1e-9), s * math.Ceil(hi/s-1e-9)
}

// evenTicks marks an axis at round steps, about n of them, labelled in the figure's language.
type evenTicks struct {
	n     int
	lang  string
	whole bool // counts: no mark between whole numbers
}

// Ticks returns the marks between lo and hi.
func (e evenTicks) Ticks(lo, hi float64) []gonum.Tick {
	s := roundStep(hi-lo, e.n)
	if e.whole {
		s = wholeStep(s)
	}
	d := decimals(s)
	var marks []gonum.Tick
	for k := math.Ceil(lo/s - 1e-9); k <= hi/s+1e-9; k++ {
		marks = append(marks, gonum.Tick{Value: k * s, Label: text.Number(e.lang, k*s, d)})
	}
	return marks
}

// yearTicks marks whole calendar years; a year is written without a mark at its thousands.
type yearTicks struct{ n int }

// Ticks returns the marks between lo and hi.
func (y yearTicks) Ticks(lo, hi float64) []gonum.Tick {
	s := wholeStep(roundStep(hi-lo, y.n))
	var marks []gonum.Tick
	for k := math.Ceil(lo/s - 1e-9); k <= hi/s+1e-9; k++ {
		marks = append(marks, gonum.Tick{Value: k * s, Label: fmt.Sprintf("%.0f", k*s)})
	}
	return marks
}

// logTicks marks powers of ten, and where these are few also their double and fivefold. An axis that goes beyond a million is
// written with exponents.
type logTicks struct{ lang string }

// Ticks returns the marks between lo and hi, both above zero.
func (l logTicks) Ticks(lo, hi float64) []gonum.Tick {
	from, to := int(math.Floor(math.Log10(lo)+1e-9)), int(math.Ceil(math.Log10(hi)-1e-9))
	steps := []float64{1}
	if to-from <= 2 {
		steps = []float64{1, 2, 5}
	}
	every := max(1, (to-from+5)/6)
	var marks []gonum.Tick
	for e := from; e <= to; e++ {
		for _, s := range steps {
			v := s * math.Pow(10, float64(e))
			if v < lo*(1-1e-9) || v > hi*(1+1e-9) || (e-from)%every != 0 {
				continue
			}
			marks = append(marks, gonum.Tick{Value: v, Label: l.label(v, s, e, to)})
		}
	}
	return marks
}

// label writes s times ten to the e, on an axis up to ten to the top.
func (l logTicks) label(v, s float64, e, top int) string {
	if top <= 6 || e < 2 { // small numbers in full: the typeface has no raised minus
		return text.Number(l.lang, v, max(0, -e))
	}
	power := "10" + raised(e)
	if s == 1 {
		return power
	}
	return strconv.Itoa(int(s)) + "\u00b7" + power
}

// raised writes a number that is not negative in the raised digits of the typeface.
func raised(n int) string {
	digits := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	out := ""
	for _, d := range strconv.Itoa(n) {
		out += string(digits[d-'0'])
	}
	return out
}

// mute marks as another ticker does, with blank labels. Blank and not empty: marks without a label are drawn shorter.
type mute struct{ gonum.Ticker }

// Ticks returns the marks between lo and hi.
func (m mute) Ticks(lo, hi float64) []gonum.Tick {
	marks := m.Ticker.Ticks(lo, hi)
	for i := range marks {
		marks[i].Label = " "
	}
	return marks
}
