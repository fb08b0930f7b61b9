package text

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// minus is the mathematical minus sign; it is as wide as a plus and as a digit, which a hyphen is not.
const minus = "\u2212"

// gap is the space that never breaks a line, which Russian sets between thousands.
const gap = "\u00a0"

// Number writes v with a fixed count of decimals and its thousands set apart: 12,345.6 in English and 12 345,6 in
// Russian, where numbers of four digits stay whole as usage has it. What rounds to zero carries no sign. An infinite
// value is the sign of infinity, and a missing one (NaN) a dash.
func Number(lang string, v float64, decimals int) string {
	switch {
	case math.IsNaN(v):
		return "\u2013"
	case math.IsInf(v, 1):
		return "\u221e"
	case math.IsInf(v, -1):
		return minus + "\u221e"
	}
	digits := strconv.FormatFloat(math.Abs(v), 'f', max(decimals, 0), 64)
	whole, rest, cut := strings.Cut(digits, ".")
	mark, thousands, least := ".", ",", 4
	if lang == Russian {
		mark, thousands, least = ",", gap, 5
	}
	var b strings.Builder
	if v < 0 && strings.Trim(digits, "0.") != "" {
		b.WriteString(minus)
	}
	for i, d := range whole {
		if left := len(whole) - i; i > 0 && left%3 == 0 && len(whole) >= least {
			b.WriteString(thousands)
		}
		b.WriteRune(d)
	}
	if cut {
		b.WriteString(mark)
		b.WriteString(rest)
	}
	return b.String()
}

// Printed writes a number as a verb of package fmt prints it, such as %.2f or %+.0f; in Russian with its marks: a comma for the point, the
// minus that is as wide as a plus, a power of ten for an exponent. What the verb makes no number of stands as it is.
func Printed(lang, verb string, v any) string {
	plain := fmt.Sprintf(verb, v)
	digits, power, small := strings.Cut(strings.ReplaceAll(plain, ",", ""), "e")
	x, err := strconv.ParseFloat(digits, 64)
	exponent, fault := 0, error(nil)
	if small {
		exponent, fault = strconv.Atoi(power)
	}
	if lang != Russian || err != nil || fault != nil {
		return plain
	}
	_, rest, _ := strings.Cut(digits, ".")
	words := Number(lang, x, len(rest))
	if strings.HasPrefix(digits, "+") {
		words = "+" + words
	}
	if small {
		words += "×10" + strings.Map(raised, strconv.Itoa(exponent))
	}
	return words
}

// Figure writes v with about three significant digits and no more decimals than that takes: 0.0123, 1.23, 12.3, 123,
// 12,345. What is too small for that is told by a power of ten: 3.2×10⁻⁵.
func Figure(lang string, v float64) string {
	a := math.Abs(v)
	switch {
	case a > 0 && a < small:
		return Power(lang, v)
	case a > 0 && a < 100:
		return Number(lang, v, 2-int(math.Floor(math.Log10(a))))
	}
	return Number(lang, v, 0)
}

// small is below what decimals are zeros for the most part.
const small = 1e-4

// Power writes v as a number from 1 to 10, with two digits that count, times a power of ten: 3.2×10⁻⁵, 1×10⁻⁹.
func Power(lang string, v float64) string {
	part, power, ok := strings.Cut(strconv.FormatFloat(v, 'e', 1, 64), "e")
	mantissa, err := strconv.ParseFloat(part, 64)
	exponent, fault := strconv.Atoi(power)
	if !ok || err != nil || fault != nil {
		return Number(lang, v, 0) // no number, or an infinite one
	}
	decimals := 1
	if mantissa == math.Trunc(mantissa) {
		decimals = 0
	}
	return Number(lang, mantissa, decimals) + "×10" + strings.Map(raised, strconv.Itoa(exponent))
}

// raised is a digit, or the sign before it, above the line.
func raised(r rune) rune {
	if r < '0' || r > '9' {
		return '⁻'
	}
	return []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0']
}
