package text

import (
	"strconv"
	"strings"
)

// Unit is the unit of a column in a language, from the words of a dictionary; a pure number has none. What is summed from row to row is
// told per quarter, or per so many quarters; quarters is 0 where rows are not evenly apart or it is not known how far. Where the
// catalogue lacks a unit it comes back as it stands, and false.
func Unit(lang, unit string, quarters int) (words string, ok bool) {
	const named = "unit.named."
	of, summed := strings.CutSuffix(unit, "/period")
	code, rest, per := strings.Cut(unit, "/")
	switch {
	case unit == "" || unit == "1":
		return "", true
	case unit == "%":
		return unit, true
	case lang == Russian && inMoney(code) && per && Has(named+labour+"/"+rest):
		return strings.Replace(In(lang, named+labour+"/"+rest), In(lang, named+labour), Currency(lang, code), 1), true
	case !Has(named + unit):
		return unit, false
	case summed && quarters == 1:
		return In(lang, named+of+"/quarter"), true
	case summed && quarters > 1:
		return In(lang, named+of+"/quarters", Number(lang, float64(quarters), 0)), true
	}
	return In(lang, named+unit), true
}

// labour is the unit in which the model counts money.
const labour = "worker-years"

// inMoney tells whether a unit is a currency's code, whose units of time and people the catalogue knows by those of labour.
func inMoney(code string) bool {
	return code == "unit" || len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// Currency is what sums of money are told in: the currency's code, or words where a scenario of no country calls its money unit.
func Currency(lang, code string) string {
	if code == "unit" {
		return In(lang, "currency.unit")
	}
	return code
}

// Money is the currency with the year of its prices, as sums are told in where nothing else says it; money of no country has no such year.
func Money(lang, code string, year int) string {
	if code == "unit" || year == 0 {
		return Currency(lang, code)
	}
	return In(lang, "currency.prices", code, strconv.Itoa(year))
}
