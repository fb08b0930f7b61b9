package scenarios

import (
	"fmt"
	"strconv"
	"strings"

	"agglo/model/world"
)

// A Number is a number of the file with what is known about where it comes from. In the file it stands alone or as
// {value: 87000, source: ..., verified: false}.
type Number struct {
	Value    float64
	Source   string // where the number comes from; the word assumed says that nobody measured it
	Verified *bool  // false: the source was not at hand when it was written down; nil: not said
	given    bool   // whether the file gives it, and not a default
}

// String prints the value alone.
func (n Number) String() string { return strconv.FormatFloat(n.Value, 'g', -1, 64) }

// Int is the value of a whole number.
func (n Number) Int() int { return int(n.Value) }

// Text is a text in English and, where it was given, in Russian.
type Text struct{ EN, RU string }

// In gives the text in a language, "en" or "ru"; English where there is no other.
func (t Text) In(language string) string {
	if language == "ru" && t.RU != "" {
		return t.RU
	}
	return t.EN
}

// String gives the English text.
func (t Text) String() string { return t.EN }

// Date is a quarter of a year, written 2003Q1; 2003 alone means its first quarter. A zero Date means: none given.
type Date world.Date

// String prints a date as it is written in a file.
func (d Date) String() string { return fmt.Sprintf("%dQ%d", d.Year, d.Quarter) }

// ticksSince is the number of quarters from a start to this date.
func (d Date) ticksSince(start Date) int { return 4*(d.Year-start.Year) + d.Quarter - start.Quarter }

// parseDate reads 2003Q1 or 2003, years 1800 to 2200.
func parseDate(text string) (Date, bool) {
	year, quarter, cut := strings.Cut(text, "Q")
	d := Date{Quarter: 1}
	if cut {
		if len(quarter) != 1 || quarter[0] < '1' || quarter[0] > '4' {
			return Date{}, false
		}
		d.Quarter = int(quarter[0] - '0')
	}
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 || y < 1800 || y > 2200 {
		return Date{}, false
	}
	d.Year = y
	return d, true
}

// LatLon is a place on the globe: degrees north and degrees east, in this order.
type LatLon [2]float64

// Pair is two numbers, such as width and height or the ends of a range.
type Pair [2]float64
