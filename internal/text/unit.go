package text

import "strings"

// Unit names a unit of a dictionary; one that the catalogue has not got stays as it is. What is summed from row to row is told per
// quarter, or per so many quarters; quarters is 0 where rows are not evenly apart or it is not known how far.
func Unit(lang, unit string, quarters int) string {
	const named = "unit.named."
	of, summed := strings.CutSuffix(unit, "/period")
	switch {
	case !Has(named + unit):
		return unit
	case summed && quarters == 1:
		return In(lang, named+of+"/quarter")
	case summed && quarters > 1:
		return In(lang, named+of+"/quarters", Number(lang, float64(quarters), 0))
	}
	return In(lang, named+unit)
}
